// takes a request, gives the name under which whoever sent it is counted.

import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** What is read of a request. */
export type Asker = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * An IPv4 address, the /64 of an IPv6 address (one household, or one phone, has all of it), or `unknown`.
 *
 * `proxies` is how many trusted proxies stand in front. Each adds the address it was called from at the end of
 * `X-Forwarded-For`, so that many entries from the right are true and whatever stands before them is hearsay.
 */
export function senderOf(request: Asker, proxies: number): string {
  const said = proxies > 0 ? forwarded(request.headers['x-forwarded-for']) : [];
  const chosen = said.slice(-proxies)[0];
  return (chosen && network(chosen)) ?? network(request.socket.remoteAddress ?? '') ?? 'unknown';
}

/** Whether a sender is this machine itself. */
export function isLoopback(sender: string): boolean {
  return sender.startsWith('127.') || sender === '0:0:0:0::/64';
}

function forwarded(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** `1.2.3.4`, `1.2.3.4:80`, `[2001:db8::1]:80`, `::ffff:1.2.3.4`, `fe80::1%eth0`; undefined for anything else. */
function network(text: string): string | undefined {
  if (isIP(text) === 4) return text;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const [address = ''] = bare.split('%');
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return undefined;
  const groups = expand(address);
  const [, , , , , mapped, high = 0, low = 0] = groups;
  if (groups.slice(0, 5).every((group) => group === 0) && mapped === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function expand(address: string): number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((n) => n.toString(16)).join(':'),
  );
  const [left = '', right = ''] = hex.split('::');
  const read = (part: string) =>
    part.split(':').flatMap((group) => (group ? [Number.parseInt(group, 16)] : []));
  const [head, tail] = [read(left), read(right)];
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
