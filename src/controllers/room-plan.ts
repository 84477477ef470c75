// takes an element's room attributes, gives what its session is made from, or the reason why it cannot be.

import type {
  CredentialIssuer,
  ErrorCode,
  IdentityMode,
  Requirement,
  Result,
  SessionConfig,
} from '../core.ts';
import { defaultServer } from './default-server.ts';
import { pageSecret } from './page-secret.ts';

/** The attributes and properties by which an element names its room. */
export interface RoomAttributes {
  readonly room: string;
  readonly server: string;
  readonly displayName: string;
  readonly identity: IdentityMode;
  /** Empty: nothing beyond encryption. */
  readonly require: '' | NonNullable<Requirement>;
  readonly credential: string | undefined;
  readonly credentialIssuers: readonly CredentialIssuer[];
  readonly relayOnly: boolean;
  readonly roomSecret: Uint8Array | undefined;
  readonly iceServers: readonly RTCIceServer[] | undefined;
}

export interface RoomPlan {
  /** Equal for elements that belong together. */
  readonly key: string;
  /** Changes when a session made before no longer does what the attributes say. */
  readonly details: string;
  readonly config: SessionConfig;
}

const secretBytes = 32;
const requirements: ReadonlySet<string> = new Set(['', 'link', 'verified', 'credential']);
const identities: readonly IdentityMode[] = ['room', 'persistent', 'ephemeral'];

/** `guest`: the name of someone who gives none. */
export function planRoom(
  attributes: RoomAttributes,
  page: Document,
  guest: string,
): Result<RoomPlan, ErrorCode> {
  const { room, relayOnly, require, credential, credentialIssuers } = attributes;
  if (room === '') return { ok: false, reason: 'no-room' };
  // A rule that is misspelt must not count as none.
  if (!requirements.has(require)) return { ok: false, reason: 'policy' };
  const secret = secretOf(attributes, page);
  if (!secret.ok) return secret;
  const servers = serversOf(attributes.server, page);
  if (servers.length === 0) return { ok: false, reason: 'no-server' };
  const iceServers = attributes.iceServers ?? [];
  const identity = identities.find((mode) => mode === attributes.identity) ?? 'room';
  const config: SessionConfig = {
    room,
    secret: secret.value ?? undefined,
    servers,
    displayName: attributes.displayName === '' ? guest : attributes.displayName,
    guestName: guest,
    identity,
    iceServers,
    relayOnly,
    ...(require !== '' && { require }),
    credential,
    issuers: credentialIssuers,
    transport: undefined,
  };
  // What an element asks of people holds for it whatever others on the page ask for.
  const rules = [require, credential ?? '', credentialIssuers.map(({ iss, key: bytes }) => [iss, ...bytes])];
  const key = JSON.stringify([servers, room, [...(secret.value ?? [])], rules]);
  return { ok: true, value: { key, details: JSON.stringify([identity, relayOnly, iceServers]), config } };
}

function secretOf({ roomSecret }: RoomAttributes, page: Document): Result<Uint8Array | null, ErrorCode> {
  if (roomSecret === undefined) return pageSecret(page);
  return roomSecret.length === secretBytes
    ? { ok: true, value: roomSecret }
    : { ok: false, reason: 'invalid-secret' };
}

function serversOf(server: string, page: Document): readonly string[] {
  const named = server.split(/[\s,]+/).filter((url) => url !== '');
  const wanted = named.length > 0 ? named : [defaultServer(page) ?? ''];
  return wanted.flatMap((url) => {
    if (url === '' || !URL.canParse(url, page.baseURI)) return [];
    const { href, protocol } = new URL(url, page.baseURI);
    return protocol === 'https:' || protocol === 'http:' ? [href] : [];
  });
}
