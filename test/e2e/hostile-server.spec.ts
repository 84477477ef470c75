// A signaling server that does its worst, in a room whose link holds a secret: nothing is established with anybody else, and
// honest people find each other as soon as it lets them. Cases of trust.md §11, each in two real browsers.

import { randomBytes } from 'node:crypto';
import { honest, type Scheme, type Wire } from '../support/hostile-server.ts';
import { expect, spoilt, test, type HostileRoom } from '../support/hostile-room.ts';

const FIN = 0x02;
const isFin = ({ type, bytes }: Wire): boolean => type === 'CANDIDATE' && bytes[0] === FIN;

/** Both see each other, once, and can write: over a channel of their own. */
async function expectTogether({ ada, ben }: HostileRoom): Promise<void> {
  await Promise.all([ada.sees(1), ben.sees(1)]);
  const word = `word ${randomBytes(4).toString('hex')}`;
  await ada.write(word);
  await expect(ben.messages.getByText(word)).toBeVisible();
}

/** Neither sees anybody, and no connection of theirs has come as far as DTLS. */
async function expectApart(room: HostileRoom): Promise<void> {
  for (const person of [room.ada, room.ben]) {
    await person.sees(0);
    expect(await room.was(person, 'connected')).toBe(false);
  }
}

/** Delivers what `forge` makes of a message just before the message itself. */
const before =
  (forge: (wire: Wire) => readonly Wire[]): Scheme =>
  (wire) => [...forge(wire), wire];

/** Calls `then` for the first message that fits, and passes on all others. */
const onFirst = (fits: (wire: Wire) => boolean, then: Scheme): Scheme => {
  let met = false;
  return (wire) => {
    if (met || !fits(wire)) return [wire];
    met = true;
    return then(wire);
  };
};

