import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tightenCss, tightenHtml } from '../../../.scripts/tighten.mjs';

describe('tightening', () => {
  it('takes comments and needless space out of a style sheet', () => {
    const sheet =
      '\n  /* Why: so. */\n  :host([open]) .a > .b,\n  .c {\n    color: red;\n    margin: 0 1px;\n  }\n';
    assert.equal(tightenCss(sheet), ' :host([open]) .a > .b,.c{color:red;margin:0 1px}');
  });

  it('keeps the space around a hole, around signs in calc(), and in quotes', () => {
    assert.equal(tightenCss(' + 2px) '), ' + 2px) ');
    assert.equal(tightenCss(' '), ' ');
    assert.equal(tightenCss('calc(1px + 2px)'), 'calc(1px + 2px)');
    assert.equal(tightenCss(`a::after { content: '; , :  {'; }`), `a::after{content:'; , :  {'}`);
    assert.equal(tightenCss('.a :hover, .b .c {}'), '.a :hover,.b .c{}');
  });

  it('keeps line breaks of markup and the space inside a line', () => {
    assert.equal(tightenHtml('\n    <p>\n      a <b>c</b> d\n    </p>\n  '), '\n<p>\na <b>c</b> d\n</p>\n');
  });
});
