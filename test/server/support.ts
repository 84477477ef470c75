// takes nothing, gives servers on free ports and raw sockets that remember what they were told.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { TestContext } from 'node:test';
import { WebSocket, type ClientOptions } from 'ws';
import { createSignalingServer, type Address, type ServerOptions } from '../../server/index.ts';

/** A server on a free port that ends with the test. */
export async function startServer(test: TestContext, options: ServerOptions = {}): Promise<Address> {
  const server = createSignalingServer(options.server ? options : { port: 0, host: '127.0.0.1', ...options });
  test.after(() => server.close());
  return server.ready;
}

/** An empty folder that goes with the test. */
export async function folder(test: TestContext): Promise<string> {
  const dir = await mkdtemp(joinPath(tmpdir(), 'reforms-'));
  test.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A raw signaling socket. Frames that arrive are kept until somebody asks for them. */
export class Peer {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  readonly #frames: string[] = [];
  #wake: () => void = () => {};

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code) => {
        resolve(code);
        this.#wake();
      }),
    );
    this.socket.on('error', () => {}); // a connection that is cut shows in `closed`
    this.socket.on('message', (data) => {
      this.#frames.push(String(data));
      this.#wake();
    });
  }

  /** The next frame as text; fails when the socket closes first. */
  async nextText(): Promise<string> {
    while (this.#frames.length === 0) {
      assert.notEqual(this.socket.readyState, WebSocket.CLOSED, 'the socket closed before the next frame');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#frames.shift() ?? '';
  }

  async next(): Promise<unknown> {
    return JSON.parse(await this.nextText());
  }

  /** Frames that arrived and were not asked for. */
  get unread(): readonly string[] {
    return this.#frames;
  }

  send(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Resolves when the server has handled everything sent so far: it answers a ping in the order of arrival. */
  async settled(): Promise<void> {
    this.socket.ping();
    await once(this.socket, 'pong');
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

export interface DialOptions {
  readonly token?: string;
  readonly key?: string;
  readonly path?: string;
  readonly client?: ClientOptions;
  /** More parameters. */
  readonly query?: Record<string, string>;
}

/** A socket that asks for an id; nothing is awaited. */
export function dial(
  test: TestContext,
  { url }: Address,
  id: string,
  {
    token = `token of ${id.slice(0, 200)}`,
    key = 'peerjs',
    path = '/',
    client = {},
    query = {},
  }: DialOptions = {},
): Peer {
  const all = new URLSearchParams({ key, id, token, version: '1.5.5', ...query });
  const peer = new Peer(`${url.replace('http', 'ws')}${path}peerjs?${all}`, client);
  test.after(() => peer.socket.terminate());
  return peer;
}

/** A socket that has its id. */
export async function join(
  test: TestContext,
  address: Address,
  id: string,
  options?: DialOptions,
): Promise<Peer> {
  const peer = dial(test, address, id, options);
  assert.deepEqual(await peer.next(), { type: 'OPEN' });
  return peer;
}

/** The TCP socket below a WebSocket, to write what no client writes. */
export async function rawSocket(test: TestContext, address: Address, id: string): Promise<Socket> {
  const socket = connect(address.port, '127.0.0.1');
  test.after(() => socket.destroy());
  socket.write(
    `GET /peerjs?key=peerjs&id=${id}&token=t HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  let received = '';
  while (!received.includes('{"type":"OPEN"}')) received += String((await once(socket, 'data'))[0]);
  return socket;
}

/** A client frame with a mask of zeros. */
export function frameOf(opcode: number, payload: Buffer, declared = payload.length): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(declared));
  return Buffer.concat([Buffer.from([opcode, 0x80 | 127]), length, Buffer.alloc(4), payload]);
}
