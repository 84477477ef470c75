import { expect } from 'chai';
import { newPeerId, newToken } from '../../../../src/core/transport/id.ts';
import { createLoopback } from '../../../../src/core/transport/loopback.ts';
import type { LoopbackHub } from '../../../../src/core/transport/loopback.ts';
import type { Link, LinkEvent, ServerEvent, ServerSession } from '../../../../src/core/transport/port.ts';
import { Inbox } from '../../../support/inbox.ts';
import { sealedText, textOf } from '../../../support/mint.ts';

const server = 'https://one.example/';

interface Machine {
  readonly id: string;
  readonly session: ServerSession;
  readonly inbox: Inbox<ServerEvent>;
  readonly link: Link;
  readonly events: Inbox<LinkEvent>;
}

describe('the loopback hub', () => {
  let hub: LoopbackHub;
  let life: AbortController;

  const boot = (polite: boolean): Machine => {
    const [inbox, events] = [new Inbox<ServerEvent>(), new Inbox<LinkEvent>()];
    const [transport, id, { signal }] = [hub.transport(), newPeerId(), life];
    const session = transport.openServer({ server, id, token: newToken(), signal }, inbox.take);
    const link = transport.createLink({ iceServers: [], relayOnly: false, polite, signal }, events.take);
    return { id, session, inbox, link, events };
  };
  const couple = async (): Promise<readonly [Machine, Machine]> => {
    const [anna, ben] = [boot(false), boot(true)];
    await anna.link.acceptAnswer(await ben.link.answer(await anna.link.offer()));
    await hub.settled();
    return [anna, ben];
  };

  beforeEach(() => {
    hub = createLoopback();
    life = new AbortController();
  });
  afterEach(() => life.abort());

  it('holds back what is said while the path is cut, and delivers it in order when it heals', async () => {
    const [anna, ben] = await couple();
    hub.cut(anna.id, ben.id);
    anna.link.sendControl(sealedText('one'));
    anna.link.sendControl(sealedText('two'));
    await hub.settled();
    expect(anna.events.kinds.at(-1)).to.equal('interrupted');
    expect(ben.events.kinds.slice(-1)).to.deep.equal(['interrupted']);
    hub.heal(ben.id, anna.id);
    anna.link.sendControl(sealedText('three'));
    await hub.settled();
    expect(ben.events.kinds.slice(-4)).to.deep.equal(['restored', 'control', 'control', 'control']);
    for (const text of ['one', 'two', 'three'])
      expect(textOf((await ben.events.next('control')).bytes)).to.equal(text);
  });

  it('delivers the goodbye of someone who left while the path was cut', async () => {
    const [anna, ben] = await couple();
    hub.cut(anna.id);
    anna.link.close();
    await hub.settled();
    expect(ben.events.kinds).to.not.include('closed');
    hub.heal(anna.id);
    await hub.settled();
    expect(ben.events.kinds.at(-1)).to.equal('closed');
  });

  it('cuts only the links that were meant', async () => {
    const [anna, ben] = await couple();
    const [carol] = await couple();
    hub.cut(anna.id, carol.id);
    anna.link.sendControl(sealedText('still here'));
    await hub.settled();
    expect(ben.events.kinds.at(-1)).to.equal('control');
    expect(carol.events.kinds).to.not.include('interrupted');
  });

  it('severs a link for good at both ends', async () => {
    const [anna, ben] = await couple();
    hub.sever(anna.id);
    await hub.settled();
    expect([anna.events.kinds.at(-1), ben.events.kinds.at(-1)]).to.deep.equal(['closed', 'closed']);
  });

  it('lets a hostile server change and swallow signals', async () => {
    const [anna, ben] = [boot(false), boot(true)];
    await hub.settled();
    hub.onSignal = (signal) =>
      signal.kind === 'offer' ? { ...signal, bytes: sealedText('changed') } : undefined;
    anna.session.send('offer', ben.id, 'connection-1', sealedText('original'));
    anna.session.send('answer', ben.id, 'connection-1', sealedText('swallowed'));
    await hub.settled();
    expect(ben.inbox.kinds).to.deep.equal(['opened', 'signal']);
    expect(textOf((await ben.inbox.next('signal')).signal.bytes)).to.equal('changed');
  });

  it('keeps links when the server goes', async () => {
    const [anna, ben] = await couple();
    hub.serverDown();
    await hub.settled();
    expect(anna.inbox.kinds.at(-1)).to.equal('closed');
    anna.link.sendControl(sealedText('who needs a server'));
    await hub.settled();
    expect(ben.events.kinds.at(-1)).to.equal('control');
  });

  it('keeps an id whose socket is dead until the server notices', async () => {
    const anna = boot(false);
    await hub.settled();
    hub.freeze(anna.id);
    expect(anna.session.send('offer', newPeerId(), 'connection-1', sealedText('into the void'))).to.equal(
      true,
    );
    await hub.settled();
    expect(anna.inbox.kinds).to.deep.equal(['opened']);
    expect(hub.isTaken(anna.id, server)).to.equal(true);
    hub.evict(anna.id);
    expect(hub.isTaken(anna.id, server)).to.equal(false);
  });
});
