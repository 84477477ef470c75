// takes every secret of both sides, gives every byte of an RH1 handshake: a second implementation, on @noble/* alone.
// Written from `trust.md` §5 and the Noise specification, sharing no code with `src/`.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

/** Inputs of one side, all hex but the SDP. */
export interface NobleSide {
  readonly peerId: string;
  readonly sdp: string;
  /** Hex of the certificate's SHA-256, as it stands in the SDP. */
  readonly fingerprint: string;
  readonly identitySeed: string;
  readonly sasNonce: string;
  readonly ratchetSecret: string;
  readonly ephemeralSecret: string;
  /** Initiator: d ‖ z, 64 bytes. Responder: m, 32 bytes. */
  readonly kemSeed: string;
}

/** Inputs of a handshake. */
export interface NobleInput {
  readonly room: string;
  readonly roomSecret: string;
  readonly connectionId: string;
  readonly kind: string;
  readonly initiator: NobleSide;
  readonly responder: NobleSide;
  /** What is sealed as early candidate, candidate and control frame. */
  readonly plain: string;
}

/** Everything that leaves a machine or is shown, hex. */
export interface NobleOutput {
  readonly topic: string;
  readonly psk: string;
  readonly env: string;
  readonly offer: string;
  readonly answer: string;
  readonly fin: string;
  readonly confirmInitiator: string;
  readonly confirmResponder: string;
  readonly early: string;
  readonly signalInitiator: string;
  readonly signalResponder: string;
  readonly controlInitiator: string;
  readonly controlResponder: string;
  readonly ratchetRoot: string;
  readonly ratchetSid: string;
  readonly emoji: readonly number[];
  readonly numbers: readonly number[];
}

const ascii = utf8ToBytes;
const label = (name: string, ...rest: Uint8Array[]) =>
  concatBytes(ascii('reforms/1 '), ascii(name), Uint8Array.of(0), ...rest);
const prefixed = (x: Uint8Array) => concatBytes(Uint8Array.of(x.length >> 8, x.length & 255), x);
const b64u = (x: Uint8Array) =>
  btoa(String.fromCharCode(...x))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const zeros = (n: number) => new Uint8Array(n);

function padmeLength(length: number): number {
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const mask = (1 << (e - s)) - 1;
  return (length + mask) & ~mask;
}

function padded(x: Uint8Array): Uint8Array {
  const out = zeros(padmeLength(Math.max(x.length + 1, 1024)));
  out.set(x);
  out[x.length] = 128;
  return out;
}

/** The Noise state as three plain values. */
interface Noise {
  h: Uint8Array;
  ck: Uint8Array;
  k: Uint8Array;
  n: number;
}

const absorb = (s: Noise, data: Uint8Array) => {
  s.h = sha512(concatBytes(s.h, data));
};

// HKDF-Expand by hand: `@noble/hashes` wants a prk as long as the hash, and K.sas has 32 bytes. One block is enough here.
const expand = (prk: Uint8Array, info: Uint8Array, length: number) =>
  hmac(sha512, prk, concatBytes(info, Uint8Array.of(1))).slice(0, length);

// HKDF as the Noise specification writes it out: temp_key, then output1, output2, output3.
function hkdf(ck: Uint8Array, ikm: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const temp = hmac(sha512, ck, ikm);
  const one = hmac(sha512, temp, Uint8Array.of(1));
  const two = hmac(sha512, temp, concatBytes(one, Uint8Array.of(2)));
  return [one, two, hmac(sha512, temp, concatBytes(two, Uint8Array.of(3)))];
}

const mixKey = (s: Noise, ikm: Uint8Array) => {
  const [ck, k] = hkdf(s.ck, ikm);
  Object.assign(s, { ck, k: k.slice(0, 32), n: 0 });
};

const mixKeyAndHash = (s: Noise, ikm: Uint8Array) => {
  const [ck, h, k] = hkdf(s.ck, ikm);
  s.ck = ck;
  absorb(s, h);
  Object.assign(s, { k: k.slice(0, 32), n: 0 });
};

const encryptAndHash = (s: Noise, plain: Uint8Array) => {
  const nonce = zeros(12);
  nonce[4] = s.n;
  s.n += 1;
  const sealed = chacha20poly1305(s.k, nonce, s.h).encrypt(plain);
  absorb(s, sealed);
  return sealed;
};

const bits = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
const groups = (text: string, width: number, count: number) =>
  Array.from({ length: count }, (_, at) => parseInt(text.slice(at * width, (at + 1) * width), 2));

