import { expect } from 'chai';
import fc from 'fast-check';
import { splitText } from '../../../../src/elements/chat/text-parts.ts';

/** The links of a message, as `[text, href]`. */
const links = (message: string): readonly (readonly [string, string])[] =>
  splitText(message).flatMap((part) => (part.kind === 'link' ? [[part.text, part.href] as const] : []));
const hosts = (message: string): readonly (string | undefined)[] =>
  splitText(message).flatMap((part) => (part.kind === 'link' ? [part.host] : []));
const shown = (message: string): string =>
  splitText(message)
    .map(({ text }) => text)
    .join('');

describe('splitText', () => {
  for (const [message, text, href] of [
    ['https://example.org', 'https://example.org', 'https://example.org/'],
    ['HTTP://Example.ORG/Path', 'HTTP://Example.ORG/Path', 'http://example.org/Path'],
    ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['(https://example.org)', 'https://example.org', 'https://example.org/'],
    ['Read https://example.org.', 'https://example.org', 'https://example.org/'],
    ['https://example.org/a, or', 'https://example.org/a', 'https://example.org/a'],
    ['https://example.org/wiki/A_(b)', 'https://example.org/wiki/A_(b)', 'https://example.org/wiki/A_(b)'],
    ['(https://example.org/A_(b)).', 'https://example.org/A_(b)', 'https://example.org/A_(b)'],
    ['"https://example.org/"', 'https://example.org/', 'https://example.org/'],
    ['<https://example.org/>', 'https://example.org/', 'https://example.org/'],
    ['**https://example.org**', 'https://example.org', 'https://example.org/'],
    ['看https://example.org/。', 'https://example.org/', 'https://example.org/'],
    ['http://127.0.0.1:9000/?room=a', 'http://127.0.0.1:9000/?room=a', 'http://127.0.0.1:9000/?room=a'],
    ['http://[::1]:9000/', 'http://[::1]:9000/', 'http://[::1]:9000/'],
    ['mailto:ann@example.org', 'mailto:ann@example.org', 'mailto:ann@example.org'],
    [
      'mailto:ann@example.org?subject=Hi',
      'mailto:ann@example.org?subject=Hi',
      'mailto:ann@example.org?subject=Hi',
    ],
    ['\u2066https://example.org\u2069', 'https://example.org', 'https://example.org/'],
  ] as const)
    it(`links ${JSON.stringify(message)}`, () => {
      expect(links(message)).to.deep.equal([[text, href]]);
      expect(hosts(message)).to.deep.equal([undefined]);
      expect(shown(message)).to.equal(message);
    });

  for (const [message, host] of [
    ['https://аpple.com/login', 'xn--pple-43d.com'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://ex%61mple.org/', 'example.org'],
    ['https://ｅxample.org/', 'example.org'],
  ] as const)
    it(`shows the real host of ${message}`, () => {
      expect(hosts(message)).to.deep.equal([host]);
    });

  for (const message of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript://example.org/%0aalert(1)',
    'javascript:https://example.org/',
    'java\u0000script:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.org/1234',
    'view-source:https://example.org/',
    'file:///etc/passwd',
    'vbscript:msgbox(1)',
    'ftp://example.org/',
    'ssh://example.org/',
    'tel:+491234',
    '//example.org/path',
    'example.org',
    'http://',
    'https://?',
    'https:///',
    'http://user@evil.example/',
    'https://bank.example@evil.example/',
    'https://bank.example:443@evil.example/',
    'https://@evil.example/',
    'https://bank.example%40evil.example/',
    'https://evil.ex\u200bample.org/',
    'https://evil.ex\u00adample.org/',
    'https://evil.example\u2067/moc.knab/',
    'https://exa\ufffdmple.org/',
    'xhttps://example.org/',
    `https://example.org/${'a'.repeat(3000)}`,
    'mailto:',
    'mailto:ann',
    'mailto:ann@example.org?bcc=eve@evil.example',
    'mailto:ann?bcc=x@example.org',
    'mailto:ann@example.org?attach=/etc/passwd',
  ])
    it(`does not link ${JSON.stringify(message.slice(0, 50))}`, () => {
      expect(links(message)).to.deep.equal([]);
    });

  it('links up to a backslash and never lets one hide the host', () => {
    expect(links('https://good.example\\@evil.example/')).to.deep.equal([
      ['https://good.example', 'https://good.example/'],
    ]);
  });

  it('takes overrides of direction out, and leaves marks and isolates that right-to-left text needs', () => {
    expect(shown('photo\u202egpj.exe\u202c')).to.equal('photogpj.exe');
    expect(shown('\u2067שלום\u2069 \u200fabc')).to.equal('\u2067שלום\u2069 \u200fabc');
  });

  it('keeps line breaks of every system as one kind, and drops other controls', () => {
    expect(shown('a\r\nb\rc\u2028d\te\u0000\u001b[31mf')).to.equal('a\nb\nc\nd\te[31mf');
  });

  it('finds several addresses and keeps what is between them', () => {
    expect(splitText('a https://b.example/ c https://d.example/').map(({ kind }) => kind)).to.deep.equal([
      'text',
      'link',
      'text',
      'link',
    ]);
  });

  it('gives no parts for an empty text', () => {
    expect(splitText('')).to.deep.equal([]);
  });

  it('makes links to the web and to mail only, and loses no visible text, whatever comes', () => {
    const bit = fc.constantFrom(
      'https://',
      'mailto:',
      'javascript:',
      '@',
      ':',
      '/',
      '\\',
      ' ',
      '(',
      ')',
      '.',
      'a.b',
      '\u202e',
      '%0a',
      '?',
      '&',
      'é',
      '\u200b',
      '\n',
      '[',
      ']',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bit, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 30 }),
        (bits) => {
          const message = bits.join('');
          for (const [, href] of links(message)) {
            const url = new URL(href);
            expect(['http:', 'https:', 'mailto:']).to.include(url.protocol);
            expect(url.username + url.password).to.equal('');
          }
          const visible = (text: string): string => text.replace(/[\p{C}\p{Z}]/gu, '');
          expect(visible(shown(message))).to.equal(visible(message));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads a long hostile text quickly', () => {
    const before = performance.now();
    splitText('https://a('.repeat(1_600));
    splitText(`https://a${')'.repeat(16_000)}`);
    splitText(`mailto:${'a'.repeat(2_000)}${'.'.repeat(2_000)}`);
    expect(performance.now() - before).to.be.below(500);
  });
});
