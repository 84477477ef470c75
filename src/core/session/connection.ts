// takes a SessionConfig and a transport, gives a Connection: the middle of the river, loaded at the first join.

import { toBase64Url } from '../crypto/bytes.ts';
import { credentialSubject } from '../crypto/credential.ts';
import { openIdentity } from '../crypto/identity-open.ts';
import { roomKeys } from '../crypto/kdf.ts';
import { L } from '../crypto/labels.ts';
import { createOfferLimit } from '../crypto/offer-limit.ts';
import { pinName, pinStore } from '../crypto/pin-store.ts';
import { rehearse } from '../crypto/rehearsal.ts';
import { safetyNumber } from '../crypto/safety-number.ts';
import type { Sodium } from '../crypto/sodium.ts';
import { after } from '../timer.ts';
import { newConnectionId, newPeerId, newToken } from '../transport/id.ts';
import { openRendezvous, type RendezvousEvent } from '../transport/rendezvous.ts';
import type { Transport } from '../transport/port.ts';
import type { Connection, ConnectionOptions } from './connection-port.ts';
import { createFileDesk } from './file-desk.ts';
import { createMesh } from './mesh.ts';
import { ownProfile } from './own-profile.ts';
import { createPair } from './pair.ts';
import { createPresence } from './presence.ts';
import { prepareLink } from './spare-link.ts';
import { createTrust } from './trust.ts';

/** What a connection stands on; libsodium may still be on its way. */
export interface Ground {
  readonly transport: Transport;
  readonly sodium: Promise<Sodium>;
}

/**
 * Goes to the rendezvous, derives the room's keys and takes an identity, side by side as far as one does not need the
 * other. Rejects with `ReformsError` (`wasm-blocked`, `invalid-secret`, `store`). Everything ends with `signal`.
 */
