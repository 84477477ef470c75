// takes a stream that asked for a WebSocket, gives it a plain HTTP answer and an end.

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Says no, with a text of one word that a person at a console can read. Retrying makes sense after a second at the earliest. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  body: string = STATUS_CODES[status] ?? '',
): void {
  const isPassing = status === 429 || status === 503;
  socket.on('error', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(isPassing ? ['Retry-After: 1'] : []),
      ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
