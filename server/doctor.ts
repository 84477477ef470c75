// takes the address of a running server, gives a line for everything that may be wrong with it, and how to mend it.

import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { checkTls } from './doctor-tls.ts';
import { checkIce } from './doctor-ice.ts';
import { absent, bad, type Finding, good } from './finding.ts';

export interface DoctorOptions {
  /** An admission token, where the server asks for one. */
  readonly token?: string | undefined;
  /** The origin of the page that will embed the kit. */
  readonly origin?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Seconds by which two clocks may differ before tokens and TURN credentials suffer. */
const maxSkewS = 30;

/** Looks at one thing after another; what depends on something broken is not looked at. */
export async function* examine(address: string, options: DoctorOptions = {}): AsyncGenerator<Finding> {
  const { token, origin = 'https://page.example', timeoutMs = 5_000 } = options;
  const base = URL.canParse(address) ? new URL(address) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) {
    yield bad(`${address} is no address`, 'write it as https://call.example.org/');
    return;
  }
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const headers = { origin, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const ask = (path: string) =>
    fetch(new URL(path, base), { headers, signal: AbortSignal.timeout(timeoutMs) });

  if (base.protocol === 'https:') {
    const tls = await checkTls(base, timeoutMs);
    yield tls;
    if (tls.verdict === 'bad') return;
  } else if (isLocal(base)) yield good('no TLS, which is fine on this machine');
  else
    yield bad(
      'no TLS',
      'browsers allow cameras on https pages only: put Caddy in front, or use --sslkey and --sslcert',
    );

  let root: Response;
  try {
    root = await ask('');
  } catch (error) {
    yield bad(
      `HTTP does not answer: ${reasonOf(error)}`,
      'is the server running, the name right, the port open in the firewall?',
    );
    return;
  }
  yield* checkRoot(root, origin);
  yield checkClock(root);
  yield await checkId(ask);
  yield await checkSocket(base, token, origin, timeoutMs);
  yield* checkIce(ask, timeoutMs);
  yield await checkUploads(base, headers, timeoutMs);
  yield await checkKit(ask);
}

async function* checkRoot(root: Response, origin: string): AsyncGenerator<Finding> {
  const text = await root.text();
  yield text.includes('PeerJS Server')
    ? good('HTTP answers as a PeerJS server')
    : bad('HTTP answers, but not as a PeerJS server', 'is the path right? It must be the one of --path');
  const allowed = root.headers.get('access-control-allow-origin');
  yield allowed === origin || allowed === '*'
    ? good(`CORS lets pages of ${origin} in`)
    : bad(
        `CORS keeps pages of ${origin} out`,
        `add --cors ${origin}, and --origin ${origin} if --origin is used`,
      );
}

function checkClock(root: Response): Finding {
  const theirs = Date.parse(root.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return absent('no clock to compare: the answer has no Date');
  const skewS = Math.round(Math.abs(theirs - Date.now()) / 1_000);
  return skewS <= maxSkewS
    ? good(`the clocks agree within ${Math.max(1, skewS)} s`)
    : bad(
        `the clocks differ by ${skewS} s`,
        'tokens and TURN credentials depend on it: switch on NTP, here or there',
      );
}

async function checkId(ask: (path: string) => Promise<Response>): Promise<Finding> {
  const answer = await ask('peerjs/id').catch(() => undefined);
  const id = answer?.ok ? await answer.text() : '';
  return /^[\w-]{1,64}$/.test(id)
    ? good('it gives out ids')
    : bad('it gives out no ids', 'the proxy must pass everything below the path on');
}

async function checkSocket(
  base: URL,
  token: string | undefined,
  origin: string,
  timeoutMs: number,
): Promise<Finding> {
  const id = `doctor-${randomBytes(8).toString('hex')}`;
  const url = new URL('peerjs', base);
  url.protocol = base.protocol.replace('http', 'ws');
  url.search = String(
    new URLSearchParams({ key: 'peerjs', id, token: id, ...(token ? { auth: token } : {}) }),
  );
  const socket = new WebSocket(url, { origin, handshakeTimeout: timeoutMs });
  const begunAtMs = performance.now();
  try {
    return await new Promise<Finding>((resolve) => {
      const late = setTimeout(
        () => resolve(bad('the WebSocket is silent', 'does the proxy buffer?')),
        timeoutMs,
      );
      late.unref();
      socket.on('unexpected-response', (_request, response) => resolve(refused(response.statusCode ?? 0)));
      socket.on('error', (error) =>
        resolve(bad(`no WebSocket: ${error.message}`, 'the proxy must pass Upgrade and Connection on')),
      );
      socket.on('message', (data) => {
        const text = String(data);
        if (text === '{"type":"OPEN"}')
          socket.send(JSON.stringify({ type: 'OFFER', dst: id, payload: 'doctor' }));
        else if (text.includes('"OFFER"'))
          resolve(
            good(
              `a message over the WebSocket takes ${Math.round(performance.now() - begunAtMs)} ms there and back`,
            ),
          );
        else
          resolve(
            bad(`the WebSocket is refused: ${text.slice(0, 100)}`, 'is the key peerjs, and is there room?'),
          );
      });
    });
  } finally {
    socket.on('error', () => {}).terminate();
  }
}

function refused(status: number): Finding {
  const mends: Readonly<Record<number, string>> = {
    401: 'give the doctor a token: --token "$(reforms token)"',
    403: 'the origin is not on the list, or the token is for something else: see --origin',
    429: 'this address has too many sockets: behind a proxy the server needs --proxied',
    503: 'the server is about to stop',
  };
  return bad(
    `the WebSocket is refused with ${status}`,
    mends[status] ?? 'the proxy must pass Upgrade and Connection on',
  );
}

async function checkUploads(base: URL, headers: Record<string, string>, timeoutMs: number): Promise<Finding> {
  const request = { method: 'OPTIONS', headers, signal: AbortSignal.timeout(timeoutMs) };
  const answer = await fetch(new URL('/v1/files', base), request).catch(() => undefined);
  const version = answer?.headers.get('tus-version');
  return version
    ? good(`it takes uploads, tus ${version}`)
    : absent('it takes no uploads; files go from browser to browser');
}

async function checkKit(ask: (path: string) => Promise<Response>): Promise<Finding> {
  const answer = await ask('/reforms.js').catch(() => undefined);
  if (!answer?.ok) return absent('it serves no bundle at /reforms.js');
  await answer.body?.cancel();
  return answer.headers.get('cross-origin-resource-policy') === 'cross-origin'
    ? good('it serves the bundle, and other sites may load it')
    : bad(
        'other sites may not load /reforms.js',
        'the proxy must leave Cross-Origin-Resource-Policy as it is',
      );
}

const isLocal = ({ hostname }: URL) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
