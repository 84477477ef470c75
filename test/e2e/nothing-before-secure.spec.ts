// A peer that shakes hands and never confirms: what it gets, seen from its own side of the connection.

import type { HostileRoom } from '../support/hostile-room.ts';
import { expect, test } from '../support/hostile-room.ts';
import { receivedBy, trafficOf, watchTraffic, withholdConfirm } from '../support/hostile-watch.ts';
import type { Person } from '../support/person.ts';

const CONFIRM = 0x01;
const FIN = 0x02;

async function expectNothing(
  hostile: HostileRoom,
  own: string,
  honest: Person,
  silent: Person,
): Promise<void> {
  await hostile.begin();
  await withholdConfirm(silent.page);
  await Promise.all([watchTraffic(honest.page), watchTraffic(silent.page)]);
  await hostile.join();
  // DTLS is up, with a camera and a microphone open on both sides.
  await expect.poll(() => hostile.was(silent, 'connected')).toBe(true);
  // The honest side waits its ten seconds for CONFIRM, then hangs up.
  await expect.poll(() => hostile.errors(honest), { timeout: 30_000 }).toContain('timeout');

  const [got, gave, heard] = await Promise.all([
    trafficOf(silent.page),
    trafficOf(honest.page),
    receivedBy(silent.page),
  ]);
  // Looked at about ten times a second on a quiet machine; this is to show that it was looked at at all.
  expect(got.looks).toBeGreaterThan(10);
  expect(got.rtpReceived).toBe(0);
  expect(gave.rtpSent).toBe(0);
  expect(gave.tracks).toBe(0);
  // The honest side's own part of the handshake is all that came.
  expect(heard.map(({ label, tag }) => `${label} ${tag}`).filter((line) => line !== `rf-ctl ${FIN}`)).toEqual(
    heard.filter(({ tag }) => tag === CONFIRM).map(() => `rf-ctl ${CONFIRM}`),
  );
  const [confirm] = heard.filter(({ tag }) => tag === CONFIRM);
  expect(confirm?.length).toBe(34);
  expect(got.dataReceived).toBe(heard.reduce((sum, { length }) => sum + length, 0));

  await honest.sees(0);
  await silent.sees(0);
  for (const name of ['Ada', 'Ben'])
    if (name !== own) await expect(honest.call.getByText(name, { exact: true })).toHaveCount(0);
}

test.describe('before SECURE', () => {
  test('whoever calls and withholds CONFIRM receives no packet of sound or picture, and nobody shows them', ({
    hostile,
  }) => expectNothing(hostile, 'Ada', hostile.ada, hostile.ben));

  test('whoever is called and withholds CONFIRM receives no more', ({ hostile }) =>
    expectNothing(hostile, 'Ben', hostile.ben, hostile.ada));
});