test.describe('in a room with a secret, a server that', () => {
  test('sits in the middle with handshakes of its own establishes nothing', async ({ hostile }) => {
    await hostile.begin();
    const mallory = await hostile.mallory();
    await mallory.sitBetween();
    await hostile.join();
    // Her OFFER reaches Ada, who throws it away; Ben's she cannot open.
    await expect.poll(() => hostile.errors(hostile.ada)).toContain('decrypt');
    await expect.poll(mallory.log).toContain('near ended decrypt');
    expect((await mallory.log()).filter((line) => line.includes('secured'))).toEqual([]);
    await expectApart(hostile);
    await mallory.close();
  });

  test('forges an OFFER, an ANSWER and candidates is not believed, and the genuine ones count', async ({
    hostile,
  }) => {
    await hostile.begin();
    hostile.server.scheme = before((wire) => [
      { ...wire, bytes: new Uint8Array(randomBytes(wire.bytes.length)) },
    ]);
    await hostile.join();
    await expectTogether(hostile);
    expect(await hostile.errors(hostile.ada)).toContain('decrypt');
    expect(await hostile.errors(hostile.ben)).toContain('decrypt');
  });

  test('changes one bit of every message is refused each time, and the genuine ones count', async ({
    hostile,
  }) => {
    await hostile.begin();
    hostile.server.scheme = before((wire) => [spoilt(wire)]);
    await hostile.join();
    await expectTogether(hostile);
    expect(new Set(await hostile.errors(hostile.ada))).toEqual(new Set(['decrypt']));
  });

  test('swaps the candidates of the two for one another keeps neither from the other', async ({
    hostile,
  }) => {
    await hostile.begin();
    const kept = new Map<string, Wire>();
    hostile.server.scheme = (wire) => {
      if (wire.type !== 'CANDIDATE' || isFin(wire)) return [wire];
      const other = kept.get(wire.dst);
      kept.set(wire.src, wire);
      return other === undefined ? [wire] : [{ ...wire, bytes: other.bytes }, wire];
    };
    await hostile.join();
    await expectTogether(hostile);
  });

  test('replays all that was ever sent brings nobody back and nobody twice', async ({ hostile }) => {
    await hostile.begin();
    await hostile.join();
    await expectTogether(hostile);
    const { server, ada, ben } = hostile;
    const recorded = [...server.seen];
    for (const wire of recorded) server.deliver(wire);
    await expectTogether(hostile);

    await ben.page.reload();
    await ada.sees(0);
    const answers = () => server.seen.filter(({ type }) => type === 'ANSWER').length;
    const answered = answers();
    const refusals = (await hostile.errors(ada)).length;
    const dead = recorded.filter(({ src }) => !isHeldBy(src, recorded));
    for (const wire of dead.filter(({ type }) => type === 'OFFER')) server.deliver(wire);
    // An OFFER has nothing in it that could be stale: it is answered. What must come then cannot be replayed.
    await expect.poll(answers).toBeGreaterThan(answered);
    for (const wire of dead.filter(({ type }) => type !== 'OFFER')) server.deliver(wire);
    await expect.poll(async () => (await hostile.errors(ada)).slice(refusals)).toContain('decrypt');
    await ada.sees(0);
    for (const wire of server.seen.slice(recorded.length).filter(({ type }) => type === 'ANSWER'))
      server.deliver(wire);

    await ben.join();
    await expectTogether(hostile);
  });

  test('delivers everything twice brings nobody in twice', async ({ hostile }) => {
    await hostile.begin();
    hostile.server.scheme = (wire) => [wire, wire];
    await hostile.join();
    await expectTogether(hostile);
  });

  test('changes the order brings them together all the same', async ({ hostile }) => {
    await hostile.begin();
    const held = new Map<string, Wire>();
    // Each second message overtakes the one before it.
    hostile.server.scheme = (wire) => {
      if (wire.type === 'OFFER') return [wire];
      const earlier = held.get(wire.src);
      if (earlier !== undefined) held.delete(wire.src);
      else held.set(wire.src, wire);
      return earlier === undefined ? [] : [wire, earlier];
    };
    await hostile.join();
    await expectTogether(hostile);
  });

  test('holds back FIN is of no use: it comes by the connection itself', async ({ hostile }) => {
    await hostile.begin();
    let held = 0;
    hostile.server.scheme = (wire) => {
      if (!isFin(wire)) return [wire];
      held += 1;
      return [];
    };
    await hostile.join();
    await expectTogether(hostile);
    expect(held).toBeGreaterThan(0);
  });

  test('loses the first OFFER and the first ANSWER delays a meeting, no more', async ({ hostile }) => {
    await hostile.begin();
    const lose: Scheme = () => [];
    const loseAnswer = onFirst(({ type }) => type === 'ANSWER', lose);
    const loseOffer = onFirst(({ type }) => type === 'OFFER', lose);
    hostile.server.scheme = (wire) => loseOffer(wire).flatMap(loseAnswer);
    await hostile.join();
    await expectTogether(hostile);
    expect(hostile.server.seen.filter(({ type }) => type === 'OFFER').length).toBeGreaterThan(2);
  });

  test('forges the sender is found out, and the next call succeeds', async ({ hostile }) => {
    await hostile.begin();
    const forge = (wire: Wire): readonly Wire[] => [{ ...wire, src: 'somebody-else' }];
    hostile.server.scheme = onFirst(({ type }) => type === 'OFFER', forge);
    await hostile.join();
    await expect.poll(() => hostile.errors(hostile.ada)).toContain('decrypt');
    hostile.server.scheme = before(forge);
    await expectTogether(hostile);
  });

  test('sends everybody their own words back shows nobody to themselves', async ({ hostile }) => {
    await hostile.begin();
    hostile.server.scheme = before((wire) => [
      // As if the other had said it, as if they had said it themselves, and as a call of somebody new.
      { ...wire, src: wire.dst, dst: wire.src },
      { ...wire, dst: wire.src },
      { ...wire, src: wire.dst, dst: wire.src, c: `mirror-${wire.c}`.slice(0, 64) },
    ]);
    await hostile.join();
    await expectTogether(hostile);
  });

  test('moves messages to another connection, peer, kind or room moves nobody', async ({ hostile }) => {
    const { server } = hostile;
    await hostile.begin();
    await hostile.join();
    await expectTogether(hostile);
    const elsewhere = server.seen.find(({ type }) => type === 'OFFER');
    expect(elsewhere).toBeDefined();

    await hostile.begin();
    const moved = (wire: Wire): readonly Wire[] => [
      { ...wire, c: `other-${wire.c}`.slice(0, 64) },
      ...(wire.type === 'OFFER'
        ? [{ ...wire, c: `room-${wire.c}`.slice(0, 64), bytes: elsewhere?.bytes ?? wire.bytes }]
        : []),
      { ...wire, type: wire.type === 'OFFER' ? 'ANSWER' : 'OFFER' },
      { ...wire, type: wire.type === 'CANDIDATE' ? 'ANSWER' : 'CANDIDATE' },
      // Ada goes by two names: her own, and the room's. What was for one is not for the other.
      ...server.seen
        .filter(({ src }) => src !== wire.src && src !== wire.dst)
        .map(({ src }) => ({ ...wire, dst: src })),
    ];
    server.scheme = before(moved);
    await hostile.join();
    await expectTogether(hostile);
    expect(await hostile.errors(hostile.ada)).toContain('decrypt');
  });

  test('splits the room shows each of them an empty one; when it heals they meet', async ({ hostile }) => {
    await hostile.begin();
    const { server, ada, ben } = hostile;
    server.split = true;
    await ada.join('Ada');
    await ben.join('Ben');
    for (const person of [ada, ben]) await person.page.getByText('You’re the first one here').waitFor();
    await expectApart(hostile);
    server.split = false;
    server.cut();
    await expectTogether(hostile);
  });

  test('loses every candidate of a call delays a meeting, no more', async ({ hostile }) => {
    await hostile.begin();
    const { server } = hostile;
    const lose: Scheme = (wire) => (wire.type === 'CANDIDATE' && !isFin(wire) ? [] : [wire]);
    let first: string | undefined;
    server.scheme = (wire) => {
      first ??= wire.c;
      return (wire.c === first ? lose : honest)(wire);
    };
    await hostile.join();
    // No candidates, no path: both give up after twenty seconds, and call anew.
    await expect.poll(() => hostile.errors(hostile.ben), { timeout: 40_000 }).toContain('timeout');
    await expectTogether(hostile);
  });
});

/** Whether an id called the door rather than being it. */
const isHeldBy = (id: string, wires: readonly Wire[]): boolean =>
  wires.some(({ type, src }) => type === 'ANSWER' && src === id);
