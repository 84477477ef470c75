import { expect } from 'chai';
import { loadSodium, roomKeys } from '../../../../src/core/crypto/index.ts';
import { openTable } from '../../../../src/core/crypto/database.ts';
import { pinName, pinStore, type Pin } from '../../../../src/core/crypto/pin-store.ts';
import { safetyNumber } from '../../../../src/core/crypto/safety-number.ts';
import { codeOf, filled } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const topic = filled(16, 21);
const elsewhere = filled(16, 22);
const bob: Pin = { verdict: 'verified', name: 'b' };
const refusing = {
  open: () => {
    throw new DOMException('denied', 'SecurityError');
  },
} as unknown as IDBFactory;

describe('the pins of a room', () => {
  const store = pinStore(topic, indexedDB);
  const other = pinStore(elsewhere, indexedDB);
  afterEach(() => Promise.all([store.forget(), other.forget()]));

  it('are there at the next visit, in their room only', async () => {
    await store.save('bob', bob);
    await store.save('mia', { verdict: 'met', name: '' });
    await other.save('bob', { verdict: 'refuted', name: 'x' });
    expect([...(await pinStore(topic, indexedDB).load())]).to.deep.equal([
      ['bob', bob],
      ['mia', { verdict: 'met', name: '' }],
    ]);
    expect([...(await other.load()).keys()]).to.deep.equal(['bob']);
  });

  it('take the latest verdict for the one that counts', async () => {
    await store.save('bob', bob);
    await store.save('bob', { ...bob, verdict: 'refuted' });
    expect((await store.load()).get('bob')?.verdict).to.equal('refuted');
  });

  it('are forgotten for one room without the others', async () => {
    await store.save('bob', bob);
    await other.save('bob', bob);
    await store.forget();
    expect((await store.load()).size).to.equal(0);
    expect((await other.load()).size).to.equal(1);
  });

  it('are only what makes sense, whatever lies in the database', async () => {
    const table = openTable(indexedDB, 'reforms-pins', 'pins');
    await store.save('bob', bob);
    const prefix = 'FRUVFRUVFRUVFRUVFRUVFQ:';
    for (const [at, nonsense] of [
      null,
      7,
      {},
      { verdict: 'trusted', name: '' },
      { verdict: 'met' },
    ].entries())
      await table.write(`${prefix}${at}`, nonsense);
    await table.write(`${prefix}5`, { verdict: 'met', name: 7 });
    expect((await table.readAll(prefix)).length).to.equal(7);
    expect([...(await store.load()).keys()]).to.deep.equal(['bob']);
  });

  it('are kept nowhere where nothing may be kept', async () => {
    const none = pinStore(topic, undefined);
    await none.save('bob', bob);
    await none.forget();
    expect((await none.load()).size).to.equal(0);
    expect((await store.load()).size).to.equal(0);
  });

  it('are asked for again where the browser refuses storage, and never said to be forgotten', async () => {
    const refused = pinStore(topic, refusing);
    await refused.save('bob', bob);
    expect((await refused.load()).size).to.equal(0);
    expect(await codeOf(() => refused.forget())).to.equal('store');
  });
});

describe('a pinned name', () => {
  const room = roomKeys(sodium, { room: 'hello', secret: filled(32, 1) });

  it('is the same for the same name in the same room, and tells nothing else', () => {
    const name = pinName(sodium, room, 'canary');
    expect(name).to.equal(pinName(sodium, room, 'canary'));
    expect(name).to.match(/^[\w-]{22}$/);
    expect(name).to.not.equal(pinName(sodium, room, 'another'));
    expect(name).to.not.equal(
      pinName(sodium, roomKeys(sodium, { room: 'hello', secret: filled(32, 2) }), 'canary'),
    );
  });

  it('of nobody is nothing', () => expect(pinName(sodium, room, '')).to.equal(''));
});

describe('a safety number', () => {
  const [a, b, c] = [filled(32, 1), filled(32, 2), filled(32, 3)];

  it('has 60 digits, the same at both ends and for no other pair', () => {
    const number = safetyNumber(sodium, a, b);
    expect(number).to.match(/^\d{60}$/);
    expect(safetyNumber(sodium, b, a)).to.equal(number);
    expect(safetyNumber(sodium, a, c)).to.not.equal(number);
  });

  it('holds a half for each key, the smaller one first', () => {
    const halves = (number: string) => [number.slice(0, 30), number.slice(30)];
    const [one, two] = halves(safetyNumber(sodium, a, b));
    expect([one, two].toSorted()).to.deep.equal([one, two]);
    const shared = [one, two].filter((half) => halves(safetyNumber(sodium, a, c)).includes(half ?? ''));
    expect(shared.length).to.equal(1);
  });
});
