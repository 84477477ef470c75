// takes files, file frames and chunks of everyone, gives transfers: facts down, frames and chunks up.

import type { FileCancelReason, FileOfferFrame, Frame } from '../../protocol/frame.ts';
import type { Bytes } from '../brand.ts';
import { unpackFileMessage } from '../crypto/file-message.ts';
import type { Sodium } from '../crypto/sodium.ts';
import type { ErrorCode } from '../errors.ts';
import type { FileLink } from '../files/port.ts';
import { newId } from '../id.ts';
import type { Fact } from './facts.ts';
import { prepareReceiver, readOffer, type IncomingFile } from './file-in.ts';
import { prepareSender, type OutgoingFile } from './file-out.ts';
import type { Participant, Transfer } from './snapshot.ts';

export interface FileDeskPort {
  readonly sodium: Sodium;
  readonly report: (fact: Fact) => void;
  readonly person: (id: string) => Participant | undefined;
  /** False where the person cannot be reached. */
  readonly send: (id: string, frame: Frame) => boolean;
  readonly channel: (id: string) => FileLink | undefined;
  readonly signal: AbortSignal;
}

export interface FileDesk {
  offer(files: readonly File[], to: readonly string[]): void;
  accept(id: string, handle: FileSystemFileHandle | undefined): void;
  reject(id: string): void;
  cancel(id: string): void;
  /** True where the frame was about a file. */
  receive(from: string, frame: Frame): boolean;
  receiveChunks(from: string, bytes: Bytes): void;
  /** The link to a person ended, or another took its place. */
  peerGone(person: string): void;
}

/** Offers of one person that wait for an answer; more are declined without a question. */
const maxWaitingOffers = 100;

/** A transfer that has not ended. */
type Live = (OutgoingFile | IncomingFile) & {
  /** Our id, as in the Snapshot. */
  readonly id: string;
  readonly person: string;
  readonly abort: AbortController;
};

