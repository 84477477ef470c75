import { fixture, html, nextFrame, oneEvent } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-call.ts';
import type { CallSlice, LocalDevice, Snapshot } from '../../../../src/core.ts';
import type { ReformsCall } from '../../../../src/elements/call/call.ts';
import type { ReformsControls } from '../../../../src/elements/controls/controls.ts';
import type { ReformsPrejoin } from '../../../../src/elements/prejoin/prejoin.ts';
import type { ReformsTile } from '../../../../src/elements/tile/tile.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

const open: LocalDevice = { status: 'open', enabled: true, code: undefined, deviceId: '', label: 'Built in' };
const closed: LocalDevice = { status: 'closed', enabled: false, code: undefined, deviceId: '', label: '' };
const devices: CallSlice = { microphone: open, camera: open, preview: undefined, devices: [] };
const inCall: Partial<Snapshot> = { status: 'connected', call: devices, people: [person()] };

async function callWith(
  parts_: Partial<Snapshot>,
): Promise<{ readonly call: ReformsCall; readonly session: FakeSession }> {
  const session = fakeSession(parts_);
  const call = await fixture<ReformsCall>(html`<reforms-call .session=${session}></reforms-call>`);
  return { call, session };
}

const piece = <T extends Element>(call: ReformsCall, tag: string): T => {
  const found = call.shadowRoot?.querySelector<T>(tag);
  if (found == null) throw new Error(`the call shows no ${tag}`);
  return found;
};
const tiles = (call: ReformsCall): readonly ReformsTile[] => [
  ...(call.shadowRoot?.querySelectorAll('reforms-tile') ?? []),
];
const press = (target: EventTarget, values: KeyboardEventInit): boolean =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...values }),
  );

