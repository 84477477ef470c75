// takes fixed inputs, gives test/vectors/rh1.json. Run by hand, once: `npx tsx test/vectors/make-rh1.ts`.
// The vectors are made by the second implementation and checked by the first (test/unit/core/crypto/rh1-vectors.test.ts).

import { writeFileSync } from 'node:fs';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { rh1ByNoble } from '../support/rh1-noble.ts';
import type { NobleInput, NobleSide } from '../support/rh1-noble.ts';

// Secrets that nobody will take for real ones: hashes of their names.
const bytes = (name: string, length: number) => bytesToHex(sha512(utf8ToBytes(name)).slice(0, length));

function side(name: string, kemSeedLength: number, extraLines: number): NobleSide {
  const fingerprint = bytes(`${name} certificate`, 32);
  const shown = fingerprint.toUpperCase().match(/../g)?.join(':') ?? '';
  const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=fingerprint:sha-256 ${shown}`];
  for (let line = 0; line < extraLines; line += 1) lines.push(`a=rtpmap:${line} opus/48000/2`);
  return {
    peerId: `${name}-peer`,
    sdp: `${lines.join('\r\n')}\r\n`,
    fingerprint,
    identitySeed: bytes(`${name} identity`, 32),
    sasNonce: bytes(`${name} nonce`, 32),
    ratchetSecret: bytes(`${name} ratchet`, 32),
    ephemeralSecret: bytes(`${name} ephemeral`, 32),
    kemSeed: bytes(`${name} kem`, kemSeedLength),
  };
}

const inputs: readonly NobleInput[] = [
  {
    room: 'hello',
    roomSecret: bytes('room', 32),
    connectionId: 'connection-1',
    kind: 'call',
    initiator: side('alice', 64, 0),
    responder: side('bob', 32, 0),
    plain: bytes('plain', 16),
  },
  {
    // A name that is not in NFC, and descriptions long enough for more padding.
    room: 'Cafe\u0301 1',
    roomSecret: bytes('other room', 32),
    connectionId: 'connection-2',
    kind: 'data',
    initiator: side('carol', 64, 120),
    responder: side('dave', 32, 80),
    plain: '',
  },
];

const vectors = inputs.map((input) => ({ input, output: rh1ByNoble(input) }));
writeFileSync(new URL('rh1.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
