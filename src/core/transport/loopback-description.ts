// takes a link's id and certificate, gives a description that the handshake takes for an SDP.

import type { Bytes } from '../brand.ts';

/** The least an SDP may be: an origin that names the link, and the fingerprint of its certificate (RFC 8122). */
export async function describeLink(id: string, certificate: Bytes): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', certificate));
  const pairs = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  const lines = [
    'v=0',
    `o=- ${id} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=fingerprint:sha-256 ${pairs.join(':')}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The id of the link that a description is of; empty where it is none of ours. */
export function linkIdOf(sdp: string): string {
  return /^o=- ([\w-]+) /m.exec(sdp)?.[1] ?? '';
}
