import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join as joinPath } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { WebSocket } from 'ws';
import type { Address } from '../../server/index.ts';
import { dial, folder, join, startServer } from './support.ts';

const secret = 'a secret of at least thirty-two characters';
const oldSecret = 'an older secret of thirty-two characters, too';

interface Claims extends JWTPayload {
  readonly id?: unknown;
  readonly room?: unknown;
  readonly role?: unknown;
}

/** A token as somebody else's backend would sign it. */
function sign(claims: Claims = {}, { key = secret, expires = '5m' as string | number | null } = {}) {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' });
  return (expires === null ? token : token.setExpirationTime(expires)).sign(new TextEncoder().encode(key));
}

/** The HTTP answer to a socket that is not taken. */
async function refusal(test: TestContext, { url }: Address, query: Record<string, string>) {
  const all = new URLSearchParams({ key: 'peerjs', id: 'a', token: 't', ...query });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/peerjs?${all}`);
  test.after(() => socket.terminate());
  socket.on('error', () => {});
  socket.on('open', () =>
    socket.emit('unexpected-response', undefined, { statusCode: 101, *[Symbol.iterator]() {} }),
  );
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return `${response.statusCode} ${body}`;
}

const started = (test: TestContext, auth: object = {}, options: object = {}) =>
  startServer(test, { auth: { secrets: [secret], ...auth }, ...options });

describe('a server that asks for admission', () => {
  it('takes a signed token as the token of PeerJS, and as auth in the query', async (test) => {
    const address = await started(test);
    await join(test, address, 'a', { token: await sign() });
    await join(test, address, 'b', { query: { auth: await sign() } });
    await join(test, address, 'c', { token: `mine~${await sign()}` });
  });

  for (const [what, query, answer] of [
    ['nothing', () => ({}), '401 malformed'],
    ['a stock token', () => ({ token: 'k3j4h5' }), '401 malformed'],
    [
      'a token of another secret',
      async () => ({ auth: await sign({}, { key: oldSecret }) }),
      '401 signature',
    ],
    ['one that has expired', async () => ({ auth: await sign({}, { expires: 1_000 }) }), '401 expired'],
    ['one that never expires', async () => ({ auth: await sign({}, { expires: null }) }), '401 claims'],
    ['one for later', async () => ({ auth: await sign({ nbf: 9_999_999_999 }) }), '401 not-yet-valid'],
    ['one for another server', async () => ({ auth: await sign({ aud: 'other' }) }), '401 audience'],
    ['one for another id', async () => ({ auth: await sign({ id: 'b' }) }), '403 other-id'],
    ['one for another room', async () => ({ auth: await sign({ room: 'x' }), room: 'y' }), '403 other-room'],
    ['one for no room', async () => ({ auth: await sign(), room: 'y' }), '403 other-room'],
    ['an id that is no text', async () => ({ auth: await sign({ id: 7 }) }), '401 claims'],
    ['a room of two lines', async () => ({ auth: await sign({ room: 'a\nb' }) }), '401 claims'],
    [
      'a token without a signature',
      () => ({ auth: new UnsecuredJWT({}).setExpirationTime('5m').encode() }),
      '401 unknown-key',
    ],
    ['three dots', () => ({ auth: '...' }), '401 malformed'],
    ['a token that is far too long', () => ({ auth: 'x'.repeat(9_000) }), '401 malformed'],
  ] as const)
    it(`tells ${what} what is wrong, before the socket is accepted`, async (test) =>
      assert.equal(await refusal(test, await started(test), await query()), answer));

  it('does not take a token whose payload was changed', async (test) => {
    const [head, , tail] = (await sign({ id: 'b' })).split('.');
    const payload = Buffer.from(JSON.stringify({ id: 'a', exp: 9_999_999_999 })).toString('base64url');
    assert.equal(
      await refusal(test, await started(test), { auth: `${head}.${payload}.${tail}` }),
      '401 signature',
    );
  });

  it('lets one secret replace another', async (test) => {
    const address = await started(test, { secrets: [secret, oldSecret] });
    await join(test, address, 'a', { token: await sign({}, { key: oldSecret }) });
    await join(test, address, 'b', { token: await sign() });
  });

  it('wants the audience that was configured', async (test) => {
    const address = await started(test, { audience: 'https://call.example' });
    await join(test, address, 'a', { token: await sign({ aud: ['other', 'https://call.example'] }) });
    for (const aud of ['reforms', undefined])
      assert.equal(
        await refusal(test, address, { auth: await sign({ ...(aud ? { aud } : {}) }) }),
        '401 audience',
      );
  });

  it('wants the role that was configured', async (test) => {
    const address = await started(test, { roles: ['teacher', 'student'] });
    await join(test, address, 'a', { token: await sign({ role: 'student' }) });
    for (const claims of [{ role: 'guest' }, {}, { role: ['teacher'] }])
      assert.match(await refusal(test, address, { auth: await sign(claims) }), /^40[13] (role|claims)$/);
  });

  it('keeps rooms apart: nobody is there for another room, and ids may be the same', async (test) => {
    const address = await started(test, {}, { expireTimeoutMs: 50 });
    const [red, blue] = [await sign({ room: 'red' }), await sign({ room: 'blue' })];
    const redA = await join(test, address, 'a', { token: `1~${red}` });
    const redB = await join(test, address, 'b', { token: `2~${red}` });
    const blueA = await join(test, address, 'a', { token: `3~${blue}` });
    redB.send({ type: 'OFFER', dst: 'a', payload: 'red' });
    assert.deepEqual(await redA.next(), { type: 'OFFER', src: 'b', dst: 'a', payload: 'red' });
    blueA.send({ type: 'OFFER', dst: 'b', payload: 'blue' });
    assert.deepEqual(await blueA.next(), { type: 'EXPIRE', src: 'b', dst: 'a' });
    for (const peer of [redA, redB, blueA]) assert.deepEqual(peer.unread, []);
  });

  it('delivers what waits for an id to the one in the same room only', async (test) => {
    const address = await started(test);
    const [red, blue] = [await sign({ room: 'red' }), await sign({ room: 'blue' })];
    const sender = await join(test, address, 'a', { token: red });
    sender.send({ type: 'OFFER', dst: 'b', payload: 'red' });
    await sender.settled();
    const stranger = await join(test, address, 'b', { token: blue });
    await stranger.settled();
    assert.deepEqual(stranger.unread, []);
    const friend = await join(test, address, 'b', { token: red });
    assert.deepEqual(await friend.next(), { type: 'OFFER', src: 'a', dst: 'b', payload: 'red' });
  });

  it('gives an id back to the same token, and to a new token that is for this very id', async (test) => {
    const address = await started(test);
    const token = await sign();
    const first = await join(test, address, 'a', { token });
    await join(test, address, 'a', { token });
    assert.equal(await first.closed, 1005);
    const renewed = await join(test, address, 'a', { token: await sign({ id: 'a' }) });
    await join(test, address, 'a', { token: await sign({ id: 'a', jti: 'next' }) });
    assert.equal(await renewed.closed, 1005);
  });

  it('does not give an id to another bearer of the same token who has a secret of their own', async (test) => {
    const address = await started(test);
    const shared = await sign({ room: 'red' });
    const holder = await join(test, address, 'door', { token: `one~${shared}` });
    const other = dial(test, address, 'door', { token: `two~${shared}` });
    assert.deepEqual(await other.next(), { type: 'ID-TAKEN', payload: { msg: 'ID is taken' } });
    await join(test, address, 'door', { token: `one~${await sign({ room: 'red', jti: 'renewed' })}` });
    assert.equal(await holder.closed, 1005);
  });

  it('lists peers to those who are admitted, and only those of their room', async (test) => {
    const address = await started(test, {}, { allowDiscovery: true });
    const [red, blue] = [await sign({ room: 'red' }), await sign({ room: 'blue' })];
    await join(test, address, 'a', { token: red });
    await join(test, address, 'b', { token: blue });
    const list = async (headers: Record<string, string>, query = '') =>
      (await fetch(`${address.url}/peerjs/peers${query}`, { headers })).text();
    assert.equal(await list({}), 'Unauthorized');
    assert.equal(await list({ authorization: `Bearer ${red}` }), '["a"]');
    assert.equal(await list({}, `?auth=${blue}`), '["b"]');
    assert.equal(await list({ authorization: `Bearer ${await sign()}` }), '[]');
  });

  it('says no to one who hangs up while it looks, and lives on', async (test) => {
    const address = await started(test);
    for (let n = 0; n < 20; n++) dial(test, address, 'a', { token: await sign() }).socket.terminate();
    await join(test, address, 'b', { token: await sign() });
  });

  for (const [auth, message] of [
    [{ secrets: ['short'] }, /must have at least 32 characters/],
    [{ secrets: [] }, /auth needs secrets or a jwks/],
    [{ secrets: [], jwks: 'http://example.com/jwks' }, /must be a file or an https address/],
    [{ secrets: [], jwks: '/nowhere/jwks.json' }, /auth_jwks: ENOENT/],
  ] as const)
    it(`does not start with ${JSON.stringify(auth)}`, async (test) =>
      assert.rejects(started(test, auth), { code: 'bad-option', message }));
});

describe('a server that follows a key set', () => {
  interface Signer {
    readonly jwk: JWK;
    readonly privateJwk: JWK;
    readonly sign: (claims?: Claims) => Promise<string>;
  }

  async function signer(alg: string, kid?: string): Promise<Signer> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const named = kid === undefined ? {} : { kid };
    return {
      jwk: { ...(await exportJWK(publicKey)), ...named },
      privateJwk: { ...(await exportJWK(privateKey)), ...named },
      sign: (claims = {}) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg, ...named })
          .setExpirationTime('5m')
          .sign(privateKey),
    };
  }

  async function keySet(test: TestContext, ...signers: Signer[]) {
    const file = joinPath(await folder(test), 'jwks.json');
    const publish = (...published: Signer[]) =>
      writeFile(file, JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
    await publish(...signers);
    return { file, publish };
  }

  for (const alg of ['EdDSA', 'ES256', 'RS256'])
    it(`takes ${alg}, with a key id and without`, async (test) => {
      const [named, nameless] = [await signer(alg, 'k1'), await signer(alg)];
      const { file } = await keySet(test, named, nameless);
      const address = await startServer(test, { auth: { jwks: file } });
      await join(test, address, 'a', { token: await named.sign() });
      await join(test, address, 'b', { token: await nameless.sign() });
    });

  it('changes its keys without a restart: a new one is good at once, one that was taken out is not', async (test) => {
    const [old, fresh] = [await signer('ES256', 'old'), await signer('ES256', 'new')];
    const { file, publish } = await keySet(test, old);
    const address = await startServer(test, { auth: { jwks: file } });
    await join(test, address, 'a', { token: await old.sign() });
    assert.equal(await refusal(test, address, { auth: await fresh.sign() }), '401 unknown-key');
    await publish(old, fresh);
    await join(test, address, 'b', { token: await fresh.sign() });
    await publish(fresh);
    assert.equal(await refusal(test, address, { auth: await old.sign() }), '401 unknown-key');
  });

  it('never takes a public key for a secret', async (test) => {
    const real = await signer('RS256', 'k1');
    const { file } = await keySet(test, real);
    const address = await startServer(test, { auth: { jwks: file } });
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(JSON.stringify(real.jwk)));
    assert.equal(await refusal(test, address, { auth: forged }), '401 unknown-key');
  });

  it('does not take a key for an algorithm it was not made for', async (test) => {
    const real = await signer('EdDSA', 'k1');
    const other = await signer('ES256', 'k1');
    const { file } = await keySet(test, real);
    const address = await startServer(test, { auth: { jwks: file } });
    assert.equal(await refusal(test, address, { auth: await other.sign() }), '401 unknown-key');
  });

  it('refuses a set that gives private keys away', async (test) => {
    const { privateJwk } = await signer('ES256', 'k1');
    const file = joinPath(await folder(test), 'jwks.json');
    await writeFile(file, JSON.stringify({ keys: [privateJwk] }));
    await assert.rejects(startServer(test, { auth: { jwks: file } }), { message: /holds private keys/ });
  });

  it('asks an address, and lives on with what it knows when the address fails', async (test) => {
    const real = await signer('EdDSA', 'k1');
    let isUp = true;
    const publisher = createServer((_request, response) => {
      response.statusCode = isUp ? 200 : 503;
      response.end(JSON.stringify({ keys: [real.jwk] }));
    });
    publisher.listen(0, '127.0.0.1');
    await once(publisher, 'listening');
    test.after(() => publisher.close().closeAllConnections());
    const { port } = publisher.address() as AddressInfo;
    const errors: Error[] = [];
    const address = await startServer(test, {
      auth: { jwks: `http://127.0.0.1:${port}/jwks` },
      onError: (error) => errors.push(error),
    });
    await join(test, address, 'a', { token: await real.sign() });
    isUp = false;
    await join(test, address, 'b', { token: await real.sign() });
    assert.deepEqual(errors, []);
  });

  it('starts without its address, admits nobody, and says so', async (test) => {
    const real = await signer('EdDSA', 'k1');
    const errors: Error[] = [];
    const address = await startServer(test, {
      auth: { jwks: 'http://127.0.0.1:1/jwks' },
      onError: (error) => errors.push(error),
    });
    assert.equal(await refusal(test, address, { auth: await real.sign() }), '401 unknown-key');
    assert.match(errors[0]?.message ?? '', /^auth_jwks: /);
  });
});

