// takes a room, gives pictures of what its session does for the elements inside.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { meet } from './support/loopback.ts';
import { person, pretend } from './support/pretend.ts';

const meta: Meta = { title: 'Elements/Room', component: 'reforms-room', tags: ['autodocs'] };
export default meta;

type Story = StoryObj;

/** One session for all that is inside. */
export const Lesson: Story = {
  render: () => {
    const [ada] = meet(2);
    return html`<reforms-room .session=${ada}>
      <reforms-call></reforms-call><br />
      <reforms-chat></reforms-chat><br />
      <reforms-file-drop></reforms-file-drop>
    </reforms-room>`;
  },
};

/** The small pieces, in the page's own arrangement. */
export const Pieces: Story = {
  render: () =>
    html`<reforms-room
      .session=${pretend({ status: 'connected', people: [person('grace'), person('alan', { audio: false })] })}
    >
      <reforms-participants></reforms-participants>
      <reforms-tile participant="grace"></reforms-tile><br />
      <reforms-controls></reforms-controls><br />
      <reforms-invite></reforms-invite>
    </reforms-room>`,
};