/** Runs both sides at once, knowing every secret. */
export function rh1ByNoble(input: NobleInput): NobleOutput {
  const { initiator: a, responder: b } = input;
  const room = ascii(input.room.normalize('NFC'));
  const prk = hmac(sha512, ascii('reforms/1 room'), hexToBytes(input.roomSecret));
  const roomKey = (name: string, n: number) =>
    expand(prk, concatBytes(ascii(name), Uint8Array.of(0), room), n);
  const topic = roomKey('topic', 16);
  const psk = roomKey('psk', 32);
  const ikA = ed25519.getPublicKey(hexToBytes(a.identitySeed));
  const ikB = ed25519.getPublicKey(hexToBytes(b.identitySeed));
  const nA = hexToBytes(a.sasNonce);
  const nB = hexToBytes(b.sasNonce);

  const name = ascii('Noise_NNpsk0+hfs_25519+MLKEM768_ChaChaPoly_SHA512');
  const h0 = concatBytes(name, zeros(64 - name.length));
  const s: Noise = { h: h0, ck: h0, k: zeros(0), n: 0 };
  absorb(
    s,
    concatBytes(
      ascii('reforms/1 rh1'),
      prefixed(topic),
      prefixed(ascii(a.peerId)),
      prefixed(ascii(b.peerId)),
      prefixed(ascii(input.connectionId)),
      prefixed(ascii(input.kind)),
    ),
  );

  // -> psk, e, e1
  mixKeyAndHash(s, psk);
  const eA = x25519.getPublicKey(hexToBytes(a.ephemeralSecret));
  absorb(s, eA);
  mixKey(s, eA);
  const kem = ml_kem768.keygen(hexToBytes(a.kemSeed));
  const sealedKem = encryptAndHash(s, kem.publicKey);
  const sasc = sha512(label('sas-commit', nA, ikA)).slice(0, 32);
  const body1 = ascii(JSON.stringify({ v: 1, sdp: a.sdp, sasc: b64u(sasc) }));
  const offer = concatBytes(eA, sealedKem, encryptAndHash(s, padded(body1)));
  const early = expand(s.ck, concatBytes(ascii('reforms/1 early'), s.h), 32);

  // <- e, ee, ekem1
  const eB = x25519.getPublicKey(hexToBytes(b.ephemeralSecret));
  absorb(s, eB);
  mixKey(s, eB);
  mixKey(s, x25519.getSharedSecret(hexToBytes(b.ephemeralSecret), eA));
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(kem.publicKey, hexToBytes(b.kemSeed));
  const sealedCt = encryptAndHash(s, cipherText);
  mixKey(s, sharedSecret);
  const rpk = (side: NobleSide) => b64u(x25519.getPublicKey(hexToBytes(side.ratchetSecret)));
  const body2 = ascii(JSON.stringify({ v: 1, sdp: b.sdp, ik: b64u(ikB), sasr: b64u(nB), rpk: rpk(b) }));
  const sigB = ed25519.sign(label('sig responder', s.h, sha512(body2)), hexToBytes(b.identitySeed));
  const answer = concatBytes(eB, sealedCt, encryptAndHash(s, padded(concatBytes(sigB, body2))));

  const exporter = expand(s.ck, ascii('reforms/1 exporter'), 64);
  const key = (what: string, n = 32) => expand(exporter, concatBytes(ascii(what), Uint8Array.of(0), s.h), n);
  const body3 = ascii(JSON.stringify({ v: 1, ik: b64u(ikA), saso: b64u(nA), rpk: rpk(a) }));
  const sigA = ed25519.sign(label('sig initiator', s.h, sha512(body3)), hexToBytes(a.identitySeed));
  const fin = chacha20poly1305(key('fin'), zeros(12), label('fin')).encrypt(concatBytes(sigA, body3));

  const dtls = label('dtls', hexToBytes(a.fingerprint), hexToBytes(b.fingerprint));
  const confirm = (role: 'i' | 'r') =>
    concatBytes(Uint8Array.of(1), ascii(role), hmac(sha512, key(`confirm ${role}`), dtls).slice(0, 32));
  const frame = (tag: number, k: Uint8Array, ad: string) =>
    concatBytes(
      Uint8Array.of(tag),
      zeros(8),
      chacha20poly1305(k, zeros(12), label(ad, ascii(input.connectionId))).encrypt(hexToBytes(input.plain)),
    );
  const sas = bits(expand(key('sas'), label('sas', ikA, ikB, nA, nB, s.h), 6));

  return {
    topic: bytesToHex(topic),
    psk: bytesToHex(psk),
    env: bytesToHex(roomKey('envelope', 32)),
    offer: bytesToHex(offer),
    answer: bytesToHex(answer),
    fin: bytesToHex(concatBytes(Uint8Array.of(2), fin)),
    confirmInitiator: bytesToHex(confirm('i')),
    confirmResponder: bytesToHex(confirm('r')),
    early: bytesToHex(frame(3, early, 'early')),
    signalInitiator: bytesToHex(frame(1, key('sig i2r'), 'sig')),
    signalResponder: bytesToHex(frame(1, key('sig r2i'), 'sig')),
    controlInitiator: bytesToHex(frame(1, key('ctl i2r'), 'ctl')),
    controlResponder: bytesToHex(frame(1, key('ctl r2i'), 'ctl')),
    ratchetRoot: bytesToHex(key('dr root')),
    ratchetSid: bytesToHex(key('dr sid', 8)),
    emoji: groups(sas, 6, 7),
    numbers: groups(sas, 13, 3).map((number) => number + 1000),
  };
}
