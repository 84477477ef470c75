// takes a person, gives pictures of their tile.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Participant } from 'reforms/core';
import { person, pretend } from './support/pretend.ts';

const meta: Meta = { title: 'Elements/Tile', component: 'reforms-tile', tags: ['autodocs'] };
export default meta;

type Story = StoryObj;

const show = (values: Partial<Participant>): Story => ({
  render: () =>
    html`<reforms-tile
      participant="grace"
      .session=${pretend({ status: 'connected', people: [person('grace', values)] })}
    ></reforms-tile>`,
});

export const Picture = show({});
export const Muted = show({ audio: false });
export const CameraOff = show({ video: false });
export const PoorConnection = show({ link: 'interrupted' });
export const Portrait = show({ stream: 'phone' });
export const LongName = show({ name: 'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine the Elder' });
export const RightToLeftName = show({ name: 'محمد بن موسى الخوارزمي' });
export const Oneself: Story = { render: () => html`<reforms-tile .session=${pretend({})}></reforms-tile>` };
export const WaitingForTheEmoji = show({ held: 'policy' });
export const KeyChanged = show({ held: 'key-changed' });
export const NoCredential = show({ held: 'credential' });
export const DidNotMatchBefore = show({ held: 'mismatch' });
export const Namesake = show({ ordinal: 2, video: false });
