import { expect } from 'chai';
import { toBase64Url, utf8 } from '../../../../src/core/crypto/bytes.ts';
import { loadSodium, roomKeys } from '../../../../src/core/crypto/index.ts';
import { openTable } from '../../../../src/core/crypto/database.ts';
import { newId } from '../../../../src/core/id.ts';
import type { SessionConfig } from '../../../../src/core/session/session-port.ts';
import { meet, openHouse, secret, type House, type Someone } from '../../../support/session-room.ts';
import { nextFact, until } from '../../../support/session-until.ts';

const sodium = await loadSodium();
const alone = ({ session }: Someone) => until(session, ({ status }) => status === 'waiting');
const write = ({ session }: Someone, text: string): void =>
  session.dispatch({ kind: 'send-message', id: newId(), text });
const textsOf = ({ session }: Someone): string[] => session.snapshot.chat.messages.map(({ text }) => text);
const written = (someone: Someone, text: string) =>
  until(someone.session, () => textsOf(someone).includes(text));
const compare = (someone: Someone, name: string, matches = true): void =>
  someone.session.dispatch({ kind: 'judge-participant', id: someone.person(name).id, matches });
const openDevices = ({ session }: Someone): void =>
  session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
/** Kinds of the tracks that someone gets of a person. */
const tracksOf = (someone: Someone, name: string): string[] =>
  (someone.session.stream(someone.person(name).stream)?.getTracks() ?? []).map(({ kind }) => kind).toSorted();

