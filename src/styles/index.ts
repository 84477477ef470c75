// takes the style files, gives their table of contents.

export { base } from './base.styles.ts';
export { button } from './button.styles.ts';
export { field } from './field.styles.ts';
export { surface } from './surface.styles.ts';
export { tint } from './tint.styles.ts';
export { token, tokens } from './tokens.styles.ts';
