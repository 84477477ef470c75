// takes the name of an icon, gives its strokes.

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Drawn on a grid of 24, round strokes of 1.75, in the text's colour. */
const strokes = {
  'microphone': svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6"/>`,
  'microphone-off': svg`<path d="M9 9.5V11a3 3 0 0 0 4.6 2.54M15 11V6a3 3 0 0 0-5.83-1M5.5 11.5a6.5 6.5 0 0 0 10.6 5.03M18.5 11.5a6.5 6.5 0 0 1-.5 2.5M12 18v3M9 21h6M4 4l16 16"/>`,
  'camera': svg`<rect x="2.5" y="6" width="13" height="12" rx="3.5"/><path d="m15.5 10.8 4.3-2.6a1.1 1.1 0 0 1 1.7.95v5.7a1.1 1.1 0 0 1-1.7.95l-4.3-2.6"/>`,
  'camera-off': svg`<path d="M10 6h2a3.5 3.5 0 0 1 3.5 3.5v1.3l4.3-2.6a1.1 1.1 0 0 1 1.7.95v5.7a1.1 1.1 0 0 1-1.3 1.08M15.3 15.9A3.5 3.5 0 0 1 12 18H6a3.5 3.5 0 0 1-3.5-3.5v-5A3.5 3.5 0 0 1 5.4 6M4 4l16 16"/>`,
  'leave': svg`<path d="M2.2 13.4C1.9 9.7 6.2 7.2 12 7.2s10.1 2.5 9.8 6.2c-.1 1.2-1.1 1.9-2.2 1.8l-2.6-.4c-.9-.1-1.6-.9-1.7-1.8l-.1-1.3a11.5 11.5 0 0 0-6.4 0l-.1 1.3c-.1.9-.8 1.7-1.7 1.8l-2.6.4c-1.1.1-2.1-.6-2.2-1.8Z"/>`,
  'settings': svg`<path d="M4 7.5h9M18 7.5h2M4 16.5h2M11 16.5h9"/><circle cx="15.5" cy="7.5" r="2.5"/><circle cx="8.5" cy="16.5" r="2.5"/>`,
  'lock': svg`<rect x="5" y="10.5" width="14" height="10" rx="3"/><path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3M12 14.5v2"/>`,
  'shield': svg`<path d="M12 3c2.4 1.6 4.9 2.4 7.5 2.5 0 7-1.9 12.4-7.5 15.5C6.4 17.9 4.5 12.5 4.5 5.5 7.1 5.4 9.6 4.6 12 3Z"/>`,
  'shield-check': svg`<path d="M12 3c2.4 1.6 4.9 2.4 7.5 2.5 0 7-1.9 12.4-7.5 15.5C6.4 17.9 4.5 12.5 4.5 5.5 7.1 5.4 9.6 4.6 12 3Z"/><path d="m8.8 11.8 2.3 2.3 4.3-4.6"/>`,
  'warning': svg`<path d="M10.3 4.6 3 17.2A2 2 0 0 0 4.7 20.2h14.6A2 2 0 0 0 21 17.2L13.7 4.6a2 2 0 0 0-3.4 0ZM12 9.5v4M12 16.8v.1"/>`,
  'check': svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  'checks': svg`<path d="m2.5 12.5 4.2 4.2L15 8.2M12 15.8l.9.9 8.6-8.5"/>`,
  'close': svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  'copy': svg`<rect x="8.5" y="8.5" width="12" height="12" rx="3"/><path d="M15.5 8.5V6.5a3 3 0 0 0-3-3h-6a3 3 0 0 0-3 3v6a3 3 0 0 0 3 3h2"/>`,
  'link': svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.2-1.2"/>`,
  'share': svg`<path d="M12 14.5V3.5M8 7l4-4 4 4M6 11H5.5A1.5 1.5 0 0 0 4 12.5v6.5A1.5 1.5 0 0 0 5.5 20.5h13A1.5 1.5 0 0 0 20 19v-6.5a1.5 1.5 0 0 0-1.5-1.5H18"/>`,
  'people': svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.4c2 .8 3.2 2.6 3.5 5.1"/>`,
  'person': svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.5-6.2 7.5-6.2s6.9 2.2 7.5 6.2"/>`,
  'speaker': svg`<path d="M4 9.5v5h3.5L12.5 19V5L7.5 9.5H4ZM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a7.8 7.8 0 0 1 0 11"/>`,
  'chevron': svg`<path d="m7 10 5 5 5-5"/>`,
  'retry': svg`<path d="M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.5M20 4.5v5h-5M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.5M4 19.5v-5h5"/>`,
  'plug': svg`<path d="M9 3v4M15 3v4M6.5 7h11v4a5.5 5.5 0 0 1-11 0V7ZM12 16.5V21"/>`,
  'send': svg`<path d="M5 12 3.8 5.2c-.2-1 .8-1.8 1.7-1.3l15 7.2a1 1 0 0 1 0 1.8l-15 7.2c-.9.5-1.9-.3-1.7-1.3L5 12Zm0 0h6.5"/>`,
  'attach': svg`<path d="m19.5 11.5-7.8 7.8a5 5 0 0 1-7-7l8.2-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.1 8.2a1.7 1.7 0 0 1-2.4-2.4l7.3-7.4"/>`,
  'file': svg`<path d="M13.5 3H8a3 3 0 0 0-3 3v12a3 3 0 0 0 3 3h8a3 3 0 0 0 3-3V8.5L13.5 3ZM13.5 3v4a1.5 1.5 0 0 0 1.5 1.5h4"/>`,
  'upload': svg`<path d="M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4.5 16v1.5a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3V16"/>`,
  'download': svg`<path d="M12 4v11.5M7.5 11 12 15.5 16.5 11M4.5 16v1.5a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3V16"/>`,
  'arrow-down': svg`<path d="M12 4.5v15M5.5 13l6.5 6.5 6.5-6.5"/>`,
  'clock': svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>`,
  'chat': svg`<path d="M12 4c5 0 8.5 3 8.5 7.2s-3.5 7.3-8.5 7.3c-1 0-2-.1-2.9-.4L4.5 20l1.1-3.5C4.2 15.2 3.5 13.3 3.5 11.2 3.5 7 7 4 12 4Z"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof strokes;

/** An icon beside words or inside a labelled button; never the only carrier of a meaning, so it is hidden from readers. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg
    class="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${strokes[name]}
  </svg>`;
