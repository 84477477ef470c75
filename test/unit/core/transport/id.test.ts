import { expect } from 'chai';
import {
  doorIdOf,
  isConnectionId,
  isPeerId,
  newConnectionId,
  newPeerId,
} from '../../../../src/core/transport/id.ts';

/** As in peerjs, `util.validateId`. */
const stock = /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;

describe('ids', () => {
  it('are accepted by stock clients', () => {
    expect(newPeerId()).to.match(stock);
    expect(doorIdOf(new Uint8Array(16).fill(255)))
      .to.match(stock)
      .and.equal(`rf1-${'ff'.repeat(16)}`);
  });

  it('carry 128 random bits', () => {
    const ids = new Set(Array.from({ length: 1_000 }, newPeerId));
    expect(ids.size).to.equal(1_000);
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{32}$/);
  });

  it('of connections fit the port', () => {
    expect(isConnectionId(newConnectionId())).to.equal(true);
    for (const bad of ['', 'short', 'a'.repeat(65), 'has space inside', 'dots.are.not', null, 12345678])
      expect(isConnectionId(bad), String(bad)).to.equal(false);
  });

  it('from strangers are refused outside the alphabet', () => {
    expect(isPeerId('a-b_c d')).to.equal(true);
    for (const bad of ['', '-a', 'a-', 'a--b', 'a\nb', 'ä', '<script>', 'a'.repeat(65), {}, undefined])
      expect(isPeerId(bad), String(bad)).to.equal(false);
  });
});