export async function openConnection(
  ground: Ground,
  { config, snapshot, report, track, signal }: ConnectionOptions,
): Promise<Connection> {
  const { iceServers, relayOnly } = config;
  const { transport } = ground;
  const spare = prepareLink((sink) =>
    transport.createLink({ iceServers, relayOnly, polite: false, signal }, sink),
  );
  const keys = ground.sodium.then((sodium) => roomKeys(sodium, { room: config.room, secret: config.secret }));

  const peer = newPeerId();
  const early: RendezvousEvent[] = [];
  let hear = (event: RendezvousEvent): void => void early.push(event);
  const topic = keys.then((room) => room.topic);
  const rendezvous = openRendezvous(
    { transport, servers: config.servers, topic, peerId: peer, token: newToken(), signal },
    (event) => hear(event),
  );
  const sodium = await ground.sodium;
  const room = await keys;
  signal.throwIfAborted();
  const store = pinStore(room.topic, config.identity === 'ephemeral' ? undefined : globalThis.indexedDB);
  const [identity, pins] = await Promise.all([
    openIdentity(sodium, { mode: config.identity, topic: room.topic, signal }),
    store.load(),
  ]);
  signal.throwIfAborted();

  const participantId = (ik: Uint8Array): string =>
    toBase64Url(sodium.hash(L('participant', ik)).subarray(0, 16));
  const offerLimit = createOfferLimit({ now: () => performance.now() });
  let doorHeld = false;
  let rehearsed = false;

  const trust = createTrust({
    authenticated: room.authenticated,
    require: config.require,
    pins,
    guestName: config.guestName ?? '',
    pinName: (name) => pinName(sodium, room, name),
    save: (id, pin) => void store.save(id, pin),
  });

  const presence = createPresence({
    ownId: participantId(identity.publicKey),
    trust,
    credentialOf: ({ ik, credential }) =>
      credentialSubject(sodium, config.issuers ?? [], credential, { ik, topic: room.topic }),
    snapshot,
    report,
    halted: (id) => desk.peerGone(id),
    profile: () => ownProfile(snapshot(), peer),
    tell: (frame) => mesh.tell(frame),
  });

  const desk = createFileDesk({
    sodium,
    report,
    signal,
    person: (id) => snapshot().people.find((participant) => participant.id === id),
    send: (id, frame) => mesh.members.get(id)?.pair.send(frame) ?? false,
    channel: (id) => mesh.members.get(id)?.pair.files,
  });

  const mesh = createMesh({
    peer,
    heldDoor: () => (doorHeld ? rendezvous.doorId : undefined),
    participantId,
    newConnectionId,
    mayOffer: (from) => offerLimit.take(from),
    coverDoor: (covered) => rendezvous.coverDoor(covered),
    profile: presence.profile,
    startPair: ({ role, via, remotePeer, connectionId }, reportPair) =>
      createPair({
        role,
        localPeer: via === 'door' ? rendezvous.doorId : peer,
        remotePeer,
        connectionId,
        sodium,
        identity,
        room,
        admitted: trust.open,
        credential: config.credential,
        createLink: (options, sink) =>
          (role === 'initiator' ? spare.take(sink) : undefined) ?? {
            link: transport.createLink({ ...options, iceServers, relayOnly }, sink),
            offered: undefined,
          },
        sendSignal: (kind, bytes) => rendezvous.send(via, kind, remotePeer, connectionId, bytes),
        track,
        report: reportPair,
        signal,
      }),
    joined: (member, frame) => {
      // A new link of someone who was here: what ran over the old one has ended with it.
      desk.peerGone(member.id);
      presence.joined(member, frame);
    },
    left: (member, reason) => {
      desk.peerGone(member.id);
      presence.left(member, reason);
    },
    changed: (member, event) => {
      if (event.kind === 'file') desk.receiveChunks(member.id, event.bytes);
      else if (event.kind === 'frame' && desk.receive(member.id, event.frame)) return;
      else presence.changed(member, event);
    },
    later: (delayMs, run) => after(delayMs, run, signal),
    failed: (code, fatal) => report({ kind: 'error-raised', code, fatal, from: undefined }),
  });

  function onRendezvous(event: RendezvousEvent): void {
    switch (event.kind) {
      case 'opened':
        return;
      case 'door-held':
      case 'door-lost':
        doorHeld = event.kind === 'door-held';
        if (doorHeld) {
          presence.enter();
          // Whoever is first is called, and calls nobody.
          spare.drop();
          if (!rehearsed) after(0, () => rehearse(sodium), signal);
          rehearsed = true;
        }
        return mesh.tellRoster();
      case 'dial':
        mesh.dial(event.peer);
        // While they make their answer.
        if (!rehearsed) after(0, () => rehearse(sodium), signal);
        rehearsed = true;
        return;
      case 'signal':
        return mesh.receive(event.via, event.signal);
      case 'expired':
        return mesh.expired(event.to);
      case 'server-lost':
        return report({ kind: event.kind });
      case 'server-restored':
        report({ kind: event.kind });
        return mesh.reach();
      case 'unreachable':
      case 'failed':
        return report({
          kind: 'error-raised',
          code: event.code,
          fatal: event.kind === 'failed',
          from: undefined,
        });
    }
  }

  // Nothing would be found, and nobody would know why.
  if (relayOnly && !hasRelay(iceServers))
    report({ kind: 'error-raised', code: 'turn-unreachable', fatal: false, from: undefined });

  hear = onRendezvous;
  early.splice(0).forEach(onRendezvous);

  return {
    send: (frame, to) =>
      [...mesh.members.values()]
        .filter(({ id, pair }) => (to === undefined || to.includes(id)) && pair.send(frame))
        .map(({ id }) => id),
    tellProfile: presence.tellProfile,
    sendTrack: mesh.sendTrack,
    offerFiles: (files, to) => {
      const admitted = [...mesh.members.values()].filter(({ pair }) => pair.admitted).map(({ id }) => id);
      desk.offer(files, to?.filter((id) => admitted.includes(id)) ?? admitted);
    },
    acceptFile: desk.accept,
    rejectFile: desk.reject,
    cancelFile: desk.cancel,
    judge: (id, matches) => {
      const member = mesh.members.get(id);
      if (member === undefined) return;
      if (matches) presence.verify(member);
      else {
        trust.refute(id);
        mesh.hangUp(id, 'mismatch');
      }
    },
    stream: presence.stream,
    safetyNumber: (id) => {
      const member = mesh.members.get(id);
      return member && safetyNumber(sodium, identity.publicKey, member.ik);
    },
    stats: async (id) => mesh.members.get(id)?.pair.stats(),
    leave: () => {
      mesh.leave();
      rendezvous.close();
    },
  };
}

const hasRelay = (servers: readonly RTCIceServer[]): boolean =>
  servers.flatMap(({ urls }) => urls).some((url) => /^turns?:/i.test(url));
