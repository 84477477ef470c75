import { expect } from 'chai';
import fc from 'fast-check';
import { isCredentialBound } from '../../../../src/core/crypto/credential.ts';
import { sdpFingerprint } from '../../../../src/core/crypto/fingerprint.ts';
import {
  createContainerReader,
  createInitiator,
  createResponder,
  loadSodium,
  parseManifest,
  parseRoomFragment,
  unpackFileMessage,
} from '../../../../src/core/crypto/index.ts';
import { parseAnswerBody, parseFinBody, parseOfferBody } from '../../../../src/core/crypto/rh1-bodies.ts';
import { ALICE, ALICE_SDP, BOB, authenticated, contextOf, filled } from '../../../support/crypto.ts';
import { almost, rubbish } from '../../../support/rubbish.ts';

const isResult = (value: { readonly ok: boolean }) => expect(typeof value.ok).to.equal('boolean');

describe('whatever a stranger sends', () => {
  it('a parser of bytes gives a value or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(rubbish(), almost), (bytes) => {
        for (const parse of [
          parseOfferBody,
          parseAnswerBody,
          parseFinBody,
          parseManifest,
          unpackFileMessage,
        ]) {
          isResult(parse(bytes));
        }
      }),
      { seed: 8, numRuns: 1000 },
    );
  });

  it('a parser of text gives a value or a reason', () => {
    const lines = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('a=fingerprint:sha-256 ', 'a=crypto', '\r\n', ALICE_SDP)),
    );
    fc.assert(
      fc.property(lines, (parts) => {
        const joined = parts.join('');
        isResult(sdpFingerprint(joined));
        isResult(parseRoomFragment(joined));
        isResult(parseRoomFragment(`#rf=1.${joined}`));
        expect(isCredentialBound(joined, { ik: filled(32, 1), topic: filled(16, 1) })).to.equal(false);
      }),
      { seed: 9, numRuns: 1000 },
    );
  });

  it('no stage of a handshake takes it, or falls over it', async () => {
    const alice = await contextOf(ALICE);
    const bob = await contextOf(BOB);
    const { machine } = await createInitiator(alice, { sdp: ALICE_SDP });
    const { a, b } = await authenticated(alice, bob);
    await fc.assert(
      fc.asyncProperty(rubbish(), async (bytes) => {
        expect((await createResponder(bob, bytes)).ok).to.equal(false);
        expect((await machine.readAnswer(bytes)).ok).to.equal(false);
        expect(b.readFin(bytes).ok).to.equal(false);
        expect(a.readConfirm(bytes).ok).to.equal(false);
        expect(a.signal.open(bytes).ok).to.equal(false);
      }),
      { seed: 10, numRuns: 200 },
    );
  });

  it('no container reader opens it', async () => {
    const sodium = await loadSodium();
    await fc.assert(
      fc.asyncProperty(rubbish(), fc.double(), async (header, containerLength) => {
        const made = await createContainerReader({
          sodium,
          fileSecret: filled(32, 1),
          header,
          containerLength,
        });
        expect(made.ok).to.equal(false);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
