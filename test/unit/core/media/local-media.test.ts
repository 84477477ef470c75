import { expect } from 'chai';
import { createFakeDevices } from '../../../../src/core/media/fake-devices.ts';
import type { FakeDevices } from '../../../../src/core/media/fake-devices.ts';
import { systemDevices } from '../../../../src/core/media/devices.ts';
import { createLocalMedia } from '../../../../src/core/media/local-media.ts';
import type { LocalMedia, MediaReport } from '../../../../src/core/media/local-media.ts';
import type { DeviceCode } from '../../../../src/core/errors.ts';
import { settled, until } from '../files/support.ts';

interface Setting {
  readonly devices: FakeDevices;
  readonly media: LocalMedia;
  readonly reports: MediaReport[];
  /** What is sent in each slot, in order. */
  readonly sent: { readonly slot: string; readonly track: MediaStreamTrack | null }[];
  /** Live tracks at each of these moments. */
  readonly liveWhenSent: number[];
  readonly life: AbortController;
}

/** Reports about one device, in short. */
const story = ({ reports }: Setting, device: string): string[] =>
  reports.flatMap((report) => {
    if (!('device' in report) || report.device !== device) return [];
    if (report.kind === 'device-opened') return [`opened ${report.deviceId}`];
    return [
      report.kind === 'device-refused' ? `refused ${report.code}` : report.kind.slice('device-'.length),
    ];
  });

const live = ({ devices }: Setting): string[] =>
  devices.tracks
    .filter(({ readyState }) => readyState === 'live')
    .map((track) => track.getSettings().deviceId ?? '')
    .sort();

