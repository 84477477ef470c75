// takes every state a call can be in, gives a picture of each.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Snapshot } from 'reforms/core';
import { meet } from './support/loopback.ts';
import { callOf, closed, open, person, pretend, refused } from './support/pretend.ts';

const meta: Meta = { title: 'Elements/Call', component: 'reforms-call', tags: ['autodocs'] };
export default meta;

type Story = StoryObj;

const show = (parts: Partial<Snapshot>): Story => ({
  render: () => html`<reforms-call .session=${pretend(parts)}></reforms-call>`,
});
const inCall: Partial<Snapshot> = { status: 'connected', people: [person('grace')] };

/** Two people who really talk to each other, over a network in memory. */
export const Together: Story = {
  render: () => {
    const [ada, grace] = meet(2);
    return html`<reforms-call .session=${ada}></reforms-call><br /><reforms-call
        .session=${grace}
      ></reforms-call>`;
  },
};

export const Prejoin = show({ status: 'idle' });
export const PrejoinAskingPermission = show({
  status: 'idle',
  call: callOf({ ...open, status: 'opening' }, { ...open, status: 'opening' }),
});
export const PrejoinCameraOff = show({ status: 'idle', call: callOf(open, closed) });
export const PrejoinBlocked = show({
  status: 'idle',
  call: callOf(refused('permissions'), refused('permissions')),
});
export const PrejoinNoCamera = show({ status: 'idle', call: callOf(open, refused('not-found')) });
export const PrejoinCameraBusy = show({ status: 'idle', call: callOf(open, refused('cam-in-use')) });
export const PrejoinMicrophoneBusy = show({ status: 'idle', call: callOf(refused('mic-in-use'), open) });
export const PrejoinDeviceGone = show({ status: 'idle', call: callOf(open, refused('constraints')) });
export const PrejoinInsecurePage = show({
  status: 'idle',
  call: callOf(refused('undefined-mediadevices'), refused('undefined-mediadevices')),
});
export const Connecting = show({ status: 'connecting' });
export const Waiting = show({ status: 'waiting' });
export const TwoPeople = show(inCall);
export const TwoPeopleCamerasOff = show({
  ...inCall,
  call: callOf({ ...open, enabled: false }, closed),
  people: [person('grace', { audio: false, video: false })],
});
export const SomeoneOnAPhone = show({ ...inCall, people: [person('grace', { stream: 'phone' })] });
export const ThreePeople = show({ ...inCall, people: [person('grace'), person('alan', { video: false })] });
export const FourPeople = show({
  ...inCall,
  people: [person('grace'), person('alan', { audio: false }), person('edsger', { link: 'interrupted' })],
});
export const Verified = show({ ...inCall, people: [person('grace', { protection: 'verified' })] });
export const NotVerified = show({ ...inCall, people: [person('grace', { protection: 'unverified' })] });
export const Reconnecting = show({
  ...inCall,
  status: 'reconnecting',
  people: [person('grace', { link: 'interrupted' })],
});
export const Left = show({ status: 'disconnected' });
export const Failed = show({ status: 'failed', problem: { code: 'network', fatal: true } });
export const BrokenLink = show({ status: 'failed', problem: { code: 'invalid-secret', fatal: true } });
export const Minimal: Story = {
  render: () => html`<reforms-call minimal .session=${pretend(inCall)}></reforms-call>`,
};
export const Dark: Story = {
  render: () => html`<reforms-call theme="dark" .session=${pretend(inCall)}></reforms-call>`,
};
export const WaitingForTheEmoji = show({ ...inCall, people: [person('grace', { held: 'policy' })] });
export const KeyChanged = show({
  ...inCall,
  people: [person('grace', { held: 'key-changed' }), person('alan')],
});
export const NoRelay = show({ status: 'waiting', problem: { code: 'turn-unreachable', fatal: false } });
