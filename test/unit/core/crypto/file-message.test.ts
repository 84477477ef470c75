import { expect } from 'chai';
import { packFileMessage, unpackFileMessage } from '../../../../src/core/crypto/index.ts';
import { mintSealed } from '../../../../src/core/crypto/mint.ts';
import { codeOf, filled, reasonOf, valueOf } from '../../../support/crypto.ts';

const chunk = (length: number, value = 1) => mintSealed(filled(length, value));
const WHOLE = 16_400;

describe('a message on rf-file', () => {
  it('carries up to three chunks below 64 KiB, only the last one short', () => {
    const packed = packFileMessage(0xfffffffe, 7, [chunk(WHOLE, 1), chunk(WHOLE, 2), chunk(20, 3)]);
    expect(valueOf(unpackFileMessage(packed))).to.deep.equal({
      transfer: 0xfffffffe,
      index: 7,
      chunks: [chunk(WHOLE, 1), chunk(WHOLE, 2), chunk(20, 3)],
    });
    expect(packFileMessage(1, 0, [chunk(WHOLE), chunk(WHOLE), chunk(WHOLE)]).length).to.be.below(65_536);
    expect(valueOf(unpackFileMessage(packFileMessage(1, 0, [chunk(16)]))).chunks).to.have.length(1);
    expect(valueOf(unpackFileMessage(packFileMessage(1, 0, [chunk(WHOLE)]))).chunks).to.have.length(1);
  });

  it('is not packed of nothing, of four, or with a short one in the middle', async () => {
    for (const chunks of [[], [16, 16], [WHOLE, WHOLE, WHOLE, 16]]) {
      const some = chunks.map((length) => chunk(length));
      expect(await codeOf(() => packFileMessage(1, 0, some))).to.equal('internal');
    }
  });

  it('is refused where its length is none', () => {
    for (const length of [0, 7, 8, 23, 8 + WHOLE + 15, 8 + 3 * WHOLE + 1, 8 + 3 * WHOLE + 16]) {
      expect(reasonOf(unpackFileMessage(filled(length, 1))), String(length)).to.equal('bad-frame');
    }
  });
});
