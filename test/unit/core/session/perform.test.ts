import { expect } from 'chai';
import type { Intent } from '../../../../src/core/session/intents.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import { perform, type Stage } from '../../../../src/core/session/perform.ts';
import type { Snapshot } from '../../../../src/core/session/snapshot.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { fakeConnection, fakeMedia, type FakeConnection } from '../../../support/session-doubles.ts';
import { joined, outside, person, withPeople } from '../../../support/session-snapshots.ts';

const id = 'message-id';
const text = 'Grüße';

describe('session/perform', () => {
  let facts: Fact[];
  let calls: string[];
  let connection: FakeConnection;
  let media: ReturnType<typeof fakeMedia>;

  beforeEach(() => {
    facts = [];
    calls = [];
    connection = fakeConnection();
    media = fakeMedia();
  });

  const run = (intent: Intent, snapshot: Snapshot = joined, connected = true): void => {
    const stage: Stage = {
      snapshot: () => snapshot,
      report: (fact) => facts.push(fact),
      media,
      connection: () => (connected ? connection : undefined),
      join: () => calls.push('join'),
      leave: () => calls.push('leave'),
      now: () => 1_000,
    };
    perform(stage, intent);
  };
  const refused = (code: string): readonly unknown[] => [
    { kind: 'error-raised', code, fatal: false, from: undefined },
  ];

  it('joins and leaves', () => {
    run({ kind: 'join' });
    run({ kind: 'leave' });
    expect(calls).to.deep.equal(['join', 'leave']);
  });

  describe('set-name', () => {
    it('cleans the name and tells everyone', () => {
      run({ kind: 'set-name', name: ' \u202eAda ' });
      expect(facts).to.deep.equal([{ kind: 'name-changed', name: 'Ada' }]);
      expect(connection.calls).to.deep.equal(['tellProfile']);
    });

    it('does nothing when the name is what it was', () => {
      run({ kind: 'set-name', name: ' me ' });
      expect(facts).to.deep.equal([]);
      expect(connection.calls).to.deep.equal([]);
    });

    it('may take the name away', () => {
      run({ kind: 'set-name', name: '' });
      expect(facts).to.deep.equal([{ kind: 'name-changed', name: '' }]);
    });

    it('needs nobody to tell', () => {
      run({ kind: 'set-name', name: 'Ada' }, outside, false);
      expect(facts).to.deep.equal([{ kind: 'name-changed', name: 'Ada' }]);
    });
  });

  describe('devices', () => {
    it('opens both at once', () => {
      run({ kind: 'open-devices', microphone: true, camera: false }, outside, false);
      expect(facts).to.deep.equal([
        { kind: 'device-wanted', device: 'microphone', enabled: true },
        { kind: 'device-wanted', device: 'camera', enabled: false },
      ]);
      expect(media.calls).to.deep.equal(['open true false']);
    });

    it('tells the others when a wish changed, as a muted microphone stays open', () => {
      run({ kind: 'set-microphone', enabled: false });
      run({ kind: 'set-camera', enabled: true });
      run({ kind: 'open-devices', microphone: false, camera: true });
      expect(media.calls).to.deep.equal(['enable microphone false', 'enable camera true', 'open false true']);
      expect(connection.calls).to.deep.equal(['tellProfile', 'tellProfile', 'tellProfile']);
      expect(facts.slice(0, 2)).to.deep.equal([
        { kind: 'device-wanted', device: 'microphone', enabled: false },
        { kind: 'device-wanted', device: 'camera', enabled: true },
      ]);
    });

    it('chooses another', () => {
      run({ kind: 'choose-microphone', deviceId: 'm2' });
      run({ kind: 'choose-camera', deviceId: '' });
      expect(media.calls).to.deep.equal(['choose microphone m2', 'choose camera ']);
    });
  });

  describe('send-message', () => {
    const sent = (values: object): unknown => ({
      kind: 'message-sent',
      message: {
        id,
        from: 'self',
        name: 'me',
        text,
        sentAt: 1_000,
        delivery: 'sent',
        sentTo: [],
        deliveredTo: [],
        ...values,
      },
    });

    it('sends to everyone and says to whom', () => {
      connection.reached = ['ada', 'bob'];
      run({ kind: 'send-message', id, text });
      expect(connection.frames).to.deep.equal([{ kind: 'message', id, text, sentAt: 1_000 }]);
      expect(facts).to.deep.equal([sent({ sentTo: ['ada', 'bob'] })]);
    });

    it('lets a message wait when nobody is there', () => {
      run({ kind: 'send-message', id, text });
      expect(facts).to.deep.equal([sent({ delivery: 'waiting' })]);
    });

    it('refuses an empty one', () => {
      for (const blank of ['', ' ', '\n\t\u3000']) run({ kind: 'send-message', id, text: blank });
      expect(facts).to.deep.equal([
        ...refused('message-empty'),
        ...refused('message-empty'),
        ...refused('message-empty'),
      ]);
      expect(connection.frames).to.deep.equal([]);
    });

    it('refuses one that is too big, in bytes', () => {
      run({ kind: 'send-message', id, text: 'é'.repeat(maxMessageBytes / 2) });
      expect(facts.map(({ kind }) => kind)).to.deep.equal(['message-sent']);
      run({ kind: 'send-message', id, text: 'é'.repeat(maxMessageBytes / 2) + 'x' });
      expect(facts.slice(1)).to.deep.equal(refused('message-too-big'));
    });

    it('refuses an id that nobody would take', () => {
      for (const bad of ['', 'short', 'x'.repeat(65), 'with space', '"quotes"'])
        run({ kind: 'send-message', id: bad, text });
      expect(facts).to.deep.equal(Array.from({ length: 5 }, () => refused('bad-frame')).flat());
      expect(connection.frames).to.deep.equal([]);
    });

    it('refuses before we are in the room', () => {
      run({ kind: 'send-message', id, text }, joined, false);
      run({ kind: 'send-message', id, text }, outside);
      expect(facts).to.deep.equal([...refused('not-joined'), ...refused('not-joined')]);
    });
  });

  describe('files', () => {
    const files = [new File(['x'], 'one.txt'), new File(['y'], 'two.txt')];

    it('offers to everyone, or to those named', () => {
      run({ kind: 'send-files', files, to: undefined }, withPeople(person('ada')));
      run({ kind: 'send-files', files, to: ['ada'] }, withPeople(person('ada')));
      expect(connection.calls).to.deep.equal([
        'offerFiles one.txt+two.txt all',
        'offerFiles one.txt+two.txt ada',
      ]);
    });

    it('refuses where nobody is', () => {
      run({ kind: 'send-files', files, to: undefined });
      run({ kind: 'send-files', files, to: undefined }, withPeople(person('ada')), false);
      expect(facts).to.deep.equal([...refused('not-joined'), ...refused('not-joined')]);
    });

    it('passes on what was decided', () => {
      run({ kind: 'accept-file', id, handle: undefined });
      run({ kind: 'reject-file', id });
      run({ kind: 'cancel-file', id });
      run({ kind: 'judge-participant', id: 'ada', matches: true });
      expect(connection.calls).to.deep.equal([
        `acceptFile ${id} undefined`,
        `rejectFile ${id}`,
        `cancelFile ${id}`,
        'judge ada true',
      ]);
    });

    it('refuses decisions outside the room', () => {
      run({ kind: 'accept-file', id, handle: undefined }, outside, false);
      run({ kind: 'reject-file', id }, outside, false);
      run({ kind: 'cancel-file', id }, outside, false);
      run({ kind: 'judge-participant', id: 'ada', matches: false }, outside, false);
      expect(facts).to.deep.equal(Array.from({ length: 4 }, () => refused('not-joined')).flat());
    });
  });
});
