import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { iceAnswer } from '../../server/ice.ts';
import { startServer } from './support.ts';

const secret = 'a secret of at least thirty-two characters';
const ice = {
  stunUrls: ['stun:turn.example:3478'],
  turnUrls: ['turn:turn.example:3478', 'turns:turn.example:5349?transport=tcp'],
  turnSecret: 'north',
  turnTtlS: 600,
};

describe('the ICE servers', () => {
  it('come with credentials that coturn checks: an end, noise, and the HMAC of both', () => {
    const { iceServers, ttlSeconds } = iceAnswer(ice, 1_700_000_000_500);
    const [stun, turn] = iceServers;
    assert.equal(ttlSeconds, 600);
    assert.deepEqual(stun, { urls: ice.stunUrls });
    assert.deepEqual(turn?.urls, ice.turnUrls);
    assert.match(turn?.username ?? '', /^1700000600:[0-9a-f]{16}$/);
    const expected = createHmac('sha1', 'north')
      .update(turn?.username ?? '')
      .digest('base64');
    assert.equal(turn?.credential, expected);
    assert.notEqual(iceAnswer(ice).iceServers[1]?.username, iceAnswer(ice).iceServers[1]?.username);
  });

  it('are given to whoever may connect, never cached', async (test) => {
    const { url } = await startServer(test, { ice });
    const response = await fetch(`${url}/v1/ice`, { headers: { origin: 'https://a.example' } });
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://a.example');
    const { iceServers, ttlSeconds } = await response.json();
    assert.equal(ttlSeconds, 600);
    const inMs = Number(iceServers[1].username.split(':')[0]) * 1_000 - Date.now();
    assert.ok(inMs > 590_000 && inMs <= 600_000);
  });

  it('are none where none are configured', async (test) => {
    const { url } = await startServer(test);
    assert.deepEqual(await (await fetch(`${url}/v1/ice`)).json(), { iceServers: [], ttlSeconds: 3_600 });
  });

  it('are kept from pages of other origins, and from those without a token where one is needed', async (test) => {
    const { url } = await startServer(test, {
      ice,
      origins: ['https://a.example'],
      auth: { secrets: [secret] },
    });
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(secret));
    const ask = async (headers: Record<string, string>, query = '') => {
      const response = await fetch(`${url}/v1/ice${query}`, { headers });
      return `${response.status} ${(await response.text()).slice(0, 12)}`;
    };
    assert.equal(
      await ask({ origin: 'https://b.example', authorization: `Bearer ${token}` }),
      '403 Forbidden',
    );
    assert.equal(await ask({ origin: 'https://a.example' }), '401 missing');
    assert.equal(await ask({ authorization: 'Bearer nonsense' }), '401 malformed');
    assert.equal(
      await ask({ origin: 'https://a.example', authorization: `bearer ${token}` }),
      '200 {"iceServers',
    );
    assert.equal(await ask({}, `?auth=${token}`), '200 {"iceServers');
  });

  for (const [options, message] of [
    [{ turnUrls: ['turn.example'], turnSecret: 's' }, /turn\.example is no TURN address/],
    [{ turnUrls: ['turn:user@turn.example'], turnSecret: 's' }, /is no TURN address/],
    [{ stunUrls: ['https://turn.example'] }, /is no STUN address/],
    [{ turnUrls: ['turn:turn.example'] }, /needs the turn_secret/],
    [{ turnSecret: 's' }, /for nothing without a turn_url/],
    [{ ...ice, turnTtlS: 59 }, /turn_ttl must be/],
  ] as const)
    it(`are refused as ${JSON.stringify(options)}`, async (test) =>
      assert.rejects(startServer(test, { ice: options }), { code: 'bad-option', message }));
});
