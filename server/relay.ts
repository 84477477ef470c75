// takes a Signal from a registered socket, gives it to the one it is for, or to the mailbox.

import { expireFrame, relayFrame, type Signal } from '../src/protocol/signaling.ts';
import type { Expired, Mailbox } from './mailbox.ts';
import type { Client, Realm } from './realm.ts';

/** Acts on one message. What no client may send, and what names nobody, is dropped without a word, as PeerServer does. */
export function relay(realm: Realm, mailbox: Mailbox, from: Client, signal: Signal): void {
  // A socket whose id somebody else took over may not speak under it any more.
  if (!realm.has(from)) return;
  const { type, dst } = signal;
  switch (type) {
    case 'OFFER':
    case 'ANSWER':
    case 'CANDIDATE': {
      if (dst === undefined) return;
      const frame = relayFrame(signal, from.id);
      if (!realm.get(dst)?.send(frame)) mailbox.put({ dst, src: from.id, srcToken: from.token, type, frame });
      return;
    }
    case 'LEAVE':
      if (dst === undefined) {
        // The socket goes with the id: left open, it would go on speaking for an id that is free to take.
        realm.delete(from);
        from.close();
        return;
      }
      realm.get(dst)?.send(relayFrame(signal, from.id));
      return;
    case 'EXPIRE':
      if (dst !== undefined) realm.get(dst)?.send(relayFrame(signal, from.id));
      return;
    case 'HEARTBEAT':
    case 'OPEN':
    case 'ERROR':
    case 'ID-TAKEN':
      return;
  }
}

/** Tells a sender, if it is still the same one, that nobody came for its message. */
export function tellExpired(realm: Realm, { dst, src, srcToken }: Expired): void {
  const sender = realm.get(src);
  if (sender?.token === srcToken) sender.send(expireFrame(dst, src));
}
