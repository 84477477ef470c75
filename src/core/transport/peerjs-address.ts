// takes a server's base URL, gives the parts PeerJS wants to have.

export interface PeerjsAddress {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secure: boolean;
  readonly key: string;
}

/**
 * `https://host:port/path?key=K`, or relative to `base`. The key is `peerjs` unless the URL says otherwise. Undefined when
 * it is no URL of a web server.
 */
export function parseAddress(server: string, base: string): PeerjsAddress | undefined {
  const url = URL.canParse(server, base) ? new URL(server, base) : undefined;
  const secure = url?.protocol === 'https:' || url?.protocol === 'wss:';
  if (url === undefined || !(secure || url.protocol === 'http:' || url.protocol === 'ws:')) return undefined;
  return {
    host: url.hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname,
    secure,
    // PeerJS puts the key into a query as it is.
    key: encodeURIComponent(url.searchParams.get('key') ?? 'peerjs'),
  };
}
