import { expect } from 'chai';
import { initials, tintOf, tints } from '../../../../src/elements/tile/face.ts';

describe('what stands for a face', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['Edsger W. Dijkstra', 'ED'],
    ['  Grace   Hopper ', 'GH'],
    ['Иван Грозный', 'ИГ'],
    ['王小明', '王'],
    ['(Tim)', 'T'],
    ['👋', '?'],
    ['', '?'],
  ];
  for (const [name, expected] of table)
    it(`is ${expected} for “${name}”`, () => expect(initials(name)).to.equal(expected));

  it('has one tint for one id, always, out of six', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, index) => tintOf(`id-${index}`)));
    expect([...seen].sort()).to.deep.equal(Array.from({ length: tints }, (_, index) => index));
    expect(tintOf('grace')).to.equal(tintOf('grace'));
  });
});
