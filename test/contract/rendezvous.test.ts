// takes real servers, gives people who look for each other by room.

import { expect } from 'chai';
import { newConnectionId, newPeerId, newToken } from '../../src/core/transport/id.ts';
import { createPeerjsTransport } from '../../src/core/transport/peerjs.ts';
import { openRendezvous } from '../../src/core/transport/rendezvous.ts';
import type { Rendezvous, RendezvousEvent } from '../../src/core/transport/rendezvous.ts';
import { Inbox } from '../support/inbox.ts';
import { sealedText, textOf } from '../support/mint.ts';
import { startSignaling, stopSignaling } from '../support/signaling.ts';

interface Member {
  readonly meeting: Rendezvous;
  readonly inbox: Inbox<RendezvousEvent>;
}

for (const kind of ['ours', 'stock'] as const)
  describe(`rendezvous at ${kind === 'ours' ? 'our server' : 'a stock server'}`, () => {
    let server: string;
    let life: AbortController;

    const enter = (topic: Uint8Array): Member => {
      const inbox = new Inbox<RendezvousEvent>();
      const options = { topic, peerId: newPeerId(), token: newToken(), signal: life.signal };
      const transport = createPeerjsTransport();
      return { meeting: openRendezvous({ ...options, transport, servers: [server] }, inbox.take), inbox };
    };
    const newTopic = (): Uint8Array => crypto.getRandomValues(new Uint8Array(16));

    before(async () => {
      server = await startSignaling(kind);
    });
    beforeEach(() => {
      life = new AbortController();
    });
    afterEach(() => life.abort());
    after(() => stopSignaling(server));

    it('leads the second to the first, and the answer back', async () => {
      const topic = newTopic();
      const anna = enter(topic);
      await anna.inbox.next('door-held');
      const ben = enter(topic);
      const { peer } = await ben.inbox.next('dial');
      const connectionId = newConnectionId();
      expect(ben.meeting.send('self', 'offer', peer, connectionId, sealedText('may I?'))).to.equal(true);
      const knock = await anna.inbox.next('signal');
      expect([knock.via, knock.signal.from]).to.deep.equal(['door', ben.meeting.peerId]);
      anna.meeting.send('door', 'answer', knock.signal.from, connectionId, sealedText('come in'));
      const reply = await ben.inbox.next('signal');
      expect([reply.via, reply.signal.from, textOf(reply.signal.bytes)]).to.deep.equal([
        'self',
        peer,
        'come in',
      ]);
    });

    it('gives the door to one of two who come at the same moment, and the other finds them', async () => {
      const topic = newTopic();
      const both = [enter(topic), enter(topic)];
      await Promise.all(both.map(({ inbox }) => inbox.next('opened')));
      await Promise.race(both.map(({ inbox }) => inbox.next('dial')));
      expect(both.filter(({ inbox }) => inbox.kinds.includes('door-held'))).to.have.length(1);
    });

    it('hands the door on when the holder goes', async () => {
      const topic = newTopic();
      const anna = enter(topic);
      await anna.inbox.next('door-held');
      const ben = enter(topic);
      await ben.inbox.next('dial');
      ben.meeting.coverDoor(true);
      anna.meeting.close();
      ben.meeting.coverDoor(false);
      await ben.inbox.next('door-held');
    });
  });
