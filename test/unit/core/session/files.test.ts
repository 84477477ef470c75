import { expect } from 'chai';
import { newId } from '../../../../src/core/id.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import type { Transfer } from '../../../../src/core/session/snapshot.ts';
import { goodFrames } from '../../../support/session-frames.ts';
import { createMallory, type Mallory } from '../../../support/session-mallory.ts';
import { meet, openHouse, secret, type House, type Someone } from '../../../support/session-room.ts';
import { until } from '../../../support/session-until.ts';

const random = (length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
};
const hashOf = async (content: Blob): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer())).join();
const transfers = ({ session }: Someone): readonly Transfer[] => session.snapshot.files.transfers;
const offered = async (someone: Someone, count = 1): Promise<readonly Transfer[]> => {
  const { files } = await until(someone.session, (now) => now.files.transfers.length >= count);
  return files.transfers;
};
const ended = (someone: Someone, state: Transfer['state'], at = 0) =>
  until(someone.session, ({ files }) => files.transfers[at]?.state === state);
const idOf = (list: readonly Transfer[], at = 0): string => {
  const found = list[at];
  if (found === undefined) throw new Error('there is no such transfer');
  return found.id;
};

describe('session: files', () => {
  let house: House;
  let mallory: Mallory | undefined;
  let names: string[];

  beforeEach(() => {
    house = openHouse();
    names = [];
  });
  afterEach(async () => {
    mallory?.close();
    mallory = undefined;
    house.close();
    const folder = await navigator.storage.getDirectory();
    for (const name of names) await folder.removeEntry(name).catch(() => {});
  });

  const pair = async (): Promise<readonly [Someone, Someone]> => {
    const people = [house.enter('Ada'), house.enter('Bob')] as const;
    await meet(...people);
    return people;
  };
  /** Where a person chose to save, as the disk picker gives it. */
  const place = async (): Promise<FileSystemFileHandle> => {
    const name = newId();
    names.push(name);
    return (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
  };
  const send = ({ session }: Someone, files: readonly File[], to?: readonly string[]): void =>
    session.dispatch({ kind: 'send-files', files, to });

  for (const size of [0, 1, 16_384, 1_000_000]) {
    it(`arrive as they were: ${size} bytes`, async () => {
      const [ada, bob] = await pair();
      const file = new File([random(size)], 'photo.jpg', { type: 'image/jpeg' });
      send(ada, [file]);
      const [offer] = await offered(bob);
      expect(offer).to.deep.include({
        direction: 'receive',
        peer: bob.person('Ada').id,
        peerName: 'Ada',
        name: 'photo.jpg',
        type: 'image/jpeg',
        size,
        state: 'offered',
      });
      expect(transfers(ada)[0]).to.include({ direction: 'send', peerName: 'Bob', state: 'offered' });
      const handle = await place();
      bob.session.dispatch({ kind: 'accept-file', id: offer?.id ?? '', handle });
      await ended(bob, 'completed');
      await ended(ada, 'completed');
      expect(await hashOf(await handle.getFile())).to.equal(await hashOf(file));
      expect(transfers(bob)[0]).to.include({ bytes: size, bytesPerSecond: 0, savedBy: 'picker' });
      expect(transfers(ada)[0]).to.include({ bytes: size, savedBy: undefined });
    });
  }

  it('go to everyone, or to those named', async () => {
    const [ada, bob] = await pair();
    const cyd = house.enter('Cyd');
    await meet(ada, bob, cyd);
    send(ada, [new File(['x'], 'one.txt'), new File(['y'], 'two.txt')]);
    await offered(bob, 2);
    await offered(cyd, 2);
    send(ada, [new File(['z'], 'three.txt')], [ada.person('Cyd').id]);
    expect((await offered(cyd, 3)).at(-1)?.name).to.equal('three.txt');
    await house.hub.settled();
    expect(transfers(bob).length).to.equal(2);
  });

  it('go to nobody who is not here', async () => {
    const [ada] = await pair();
    send(ada, [new File(['x'], 'one.txt')], ['nobody']);
    send(ada, [new File(['y'], 'two.txt')], [ada.person('Bob').id]);
    expect((await offered(ada)).map(({ name }) => name)).to.deep.equal(['two.txt']);
  });

  it('are declined', async () => {
    const [ada, bob] = await pair();
    send(ada, [new File(['x'], 'one.txt')]);
    bob.session.dispatch({ kind: 'reject-file', id: idOf(await offered(bob)) });
    await ended(ada, 'rejected');
    expect(transfers(bob)[0]?.state).to.equal('rejected');
  });

  it('are taken back by who offers, and by who was to receive', async () => {
    const [ada, bob] = await pair();
    send(ada, [new File(['x'], 'one.txt'), new File(['y'], 'two.txt')]);
    await offered(bob, 2);
    ada.session.dispatch({ kind: 'cancel-file', id: idOf(transfers(ada)) });
    await ended(bob, 'cancelled');
    bob.session.dispatch({ kind: 'cancel-file', id: idOf(transfers(bob), 1) });
    await ended(ada, 'cancelled', 1);
    expect(ada.facts.filter((fact) => fact.kind === 'file-cancelled').map(({ by }) => by)).to.deep.equal([
      'self',
      'peer',
    ]);
  });

  it('fail when the other leaves', async () => {
    const [ada, bob] = await pair();
    send(ada, [new File(['x'], 'one.txt')]);
    send(bob, [new File(['y'], 'two.txt')]);
    await offered(ada, 2);
    await offered(bob, 2);
    bob.session.dispatch({ kind: 'leave' });
    await until(ada.session, ({ files }) => files.transfers.every(({ state }) => state === 'failed'));
    expect(transfers(ada).map(({ code }) => code)).to.deep.equal(['peer-gone', 'peer-gone']);
    expect(transfers(bob).map(({ state }) => state)).to.deep.equal(['cancelled', 'cancelled']);
  });

  it('that nobody knows are answered by an error', async () => {
    const [ada] = await pair();
    for (const kind of ['reject-file', 'cancel-file'] as const) ada.session.dispatch({ kind, id: 'nothing' });
    ada.session.dispatch({ kind: 'accept-file', id: 'nothing', handle: undefined });
    const codes = ada.facts.flatMap((fact: Fact) => (fact.kind === 'error-raised' ? [fact.code] : []));
    expect(codes).to.deep.equal(['unknown-transfer', 'unknown-transfer', 'unknown-transfer']);
  });

  it('are accepted once', async () => {
    const [ada, bob] = await pair();
    send(ada, [new File([random(100_000)], 'one.bin')]);
    const id = idOf(await offered(bob));
    const handle = await place();
    bob.session.dispatch({ kind: 'accept-file', id, handle });
    bob.session.dispatch({ kind: 'accept-file', id, handle });
    bob.session.dispatch({ kind: 'reject-file', id });
    await ended(ada, 'completed');
    await ended(bob, 'completed');
    expect(bob.facts.filter(({ kind }) => kind === 'file-started').length).to.equal(1);
  });

  describe('of someone hostile', () => {
    const letIn = async (ada: Someone): Promise<Mallory> => {
      mallory = await createMallory({ transport: house.hub.transport(), room: 'hello', secret });
      await mallory.secured;
      mallory.say({ ...goodFrames.profile, peer: mallory.peer, name: 'Mallory' });
      await until(ada.session, () => ada.sees().includes('Mallory'));
      return mallory;
    };
    const offer = (id: string, values: object = {}): object => ({
      ...goodFrames['file-offer'],
      id,
      ...values,
    });
    const waiting = async (): Promise<Someone> => {
      const ada = house.enter('Ada');
      await until(ada.session, ({ status }) => status === 'waiting');
      return ada;
    };

    it('have a name that is safe to save under', async () => {
      const ada = await waiting();
      const hostile = await letIn(ada);
      const bad = ['../../etc/passwd', 'C:\\con.txt', 'photo\u202egpj.exe', '', '.', 'a/b\u0000c'];
      bad.forEach((name, at) => hostile.say(offer(`hostile-${at}`, { transfer: at, name })));
      for (const { name } of await offered(ada, bad.length)) {
        expect(name).not.to.match(/[/\\\p{Cc}\p{Bidi_Control}]|^\.*$/u);
      }
    });

    it('cannot be offered twice under one id or number', async () => {
      const ada = await waiting();
      const hostile = await letIn(ada);
      hostile.say(offer('same-id-1', { transfer: 1, name: 'first.txt' }));
      hostile.say(offer('same-id-1', { transfer: 2, name: 'second.txt' }));
      hostile.say(offer('other-id', { transfer: 1, name: 'third.txt' }));
      await until(ada.session, () => ada.facts.filter(({ kind }) => kind === 'error-raised').length === 2);
      expect(transfers(ada).map(({ name }) => name)).to.deep.equal(['first.txt']);
    });

    it('are so many and no more: the rest is declined unasked', async () => {
      const ada = await waiting();
      const hostile = await letIn(ada);
      for (let at = 0; at < 105; at += 1) hostile.say(offer(`flood-id-${at}`, { transfer: at }));
      await offered(ada, 100);
      while (hostile.frames.filter(({ kind }) => kind === 'file-reject').length < 5)
        await house.hub.settled();
      expect(transfers(ada).length).to.equal(100);
    });

    it('cannot be spoken for by another', async () => {
      const [ada, bob] = await pair();
      const hostile = await letIn(ada);
      send(ada, [new File([random(50_000)], 'one.bin')], [ada.person('Bob').id]);
      const [own] = await offered(ada);
      await offered(bob);
      const id = own?.id ?? '';
      for (const frame of [
        'file-accept',
        'file-reject',
        'file-cancel',
        'file-received',
        'file-done',
      ] as const)
        hostile.say({ ...goodFrames[frame], id });
      hostile.say({ ...goodFrames.message, id: newId(), text: 'that was all' });
      await until(ada.session, ({ chat }) => chat.messages.length === 1);
      expect(transfers(ada)[0]?.state).to.equal('offered');
      bob.session.dispatch({ kind: 'accept-file', id: idOf(transfers(bob)), handle: await place() });
      await ended(ada, 'completed');
    });

    it('fail before the first byte where header and key do not belong together', async () => {
      const ada = await waiting();
      const hostile = await letIn(ada);
      hostile.say(offer('forged-id', { transfer: 1, size: 1_000 }));
      const id = idOf(await offered(ada));
      ada.session.dispatch({ kind: 'accept-file', id, handle: await place() });
      await ended(ada, 'failed');
      expect(transfers(ada)[0]).to.include({ code: 'file-commit', bytes: 0 });
      while (!hostile.frames.some(({ kind }) => kind === 'file-cancel')) await house.hub.settled();
      expect(hostile.frames.map(({ kind }) => kind)).not.to.include('file-accept');
    });

    it('may be chunks of nothing: they are dropped', async () => {
      const ada = await waiting();
      const hostile = await letIn(ada);
      for (const length of [0, 1, 7, 8, 9, 100]) hostile.sendFile(new Uint8Array(length));
      hostile.say({ ...goodFrames.message, id: newId(), text: 'still here' });
      await until(ada.session, ({ chat }) => chat.messages.length === 1);
      expect(ada.session.snapshot.status).to.equal('connected');
      expect(transfers(ada)).to.deep.equal([]);
    });
  });
});
