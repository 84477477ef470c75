// takes a server to open, gives a session that answers in time or is over.

import type { Clock } from './clock.ts';
import type { ServerEvent, ServerOptions, ServerSession, Transport } from './port.ts';

/** A server that has neither let us in nor refused us by then counts as unreachable. Milliseconds. */
export const openTimeoutMs = 10_000;

/**
 * `transport.openServer` with a deadline. After `closed`, `taken`, `close()` or the end of `signal` the sink is left in
 * peace, whatever the transport still has to say.
 */
export function openInTime(
  transport: Transport,
  clock: Clock,
  options: ServerOptions,
  sink: (event: ServerEvent) => void,
): ServerSession {
  const life = new AbortController();
  const end = (): void => life.abort();
  options.signal.addEventListener('abort', end, { once: true, signal: life.signal });
  const report = (event: ServerEvent): void => {
    if (life.signal.aborted) return;
    stopWaiting();
    if (event.kind === 'closed' || event.kind === 'taken') end();
    sink(event);
  };
  const stopWaiting = clock.after(openTimeoutMs, life.signal, () =>
    report({ kind: 'closed', code: 'network' }),
  );
  const session = transport.openServer({ ...options, signal: life.signal }, report);
  return {
    id: session.id,
    send: (kind, to, connectionId, bytes) => session.send(kind, to, connectionId, bytes),
    close: end,
  };
}
