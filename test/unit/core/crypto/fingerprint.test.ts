import { expect } from 'chai';
import { certificateFingerprint, sdpFingerprint } from '../../../../src/core/crypto/fingerprint.ts';
import { bytes, filled, hexOf, reasonOf, sdpOf, valueOf } from '../../../support/crypto.ts';

const AA = Array.from({ length: 32 }, () => 'AA').join(':');
const BB = Array.from({ length: 32 }, () => 'BB').join(':');
const SHA1 = Array.from({ length: 20 }, () => 'CC').join(':');

describe('the fingerprint of an SDP', () => {
  it('is read from a real one of this browser', async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('x');
    connection.addTransceiver('audio');
    const { sdp = '' } = await connection.createOffer();
    connection.close();
    expect(valueOf(sdpFingerprint(sdp))).to.have.length(32);
  });

  it('may stand there more than once, in any case, with any line ends', () => {
    const twice = `v=0\na=fingerprint:sha-256 ${AA}\nm=audio 9\na=fingerprint:SHA-256 ${AA.toLowerCase()}\n`;
    expect(valueOf(sdpFingerprint(twice))).to.deep.equal(filled(32, 0xaa));
    expect(valueOf(sdpFingerprint(sdpOf(0x0f)))).to.deep.equal(filled(32, 0x0f));
    expect(valueOf(sdpFingerprint(`a=fingerprint:sha-256 ${AA}`))).to.deep.equal(filled(32, 0xaa));
  });

  const refused: readonly (readonly [string, string])[] = [
    ['none', 'v=0\r\ns=-\r\n'],
    ['nothing at all', ''],
    ['two different', `a=fingerprint:sha-256 ${AA}\r\na=fingerprint:sha-256 ${BB}\r\n`],
    ['sha-1', `a=fingerprint:sha-1 ${SHA1}\r\n`],
    ['sha-1 beside a good one', `a=fingerprint:sha-256 ${AA}\r\na=fingerprint:sha-1 ${SHA1}\r\n`],
    ['sha-512 by name only', `a=fingerprint:sha-512 ${AA}\r\n`],
    ['one that is too short', `a=fingerprint:sha-256 ${AA.slice(3)}\r\n`],
    ['one that is too long', `a=fingerprint:sha-256 ${AA}:AA\r\n`],
    ['one with something after it', `a=fingerprint:sha-256 ${AA} x\r\n`],
    ['two blanks', `a=fingerprint:sha-256  ${AA}\r\n`],
    ['a second hidden behind a bare CR', `a=fingerprint:sha-256 ${AA}\ra=fingerprint:sha-256 ${BB}\r\n`],
    [
      'a second hidden behind a line separator',
      `a=fingerprint:sha-256 ${AA}\u2028a=fingerprint:sha-256 ${BB}`,
    ],
    ['a second with another spelling', `a=fingerprint:sha-256 ${AA}\r\n A = Fingerprint:sha-256 ${BB}\r\n`],
    ['SDES keys', `a=fingerprint:sha-256 ${AA}\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n`],
  ];
  for (const [what, sdp] of refused) {
    it(`is refused: ${what}`, () => {
      expect(reasonOf(sdpFingerprint(sdp))).to.equal('fingerprint-count');
    });
  }

  it('of a certificate is its SHA-256', async () => {
    // FIPS 180-2, "abc".
    expect(hexOf(await certificateFingerprint(bytes(0x61, 0x62, 0x63)))).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
