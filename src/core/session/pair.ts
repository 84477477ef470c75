// takes signals and link events of one pair, gives a SECURE channel to one person, or the reason why there is none.

import { decodeFrame, encodeFrame, type Frame } from '../../protocol/frame.ts';
import type { Bytes, Sealed } from '../brand.ts';
import { createInitiator, createResponder } from '../crypto/handshake.ts';
import type {
  HandshakeContext,
  Initiator,
  InitiatorReady,
  Responder,
  ResponderReady,
  SecurePair,
} from '../crypto/handshake-types.ts';
import { ReformsError, type ErrorCode } from '../errors.ts';
import { after } from '../timer.ts';
import type { Candidate, Description, LinkEvent, SignalKind } from '../transport/port.ts';
import { createContentGate } from './content-gate.ts';
import type { Pair, PairEvent, PairOptions } from './pair-types.ts';

/** `trust.md` §5: "Timers: ANSWER 30 s, FIN 20 s, CONFIRM 10 s after DTLS". */
const answerTimeoutMs = 30_000;
/** A living peer answers within this time; without an answer, a new call is no loss. */
const stalledAfterMs = 4_000;
const finTimeoutMs = 20_000;
/** The caller waits as long for a path as the called one does for FIN: browsers never give up one without candidates. */
const pathTimeoutMs = finTimeoutMs;
const confirmTimeoutMs = 10_000;
/** A path that stays broken this long is given up; whoever is still there is dialled anew. */
const lostTimeoutMs = 20_000;
/** Frames of an eager peer, kept while our own CONFIRM is being made. */
const maxHeldFrames = 64;
/** A peer that talks nonsense this often is hung up on. */
const maxRefusals = 100;

const finTag = 0x02;
const earlyTag = 0x03;

/**
 * Starts the handshake at once as initiator, or with the first `offer` signal as responder. Nothing of the application
 * passes before SECURE, and an invalid message changes no state (`trust.md` §5).
 */
