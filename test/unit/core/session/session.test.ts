import { expect } from 'chai';
import { ReformsError } from '../../../../src/core/errors.ts';
import { createFakeDevices, type FakeDevices } from '../../../../src/core/media/fake-devices.ts';
import type { Fact } from '../../../../src/core/session/facts.ts';
import { createSessionWith } from '../../../../src/core/session/session.ts';
import type { Session, SessionConfig } from '../../../../src/core/session/session-port.ts';
import {
  config,
  factsOf,
  fakeConnection,
  fakeDoor,
  settled,
  type FakeDoor,
} from '../../../support/session-doubles.ts';
import { person } from '../../../support/session-snapshots.ts';
import { until } from '../../../support/session-until.ts';

describe('session/session', () => {
  let door: FakeDoor;
  let devices: FakeDevices;
  let page: EventTarget;
  let lifetime: AbortController;
  let session: Session;
  let facts: Fact[];
  let forgotten: string[];

  const start = (changes: Partial<SessionConfig> = {}): void => {
    door = fakeDoor();
    forgotten = [];
    page = new EventTarget();
    lifetime = new AbortController();
    devices = createFakeDevices(lifetime);
    session = createSessionWith(
      {
        devices,
        openConnection: door.open,
        forget: async ({ room }) => void forgotten.push(`${session.snapshot.status} ${room}`),
        now: () => 1_000,
        page,
      },
      { ...config, ...changes },
    );
    facts = factsOf(session, lifetime.signal);
  };
  beforeEach(() => start());
  afterEach(() => {
    session.close();
    lifetime.abort();
  });

  const join = (): void => session.dispatch({ kind: 'join' });
  const leave = (): void => session.dispatch({ kind: 'leave' });
  const opening = (index = door.asked.length - 1) => {
    const found = door.asked[index];
    if (found === undefined) throw new Error('nothing was opened');
    return found;
  };
  const kinds = (): string[] => facts.map(({ kind }) => kind);
  /** In the room, by a connection that notes what it is told. */
  const enter = async () => {
    join();
    const connection = fakeConnection();
    await opening().resolve(connection);
    opening().options.report({ kind: 'room-joined', id: 'me-id' });
    return connection;
  };
  const track = (slot: 'audio' | 'video') => opening().options.track(slot);

  describe('before Join', () => {
    it('opens nothing', () => {
      expect(session.snapshot.status).to.equal('idle');
      expect(door.asked.length).to.equal(0);
      expect(devices.requests.length).to.equal(0);
    });

    it('shows the name as others will see it', () => {
      start({ displayName: ' \u202eAda\n ' });
      expect(session.snapshot.self.name).to.equal('Ada');
    });

    it('shows a preview when asked to', async () => {
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      const { call } = await until(session, (now) => now.call.camera.status === 'open');
      expect(session.stream(call.preview ?? '')?.getVideoTracks().length).to.equal(1);
      expect(door.asked.length).to.equal(0);
    });

    it('has nothing to leave', () => {
      leave();
      expect(facts).to.deep.equal([]);
      expect(session.snapshot.status).to.equal('idle');
    });

    it('has no stream and no figures of anybody', async () => {
      expect(session.stream('nothing')).to.equal(undefined);
      expect(await session.stats('nobody')).to.equal(undefined);
    });
  });

  describe('join', () => {
    it('is connecting at once', () => {
      join();
      expect(session.snapshot.status).to.equal('connecting');
      expect(door.asked.length).to.equal(1);
      expect(opening().options.config).to.include({ room: 'hello' });
    });

    it('joins once, however often it is asked', async () => {
      join();
      join();
      await opening().resolve(fakeConnection());
      join();
      expect(door.asked.length).to.equal(1);
      expect(kinds().filter((kind) => kind === 'join-started').length).to.equal(1);
    });

    it('fails without a room', () => {
      start({ room: '' });
      join();
      expect(session.snapshot).to.deep.include({
        status: 'failed',
        problem: { code: 'no-room', fatal: true },
      });
      expect(door.asked.length).to.equal(0);
    });

    it('fails without a server', () => {
      start({ servers: [] });
      join();
      expect(session.snapshot).to.deep.include({
        status: 'failed',
        problem: { code: 'no-server', fatal: true },
      });
    });

    it('fails with the code of what failed to open', async () => {
      join();
      await opening().reject(new ReformsError('wasm-blocked'));
      expect(session.snapshot).to.deep.include({
        status: 'failed',
        problem: { code: 'wasm-blocked', fatal: true },
      });
      expect(opening().options.signal.aborted).to.equal(true);
    });

    it('fails with a code even where something else was thrown', async () => {
      join();
      await opening().reject(new TypeError('network chunk'));
      expect(session.snapshot.problem).to.deep.equal({ code: 'internal', fatal: true });
    });

    it('may be tried again after a failure', async () => {
      join();
      await opening().reject(new ReformsError('network'));
      await enter();
      expect(session.snapshot).to.include({ status: 'waiting', problem: undefined });
    });

    it('may be tried again by whoever hears of the failure', async () => {
      session.observe((fact) => fact.kind === 'error-raised' && join(), lifetime);
      join();
      await opening().reject(new ReformsError('network'));
      expect(session.snapshot.status).to.equal('connecting');
      expect(door.asked.length).to.equal(2);
      expect(opening().options.signal.aborted).to.equal(false);
    });

    it('opens nothing if whoever hears of it leaves at once', () => {
      session.observe((fact) => fact.kind === 'join-started' && leave(), lifetime);
      session.dispatch({ kind: 'set-camera', enabled: false });
      join();
      expect(door.asked.length).to.equal(0);
      expect(session.snapshot.status).to.equal('disconnected');
    });

    it('opens the devices that are wanted', async () => {
      session.dispatch({ kind: 'open-devices', microphone: false, camera: true });
      join();
      await until(session, (now) => now.call.camera.status === 'open');
      expect(session.snapshot.call.microphone.status).to.equal('closed');
      expect(track('video')?.readyState).to.equal('live');
      expect(track('audio')).to.equal(null);
    });

    it('goes on with a device refused', async () => {
      devices.refuse('camera', 'permissions');
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      await enter();
      await until(session, (now) => now.call.camera.status === 'refused');
      expect(session.snapshot.status).to.equal('waiting');
      expect(session.snapshot.call.camera).to.include({ enabled: false, code: 'permissions' });
    });
  });

  describe('in the room', () => {
    it('passes tracks on, and tells when they can be heard or seen', async () => {
      const connection = await enter();
      session.dispatch({ kind: 'set-camera', enabled: true });
      await until(session, (now) => now.call.camera.status === 'open');
      expect(connection.calls).to.include('sendTrack video on');
      expect(connection.calls.at(-1)).to.equal('tellProfile');
      session.dispatch({ kind: 'set-camera', enabled: false });
      expect(connection.calls).to.include('sendTrack video off');
      expect(connection.calls.at(-1)).to.equal('tellProfile');
    });

    it('tells when the microphone is muted, which no device does', async () => {
      const connection = await enter();
      session.dispatch({ kind: 'set-microphone', enabled: true });
      await until(session, (now) => now.call.microphone.status === 'open');
      connection.calls.length = 0;
      session.dispatch({ kind: 'set-microphone', enabled: false });
      expect(connection.calls).to.include('tellProfile');
      expect(track('audio')?.enabled).to.equal(false);
    });

    it('gives the streams of others', async () => {
      const connection = await enter();
      const stream = new MediaStream();
      connection.streams.set('theirs', stream);
      expect(session.stream('theirs')).to.equal(stream);
    });

    it('ends with a fatal error and has let go of everything when it is heard', async () => {
      session.dispatch({ kind: 'set-camera', enabled: true });
      const connection = await enter();
      await until(session, (now) => now.call.camera.status === 'open');
      let aborted = false;
      session.observe((fact) => {
        if (fact.kind === 'error-raised') aborted = opening().options.signal.aborted;
      }, lifetime);
      opening().options.report({ kind: 'error-raised', code: 'room-full', fatal: true, from: undefined });
      expect(aborted).to.equal(true);
      expect(connection.calls.filter((call) => call === 'leave').length).to.equal(1);
      expect(session.snapshot).to.deep.include({
        status: 'failed',
        problem: { code: 'room-full', fatal: true },
      });
      expect(devices.tracks.every(({ readyState }) => readyState === 'ended')).to.equal(true);
    });

    it('survives an error that is not fatal', async () => {
      const connection = await enter();
      opening().options.report({ kind: 'error-raised', code: 'decrypt', fatal: false, from: undefined });
      expect(session.snapshot).to.deep.include({
        status: 'waiting',
        problem: { code: 'decrypt', fatal: false },
      });
      expect(connection.calls).to.deep.equal([]);
    });
  });

  describe('leave', () => {
    it('says goodbye, ends everything and lets go of the devices', async () => {
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      const connection = await enter();
      await until(session, (now) => now.call.camera.status === 'open');
      opening().options.report({ kind: 'participant-joined', participant: person('ada') });
      leave();
      expect(connection.calls.at(-1)).to.equal('leave');
      expect(opening().options.signal.aborted).to.equal(true);
      expect(session.snapshot).to.include({ status: 'disconnected', people: session.snapshot.people });
      expect(session.snapshot.people).to.deep.equal([]);
      expect(devices.tracks.every(({ readyState }) => readyState === 'ended')).to.equal(true);
      expect(session.snapshot.call).to.include({ preview: undefined });
    });

    it('leaves once', async () => {
      const connection = await enter();
      leave();
      leave();
      expect(connection.calls.filter((call) => call === 'leave').length).to.equal(1);
      expect(kinds().filter((kind) => kind === 'room-left').length).to.equal(1);
    });

    it('says goodbye to a connection that opens too late', async () => {
      join();
      leave();
      expect(session.snapshot.status).to.equal('disconnected');
      const connection = fakeConnection();
      await opening().resolve(connection);
      expect(connection.calls).to.deep.equal(['leave']);
      expect(session.snapshot.status).to.equal('disconnected');
    });

    it('does not mind a connection that fails too late', async () => {
      join();
      leave();
      await opening().reject(new ReformsError('network'));
      expect(session.snapshot.status).to.equal('disconnected');
      expect(session.snapshot.problem).to.equal(undefined);
    });

    it('hears no more of a visit that is over', async () => {
      await enter();
      const { report } = opening().options;
      leave();
      await enter();
      report({ kind: 'participant-joined', participant: person('ghost') });
      report({ kind: 'error-raised', code: 'room-full', fatal: true, from: undefined });
      expect(session.snapshot.people).to.deep.equal([]);
      expect(session.snapshot.status).to.equal('waiting');
    });

    it('keeps two visits apart when the first opens last', async () => {
      join();
      leave();
      join();
      const [late, now] = [fakeConnection(), fakeConnection()];
      await opening(1).resolve(now);
      await opening(0).resolve(late);
      expect(late.calls).to.deep.equal(['leave']);
      session.dispatch({ kind: 'set-name', name: 'Bob' });
      expect(now.calls).to.deep.equal(['tellProfile']);
    });

    it('opens again the devices that were wanted before', async () => {
      session.dispatch({ kind: 'set-camera', enabled: true });
      await enter();
      await until(session, (now) => now.call.camera.status === 'open');
      leave();
      expect(session.snapshot.call.camera.status).to.equal('closed');
      join();
      await until(session, (now) => now.call.camera.status === 'open');
      expect(track('video')?.readyState).to.equal('live');
    });

    it('lets go of a device that opens too late', async () => {
      const release = devices.hold();
      session.dispatch({ kind: 'set-camera', enabled: true });
      await enter();
      leave();
      release();
      await settled();
      expect(devices.tracks.length).to.equal(1);
      expect(devices.tracks[0]?.readyState).to.equal('ended');
      expect(session.snapshot.call.camera.status).to.equal('closed');
    });
  });

  describe('the page', () => {
    it('leaves when it goes, and comes back when it does', async () => {
      const connection = await enter();
      page.dispatchEvent(new Event('pagehide'));
      expect(connection.calls.at(-1)).to.equal('leave');
      expect(session.snapshot.status).to.equal('disconnected');
      page.dispatchEvent(new Event('pageshow'));
      expect(session.snapshot.status).to.equal('connecting');
      expect(door.asked.length).to.equal(2);
    });

    it('does not join by itself when nobody had joined', () => {
      page.dispatchEvent(new Event('pageshow'));
      page.dispatchEvent(new Event('pagehide'));
      page.dispatchEvent(new Event('pageshow'));
      expect(door.asked.length).to.equal(0);
      expect(facts).to.deep.equal([]);
    });

    it('does not come back to a room that was left before', async () => {
      await enter();
      page.dispatchEvent(new Event('pagehide'));
      page.dispatchEvent(new Event('pageshow'));
      leave();
      page.dispatchEvent(new Event('pageshow'));
      page.dispatchEvent(new Event('pagehide'));
      page.dispatchEvent(new Event('pageshow'));
      expect(door.asked.length).to.equal(2);
      expect(session.snapshot.status).to.equal('disconnected');
    });
  });

  describe('forget', () => {
    it('leaves first, so that nobody is remembered again', async () => {
      const connection = await enter();
      await session.forget();
      expect(connection.calls).to.deep.equal(['leave']);
      expect(forgotten).to.deep.equal(['disconnected hello']);
    });

    it('needs no visit', async () => {
      await session.forget();
      expect(forgotten).to.deep.equal(['idle hello']);
    });
  });

  describe('close', () => {
    it('leaves, lets go of everything and hears the page no more', async () => {
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      const connection = await enter();
      await until(session, (now) => now.call.camera.status === 'open');
      session.close();
      expect(connection.calls.at(-1)).to.equal('leave');
      expect(opening().options.signal.aborted).to.equal(true);
      expect(devices.tracks.every(({ readyState }) => readyState === 'ended')).to.equal(true);
      page.dispatchEvent(new Event('pageshow'));
      join();
      expect(door.asked.length).to.equal(1);
    });

    it('lets go of a preview that led nowhere', async () => {
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      await until(session, (now) => now.call.camera.status === 'open');
      session.close();
      expect(devices.tracks.every(({ readyState }) => readyState === 'ended')).to.equal(true);
    });

    it('may be called twice', async () => {
      const connection = await enter();
      session.close();
      session.close();
      expect(connection.calls).to.deep.equal(['leave']);
    });

    it('opens no device afterwards', async () => {
      session.close();
      session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
      session.dispatch({ kind: 'set-camera', enabled: true });
      await settled();
      expect(devices.requests.length).to.equal(0);
    });
  });
});
