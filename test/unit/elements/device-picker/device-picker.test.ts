import { fixture, html, oneEvent } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-device-picker.ts';
import type { LocalDevice, MediaDevice } from '../../../../src/core.ts';
import { deviceOptions } from '../../../../src/elements/device-picker/device-options.ts';
import type { ReformsDevicePicker } from '../../../../src/elements/device-picker/device-picker.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession } from '../../../support/fake-session.ts';
import { parts } from '../../../support/parts.ts';

const chosen = (deviceId: string): LocalDevice => ({
  status: 'open',
  enabled: true,
  code: undefined,
  deviceId,
  label: '',
});
const device = (kind: MediaDevice['kind'], deviceId: string, label = ''): MediaDevice => ({
  kind,
  deviceId,
  label,
});
const devices = [
  device('audioinput', 'm1', 'Built in'),
  device('audioinput', 'm2', 'Headset'),
  device('videoinput', 'c1', 'FaceTime'),
];
const naming = {
  kind: 'Microphone',
  systemDefault: 'System default',
  numbered: (kind: string, at: number) => `${kind} ${at}`,
};

describe('<reforms-device-picker>', () => {
  const pickerWith = (): {
    readonly session: ReturnType<typeof fakeSession>;
    readonly done: Promise<ReformsDevicePicker>;
  } => {
    const session = fakeSession({
      call: { microphone: chosen('m1'), camera: chosen(''), preview: undefined, devices },
    });
    return {
      session,
      done: fixture<ReformsDevicePicker>(
        html`<reforms-device-picker .session=${session}></reforms-device-picker>`,
      ),
    };
  };
  const menus = (picker: ReformsDevicePicker): readonly HTMLSelectElement[] =>
    parts(picker, 'select').filter((menu): menu is HTMLSelectElement => menu instanceof HTMLSelectElement);

  it('is accessible', async () => {
    expect(await audit(await pickerWith().done)).to.deep.equal([]);
  });

  it('shows a menu for each kind, with what is chosen', async () => {
    const [microphone, camera] = menus(await pickerWith().done);
    expect(microphone?.selectedOptions[0]?.label).to.equal('Built in');
    expect(camera?.selectedOptions[0]?.label).to.equal('System default');
  });

  it('asks the session for the choice and tells the page', async () => {
    const { session, done } = pickerWith();
    const picker = await done;
    const [microphone] = menus(picker);
    if (microphone === undefined) throw new Error('no menu');
    microphone.value = 'm2';
    const event = oneEvent(picker, 'reforms-device-changed');
    microphone.dispatchEvent(new Event('change'));
    expect(session.intents).to.deep.equal([{ kind: 'choose-microphone', deviceId: 'm2' }]);
    expect(await event).to.include({ kind: 'audioinput', deviceId: 'm2' });
  });

  it('shows one menu where the page wants one', async () => {
    const picker = await pickerWith().done;
    picker.kind = 'camera';
    await picker.updateComplete;
    expect(menus(picker)).to.have.length(1);
  });

  it('cannot be opened where there is nothing to choose', async () => {
    const picker = await fixture<ReformsDevicePicker>(
      html`<reforms-device-picker .session=${fakeSession()}></reforms-device-picker>`,
    );
    expect(menus(picker).every(({ disabled }) => disabled)).to.equal(true);
  });
});

describe('the options of a device menu', () => {
  it('name each real device once, after the system default', () => {
    const listed = [
      device('audioinput', 'default', 'Default - Built in'),
      device('audioinput', 'communications', 'Communications - Built in'),
      ...devices,
      device('audioinput', 'm1', 'Built in'),
    ];
    const labels = deviceOptions(listed, 'audioinput', chosen('m2'), naming).map(({ label }) => label);
    expect(labels).to.deep.equal(['System default', 'Built in', 'Headset']);
  });

  it('number devices that have no name yet', () => {
    const [, first, second] = deviceOptions(
      [device('audioinput', 'a'), device('audioinput', 'b')],
      'audioinput',
      chosen(''),
      naming,
    );
    expect([first?.label, second?.label]).to.deep.equal(['Microphone 1', 'Microphone 2']);
  });

  it('fall back to the system default when the chosen device is gone', () => {
    const [first] = deviceOptions(devices, 'audioinput', chosen('unplugged'), naming);
    expect(first?.selected).to.equal(true);
  });

  it('leave out what has no id, as before permission', () => {
    expect(deviceOptions([device('audioinput', '')], 'audioinput', chosen(''), naming)).to.have.length(1);
  });
});