export function createPair(options: PairOptions): Pair {
  const { role, connectionId, sendSignal, report } = options;
  const lifetime = new AbortController();
  const signal = AbortSignal.any([lifetime.signal, options.signal]);
  const context: HandshakeContext = {
    sodium: options.sodium,
    identity: options.identity,
    room: options.room,
    initiatorPeerId: role === 'initiator' ? options.localPeer : options.remotePeer,
    responderPeerId: role === 'initiator' ? options.remotePeer : options.localPeer,
    connectionId,
    kind: 'call',
    credential: options.credential,
  };

  let initiator: Initiator | undefined;
  let responder: Responder | undefined;
  let ready: InitiatorReady | ResponderReady | undefined;
  let secured: SecurePair | undefined;
  let interrupted = false;
  let stalled = false;
  let confirmRead = false;
  let offerTaken = false;
  let refusals = 0;
  const held: Bytes[] = [];
  const unsentCandidates: Candidate[] = [];
  const unreadSignals: Bytes[] = [];
  let cancelTimer: () => void = () => {};
  let cancelLost: () => void = () => {};

  const gate = createContentGate(options.admitted, (frame) => report({ kind: 'frame', frame }));
  const { link, offered } = options.createLink({ polite: role === 'responder', signal }, onLink);

  // ---- ends

  function close(event: Extract<PairEvent, { kind: 'ended' }> | undefined): void {
    if (lifetime.signal.aborted) return;
    link.close();
    lifetime.abort();
    if (event !== undefined && !options.signal.aborted) report(event);
  }

  const fail = (code: ErrorCode): void => close({ kind: 'ended', reason: 'failed', code });

  /** An authenticated peer is answered by an error event, and hung up on if it does not stop. */
  const refuse = (code: ErrorCode): void => {
    refusals += 1;
    if (refusals > maxRefusals) return fail('bad-frame');
    report({ kind: 'refused', code });
  };

  /** What the server brought may be anybody's: dropped and told, but it must not be able to end the pair. */
  const drop = (code: ErrorCode): void => report({ kind: 'refused', code });

  /** Work of the handshake is done one step after the other; a step that breaks ends the pair with its code. */
  let work: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void> | void): void => {
    work = work
      .then(() => (signal.aborted ? undefined : step()))
      .catch((error: unknown) => fail(ReformsError.is(error) ? error.code : 'internal'));
  };

  const expect = (delayMs: number): void => {
    cancelTimer();
    cancelTimer = after(delayMs, () => fail('timeout'), signal);
  };

  // ---- down: what comes from the server

  function receiveSignal(kind: SignalKind, bytes: Bytes): void {
    if (signal.aborted) return;
    if (kind === 'candidate') inTurn(() => readCandidateSignal(bytes));
    else if (kind === 'offer' && role === 'responder' && !offerTaken) inTurn(() => readOffer(bytes));
    else if (kind === 'answer' && role === 'initiator') inTurn(() => readAnswer(bytes));
  }

  async function readOffer(bytes: Bytes): Promise<void> {
    if (offerTaken) return;
    const result = await createResponder(context, bytes);
    if (!result.ok) return fail(result.reason);
    offerTaken = true;
    responder = result.value;
    report({ kind: 'called' });
    expect(finTimeoutMs);
    const answered = await responder.answer({ sdp: await link.answer(responder.sdp) });
    ready = answered;
    sendSignal('answer', answered.answer);
    flushCandidates();
    for (const early of unreadSignals.splice(0)) await readCandidateSignal(early);
  }

  async function readAnswer(bytes: Bytes): Promise<void> {
    const result = await initiator?.readAnswer(bytes);
    if (result === undefined || ready !== undefined) return;
    if (!result.ok) return drop(result.reason);
    ready = result.value;
    expect(pathTimeoutMs);
    sendSignal('candidate', result.value.fin);
    await link.acceptAnswer(result.value.sdp);
    flushCandidates();
    for (const early of unreadSignals.splice(0)) await readCandidateSignal(early);
  }

  async function readCandidateSignal(bytes: Bytes): Promise<void> {
    if (bytes[0] === finTag) return readFin(bytes);
    if (bytes[0] === earlyTag && responder !== undefined) return readEarly(responder, bytes);
    if (ready === undefined) {
      if (unreadSignals.length < maxHeldFrames) unreadSignals.push(bytes);
      return;
    }
    const opened = ready.signal.open(bytes);
    return opened.ok ? readSignalFrame(opened.value) : drop(opened.reason);
  }

  /** Everyone who knows the room can have sealed it (`trust.md` §5): it is good for candidates before SECURE, for no more. */
  async function readEarly(from: Responder, bytes: Bytes): Promise<void> {
    if (secured !== undefined) return;
    const opened = from.openEarlyCandidate(bytes);
    if (!opened.ok) return drop(opened.reason);
    const result = decodeFrame(opened.value);
    if (result.ok && result.value.kind === 'candidate') await link.addCandidate(result.value);
    else drop('bad-frame');
  }

  function readFin(bytes: Bytes): void {
    if (ready === undefined || !('readFin' in ready)) return;
    const result = ready.readFin(bytes);
    if (!result.ok) return drop(result.reason);
    enterSecure();
  }

  /** Of all frames these three may come by the server, sealed: the path itself may be what is missing. */
  async function readSignalFrame(plain: Bytes): Promise<void> {
    const result = decodeFrame(plain);
    if (!result.ok) return drop(result.reason);
    const frame = result.value;
    if (frame.kind === 'candidate') await link.addCandidate(frame);
    else if (frame.kind === 'bye') leaveBy(frame.reason);
    else if (frame.kind === 'description' && secured !== undefined) await renegotiate(frame);
    else drop('bad-frame');
  }

  // ---- down: what comes over the link

  function onLink(event: LinkEvent): void {
    if (signal.aborted) return;
    switch (event.kind) {
      case 'candidate':
        return sendCandidate(event.candidate);
      case 'description':
        return sendDescription(event.description);
      case 'control-opened':
        return inTurn(confirm);
      case 'control':
        return readControl(event.bytes);
      case 'file':
        // Chunks follow an accept, and nobody who is not admitted was sent one.
        return gate.admitted && secured !== undefined
          ? report({ kind: 'file', bytes: event.bytes })
          : undefined;
      case 'interrupted':
        interrupted = true;
        cancelLost();
        cancelLost = after(
          lostTimeoutMs,
          () => close({ kind: 'ended', reason: 'lost', code: undefined }),
          signal,
        );
        return secured === undefined ? undefined : report({ kind: 'interrupted' });
      case 'restored':
        interrupted = false;
        cancelLost();
        return secured === undefined ? undefined : report({ kind: 'restored' });
      case 'closed':
        return close({ kind: 'ended', reason: secured === undefined ? 'failed' : 'left', code: undefined });
    }
  }

  /** DTLS is up: show that both ends see the certificates that the handshake named. FIN goes again, it may have been lost. */
  async function confirm(): Promise<void> {
    if (ready === undefined) return fail('confirm');
    const result = await ready.confirm(link.remoteCertificate());
    if (!result.ok) return fail(result.reason);
    if ('fin' in ready) link.sendControl(ready.fin);
    link.sendControl(result.value);
    expect(confirmTimeoutMs);
    enterSecure();
  }

  function readControl(bytes: Bytes): void {
    if (secured !== undefined) return readSealed(bytes);
    if (bytes[0] === finTag) return readFin(bytes);
    if (!confirmRead && ready !== undefined) {
      const result = ready.readConfirm(bytes);
      if (!result.ok) return fail(result.reason);
      confirmRead = true;
      return enterSecure();
    }
    if (held.push(bytes) > maxHeldFrames) fail('confirm');
  }

  function enterSecure(): void {
    const proof = secured === undefined ? ready?.secure() : undefined;
    if (proof === undefined || proof === null) return;
    secured = proof;
    cancelTimer();
    sendTracks();
    const { ik, credential } = proof.peer;
    const stream = link.remoteStream(proof.permit);
    report({ kind: 'secured', ik, credential, sas: proof.sas, stream });
    for (const bytes of held.splice(0)) readSealed(bytes);
  }

  function readSealed(bytes: Bytes): void {
    if (signal.aborted || secured === undefined) return;
    const opened = secured.ctl.open(bytes);
    // After SECURE only the peer itself can have broken the order of an ordered channel.
    if (!opened.ok) return refuse(opened.reason);
    const result = decodeFrame(opened.value);
    if (!result.ok) return refuse(result.reason);
    const frame = result.value;
    if (frame.kind === 'profile') link.showVideo(secured.permit, frame.video);
    if (frame.kind === 'bye') leaveBy(frame.reason);
    else if (frame.kind === 'candidate') inTurn(() => link.addCandidate(frame));
    else if (frame.kind === 'description') inTurn(() => renegotiate(frame));
    else if (!gate.take(frame)) refuse('policy');
  }

  async function renegotiate(description: Description): Promise<void> {
    const checked = secured?.checkRenegotiation(description.sdp, 'peer');
    if (checked === undefined || !checked.ok) return fail(checked?.reason ?? 'policy');
    await link.negotiate(description);
  }

  const leaveBy = (reason: 'left' | 'full' | 'mismatch'): void =>
    close({ kind: 'ended', reason, code: undefined });

  // ---- up: what goes out

  function sendCandidate(candidate: Candidate): void {
    const frame: Frame = { kind: 'candidate', ...candidate };
    if (ready !== undefined) sealSignal(frame);
    else if (initiator !== undefined)
      sendSignal('candidate', initiator.sealEarlyCandidate(encodeFrame(frame)));
    else unsentCandidates.push(candidate);
  }

  const flushCandidates = (): void => {
    for (const candidate of unsentCandidates.splice(0)) sendCandidate(candidate);
  };

  function sendDescription(description: Description): void {
    const checked = secured?.checkRenegotiation(description.sdp, 'own');
    if (checked === undefined || !checked.ok) return;
    const frame: Frame = { kind: 'description', ...description };
    // While the path is broken the server carries it, sealed (`trust.md` §5).
    if (interrupted || !send(frame)) sealSignal(frame);
  }

  const sealSignal = (frame: Frame): boolean =>
    ready !== undefined && sendSignal('candidate', ready.signal.seal(encodeFrame(frame)));

  function send(frame: Frame): boolean {
    const passing = gate.outgoing(frame);
    if (signal.aborted || secured === undefined || passing === undefined) return false;
    return link.sendControl(secured.ctl.seal(encodeFrame(passing)));
  }

  function sendTrack(slot: 'audio' | 'video', track: MediaStreamTrack | null): void {
    if (signal.aborted || secured === undefined || !gate.admitted) return;
    const { permit } = secured;
    link.sendTrack(permit, slot, track).catch(() => refuse('webrtc'));
  }

  function sendTracks(): void {
    for (const slot of ['audio', 'video'] as const) sendTrack(slot, options.track(slot));
  }

  if (role === 'initiator') {
    expect(answerTimeoutMs);
    after(stalledAfterMs, () => (stalled = ready === undefined), signal);
    inTurn(async () => {
      const started = await createInitiator(context, { sdp: await (offered ?? link.offer()) });
      initiator = started.machine;
      if (!sendSignal('offer', started.offer)) return fail('disconnected');
      flushCandidates();
    });
  }

  return {
    connectionId,
    role,
    localPeer: options.localPeer,
    remotePeer: options.remotePeer,
    get secured() {
      return secured !== undefined;
    },
    get stalled() {
      return stalled;
    },
    get admitted() {
      return gate.admitted;
    },
    admit: () => {
      if (gate.admitted) return;
      gate.admit();
      sendTracks();
    },
    hold: () => {
      if (!gate.admitted) return;
      gate.hold();
      if (secured === undefined || signal.aborted) return;
      for (const slot of ['audio', 'video'] as const)
        link.sendTrack(secured.permit, slot, null).catch(() => refuse('webrtc'));
    },
    receiveSignal,
    send,
    sendTrack,
    get files() {
      return secured === undefined || !gate.admitted
        ? undefined
        : {
            sendFile: (bytes: Sealed) => gate.admitted && link.sendFile(bytes),
            get fileBacklog() {
              return link.fileBacklog;
            },
            fileBacklogBelow: (bytes: number) => link.fileBacklogBelow(bytes),
          };
    },
    stats: () => link.stats(),
    end: (reason) => {
      const frame: Frame = { kind: 'bye', reason };
      send(frame);
      sealSignal(frame);
      close(undefined);
    },
    drop: () => close(undefined),
  };
}
