// takes clients that are no kit, gives them our door to knock at: nothing they send may harm it.

import { expect } from 'chai';
import { newConnectionId, newPeerId, newToken } from '../../src/core/transport/id.ts';
import { createPeerjsTransport } from '../../src/core/transport/peerjs.ts';
import type { ServerEvent } from '../../src/core/transport/port.ts';
import { Inbox } from '../support/inbox.ts';
import { sealedText } from '../support/mint.ts';
import { startSignaling, stopSignaling } from '../support/signaling.ts';

/** What a hostile peer of the stock server can put into someone's socket. */
const nonsense: readonly unknown[] = [
  { type: 'OFFER', payload: null },
  { type: 'OFFER' },
  { type: 'OFFER', payload: { type: 'data', serialization: 'constructor', connectionId: 'dc_1', sdp: {} } },
  { type: 'OFFER', payload: { type: 'data', serialization: 'no-such', connectionId: 'dc_2' } },
  { type: 'OFFER', payload: { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: 'x' } } },
  { type: 'ANSWER', payload: { connectionId: 'dc_unknown', sdp: { type: 'answer', sdp: '' } } },
  { type: 'CANDIDATE', payload: { connectionId: 'dc_unknown', candidate: {} } },
  { type: 'CANDIDATE', payload: { rf1: 7, c: 'connection-1' } },
  { type: 'CANDIDATE', payload: { rf1: '%%%%', c: 'connection-1' } },
  { type: 'LEAVE' },
];

for (const kind of ['ours', 'stock'] as const)
  describe(`strangers at ${kind === 'ours' ? 'our server' : 'a stock server'}`, () => {
    let server: string;
    const life = new AbortController();
    const uncaught: unknown[] = [];
    const note = (event: ErrorEvent | PromiseRejectionEvent): void => {
      uncaught.push(event);
    };

    const open = (url: string): { inbox: Inbox<ServerEvent>; id: string } => {
      const inbox = new Inbox<ServerEvent>();
      const id = newPeerId();
      const options = { server: url, id, token: newToken(), signal: life.signal };
      const session = createPeerjsTransport().openServer(options, inbox.take);
      expect(session.id).to.equal(id);
      return { inbox, id };
    };

    before(async () => {
      server = await startSignaling(kind);
      addEventListener('error', note, { signal: life.signal });
      addEventListener('unhandledrejection', note, { signal: life.signal });
    });
    after(async () => {
      life.abort();
      await stopSignaling(server);
    });

    it('cannot harm an open session', async () => {
      const { inbox, id } = open(server);
      await inbox.next('opened');
      const stranger = new WebSocket(
        `${server.replace('http', 'ws')}peerjs?key=peerjs&id=${newPeerId()}&token=${newToken()}`,
      );
      await new Promise((resolve) => stranger.addEventListener('message', resolve, { once: true }));
      for (const message of nonsense) stranger.send(JSON.stringify({ ...Object(message), dst: id }));
      // In order: when the kit's own signal is here, the nonsense has been before it.
      const payload = { rf1: 'AQID', c: newConnectionId() };
      stranger.send(JSON.stringify({ type: 'OFFER', dst: id, payload }));
      const { signal } = await inbox.next('signal');
      stranger.close();
      expect([...signal.bytes]).to.deep.equal([1, 2, 3]);
      expect(inbox.kinds).to.deep.equal(['opened', 'signal']);
      expect(uncaught).to.deep.equal([]);
    });

    it('with another key are not let in, and told why', async () => {
      const { inbox } = open(`${server}?key=other`);
      expect(await inbox.next('closed')).to.deep.equal({ kind: 'closed', code: 'invalid-key' });
      expect(inbox.kinds).to.deep.equal(['closed']);
    });
  });

describe('a server that is none', () => {
  const first = async (server: string, id = newPeerId()): Promise<readonly ServerEvent[]> => {
    const inbox = new Inbox<ServerEvent>();
    const life = new AbortController();
    const session = createPeerjsTransport().openServer(
      { server, id, token: newToken(), signal: life.signal },
      inbox.take,
    );
    await inbox.next('closed');
    expect(session.send('offer', newPeerId(), newConnectionId(), sealedText('x'))).to.equal(false);
    return inbox.all;
  };

  it('is unreachable where nobody listens', async () => {
    expect(await first('http://127.0.0.1:1/')).to.deep.equal([{ kind: 'closed', code: 'network' }]);
  });

  it('is refused where the address is none', async () => {
    expect(await first('javascript:void 0')).to.deep.equal([{ kind: 'closed', code: 'server-error' }]);
  });

  it('is not asked for an id that PeerJS does not take', async () => {
    expect(await first('http://127.0.0.1:1/', '-no-id-')).to.deep.equal([
      { kind: 'closed', code: 'invalid-id' },
    ]);
  });
});
