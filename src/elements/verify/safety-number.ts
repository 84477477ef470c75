// takes a safety number, gives it as twelve groups, as a QR code, and with a camera to read the other person's. Loaded when first opened.

import { html, nothing, type TemplateResult } from 'lit';
import { ref, type RefOrCallback } from 'lit/directives/ref.js';
import { qrOfDigits } from '../../controllers/qr-code.ts';
import type { Words } from '../../locales/index.ts';
import { icon } from '../icon/icon.ts';

export { canScan, scanNumber } from '../../controllers/qr-scanner.ts';

export interface SafetyView {
  /** 60 digits. */
  readonly digits: string;
  readonly words: Words;
  /** Ready to stand in a sentence. */
  readonly name: string;
  /** Undefined: this browser reads no codes, or nothing is left to find out. */
  readonly scan: (() => void) | undefined;
  /** Set while the camera is open: takes its picture. */
  readonly viewfinder: RefOrCallback | undefined;
  readonly stop: () => void;
  readonly failed: boolean;
}

/** `digits` in groups of five. */
export const groupsOf = (digits: string): readonly string[] => digits.match(/\d{5}/g) ?? [];

export function safetySection(view: SafetyView): TemplateResult {
  const { digits, words, name } = view;
  const { size, path } = qrOfDigits(digits);
  return html`
    <p class="small muted">${words.safetyHow(name)}</p>
    <ol class="digits" part="digits" dir="ltr" aria-label=${words.safetyNumber}>
      ${groupsOf(digits).map((group) => html`<li>${group}</li>`)}
    </ol>
    ${
      view.viewfinder === undefined
        ? html`<svg
            class="code"
            part="code"
            viewBox="0 0 ${size} ${size}"
            role="img"
            aria-label=${words.safetyCode}
          >
            <rect width=${size} height=${size} fill="#fff" />
            <path d=${path} fill="#000" />
          </svg>`
        : html`<video
            class="code"
            part="viewfinder"
            muted
            playsinline
            aria-label=${words.safetyCamera}
            ${ref(view.viewfinder)}
          ></video>`
    }
    ${view.failed ? html`<p class="small" role="alert">${words.scanFailed}</p>` : nothing} ${renderScan(view)}
  `;
}

function renderScan({ words, scan, stop, viewfinder, name }: SafetyView): TemplateResult | typeof nothing {
  if (viewfinder !== undefined)
    return html`<p class="small muted" role="status">${words.scanning(name)}</p>
      <button class="button outline" type="button" @click=${stop}>${words.scanStop}</button>`;
  if (scan === undefined) return nothing;
  return html`<button class="button outline" part="scan-button" type="button" @click=${scan}>
    ${icon('camera')}${words.scan}
  </button>`;
}
