// takes the sockets that are here, gives an end to those that begin frames and do not finish them.

import type { Client } from './realm.ts';

export interface HalfSentOptions {
  readonly clients: () => Iterable<Client>;
  /** A frame not complete after this long ends its socket. */
  readonly frameTimeoutMs: number;
  /** Bytes of incomplete frames, all sockets together; beyond it those with the most are ended. */
  readonly maxUnfinishedBytes: number;
  readonly signal: AbortSignal;
}

/**
 * A fragmented message is held in memory until its last fragment, and pings between the fragments keep its socket alive
 * (RFC 6455, 5.4): without a bound of time and one of bytes, a thousand sockets hold a gigabyte for as long as they like.
 */
export function startHalfSentWatch({
  clients,
  frameTimeoutMs,
  maxUnfinishedBytes,
  signal,
}: HalfSentOptions): void {
  const beatMs = Math.max(1, Math.min(1_000, Math.floor(frameTimeoutMs / 4)));
  const lateBeat = Math.max(1, Math.ceil(frameTimeoutMs / beatMs));
  const timer = setInterval(() => {
    const unfinished: Client[] = [];
    let bytes = 0;
    for (const client of clients()) {
      if (client.unfinishedBytes === 0) continue;
      unfinished.push(client);
      bytes += client.unfinishedBytes;
      client.unfinishedBeats++;
    }
    const ended = new Set(unfinished.filter(({ unfinishedBeats }) => unfinishedBeats > lateBeat));
    if (bytes > maxUnfinishedBytes)
      for (const client of unfinished.sort((a, b) => b.unfinishedBytes - a.unfinishedBytes)) {
        if (bytes <= maxUnfinishedBytes) break;
        bytes -= client.unfinishedBytes;
        ended.add(client);
      }
    for (const client of ended) client.cutOff('half-sent');
  }, beatMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
