import { expect } from 'chai';
import { watchPath } from '../../../../src/core/transport/rtc-path.ts';
import type { PathEvent, PathSource } from '../../../../src/core/transport/rtc-path.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** A peer connection of which only the ICE state is known. */
class Path extends EventTarget {
  iceConnectionState: RTCIceConnectionState = 'new';
  readonly sctp = null;

  become(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }
}

describe('the path between two peers', () => {
  let clock: ManualClock;
  let life: AbortController;

  const watch = (polite: boolean) => {
    const path: Path & PathSource = new Path();
    const events: PathEvent[] = [];
    let restarts = 0;
    const restartIce = (): void => {
      restarts += 1;
    };
    watchPath(path, { clock, polite, signal: life.signal, restartIce }, (event) => events.push(event));
    return { path, events, restarts: () => restarts };
  };
  const pass = (milliseconds: number): Promise<void> => clock.advance(milliseconds, () => Promise.resolve());

  beforeEach(() => {
    clock = new ManualClock();
    life = new AbortController();
  });
  afterEach(() => life.abort());

  it('is not talked about while it holds', () => {
    const { path, events } = watch(false);
    for (const state of ['checking', 'connected', 'completed', 'connected'] as const) path.become(state);
    expect(events).to.deep.equal([]);
  });

  it('is over when it was never found', () => {
    const { path, events } = watch(false);
    path.become('checking');
    path.become('disconnected');
    path.become('failed');
    expect(events).to.deep.equal(['closed']);
  });

  it('often comes back by itself', async () => {
    const { path, events, restarts } = watch(false);
    path.become('connected');
    path.become('disconnected');
    await pass(1_900);
    path.become('connected');
    await pass(60_000);
    expect(events).to.deep.equal(['interrupted', 'restored']);
    expect(restarts()).to.equal(0);
  });

  it('is mended after two seconds, and again until it holds', async () => {
    const { path, events, restarts } = watch(false);
    path.become('connected');
    path.become('disconnected');
    await pass(2_000);
    expect(restarts()).to.equal(1);
    await pass(8_000);
    expect(restarts()).to.equal(3);
    path.become('checking');
    path.become('connected');
    await pass(60_000);
    expect(restarts()).to.equal(3);
    expect(events).to.deep.equal(['interrupted', 'restored']);
  });

  it('is mended at once when it has failed', async () => {
    const { path, restarts } = watch(false);
    path.become('connected');
    path.become('failed');
    await pass(0);
    expect(restarts()).to.equal(1);
  });

  it('is left to the impolite side for a while', async () => {
    const { path, restarts } = watch(true);
    path.become('connected');
    path.become('failed');
    await pass(2_900);
    expect(restarts()).to.equal(0);
    await pass(100);
    expect(restarts()).to.equal(1);
  });

  it('is looked at anew when the machine is online again, once', async () => {
    const { path, restarts } = watch(false);
    path.become('connected');
    window.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(restarts()).to.equal(1);
  });

  it('is given up in the end', async () => {
    const { path, events } = watch(false);
    path.become('connected');
    path.become('disconnected');
    path.become('failed');
    await pass(45_000);
    expect(events).to.deep.equal(['interrupted', 'closed']);
  });

  it('is forgotten with its link', async () => {
    const { path, events, restarts } = watch(false);
    path.become('connected');
    path.become('failed');
    life.abort();
    await pass(60_000);
    path.become('connected');
    expect(events).to.deep.equal(['interrupted']);
    expect(restarts()).to.equal(0);
    expect(clock.waiting).to.equal(0);
  });
});
