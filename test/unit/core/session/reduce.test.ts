import { expect } from 'chai';
import fc from 'fast-check';
import type { Fact } from '../../../../src/core/session/facts.ts';
import { maxMessages } from '../../../../src/core/session/reduce/chat.ts';
import { maxTransfers } from '../../../../src/core/session/reduce/files.ts';
import { initialSnapshot, reduce } from '../../../../src/core/session/reduce/index.ts';
import type { LocalDevice, MediaDevice, Snapshot } from '../../../../src/core/session/snapshot.ts';
import {
  after,
  joined,
  message,
  outside,
  person,
  transfer,
  unfrozen,
  withPeople,
} from '../../../support/session-snapshots.ts';

const idle: LocalDevice = { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' };
const camera: MediaDevice = { kind: 'videoinput', deviceId: 'c1', label: 'Camera' };

const withMessages = (...messages: Parameters<typeof message>[]): Snapshot =>
  messages.reduce(
    (now, values) => reduce(now, { kind: 'message-sent', message: message(...values) }),
    joined,
  );
const withTransfers = (...transfers: Parameters<typeof transfer>[]): Snapshot =>
  transfers.reduce(
    (now, values) => reduce(now, { kind: 'file-offered', transfer: transfer(...values) }),
    joined,
  );
const messageOf = (now: Snapshot, id: string) => now.chat.messages.find((one) => one.id === id);
const transferOf = (now: Snapshot, id: string) => now.files.transfers.find((one) => one.id === id);
const personOf = (now: Snapshot, id: string) => now.people.find((one) => one.id === id);

/** A Snapshot in which every slice holds something. */
const busy: Snapshot = [
  { kind: 'participant-joined', participant: person('ada') },
  { kind: 'participant-joined', participant: person('bob') },
  { kind: 'device-wanted', device: 'camera', enabled: true },
  { kind: 'device-opened', device: 'camera', deviceId: 'c1', label: 'Camera' },
  { kind: 'preview-changed', stream: 'own' },
  { kind: 'devices-listed', devices: [camera] },
  { kind: 'message-sent', message: message('m-1') },
  { kind: 'file-offered', transfer: transfer('t-1') },
  { kind: 'error-raised', code: 'bad-frame', fatal: false, from: 'ada' },
].reduce((now, fact) => reduce(now, fact as Fact), joined);

/** One fact of each kind that changes `busy`, but for those that never change anything. */
const news: readonly Fact[] = [
  { kind: 'join-started' },
  { kind: 'room-joined', id: 'other-id' },
  { kind: 'room-left' },
  { kind: 'server-lost' },
  { kind: 'error-raised', code: 'decrypt', fatal: false, from: undefined },
  { kind: 'error-raised', code: 'room-full', fatal: true, from: undefined },
  { kind: 'name-changed', name: 'other' },
  { kind: 'participant-joined', participant: person('cyd') },
  { kind: 'participant-updated', id: 'ada', name: 'other', audio: false, video: false },
  { kind: 'participant-verified', id: 'ada' },
  { kind: 'participant-left', id: 'ada', reason: 'left' },
  { kind: 'link-interrupted', id: 'ada' },
  { kind: 'device-wanted', device: 'camera', enabled: false },
  { kind: 'device-opening', device: 'microphone' },
  { kind: 'device-opened', device: 'microphone', deviceId: 'm1', label: 'Microphone' },
  { kind: 'device-closed', device: 'camera' },
  { kind: 'device-refused', device: 'camera', code: 'permissions' },
  { kind: 'preview-changed', stream: undefined },
  { kind: 'devices-listed', devices: [] },
  { kind: 'message-sent', message: message('m-2') },
  { kind: 'message-forwarded', id: 'm-1', to: ['cyd'] },
  { kind: 'message-received', message: message('ada.m-1', { from: 'ada' }) },
  { kind: 'messages-delivered', by: 'ada', ids: ['m-1'] },
  { kind: 'file-offered', transfer: transfer('t-2') },
  { kind: 'file-started', id: 't-1' },
  { kind: 'file-progressed', id: 't-1', bytes: 500, bytesPerSecond: 10 },
  { kind: 'file-completed', id: 't-1', savedBy: 'picker' },
  { kind: 'file-rejected', id: 't-1' },
  { kind: 'file-cancelled', id: 't-1', by: 'peer' },
  { kind: 'file-failed', id: 't-1', code: 'file-chunk' },
];

/** Facts that say nothing new about `busy`, or something about what is not there. */
const noNews: readonly Fact[] = [
  { kind: 'room-joined', id: 'me-id' },
  { kind: 'server-restored' },
  { kind: 'error-raised', code: 'bad-frame', fatal: false, from: 'bob' },
  { kind: 'status-changed', status: 'failed' },
  { kind: 'name-changed', name: 'me' },
  { kind: 'participant-updated', id: 'ada', name: 'name of ada', audio: true, video: true },
  { kind: 'participant-updated', id: 'nobody', name: 'x', audio: false, video: false },
  { kind: 'participant-verified', id: 'nobody' },
  { kind: 'identity-changed', id: 'ada', name: 'Ada', wasVerified: true },
  { kind: 'participant-left', id: 'nobody', reason: 'left' },
  { kind: 'link-interrupted', id: 'nobody' },
  { kind: 'link-restored', id: 'ada' },
  { kind: 'link-restored', id: 'nobody' },
  { kind: 'device-wanted', device: 'camera', enabled: true },
  { kind: 'device-wanted', device: 'microphone', enabled: false },
  { kind: 'device-opened', device: 'camera', deviceId: 'c1', label: 'Camera' },
  { kind: 'device-closed', device: 'microphone' },
  { kind: 'preview-changed', stream: 'own' },
  { kind: 'devices-listed', devices: [{ ...camera }] },
  { kind: 'message-sent', message: message('m-1', { text: 'other' }) },
  { kind: 'message-received', message: message('m-1', { from: 'ada', text: 'other' }) },
  { kind: 'message-forwarded', id: 'm-1', to: ['ada'] },
  { kind: 'message-forwarded', id: 'm-1', to: [] },
  { kind: 'message-forwarded', id: 'nothing', to: ['ada'] },
  { kind: 'messages-delivered', by: 'cyd', ids: ['m-1'] },
  { kind: 'messages-delivered', by: 'ada', ids: ['nothing'] },
  { kind: 'messages-delivered', by: 'ada', ids: [] },
  { kind: 'file-offered', transfer: transfer('t-1', { name: 'other' }) },
  { kind: 'file-started', id: 'nothing' },
  { kind: 'file-progressed', id: 't-1', bytes: 0, bytesPerSecond: 0 },
  { kind: 'file-progressed', id: 'nothing', bytes: 1, bytesPerSecond: 1 },
  { kind: 'file-completed', id: 'nothing', savedBy: undefined },
  { kind: 'file-rejected', id: 'nothing' },
  { kind: 'file-cancelled', id: 'nothing', by: 'self' },
  { kind: 'file-failed', id: 'nothing', code: 'internal' },
];

const title = (fact: Fact): string => JSON.stringify(fact).slice(0, 90);

describe('session/reduce', () => {
  describe('purity', () => {
    it('begins with a frozen Snapshot', () => {
      expect(unfrozen(outside)).to.deep.equal([]);
      expect(outside.status).to.equal('idle');
      expect(outside.room).to.include({ name: 'hello', hasSecret: false, phase: 'outside', reachable: true });
      const { room } = initialSnapshot({ room: 'hello', secret: new Uint8Array(32), displayName: '' });
      expect(room.hasSecret).to.equal(true);
    });

    it('keeps no secret in the Snapshot', () => {
      const now = initialSnapshot({ room: 'hello', secret: new Uint8Array(32).fill(173), displayName: '' });
      expect(JSON.stringify(now)).not.to.include('173');
    });

    for (const fact of news) {
      it(`gives a new frozen Snapshot for ${title(fact)} and leaves the old one alone`, () => {
        const before = structuredClone(busy);
        const next = reduce(busy, fact);
        expect(next).not.to.equal(busy);
        expect(next).not.to.deep.equal(busy);
        expect(unfrozen(next)).to.deep.equal([]);
        expect(busy).to.deep.equal(before);
      });
    }

    for (const fact of noNews) {
      it(`gives the very same Snapshot for ${title(fact)}`, () => {
        expect(reduce(busy, fact)).to.equal(busy);
      });
    }

    it('shares every slice that a fact did not touch', () => {
      const next = reduce(busy, { kind: 'message-received', message: message('ada.m-9', { from: 'ada' }) });
      expect(next.people).to.equal(busy.people);
      expect(next.files).to.equal(busy.files);
      expect(next.call).to.equal(busy.call);
      expect(next.room).to.equal(busy.room);
      expect(next.self).to.equal(busy.self);
      expect(next.chat.messages[0]).to.equal(busy.chat.messages[0]);
      const updated = reduce(busy, { kind: 'participant-verified', id: 'ada' });
      expect(personOf(updated, 'bob')).to.equal(personOf(busy, 'bob'));
    });

    it('gives the same Snapshot for the same facts, whatever their order was before', () => {
      const facts = fc.array(fc.constantFrom(...news, ...noNews), { maxLength: 40 });
      fc.assert(
        fc.property(facts, (list) => {
          const one = list.reduce(reduce, busy);
          expect(list.reduce(reduce, busy)).to.deep.equal(one);
          expect(unfrozen(one)).to.deep.equal([]);
          expect(new Set(one.people.map(({ id }) => id)).size).to.equal(one.people.length);
          expect(new Set(one.chat.messages.map(({ id }) => id)).size).to.equal(one.chat.messages.length);
        }),
        { seed: 20_260_103, numRuns: 300 },
      );
    });
  });

  describe('status', () => {
    const join: Fact = { kind: 'join-started' };
    const enter: Fact = { kind: 'room-joined', id: 'me-id' };
    const ada: Fact = { kind: 'participant-joined', participant: person('ada') };
    const bob: Fact = { kind: 'participant-joined', participant: person('bob') };
    const lost: Fact = { kind: 'server-lost' };
    const broken = (id: string): Fact => ({ kind: 'link-interrupted', id });
    const table: readonly (readonly [Snapshot['status'], string, readonly Fact[]])[] = [
      ['idle', 'before anything', []],
      ['idle', 'with a preview only', [{ kind: 'device-opening', device: 'camera' }]],
      ['connecting', 'on the way in', [join]],
      ['connecting', 'on the way in without a server', [join, lost]],
      ['waiting', 'alone', [join, enter]],
      ['reconnecting', 'alone without a server', [join, enter, lost]],
      ['waiting', 'alone with the server back', [join, enter, lost, { kind: 'server-restored' }]],
      ['connected', 'with someone', [join, enter, ada]],
      ['connected', 'with someone, without a server', [join, enter, ada, lost]],
      ['reconnecting', 'with the only path broken', [join, enter, ada, broken('ada')]],
      ['connected', 'with one of two paths broken', [join, enter, ada, bob, broken('ada')]],
      ['reconnecting', 'with both paths broken', [join, enter, ada, bob, broken('ada'), broken('bob')]],
      [
        'connected',
        'with a path restored',
        [join, enter, ada, broken('ada'), { kind: 'link-restored', id: 'ada' }],
      ],
      [
        'waiting',
        'when the last one left',
        [join, enter, ada, { kind: 'participant-left', id: 'ada', reason: 'lost' }],
      ],
      ['disconnected', 'after leaving', [join, enter, ada, { kind: 'room-left' }]],
      ['disconnected', 'after giving up on the way in', [join, { kind: 'room-left' }]],
      [
        'failed',
        'after a fatal error',
        [join, { kind: 'error-raised', code: 'no-server', fatal: true, from: undefined }],
      ],
      [
        'waiting',
        'after an error that was survived',
        [join, enter, { kind: 'error-raised', code: 'decrypt', fatal: false, from: undefined }],
      ],
      [
        'connecting',
        'when trying again',
        [join, { kind: 'error-raised', code: 'network', fatal: true, from: undefined }, join],
      ],
      ['connecting', 'when coming back', [join, enter, { kind: 'room-left' }, join]],
    ];
    for (const [status, when, facts] of table) {
      it(`is ${status} ${when}`, () => {
        expect(after(...facts).status).to.equal(status);
      });
    }
  });

  describe('room', () => {
    it('forgets the last problem when joining anew', () => {
      const now = after(
        { kind: 'error-raised', code: 'network', fatal: true, from: undefined },
        { kind: 'join-started' },
      );
      expect(now.problem).to.equal(undefined);
    });

    it('keeps what went wrong last', () => {
      const now = after(
        { kind: 'error-raised', code: 'bad-frame', fatal: false, from: 'ada' },
        { kind: 'error-raised', code: 'network', fatal: false, from: undefined },
      );
      expect(now.problem).to.deep.equal({ code: 'network', fatal: false });
    });

    it('tells a fatal error from one of the same code that was survived', () => {
      const now = after(
        { kind: 'error-raised', code: 'network', fatal: false, from: undefined },
        { kind: 'error-raised', code: 'network', fatal: true, from: undefined },
      );
      expect(now.problem).to.deep.equal({ code: 'network', fatal: true });
    });

    it('knows our own id and name', () => {
      expect(joined.self).to.deep.equal({ id: 'me-id', name: 'me' });
      expect(reduce(joined, { kind: 'name-changed', name: 'you' }).self.name).to.equal('you');
    });

    for (const fact of [
      { kind: 'room-left' },
      { kind: 'error-raised', code: 'ejected', fatal: true, from: undefined },
    ] as const satisfies readonly Fact[]) {
      it(`has nobody in it and nothing under way after ${fact.kind}, and what was said stays`, () => {
        const moving = reduce(busy, { kind: 'file-started', id: 't-1' });
        const done = reduce(moving, {
          kind: 'file-offered',
          transfer: transfer('t-2', { state: 'completed' }),
        });
        const next = reduce(done, fact);
        expect(next.people).to.deep.equal([]);
        expect(next.files.transfers.map(({ state }) => state)).to.deep.equal(['cancelled', 'completed']);
        expect(next.chat).to.equal(done.chat);
        expect(reduce(next, fact)).to.equal(next);
      });
    }
  });

  describe('people', () => {
    it('lists everyone once, in the order they came', () => {
      const now = withPeople(person('ada'), person('bob'), person('ada', { name: 'Ada anew', stream: 's2' }));
      expect(now.people.map(({ id }) => id)).to.deep.equal(['ada', 'bob']);
      expect(personOf(now, 'ada')).to.include({ name: 'Ada anew', stream: 's2' });
    });

    it('takes over what a person says of themselves and nothing else', () => {
      const now = reduce(withPeople(person('ada', { protection: 'unverified' })), {
        kind: 'participant-updated',
        id: 'ada',
        name: 'Ada',
        audio: false,
        video: true,
      });
      const expected = person('ada', { protection: 'unverified', name: 'Ada', audio: false, video: true });
      expect(personOf(now, 'ada')).to.deep.equal(expected);
    });

    it('marks who was verified, and only them', () => {
      const now = reduce(withPeople(person('ada'), person('bob')), {
        kind: 'participant-verified',
        id: 'bob',
      });
      expect(now.people.map(({ protection }) => protection)).to.deep.equal(['link', 'verified']);
    });

    it('holds back who takes a name that is not theirs, and lets go when they are verified', () => {
      const named = {
        kind: 'participant-updated',
        id: 'ada',
        name: 'Bob',
        audio: true,
        video: true,
      } as const;
      const held = reduce(withPeople(person('ada')), { ...named, held: 'key-changed' });
      expect(personOf(held, 'ada')?.held).to.equal('key-changed');
      const renamed = reduce(held, { ...named, name: 'Ada' });
      expect(personOf(renamed, 'ada')?.held).to.equal('key-changed');
      const verified = reduce(renamed, { kind: 'participant-verified', id: 'ada' });
      expect(personOf(verified, 'ada')).to.deep.equal(person('ada', { name: 'Ada', protection: 'verified' }));
      expect(reduce(verified, { kind: 'participant-verified', id: 'ada' })).to.equal(verified);
    });

    it('forgets who left', () => {
      const now = withPeople(person('ada'), person('bob'));
      const next = reduce(now, { kind: 'participant-left', id: 'ada', reason: 'mismatch' });
      expect(next.people.map(({ id }) => id)).to.deep.equal(['bob']);
    });
  });

  describe('call', () => {
    it('follows a device from closed to open and back', () => {
      const device = 'microphone';
      const wanted = reduce(outside, { kind: 'device-wanted', device, enabled: true });
      expect(wanted.call.microphone).to.deep.equal({ ...idle, enabled: true });
      const opening = reduce(wanted, { kind: 'device-opening', device });
      expect(opening.call.microphone.status).to.equal('opening');
      const open = reduce(opening, { kind: 'device-opened', device, deviceId: 'm1', label: 'Mic' });
      expect(open.call.microphone).to.deep.equal({
        status: 'open',
        enabled: true,
        code: undefined,
        deviceId: 'm1',
        label: 'Mic',
      });
      const closed = reduce(open, { kind: 'device-closed', device });
      expect(closed.call.microphone).to.deep.equal({ ...open.call.microphone, status: 'closed' });
      expect(closed.call.camera).to.equal(outside.call.camera);
    });

    it('wants no device that was refused, says why, and forgets that at the next try', () => {
      const device = 'camera';
      const wanted = reduce(outside, { kind: 'device-wanted', device, enabled: true });
      const refused = reduce(wanted, { kind: 'device-refused', device, code: 'cam-in-use' });
      expect(refused.call.camera).to.include({ status: 'refused', enabled: false, code: 'cam-in-use' });
      expect(reduce(refused, { kind: 'device-opening', device }).call.camera.code).to.equal(undefined);
    });

    it('knows the preview and the devices', () => {
      expect(busy.call.preview).to.equal('own');
      expect(busy.call.devices).to.deep.equal([camera]);
      expect(reduce(busy, { kind: 'preview-changed', stream: undefined }).call.preview).to.equal(undefined);
    });

    it('sees a device that was added, removed, renamed or replaced', () => {
      const lists: readonly (readonly MediaDevice[])[] = [
        [camera, camera],
        [],
        [{ ...camera, label: 'Other' }],
        [{ ...camera, deviceId: 'c2' }],
        [{ ...camera, kind: 'audioinput' }],
      ];
      for (const devices of lists)
        expect(reduce(busy, { kind: 'devices-listed', devices }).call.devices).to.deep.equal(devices);
    });
  });

  describe('chat', () => {
    it('keeps messages in the order they came', () => {
      const now = reduce(withMessages(['m-2'], ['m-1']), {
        kind: 'message-received',
        message: message('ada.m-1', { from: 'ada', sentAt: 0 }),
      });
      expect(now.chat.messages.map(({ id }) => id)).to.deep.equal(['m-2', 'm-1', 'ada.m-1']);
    });

    it('is delivered when all of those it was sent to have it', () => {
      const sent = withMessages(['m-1']);
      const half = reduce(sent, { kind: 'messages-delivered', by: 'ada', ids: ['m-1'] });
      expect(messageOf(half, 'm-1')).to.deep.include({ delivery: 'sent', deliveredTo: ['ada'] });
      const all = reduce(half, { kind: 'messages-delivered', by: 'bob', ids: ['m-1'] });
      expect(messageOf(all, 'm-1')).to.deep.include({ delivery: 'delivered', deliveredTo: ['ada', 'bob'] });
    });

    it('marks all messages of one receipt', () => {
      const sent = withMessages(
        ['m-1', { sentTo: ['ada'] }],
        ['m-2', { sentTo: ['ada'] }],
        ['m-3', { sentTo: ['ada'] }],
      );
      const now = reduce(sent, { kind: 'messages-delivered', by: 'ada', ids: ['m-3', 'm-1', 'm-1'] });
      expect(now.chat.messages.map(({ delivery }) => delivery)).to.deep.equal([
        'delivered',
        'sent',
        'delivered',
      ]);
    });

    it('believes no receipt from someone it was never sent to', () => {
      const sent = withMessages(['m-1', { sentTo: ['ada'] }]);
      expect(reduce(sent, { kind: 'messages-delivered', by: 'bob', ids: ['m-1'] })).to.equal(sent);
    });

    it('believes a receipt once', () => {
      const half = reduce(withMessages(['m-1']), { kind: 'messages-delivered', by: 'ada', ids: ['m-1'] });
      expect(reduce(half, { kind: 'messages-delivered', by: 'ada', ids: ['m-1'] })).to.equal(half);
    });

    it('believes no receipt for a message that waits, or that someone else wrote', () => {
      const waiting = withMessages(['m-1', { sentTo: [], delivery: 'waiting' }]);
      expect(reduce(waiting, { kind: 'messages-delivered', by: 'ada', ids: ['m-1'] })).to.equal(waiting);
      const theirs = reduce(joined, {
        kind: 'message-received',
        message: message('ada.m-1', { from: 'ada', sentTo: ['bob'] }),
      });
      expect(reduce(theirs, { kind: 'messages-delivered', by: 'bob', ids: ['ada.m-1'] })).to.equal(theirs);
    });

    it('sends on what waited', () => {
      const waiting = withMessages(['m-1', { sentTo: [], delivery: 'waiting' }]);
      const sent = reduce(waiting, { kind: 'message-forwarded', id: 'm-1', to: ['ada', 'bob'] });
      expect(messageOf(sent, 'm-1')).to.deep.include({ delivery: 'sent', sentTo: ['ada', 'bob'] });
    });

    it('takes delivered back when a message goes to one more', () => {
      const delivered = reduce(withMessages(['m-1', { sentTo: ['ada'] }]), {
        kind: 'messages-delivered',
        by: 'ada',
        ids: ['m-1'],
      });
      const more = reduce(delivered, { kind: 'message-forwarded', id: 'm-1', to: ['bob'] });
      expect(messageOf(more, 'm-1')).to.deep.include({
        delivery: 'sent',
        sentTo: ['ada', 'bob'],
        deliveredTo: ['ada'],
      });
    });

    it('keeps the first of two messages with one id', () => {
      const now = withMessages(['m-1', { text: 'first' }], ['m-1', { text: 'second' }]);
      expect(now.chat.messages.map(({ text }) => text)).to.deep.equal(['first']);
    });

    it('keeps so many messages and drops the oldest', () => {
      const full: Snapshot = {
        ...joined,
        chat: { messages: Array.from({ length: maxMessages }, (_, at) => message(`m-${at}`)) },
      };
      const next = reduce(full, { kind: 'message-sent', message: message('last') });
      expect(next.chat.messages.length).to.equal(maxMessages);
      expect(next.chat.messages[0]?.id).to.equal('m-1');
      expect(next.chat.messages.at(-1)?.id).to.equal('last');
    });
  });

  describe('files', () => {
    it('follows a file from its offer to its place', () => {
      const offered = withTransfers(['t-1']);
      const moving = reduce(offered, { kind: 'file-started', id: 't-1' });
      const half = reduce(moving, { kind: 'file-progressed', id: 't-1', bytes: 500, bytesPerSecond: 50 });
      expect(transferOf(half, 't-1')).to.include({ state: 'moving', bytes: 500, bytesPerSecond: 50 });
      const done = reduce(half, { kind: 'file-completed', id: 't-1', savedBy: 'picker' });
      expect(transferOf(done, 't-1')).to.include({
        state: 'completed',
        bytes: 1_000,
        bytesPerSecond: 0,
        savedBy: 'picker',
      });
    });

    const ends: readonly Fact[] = [
      { kind: 'file-completed', id: 't-1', savedBy: 'download' },
      { kind: 'file-rejected', id: 't-1' },
      { kind: 'file-cancelled', id: 't-1', by: 'self' },
      { kind: 'file-failed', id: 't-1', code: 'peer-gone' },
    ];
    for (const end of ends) {
      it(`stays as it ended after ${end.kind}, whatever comes later`, () => {
        const moving = reduce(withTransfers(['t-1']), { kind: 'file-started', id: 't-1' });
        const ended = reduce(
          reduce(moving, { kind: 'file-progressed', id: 't-1', bytes: 1, bytesPerSecond: 9 }),
          end,
        );
        expect(transferOf(ended, 't-1')?.bytesPerSecond).to.equal(0);
        const late: readonly Fact[] = [
          ...ends,
          { kind: 'file-started', id: 't-1' },
          { kind: 'file-progressed', id: 't-1', bytes: 999, bytesPerSecond: 1 },
          { kind: 'file-offered', transfer: transfer('t-1') },
        ];
        for (const fact of late) expect(reduce(ended, fact), fact.kind).to.equal(ended);
      });
    }

    it('says why a file failed', () => {
      const failed = reduce(withTransfers(['t-1']), {
        kind: 'file-failed',
        id: 't-1',
        code: 'file-truncated',
      });
      expect(transferOf(failed, 't-1')).to.include({ state: 'failed', code: 'file-truncated' });
    });

    it('never has more bytes than the file', () => {
      const now = reduce(withTransfers(['t-1']), {
        kind: 'file-progressed',
        id: 't-1',
        bytes: 5_000,
        bytesPerSecond: 1,
      });
      expect(transferOf(now, 't-1')?.bytes).to.equal(1_000);
    });

    it('changes one file and leaves the others', () => {
      const now = withTransfers(['t-1'], ['t-2']);
      const next = reduce(now, { kind: 'file-rejected', id: 't-1' });
      expect(transferOf(next, 't-2')).to.equal(transferOf(now, 't-2'));
    });

    it('keeps so many transfers and drops the oldest that has ended', () => {
      const transfers = Array.from({ length: maxTransfers }, (_, at) =>
        transfer(`t-${at}`, { state: at < 2 ? 'moving' : 'completed' }),
      );
      const next = reduce(
        { ...joined, files: { transfers } },
        { kind: 'file-offered', transfer: transfer('last') },
      );
      expect(next.files.transfers.length).to.equal(maxTransfers);
      expect(next.files.transfers.slice(0, 3).map(({ id }) => id)).to.deep.equal(['t-0', 't-1', 't-3']);
      expect(next.files.transfers.at(-1)?.id).to.equal('last');
    });

    it('drops none that is under way', () => {
      const transfers = Array.from({ length: maxTransfers }, (_, at) => transfer(`t-${at}`));
      const next = reduce(
        { ...joined, files: { transfers } },
        { kind: 'file-offered', transfer: transfer('last') },
      );
      expect(next.files.transfers.length).to.equal(maxTransfers + 1);
    });
  });
});