describe('reforms token', () => {
  const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
  const mint = async (...args: string[]) => {
    const all = ['--import', 'tsx', cli, 'token', ...args];
    return (await promisify(execFile)(process.execPath, all)).stdout.trim();
  };

  it('signs what a server takes, by secret and by key', async (test) => {
    const address = await started(test, { roles: ['teacher'] });
    const token = await mint('--auth_secret', secret, '--id', 'a', '--role', 'teacher', '--expires', '5m');
    await join(test, address, 'a', { token });
    assert.equal(await refusal(test, address, { id: 'b', auth: token }), '403 other-id');

    const dir = await folder(test);
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const [keyFile, setFile] = [joinPath(dir, 'key.json'), joinPath(dir, 'jwks.json')];
    await writeFile(keyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'k1' }));
    await writeFile(setFile, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] }));
    const other = await startServer(test, { auth: { jwks: setFile } });
    await join(test, other, 'a', { token: await mint('--auth_key', keyFile) });
  });

  it('refuses keys that cannot sign', async (test) => {
    await assert.rejects(mint('--auth_secret', 'short'), /at least 32 characters/);
    const file = joinPath(await folder(test), 'key.json');
    await assert.rejects(mint('--auth_key', file), /no JWK that can be read/);
    const { publicKey } = await generateKeyPair('ES256');
    await writeFile(file, JSON.stringify(await exportJWK(publicKey)));
    await assert.rejects(mint('--auth_key', file), /must hold a private JWK/);
  });
});
