// takes the text of one file, gives what the rules of the house ask about: its imports, comments and marked words.
import { parseSync } from 'vite';

/** One import of a file: static or dynamic, for types only or for values too. */
export interface Import {
  readonly specifier: string;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

/** One file as the rules see it. `path` is from the root of the repository, with `/`. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly text: string;
  /** The text without comments and without the contents of strings. */
  readonly code: string;
  readonly imports: readonly Import[];
  readonly comments: readonly string[];
  /** The comment that opens the file, as one line; empty when code comes first. */
  readonly opening: string;
  readonly hasAny: boolean;
  readonly hasDefaultExport: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'start' in value;

const visit = (value: unknown, see: (node: Node) => void): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isNode(value)) {
    see(value);
    for (const part of Object.values(value)) visit(part, see);
  }
};

const blank = (text: string, ranges: readonly { readonly start: number; readonly end: number }[]): string => {
  const characters = text.split('');
  for (const { start, end } of ranges)
    for (let index = start; index < end; index += 1) if (characters[index] !== '\n') characters[index] = ' ';
  return characters.join('');
};

const openingOf = (text: string): string => {
  const opening: string[] = [];
  for (const line of text.replace(/^#!.*\n/, '').split('\n')) {
    if (!line.startsWith('//')) break;
    opening.push(line.replace(/^\/\/\s?/, ''));
  }
  return opening.join(' ');
};

/** Parses one file. A file that does not parse is an error, not an empty answer. */
export const readSource = (path: string, text: string): Source => {
  const { program, module, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);

  const imports: Import[] = [];
  for (const found of module.staticImports)
    imports.push({
      specifier: found.moduleRequest.value,
      isType: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
      isDynamic: false,
    });
  for (const found of module.staticExports)
    for (const entry of found.entries)
      if (entry.moduleRequest)
        imports.push({ specifier: entry.moduleRequest.value, isType: entry.isType, isDynamic: false });
  for (const found of module.dynamicImports)
    imports.push({
      specifier: text.slice(found.moduleRequest.start, found.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
      isType: false,
      isDynamic: true,
    });

  let hasAny = false;
  let hasDefaultExport = false;
  const strings: Node[] = [];
  visit(program.body, (node) => {
    if (node.type === 'TSAnyKeyword') hasAny = true;
    if (node.type === 'ExportDefaultDeclaration') hasDefaultExport = true;
    if (node.type === 'TemplateElement') strings.push(node);
    if (node.type === 'Literal' && /^['"]/.test(text.slice(node.start, node.end))) strings.push(node);
    // `import('./types.ts').Name` in a type is an import too, for types only.
    if (node.type === 'TSImportType') {
      const specifier = /import\(\s*['"]([^'"]+)/.exec(text.slice(node.start, node.end))?.[1];
      if (specifier) imports.push({ specifier, isType: true, isDynamic: false });
    }
  });

  return {
    path,
    lines: text.replace(/\n$/, '').split('\n').length,
    text,
    code: blank(text, [...comments, ...strings]),
    imports,
    comments: comments.map(({ value }) => value),
    opening: openingOf(text),
    hasAny,
    hasDefaultExport,
  };
};
