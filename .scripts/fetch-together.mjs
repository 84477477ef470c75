// takes a bundle, gives one in which a lazy chunk and what it imports are fetched side by side, not one after the other.

/** All that a chunk imports statically, directly and indirectly, itself included. */
const closure = (bundle, name, found = new Set()) => {
  if (found.has(name) || bundle[name]?.type !== 'chunk') return found;
  found.add(name);
  for (const next of bundle[name].imports) closure(bundle, next, found);
  return found;
};

/** A browser learns what a chunk imports when it has read it: a round trip more for each level. Here it is told at once. */
export const fetchTogether = {
  name: 'fetch-together',
  generateBundle: (_options, bundle) => {
    const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const entry = chunks.find(({ isEntry }) => isEntry);
    if (entry === undefined) return;
    const there = closure(bundle, entry.fileName);
    for (const chunk of chunks) {
      chunk.code = chunk.code.replace(
        /import\(\s*(["'`])(\.{1,2}\/[^"'`]+\.js)\1\s*\)/g,
        (all, quote, path) => {
          const folder = new URL(chunk.fileName, 'file:///');
          const target = new URL(path, folder).pathname.slice(1);
          const missing = [...closure(bundle, target)].filter((name) => name !== target && !there.has(name));
          const beside = (name) => {
            const from = chunk.fileName.includes('/') ? name.replace(/^chunks\//, './') : `./${name}`;
            return `import(${quote}${from}${quote}).catch(()=>{})`;
          };
          // A dependency that cannot be had is told by the chunk that needs it.
          return missing.length === 0 ? all : `(${[...missing.map(beside), all].join(',')})`;
        },
      );
    }
  },
};
