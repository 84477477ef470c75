// takes pairs' events and the rendezvous, gives participants: who is here, each once.

import type { Frame, ProfileFrame } from '../../protocol/frame.ts';
import { maxMeshPeople } from '../../protocol/limits.ts';
import { Backoff } from '../transport/backoff.ts';
import type { IncomingSignal } from '../transport/port.ts';
import type { Member, Mesh, MeshPort } from './mesh-types.ts';
import type { Pair, PairEvent } from './pair-types.ts';

/** A pair that is SECURE and has not yet said who it is. */
type Stranger = Pick<Member, 'id' | 'ik' | 'credential' | 'sas' | 'stream'>;

/** Calls of ours, and calls of others, that may be under way at once: more is no room, it is an attack. */
const maxCalls = 8;
const maxCallers = 32;

export function createMesh(port: MeshPort): Mesh {
  const pairs = new Map<string, Pair>();
  const strangers = new Map<Pair, Stranger>();
  const members = new Map<string, Member>();
  /** Whose emoji did not match, for either side: by identity, and by the ids they can be dialled at. Over for this visit. */
  const refused = new Set<string>();
  /** Between calls to someone unreached: the first wait is longer than a call takes to count as stalled. */
  const patience = new Backoff({ firstMs: 8_000, capMs: 30_000, steady: 0.5 });
  let cancelRetry: () => void = () => {};

  // ---- who to call

  function dial(peer: string): void {
    if (peer === port.peer || peer === port.heldDoor() || refused.has(peer)) return;
    if (isReached(peer) || isFull()) return;
    for (const pair of [...pairs.values()]) {
      if (pair.remotePeer !== peer || pair.secured) continue;
      if (!pair.stalled) return;
      // Nobody answered this call: the door may have changed hands since.
      discard(pair);
    }
    if (underWay('initiator') < maxCalls) start('initiator', 'self', peer, port.newConnectionId());
  }

  /** Calls everyone who is said to be here and whom we have not reached, again and again until we have. */
  function reach(): void {
    cancelRetry();
    for (const peer of missing()) dial(peer);
    if (!isFull() && missing().length > 0) cancelRetry = port.later(patience.next(), reach);
  }

  const missing = (): readonly string[] =>
    [...new Set([...members.values()].flatMap(({ peers }) => peers))].filter(
      (peer) => peer !== port.peer && !refused.has(peer) && !isReached(peer),
    );

  const underWay = (role: Pair['role']): number =>
    [...pairs.values()].filter((pair) => pair.role === role && !pair.secured).length;

  const isFull = (): boolean => members.size >= maxMeshPeople - 1;

  const isReached = (peer: string): boolean =>
    [...members.values()].some((member) => member.peer === peer) ||
    [...strangers.keys()].some((pair) => pair.remotePeer === peer);

  function start(role: Pair['role'], via: 'self' | 'door', remotePeer: string, connectionId: string): Pair {
    const pair: Pair = port.startPair({ role, via, remotePeer, connectionId }, (event) =>
      onPair(pair, event),
    );
    pairs.set(connectionId, pair);
    return pair;
  }

  function discard(pair: Pair): void {
    pairs.delete(pair.connectionId);
    strangers.delete(pair);
    pair.drop();
  }

  // ---- down: signals

  function receive(via: 'self' | 'door', signal: IncomingSignal): void {
    const known = pairs.get(signal.connectionId);
    if (known !== undefined) {
      // A connection id belongs to the two who made it; the same id from elsewhere is a replay or a forgery.
      if (known.remotePeer === signal.from) known.receiveSignal(signal.kind, signal.bytes);
      return;
    }
    if (signal.kind !== 'offer' || signal.from === port.peer || !port.mayOffer(signal.from)) return;
    if (underWay('responder') >= maxCallers) return;
    const rival = via === 'self' ? rivalOf(signal.from) : undefined;
    if (rival !== undefined && rival.localPeer < signal.from) return;
    start('responder', via, signal.from, signal.connectionId).receiveSignal('offer', signal.bytes);
  }

  /** `trust.md` §5: "Glare: the smaller peer id stays initiator". The other gives way to an OFFER that proved genuine. */
  const rivalOf = (peer: string): Pair | undefined =>
    [...pairs.values()].find(
      (pair) => pair.role === 'initiator' && pair.remotePeer === peer && !pair.secured,
    );

  function giveWay(pair: Pair): void {
    const rival = pair.localPeer === port.peer ? rivalOf(pair.remotePeer) : undefined;
    if (rival !== undefined) discard(rival);
  }

  /** The server knows nobody by that id. */
  function expired(peer: string): void {
    for (const pair of [...pairs.values()]) if (pair.remotePeer === peer && !pair.secured) discard(pair);
  }

  // ---- down: pairs

  function onPair(pair: Pair, event: PairEvent): void {
    if (pairs.get(pair.connectionId) !== pair) return;
    if (event.kind === 'called') return giveWay(pair);
    if (event.kind === 'secured') {
      const id = port.participantId(event.ik);
      if (refused.has(id)) return turnAway(pair, 'mismatch');
      // Whom there is no place for is not even told who is here.
      if (!members.has(id) && isFull()) return turnAway(pair, 'full');
      const { ik, credential, sas, stream } = event;
      strangers.set(pair, { id, ik, credential, sas, stream });
      pair.send(port.profile());
      return;
    }
    const member = [...members.values()].find((candidate) => candidate.pair === pair);
    if (event.kind === 'ended') return onEnded(pair, member, event);
    if (event.kind === 'frame' && event.frame.kind === 'profile') onProfile(pair, event.frame, member);
    else if (event.kind === 'frame' && event.frame.kind === 'roster') onRoster(event.frame, member);
    else if (member !== undefined) port.changed(member, event);
    else if (event.kind === 'refused') port.failed(event.code, false);
  }

  function onProfile(pair: Pair, profile: ProfileFrame, member: Member | undefined): void {
    const stranger = strangers.get(pair);
    if (member !== undefined) return port.changed(member, { kind: 'frame', frame: profile });
    if (stranger === undefined) return;
    strangers.delete(pair);
    const { id } = stranger;
    const before = members.get(id);
    if (before === undefined && isFull()) return turnAway(pair, 'full');
    if (before !== undefined) {
      // One tab, two links (both dialled at once): both ends keep the one with the smaller id. Another tab or a reload
      // under the same identity: the newcomer is the one that lives.
      const sameTab = before.peer === profile.peer;
      if (sameTab && before.pair.connectionId < pair.connectionId) return discard(pair);
      discard(before.pair);
    }
    const joined: Member = { ...stranger, pair, peer: profile.peer, door: false, peers: [] };
    members.set(id, joined);
    patience.reset();
    port.joined(joined, profile);
    tellRoster();
  }

  function turnAway(pair: Pair, reason: 'full' | 'mismatch'): void {
    pairs.delete(pair.connectionId);
    pair.end(reason);
  }

  function refuse(member: Member): void {
    refused.add(member.id);
    refused.add(member.peer);
  }

  function onRoster(roster: Extract<Frame, { kind: 'roster' }>, member: Member | undefined): void {
    if (member === undefined) return;
    members.set(member.id, { ...member, door: roster.door, peers: roster.peers });
    updateDoor();
    reach();
  }

  function onEnded(
    pair: Pair,
    member: Member | undefined,
    event: Extract<PairEvent, { kind: 'ended' }>,
  ): void {
    pairs.delete(pair.connectionId);
    strangers.delete(pair);
    if (member === undefined) {
      if (event.reason === 'full') port.failed('room-full', members.size === 0);
      // That the server cannot be reached was told already.
      else if (event.code !== undefined && event.code !== 'disconnected') port.failed(event.code, false);
      return;
    }
    members.delete(member.id);
    if (event.reason === 'mismatch') refuse(member);
    if (event.code !== undefined) port.failed(event.code, false);
    port.left(member, event.reason === 'left' || event.reason === 'mismatch' ? event.reason : 'lost');
    updateDoor();
    tellRoster();
    // Two came for the last place, and the other was first.
    if (event.reason === 'full') port.failed('room-full', members.size === 0);
    // Whose path is gone may still be there.
    if (event.reason === 'lost') dial(member.peer);
  }

  const updateDoor = (): void => port.coverDoor([...members.values()].some(({ door }) => door));

  // ---- up

  function tellRoster(): void {
    const door = port.heldDoor() !== undefined;
    for (const member of members.values()) {
      const peers = [...members.values()].filter(({ id }) => id !== member.id).map(({ peer }) => peer);
      member.pair.send({ kind: 'roster', peers, door });
    }
  }

  return {
    members,
    dial,
    reach,
    receive,
    expired,
    tellRoster,
    tell: (frame) => {
      for (const pair of pairs.values()) pair.send(frame);
    },
    sendTrack: (slot, track) => {
      for (const pair of pairs.values()) pair.sendTrack(slot, track);
    },
    hangUp: (id, reason) => {
      const member = members.get(id);
      if (member === undefined) return;
      pairs.delete(member.pair.connectionId);
      members.delete(id);
      refuse(member);
      member.pair.end(reason);
      port.left(member, reason);
      updateDoor();
      tellRoster();
    },
    leave: () => {
      for (const pair of pairs.values()) pair.end('left');
      pairs.clear();
      strangers.clear();
      members.clear();
    },
  };
}
