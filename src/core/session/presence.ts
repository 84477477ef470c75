// takes members and what they say, gives facts about people and the stream of each.

import type { Frame, ProfileFrame } from '../../protocol/frame.ts';
import { newId } from '../id.ts';
import { cleanName } from './clean-name.ts';
import type { Fact } from './facts.ts';
import { inbound } from './inbound.ts';
import type { Member, MeshPort } from './mesh-types.ts';
import type { Snapshot, StreamHandle } from './snapshot.ts';
import type { Trust, Verdict } from './trust.ts';

export interface PresencePort {
  readonly ownId: string;
  readonly trust: Trust;
  /** What a checked credential names them by; undefined without one, or where no issuer we know signed it. */
  readonly credentialOf: (member: Member) => string | undefined;
  readonly snapshot: () => Snapshot;
  readonly report: (fact: Fact) => void;
  /** Nothing may flow to or from them any more: what was under way has to stop. */
  readonly halted: (id: string) => void;
  readonly profile: () => ProfileFrame;
  /** To everyone with whom a pair is SECURE. */
  readonly tell: (frame: Frame) => void;
}

export interface Presence extends Pick<MeshPort, 'joined' | 'left' | 'changed' | 'profile'> {
  /** In the room: we hold its door, or someone who is inside has let us in. */
  enter(): void;
  tellProfile(): void;
  /** The emoji matched: what was held back flows, unless more than that is asked for. */
  verify(member: Member): void;
  stream(handle: StreamHandle): MediaStream | undefined;
}

export function createPresence(port: PresencePort): Presence {
  const { report, snapshot, profile, tell } = port;
  const streams = new Map<StreamHandle, MediaStream>();
  let entered = false;
  let told = '';

  function enter(): void {
    if (entered) return;
    entered = true;
    report({ kind: 'room-joined', id: port.ownId });
  }

  const personOf = (id: string) => snapshot().people.find((person) => person.id === id);

  function joined(member: Member, frame: ProfileFrame): void {
    enter();
    const before = personOf(member.id);
    const name = cleanName(frame.name);
    const verdict = port.trust.meet(member.id, name, port.credentialOf(member));
    const stream = newId();
    streams.set(stream, member.stream);
    report({
      kind: 'participant-joined',
      participant: {
        id: member.id,
        name,
        audio: frame.audio,
        video: frame.video,
        link: 'connected',
        protection: verdict.protection,
        ...(verdict.held && { held: verdict.held }),
        sas: member.sas,
        stream,
        joinedAt: before?.joinedAt ?? Date.now(),
      },
    });
    if (before !== undefined) streams.delete(before.stream);
    act(member, name, verdict);
  }

  /** Tells that a key changed, and opens the gate where nothing stands against it. */
  function act(member: Member, name: string, { held, changed }: Verdict): void {
    if (changed !== undefined)
      report({ kind: 'identity-changed', id: member.id, name, wasVerified: changed === 'verified' });
    if (held === undefined) admit(member);
    else hold(member);
  }

  function hold(member: Member): void {
    member.pair.hold();
    // What they were told of our devices is no longer so.
    member.pair.send(profile());
    port.halted(member.id);
  }

  function admit(member: Member): void {
    const wasHeld = !member.pair.admitted;
    member.pair.admit();
    if (wasHeld) member.pair.send(profile());
    forwardWaiting(member);
  }

  /** What was written while nobody was here goes to the first who comes. */
  function forwardWaiting(member: Member): void {
    for (const { id, text, sentAt, delivery } of snapshot().chat.messages) {
      if (delivery !== 'waiting' || !member.pair.send({ kind: 'message', id, text, sentAt })) continue;
      report({ kind: 'message-forwarded', id, to: [member.id] });
    }
  }

  /** A name that someone takes later is judged like the one they came with; only the emoji open what it shut. */
  function rename(member: Member, fact: Extract<Fact, { kind: 'participant-updated' }>): void {
    const verdict = port.trust.meet(member.id, fact.name, port.credentialOf(member));
    report({ ...fact, ...(verdict.held && { held: verdict.held }) });
    if (verdict.held !== undefined) act(member, fact.name, verdict);
  }

  function readFrame(member: Member, frame: Frame): void {
    const person = personOf(member.id);
    if (person === undefined) return;
    const fact = inbound(person, frame);
    if (fact === undefined) return;
    if (fact.kind === 'participant-updated' && fact.name !== person.name) return rename(member, fact);
    report(fact);
    if (frame.kind === 'message') member.pair.send({ kind: 'receipt', ids: [frame.id] });
  }

  return {
    enter,
    profile,
    joined,
    left: (member, reason) => {
      const person = personOf(member.id);
      if (person !== undefined) streams.delete(person.stream);
      report({ kind: 'participant-left', id: member.id, reason });
    },
    changed: (member, event) => {
      if (event.kind === 'frame') readFrame(member, event.frame);
      else if (event.kind === 'interrupted') report({ kind: 'link-interrupted', id: member.id });
      else if (event.kind === 'restored') report({ kind: 'link-restored', id: member.id });
      else if (event.kind === 'refused')
        report({ kind: 'error-raised', code: event.code, fatal: false, from: member.id });
    },
    tellProfile: () => {
      const frame = profile();
      const words = JSON.stringify(frame);
      if (words === told) return;
      told = words;
      tell(frame);
    },
    verify: (member) => {
      const { held } = port.trust.verify(member.id);
      report({ kind: 'participant-verified', id: member.id, ...(held && { held }) });
      if (held === undefined) admit(member);
    },
    // Who is held back is neither seen nor heard.
    stream: (handle) =>
      snapshot().people.some((person) => person.stream === handle && person.held !== undefined)
        ? undefined
        : streams.get(handle),
  };
}
