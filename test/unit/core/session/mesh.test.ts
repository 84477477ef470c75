import { expect } from 'chai';
import { newId } from '../../../../src/core/id.ts';
import { meet, openHouse, type House, type Someone } from '../../../support/session-room.ts';
import { nextFact, until } from '../../../support/session-until.ts';

const alone = ({ session }: Someone) => until(session, ({ status }) => status === 'waiting');
const countOf = ({ facts }: Someone, kind: string): number =>
  facts.filter((fact) => fact.kind === kind).length;

describe('session: a mesh', () => {
  let house: House;

  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  /** They come one after the other. */
  const gather = async (...names: readonly string[]): Promise<readonly Someone[]> => {
    const people: Someone[] = [];
    for (const name of names) {
      people.push(house.enter(name));
      if (people.length === 1) await Promise.all(people.map(alone));
      else await meet(...people);
    }
    return people;
  };

  const get = (people: readonly Someone[], index: number): Someone => {
    const someone = people[index];
    if (someone === undefined) throw new Error(`there is no person ${index}`);
    return someone;
  };

  for (const names of [
    ['Ada', 'Bob', 'Cyd'],
    ['Ada', 'Bob', 'Cyd', 'Dan'],
  ]) {
    it(`of ${names.length} people who come one after the other has everyone see everyone once`, async () => {
      const people = await gather(...names);
      await house.hub.settled();
      for (const someone of people) {
        expect(countOf(someone, 'participant-joined')).to.equal(names.length - 1);
        expect(countOf(someone, 'participant-left')).to.equal(0);
        expect(countOf(someone, 'error-raised')).to.equal(0);
        expect(new Set(someone.session.snapshot.people.map(({ id }) => id)).size).to.equal(names.length - 1);
      }
    });

    it(`of ${names.length} people who come at the same moment has everyone see everyone`, async () => {
      const people = names.map((name) => house.enter(name));
      await meet(...people);
      await house.hub.settled();
      for (const someone of people) expect(someone.session.snapshot.people.length).to.equal(names.length - 1);
    });
  }

  it('carries a message to everyone, and knows when all have it', async () => {
    const people = await gather('Ada', 'Bob', 'Cyd', 'Dan');
    const ada = get(people, 0);
    ada.session.dispatch({ kind: 'send-message', id: newId(), text: 'to all' });
    expect(ada.session.snapshot.chat.messages[0]?.sentTo.length).to.equal(3);
    await until(ada.session, ({ chat }) => chat.messages[0]?.delivery === 'delivered');
    for (const someone of people)
      expect(someone.session.snapshot.chat.messages.map(({ text }) => text)).to.deep.equal(['to all']);
  });

  it('tells everyone of a name and a mute', async () => {
    const people = await gather('Ada', 'Bob', 'Cyd');
    const [ada, bob, cyd] = [get(people, 0), get(people, 1), get(people, 2)];
    cyd.session.dispatch({ kind: 'open-devices', microphone: true, camera: false });
    cyd.session.dispatch({ kind: 'set-name', name: 'Sid' });
    await until(ada.session, () => ada.sees() === 'Bob Sid' && ada.person('Sid').audio);
    await until(bob.session, () => bob.sees() === 'Ada Sid' && bob.person('Sid').audio);
    cyd.session.dispatch({ kind: 'set-microphone', enabled: false });
    await until(ada.session, () => !ada.person('Sid').audio);
    await until(bob.session, () => !bob.person('Sid').audio);
  });

  it('has no place for a fifth, who is told so, and nobody else notices', async () => {
    const people = await gather('Ada', 'Bob', 'Cyd', 'Dan');
    const before = people.map(({ session }) => session.snapshot.people);
    const eve = house.enter('Eve');
    const { fatal } = await nextFact(eve.session, 'error-raised', ({ code }) => code === 'room-full');
    expect(fatal).to.equal(true);
    expect(eve.session.snapshot).to.deep.include({ status: 'failed', people: [] });
    await house.hub.settled();
    people.forEach(({ session }, index) => {
      expect(session.snapshot.people).to.deep.equal(before[index]);
    });
    expect(people.map((someone) => countOf(someone, 'error-raised'))).to.deep.equal([0, 0, 0, 0]);
  });

  it('has a place again when one has left', async () => {
    const people = await gather('Ada', 'Bob', 'Cyd', 'Dan');
    const eve = house.enter('Eve');
    await nextFact(eve.session, 'error-raised');
    get(people, 2).session.dispatch({ kind: 'leave' });
    await until(get(people, 0).session, () => get(people, 0).sees() === 'Bob Dan');
    eve.session.dispatch({ kind: 'join' });
    await meet(get(people, 0), get(people, 1), get(people, 3), eve);
  });

  it('is found by a newcomer when the one who was first has left', async () => {
    const [ada, ...others] = await gather('Ada', 'Bob', 'Cyd');
    ada?.session.dispatch({ kind: 'leave' });
    await meet(...others);
    await meet(...others, house.enter('Dan'));
  });

  it('is found by a newcomer when the one who was first has died without a word', async () => {
    const [ada, ...others] = await gather('Ada', 'Bob', 'Cyd');
    if (ada === undefined) throw new Error('nobody came');
    for (const id of ada.ids) house.hub.evict(id);
    ada.session.close();
    await meet(...others);
    await meet(...others, house.enter('Dan'));
  });

  it('lasts when people come and go', async () => {
    let people = await gather('Ada', 'Bob', 'Cyd');
    for (const name of ['Dan', 'Eve', 'Fay', 'Gil']) {
      get(people, 0).session.dispatch({ kind: 'leave' });
      people = [...people.slice(1), house.enter(name)];
      await meet(...people);
    }
  });

  it('comes about though each of two calls between two people is lost', async () => {
    const [ada, bob] = await gather('Ada', 'Bob');
    if (ada === undefined || bob === undefined) throw new Error('nobody came');
    let lost = 0;
    house.hub.onSignal = (signal) => {
      const isBobs = bob.ids.includes(signal.from) || bob.ids.includes(signal.to);
      if (!isBobs || signal.kind !== 'offer' || lost >= 2) return signal;
      lost += 1;
      return undefined;
    };
    const cyd = house.enter('Cyd');
    await meet(ada, bob, cyd);
    expect(lost).to.equal(2);
  });

  it('comes about when someone is not at the server while another comes', async () => {
    const [ada, bob] = await gather('Ada', 'Bob');
    if (ada === undefined || bob === undefined) throw new Error('nobody came');
    for (const id of bob.ids) house.hub.evict(id);
    await meet(ada, bob, house.enter('Cyd'));
  });
});
