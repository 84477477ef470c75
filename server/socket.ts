// takes upgrade requests, gives registered sockets, and their frames to the relay.

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { openFrame, parseSignal, refusalFrame } from '../src/protocol/signaling.ts';
import { admit } from './admission.ts';
import { SocketClient } from './client.ts';
import type { ServerConfig } from './config.ts';
import type { Mailbox } from './mailbox.ts';
import type { Client, Realm } from './realm.ts';
import { relay } from './relay.ts';

export interface SocketDoorOptions {
  readonly config: ServerConfig;
  readonly realm: Realm;
  readonly mailbox: Mailbox;
}

export interface SocketDoor {
  /** Takes an upgrade request if its path is ours; gives false, untouched, if it is not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Says goodbye to every socket, cuts off those that do not answer, and resolves when none is left. */
  close(): Promise<void>;
}

export function openSocketDoor({ config, realm, mailbox }: SocketDoorOptions): SocketDoor {
  const { limits } = config;
  // The last segment is the word `peerjs`, whatever the key is; exactly this path, as stock clients build it.
  const path = `${config.path}peerjs`;
  const options = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
    closeTimeout: limits.closeTimeoutMs,
  };
  const sockets = new WebSocketServer(options);
  let isClosing = false;

  function welcome(socket: WebSocket, query: URLSearchParams): void {
    // A frame that breaks the protocol or the size limit: ws closes that socket, nobody else hears of it.
    socket.on('error', () => {});
    const admission = admit(query, realm, config);
    if (admission.kind === 'refused') {
      socket.send(refusalFrame(admission.refusal));
      socket.close();
      return;
    }
    const { id, token } = admission;
    const client = new SocketClient({ socket, id, token, limits, onFrame: take, onClose: forget });
    const replaced = realm.set(client);
    client.send(openFrame);
    for (const frame of mailbox.take(id)) client.send(frame);
    replaced?.close();
  }

  function take(from: Client, frame: string | Uint8Array): boolean {
    const parsed = parseSignal(frame);
    if (parsed.ok) relay(realm, mailbox, from, parsed.value);
    // A type that we do not know may be one of a later client: it is ignored, not held against its sender.
    return parsed.ok || parsed.reason === 'unknown-type';
  }

  const forget = (client: Client) => realm.delete(client);

  return {
    upgrade(request, socket, head) {
      const [requested, query = ''] = splitOnce(request.url ?? '', '?');
      if (requested !== path) return false;
      socket.on('error', () => socket.destroy());
      if (isClosing) socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      else sockets.handleUpgrade(request, socket, head, (open) => welcome(open, new URLSearchParams(query)));
      return true;
    },
    async close() {
      isClosing = true;
      const open = [...sockets.clients];
      const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of open) {
        socket.resume();
        socket.close(1001); // going away (RFC 6455, 7.4.1)
      }
      const cutOff = setTimeout(() => {
        for (const socket of open) socket.terminate();
      }, limits.closeTimeoutMs);
      await Promise.all(closed);
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
