// takes what a test wants done to each message, gives a PeerJS-speaking signaling server that does it: it knows all a server can know.

import { createServer, type IncomingMessage } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';

/** A signal of the kit on its way, as the server sees it. */
export interface Wire {
  readonly type: 'OFFER' | 'ANSWER' | 'CANDIDATE';
  readonly src: string;
  readonly dst: string;
  /** The connection id. */
  readonly c: string;
  /** The bytes of `rf1`: what they say is not the server's to know. */
  readonly bytes: Uint8Array;
}

/** What the server makes of a message: nothing, itself, others, in this order. */
export type Scheme = (wire: Wire) => readonly Wire[];

export interface HostileServer {
  /** Without a slash at the end. Pages are at `/ada`, `/ben`, …: by the path the server tells people apart. */
  readonly url: string;
  /** Every signal that honest people have sent, in order. */
  readonly seen: Wire[];
  /** Done to each signal. Default: passed on. */
  scheme: Scheme;
  /** Everybody gets a server of their own, on which they are alone. */
  split: boolean;
  /** Delivers what nobody, or somebody else, has sent. */
  deliver(wire: Wire): void;
  /** Cuts every socket; clients come back by themselves. */
  cut(): void;
  /** Serves more: a path and its text. */
  readonly extra: Map<string, { readonly type: string; readonly text: string }>;
  close(): Promise<void>;
}

/** Passes on, as an honest server does. */
export const honest: Scheme = (wire) => [wire];

const kit = new URL('../../dist/kit/', import.meta.url);

/** Runs before the kit: remembers what crosses each peer connection, so that a test can see from outside what was established. */
const watch = `
  window.states = [];
  window.connections = [];
  window.received = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) {
      super(...options);
      connections.push(this);
      this.addEventListener('connectionstatechange', () => states.push(this.connectionState));
    }
    createDataChannel(...options) {
      const channel = super.createDataChannel(...options);
      channel.addEventListener('message', ({ data }) => {
        const bytes = new Uint8Array(data);
        received.push({ label: channel.label, tag: bytes[0], length: bytes.length });
      });
      return channel;
    }
  };`;

const page = (server: string, room: string): string => `<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>Hostile</title><script src="/watch.js"></script></head><body>
<script type="module" src="/reforms.js"></script>
<reforms-room room="${room}" server="${server}"><reforms-call></reforms-call><reforms-chat></reforms-chat>
</reforms-room></body></html>`;

interface Socket {
  readonly ws: WebSocket;
  readonly token: string;
  readonly world: string;
}

export async function openHostileServer(): Promise<HostileServer> {
  const sockets = new Map<string, Socket>();
  const extra: HostileServer['extra'] = new Map();
  const http = createServer((request, response) => {
    void answer(request).then(({ status, type, body }) =>
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body),
    );
  });

  async function answer({ url = '/' }: IncomingMessage) {
    const { pathname, searchParams } = new URL(url, base);
    const own = extra.get(pathname);
    if (own !== undefined) return { status: 200, type: own.type, body: own.text };
    if (pathname === '/watch.js') return { status: 200, type: 'text/javascript', body: watch };
    if (/^\/(reforms|chunks\/[\w.-]+)\.js$/.test(pathname))
      return { status: 200, type: 'text/javascript', body: await readFile(fileURLToPath(kit) + pathname) };
    if (/^\/[a-z]+$/.test(pathname)) {
      const body = page(`${base}${pathname}/`, searchParams.get('room') ?? 'hostile');
      return { status: 200, type: 'text/html', body };
    }
    return { status: 404, type: 'text/plain', body: 'Not found' };
  }

  const door = new WebSocketServer({ server: http, perMessageDeflate: false });
  door.on('connection', (ws, request) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', base);
    const world = pathname.split('/')[1] ?? '';
    const id = searchParams.get('id') ?? '';
    const token = searchParams.get('token') ?? '';
    const key = () => keyOf(world, id);
    const holder = sockets.get(key());
    if (holder !== undefined && holder.token !== token) {
      ws.send('{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}');
      ws.close();
      return;
    }
    holder?.ws.close();
    sockets.set(key(), { ws, token, world });
    ws.on('close', () => {
      for (const [name, socket] of sockets) if (socket.ws === ws) sockets.delete(name);
    });
    ws.on('error', () => ws.terminate());
    ws.on('message', (data) => {
      const wire = readWire(id, String(data));
      if (wire === undefined) return;
      server.seen.push(wire);
      for (const made of server.scheme(wire)) deliver(made, world);
    });
    ws.send('{"type":"OPEN"}');
  });

  const keyOf = (world: string, id: string): string => (server.split ? `${world} ${id}` : ` ${id}`);

  function deliver({ type, src, dst, c, bytes }: Wire, world = ''): void {
    const payload = { rf1: Buffer.from(bytes).toString('base64url'), c };
    sockets.get(keyOf(world, dst))?.ws.send(JSON.stringify({ type, src, dst, payload }));
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const base = `http://127.0.0.1:${address.port}`;
  const server: HostileServer = {
    url: base,
    seen: [],
    scheme: honest,
    split: false,
    deliver,
    cut: () => {
      for (const { ws } of sockets.values()) ws.terminate();
      sockets.clear();
    },
    extra,
    close: () =>
      new Promise((resolve) => {
        for (const client of door.clients) client.terminate();
        door.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

const types: ReadonlySet<unknown> = new Set(['OFFER', 'ANSWER', 'CANDIDATE']);

function readWire(src: string, text: string): Wire | undefined {
  const message: unknown = JSON.parse(text);
  if (!isRecord(message) || !isRecord(message['payload'])) return undefined;
  const { type, dst, payload } = message;
  const { rf1, c } = payload as Record<string, unknown>;
  if (!isType(type) || typeof dst !== 'string' || typeof rf1 !== 'string' || typeof c !== 'string')
    return undefined;
  return { type, src, dst, c, bytes: new Uint8Array(Buffer.from(rf1, 'base64url')) };
}

const isType = (value: unknown): value is Wire['type'] => types.has(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
