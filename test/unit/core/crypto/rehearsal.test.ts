import { expect } from 'chai';
import { rehearse } from '../../../../src/core/crypto/rehearsal.ts';
import { loadSodium, type Sodium } from '../../../../src/core/crypto/sodium.ts';

describe('the rehearsal of a handshake', () => {
  it('calls every primitive that a handshake needs', async () => {
    const sodium = await loadSodium();
    const called = new Set<PropertyKey>();
    const watched = new Proxy(sodium, {
      get: (target, name: keyof Sodium) => {
        called.add(name);
        return target[name];
      },
    });
    rehearse(watched);
    expect([...called].sort()).to.deep.equal([
      'dh',
      'dhPublic',
      'hash',
      'kemKeys',
      'kemOpen',
      'kemSeal',
      'open',
      'random',
      'seal',
      'sign',
      'signKeys',
      'verify',
    ]);
  });

  it('ends quietly where a primitive refuses', async () => {
    const sodium = await loadSodium();
    let opened = false;
    rehearse({
      ...sodium,
      kemSeal: () => null,
      kemOpen: (...pair) => {
        opened = true;
        return sodium.kemOpen(...pair);
      },
    });
    expect(opened).to.equal(false);
  });
});
