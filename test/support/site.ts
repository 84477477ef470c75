// takes pages, gives them on an origin of their own: somebody's website that embeds the kit.

import { createServer } from 'node:http';

export interface Site {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves each path's HTML on a free loopback port, with the given headers. */
export async function openSite(
  pages: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const http = createServer(({ url = '/' }, response) => {
    const html = pages[new URL(url, 'http://localhost').pathname];
    if (html === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

/** The two lines that the README tells people to paste, and what else they want in the room. */
export const embed = (server: string, body = '<reforms-call room="hello"></reforms-call>'): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Front desk</title>
<meta name="viewport" content="width=device-width"></head><body>
<script type="module" src="${server}/reforms.js"></script>${body}</body></html>`;