describe('one’s own microphone and camera', () => {
  let setting: Setting;

  beforeEach(() => {
    const life = new AbortController();
    const devices = createFakeDevices({ signal: life.signal });
    const reports: MediaReport[] = [];
    const sent: Setting['sent'] = [];
    const liveWhenSent: number[] = [];
    const media = createLocalMedia({
      devices,
      report: (report) => reports.push(report),
      onTrack: (slot, track) => {
        sent.push({ slot, track });
        liveWhenSent.push(devices.tracks.filter(({ readyState }) => readyState === 'live').length);
      },
      signal: life.signal,
    });
    setting = { devices, media, reports, sent, liveWhenSent, life };
  });

  afterEach(() => {
    setting.media.close();
    expect(live(setting)).to.deep.equal([]);
    setting.life.abort();
  });

  it('open with one request, show a preview and are listed', async () => {
    const { media, devices, reports, sent } = setting;
    media.open({ microphone: true, camera: true });
    await settled();
    expect(devices.requests).to.deep.equal([{ microphone: { deviceId: '' }, camera: { deviceId: '' } }]);
    expect(story(setting, 'microphone')).to.deep.equal(['opening', 'opened microphone-1']);
    expect(story(setting, 'camera')).to.deep.equal(['opening', 'opened camera-1']);
    expect(sent.map(({ slot, track }) => [slot, track?.kind])).to.deep.equal([
      ['audio', 'audio'],
      ['video', 'video'],
    ]);
    expect(media.track('audio')).to.equal(sent[0]?.track);
    expect(media.preview?.getTracks()).to.deep.equal([media.track('video')]);
    const preview = reports.find(({ kind }) => kind === 'preview-changed');
    expect(preview).to.deep.equal({ kind: 'preview-changed', stream: media.preview?.id });
    expect(reports.some(({ kind }) => kind === 'devices-listed')).to.equal(true);
  });

  it('ask for nothing before they are wanted', async () => {
    setting.media.open({ microphone: false, camera: false });
    setting.media.enable('microphone', false);
    setting.media.choose('camera', 'camera-2');
    setting.media.close();
    await settled();
    expect(setting.devices.requests).to.deep.equal([]);
    expect(setting.reports).to.deep.equal([]);
  });

  it('mute the microphone at once and keep it open', async () => {
    const { media, sent } = setting;
    media.enable('microphone', true);
    await settled();
    media.enable('microphone', false);
    expect(media.track('audio')?.enabled).to.equal(false);
    media.enable('microphone', true);
    expect(media.track('audio')?.enabled).to.equal(true);
    expect(sent.length).to.equal(1);
    expect(story(setting, 'microphone')).to.deep.equal(['opening', 'opened microphone-1']);
  });

  it('turn the camera’s light off at once, and open it anew', async () => {
    const { media, sent, reports } = setting;
    media.enable('camera', true);
    await settled();
    media.enable('camera', false);
    expect(live(setting)).to.deep.equal([]);
    expect(media.preview).to.equal(undefined);
    expect(sent.at(-1)).to.deep.equal({ slot: 'video', track: null });
    expect(reports).to.deep.include({ kind: 'preview-changed', stream: undefined });
    media.enable('camera', true);
    await settled();
    expect(story(setting, 'camera')).to.deep.equal([
      'opening',
      'opened camera-1',
      'closed',
      'opening',
      'opened camera-1',
    ]);
    expect(live(setting)).to.deep.equal(['camera-1']);
  });

  it('leave no live track behind when the camera is turned off while it opens', async () => {
    const { media, devices } = setting;
    const release = devices.hold();
    media.enable('camera', true);
    await until(() => devices.requests.length === 1);
    media.enable('camera', false);
    release();
    await settled();
    expect(story(setting, 'camera')).to.deep.equal(['opening', 'closed']);
    expect(live(setting)).to.deep.equal([]);
    expect(media.track('video')).to.equal(null);
  });

  it('take the last of many quick wishes, with one request in flight', async () => {
    const { media, devices } = setting;
    const release = devices.hold();
    for (let times = 0; times < 20; times += 1) {
      media.enable('camera', true);
      media.enable('microphone', true);
      media.enable('camera', false);
      media.enable('microphone', false);
    }
    media.enable('camera', true);
    await settled();
    expect(devices.requests.length).to.equal(1);
    release();
    await settled();
    expect(live(setting)).to.deep.equal(['camera-1', 'microphone-1']);
    expect(media.track('video')?.readyState).to.equal('live');
    expect(media.track('audio')?.enabled).to.equal(false);
  });

  it('open muted when the microphone is muted while it opens', async () => {
    const { media, devices } = setting;
    const release = devices.hold();
    media.enable('microphone', true);
    media.enable('microphone', false);
    release();
    await settled();
    expect(media.track('audio')?.enabled).to.equal(false);
  });

  it('change the camera without a gap: the new one is sent before the old one stops', async () => {
    const { media, sent, liveWhenSent } = setting;
    media.enable('camera', true);
    await settled();
    const preview = media.preview;
    media.choose('camera', 'camera-2');
    await settled();
    expect(liveWhenSent).to.deep.equal([1, 2]);
    expect(sent.some(({ track }) => track === null)).to.equal(false);
    expect(media.preview).to.equal(preview);
    expect(media.preview?.getTracks()).to.deep.equal([media.track('video')]);
    expect(live(setting)).to.deep.equal(['camera-2']);
    expect(story(setting, 'camera').at(-1)).to.equal('opened camera-2');
  });

  it('keep a muted microphone muted when another is chosen', async () => {
    const { media } = setting;
    media.enable('microphone', true);
    await settled();
    media.enable('microphone', false);
    media.choose('microphone', 'microphone-2');
    await settled();
    expect(live(setting)).to.deep.equal(['microphone-2']);
    expect(media.track('audio')?.enabled).to.equal(false);
  });

  it('remember a choice made while the camera was off', async () => {
    setting.media.choose('camera', 'camera-2');
    setting.media.enable('camera', true);
    await settled();
    expect(live(setting)).to.deep.equal(['camera-2']);
  });

  it('take the last of two choices made while the first was opening', async () => {
    const { media, devices } = setting;
    media.enable('camera', true);
    await settled();
    const release = devices.hold();
    media.choose('camera', 'camera-2');
    media.choose('camera', 'camera-1');
    media.choose('camera', 'camera-2');
    media.choose('camera', '');
    release();
    await settled();
    expect(live(setting)).to.deep.equal(['camera-1']);
  });

  it('keep the device there is when another cannot be had, and say so', async () => {
    const { media, devices, reports } = setting;
    media.enable('camera', true);
    await settled();
    devices.refuse('camera', 'permissions');
    media.choose('camera', 'camera-2');
    await settled();
    expect(live(setting)).to.deep.equal(['camera-1']);
    expect(reports).to.deep.include({
      kind: 'error-raised',
      code: 'permissions',
      fatal: false,
      from: undefined,
    });
    expect(story(setting, 'camera').at(-1)).to.equal('opened camera-1');
    expect(devices.requests.length).to.equal(2);
  });

  it('try once more with the old camera closed where a machine runs only one', async () => {
    const { media, devices } = setting;
    media.enable('camera', true);
    await settled();
    devices.refuse('camera', 'cam-in-use');
    media.choose('camera', 'camera-2');
    await until(() => devices.requests.length === 3);
    await settled();
    expect(devices.requests.length).to.equal(3);
    expect(story(setting, 'camera').at(-1)).to.equal('refused cam-in-use');
    expect(live(setting)).to.deep.equal([]);
  });

  for (const code of [
    'permissions',
    'not-found',
    'cam-in-use',
    'mic-in-use',
    'constraints',
    'undefined-mediadevices',
  ] satisfies DeviceCode[]) {
    it(`report ${code}, wish for nothing more, and open when asked again`, async () => {
      const { media, devices } = setting;
      devices.refuse('camera', code);
      media.open({ microphone: true, camera: true });
      await settled();
      expect(story(setting, 'camera')).to.deep.equal(['opening', `refused ${code}`]);
      expect(live(setting)).to.deep.equal(['microphone-1']);
      expect(devices.requests.length).to.equal(1);
      devices.refuse('camera', undefined);
      media.enable('camera', true);
      await settled();
      expect(live(setting)).to.deep.equal(['camera-1', 'microphone-1']);
    });
  }

  it('say nothing of a refusal that came after the camera was turned off', async () => {
    const { media, devices } = setting;
    devices.refuse('camera', 'permissions');
    const release = devices.hold();
    media.enable('camera', true);
    media.enable('camera', false);
    release();
    await settled();
    expect(story(setting, 'camera')).to.deep.equal(['opening', 'closed']);
  });

  it('go over to another device when theirs is pulled out', async () => {
    const { media, devices, sent } = setting;
    media.choose('microphone', 'microphone-2');
    media.enable('microphone', true);
    await settled();
    devices.unplug('microphone-2');
    await settled();
    expect(story(setting, 'microphone').slice(-3)).to.deep.equal([
      'closed',
      'opening',
      'opened microphone-1',
    ]);
    expect(sent.map(({ track }) => track !== null)).to.deep.equal([true, false, true]);
    expect(live(setting)).to.deep.equal(['microphone-1']);
  });

  it('report not-found when the last one is pulled out', async () => {
    const { media, devices } = setting;
    devices.unplug('camera-2');
    media.enable('camera', true);
    await settled();
    devices.unplug('camera-1');
    await settled();
    expect(story(setting, 'camera').slice(-2)).to.deep.equal(['closed', 'refused not-found']);
    expect(media.preview).to.equal(undefined);
    devices.plug({ kind: 'videoinput', deviceId: 'camera-3', label: 'New' });
    await settled();
    expect(live(setting)).to.deep.equal([]);
    media.enable('camera', true);
    await settled();
    expect(live(setting)).to.deep.equal(['camera-3']);
  });

  it('report that it is in use when a track ends and its device is still there', async () => {
    const { media } = setting;
    media.enable('camera', true);
    await settled();
    const track = media.track('video');
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
    await settled();
    expect(story(setting, 'camera').slice(-2)).to.deep.equal(['closed', 'refused cam-in-use']);
  });

  it('list what is there anew when something is plugged in', async () => {
    const { media, devices, reports } = setting;
    media.enable('microphone', true);
    await settled();
    devices.plug({ kind: 'audioinput', deviceId: 'microphone-3', label: 'New' });
    await settled();
    const last = reports.findLast((report) => report.kind === 'devices-listed');
    expect(last?.devices.map(({ deviceId }) => deviceId)).to.include('microphone-3');
    expect(live(setting)).to.deep.equal(['microphone-1']);
  });

  it('close and open again', async () => {
    const { media } = setting;
    media.open({ microphone: true, camera: true });
    await settled();
    media.close();
    expect(live(setting)).to.deep.equal([]);
    expect(story(setting, 'microphone').at(-1)).to.equal('closed');
    media.open({ microphone: true, camera: false });
    await settled();
    expect(live(setting)).to.deep.equal(['microphone-1']);
  });

  it('stop everything with their lifetime, also what is still opening, and open nothing after it', async () => {
    const { media, devices, life } = setting;
    media.enable('microphone', true);
    await settled();
    const release = devices.hold();
    media.enable('camera', true);
    await until(() => devices.requests.length === 2);
    life.abort();
    release();
    media.enable('microphone', true);
    await settled();
    expect(live(setting)).to.deep.equal([]);
    expect(devices.requests.length).to.equal(2);
  });

  it('are the browser’s own devices, too', async () => {
    const life = new AbortController();
    const reports: MediaReport[] = [];
    const media = createLocalMedia({
      devices: systemDevices(),
      report: (report) => reports.push(report),
      onTrack: () => undefined,
      signal: life.signal,
    });
    media.open({ microphone: true, camera: true });
    await until(() => reports.filter(({ kind }) => kind === 'device-opened').length === 2);
    const tracks = [media.track('audio'), media.track('video')];
    expect(tracks.map((track) => track?.readyState)).to.deep.equal(['live', 'live']);
    life.abort();
    expect(tracks.map((track) => track?.readyState)).to.deep.equal(['ended', 'ended']);
  });
});
