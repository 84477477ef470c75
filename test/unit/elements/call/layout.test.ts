import { expect } from 'chai';
import { layoutOf, selfFloats } from '../../../../src/elements/call/layout.ts';

const desk = { width: 1200, height: 700 };
const phone = { width: 340, height: 600 };
const gap = 8;

describe('the layout of a call', () => {
  it('lets oneself float only above one other person, and never in a grid', () => {
    expect([0, 1, 2, 3].map((others) => selfFloats(others, 'auto'))).to.deep.equal([
      false,
      true,
      false,
      false,
    ]);
    expect(selfFloats(1, 'grid')).to.equal(false);
  });

  const table = [
    { tiles: 1, space: desk, columns: 1, rows: 1 },
    { tiles: 2, space: desk, columns: 2, rows: 1 },
    { tiles: 3, space: desk, columns: 2, rows: 2 },
    { tiles: 4, space: desk, columns: 2, rows: 2 },
    { tiles: 2, space: phone, columns: 1, rows: 2 },
    { tiles: 3, space: phone, columns: 1, rows: 3 },
    { tiles: 4, space: phone, columns: 2, rows: 2 },
    { tiles: 3, space: { width: 1200, height: 240 }, columns: 3, rows: 1 },
  ];
  for (const { tiles, space, columns, rows } of table)
    it(`puts ${tiles} in ${columns} × ${rows} where there is ${space.width} × ${space.height}`, () => {
      expect(layoutOf(tiles, space, gap)).to.include({ columns, rows });
    });

  it('gives one tile alone all the space', () => {
    expect(layoutOf(1, desk, gap)).to.include({ tileWidth: 1200, tileHeight: 700 });
  });

  it('never needs more space than there is, whatever the numbers', () => {
    for (let tiles = 1; tiles <= 12; tiles += 1)
      for (let width = 0; width <= 1600; width += 80)
        for (let height = 0; height <= 1000; height += 100) {
          const { columns, rows, tileWidth, tileHeight } = layoutOf(tiles, { width, height }, gap);
          expect(columns * rows).to.be.at.least(tiles);
          if (tileWidth > 0) expect(tileWidth * columns + gap * (columns - 1)).to.be.at.most(width);
          if (tileHeight > 0) expect(tileHeight * rows + gap * (rows - 1)).to.be.at.most(height);
        }
  });

  it('cuts no faces: from two on, tiles are no wider than 16:9, no narrower than square on a desk and 3:5 on a phone', () => {
    const { tileWidth, tileHeight } = layoutOf(2, { width: 2000, height: 300 }, gap);
    expect(tileWidth / tileHeight).to.be.closeTo(16 / 9, 0.02);
    const tall = layoutOf(2, { width: 150, height: 1000 }, gap);
    expect(tall.tileWidth / tall.tileHeight).to.be.closeTo(3 / 5, 0.02);
    const desk = layoutOf(3, { width: 1200, height: 1100 }, gap);
    expect(desk.tileWidth / desk.tileHeight).to.be.at.least(1);
  });
});
