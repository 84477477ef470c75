// takes nothing, gives the shape of what a server may be told.

import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer, ServerOptions as TlsOptions } from 'node:https';
import type { CorsOptions } from './cors.ts';
import type { IceOptions } from './ice.ts';
import type { Limits } from './limits.ts';
import type { TlsFiles } from './tls-files.ts';

/** Who may register. One of `secrets` and `jwks` at least. */
export interface AdmissionOptions {
  /** Secrets of HS256 tokens, of 32 bytes at least; several, so that a new one can replace an old one. */
  readonly secrets?: readonly string[] | undefined;
  /** File or https address of a JWKS with public keys for EdDSA, ES256 or RS256; keys may come and go. */
  readonly jwks?: string | undefined;
  /** Who the tokens must be for (`aud`). Default: those that name nobody, or `reforms`. */
  readonly audience?: string | undefined;
  /** Values of `role` that are let in. Default: all, and tokens without one. */
  readonly roles?: readonly string[] | undefined;
}

/** Everything is optional. Names follow PeerServer's, in camelCase and with units. */
export interface ServerOptions {
  /** Where to listen. Default: 9000, or the next free port. A port given here is taken or refused, never replaced; 0 is any. */
  readonly port?: number | undefined;
  /** Address to bind. Default: every interface, as PeerServer does. */
  readonly host?: string | undefined;
  /** Key that clients must name. Default `peerjs`. */
  readonly key?: string | undefined;
  /** Where the PeerJS routes live, with or without slashes around it. Default `/`. */
  readonly path?: string | undefined;
  /** How long a message waits for an absent id. Default 5000. */
  readonly expireTimeoutMs?: number | undefined;
  /** A socket that shows no sign of life for this long is gone, whatever the pings say. Default 60 000. */
  readonly aliveTimeoutMs?: number | undefined;
  /** A silent socket is pinged after this long. Default 10 000, or a third of `aliveTimeoutMs`. */
  readonly pingIntervalMs?: number | undefined;
  /** A pinged socket that stays silent this long is gone. Default: `pingIntervalMs`. */
  readonly pongTimeoutMs?: number | undefined;
  /** Most ids registered at once. Default 5000. */
  readonly concurrentLimit?: number | undefined;
  /** Whether `GET /:key/peers` lists everybody. Default false. */
  readonly allowDiscovery?: boolean | undefined;
  /** How many reverse proxies stand in front and may be believed about who called; true is one. Default: none. */
  readonly proxied?: boolean | number | undefined;
  /** Origins that may call the HTTP routes, or true (or `*` among them) for all. Default true. */
  readonly corsOrigins?: readonly string[] | true | undefined;
  /** Everything else about CORS, as the npm package `cors` takes it; its `origin` then stands for `corsOrigins`. */
  readonly cors?: CorsOptions | undefined;
  /** Origins whose pages may open sockets and call the HTTP routes, and no others. Default: every origin. */
  readonly origins?: readonly string[] | undefined;
  /** Whose signed tokens are asked for before a socket is taken. Default: nobody's, everybody may come. */
  readonly auth?: AdmissionOptions | undefined;
  /** STUN and TURN servers that `GET /v1/ice` gives out. Default: none. */
  readonly ice?: IceOptions | undefined;
  /** Address of a Redis that makes all instances with it one server: `redis://127.0.0.1:6379`. Default: alone. */
  readonly redis?: string | undefined;
  /** Key and certificate, or any other option of node's https, to serve TLS. */
  readonly tls?: TlsOptions | undefined;
  /** Files of key and certificate, taken over again whenever they change. */
  readonly tlsFiles?: TlsFiles | undefined;
  /** A server that listens elsewhere, to attach to; then `port`, `host` and `tls` are not ours. `close()` leaves it open. */
  readonly server?: HttpServer | HttpsServer | undefined;
  /** Folder of the kit's bundle, served at `/`. Default: none. */
  readonly kitDir?: string | undefined;
  /** Folder of pages, `index.html` first, served at `/`. Default: none. */
  readonly demoDir?: string | undefined;
  /** Makes the ids of `GET /:key/id`; asked again while the id is in use. Default: a random UUID. */
  readonly generateClientId?: (() => string) | undefined;
  /** Whether it lives in somebody else's app, and leaves alone `/healthz` and whatever else is not PeerJS's. Default false. */
  readonly isGuest?: boolean | undefined;
  /** Told what happens, a line each, ids hashed under a key that nobody has. Default: silence. */
  readonly onEvent?: ((line: string) => void) | undefined;
  /** Told of faults of the server itself. Never of people. Default: silence. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Bounds that differ from `defaultLimits`. */
  readonly limits?: Partial<Limits> | undefined;
}
