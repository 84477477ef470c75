// takes a request and a policy, gives the CORS headers of its answer.

import type { IncomingMessage } from 'node:http';

/** An origin, a pattern or several; true reflects whoever asks; a function is asked each time and answers in the same words. */
export type CorsOrigin =
  | boolean
  | string
  | RegExp
  | readonly (boolean | string | RegExp)[]
  | ((origin: string | undefined, callback: (error: Error | null, allowed?: CorsOrigin) => void) => void);

/** The options of the npm package `cors`, which PeerServer passes on as `corsOptions`. */
export interface CorsOptions {
  readonly origin?: CorsOrigin | undefined;
  readonly methods?: string | readonly string[] | undefined;
  readonly allowedHeaders?: string | readonly string[] | undefined;
  readonly exposedHeaders?: string | readonly string[] | undefined;
  readonly credentials?: boolean | undefined;
  /** Seconds a browser may keep the answer to a preflight. */
  readonly maxAge?: number | undefined;
  readonly optionsSuccessStatus?: number | undefined;
}

const allMethods = 'GET,HEAD,PUT,PATCH,POST,DELETE';

/** For an answer to be read by another origin. A caller without an origin of its own learns nothing from them. */
export async function corsHeaders(
  request: IncomingMessage,
  { origin: policy = true, credentials, exposedHeaders }: CorsOptions,
): Promise<Record<string, string>> {
  const asking = request.headers.origin;
  const allowed = await decide(policy, asking);
  return {
    Vary: 'Origin',
    ...(allowed === undefined ? {} : { 'Access-Control-Allow-Origin': allowed }),
    ...(allowed !== undefined && credentials ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
    ...(exposedHeaders ? { 'Access-Control-Expose-Headers': list(exposedHeaders) } : {}),
  };
}

/** What a preflight is told beside it. */
export function preflightHeaders(
  request: IncomingMessage,
  { methods = allMethods, allowedHeaders, maxAge }: CorsOptions,
): Record<string, string> {
  const asked = allowedHeaders ?? request.headers['access-control-request-headers'];
  return {
    'Vary': 'Origin, Access-Control-Request-Headers',
    'Access-Control-Allow-Methods': list(methods),
    ...(asked === undefined ? {} : { 'Access-Control-Allow-Headers': list(asked) }),
    ...(maxAge === undefined ? {} : { 'Access-Control-Max-Age': String(maxAge) }),
  };
}

const list = (words: string | readonly string[]) => (typeof words === 'string' ? words : words.join(','));

/** The origin to name, or undefined for none. */
async function decide(policy: CorsOrigin, asking: string | undefined): Promise<string | undefined> {
  if (typeof policy === 'function') {
    const answer = await new Promise<CorsOrigin>((resolve, reject) =>
      policy(asking, (error, allowed = false) => (error ? reject(error) : resolve(allowed))),
    );
    return typeof answer === 'function' ? undefined : decide(answer, asking);
  }
  if (policy === '*') return '*';
  // One fixed origin is named to everybody, so that caches may keep the answer.
  if (typeof policy === 'string') return policy;
  if (asking === undefined) return undefined;
  const all = policy instanceof RegExp || typeof policy === 'boolean' ? [policy] : policy;
  return all.some((one) => fits(one, asking)) ? asking : undefined;
}

function fits(one: boolean | string | RegExp, asking: string): boolean {
  if (one instanceof RegExp) return asking.search(one) !== -1;
  return one === true || one === asking;
}
