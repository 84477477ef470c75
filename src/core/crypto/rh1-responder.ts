// takes OFFER, gives its SDP; takes our SDP, gives ANSWER; takes FIN, gives the peer. The called side of RH1.

import type { Bytes, Hello } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat, utf8 } from './bytes.ts';
import { sdpFingerprint } from './fingerprint.ts';
import { FRAME_TAG, frameOpener } from './frame-seal.ts';
import type { Open } from './frame-seal.ts';
import type { HandshakeContext, Peer, Responder, ResponderReady } from './handshake-types.ts';
import { L } from './labels.ts';
import { mintHello } from './mint.ts';
import { MAX_NOISE_MESSAGE, NoiseHandshake } from './noise.ts';
import type { Random } from './noise.ts';
import { must } from './must.ts';
import { pad, unpad } from './padding.ts';
import { replayWindow } from './replay.ts';
import { encodeAnswerBody, parseFinBody, parseOfferBody } from './rh1-bodies.ts';
import type { OfferBody } from './rh1-bodies.ts';
import {
  PAYLOAD_MIN,
  RH1,
  earlyKey,
  initiatorSigns,
  prologueOf,
  responderSigns,
  sasCommitment,
  sessionKeys,
} from './rh1-keys.ts';
import { peerOf } from './rh1-peer.ts';
import { ReadyState } from './rh1-ready.ts';
import type { Agreed, Authenticated } from './rh1-ready.ts';

const SIGNATURE = 64;

/** What the responder keeps between OFFER and ANSWER. */
interface Offered {
  readonly noise: NoiseHandshake;
  /** The ANSWER up to its payload. */
  readonly tokens: Bytes;
  readonly body: OfferBody;
  readonly fingerprint: Bytes;
  readonly openEarly: Open;
}

class ResponderState implements Responder {
  readonly #context: HandshakeContext;
  readonly #offered: Offered;
  readonly #random: Random;
  #answered = false;

  constructor(context: HandshakeContext, offered: Offered, random: Random) {
    this.#context = context;
    this.#offered = offered;
    this.#random = random;
  }

  get sdp(): string {
    return this.#offered.body.sdp;
  }

  openEarlyCandidate(frame: Uint8Array): Result<Bytes> {
    return this.#offered.openEarly(frame);
  }

  async answer(own: { readonly sdp: string }): Promise<ResponderReady> {
    const { sodium, identity, credential = null } = this.#context;
    const { noise, tokens, body: offer, fingerprint } = this.#offered;
    const ownFingerprint = must(sdpFingerprint(own.sdp));
    // A second ANSWER would seal another payload under the same Noise key and nonce.
    if (this.#answered) throw new ReformsError('replay');
    this.#answered = true;
    const nonce = this.#random(32);
    const secretKey = this.#random(32);
    const ratchet = { secretKey, publicKey: sodium.dhPublic(secretKey) };
    const body = encodeAnswerBody({
      sdp: own.sdp,
      ik: identity.publicKey,
      sasr: nonce,
      rpk: ratchet.publicKey,
      cred: credential,
    });
    const signature = await identity.sign(responderSigns(sodium, noise.hash, body));
    const payload = noise.writePayload(pad(concat(signature, body), PAYLOAD_MIN));
    const answer = concat(tokens, payload);
    if (answer.length > MAX_NOISE_MESSAGE) throw new ReformsError('frame-too-large');
    noise.forget();
    const agreed: Agreed = {
      context: this.#context,
      role: 'r',
      keys: sessionKeys(sodium, noise.chain, noise.hash),
      fingerprints: { i: fingerprint, r: ownFingerprint },
      ratchet,
    };
    return new AnsweredState(agreed, { answer: mintHello(answer), nonce, commitment: offer.sasc });
  }
}

/** What FIN is held against. */
interface Expected {
  readonly answer: Hello;
  readonly nonce: Bytes;
  /** sasc of the OFFER. */
  readonly commitment: Bytes;
}

class AnsweredState extends ReadyState implements ResponderReady {
  readonly answer: Hello;
  readonly #agreed: Agreed;
  readonly #expected: Expected;
  #fin: { readonly frame: Bytes; readonly peer: Peer } | null = null;

  constructor(agreed: Agreed, expected: Expected) {
    super(agreed, null);
    this.answer = expected.answer;
    this.#agreed = agreed;
    this.#expected = expected;
  }

  readFin(frame: Uint8Array): Result<Peer> {
    if (this.#fin !== null) {
      const same = this.#agreed.context.sodium.equal(frame, this.#fin.frame);
      return same ? ok(this.#fin.peer) : no('replay');
    }
    const authenticated = this.#open(frame);
    if (!authenticated.ok) return authenticated;
    const { peer } = authenticated.value;
    this.#fin = { frame: new Uint8Array(frame), peer };
    this.authenticate(authenticated.value);
    return ok(peer);
  }

  #open(frame: Uint8Array): Result<Authenticated> {
    const { context, keys } = this.#agreed;
    const { sodium } = context;
    const { nonce, commitment } = this.#expected;
    if (frame[0] !== FRAME_TAG.fin) return no('bad-frame');
    const plain = sodium.open(keys.fin, new Uint8Array(12), L('fin'), frame.subarray(1));
    if (plain === null) return no('decrypt');
    const bytes = plain.subarray(SIGNATURE);
    const body = parseFinBody(bytes);
    if (!body.ok) return body;
    const { ik, saso, rpk } = body.value;
    const signature = plain.subarray(0, SIGNATURE);
    if (!sodium.verify(signature, initiatorSigns(sodium, keys.h, bytes), ik)) return no('signature');
    if (!sodium.equal(sasCommitment(sodium, saso, ik), commitment)) return no('sas-commit');
    const peer = peerOf(context, body.value);
    if (!peer.ok) return peer;
    return ok({ peer: peer.value, rpk, nonces: { i: saso, r: nonce } });
  }
}

/**
 * Reads an OFFER with randomness of the caller's choice. For `handshake.ts` and the frozen vectors; not exported from
 * `core/crypto/index.ts`. Randomness is drawn in this order: e 32, ML-KEM m 32, SAS nonce 32, ratchet key 32.
 */
export function startResponder(
  context: HandshakeContext,
  offer: Uint8Array,
  random: Random,
): Result<Responder> {
  const { sodium, room, connectionId } = context;
  if (offer.length > MAX_NOISE_MESSAGE) return no('frame-too-large');
  const noise = NoiseHandshake.start({
    sodium,
    random,
    pattern: RH1,
    role: 'responder',
    prologue: prologueOf(context),
    psks: [room.psk],
  });
  const rest = noise.readTokens(offer);
  if (!rest.ok) return rest;
  const padded = noise.readPayload(rest.value);
  if (!padded.ok) return padded;
  const payload = unpad(padded.value, PAYLOAD_MIN);
  if (!payload.ok) return payload;
  const body = parseOfferBody(payload.value);
  if (!body.ok) return body;
  const fingerprint = sdpFingerprint(body.value.sdp);
  if (!fingerprint.ok) return fingerprint;
  const early = {
    sodium,
    tag: FRAME_TAG.early,
    key: earlyKey(sodium, noise.chain, noise.hash),
    ad: L('early', utf8(connectionId)),
  };
  const tokens = noise.writeTokens();
  if (!tokens.ok) return tokens;
  const offered: Offered = {
    noise,
    tokens: tokens.value,
    body: body.value,
    fingerprint: fingerprint.value,
    openEarly: frameOpener(early, replayWindow()),
  };
  return ok(new ResponderState(context, offered, random));
}
