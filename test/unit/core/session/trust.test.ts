import { expect } from 'chai';
import type { Pin } from '../../../../src/core/crypto/pin-store.ts';
import { createContentGate } from '../../../../src/core/session/content-gate.ts';
import { createTrust, type Requirement, type Trust } from '../../../../src/core/session/trust.ts';
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
      pinName: (name) => (name === '' ? '' : `<${name}>`),
      save: (id, pin) => saved.push([id, pin]),
      ...changes,
    });
  };
  const bob: Pin = { verified: true, name: '<Bob>' };
  const stranger: Pin = { verified: false, name: '<Bob>' };

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
    expect(trustWith({ b: { verified: true, name: '' } }).meet('m', '', undefined).changed).to.equal(
      undefined,
    );
  });

  it('lets through who was verified, and no more who was refuted', () => {
    const trust = trustWith({ b: bob });
    trust.meet('m', 'Bob', undefined);
    trust.verify('m');
    expect(trust.meet('m', 'Bob', undefined)).to.include({ protection: 'verified', held: undefined });
    trust.refute('m');
    expect(trust.meet('m', 'Bob', undefined)).to.include({ protection: 'link', held: 'key-changed' });
    expect(saved.map(([, { verified }]) => verified)).to.deep.equal([false, true, false]);
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
    expect(credential.meet('b', 'Bob', undefined).held).to.equal('policy');
    expect(credential.meet('c', 'Cyd', 'issuer cyd').held).to.equal(undefined);
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
    for (const frame of frames) expect(gate.passes(frame) && gate.take(frame), frame.kind).to.equal(true);
    expect(heard).to.deep.equal(frames);
  });

  it('keeps content back, both ways, until the person is admitted', () => {
    const heard: Frame['kind'][] = [];
    const gate = createContentGate(false, ({ kind }) => heard.push(kind));
    for (const frame of Object.values(goodFrames)) {
      expect(gate.passes(frame), frame.kind).to.equal(!content.has(frame.kind));
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

  it('shuts again, and keeps back what comes then', () => {
    const heard: Frame[] = [];
    const gate = createContentGate(true, (frame) => heard.push(frame));
    gate.hold();
    expect(gate.admitted).to.equal(false);
    expect(gate.passes(goodFrames.message)).to.equal(false);
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
