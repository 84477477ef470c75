// takes a server's address, gives a proxy in front of it that records every byte both ways, WebSocket frames unmasked.

import { connect, createServer, type Socket } from 'node:net';

export interface Recorder {
  /** Without a slash at the end; stands for the server's own. */
  readonly url: string;
  /** What browsers have sent: request lines, headers and bodies as they were, frames in clear. */
  sent(): string;
  /** What the server has answered. */
  answered(): string;
  /** Request lines, in order. */
  requests(): readonly string[];
  close(): Promise<void>;
}

/** Whatever this proxy is to find must not hide behind compression or TLS: the server offers neither on a socket. */
export async function openRecorder(server: string): Promise<Recorder> {
  const target = new URL(server);
  const ways: { readonly up: Buffer[]; readonly down: Buffer[] }[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((browser) => {
    const way = { up: [] as Buffer[], down: [] as Buffer[] };
    ways.push(way);
    const origin = connect(Number(target.port), target.hostname);
    for (const [from, to, kept] of [
      [browser, origin, way.up],
      [origin, browser, way.down],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        kept.push(bytes);
        to.write(bytes);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const texts = (side: 'up' | 'down'): string[] => ways.map((way) => inClear(Buffer.concat(way[side])));
  return {
    url: `http://127.0.0.1:${address.port}`,
    sent: () => texts('up').join('\n'),
    answered: () => texts('down').join('\n'),
    requests: () => texts('up').flatMap((text) => text.match(/^[A-Z]+ \S+ HTTP\/1\.1/gm) ?? []),
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** HTTP as it is; what follows an upgrade, frame by frame, without its mask (RFC 6455 §5.2). */
function inClear(bytes: Buffer): string {
  const head = bytes.indexOf('\r\n\r\n');
  const isSocket = /^Upgrade: *websocket/im.test(bytes.toString('latin1', 0, Math.max(head, 0)));
  if (!isSocket) return bytes.toString('latin1');
  return bytes.toString('latin1', 0, head) + frames(bytes.subarray(head + 4)).join('\n');
}

function frames(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const isMasked = ((bytes[at + 1] ?? 0) & 0x80) !== 0;
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    const mask = isMasked ? bytes.subarray(at, at + 4) : undefined;
    if (isMasked) at += 4;
    const payload = bytes.subarray(at, at + length);
    found.push(
      (mask === undefined ? payload : payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString(
        'latin1',
      ),
    );
    at += length;
  }
  return found;
}
