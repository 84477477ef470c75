// takes HTTP requests, gives the PeerJS routes, the health check and the files.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Auth, bearerOf } from './auth.ts';
import type { ServerConfig } from './config.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { dataOnly } from './headers.ts';
import type { Realm } from './realm.ts';
import type { Reply } from './reply.ts';
import { StaticFiles } from './static.ts';

/** What stock clients and monitors expect at the root of a PeerServer, letter by letter. */
const description = JSON.stringify({
  name: 'PeerJS Server',
  description: 'A server side element to broker connections between PeerJS clients.',
  website: 'https://peerjs.com/',
});
const descriptionTag = `W/"${createHash('sha256').update(description).digest('base64url').slice(0, 22)}"`;

export interface RouteOptions {
  readonly config: ServerConfig;
  readonly realm: Realm;
  /** Undefined: everybody may ask. */
  readonly auth: Auth | undefined;
}

/**
 * Answers one request, or gives undefined for a path that is nobody's.
 *
 * The root of the PeerJS routes and the start page may be the same `/`. Then whoever asks for `text/html` by name, as a
 * browser does when a person goes there, gets the page; everybody else, `fetch` and `curl` included, gets the description.
 */
export function createRoutes({
  config,
  realm,
  auth,
}: RouteOptions): (request: IncomingMessage) => Promise<Reply | undefined> {
  const files = new StaticFiles(config.staticDirs);

  /** The ids of everybody; where admission is asked for, of those in the asker's own room. */
  async function peers(request: IncomingMessage, cors: Record<string, string>): Promise<Reply> {
    const verdict = auth && (await auth.verify(bearerOf(request)));
    if (!config.allowDiscovery || verdict?.ok === false) return plain(401, 'Unauthorized', cors);
    return json(JSON.stringify(realm.ids(verdict?.ok ? verdict.grant.room : undefined)), cors);
  }

  return async (request) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const cors = await corsHeaders(request, config.cors);
    if (request.method === 'OPTIONS') {
      const status = config.cors.optionsSuccessStatus ?? 204;
      return { status, headers: { ...cors, ...preflightHeaders(request, config.cors) } };
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const encodings = String(request.headers['accept-encoding'] ?? '');
    const [first, last, ...more] = segmentsBelow(config.path, path) ?? [undefined, undefined];
    switch (more.length > 0 ? undefined : last?.toLowerCase()) {
      case 'id':
        return {
          status: 200,
          headers: {
            ...cors,
            ...dataOnly,
            'Content-Type': 'text/html; charset=utf-8',
            'Cache-Control': 'no-store',
          },
          body: realm.freeId(),
        };
      case 'peers':
        return peers(request, cors);
    }
    if (path === '/healthz' && !config.isGuest)
      return plain(200, 'ok', { ...cors, 'Cache-Control': 'no-store' });
    if (first === '') {
      const wantsPage = path === '/' && /\btext\/html\b/i.test(request.headers.accept ?? '');
      const page = wantsPage ? await files.find('/', encodings) : undefined;
      if (page) return { ...page, headers: { ...page.headers, Vary: 'Accept, Accept-Encoding' } };
      return json(description, { ...cors, Vary: 'Accept, Origin', ETag: descriptionTag });
    }
    return files.find(path, encodings);
  };
}

/** The answer to a path that is nobody's. */
export async function notFound(request: IncomingMessage, config: ServerConfig): Promise<Reply> {
  return plain(404, 'Not Found', await corsHeaders(request, config.cors));
}

/** The answer to who asks too often. */
export async function tooMany(request: IncomingMessage, config: ServerConfig): Promise<Reply> {
  const cors = await corsHeaders(request, config.cors);
  return plain(429, 'Too Many Requests', { ...cors, 'Retry-After': '1', 'Cache-Control': 'no-store' });
}

/**
 * Segments of `path` below `mount`, whose last one is `''` for the mount itself. As in Express, case does not matter and a
 * slash at the end may be there or not. Undefined for a path elsewhere.
 */
function segmentsBelow(mount: string, path: string): string[] | undefined {
  const slashed = path.endsWith('/') ? path : `${path}/`;
  if (!slashed.toLowerCase().startsWith(mount.toLowerCase())) return undefined;
  const below = slashed.slice(mount.length).replace(/\/$/, '').split('/');
  return below.length > 1 && below.includes('') ? undefined : below;
}

const json = (body: string, headers: Record<string, string>): Reply => ({
  status: 200,
  headers: { ...headers, ...dataOnly, 'Content-Type': 'application/json; charset=utf-8' },
  body,
});

const plain = (status: number, body: string, headers: Record<string, string>): Reply => ({
  status,
  headers: { ...headers, ...dataOnly, 'Content-Type': 'text/plain; charset=utf-8' },
  body,
});