describe('<reforms-call>', () => {
  const faces: Readonly<Record<string, Partial<Snapshot>>> = {
    'before joining': { status: 'idle', call: devices },
    'with everything refused': {
      status: 'idle',
      call: {
        ...devices,
        microphone: { ...closed, status: 'refused', code: 'permissions' },
        camera: { ...closed, status: 'refused', code: 'permissions' },
      },
    },
    'while connecting': { status: 'connecting', call: devices },
    'while waiting': { status: 'waiting', call: devices },
    'with one other': inCall,
    'with three others': {
      ...inCall,
      people: [
        person(),
        person({ id: 'alan', name: 'Alan', audio: false, video: false }),
        person({ id: 'edsger', name: 'Edsger', link: 'interrupted', protection: 'unverified' }),
      ],
    },
    'while reconnecting': { ...inCall, status: 'reconnecting' },
    'after leaving': { status: 'disconnected' },
    'after failing': { status: 'failed', problem: { code: 'network', fatal: true } },
  };
  for (const [name, snapshot] of Object.entries(faces))
    for (const theme of ['light', 'dark'] as const)
      it(`is accessible ${name}, ${theme}`, async () => {
        const { call } = await callWith(snapshot);
        call.theme = theme;
        await call.updateComplete;
        expect(await audit(call)).to.deep.equal([]);
      });

  it('starts at the pre-join and asks for both devices', async () => {
    const { call, session } = await callWith({});
    expect(piece(call, 'reforms-prejoin')).to.exist;
    expect(session.intents).to.deep.equal([{ kind: 'open-devices', microphone: true, camera: true }]);
  });

  it('leaves devices closed that the page does not want at first', async () => {
    const session = fakeSession();
    await fixture(html`<reforms-call audio="off" video="off" .session=${session}></reforms-call>`);
    expect(session.intents).to.deep.equal([{ kind: 'open-devices', microphone: false, camera: false }]);
  });

  it('asks for nothing when the session is in a call already', async () => {
    const { session } = await callWith(inCall);
    expect(session.intents).to.deep.equal([]);
  });

  it('joins at once with no-prejoin', async () => {
    const session = fakeSession();
    const call = await fixture<ReformsCall>(
      html`<reforms-call no-prejoin .session=${session}></reforms-call>`,
    );
    expect(session.intents.map(({ kind }) => kind)).to.deep.equal(['open-devices', 'join']);
    expect(call.shadowRoot?.querySelector('reforms-prejoin')).to.equal(null);
  });

  it('joins by the button, with the name that was typed', async () => {
    const { call, session } = await callWith({});
    const prejoin = piece<ReformsPrejoin>(call, 'reforms-prejoin');
    const name = part(prejoin, 'name');
    if (!(name instanceof HTMLInputElement)) throw new Error('the name is no field');
    name.value = 'Ada Lovelace';
    name.dispatchEvent(new InputEvent('input'));
    await prejoin.updateComplete;
    part(prejoin, 'join-button').click();
    expect(session.intents.slice(1)).to.deep.equal([
      { kind: 'set-name', name: 'Ada Lovelace' },
      { kind: 'join' },
    ]);
  });

  it('says what is the matter with a device, offers another try, and lets one in without it', async () => {
    const { call, session } = await callWith({
      call: { ...devices, camera: { ...closed, status: 'refused', code: 'cam-in-use' } },
    });
    const prejoin = piece<ReformsPrejoin>(call, 'reforms-prejoin');
    expect(words(part(prejoin, 'trouble'))).to.contain('Your camera is busy');
    expect(words(part(prejoin, 'join-button'))).to.equal('Join without camera');
    session.intents.length = 0;
    buttonNamed(prejoin, 'Try again').click();
    part(prejoin, 'join-button').click();
    expect(session.intents).to.deep.equal([
      { kind: 'open-devices', microphone: true, camera: true },
      { kind: 'join' },
    ]);
  });

  it('shows one other person large and oneself above them', async () => {
    const { call } = await callWith(inCall);
    expect(tiles(call).map(({ participant }) => participant)).to.deep.equal(['grace', '']);
    await nextFrame();
    await nextFrame();
    const [other, self] = tiles(call);
    expect(other?.offsetWidth).to.be.greaterThan((self?.offsetWidth ?? 0) * 2);
  });

  it('shows everyone alike with layout="grid"', async () => {
    const { call } = await callWith(inCall);
    call.layout = 'grid';
    await nextFrame();
    await nextFrame();
    const [other, self] = tiles(call);
    expect(other?.offsetWidth).to.be.greaterThan(0);
    expect(other?.offsetWidth).to.equal(self?.offsetWidth);
  });

  it('keeps one\u2019s own tile when people come and go, so that the preview goes on', async () => {
    const { call, session } = await callWith({ status: 'waiting', call: devices });
    const self = tiles(call)[0];
    session.set({ status: 'connected', people: [person(), person({ id: 'alan' })] });
    await call.updateComplete;
    expect(tiles(call)).to.have.length(3);
    expect(tiles(call)).to.include(self);
  });

  it('offers the link while nobody else is here', async () => {
    const { call, session } = await callWith({ status: 'waiting', call: devices });
    expect(words(part(call, 'welcome'))).to.contain('first one here');
    session.set({ status: 'connected', people: [person()] });
    await call.updateComplete;
    expect(parts(call, 'welcome')).to.have.length(0);
  });

  it('does not call someone the first one here whom the others have left', async () => {
    const { call, session } = await callWith(inCall);
    session.tell({ kind: 'participant-joined', participant: person() });
    session.set({ status: 'waiting', people: [] });
    await call.updateComplete;
    expect(words(part(call, 'welcome'))).to.contain('Nobody else is here');
  });

  it('is as protected as its least protected person', async () => {
    const { call, session } = await callWith(inCall);
    expect(words(part(call, 'protection-button'))).to.equal('Encrypted, by link');
    session.set({ people: [person({ protection: 'verified' })] });
    await call.updateComplete;
    expect(words(part(call, 'protection-button'))).to.equal('Verified');
    session.set({
      people: [person({ protection: 'verified' }), person({ id: 'x', protection: 'unverified' })],
    });
    await call.updateComplete;
    expect(words(part(call, 'protection-button'))).to.equal('Encrypted, not verified');
  });

  it('opens the emoji from the protection button', async () => {
    const { call } = await callWith(inCall);
    part(call, 'protection-button').click();
    await call.updateComplete;
    expect(part(call, 'dialog')).to.have.property('open', true);
  });

  it('says that it is reconnecting, and stops saying it', async () => {
    const { call, session } = await callWith({ ...inCall, status: 'reconnecting' });
    expect(words(part(call, 'banner'))).to.contain('Reconnecting');
    session.set({ status: 'connected' });
    await call.updateComplete;
    expect(parts(call, 'banner')).to.have.length(0);
  });

  it('tells who came and who went, and why', async () => {
    const { call, session } = await callWith(inCall);
    session.tell({ kind: 'participant-joined', participant: person({ id: 'alan', name: 'Alan' }) });
    await call.updateComplete;
    expect(words(part(call, 'toast'))).to.equal('Alan joined');
    session.tell({ kind: 'participant-left', id: 'grace', reason: 'mismatch' });
    await call.updateComplete;
    expect(words(part(call, 'toast'))).to.contain('The emoji did not match');
  });

  it('says nothing about what a hostile peer sends', async () => {
    const { call, session } = await callWith(inCall);
    session.tell({ kind: 'error-raised', code: 'bad-frame', fatal: false, from: 'grace' });
    await call.updateComplete;
    expect(parts(call, 'toast')).to.have.length(0);
  });

  it('leaves by the button, says so, and comes back', async () => {
    const { call, session } = await callWith(inCall);
    part(piece<ReformsControls>(call, 'reforms-controls'), 'leave-button').click();
    expect(session.intents).to.deep.equal([{ kind: 'leave' }]);
    session.set({ status: 'disconnected', people: [] });
    await call.updateComplete;
    expect(words(part(call, 'end'))).to.contain('You left the call');
    buttonNamed(call, 'Rejoin').click();
    expect(session.intents.at(-1)).to.deep.equal({ kind: 'join' });
  });

  it('says why a call failed, and tries again', async () => {
    const { call, session } = await callWith({
      status: 'failed',
      problem: { code: 'network', fatal: true },
    });
    expect(words(part(call, 'end'))).to.contain('The server cannot be reached');
    buttonNamed(call, 'Try again').click();
    expect(session.intents.at(-1)).to.deep.equal({ kind: 'join' });
  });

  it('says that the page names no server, and offers no try that cannot help', async () => {
    const call = await fixture<ReformsCall>(html`<reforms-call room="hello"></reforms-call>`);
    expect(words(part(call, 'end'))).to.contain('which server to use');
    expect(buttonsNamed(call, 'Try again')).to.have.length(0);
  });

  it('switches devices by m and v while the focus is inside', async () => {
    const { call, session } = await callWith(inCall);
    const target = part(call, 'protection-button');
    press(target, { key: 'm' });
    press(target, { key: 'V' });
    expect(session.intents).to.deep.equal([
      { kind: 'set-microphone', enabled: false },
      { kind: 'set-camera', enabled: false },
    ]);
  });

  it('takes no shortcut while someone writes, with a modifier, or where the page forbids it', async () => {
    const { call, session } = await callWith({});
    session.intents.length = 0;
    const prejoin = piece<ReformsPrejoin>(call, 'reforms-prejoin');
    press(part(prejoin, 'name'), { key: 'm' });
    press(part(prejoin, 'join-button'), { key: 'm', ctrlKey: true });
    press(part(prejoin, 'join-button'), { key: 'm', repeat: true });
    call.noShortcuts = true;
    press(part(prejoin, 'join-button'), { key: 'm' });
    expect(session.intents).to.deep.equal([]);
  });

  it('tells the page of a switch by the person, and not of one by the page', async () => {
    const { call } = await callWith(inCall);
    let told = 0;
    call.addEventListener('reforms-microphone-toggled', () => (told += 1));
    call.toggleMicrophone();
    expect(told).to.equal(0);
    const event = oneEvent(call, 'reforms-microphone-toggled');
    part(piece<ReformsControls>(call, 'reforms-controls'), 'microphone-button').click();
    expect(await event).to.have.property('enabled', false);
    expect(told).to.equal(1);
  });

  it('tells the page that a permission was denied', async () => {
    const { call, session } = await callWith({});
    const event = oneEvent(call, 'reforms-permission-denied');
    session.tell({ kind: 'device-refused', device: 'camera', code: 'permissions' });
    expect(await event).to.include({ device: 'camera', code: 'permissions' });
  });

  it('follows audio and video after it is on the page', async () => {
    const { call, session } = await callWith(inCall);
    call.audio = 'off';
    await call.updateComplete;
    expect(session.intents).to.deep.equal([{ kind: 'set-microphone', enabled: false }]);
  });

  it('keeps the focus inside when the pressed button is gone', async () => {
    const { call, session } = await callWith({ status: 'disconnected' });
    buttonNamed(call, 'Rejoin').focus();
    session.set({ status: 'connecting', call: devices });
    await call.updateComplete;
    expect(document.activeElement).to.equal(call);
  });

  it('shows tiles and controls only with minimal', async () => {
    const { call } = await callWith(inCall);
    call.minimal = true;
    await call.updateComplete;
    expect(parts(call, 'protection-button')).to.have.length(0);
    expect(tiles(call)).to.have.length(2);
    expect(piece(call, 'reforms-controls')).to.exist;
  });
});
