// takes the way to ask a server, gives whether its STUN and TURN servers can be used.

import { absent, bad, type Finding, good } from './finding.ts';
import { probe } from './stun.ts';

interface Offered {
  readonly urls: readonly string[];
  readonly username: string | undefined;
  readonly credential: string | undefined;
}

/** Asks for credentials and tries each server with them. */
export async function* checkIce(
  ask: (path: string) => Promise<Response>,
  timeoutMs: number,
): AsyncGenerator<Finding> {
  const answer = await ask('/v1/ice').catch(() => undefined);
  const body: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  if (answer?.status === 401) {
    yield bad('/v1/ice asks for a token', 'give the doctor one: --token "$(reforms token)"');
    return;
  }
  const servers = iceServersOf(body);
  if (!servers) {
    yield absent('no /v1/ice: an older server, or a PeerServer');
    return;
  }
  if (!servers.some(({ urls }) => urls.some((url) => url.startsWith('turn'))))
    yield bad(
      'no TURN server',
      'about one call in ten needs one: run coturn, then --turn_url and --turn_secret',
    );
  for (const { urls, username, credential } of servers)
    for (const url of urls) {
      const credentials = username && credential ? { username, credential } : undefined;
      const result = await probe(url, credentials, timeoutMs);
      yield result.ok
        ? good(`${url} ${url.startsWith('turn') ? 'relays from' : 'sees us as'} ${result.address}`)
        : bad(`${url} ${result.reason}`, mendTurn(result.reason));
    }
}

function mendTurn(reason: string): string {
  if (reason.startsWith('says 401'))
    return 'the turn_secret must be coturn’s static-auth-secret, and the clocks must agree';
  if (reason.startsWith('says 4')) return 'coturn needs use-auth-secret and a realm';
  return 'is coturn running there, and is the port open for UDP and TCP in the firewall?';
}

function iceServersOf(body: unknown): readonly Offered[] | undefined {
  if (typeof body !== 'object' || body === null || !('iceServers' in body)) return undefined;
  const servers: unknown = body.iceServers;
  if (!Array.isArray(servers)) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return servers.flatMap((server: unknown) => {
    if (typeof server !== 'object' || server === null || !('urls' in server)) return [];
    const urls = [server.urls].flat().filter((url) => typeof url === 'string');
    return {
      urls,
      username: 'username' in server ? text(server.username) : undefined,
      credential: 'credential' in server ? text(server.credential) : undefined,
    };
  });
}
