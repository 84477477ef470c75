// takes HTTP requests, gives the PeerJS routes, the health check and the files.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Auth, bearerOf } from './auth.ts';
import type { Commons } from './cluster/commons.ts';
import type { ServerConfig } from './config.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { dataOnly } from './headers.ts';
import { iceAnswer } from './ice.ts';
import type { Mailbox } from './mailbox.ts';
import type { Metrics } from './metrics.ts';
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
  readonly mailbox: Mailbox;
  readonly metrics: Metrics;
  /** Undefined where there is only one instance. */
  readonly commons: Commons | undefined;
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
  mailbox,
  metrics,
  commons,
  auth,
}: RouteOptions): (request: IncomingMessage) => Promise<Reply | undefined> {
  const files = new StaticFiles(config.staticDirs);

  /** The ids of everybody; where admission is asked for, of those in the asker's own room. */
  async function peers(request: IncomingMessage, cors: Record<string, string>): Promise<Reply> {
    const verdict = auth && (await auth.verify(bearerOf(request)));
    if (!config.allowDiscovery || verdict?.ok === false) return plain(401, 'Unauthorized', cors);
    const room = verdict?.ok ? verdict.grant.room : undefined;
    return json(JSON.stringify([...realm.ids(room), ...(commons?.ids(room) ?? [])]), cors);
  }

  /** Credentials are for those who may come: by origin, and by token where tokens are asked for. */
  async function ice(request: IncomingMessage, headers: Record<string, string>): Promise<Reply> {
    const { origin } = request.headers;
    if (config.origins && origin !== undefined && !config.origins.has(origin))
      return plain(403, 'Forbidden', headers);
    const verdict = auth && (await auth.verify(bearerOf(request)));
    if (verdict?.ok === false)
      return plain(401, verdict.denial, { ...headers, 'WWW-Authenticate': 'Bearer' });
    return json(JSON.stringify(iceAnswer(config.ice)), headers);
  }

  /** What PeerServer does not have. */
  async function ownRoute(
    path: string,
    request: IncomingMessage,
    headers: Record<string, string>,
  ): Promise<Reply | undefined> {
    switch (path) {
      case '/healthz':
        return plain(200, 'ok', headers);
      case '/v1/ice':
        return ice(request, headers);
      case '/metrics': {
        const text = metrics.text({
          sockets: () => realm.size,
          waitingMessages: () => mailbox.size,
          waitingBytes: () => mailbox.bytes,
        });
        const { status, headers: usual, body } = plain(200, text, { 'Cache-Control': 'no-store' });
        const type = 'text/plain; version=0.0.4; charset=utf-8';
        return {
          status,
          headers: { ...usual, 'Content-Type': type },
          ...(body === undefined ? {} : { body }),
        };
      }
      default:
        return undefined;
    }
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
          body: realm.freeId((place) => commons?.has(place) ?? false),
        };
      case 'peers':
        return peers(request, cors);
    }
    const uncached = { ...cors, 'Cache-Control': 'no-store' };
    const own = config.isGuest ? undefined : await ownRoute(path, request, uncached);
    if (own) return own;
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
