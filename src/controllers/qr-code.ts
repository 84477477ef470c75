// takes a text, gives its QR code as one path. The only file that knows `qrcode-generator`; loaded when a code is first shown.

import qrcode from 'qrcode-generator';

export interface QrPath {
  /** Modules on each side, the quiet zone of four included (ISO/IEC 18004). */
  readonly size: number;
  /** The dark modules, one unit each, for `d` of an SVG path. */
  readonly path: string;
}

const quiet = 4;

/** Digits only, at error correction level M. */
export function qrOfDigits(digits: string): QrPath {
  const code = qrcode(0, 'M');
  code.addData(digits, 'Numeric');
  code.make();
  const count = code.getModuleCount();
  const runs: string[] = [];
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1) {
      const start = column;
      while (column < count && code.isDark(row, column)) column += 1;
      const width = column - start;
      if (width > 0) runs.push(`M${start + quiet} ${row + quiet}h${width}v1h-${width}z`);
    }
  return { size: count + 2 * quiet, path: runs.join('') };
}
