// takes the elements, gives custom-elements.json at the top of the package.
export default {
  globs: ['src/elements/**/*.ts', 'src/define/*.ts'],
  exclude: ['src/define/index.ts', 'src/define/script.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
};
