import { expect } from 'chai';
import type { Pin } from '../../../../src/core/crypto/pin-store.ts';
import { createContentGate } from '../../../../src/core/session/content-gate.ts';
import { createTrust, maxPins, type Requirement, type Trust } from '../../../../src/core/session/trust.ts';
import type { Frame } from '../../../../src/protocol/frame.ts';
import { goodFrames } from '../../../support/session-frames.ts';

describe('session/trust', () => {
  let saved: (readonly [string, Pin])[];

  const trustWith = (
    pins: Readonly<Record<string, Pin>> = {},
    changes: { readonly authenticated?: boolean; readonly require?: Requirement } = {},
  ): Trust => {
    saved = [];
    return createTrust({
      authenticated: true,
      require: undefined,
      pins: new Map(Object.entries(pins)),
      guestName: 'Guest',
      pinName: (name) => (name === '' ? '' : `<${name}>`),
      save: (id, pin) => saved.push([id, pin]),
      ...changes,
    });
  };
  // Names are pinned as the eye sees them.
  const bob: Pin = { verdict: 'verified', name: '<bob>' };
  const stranger: Pin = { verdict: 'met', name: '<bob>' };

  it('says of a new person how the room protects them, and remembers them', () => {
    expect(trustWith().meet('b', 'Bob', undefined)).to.deep.equal({
      protection: 'link',
      held: undefined,
      changed: undefined,
    });
    expect(saved).to.deep.equal([['b', stranger]]);
    const open = trustWith({}, { authenticated: false });
    expect(open.meet('b', 'Bob', undefined).protection).to.equal('unverified');
  });

  it('knows a verified person again, under any name, in any room', () => {
    for (const name of ['Bob', 'Robert', '']) {
      const verdict = trustWith({ b: bob }, { authenticated: false }).meet('b', name, undefined);
      expect(verdict).to.deep.equal({ protection: 'verified', held: undefined, changed: undefined });
    }
  });

  it('writes nothing down that is known', () => {
    trustWith({ b: bob }).meet('b', 'Bob', undefined);
    expect(saved).to.deep.equal([]);
  });

  it('holds back another key under the name of someone verified', () => {
    const trust = trustWith({ b: bob });
    expect(trust.meet('m', 'Bob', undefined)).to.deep.equal({
      protection: 'link',
      held: 'key-changed',
      changed: 'verified',
    });
    expect(trust.meet('b', 'Bob', undefined).held).to.equal(undefined);
  });

  it('gives notice, once, of another key under the name of someone not verified', () => {
    const trust = trustWith({ b: stranger });
    expect(trust.meet('m', 'Bob', undefined)).to.deep.equal({
      protection: 'link',
      held: undefined,
      changed: 'unverified',
    });
    expect(trust.meet('m', 'Bob', undefined).changed).to.equal(undefined);
  });

  it('takes nobody for another for having no name', () => {
    expect(trustWith({ b: { verdict: 'verified', name: '' } }).meet('m', '', undefined).changed).to.equal(
      undefined,
    );
  });

  it('lets through who was verified, and no more who was refuted', () => {
    const trust = trustWith({ b: bob });
    trust.meet('m', 'Bob', undefined);
    trust.verify('m');
    expect(trust.meet('m', 'Bob', undefined)).to.include({ protection: 'verified', held: undefined });
    trust.refute('m');
    expect(trust.meet('m', 'Bob', undefined)).to.include({ protection: 'link', held: 'mismatch' });
    expect(saved.map(([, { verdict }]) => verdict)).to.deep.equal(['met', 'verified', 'refuted']);
  });

  it('holds back who was refuted at an earlier visit, under any name, until they are verified', () => {
    const trust = trustWith({ m: { verdict: 'refuted', name: '<mia>' } });
    expect(trust.open).to.equal(false);
    expect(trust.meet('m', 'Another', undefined)).to.include({ held: 'mismatch', changed: undefined });
    expect(saved.at(-1)?.[1].verdict).to.equal('refuted');
    expect(trust.verify('m')).to.deep.equal({
      protection: 'verified',
      held: undefined,
      changed: undefined,
    });
  });

  it('knows a verified name in letters that only look the same', () => {
    for (const name of ['B\u043eb', 'BOB', 'B\u00f6b', 'B0b', 'Bob (2)'])
      expect(trustWith({ b: bob }).meet('m', name, undefined).held, name).to.equal('key-changed');
    for (const name of ['Rob', 'Bobby', 'Bob the Builder'])
      expect(trustWith({ b: bob }).meet('m', name, undefined).held, name).to.equal(undefined);
  });

  it('takes no guest for another guest, verified or not', () => {
    const trust = trustWith();
    trust.meet('g', 'Guest', undefined);
    expect(trust.meet('h', 'Guest', undefined).changed).to.equal(undefined);
    trust.verify('g');
    expect(trust.meet('i', 'guest', undefined)).to.include({ held: undefined, changed: undefined });
  });

  it('remembers no more than so many, and still who is verified or refuted', () => {
    const trust = trustWith({ b: bob });
    for (let count = 0; count < 2_000; count += 1) trust.meet(`m${count}`, `Mallory ${count}`, undefined);
    expect(saved.length).to.equal(maxPins - 1);
    trust.meet('c', 'Cyd', undefined);
    trust.verify('c');
    trust.meet('d', 'Dan', undefined);
    trust.refute('d');
    expect(saved.slice(-2).map(([id, { verdict }]) => [id, verdict])).to.deep.equal([
      ['c', 'verified'],
      ['d', 'refuted'],
    ]);
    expect(trust.meet('m', 'Bob', undefined).held).to.equal('key-changed');
    expect(trust.meet('b', 'Bob', undefined).protection).to.equal('verified');
  });

  it('takes a credential\u2019s name in place of a claimed one', () => {
    const trust = trustWith({ b: bob });
    expect(trust.meet('m', 'Bob', 'issuer bob').changed).to.equal(undefined);
    trust.verify('m');
    expect(trust.meet('n', 'Anybody', 'issuer bob').held).to.equal('key-changed');
  });

  it('takes no claimed name for a credential\u2019s', () => {
    const trust = trustWith();
    trust.meet('m', 'Bob', 'issuer bob');
    trust.verify('m');
    expect(trust.meet('n', 'issuer bob', undefined).changed).to.equal(undefined);
  });

  it('holds back who does not meet what is required', () => {
    const verified = trustWith({}, { require: 'verified' });
    expect(verified.meet('b', 'Bob', 'issuer bob').held).to.equal('policy');
    verified.verify('b');
    expect(verified.meet('b', 'Bob', undefined).held).to.equal(undefined);
    const credential = trustWith({}, { require: 'credential' });
    expect(credential.meet('b', 'Bob', undefined).held).to.equal('credential');
    expect(credential.verify('b')).to.include({ protection: 'verified', held: 'credential' });
    expect(credential.meet('c', 'Cyd', 'issuer cyd').held).to.equal(undefined);
    // Their next visit is without it.
    expect(credential.meet('c', 'Cyd', undefined).held).to.equal('credential');
    expect(trustWith({}, { require: 'link' }).meet('b', 'Bob', undefined).held).to.equal(undefined);
  });

  it('is open where nobody can turn out to be held', () => {
    expect(trustWith().open).to.equal(true);
    expect(trustWith({ b: stranger }).open).to.equal(true);
    expect(trustWith({}, { require: 'link' }).open).to.equal(true);
    expect(trustWith({ b: bob }).open).to.equal(false);
    expect(trustWith({}, { require: 'verified' }).open).to.equal(false);
    expect(trustWith({}, { require: 'credential' }).open).to.equal(false);
  });
});

