import { expect } from 'chai';
import fc from 'fast-check';
import { sanitizeFileName } from '../../../../src/core/crypto/index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

describe('a file name', () => {
  const kept = [
    'report.pdf',
    'Grüße 日本 👋.txt',
    '.gitignore',
    'archive.tar.gz',
    'a b.c',
    '-rf',
    'console.log',
    'com10.txt',
  ];
  for (const name of kept) {
    it(`stays what it is: ${name}`, () => {
      expect(sanitizeFileName(name)).to.equal(name);
    });
  }

  const changed: readonly (readonly [string, string])[] = [
    ['../../etc/passwd', '....etcpasswd'],
    ['..\\..\\boot.ini', '....boot.ini'],
    ['C:\\x.txt', 'Cx.txt'],
    ['/', 'file'],
    ['', 'file'],
    ['.', 'file'],
    ['..', 'file'],
    ['   ', 'file'],
    ['a\u0000b.txt', 'ab.txt'],
    ['line\nbreak\tx.txt', 'linebreakx.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['\u2066a\u2069\u200f.txt', 'a.txt'],
    ['zero\u200bwidth\ufeff.txt', 'zerowidth.txt'],
    ['dots...', 'dots'],
    ['blank. . .', 'blank'],
    ['  x.txt  ', 'x.txt'],
    ['a\u00a0\u3000b.txt', 'a b.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['Com1.tar.gz', '_Com1.tar.gz'],
    ['LPT³', '_LPT³'],
    ['a<b>c:d"e|f?g*.txt', 'abcdefg.txt'],
    ['half\ud800.txt', 'half.txt'],
    ['Cafe\u0301.txt', 'Café.txt'],
  ];
  for (const [name, safe] of changed) {
    it(`is made harmless: ${JSON.stringify(name)}`, () => {
      expect(sanitizeFileName(name)).to.equal(safe);
    });
  }

  it('is at most 255 bytes, its extension kept and no character cut in half', () => {
    const long = sanitizeFileName(`${'ä'.repeat(200)}.jpeg`);
    expect(long).to.match(/^ä+\.jpeg$/);
    expect(bytesOf(long)).to.be.within(253, 255);
    expect(sanitizeFileName(`${'👋'.repeat(100)}`)).to.equal('👋'.repeat(63));
    expect(bytesOf(sanitizeFileName(`a.${'x'.repeat(300)}`))).to.equal(255);
    expect(sanitizeFileName(`${'a'.repeat(249)}${' .'.repeat(10)}b.txt`)).to.equal(`${'a'.repeat(249)}.txt`);
    expect(bytesOf(sanitizeFileName(`.${'x'.repeat(300)}`))).to.equal(255);
  });

  it('is safe whatever it was, and made safe once is safe', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = sanitizeFileName(name);
        expect(bytesOf(safe)).to.be.within(1, 255);
        expect(safe).to.not.match(/[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]/u);
        expect(safe).to.not.match(/^\.+$|[. ]$|^ /);
        expect(sanitizeFileName(safe)).to.equal(safe);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
