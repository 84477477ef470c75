// takes a Signal from a registered socket, gives it to the one it is for, or to the mailbox.

import { expireFrame, relayFrame, type Signal } from '../src/protocol/signaling.ts';
import type { Commons } from './cluster/commons.ts';
import type { Expired, Mailbox } from './mailbox.ts';
import type { Observer } from './observer.ts';
import { idAt, placeOf } from './place.ts';
import type { Client, Realm } from './realm.ts';

/** Where messages go. */
export interface Ways {
  readonly realm: Realm;
  readonly mailbox: Mailbox;
  readonly observer: Required<Observer>;
  /** Undefined where there is only one instance. */
  readonly commons: Commons | undefined;
}

/** Acts on one message. What no client may send, and what names nobody, is dropped without a word, as PeerServer does. */
export function relay({ realm, mailbox, observer, commons }: Ways, from: Client, signal: Signal): void {
  // A socket whose id somebody else took over may not speak under it any more.
  if (!realm.has(from)) return;
  const { type, dst } = signal;
  switch (type) {
    case 'OFFER':
    case 'ANSWER':
    case 'CANDIDATE': {
      if (dst === undefined) return;
      const frame = relayFrame(signal, from.id);
      const place = placeOf(dst, from.grant?.room);
      const message = { dst: place, src: from.place, srcSecret: from.secret, type, frame };
      const isSent = (realm.get(place)?.send(frame) ?? false) || (commons?.forward(message, true) ?? false);
      if (!isSent) mailbox.put(message);
      observer.relayed(from, type, dst, isSent ? 'sent' : 'queued', frame.length);
      return;
    }
    case 'LEAVE':
    case 'EXPIRE': {
      if (dst === undefined) {
        // The socket goes with the id: left open, it would go on speaking for an id that is free to take.
        if (type === 'LEAVE' && realm.delete(from)) {
          commons?.release(from);
          observer.closed(from);
          from.close();
        }
        return;
      }
      const frame = relayFrame(signal, from.id);
      const place = placeOf(dst, from.grant?.room);
      const message = { dst: place, src: from.place, srcSecret: from.secret, type, frame };
      const isSent = (realm.get(place)?.send(frame) ?? false) || (commons?.forward(message, false) ?? false);
      observer.relayed(from, type, dst, isSent ? 'sent' : 'dropped', frame.length);
      return;
    }
    case 'HEARTBEAT':
    case 'OPEN':
    case 'ERROR':
    case 'ID-TAKEN':
      return;
  }
}

/** Tells a sender, if it is still the same one, that nobody came for its message. */
export function tellExpired(
  { realm, observer, commons }: Omit<Ways, 'mailbox'>,
  { dst, src, srcSecret }: Expired,
): void {
  const missing = idAt(dst);
  const sender = realm.get(src);
  const frame = expireFrame(missing, idAt(src));
  if (!sender) commons?.forward({ dst: src, src: dst, srcSecret: '', type: 'EXPIRE', frame }, false);
  else if (sender.secret === srcSecret && sender.send(frame)) observer.expired(sender, missing);
}
