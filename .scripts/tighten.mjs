// takes a module with lit templates, gives it without the indentation and the comments inside them.
import MagicString from 'magic-string';
import { parseSync } from 'vite';

const tightenRules = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/, /g, ',')
    .replace(/;}/g, '}')
    .replace(/([\w-]): /g, '$1:');

/** In a style sheet, space matters between words only; what stands in quotes stays. */
export const tightenCss = (text) =>
  text
    .replace(/\/\*[^]*?\*\//g, '')
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 === 1 ? part : tightenRules(part)))
    .join('');

/** In markup, a line break is as good as a line break with indentation. */
export const tightenHtml = (text) => text.replace(/<!--[^]*?-->/g, '').replace(/[^\S\n]*\n\s*/g, '\n');

const tags = { css: tightenCss, html: tightenHtml, svg: tightenHtml };

/** The texts between the holes of every template of ours: where they are, and how they are made tighter. */
const textsOf = (program) => {
  const found = [];
  const visit = (value) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value && typeof value === 'object') {
      if (value.type === 'TaggedTemplateExpression' && value.tag.name in tags)
        for (const { start, end, tail } of value.quasi.quasis)
          found.push({ start: start + 1, end: end - (tail ? 1 : 2), tighten: tags[value.tag.name] });
      for (const part of Object.values(value)) visit(part);
    }
  };
  visit(program.body);
  return found;
};

/** A plugin for the script-tag kit, where every byte is paid for by each visitor. */
export const tightenTemplates = {
  name: 'tighten-templates',
  enforce: 'pre',
  transform: (code, id) => {
    if (!/\/src\/.*\.ts$/.test(id) || !/\b(css|html|svg)`/.test(code)) return null;
    const tight = new MagicString(code);
    for (const { start, end, tighten } of textsOf(parseSync(id, code).program))
      if (end > start) tight.update(start, end, tighten(code.slice(start, end)));
    return { code: tight.toString(), map: tight.generateMap({ source: id, hires: true }) };
  },
};