export function createFileDesk(port: FileDeskPort): FileDesk {
  const { report, send } = port;
  const live = new Map<string, Live>();
  let transfers = 0;

  /** Ids of frames are the sender's; ours are made of both, so that nobody can speak for another. */
  const inKey = (person: string, wireId: string): string => `${person}.${wireId}`;

  const end = (transfer: Live, fact: Fact | undefined): void => {
    if (live.get(transfer.id) !== transfer) return;
    live.delete(transfer.id);
    transfer.abort.abort();
    if (fact !== undefined) report(fact);
  };

  const fail = (transfer: Live, code: ErrorCode, tell: FileCancelReason | undefined): void => {
    if (live.get(transfer.id) !== transfer) return;
    if (tell !== undefined) send(transfer.person, { kind: 'file-cancel', id: transfer.wireId, reason: tell });
    end(transfer, { kind: 'file-failed', id: transfer.id, code });
  };

  const refuse = (code: ErrorCode, from: string | undefined): void =>
    report({ kind: 'error-raised', code, fatal: false, from });

  const lifetime = (): AbortController => {
    const abort = new AbortController();
    if (port.signal.aborted) abort.abort();
    port.signal.addEventListener('abort', () => abort.abort(), { once: true, signal: abort.signal });
    return abort;
  };

  // ---- up: our own files

  function offer(files: readonly File[], to: readonly string[]): void {
    for (const person of to) {
      if (port.person(person) === undefined) refuse('peer-gone', undefined);
      else for (const file of files) void offerOne(file, person);
    }
  }

  async function offerOne(file: File, personId: string): Promise<void> {
    const id = newId();
    const abort = lifetime();
    transfers += 1;
    const outgoing = await prepareSender(port.sodium, file, {
      wireId: id,
      transfer: transfers,
      channel: () => port.channel(personId),
      signal: abort.signal,
      report: (event) => {
        if (event.kind === 'progressed') report({ ...event, kind: 'file-progressed', id });
        else if (event.kind === 'completed')
          end(transfer, { kind: 'file-completed', id, savedBy: undefined });
        else fail(transfer, event.code, event.tell);
      },
    });
    if (!outgoing.ok) return refuse(outgoing.reason, undefined);
    const transfer: Live = { ...outgoing.value, id, person: personId, abort };
    const person = port.person(personId);
    if (person === undefined || port.signal.aborted) return refuse('peer-gone', undefined);
    live.set(id, transfer);
    const { name, type, size } = outgoing.value.offer;
    report({ kind: 'file-offered', transfer: describe(id, 'send', person, { name, type, size }) });
    if (!send(personId, outgoing.value.offer)) fail(transfer, 'peer-gone', undefined);
  }

  // ---- down: what a person says about files

  function receive(from: string, frame: Frame): boolean {
    switch (frame.kind) {
      case 'file-offer':
        takeOffer(from, frame);
        return true;
      case 'file-accept':
        withSender(from, frame.id, (transfer) => {
          report({ kind: 'file-started', id: transfer.id });
          transfer.sender.start(frame.from);
        });
        return true;
      case 'file-received':
        withSender(from, frame.id, ({ sender }) => sender.acked(frame.bytes));
        return true;
      case 'file-done':
        withSender(from, frame.id, ({ sender }) => sender.done());
        return true;
      case 'file-reject':
        withSender(from, frame.id, (transfer) => end(transfer, { kind: 'file-rejected', id: transfer.id }));
        return true;
      case 'file-cancel':
        takeCancel(from, frame.id, frame.reason);
        return true;
      default:
        return false;
    }
  }

  function takeOffer(from: string, frame: FileOfferFrame): void {
    const person = port.person(from);
    const id = inKey(from, frame.id);
    if (person === undefined) return;
    const theirs = [...live.values()].filter((one) => one.kind === 'in' && one.person === from);
    const clash = theirs.some(
      (one) => one.id === id || (one.kind === 'in' && one.offer.transfer === frame.transfer),
    );
    if (clash) return refuse('bad-frame', from);
    const waiting = theirs.filter((one) => one.kind === 'in' && one.receiver === undefined);
    if (waiting.length >= maxWaitingOffers) {
      send(from, { kind: 'file-reject', id: frame.id });
      return;
    }
    const incoming = readOffer(frame);
    if (!incoming.ok) return refuse(incoming.reason, from);
    live.set(id, { ...incoming.value, id, person: from, abort: lifetime() });
    report({ kind: 'file-offered', transfer: describe(id, 'receive', person, incoming.value.file) });
  }

  /** Either side may cancel; a reason other than the person's wish is a failure, and is told as one. */
  function takeCancel(from: string, wireId: string, reason: FileCancelReason): void {
    const own = live.get(wireId);
    const transfer = own?.kind === 'out' && own.person === from ? own : live.get(inKey(from, wireId));
    if (transfer === undefined || transfer.person !== from) return;
    if (reason === 'cancelled') end(transfer, { kind: 'file-cancelled', id: transfer.id, by: 'peer' });
    else end(transfer, { kind: 'file-failed', id: transfer.id, code: reason });
  }

  function withSender(from: string, wireId: string, act: (transfer: Live & OutgoingFile) => void): void {
    const transfer = live.get(wireId);
    // Late words about what has ended are no fault; words about someone else's transfer are left unheard.
    if (transfer?.kind === 'out' && transfer.person === from) act(transfer);
  }

  function receiveChunks(from: string, bytes: Bytes): void {
    const message = unpackFileMessage(bytes);
    if (!message.ok) return refuse(message.reason, from);
    const { transfer: number, index, chunks } = message.value;
    for (const transfer of live.values())
      if (transfer.kind === 'in' && transfer.person === from && transfer.offer.transfer === number)
        transfer.receiver?.push(index, chunks);
  }

  // ---- up: answers to what is on offer

  function accept(id: string, handle: FileSystemFileHandle | undefined): void {
    const transfer = live.get(id);
    if (transfer?.kind !== 'in') return refuse('unknown-transfer', undefined);
    if (transfer.receiver !== undefined || transfer.accepted) return;
    const accepted: Live & IncomingFile = { ...transfer, accepted: true };
    live.set(id, accepted);
    void start(accepted, handle);
  }

  async function start(
    transfer: Live & IncomingFile,
    handle: FileSystemFileHandle | undefined,
  ): Promise<void> {
    const { id, person, wireId } = transfer;
    let current: Live = transfer;
    const receiver = await prepareReceiver(port.sodium, transfer, {
      handle,
      signal: transfer.abort.signal,
      report: (event) => {
        switch (event.kind) {
          case 'ready':
            report({ kind: 'file-started', id });
            return void send(person, { kind: 'file-accept', id: wireId, from: event.from });
          case 'received':
            return void send(person, { kind: 'file-received', id: wireId, bytes: event.bytes });
          case 'progressed':
            return report({ ...event, kind: 'file-progressed', id });
          case 'completed':
            send(person, { kind: 'file-done', id: wireId });
            return end(current, { kind: 'file-completed', id, savedBy: event.savedBy });
          case 'failed':
            return fail(current, event.code, event.tell);
        }
      },
    });
    if (live.get(id) !== transfer) return;
    if (!receiver.ok) return fail(transfer, receiver.reason, 'file-chunk');
    current = { ...transfer, receiver: receiver.value };
    live.set(id, current);
  }

  return {
    offer,
    accept,
    receive,
    receiveChunks,
    reject: (id) => {
      const transfer = live.get(id);
      if (transfer?.kind !== 'in' || transfer.accepted) return refuse('unknown-transfer', undefined);
      send(transfer.person, { kind: 'file-reject', id: transfer.wireId });
      end(transfer, { kind: 'file-rejected', id });
    },
    cancel: (id) => {
      const transfer = live.get(id);
      if (transfer === undefined) return refuse('unknown-transfer', undefined);
      send(transfer.person, { kind: 'file-cancel', id: transfer.wireId, reason: 'cancelled' });
      end(transfer, { kind: 'file-cancelled', id, by: 'self' });
    },
    peerGone: (person) => {
      for (const transfer of [...live.values()])
        if (transfer.person === person) fail(transfer, 'peer-gone', undefined);
    },
  };
}

function describe(
  id: string,
  direction: Transfer['direction'],
  person: Participant,
  file: Pick<Transfer, 'name' | 'type' | 'size'>,
): Transfer {
  return {
    id,
    direction,
    peer: person.id,
    peerName: person.name,
    ...(person.ordinal !== undefined && { peerOrdinal: person.ordinal }),
    ...file,
    bytes: 0,
    bytesPerSecond: 0,
    state: 'offered',
    code: undefined,
    savedBy: undefined,
  };
}
