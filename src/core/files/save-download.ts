// takes a finished file, gives it to the browser as a download. The one place of this stage that touches the page.

import { lingerMs } from './linger.ts';

/**
 * Clicks a link with `download`. The content's type must say nothing that a browser would show instead of saving: the
 * bytes come from someone else and an object URL has the page's own origin.
 */
export function saveDownload(content: Blob, name: string): void {
  const inert = content.type === inertType ? content : content.slice(0, content.size, inertType);
  const url = URL.createObjectURL(inert);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // Nothing tells when the browser has copied the bytes. Not bound to a session's end: the download outlives it.
  setTimeout(() => URL.revokeObjectURL(url), lingerMs(content.size));
}

const inertType = 'application/octet-stream';
