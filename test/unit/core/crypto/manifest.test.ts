import { expect } from 'chai';
import { utf8 } from '../../../../src/core/crypto/bytes.ts';
import { encodeManifest, parseManifest, totalSize } from '../../../../src/core/crypto/index.ts';
import type { Manifest } from '../../../../src/core/crypto/index.ts';
import { filled, reasonOf, valueOf } from '../../../support/crypto.ts';

const file = { name: 'a.txt', type: 'text/plain', size: 3, mtime: 5 };
const parse = (value: unknown) => parseManifest(utf8(JSON.stringify(value)));

describe('a manifest', () => {
  it('comes back as it went, and is the same bytes for the same files', () => {
    const manifest: Manifest = { v: 1, files: [file, { ...file, name: 'b', size: 4 }] };
    expect(valueOf(parseManifest(encodeManifest(manifest)))).to.deep.equal(manifest);
    const turned: Manifest = {
      files: manifest.files.map(({ mtime, size, type, name }) => ({ mtime, size, type, name })),
      v: 1,
    };
    expect(encodeManifest(turned)).to.deep.equal(encodeManifest(manifest));
    expect(totalSize(manifest)).to.equal(7);
  });

  it('has its names sanitised, doubtful types emptied and doubtful times zeroed', () => {
    const [read] = valueOf(
      parse({ v: 1, files: [{ name: '../x', type: 'text/html\n<', size: 0, mtime: -1, more: 1 }] }),
    ).files;
    expect(read).to.deep.equal({ name: '..x', type: '', size: 0, mtime: 0 });
    for (const mtime of [undefined, 'x', 1.5, 1e300]) {
      expect(valueOf(parse({ v: 1, files: [{ ...file, mtime }] })).files[0]?.mtime).to.equal(0);
    }
    for (const type of [undefined, 7, 'x', '/', `a/${'b'.repeat(128)}`]) {
      expect(valueOf(parse({ v: 1, files: [{ ...file, type }] })).files[0]?.type).to.equal('');
    }
  });

  const refused: readonly (readonly [string, unknown, string])[] = [
    ['another version', { v: 2, files: [file] }, 'version'],
    ['no version', { files: [file] }, 'version'],
    ['a list', [file], 'bad-frame'],
    ['null', null, 'bad-frame'],
    ['no files', { v: 1 }, 'bad-frame'],
    ['an empty list of files', { v: 1, files: [] }, 'bad-frame'],
    ['too many files', { v: 1, files: Array.from({ length: 1001 }, () => file) }, 'bad-frame'],
    ['a file that is none', { v: 1, files: [file, 7] }, 'bad-frame'],
    ['a name that is no text', { v: 1, files: [{ ...file, name: 1 }] }, 'bad-frame'],
    ['a size that is no number', { v: 1, files: [{ ...file, size: '3' }] }, 'bad-frame'],
    ['a size below zero', { v: 1, files: [{ ...file, size: -1 }] }, 'bad-frame'],
    ['a size with a fraction', { v: 1, files: [{ ...file, size: 0.5 }] }, 'bad-frame'],
    ['sizes that sum up beyond 2^53', { v: 1, files: [{ ...file, size: 2 ** 53 - 1 }, file] }, 'bad-frame'],
  ];
  for (const [what, value, reason] of refused) {
    it(`is refused: ${what}`, () => {
      expect(reasonOf(parse(value))).to.equal(reason);
    });
  }

  it('is refused where it is no JSON, no UTF-8, or endless', () => {
    expect(reasonOf(parseManifest(utf8('{')))).to.equal('bad-frame');
    expect(reasonOf(parseManifest(filled(3, 0xff)))).to.equal('bad-frame');
    expect(reasonOf(parseManifest(filled(256 * 1024 + 1, 0x20)))).to.equal('bad-frame');
  });
});
