// takes a file's name, gives it on one line: the stem gives way, the extension, which tells what the file does, never.

import { html, type TemplateResult } from 'lit';

/** Longest extension that is kept in view; what is longer is part of the stem. */
const extension = /^(.+?)(\.[^.\s]{1,12})$/su;

export function splitName(name: string): readonly [stem: string, end: string] {
  const parts = extension.exec(name);
  return [parts?.[1] ?? name, parts?.[2] ?? ''];
}

export function fileName(name: string): TemplateResult {
  const [stem, end] = splitName(name);
  const parts = [html`<span class="stem">${stem}</span>`, html`<span class="end">${end}</span>`];
  return html`<bdi class="file-name" dir="auto" title=${name}>${parts}</bdi>`;
}
