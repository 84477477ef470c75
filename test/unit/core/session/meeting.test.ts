import { expect } from 'chai';
import { newId } from '../../../../src/core/id.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import type { Session } from '../../../../src/core/session/session-port.ts';
import { meet, openHouse, type House, type Someone } from '../../../support/session-room.ts';
import { nextFact, until } from '../../../support/session-until.ts';

const write = (session: Session, text: string): string => {
  const id = newId();
  session.dispatch({ kind: 'send-message', id, text });
  return id;
};
const textsOf = ({ session }: Someone): string[] => session.snapshot.chat.messages.map(({ text }) => text);
const written = (someone: Someone, text: string) =>
  until(someone.session, () => textsOf(someone).includes(text));
const alone = ({ session }: Someone) => until(session, ({ status }) => status === 'waiting');
const kindsOf = (facts: readonly Fact[]): string[] => facts.map(({ kind }) => kind);

describe('session: two people', () => {
  let house: House;

  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const pair = async (): Promise<readonly [Someone, Someone]> => {
    const ada = house.enter('Ada');
    await alone(ada);
    const bob = house.enter('Bob');
    await meet(ada, bob);
    return [ada, bob];
  };

  describe('meeting', () => {
    it('is connected and encrypted by the link, and both see the same seven emoji', async () => {
      const [ada, bob] = await pair();
      expect(ada.session.snapshot.status).to.equal('connected');
      expect(bob.session.snapshot.status).to.equal('connected');
      expect(ada.person('Bob')).to.include({
        link: 'connected',
        protection: 'link',
        audio: false,
        video: false,
      });
      expect(ada.person('Bob').id).to.equal(bob.session.snapshot.self.id);
      expect(bob.person('Ada').id).to.equal(ada.session.snapshot.self.id);
      expect(ada.person('Bob').sas).to.deep.equal(bob.person('Ada').sas);
      expect(ada.person('Bob').sas.emoji.length).to.equal(7);
    });

    it('tells each of the other once, and of nothing that went wrong', async () => {
      const [ada, bob] = await pair();
      await house.hub.settled();
      for (const { facts } of [ada, bob]) {
        expect(kindsOf(facts).filter((kind) => kind === 'participant-joined').length).to.equal(1);
        expect(kindsOf(facts)).not.to.include.members(['error-raised', 'participant-left']);
      }
    });

    it('is in the room before the first person is', async () => {
      const [, bob] = await pair();
      const kinds = kindsOf(bob.facts);
      expect(kinds.indexOf('room-joined')).to.be.below(kinds.indexOf('participant-joined'));
      expect(kinds.filter((kind) => kind === 'room-joined').length).to.equal(1);
    });

    it('comes about when two come at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [ada, bob] = [
          house.enter('Ada', { room: `room-${round}` }),
          house.enter('Bob', { room: `room-${round}` }),
        ];
        await meet(ada, bob);
      }
    });

    it('is unverified in a room without a secret, with emoji to compare', async () => {
      const [ada, bob] = [
        house.enter('Ada', { secret: undefined }),
        house.enter('Bob', { secret: undefined }),
      ];
      await meet(ada, bob);
      expect(ada.person('Bob').protection).to.equal('unverified');
      expect(ada.person('Bob').sas).to.deep.equal(bob.person('Ada').sas);
    });

    it('never comes about with different secrets, or with one and none', async () => {
      const [ada, eve, mia] = [
        house.enter('Ada'),
        house.enter('Eve', { secret: new Uint8Array(32).fill(1) }),
        house.enter('Mia', { secret: undefined }),
      ];
      await Promise.all([ada, eve, mia].map(alone));
      const bob = house.enter('Bob');
      await meet(ada, bob);
      await house.hub.settled();
      for (const { session, facts } of [eve, mia]) {
        expect(session.snapshot.status).to.equal('waiting');
        expect(kindsOf(facts)).not.to.include.members(['participant-joined', 'error-raised']);
      }
    });
  });

  describe('chat', () => {
    it('goes both ways and is marked as delivered', async () => {
      const [ada, bob] = await pair();
      const id = write(ada.session, 'Hello Bob');
      expect(ada.session.snapshot.chat.messages[0]).to.include({ id, from: 'self', delivery: 'sent' });
      await written(bob, 'Hello Bob');
      expect(bob.session.snapshot.chat.messages[0]).to.include({
        from: bob.person('Ada').id,
        name: 'Ada',
        text: 'Hello Bob',
      });
      await until(ada.session, ({ chat }) => chat.messages[0]?.delivery === 'delivered');
      write(bob.session, 'Grüße 👋');
      await written(ada, 'Grüße 👋');
    });

    it('keeps the order of many', async () => {
      const [ada, bob] = await pair();
      const texts = Array.from({ length: 50 }, (_, at) => `message ${at}`);
      for (const text of texts) write(ada.session, text);
      await written(bob, 'message 49');
      expect(textsOf(bob)).to.deep.equal(texts);
      await until(ada.session, ({ chat }) => chat.messages.every(({ delivery }) => delivery === 'delivered'));
    });

    it('carries the longest message there may be', async () => {
      const [ada, bob] = await pair();
      const text = '\u0001'.repeat(16_384);
      write(ada.session, text);
      await written(bob, text);
    });

    it('waits for the first who comes', async () => {
      const ada = house.enter('Ada');
      await alone(ada);
      write(ada.session, 'Is anybody there?');
      expect(ada.session.snapshot.chat.messages[0]?.delivery).to.equal('waiting');
      const bob = house.enter('Bob');
      await written(bob, 'Is anybody there?');
      await until(ada.session, ({ chat }) => chat.messages[0]?.delivery === 'delivered');
    });
  });

  describe('presence', () => {
    it('shows a name that changes, cleaned', async () => {
      const [ada, bob] = await pair();
      bob.session.dispatch({ kind: 'set-name', name: ' \u202eRobert ' });
      await until(ada.session, () => ada.sees() === 'Robert');
    });

    it('shows when the camera is on and the microphone is muted, and again', async () => {
      const [ada, bob] = await pair();
      bob.session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      await until(ada.session, () => ada.person('Bob').audio && ada.person('Bob').video);
      bob.session.dispatch({ kind: 'set-microphone', enabled: false });
      await until(ada.session, () => !ada.person('Bob').audio && ada.person('Bob').video);
      bob.session.dispatch({ kind: 'set-camera', enabled: false });
      await until(ada.session, () => !ada.person('Bob').video);
      bob.session.dispatch({ kind: 'set-microphone', enabled: true });
      await until(ada.session, () => ada.person('Bob').audio);
    });

    it('gives the other\u2019s picture and sound, and takes them away', async () => {
      const [ada, bob] = await pair();
      bob.session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      await until(ada.session, () => ada.person('Bob').video);
      await house.hub.settled();
      const stream = ada.session.stream(ada.person('Bob').stream);
      expect(
        stream
          ?.getTracks()
          .map(({ kind }) => kind)
          .toSorted(),
      ).to.deep.equal(['audio', 'video']);
      bob.session.dispatch({ kind: 'leave' });
      await alone(ada);
      expect(ada.facts.some((fact) => fact.kind === 'participant-left')).to.equal(true);
    });

    it('sends what was open before anyone came', async () => {
      const ada = house.create('Ada');
      ada.session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      await until(ada.session, ({ call }) => call.camera.status === 'open');
      ada.session.dispatch({ kind: 'join' });
      const bob = house.enter('Bob');
      await meet(ada, bob);
      await until(bob.session, () => bob.person('Ada').audio && bob.person('Ada').video);
      await house.hub.settled();
      expect(bob.session.stream(bob.person('Ada').stream)?.getTracks().length).to.equal(2);
    });
  });

  describe('leaving', () => {
    for (const [how, go] of [
      ['leaves', ({ session }: Someone) => session.dispatch({ kind: 'leave' })],
      ['closes the session', ({ session }: Someone) => session.close()],
      ['closes the tab', ({ page }: Someone) => page.dispatchEvent(new Event('pagehide'))],
    ] as const) {
      it(`is seen at once when someone ${how}`, async () => {
        const [ada, bob] = await pair();
        go(bob);
        await house.hub.settled();
        expect(ada.sees()).to.equal('');
        expect(ada.session.snapshot.status).to.equal('waiting');
        expect(ada.facts.find((fact) => fact.kind === 'participant-left')).to.include({ reason: 'left' });
        expect(bob.session.snapshot).to.deep.include({ status: 'disconnected', people: [] });
      });
    }

    it('lets one come back, with the same session or another', async () => {
      const [ada, bob] = await pair();
      bob.session.dispatch({ kind: 'leave' });
      await alone(ada);
      bob.session.dispatch({ kind: 'join' });
      await meet(ada, bob);
      bob.session.close();
      await alone(ada);
      await meet(ada, house.enter('Bob'));
    });

    it('lets the other hold the room: whoever comes then is found', async () => {
      const [ada, bob] = await pair();
      ada.session.dispatch({ kind: 'leave' });
      await alone(bob);
      const cyd = house.enter('Cyd');
      await meet(bob, cyd);
      expect(textsOf(cyd)).to.deep.equal([]);
    });

    it('sends nothing more to who left', async () => {
      const [ada, bob] = await pair();
      bob.session.dispatch({ kind: 'leave' });
      await alone(ada);
      write(ada.session, 'Nobody hears this');
      expect(ada.session.snapshot.chat.messages[0]?.delivery).to.equal('waiting');
      await house.hub.settled();
      expect(textsOf(bob)).to.deep.equal([]);
    });
  });

  describe('a tab that comes back', () => {
    it('takes the place of its forerunner that died without a word', async () => {
      const room = newId();
      const ada = house.enter('Ada', { room });
      await alone(ada);
      const old = house.enter('Bob', { room, identity: 'room' });
      await meet(ada, old);
      const before = ada.person('Bob');
      // The machine is gone: neither the path nor the server carries its goodbye.
      for (const id of old.ids) {
        house.hub.freeze(id);
        house.hub.cut(id);
      }
      await until(ada.session, () => ada.person('Bob').link === 'interrupted');
      old.session.close();
      await lockFree();
      const anew = house.enter('Bob', { room, identity: 'room' });
      await until(ada.session, () => ada.person('Bob').stream !== before.stream);
      expect(ada.session.snapshot.people.length).to.equal(1);
      expect(ada.person('Bob')).to.include({ id: before.id, link: 'connected', joinedAt: before.joinedAt });
      expect(kindsOf(ada.facts)).not.to.include('participant-left');
      expect(ada.session.stream(before.stream)).to.equal(undefined);
      await meet(ada, anew);
      write(anew.session, 'I am back');
      await written(ada, 'I am back');
    });

    it('is still verified for who compared the emoji with it', async () => {
      const room = newId();
      const ada = house.enter('Ada', { room });
      await alone(ada);
      const old = house.enter('Bob', { room, identity: 'room' });
      await meet(ada, old);
      ada.session.dispatch({ kind: 'judge-participant', id: ada.person('Bob').id, matches: true });
      for (const id of old.ids) {
        house.hub.freeze(id);
        house.hub.cut(id);
      }
      const { stream } = ada.person('Bob');
      old.session.close();
      await lockFree();
      house.enter('Bob', { room, identity: 'room' });
      await until(ada.session, () => ada.person('Bob').stream !== stream);
      expect(ada.person('Bob').protection).to.equal('verified');
    });
  });

  describe('the server', () => {
    it('may go: the call goes on, and who comes later is found when it is back', async () => {
      const [ada, bob] = await pair();
      house.hub.serverDown();
      await until(ada.session, ({ room }) => !room.reachable);
      await until(bob.session, ({ room }) => !room.reachable);
      expect(ada.session.snapshot.status).to.equal('connected');
      write(ada.session, 'Still here?');
      await written(bob, 'Still here?');
      const cyd = house.enter('Cyd');
      await nextFact(cyd.session, 'error-raised', ({ fatal }) => !fatal);
      expect(cyd.session.snapshot.status).to.equal('connecting');
      house.hub.serverUp();
      await meet(ada, bob, cyd);
      await until(ada.session, ({ room }) => room.reachable);
    });

    it('may go while one waits alone', async () => {
      const ada = house.enter('Ada');
      await alone(ada);
      house.hub.serverDown();
      await until(ada.session, ({ status }) => status === 'reconnecting');
      house.hub.serverUp();
      await until(ada.session, ({ status }) => status === 'waiting');
      await meet(ada, house.enter('Bob'));
    });

    it('may go together with someone: their leaving is seen without it', async () => {
      const [ada, bob] = await pair();
      house.hub.serverDown();
      bob.session.close();
      await until(ada.session, ({ people }) => people.length === 0);
      expect(ada.session.snapshot.status).to.equal('reconnecting');
    });
  });

  describe('the path between them', () => {
    it('may break and mend', async () => {
      const [ada, bob] = await pair();
      const [id = ''] = bob.ids;
      house.hub.cut(id);
      await until(ada.session, ({ status }) => status === 'reconnecting');
      await until(bob.session, ({ status }) => status === 'reconnecting');
      expect(ada.person('Bob').link).to.equal('interrupted');
      write(ada.session, 'Can you hear me?');
      house.hub.heal(id);
      await until(ada.session, ({ status }) => status === 'connected');
      await written(bob, 'Can you hear me?');
    });

    it('may be lost for good: they meet anew', async () => {
      const [ada, bob] = await pair();
      const left = nextFact(ada.session, 'participant-left');
      house.hub.sever(bob.ids[0] ?? '');
      await left;
      await meet(ada, bob);
      write(ada.session, 'Again');
      await written(bob, 'Again');
    });
  });

  describe('comparing the emoji', () => {
    it('verifies the person, for who compared', async () => {
      const [ada, bob] = await pair();
      ada.session.dispatch({ kind: 'judge-participant', id: ada.person('Bob').id, matches: true });
      expect(ada.person('Bob').protection).to.equal('verified');
      await house.hub.settled();
      expect(bob.person('Ada').protection).to.equal('link');
    });

    it('ends the link where they differ, and both are told why', async () => {
      const [ada, bob] = await pair();
      const { id } = ada.person('Bob');
      ada.session.dispatch({ kind: 'judge-participant', id, matches: false });
      expect(ada.facts.at(-1)).to.deep.equal({ kind: 'participant-left', id, reason: 'mismatch' });
      await until(bob.session, ({ people }) => people.length === 0);
      expect(bob.facts.find((fact) => fact.kind === 'participant-left')).to.include({ reason: 'mismatch' });
      expect(ada.session.stream(ada.session.snapshot.people[0]?.stream ?? '')).to.equal(undefined);
    });

    it('does nothing for someone who is not there', async () => {
      const [ada] = await pair();
      const before = ada.session.snapshot;
      ada.session.dispatch({ kind: 'judge-participant', id: 'nobody', matches: true });
      ada.session.dispatch({ kind: 'judge-participant', id: 'nobody', matches: false });
      expect(ada.session.snapshot).to.equal(before);
    });
  });
});

/** Resolves when no tab of this origin holds an identity: what a closed session held is free again. */
async function lockFree(): Promise<void> {
  for (;;) {
    const { held = [] } = await navigator.locks.query();
    if (held.every(({ name }) => !name?.startsWith('reforms-identity:'))) return;
  }
}
