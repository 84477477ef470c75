// takes the family of a file, gives its icon: a sheet with a sign on it.

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { FileKind } from './file-kind.ts';

/** On the grid of 24 of the kit's icons; the sign lies in the lower two thirds of the sheet. */
const signs: Readonly<Record<FileKind, SVGTemplateResult>> = {
  image: svg`<circle cx="9.4" cy="12.2" r="1.1"/><path d="m6.5 18.5 3.6-3.4 2 1.8 2.6-2.9 2.8 3"/>`,
  video: svg`<path d="M10.2 12.2v4.6l4-2.3-4-2.3Z"/>`,
  audio: svg`<circle cx="10" cy="16.6" r="1.4"/><path d="M11.4 16.6v-5l3.2 1"/>`,
  pdf: svg`<path d="M8.5 17.2c2.6-1 3.9-3.4 3.6-5.6-.1-.9-1.1-.9-1.2 0-.1 2.2 1.9 4.4 4.2 4.5.9 0 .9-.9.1-1-2.4-.2-5 .6-6.7 2.1Z"/>`,
  text: svg`<path d="M8.5 12.2h7M8.5 14.8h7M8.5 17.4h4"/>`,
  table: svg`<path d="M8.3 12.2h7.4v5.4H8.3zM8.3 14.9h7.4M12 12.2v5.4"/>`,
  slides: svg`<path d="M8.3 12h7.4v4.2H8.3zM12 16.2v2M10.4 18.4h3.2"/>`,
  archive: svg`<path d="M12 3.2v1.4M12 6.6v1.4M12 10v1.4M10.9 13.2h2.2v3.2a1.1 1.1 0 0 1-2.2 0v-3.2Z"/>`,
  code: svg`<path d="m10 12.4-2 2.3 2 2.3M14 12.4l2 2.3-2 2.3"/>`,
  other: svg``,
};

/** Beside the file's name, which says the same; hidden from readers. */
export const kindIcon = (kind: FileKind): TemplateResult =>
  html`<svg
    class="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d="M13.5 2.75H8a3 3 0 0 0-3 3v12.5a3 3 0 0 0 3 3h8a3 3 0 0 0 3-3V8.25l-5.5-5.5Z" />
    <path d="M13.5 2.75v4a1.5 1.5 0 0 0 1.5 1.5h4" />
    ${signs[kind]}
  </svg>`;
