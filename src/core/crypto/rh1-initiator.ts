// takes an SDP, gives OFFER; takes ANSWER, gives FIN and the keys. The calling side of RH1.

import type { Bytes, Hello, Sealed } from '../brand.ts';
import { ReformsError, no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';
import { concat, utf8 } from './bytes.ts';
import { sdpFingerprint } from './fingerprint.ts';
import { FRAME_TAG, frameSealer } from './frame-seal.ts';
import type { Seal } from './frame-seal.ts';
import type { HandshakeContext, Initiator, InitiatorReady, Peer } from './handshake-types.ts';
import { L } from './labels.ts';
import { mintHello } from './mint.ts';
import { MAX_NOISE_MESSAGE, NoiseHandshake } from './noise.ts';
import type { Random } from './noise.ts';
import { must } from './must.ts';
import { pad, unpad } from './padding.ts';
import { encodeFinBody, encodeOfferBody, parseAnswerBody } from './rh1-bodies.ts';
import type { AnswerBody } from './rh1-bodies.ts';
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
import type { SessionKeys } from './rh1-keys.ts';
import { peerOf } from './rh1-peer.ts';
import { ReadyState } from './rh1-ready.ts';
import type { Agreed, Authenticated, RatchetKeys } from './rh1-ready.ts';

const SIGNATURE = 64;

/** What the initiator keeps between OFFER and ANSWER. */
interface Pending {
  readonly noise: NoiseHandshake;
  readonly nonce: Bytes;
  readonly ratchet: RatchetKeys;
  readonly fingerprint: Bytes;
}

/** What a good ANSWER says. */
interface Answered {
  readonly body: AnswerBody;
  readonly peer: Peer;
  readonly fingerprint: Bytes;
  readonly keys: SessionKeys;
}

class InitiatorState implements Initiator {
  readonly #context: HandshakeContext;
  readonly #pending: Pending;
  readonly #sealEarly: Seal;
  #answered = false;

  constructor(context: HandshakeContext, pending: Pending) {
    const { sodium, connectionId } = context;
    const { chain, hash } = pending.noise;
    this.#context = context;
    this.#pending = pending;
    this.#sealEarly = frameSealer({
      sodium,
      tag: FRAME_TAG.early,
      key: earlyKey(sodium, chain, hash),
      ad: L('early', utf8(connectionId)),
    });
  }

  sealEarlyCandidate(plain: Uint8Array): Sealed {
    return this.#sealEarly(plain);
  }

  async readAnswer(frame: Uint8Array): Promise<Result<InitiatorReady>> {
    if (this.#answered) return no('replay');
    const answered = this.#open(frame);
    if (!answered.ok) return answered;
    this.#answered = true;
    this.#pending.noise.forget();
    return ok(await this.#ready(answered.value));
  }

  #open(frame: Uint8Array): Result<Answered> {
    const { sodium } = this.#context;
    if (frame.length > MAX_NOISE_MESSAGE) return no('frame-too-large');
    const noise = this.#pending.noise.clone();
    const rest = noise.readTokens(frame);
    if (!rest.ok) return rest;
    const hPre = noise.hash;
    const padded = noise.readPayload(rest.value);
    if (!padded.ok) return padded;
    const payload = unpad(padded.value, PAYLOAD_MIN);
    if (!payload.ok) return payload;
    const bytes = payload.value.subarray(SIGNATURE);
    const body = parseAnswerBody(bytes);
    if (!body.ok) return body;
    const signature = payload.value.subarray(0, SIGNATURE);
    if (!sodium.verify(signature, responderSigns(sodium, hPre, bytes), body.value.ik)) return no('signature');
    const peer = peerOf(this.#context, body.value);
    if (!peer.ok) return peer;
    const fingerprint = sdpFingerprint(body.value.sdp);
    if (!fingerprint.ok) return fingerprint;
    const keys = sessionKeys(sodium, noise.chain, noise.hash);
    return ok({ body: body.value, peer: peer.value, fingerprint: fingerprint.value, keys });
  }

  async #ready({ body, peer, fingerprint, keys }: Answered): Promise<InitiatorReady> {
    const { nonce, ratchet, fingerprint: ours } = this.#pending;
    const agreed: Agreed = {
      context: this.#context,
      role: 'i',
      keys,
      fingerprints: { i: ours, r: fingerprint },
      ratchet,
    };
    const authenticated = { peer, rpk: body.rpk, nonces: { i: nonce, r: body.sasr } };
    return new AuthenticatedState(agreed, authenticated, body.sdp, await this.#fin(keys));
  }

  // CP(K.fin, nonce 0, ad L("fin"), sigA ‖ body3): one message under a key of its own.
  async #fin(keys: SessionKeys): Promise<Hello> {
    const { sodium, identity, credential = null } = this.#context;
    const { nonce, ratchet } = this.#pending;
    const body = encodeFinBody({
      ik: identity.publicKey,
      saso: nonce,
      rpk: ratchet.publicKey,
      cred: credential,
    });
    const signature = await identity.sign(initiatorSigns(sodium, keys.h, body));
    const sealed = sodium.seal(keys.fin, new Uint8Array(12), L('fin'), concat(signature, body));
    return mintHello(concat(new Uint8Array([FRAME_TAG.fin]), sealed));
  }
}

class AuthenticatedState extends ReadyState implements InitiatorReady {
  readonly sdp: string;
  readonly peer: Peer;
  readonly fin: Hello;

  constructor(agreed: Agreed, authenticated: Authenticated, sdp: string, fin: Hello) {
    super(agreed, authenticated);
    this.sdp = sdp;
    this.peer = authenticated.peer;
    this.fin = fin;
  }
}

/**
 * Starts a handshake with randomness of the caller's choice. For `handshake.ts` and the frozen vectors; not exported from
 * `core/crypto/index.ts`. Randomness is drawn in this order: SAS nonce 32, ratchet key 32, e 32, ML-KEM seed 64.
 */
export function startInitiator(
  context: HandshakeContext,
  own: { readonly sdp: string },
  random: Random,
): { readonly offer: Hello; readonly machine: Initiator } {
  const { sodium, identity, room } = context;
  const fingerprint = must(sdpFingerprint(own.sdp));
  const nonce = random(32);
  const secretKey = random(32);
  const ratchet = { secretKey, publicKey: sodium.dhPublic(secretKey) };
  const noise = NoiseHandshake.start({
    sodium,
    random,
    pattern: RH1,
    role: 'initiator',
    prologue: prologueOf(context),
    psks: [room.psk],
  });
  const tokens = must(noise.writeTokens());
  const body = encodeOfferBody({ sdp: own.sdp, sasc: sasCommitment(sodium, nonce, identity.publicKey) });
  const offer = concat(tokens, noise.writePayload(pad(body, PAYLOAD_MIN)));
  if (offer.length > MAX_NOISE_MESSAGE) throw new ReformsError('frame-too-large');
  const machine = new InitiatorState(context, { noise, nonce, ratchet, fingerprint });
  return { offer: mintHello(offer), machine };
}