describe('session: people who are held back', () => {
  let house: House;
  let room: string;

  beforeEach(() => {
    house = openHouse();
    room = newId();
  });
  afterEach(() => house.close());

  /** The first waits inside before the second comes. */
  const enterBoth = async (
    first: Partial<SessionConfig>,
    second: Partial<SessionConfig> = {},
  ): Promise<readonly [Someone, Someone]> => {
    const ada = house.enter('Ada', { room, ...first });
    await alone(ada);
    const bob = house.enter('Bob', { room, ...second });
    await meet(ada, bob);
    return [ada, bob];
  };

  describe('where everyone has to be verified', () => {
    const rules = { require: 'verified' } as const;

    it('gets and gives nothing until the emoji were compared, and all of it then', async () => {
      const [ada, bob] = await enterBoth(rules, rules);
      expect(ada.person('Bob').held).to.equal('policy');
      expect(ada.person('Bob').sas).to.deep.equal(bob.person('Ada').sas);
      for (const someone of [ada, bob]) openDevices(someone);
      write(ada, 'from Ada');
      write(bob, 'from Bob');
      await until(ada.session, ({ call }) => call.camera.status === 'open');
      await house.hub.settled();
      for (const [someone, other] of [
        [ada, 'Bob'],
        [bob, 'Ada'],
      ] as const) {
        expect(tracksOf(someone, other)).to.deep.equal([]);
        expect(someone.person(other)).to.include({ audio: false, video: false });
        expect(textsOf(someone)).to.have.length(1);
        expect(someone.session.snapshot.chat.messages[0]?.delivery).to.equal('waiting');
      }
      compare(ada, 'Bob');
      expect(ada.person('Bob')).to.include({ protection: 'verified' }).and.not.to.have.property('held');
      await house.hub.settled();
      // One side alone opens its own half.
      expect(textsOf(bob)).to.deep.equal(['from Bob']);
      expect(tracksOf(bob, 'Ada')).to.deep.equal([]);
      compare(bob, 'Ada');
      await written(ada, 'from Bob');
      await written(bob, 'from Ada');
      await until(ada.session, () => ada.person('Bob').video && ada.person('Bob').audio);
      await until(bob.session, () => bob.person('Ada').video && bob.person('Ada').audio);
      await house.hub.settled();
      expect(tracksOf(ada, 'Bob')).to.deep.equal(['audio', 'video']);
      expect(tracksOf(bob, 'Ada')).to.deep.equal(['audio', 'video']);
    });

    it('keeps what the other, who asks for nothing, sends meanwhile', async () => {
      const [ada, bob] = await enterBoth(rules);
      openDevices(bob);
      write(bob, 'can you hear me?');
      await until(ada.session, () => ada.person('Bob').video);
      await house.hub.settled();
      expect(textsOf(ada)).to.deep.equal([]);
      expect(tracksOf(ada, 'Bob')).to.deep.equal([]);
      compare(ada, 'Bob');
      await written(ada, 'can you hear me?');
      expect(tracksOf(ada, 'Bob')).to.deep.equal(['audio', 'video']);
    });

    it('offers no file', async () => {
      const [ada, bob] = await enterBoth(rules);
      const file = new File(['x'], 'x.txt');
      const refused = nextFact(ada.session, 'error-raised');
      ada.session.dispatch({ kind: 'send-files', files: [file], to: undefined });
      expect(await refused).to.include({ code: 'policy', fatal: false });
      await house.hub.settled();
      expect(bob.session.snapshot.files.transfers).to.deep.equal([]);
      const offered = nextFact(bob.session, 'file-offered');
      compare(ada, 'Bob');
      ada.session.dispatch({ kind: 'send-files', files: [file], to: undefined });
      expect((await offered).transfer.name).to.equal('x.txt');
    });

    it('lets three talk pair by pair', async () => {
      const [ada, bob] = await enterBoth(rules);
      const cyd = house.enter('Cyd', { room });
      await meet(ada, bob, cyd);
      compare(ada, 'Cyd');
      write(ada, 'for Cyd');
      await written(cyd, 'for Cyd');
      await house.hub.settled();
      expect(textsOf(bob)).to.deep.equal([]);
      write(bob, 'for Cyd too');
      await written(cyd, 'for Cyd too');
    });
  });

  describe('where the link or a credential is asked for', () => {
    it('is no room without a secret, and says so', async () => {
      const ada = house.enter('Ada', { room, require: 'link', secret: undefined });
      await until(ada.session, ({ status }) => status === 'failed');
      expect(ada.session.snapshot.problem).to.deep.equal({ code: 'policy', fatal: true });
      const bob = house.enter('Bob', { room, require: 'credential' });
      await until(bob.session, ({ status }) => status === 'failed');
      expect(bob.session.snapshot.problem?.code).to.equal('policy');
    });

    it('holds nobody who came by the link', async () => {
      const [ada] = await enterBoth({ require: 'link' });
      expect(ada.person('Bob').held).to.equal(undefined);
    });

    it('holds back who has no credential, whatever the emoji say', async () => {
      const issuer = sodium.signKeys(new Uint8Array(32).fill(1));
      const issuers = [{ iss: 'https://lms.example', key: issuer.publicKey }];
      const [ada, bob] = await enterBoth({ require: 'credential', issuers });
      expect(ada.person('Bob').held).to.equal('credential');
      compare(ada, 'Bob');
      expect(ada.person('Bob')).to.include({ held: 'credential', protection: 'verified' });
      write(bob, 'let me in');
      await house.hub.settled();
      expect(textsOf(ada)).to.deep.equal([]);
    });

    it('lets in who has one', async () => {
      const issuer = sodium.signKeys(new Uint8Array(32).fill(1));
      const issuers = [{ iss: 'https://lms.example', key: issuer.publicKey }];
      const first = house.enter('Bob', { room, identity: 'room' });
      await alone(first);
      // The key that Bob's tab will have again.
      const record = await openTable(indexedDB, 'reforms-identity', 'keys').readAll(topicOf(room));
      const ik = record.map(([, value]) => publicKeyOf(value))[0] ?? new Uint8Array(32);
      first.session.close();
      await lockFree();
      const claims = {
        iss: 'https://lms.example',
        sub: '42',
        name: 'Bob',
        role: 'student',
        exp: Math.floor(Date.now() / 1000) + 600,
        room: topicOf(room),
        cnf: { ik: toBase64Url(ik) },
      };
      const text = [{ alg: 'EdDSA' }, claims]
        .map((part) => toBase64Url(utf8(JSON.stringify(part))))
        .join('.');
      const credential = `${text}.${toBase64Url(sodium.sign(issuer.secretKey, utf8(text)))}`;
      const [ada, bob] = await enterBoth(
        { require: 'credential', issuers },
        { identity: 'room', credential },
      );
      expect(ada.person('Bob').held).to.equal(undefined);
      write(bob, 'hello');
      await written(ada, 'hello');
    });
  });

  describe('at the next visit', () => {
    const kept = { identity: 'room' } as const;

    it('knows who was verified, and holds back another key under that name', async () => {
      const ada = house.enter('Ada', { room, ...kept });
      await alone(ada);
      const bob = house.enter('Bob', { room, ...kept });
      await meet(ada, bob);
      compare(ada, 'Bob');
      await house.hub.settled();
      ada.session.dispatch({ kind: 'leave' });
      await alone(bob);
      ada.session.dispatch({ kind: 'join' });
      await meet(ada, bob);
      expect(ada.person('Bob').protection).to.equal('verified');
      bob.session.close();
      await alone(ada);
      const changed = nextFact(ada.session, 'identity-changed');
      const forger = house.enter('Bob', { room });
      await meet(ada, forger);
      expect(await changed).to.include({ name: 'Bob', wasVerified: true });
      expect(ada.person('Bob').held).to.equal('key-changed');
      write(ada, 'secret for Bob');
      await house.hub.settled();
      expect(textsOf(forger)).to.deep.equal([]);
      compare(ada, 'Bob');
      await written(forger, 'secret for Bob');
    });

    it('gives notice in the chat, once, of another key of somebody unverified', async () => {
      const [ada, bob] = await enterBoth(kept);
      bob.session.close();
      await alone(ada);
      const again = house.enter('Bob', { room });
      await meet(ada, again);
      expect(ada.person('Bob').held).to.equal(undefined);
      expect(ada.session.snapshot.chat.notices).to.deep.equal([
        { id: `key-${ada.person('Bob').id}`, from: ada.person('Bob').id, name: 'Bob', after: '' },
      ]);
      again.session.dispatch({ kind: 'leave' });
      await alone(ada);
      write(ada, 'hello?');
      await house.hub.settled();
      expect(ada.facts.filter(({ kind }) => kind === 'identity-changed').length).to.equal(1);
    });

    it('keeps no name on the disk', async () => {
      const canary = `canary-${newId()}`;
      const ada = house.enter('Ada', { room, ...kept });
      await alone(ada);
      const bob = house.enter(canary, { room, ...kept });
      await meet(ada, bob);
      compare(ada, canary);
      await house.hub.settled();
      ada.session.dispatch({ kind: 'leave' });
      await alone(bob);
      const dump: string[] = [];
      for (const { name = '' } of await indexedDB.databases()) dump.push(await dumpOf(name));
      const text = dump.join('\n');
      expect(text).to.contain(topicOf(room));
      expect(text).to.contain('verified');
      expect(text).not.to.contain(canary);
      expect(text).not.to.contain(room);
      expect(text).not.to.contain('Ada');
    });

    it('remembers nobody, and is someone else, after it was told to forget', async () => {
      const [ada, bob] = await enterBoth(kept);
      const before = ada.session.snapshot.self.id;
      compare(ada, 'Bob');
      await house.hub.settled();
      await ada.session.forget();
      expect(ada.session.snapshot.status).to.equal('disconnected');
      await alone(bob);
      expect((await openTable(indexedDB, 'reforms-pins', 'pins').readAll(topicOf(room))).length).to.equal(0);
      ada.session.dispatch({ kind: 'join' });
      await meet(ada, bob);
      expect(ada.person('Bob').protection).to.equal('link');
      expect(ada.session.snapshot.self.id).to.not.equal(before);
    });
  });

  describe('whose emoji did not match', () => {
    it('stays away for the visit, though others bring the two together', async () => {
      const [ada, bob] = await enterBoth({});
      const cyd = house.enter('Cyd', { room });
      await meet(ada, bob, cyd);
      compare(ada, 'Bob', false);
      await until(bob.session, () => bob.sees() === 'Cyd');
      expect(bob.facts.find(({ kind }) => kind === 'participant-left')).to.include({ reason: 'mismatch' });
      // Whoever comes tells both of everyone.
      const dan = house.enter('Dan', { room });
      await until(dan.session, () => dan.sees() === 'Ada Bob Cyd');
      await until(ada.session, () => ada.sees().includes('Dan'));
      await house.hub.settled();
      expect(ada.sees()).to.equal('Cyd Dan');
      expect(bob.sees()).to.equal('Cyd Dan');
    });

    it('is held back at the next visit, until they match', async () => {
      const [ada, bob] = await enterBoth({ identity: 'room' }, { identity: 'room' });
      compare(ada, 'Bob', false);
      await house.hub.settled();
      for (const { session } of [ada, bob]) session.dispatch({ kind: 'leave' });
      ada.session.dispatch({ kind: 'join' });
      await alone(ada);
      bob.session.dispatch({ kind: 'join' });
      await meet(ada, bob);
      expect(ada.person('Bob').held).to.equal('mismatch');
      write(ada, 'are you there?');
      await house.hub.settled();
      expect(textsOf(bob)).to.deep.equal([]);
      compare(ada, 'Bob');
      await written(bob, 'are you there?');
    });
  });

  it('tells two of one name apart, in the order they came', async () => {
    const [ada] = await enterBoth({});
    const second = house.enter('B\u043eb', { room });
    await until(ada.session, ({ people }) => people.length === 2);
    expect(ada.session.snapshot.people.map(({ ordinal }) => ordinal)).to.deep.equal([undefined, 2]);
    write(second, 'which Bob?');
    await written(ada, 'which Bob?');
    expect(ada.session.snapshot.chat.messages[0]?.ordinal).to.equal(2);
    second.session.dispatch({ kind: 'set-name', name: 'Cyd' });
    await until(ada.session, () => ada.sees().includes('Cyd'));
    expect(ada.person('Cyd').ordinal).to.equal(undefined);
  });

  it('says that there is no relay where only a relay is wanted', async () => {
    const ada = house.enter('Ada', {
      room,
      relayOnly: true,
      iceServers: [{ urls: ['stun:stun.example'] }],
    });
    await alone(ada);
    expect(ada.session.snapshot.problem).to.deep.equal({ code: 'turn-unreachable', fatal: false });
    const bob = house.enter('Bob', { room, relayOnly: true, iceServers: [{ urls: 'turns:turn.example' }] });
    await meet(ada, bob);
    expect(bob.facts.some(({ kind }) => kind === 'error-raised')).to.equal(false);
  });
});

const topicOf = (room: string): string => toBase64Url(roomKeys(sodium, { room, secret }).topic);

const publicKeyOf = (value: unknown): Uint8Array | undefined =>
  typeof value === 'object' && value !== null && 'publicKey' in value && value.publicKey instanceof Uint8Array
    ? value.publicKey
    : undefined;

/** Everything in a database that can be written as text. */
async function dumpOf(name: string): Promise<string> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open(name));
  const texts: string[] = [];
  for (const store of database.objectStoreNames) {
    const table = database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([settled(table.getAllKeys()), settled(table.getAll())]);
    texts.push(JSON.stringify([keys, values]));
  }
  database.close();
  return texts.join('\n');
}

/** Resolves when no tab of this origin holds an identity: what a closed session held is free again. */
async function lockFree(): Promise<void> {
  for (;;) {
    const { held = [] } = await navigator.locks.query();
    if (held.every(({ name }) => !name?.startsWith('reforms-identity:'))) return;
  }
}
