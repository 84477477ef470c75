// takes how many people there are and how much room, gives the size of each tile.

/** CSS pixels. */
export interface Space {
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  /** Tiles in the grid: the others, and oneself unless one floats above. */
  readonly columns: number;
  readonly rows: number;
  /** Size of one tile, whole CSS pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** No tile is wider than a camera's picture: what lies beside it would be empty. */
const widest = 16 / 9;
/** Nor so narrow that faces are cut: square on a desk, as tall as a phone's picture where the space is tall itself. */
const tallestIn = ({ width, height }: Space): number => (width < height ? 3 / 5 : 1);

/** Whether one's own tile floats over the other's, as two people like it; in a grid it is one among others. */
export const selfFloats = (others: number, wish: 'auto' | 'grid'): boolean => wish === 'auto' && others === 1;

/**
 * The columns and rows that give each of `tiles` the largest picture in `space`, `gap` apart. One tile alone takes all
 * there is.
 */
export function layoutOf(tiles: number, space: Space, gap: number): Layout {
  if (tiles <= 1)
    return { columns: 1, rows: 1, tileWidth: Math.floor(space.width), tileHeight: Math.floor(space.height) };
  let best: Layout | undefined;
  for (let columns = 1; columns <= tiles; columns += 1) {
    const rows = Math.ceil(tiles / columns);
    const width = Math.max(0, (space.width - gap * (columns - 1)) / columns);
    const height = Math.max(0, (space.height - gap * (rows - 1)) / rows);
    const candidate = {
      columns,
      rows,
      tileWidth: Math.floor(Math.min(width, height * widest)),
      tileHeight: Math.floor(Math.min(height, width / tallestIn(space))),
    };
    if (best === undefined || area(candidate) > area(best)) best = candidate;
  }
  return best ?? { columns: 1, rows: tiles, tileWidth: 0, tileHeight: 0 };
}

const area = ({ tileWidth, tileHeight }: Layout): number => tileWidth * tileHeight;
