import { expect } from 'chai';
import { createFakeDevices, createLoopback, createTestSession } from '../../src/testing.ts';
import { until } from '../support/session-until.ts';

describe('reforms/testing', () => {
  it('lets two people meet with nothing but names', async () => {
    const hub = createLoopback();
    const [ada, bob] = ['Ada', 'Bob'].map((displayName) =>
      createTestSession({ displayName }, { transport: hub.transport() }),
    );
    if (ada === undefined || bob === undefined) throw new Error('nobody came');
    for (const session of [ada, bob]) session.dispatch({ kind: 'join' });
    const { people } = await until(ada, (now) => now.people.length === 1);
    expect(people[0]).to.include({ name: 'Bob', protection: 'unverified' });
    expect(ada.snapshot.room.name).to.equal('test');
    bob.close();
    await until(ada, (now) => now.people.length === 0);
    ada.close();
  });

  it('opens a camera and a microphone that nobody has to allow, and stops them when it is closed', async () => {
    const session = createTestSession({}, { transport: createLoopback().transport() });
    session.dispatch({ kind: 'open-devices', microphone: true, camera: true });
    const { call } = await until(session, (now) => now.call.camera.status === 'open');
    const [track] = session.stream(call.preview ?? '')?.getVideoTracks() ?? [];
    expect(track?.readyState).to.equal('live');
    session.close();
    expect(track?.readyState).to.equal('ended');
  });

  it('takes devices and a page of the test\u2019s own', async () => {
    const lifetime = new AbortController();
    const devices = createFakeDevices(lifetime);
    devices.refuse('camera', 'permissions');
    const page = new EventTarget();
    const session = createTestSession(
      { room: 'other' },
      { transport: createLoopback().transport(), devices, page },
    );
    session.dispatch({ kind: 'set-camera', enabled: true });
    await until(session, (now) => now.call.camera.status === 'refused');
    session.dispatch({ kind: 'join' });
    await until(session, (now) => now.status === 'waiting');
    expect(session.safetyNumber('nobody')).to.equal(undefined);
    expect(await session.stats('nobody')).to.equal(undefined);
    page.dispatchEvent(new Event('pagehide'));
    expect(session.snapshot.status).to.equal('disconnected');
    session.close();
    lifetime.abort();
  });
});
