// takes a list of devices, gives pictures of its menus.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { callOf, closed, pretend } from './support/pretend.ts';

const meta: Meta = {
  title: 'Elements/Device picker',
  component: 'reforms-device-picker',
  tags: ['autodocs'],
};
export default meta;

type Story = StoryObj;

export const Both: Story = {
  render: () => html`<reforms-device-picker .session=${pretend({})}></reforms-device-picker>`,
};
export const CameraOnly: Story = {
  render: () => html`<reforms-device-picker kind="camera" .session=${pretend({})}></reforms-device-picker>`,
};
export const NothingToChoose: Story = {
  render: () =>
    html`<reforms-device-picker
      .session=${pretend({ call: { ...callOf(closed, closed), devices: [] } })}
    ></reforms-device-picker>`,
};
