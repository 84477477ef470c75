// takes a path, gives the room it lies in and what that room may import: the table of the house, written once.

/** A room of the house. `test` decides membership; the first room that fits a path is its room. */
export interface Room {
  readonly name: string;
  readonly test: RegExp;
  /** Paths from which values (and types) may be imported; the room itself is always allowed. */
  readonly values: readonly RegExp[];
  /** Paths from which only types may be imported. */
  readonly types: readonly RegExp[];
  /** Packages and built-in modules, by name. */
  readonly packages: readonly RegExp[];
}

const under = (...folders: string[]): readonly RegExp[] => folders.map((folder) => new RegExp(`^${folder}/`));
const lit = [/^lit$/, /^lit\//];
/** Files of `core` that belong to no stage: brands, errors, small helpers. */
const coreBase = /^src\/core\/[^/]+\.ts$/;
const corePort = /^src\/core\/(transport|crypto)\/(\w+-)*port\.ts$/;
const surface = /^src\/core\.ts$/;
const publicNames = [/^reforms$/, /^reforms\//];

export const rooms: readonly Room[] = [
  { name: 'protocol', test: /^src\/protocol\//, values: [], types: [], packages: [] },
  { name: 'core', test: coreBase, values: under('src/protocol'), types: [], packages: [] },
  {
    name: 'core/transport',
    test: /^src\/core\/transport\//,
    values: [coreBase, ...under('src/protocol')],
    types: [],
    packages: [/^peerjs$/],
  },
  {
    name: 'core/crypto',
    test: /^src\/core\/crypto\//,
    values: [coreBase, ...under('src/protocol')],
    types: [],
    packages: [/^libsodium-wrappers$/],
  },
  ...['media', 'chat', 'files'].map((folder) => ({
    name: `core/${folder}`,
    test: new RegExp(`^src/core/${folder}/`),
    values: [coreBase, corePort, ...under('src/protocol')],
    types: under('src/core/transport', 'src/core/crypto'),
    packages: folder === 'chat' ? [/^idb$/] : folder === 'files' ? [/^tus-js-client$/] : [],
  })),
  {
    name: 'core/session',
    test: /^src\/core\/session\//,
    values: under('src/core', 'src/protocol'),
    types: [],
    packages: [],
  },
  { name: 'core.ts', test: surface, values: under('src/core', 'src/protocol'), types: [], packages: [] },
  {
    name: 'locales',
    test: /^src\/locales\//,
    values: [],
    types: [surface, ...under('src/core')],
    packages: [],
  },
  { name: 'styles', test: /^src\/styles\//, values: [], types: [], packages: lit },
  {
    name: 'controllers',
    test: /^src\/controllers\//,
    values: [surface, ...under('src/locales')],
    types: under('src/core', 'src/protocol'),
    packages: [...lit, /^@lit\/context$/, /^qrcode-generator$/],
  },
  {
    name: 'elements',
    test: /^src\/elements\//,
    values: under('src/controllers', 'src/styles'),
    types: [surface, ...under('src/core', 'src/protocol', 'src/locales')],
    packages: lit,
  },
  {
    name: 'define/script',
    test: /^src\/define\/script\.ts$/,
    values: under('src/define', 'src/elements', 'src/controllers'),
    types: [],
    packages: [],
  },
  { name: 'define', test: /^src\/define\//, values: under('src/elements'), types: [], packages: [] },
  {
    name: 'testing',
    test: /^src\/testing\.ts$/,
    values: [/^src\//],
    types: [],
    packages: lit,
  },
  {
    name: 'index',
    test: /^src\/(index|react)\.ts$/,
    values: [surface, ...under('src/elements', 'src/controllers', 'src/locales', 'src/styles')],
    types: under('src/core', 'src/protocol'),
    packages: [/^react$/],
  },
  {
    name: 'server',
    test: /^server\//,
    values: under('src/protocol'),
    types: [],
    packages: [/^node:/, /^ws$/, /^jose$/, /^ioredis$/],
  },
  {
    name: 'demo',
    test: /^demo\//,
    values: [],
    types: [],
    packages: [...publicNames, ...lit, /^\/reforms\.js$/],
  },
  {
    name: 'stories/config',
    test: /^stories\/config\//,
    values: [/^custom-elements\.json$/],
    types: [],
    packages: [...publicNames, /^@storybook\//, /^remark-gfm$/],
  },
  {
    name: 'stories',
    test: /^stories\//,
    values: [],
    types: [],
    packages: [...publicNames, ...lit, /^storybook(\/|$)/, /^@storybook\//, /^node:/],
  },
];

/** The strangers that one file each lets in. */
export const doors: readonly RegExp[] = [
  /^peerjs$/,
  /^libsodium-wrappers$/,
  /^@lit\/context$/,
  /^qrcode-generator$/,
  /^idb$/,
  /^tus-js-client$/,
];
