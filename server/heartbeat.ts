// takes the sockets that are here, gives pings to the silent and an end to the gone.

import type { Client } from './realm.ts';

export interface HeartbeatOptions {
  readonly clients: () => Iterable<Client>;
  /** A socket silent for this long is pinged. */
  readonly pingIntervalMs: number;
  /** A socket silent for this long is gone. */
  readonly silenceMs: number;
  /** Told once of each socket that is gone, before it is cut off. */
  readonly onGone: (client: Client) => void;
  readonly signal: AbortSignal;
}

/**
 * Any frame is a sign of life, and every WebSocket answers a ping by itself (RFC 6455, 5.5.2): a hidden tab with throttled
 * timers lives on, and a peer whose network vanished is gone in seconds. Silence is counted in beats, not read off a
 * clock, so that nobody is thrown out because the server itself was asleep.
 */
export function startHeartbeat({
  clients,
  pingIntervalMs,
  silenceMs,
  onGone,
  signal,
}: HeartbeatOptions): void {
  const beatMs = Math.max(1, Math.min(1_000, Math.floor(Math.min(pingIntervalMs, silenceMs) / 4)));
  const pingBeat = Math.max(1, Math.round(pingIntervalMs / beatMs));
  const goneBeat = Math.max(pingBeat + 1, Math.round(silenceMs / beatMs));
  const timer = setInterval(() => {
    for (const client of [...clients()]) {
      if (client.isPaused) continue;
      client.silentBeats++;
      if (client.silentBeats === pingBeat) client.ping();
      if (client.silentBeats < goneBeat) continue;
      onGone(client);
      client.cutOff('silent');
    }
  }, beatMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
