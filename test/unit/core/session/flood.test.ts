import { expect } from 'chai';
import { createInitiator } from '../../../../src/core/crypto/handshake.ts';
import { identityOf, newIdentityRecord } from '../../../../src/core/crypto/identity-key.ts';
import { roomKeys } from '../../../../src/core/crypto/kdf.ts';
import { loadSodium } from '../../../../src/core/crypto/sodium.ts';
import type { Sodium } from '../../../../src/core/crypto/sodium.ts';
import { OFFERS_PER_SECOND } from '../../../../src/core/crypto/offer-limit.ts';
import type { Hello } from '../../../../src/core/brand.ts';
import { createFakeDevices } from '../../../../src/core/media/fake-devices.ts';
import { openConnection } from '../../../../src/core/session/connection.ts';
import { createSessionWith } from '../../../../src/core/session/session.ts';
import { doorIdOf, newConnectionId, newToken } from '../../../../src/core/transport/id.ts';
import { createLoopback } from '../../../../src/core/transport/loopback.ts';
import type { ServerSession } from '../../../../src/core/transport/port.ts';
import { createTestSession } from '../../../../src/testing.ts';
import { ALICE_SDP } from '../../../support/crypto.ts';
import { secret } from '../../../support/session-room.ts';
import { nextFact, until } from '../../../support/session-until.ts';

const room = 'hello';
const flooder = 'mallory';
const calls = 60;

/** Counts what an OFFER may cost: X25519 and ML-KEM. `rehearsed` resolves with the first signature that is verified. */
function counted(sodium: Sodium) {
  const cost = { dh: 0, kem: 0 };
  let resolve = (): void => undefined;
  const rehearsed = new Promise<void>((done) => (resolve = done));
  return {
    cost,
    rehearsed,
    sodium: {
      ...sodium,
      dh: (...keys) => {
        cost.dh += 1;
        return sodium.dh(...keys);
      },
      kemSeal: (...keys) => {
        cost.kem += 1;
        return sodium.kemSeal(...keys);
      },
      verify: (...parts) => {
        resolve();
        return sodium.verify(...parts);
      },
    } satisfies Sodium,
  };
}

/** `calls` well-made OFFERs to the door, by someone whose secret is `own`. */
async function offers(sodium: Sodium, own: Uint8Array): Promise<(readonly [string, Hello])[]> {
  const { topic } = roomKeys(sodium, { room, secret });
  const { psk } = roomKeys(sodium, { room, secret: own });
  const identity = identityOf(sodium, await newIdentityRecord(sodium, crypto.subtle));
  const made: (readonly [string, Hello])[] = [];
  while (made.length < calls) {
    const connectionId = newConnectionId();
    const context = {
      sodium,
      identity,
      room: { topic, psk },
      initiatorPeerId: flooder,
      responderPeerId: doorIdOf(topic),
      connectionId,
      kind: 'call',
    } as const;
    made.push([connectionId, (await createInitiator(context, { sdp: ALICE_SDP })).offer]);
  }
  return made;
}

/** Someone alone in the room, flooded by `own`; then somebody comes. Gives the cost of the flood and its seconds. */
async function flood(own: Uint8Array): Promise<{ dh: number; kem: number; seconds: number }> {
  const plain = await loadSodium();
  const { sodium, cost, rehearsed } = counted(plain);
  const hub = createLoopback();
  const lifetime = new AbortController();
  const transport = hub.transport();
  const config = { room, secret, servers: ['loopback:'], identity: 'ephemeral', transport } as const;
  const ada = createSessionWith(
    {
      devices: createFakeDevices(lifetime),
      openConnection: (options) => openConnection({ transport, sodium: Promise.resolve(sodium) }, options),
      forget: async () => undefined,
      now: () => Date.now(),
      page: new EventTarget(),
    },
    { ...config, displayName: 'Ada', iceServers: [], relayOnly: false },
  );
  const joined = nextFact(ada, 'room-joined');
  ada.dispatch({ kind: 'join' });
  await joined;
  // Alone in the room, the session tries each primitive once; that is its own doing.
  await rehearsed;

  const prepared = await offers(plain, own);
  const { topic } = roomKeys(plain, { room, secret });
  const mallory = await new Promise<ServerSession>((resolve) => {
    const options = { server: 'loopback:', id: flooder, token: newToken(), signal: lifetime.signal };
    const session = hub.transport().openServer(options, ({ kind }) => {
      if (kind === 'opened') resolve(session);
    });
  });
  Object.assign(cost, { dh: 0, kem: 0 });
  const start = performance.now();
  for (const [c, offer] of prepared) mallory.send('offer', doorIdOf(topic), c, offer);
  // Whoever comes after the flood is seen when all of it was judged.
  const ben = createTestSession({ ...config, displayName: 'Ben' }, { transport: hub.transport() });
  ben.dispatch({ kind: 'join' });
  await until(ada, () => ada.snapshot.people.length === 1);
  const seconds = (performance.now() - start) / 1000;
  ben.close();
  ada.close();
  lifetime.abort();
  // Ben's own call is one of these.
  return { dh: cost.dh - 1, kem: cost.kem - 1, seconds };
}

describe('a flood of OFFERs from one source', () => {
  it('by someone who knows the room costs ten ML-KEM operations a second, and keeps nobody out', async () => {
    const { kem, dh, seconds } = await flood(secret);
    expect(kem).to.be.within(1, OFFERS_PER_SECOND * (1 + seconds) + 1);
    expect(dh).to.equal(kem);
  });

  it('by someone who does not know the room costs not a single one', async () => {
    const { kem, dh } = await flood(new Uint8Array(32).fill(1));
    expect({ kem, dh }).to.deep.equal({ kem: 0, dh: 0 });
  });
});
