// takes a STUN or TURN address and credentials, gives whether that server answers and lets somebody in.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What came of it: `relayed` is the address TURN gave us, `reason` why there is none. */
export type StunOutcome =
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly reason: string };

export interface StunCredentials {
  readonly username: string;
  readonly credential: string;
}

/** `turn:host:3478?transport=tcp` in its parts (RFC 7065, 3.1). */
interface Target {
  readonly isTurn: boolean;
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
}

const magicCookie = 0x2112a442;
/** RFC 8489, 5 and 14; RFC 8656, 18. */
const binding = 0x0001;
const allocate = 0x0003;
const success = 0x0100;
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  requestedTransport: 0x0019,
  mappedAddress: 0x0020,
} as const;

/** Asks a STUN server for our own address, a TURN server for a relayed one, which is let go again by silence. */
export async function probe(
  url: string,
  credentials: StunCredentials | undefined,
  timeoutMs = 5_000,
): Promise<StunOutcome> {
  const target = read(url);
  if (!target) return { ok: false, reason: 'is no STUN or TURN address' };
  const link = await open(target, timeoutMs);
  if (typeof link === 'string') return { ok: false, reason: link };
  try {
    if (!target.isTurn) return outcome(await link.ask(message(binding, [])), attribute.mappedAddress);
    // "UDP" is the protocol between the TURN server and the other side; that is the only one browsers ask for.
    const asking: Attribute = [attribute.requestedTransport, Buffer.from([17, 0, 0, 0])];
    const challenge = await link.ask(message(allocate, [asking]));
    if (!challenge) return { ok: false, reason: 'does not answer' };
    const realm = challenge.attributes.get(attribute.realm);
    const nonce = challenge.attributes.get(attribute.nonce);
    if (!realm || !nonce || !credentials) return outcome(challenge, attribute.relayedAddress);
    const identity: Attribute[] = [
      asking,
      [attribute.username, Buffer.from(credentials.username)],
      [attribute.realm, realm],
      [attribute.nonce, nonce],
    ];
    // The long-term key of RFC 8489, 9.2.2.
    const key = createHash('md5')
      .update(`${credentials.username}:${realm.toString()}:${credentials.credential}`)
      .digest();
    return outcome(await link.ask(message(allocate, identity, key)), attribute.relayedAddress);
  } finally {
    link.close();
  }
}

function read(url: string): Target | undefined {
  const parts = /^(stun|turn)(s?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url);
  if (!parts) return undefined;
  const [, scheme = '', secure, host = '', port, transport] = parts;
  return {
    isTurn: scheme.toLowerCase() === 'turn',
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? (secure ? 5349 : 3478)),
    transport: secure ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  };
}

type Attribute = readonly [number, Buffer];

interface Answer {
  readonly type: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

function message(type: number, attributes: readonly Attribute[], key?: Buffer): Buffer {
  const body = Buffer.concat(
    attributes.map(([kind, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE(kind, 0);
      head.writeUInt16BE(value.length, 2);
      return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    }),
  );
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  // The length already counts the integrity that is computed over it (RFC 8489, 14.5).
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  head.writeUInt32BE(magicCookie, 4);
  const text = Buffer.concat([head, randomBytes(12), body]);
  if (!key) return text;
  const integrity = Buffer.from([attribute.integrity >> 8, attribute.integrity & 255, 0, 20]);
  return Buffer.concat([text, integrity, createHmac('sha1', key).update(text).digest()]);
}

function parse(bytes: Buffer): Answer | undefined {
  if (bytes.length < 20 || bytes.readUInt32BE(4) !== magicCookie) return undefined;
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { type: bytes.readUInt16BE(0), attributes };
}

function outcome(answer: Answer | undefined, wanted: number): StunOutcome {
  if (!answer) return { ok: false, reason: 'does not answer' };
  const address = answer.attributes.get(wanted);
  if ((answer.type & success) !== 0 && (answer.type & 0x0010) === 0 && address)
    return { ok: true, address: unmask(address) };
  const error = answer.attributes.get(attribute.errorCode);
  if (!error || error.length < 4) return { ok: false, reason: 'gives an answer that makes no sense' };
  const code = (error[2] ?? 0) * 100 + (error[3] ?? 0);
  return {
    ok: false,
    reason: `says ${code} ${error
      .subarray(4)
      .toString()
      .replace(/[^\x20-\x7e]/g, '')}`,
  };
}

/** An XOR-ADDRESS of IPv4; of IPv6 only that it is one (RFC 8489, 14.2). */
function unmask(value: Buffer): string {
  const port = value.readUInt16BE(2) ^ (magicCookie >>> 16);
  if (value[1] !== 1) return `[IPv6]:${port}`;
  const bits = (value.readUInt32BE(4) ^ magicCookie) >>> 0;
  return `${[24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')}:${port}`;
}

interface Link {
  /** Sends a request until it is answered, three times at most. */
  ask(request: Buffer): Promise<Answer | undefined>;
  close(): void;
}

async function open(target: Target, timeoutMs: number): Promise<Link | string> {
  return target.transport === 'udp' ? openUdp(target, timeoutMs) : openTcp(target, timeoutMs);
}

function openUdp({ host, port }: Target, timeoutMs: number): Link {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('error', () => {});
  return {
    ask: (request) =>
      new Promise((resolve) => {
        const again = setInterval(() => socket.send(request, port, host, () => {}), timeoutMs / 4);
        const give = (answer: Answer | undefined) => {
          clearInterval(again);
          clearTimeout(late);
          socket.removeAllListeners('message');
          resolve(answer);
        };
        const late = setTimeout(() => give(undefined), timeoutMs);
        socket.on('message', (bytes) => {
          if (bytes.subarray(8, 20).equals(request.subarray(8, 20))) give(parse(bytes));
        });
        socket.send(request, port, host, (error) => error && give(undefined));
      }),
    close: () => socket.close(),
  };
}

async function openTcp({ host, port, transport }: Target, timeoutMs: number): Promise<Link | string> {
  const socket: Socket =
    transport === 'tls' ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
  const failure = await new Promise<string | undefined>((resolve) => {
    socket.setTimeout(timeoutMs, () => resolve('does not answer'));
    socket.once('error', (error) =>
      resolve(`cannot be reached (${'code' in error ? String(error.code) : error.message})`),
    );
    socket.once(transport === 'tls' ? 'secureConnect' : 'connect', () => resolve(undefined));
  });
  if (failure !== undefined) {
    socket.destroy();
    return failure;
  }
  let received = Buffer.alloc(0);
  return {
    ask: (request) =>
      new Promise((resolve) => {
        socket.once('timeout', () => resolve(undefined)).once('close', () => resolve(undefined));
        socket.on('data', (bytes) => {
          received = Buffer.concat([received, bytes]);
          const length = received.length < 20 ? Number.POSITIVE_INFINITY : 20 + received.readUInt16BE(2);
          if (received.length < length) return;
          const answer = parse(received.subarray(0, length));
          received = received.subarray(length);
          socket.removeAllListeners('data');
          resolve(answer);
        });
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
