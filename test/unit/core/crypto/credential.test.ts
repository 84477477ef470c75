import { expect } from 'chai';
import { toBase64Url, utf8 } from '../../../../src/core/crypto/bytes.ts';
import { loadSodium, verifyCredential } from '../../../../src/core/crypto/index.ts';
import { credentialSubject, isCredentialBound } from '../../../../src/core/crypto/credential.ts';
import { filled, reasonOf, valueOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const issuer = sodium.signKeys(filled(32, 1));
const ik = filled(32, 2);
const topic = filled(16, 3);
const good = {
  iss: 'https://lms.example',
  sub: '42',
  name: 'Ada',
  role: 'teacher',
  exp: 1000,
  room: toBase64Url(topic),
  cnf: { ik: toBase64Url(ik) },
};
const part = (value: unknown) => toBase64Url(utf8(JSON.stringify(value)));
const signed = (claims: unknown, header: unknown = { alg: 'EdDSA', typ: 'JWT' }, key = issuer.secretKey) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${toBase64Url(sodium.sign(key, utf8(text)))}`;
};
const verify = (jwt: string, nowMs = 999_999) =>
  verifyCredential(sodium, jwt, { issuerKey: issuer.publicKey, ik, topic, nowMs });

describe('a credential', () => {
  it('gives its claims where issuer, identity, room and time are right', () => {
    expect(valueOf(verify(signed(good)))).to.deep.equal({
      iss: 'https://lms.example',
      sub: '42',
      name: 'Ada',
      role: 'teacher',
      exp: 1000,
    });
  });

  it('ends with its last second', () => {
    expect(reasonOf(verify(signed(good), 1_000_000))).to.equal('credential');
  });

  it('of another issuer is refused, though it is bound', () => {
    const forged = signed(good, { alg: 'EdDSA' }, sodium.signKeys(filled(32, 9)).secretKey);
    expect(isCredentialBound(forged, { ik, topic })).to.equal(true);
    expect(reasonOf(verify(forged))).to.equal('credential');
  });

  const refused: readonly (readonly [string, string])[] = [
    ['of another identity', signed({ ...good, cnf: { ik: toBase64Url(filled(32, 7)) } })],
    ['without an identity', signed({ ...good, cnf: undefined })],
    ['of another room', signed({ ...good, room: toBase64Url(filled(16, 7)) })],
    ['of another algorithm', signed(good, { alg: 'none' })],
    ['without an issuer', signed({ ...good, iss: undefined })],
    ['without a subject', signed({ ...good, sub: 42 })],
    ['without a name', signed({ ...good, name: null })],
    ['without a role', signed({ ...good, role: undefined })],
    ['without an end', signed({ ...good, exp: '1000' })],
    ['that is a list', signed([good])],
    ['with a fourth part', `${signed(good)}.x`],
    ['with a short signature', signed(good).slice(0, -4)],
    ['that is no JSON', `${toBase64Url(utf8('{'))}.x.y`],
    ['that is no UTF-8', `${toBase64Url(filled(2, 0xff))}.x.y`],
    ['that is nothing', ''],
  ];
  for (const [what, jwt] of refused) {
    it(`${what} is refused`, () => {
      expect(isCredentialBound(jwt, { ik, topic })).to.equal(false);
      expect(reasonOf(verify(jwt))).to.equal('credential');
    });
  }
});

describe('who a credential says someone is', () => {
  const school = { iss: 'https://lms.example', key: issuer.publicKey };
  const subject = (jwt: string | null, issuers = [school], nowMs = 1) =>
    credentialSubject(sodium, issuers, jwt, { ik, topic }, nowMs);

  it('is issuer and subject together', () => {
    expect(subject(signed(good))).to.equal('["https://lms.example","42"]');
  });

  it('is found whichever of several issuers signed it', () => {
    const other = { iss: 'https://other.example', key: sodium.signKeys(filled(32, 8)).publicKey };
    expect(subject(signed(good), [other, school])).to.equal('["https://lms.example","42"]');
  });

  it('is nobody without a credential, without an issuer we know, and after its end', () => {
    expect(subject(null)).to.equal(undefined);
    expect(subject(signed(good), [])).to.equal(undefined);
    expect(subject(signed(good), [school], 1_000_000)).to.equal(undefined);
    expect(credentialSubject(sodium, [school], signed(good), { ik, topic })).to.equal(undefined);
  });

  it('is nobody where an issuer speaks in another\u2019s name', () => {
    expect(subject(signed({ ...good, iss: 'https://other.example' }))).to.equal(undefined);
  });
});
