import { fixture, html } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-controls.ts';
import type { LocalDevice } from '../../../../src/core.ts';
import type { ReformsControls } from '../../../../src/elements/controls/controls.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, part, parts } from '../../../support/parts.ts';

const open: LocalDevice = { status: 'open', enabled: true, code: undefined, deviceId: '', label: '' };

async function controlsWith(
  microphone: LocalDevice = open,
  camera: LocalDevice = open,
): Promise<{ readonly controls: ReformsControls; readonly session: FakeSession }> {
  const session = fakeSession({
    status: 'connected',
    call: { microphone, camera, preview: undefined, devices: [] },
  });
  const controls = await fixture<ReformsControls>(
    html`<reforms-controls .session=${session}></reforms-controls>`,
  );
  return { controls, session };
}

const focused = (controls: ReformsControls): Element | null | undefined => controls.shadowRoot?.activeElement;
const press = (controls: ReformsControls, key: string): void => {
  focused(controls)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
};

describe('<reforms-controls>', () => {
  it('is accessible, on and off', async () => {
    const { controls, session } = await controlsWith();
    expect(await audit(controls)).to.deep.equal([]);
    const refused: LocalDevice = { ...open, status: 'refused', enabled: false, code: 'permissions' };
    session.set({ call: { microphone: refused, camera: refused, preview: undefined, devices: [] } });
    await controls.updateComplete;
    expect(await audit(controls)).to.deep.equal([]);
  });

  it('names each button by what a press does', async () => {
    const { controls } = await controlsWith(open, { ...open, enabled: false });
    expect(buttonNamed(controls, 'Turn off microphone')).to.exist;
    expect(buttonNamed(controls, 'Turn on camera')).to.exist;
    expect(buttonNamed(controls, 'Leave')).to.exist;
  });

  it('shows what is, not what was wished: a press changes nothing until the session says so', async () => {
    const { controls, session } = await controlsWith();
    buttonNamed(controls, 'Turn off microphone').click();
    await controls.updateComplete;
    expect(session.intents).to.deep.equal([{ kind: 'set-microphone', enabled: false }]);
    expect(buttonNamed(controls, 'Turn off microphone')).to.exist;
  });

  it('tries again where a device was refused', async () => {
    const { controls, session } = await controlsWith({
      ...open,
      status: 'refused',
      enabled: false,
      code: 'mic-in-use',
    });
    buttonNamed(controls, 'Microphone unavailable').click();
    expect(session.intents).to.deep.equal([{ kind: 'set-microphone', enabled: true }]);
  });

  it('is one stop for Tab, with arrows inside, both ways round', async () => {
    const { controls } = await controlsWith();
    const buttons = parts(controls, 'button');
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    buttons[0]?.focus();
    press(controls, 'ArrowRight');
    expect(focused(controls)).to.equal(buttons[1]);
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).to.deep.equal([buttons[1]]);
    press(controls, 'End');
    expect(focused(controls)).to.equal(buttons.at(-1));
    press(controls, 'ArrowRight');
    expect(focused(controls)).to.equal(buttons[0]);
    press(controls, 'ArrowLeft');
    expect(focused(controls)).to.equal(buttons.at(-1));
  });

  it('turns the arrows round where writing goes from right to left', async () => {
    const { controls } = await controlsWith();
    controls.dir = 'rtl';
    const buttons = parts(controls, 'button');
    buttons[0]?.focus();
    press(controls, 'ArrowLeft');
    expect(focused(controls)).to.equal(buttons[1]);
  });

  it('opens and closes the choice of devices', async () => {
    const { controls } = await controlsWith();
    part(controls, 'settings-button').click();
    expect(part(controls, 'dialog')).to.have.property('open', true);
    buttonNamed(controls, 'Close').click();
    expect(part(controls, 'dialog')).to.have.property('open', false);
  });

  it('has targets of at least 44 by 44 pixels', async () => {
    const { controls } = await controlsWith();
    for (const target of parts(controls, 'button')) {
      expect(target.offsetWidth).to.be.at.least(44);
      expect(target.offsetHeight).to.be.at.least(44);
    }
  });
});
