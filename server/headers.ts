// takes a request, gives the headers that keep its answer from being misused.

import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** An answer that is data, even the id that PeerJS wants as `text/html`, may load, frame and run nothing. */
export const dataOnly = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const;

/** For every answer. Other origins may read it where CORS says so; the bundle is there to be loaded by them. */
export function securityHeaders(request: IncomingMessage, proxies: number): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    // A year (RFC 6797, 6.1.1). Over plain HTTP browsers ignore it (8.1), and so it is not said.
    ...(isSecure(request, proxies) ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** Whether the client speaks TLS, to us or to a proxy that may be believed. */
function isSecure({ socket, headers }: IncomingMessage, proxies: number): boolean {
  if (socket instanceof TLSSocket) return true;
  return proxies > 0 && /(^|,)\s*https\s*$/i.test(String(headers['x-forwarded-proto'] ?? ''));
}
