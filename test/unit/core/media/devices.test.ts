import { expect } from 'chai';
import { systemDevices } from '../../../../src/core/media/devices.ts';
import type { DeviceOutcomes } from '../../../../src/core/media/devices.ts';

type Ask = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

const devices = systemDevices();
const both = { microphone: { deviceId: '' }, camera: { deviceId: '' } };
const isMicrophone = ({ audio, video }: MediaStreamConstraints): boolean => Boolean(audio) && !video;
const failure = (name: string): DOMException => new DOMException(name, name);
const streamOf = (constraints: MediaStreamConstraints): Promise<MediaStream> =>
  MediaDevices.prototype.getUserMedia.call(navigator.mediaDevices, constraints);

/** Answers requests in place of the browser; gives what was asked. */
function answer(ask: Ask): MediaStreamConstraints[] {
  const asked: MediaStreamConstraints[] = [];
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', {
    configurable: true,
    value: (constraints: MediaStreamConstraints) => {
      asked.push(constraints);
      return ask(constraints);
    },
  });
  return asked;
}

const codes = ({ microphone, camera }: DeviceOutcomes): (string | undefined)[] =>
  [microphone, camera].map((outcome) => outcome && (outcome.ok ? outcome.value.kind : outcome.reason));

const stop = ({ microphone, camera }: DeviceOutcomes): void => {
  for (const outcome of [microphone, camera]) if (outcome?.ok) outcome.value.stop();
};

describe('the cameras and microphones of the browser', () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'mediaDevices');
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  });

  it('open together, with one request', async () => {
    const asked = answer(streamOf);
    const outcomes = await devices.open(both);
    expect(codes(outcomes)).to.deep.equal(['audio', 'video']);
    expect(asked.length).to.equal(1);
    stop(outcomes);
  });

  it('open alone when only one is wanted, and none when none is', async () => {
    const asked = answer(streamOf);
    const outcomes = await devices.open({ camera: { deviceId: '' } });
    expect(codes(outcomes)).to.deep.equal([undefined, 'video']);
    expect(asked.map(({ audio }) => audio)).to.deep.equal([false]);
    stop(outcomes);
    expect(await devices.open({})).to.deep.equal({});
  });

  it('open one by one when both cannot be had, so that one does not cost the other', async () => {
    const asked = answer((constraints) =>
      isMicrophone(constraints) ? streamOf(constraints) : Promise.reject(failure('NotFoundError')),
    );
    const outcomes = await devices.open(both);
    expect(codes(outcomes)).to.deep.equal(['audio', 'not-found']);
    expect(asked.length).to.equal(3);
    stop(outcomes);
  });

  for (const [name, microphone, camera] of [
    ['NotAllowedError', 'permissions', 'permissions'],
    ['SecurityError', 'permissions', 'permissions'],
    ['NotFoundError', 'not-found', 'not-found'],
    ['NotReadableError', 'mic-in-use', 'cam-in-use'],
    ['AbortError', 'mic-in-use', 'cam-in-use'],
    ['OverconstrainedError', 'constraints', 'constraints'],
    ['InvalidStateError', 'undefined-mediadevices', 'undefined-mediadevices'],
  ] as const) {
    it(`say ${camera} for ${name}`, async () => {
      answer(() => Promise.reject(failure(name)));
      expect(codes(await devices.open(both))).to.deep.equal([microphone, camera]);
    });
  }

  it('say undefined-mediadevices for a TypeError', async () => {
    answer(() => Promise.reject(new TypeError('insecure')));
    expect(codes(await devices.open(both))).to.deep.equal([
      'undefined-mediadevices',
      'undefined-mediadevices',
    ]);
  });

  it('say undefined-mediadevices where there are none, list nothing and listen to nothing', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
    expect(codes(await devices.open(both))).to.deep.equal([
      'undefined-mediadevices',
      'undefined-mediadevices',
    ]);
    expect(await devices.list()).to.deep.equal([]);
    devices.onChange(() => expect.fail('called'), { signal: new AbortController().signal });
  });

  it('fall back to any other when the chosen one is gone', async () => {
    const outcomes = await devices.open({ camera: { deviceId: 'f'.repeat(64) } });
    expect(codes(outcomes)).to.deep.equal([undefined, 'video']);
    stop(outcomes);
  });

  it('ask for a chosen one exactly, and give up after one more try', async () => {
    const asked = answer(() => Promise.reject(failure('OverconstrainedError')));
    expect(codes(await devices.open({ microphone: { deviceId: 'x' } }))).to.deep.equal([
      'constraints',
      undefined,
    ]);
    const wishes = asked.map(({ audio }) => (typeof audio === 'object' ? audio.deviceId : audio));
    expect(wishes).to.deep.equal([{ exact: 'x' }, undefined]);
  });

  it('are listed without anything else about them', async () => {
    stop(await devices.open(both));
    const list = await devices.list();
    expect(list.map(({ kind }) => kind)).to.include.members(['audioinput', 'videoinput']);
    for (const device of list) expect(Object.keys(device)).to.deep.equal(['kind', 'deviceId', 'label']);
  });

  it('tell when one was plugged in, until the lifetime ends', () => {
    const life = new AbortController();
    let changes = 0;
    devices.onChange(() => (changes += 1), { signal: life.signal });
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    life.abort();
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    expect(changes).to.equal(1);
  });
});