describe('session/content-gate', () => {
  const content = new Set(
    Object.values(goodFrames)
      .map(({ kind }) => kind)
      .filter((kind) => /^(message|receipt|file-.*)$/.test(kind)),
  );

  it('lets everything pass where it is open', () => {
    const heard: Frame[] = [];
    const gate = createContentGate(true, (frame) => heard.push(frame));
    const frames = Object.values(goodFrames);
    for (const frame of frames) expect(gate.outgoing(frame), frame.kind).to.equal(frame);
    for (const frame of frames) expect(gate.take(frame)).to.equal(true);
    expect(heard).to.deep.equal(frames);
  });

  it('keeps content back, both ways, until the person is admitted', () => {
    const heard: Frame['kind'][] = [];
    const gate = createContentGate(false, ({ kind }) => heard.push(kind));
    for (const frame of Object.values(goodFrames)) {
      expect(gate.outgoing(frame) === undefined, frame.kind).to.equal(content.has(frame.kind));
      expect(gate.take(frame)).to.equal(true);
    }
    expect(heard).to.deep.equal(['profile', 'roster', 'bye', 'description', 'candidate']);
    const before = heard.length;
    gate.admit();
    expect(heard.slice(before)).to.deep.equal([...content]);
    expect(gate.admitted).to.equal(true);
    gate.admit();
    expect(heard.length).to.equal(before + content.size);
  });

  it('says neither that a microphone is open nor that a camera is, to who gets no sound and no picture', () => {
    const gate = createContentGate(false, () => {});
    const profile = { ...goodFrames.profile, audio: true, video: true };
    expect(gate.outgoing(profile)).to.deep.equal({ ...profile, audio: false, video: false });
    gate.admit();
    expect(gate.outgoing(profile)).to.equal(profile);
  });

  it('shuts again, and keeps back what comes then', () => {
    const heard: Frame[] = [];
    const gate = createContentGate(true, (frame) => heard.push(frame));
    gate.hold();
    expect(gate.admitted).to.equal(false);
    expect(gate.outgoing(goodFrames.message)).to.equal(undefined);
    gate.take(goodFrames.message);
    expect(heard).to.deep.equal([]);
  });

  it('keeps so much and no more', () => {
    const gate = createContentGate(false, () => {});
    for (let count = 0; count < 256; count += 1) expect(gate.take(goodFrames.message)).to.equal(true);
    expect(gate.take(goodFrames.message)).to.equal(false);
    expect(gate.take(goodFrames.profile)).to.equal(true);
  });
});
