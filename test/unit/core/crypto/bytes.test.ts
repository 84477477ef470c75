import { expect } from 'chai';
import fc from 'fast-check';
import {
  concat,
  fromBase64Url,
  fromUtf8,
  lp,
  readU32,
  readU64,
  toBase64Url,
  u16,
  u32,
  u64,
  utf8,
} from '../../../../src/core/crypto/bytes.ts';
import { L } from '../../../../src/core/crypto/labels.ts';
import { codeOf, filled, hexOf, ofHex, reasonOf, valueOf } from '../../../support/crypto.ts';

describe('bytes', () => {
  it('join in order, into a buffer of their own', () => {
    const piece = ofHex('0102');
    const joined = concat(piece, ofHex(''), ofHex('03'));
    expect(hexOf(joined)).to.equal('010203');
    piece[0] = 9;
    expect(hexOf(joined)).to.equal('010203');
    expect(concat()).to.have.length(0);
  });

  it('hold numbers big-endian', () => {
    expect(hexOf(u16(0x0102))).to.equal('0102');
    expect(hexOf(u32(0xfffefdfc))).to.equal('fffefdfc');
    expect(hexOf(u64(2 ** 53 - 1))).to.equal('001fffffffffffff');
    expect(hexOf(u64(0x1_0000_0002))).to.equal('0000000100000002');
    expect(readU32(ofHex('00fffefdfc'), 1)).to.equal(0xfffefdfc);
    expect(readU64(ofHex('ff001fffffffffffff'), 1)).to.equal(2 ** 53 - 1);
  });

  it('give no number above 2^53 - 1', () => {
    expect(readU64(ofHex('0020000000000000'), 0)).to.equal(null);
    expect(readU64(ofHex('ffffffffffffffff'), 0)).to.equal(null);
  });

  it('are prefixed with their length up to 65 535', async () => {
    expect(hexOf(lp(ofHex('aabb')))).to.equal('0002aabb');
    expect(lp(filled(65_535, 1))).to.have.length(65_537);
    expect(await codeOf(() => lp(filled(65_536, 1)))).to.equal('frame-too-large');
  });

  it('are labelled with the version, a name and a zero', () => {
    expect(L('fin', ofHex('ff'))).to.deep.equal(concat(utf8('reforms/1 fin'), ofHex('00ff')));
  });

  it('read as UTF-8 or not at all, byte order mark kept', () => {
    expect(valueOf(fromUtf8(utf8('Grüße 👋')))).to.equal('Grüße 👋');
    expect(valueOf(fromUtf8(ofHex('efbbbf41')))).to.equal('\ufeffA');
    expect(reasonOf(fromUtf8(ofHex('c3')))).to.equal('bad-frame');
  });
});

describe('base64url', () => {
  it('comes back as it went, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        expect(valueOf(fromBase64Url(toBase64Url(data)))).to.deep.equal(new Uint8Array(data));
      }),
      { seed: 1 },
    );
  });

  it('uses the alphabet of RFC 4648 §5 without padding', () => {
    expect(toBase64Url(ofHex('fbff'))).to.equal('-_8');
    expect(toBase64Url(ofHex('fb'))).to.equal('-w');
  });

  for (const text of ['A', 'AAAAA', 'AA==', 'A A', '+/8', 'AB', 'AAB', 'ä', 'AA\n']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(reasonOf(fromBase64Url(text))).to.equal('bad-frame');
    });
  }

  it('holds to a length where one is asked for', () => {
    expect(fromBase64Url('AAAA', 3).ok).to.equal(true);
    expect(reasonOf(fromBase64Url('AAAA', 4))).to.equal('bad-frame');
    expect(reasonOf(fromBase64Url('', 1))).to.equal('bad-frame');
  });
});
