import { expect } from 'chai';
import {
  isAllowed,
  maxFilesAtOnce,
  takeIn,
  type IntakeRules,
} from '../../../../src/elements/file-drop/intake.ts';

const open: IntakeRules = { accept: '', multiple: true, maxSizeMb: undefined };
const file = (name: string, type = '', size = 10) => ({ name, type, size });
const names = (files: readonly { readonly name: string }[]): readonly string[] =>
  files.map(({ name }) => name);

describe('takeIn', () => {
  it('takes everything when the page says nothing', () => {
    const result = takeIn([file('a.txt'), file('b', '', 0)], 0, open);
    expect(names(result.files)).to.deep.equal(['a.txt', 'b']);
    expect(result.leftOut).to.deep.equal([]);
  });

  it('leaves folders out and says how many, and takes the files beside them', () => {
    const result = takeIn([file('a.txt')], 2, open);
    expect(names(result.files)).to.deep.equal(['a.txt']);
    expect(result.leftOut).to.deep.equal([{ reason: 'folder', count: 2, name: '' }]);
  });

  it('refuses several files whole where one is asked for', () => {
    const result = takeIn([file('a'), file('b')], 0, { ...open, multiple: false });
    expect(result).to.deep.equal({ files: [], leftOut: [{ reason: 'one-only', count: 2, name: '' }] });
  });

  it('takes one file where one is asked for', () => {
    expect(takeIn([file('a')], 0, { ...open, multiple: false }).files).to.have.length(1);
  });

  it('refuses more files than anyone means to send at once, whole', () => {
    const many = Array.from({ length: maxFilesAtOnce + 1 }, (_, index) => file(`${index}`));
    expect(takeIn(many, 0, open)).to.deep.equal({
      files: [],
      leftOut: [{ reason: 'too-many', count: maxFilesAtOnce + 1, name: '' }],
    });
    expect(takeIn(many.slice(1), 0, open).files).to.have.length(maxFilesAtOnce);
  });

  it('takes up to the size, inclusive', () => {
    const rules = { ...open, maxSizeMb: 1 };
    const result = takeIn([file('fits', '', 1_000_000), file('large', '', 1_000_001)], 0, rules);
    expect(names(result.files)).to.deep.equal(['fits']);
    expect(result.leftOut).to.deep.equal([{ reason: 'size', count: 1, name: 'large' }]);
  });

  it('reads a size of 0, less or nonsense as no limit', () => {
    for (const maxSizeMb of [0, -1, Number.NaN])
      expect(takeIn([file('a', '', 5e9)], 0, { ...open, maxSizeMb }).files).to.have.length(1);
  });

  it('tells of one reason only for a file with two', () => {
    const result = takeIn([file('a.exe', '', 5e6)], 0, { accept: '.pdf', multiple: true, maxSizeMb: 1 });
    expect(result.leftOut).to.deep.equal([{ reason: 'type', count: 1, name: 'a.exe' }]);
  });
});

describe('isAllowed', () => {
  for (const [accept, name, type, allowed] of [
    ['.pdf', 'a.pdf', '', true],
    ['.pdf', 'A.PDF', '', true],
    ['.pdf', 'a.pdf.exe', 'application/pdf', false],
    ['.PDF, .doc', 'a.doc', '', true],
    ['.tar.gz', 'a.tar.gz', '', true],
    ['image/*', 'a', 'image/png', true],
    ['image/*', 'a', 'imagex/png', false],
    ['image/png', 'a', 'image/jpeg', false],
    ['text/plain', 'a', 'text/plain;charset=utf-8', true],
    ['image/*,.pdf', 'a.txt', 'text/plain', false],
    [' , ', 'a.txt', '', true],
    ['*/*', 'a', '', true],
    ['image/*', 'photo.png', '', false],
  ] as const)
    it(`${allowed ? 'takes' : 'refuses'} ${name} of type "${type}" under "${accept}"`, () => {
      expect(isAllowed({ name, type, size: 1 }, { accept, maxSizeMb: undefined })).to.equal(allowed);
    });
});
