// takes the state of camera and microphone, gives pictures of the toolbar.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { LocalDevice } from 'reforms/core';
import { callOf, closed, open, pretend, refused } from './support/pretend.ts';

const meta: Meta = { title: 'Elements/Controls', component: 'reforms-controls', tags: ['autodocs'] };
export default meta;

type Story = StoryObj;

const show = (microphone: LocalDevice, camera: LocalDevice): Story => ({
  render: () =>
    html`<reforms-controls
      .session=${pretend({ status: 'connected', call: callOf(microphone, camera) })}
    ></reforms-controls>`,
});

export const On = show(open, open);
export const Off = show({ ...open, enabled: false }, closed);
export const Refused = show(refused('mic-in-use'), refused('permissions'));
