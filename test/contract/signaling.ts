// takes a transport, gives the tests of its sessions at a signaling server.

import { expect } from 'chai';
import { newConnectionId, newPeerId, newToken } from '../../src/core/transport/id.ts';
import type { ServerEvent, ServerSession } from '../../src/core/transport/port.ts';
import { Inbox } from '../support/inbox.ts';
import { asHello, sealedText, textOf } from '../support/mint.ts';
import type { Surroundings } from './transport.ts';

interface Visitor {
  readonly session: ServerSession;
  readonly inbox: Inbox<ServerEvent>;
  readonly id: string;
  readonly token: string;
  readonly life: AbortController;
}

export function signalingContract(name: string, surroundings: () => Promise<Surroundings>): void {
  describe(name, () => {
    let place: Surroundings;
    const visitors: Visitor[] = [];

    const visit = (options: { id?: string; token?: string; server?: string } = {}): Visitor => {
      const { id = newPeerId(), token = newToken(), server = place.server } = options;
      const inbox = new Inbox<ServerEvent>();
      const life = new AbortController();
      const session = place.transport().openServer({ server, id, token, signal: life.signal }, inbox.take);
      const visitor = { session, inbox, id, token, life };
      visitors.push(visitor);
      return visitor;
    };
    const enter = async (options: { id?: string; token?: string } = {}): Promise<Visitor> => {
      const visitor = visit(options);
      await visitor.inbox.next('opened');
      return visitor;
    };
    /** Leaves, and waits until others may have the id. */
    const isFree = async (id: string): Promise<void> => {
      const next = visit({ id });
      const [first] = await Promise.race([
        next.inbox.next('opened').then(() => ['opened'] as const),
        next.inbox.next('taken').then(() => ['taken'] as const),
      ]);
      if (first === 'taken') await isFree(id);
    };

    before(async () => {
      place = await surroundings();
    });
    afterEach(() => {
      for (const visitor of visitors.splice(0)) visitor.life.abort();
    });
    after(() => place.stopServer());

    it('opens under the given id, and says so after the call', async () => {
      const anna = visit();
      expect(anna.inbox.all).to.deep.equal([]);
      expect(anna.session.id).to.equal(anna.id);
      await anna.inbox.next('opened');
      expect(anna.inbox.kinds).to.deep.equal(['opened']);
    });

    it('refuses an id that someone else holds, and leaves them in peace', async () => {
      const anna = await enter();
      const thief = visit({ id: anna.id });
      await thief.inbox.next('taken');
      expect(thief.inbox.kinds).to.deep.equal(['taken']);
      const ben = await enter();
      ben.session.send('offer', anna.id, newConnectionId(), sealedText('still there?'));
      expect(textOf((await anna.inbox.next('signal')).signal.bytes)).to.equal('still there?');
    });

    it('lets the same token take its id back', async () => {
      const anna = await enter();
      const again = await enter({ id: anna.id, token: anna.token });
      const ben = await enter();
      ben.session.send('offer', anna.id, newConnectionId(), sealedText('who is there?'));
      expect(textOf((await again.inbox.next('signal')).signal.bytes)).to.equal('who is there?');
    });

    it('carries each kind of signal with its sender, connection and bytes', async () => {
      const [anna, ben] = [await enter(), await enter()];
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      for (const kind of ['offer', 'answer', 'candidate'] as const) {
        const connectionId = newConnectionId();
        expect(anna.session.send(kind, ben.id, connectionId, asHello(bytes))).to.equal(true);
        const { signal } = await ben.inbox.next('signal');
        expect(signal).to.deep.equal({ kind, from: anna.id, connectionId, bytes });
      }
    });

    it('keeps the order, also of large signals', async () => {
      const [anna, ben] = [await enter(), await enter()];
      const lengths = [60_000, 1, 0, 30_000, 2, ...Array.from({ length: 40 }, (_, index) => index)];
      for (const length of lengths)
        anna.session.send('candidate', ben.id, newConnectionId(), asHello(new Uint8Array(length).fill(7)));
      for (const length of lengths)
        expect((await ben.inbox.next('signal')).signal.bytes).to.have.length(length);
    });

    it('says when nobody is there', async () => {
      const anna = await enter();
      const nobody = newPeerId();
      expect(anna.session.send('offer', nobody, newConnectionId(), sealedText('hello?'))).to.equal(true);
      expect(await anna.inbox.next('expired')).to.deep.equal({ kind: 'expired', to: nobody });
    });

    it('sends nothing before it is open or after it is closed', async () => {
      const ben = await enter();
      const anna = visit();
      const send = (): boolean =>
        anna.session.send('offer', ben.id, newConnectionId(), sealedText('too early or too late'));
      expect(send(), 'too early').to.equal(false);
      await anna.inbox.next('opened');
      anna.session.close();
      expect(send(), 'too late').to.equal(false);
    });

    it('frees its id when it is closed, and says nothing more', async () => {
      const anna = await enter();
      anna.session.close();
      await isFree(anna.id);
      expect(anna.inbox.kinds).to.deep.equal(['opened']);
    });

    it('frees its id when its lifetime ends', async () => {
      const anna = await enter();
      anna.life.abort();
      await isFree(anna.id);
      expect(anna.inbox.kinds).to.deep.equal(['opened']);
    });

    it('opens nothing when its lifetime is over before it began', async () => {
      const life = new AbortController();
      life.abort();
      const inbox = new Inbox<ServerEvent>();
      const id = newPeerId();
      const { server } = place;
      place.transport().openServer({ server, id, token: newToken(), signal: life.signal }, inbox.take);
      await enter({ id });
      expect(inbox.all).to.deep.equal([]);
    });

    it('ends once when the server goes, and finds none afterwards', async () => {
      const anna = await enter();
      await place.stopServer();
      await anna.inbox.next('closed');
      expect(anna.session.send('offer', newPeerId(), newConnectionId(), sealedText('x'))).to.equal(false);
      const late = visit();
      expect(await late.inbox.next('closed')).to.deep.equal({ kind: 'closed', code: 'network' });
      expect(anna.inbox.kinds).to.deep.equal(['opened', 'closed']);
      expect(late.inbox.kinds).to.deep.equal(['closed']);
    });
  });
}
