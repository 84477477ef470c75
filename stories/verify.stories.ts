// takes people and how well they are protected, gives pictures of the comparison.

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { Participant } from 'reforms/core';
import { person, pretend } from './support/pretend.ts';

const meta: Meta = { title: 'Elements/Verify', component: 'reforms-verify', tags: ['autodocs'] };
export default meta;

type Story = StoryObj;

const show = (...people: readonly Participant[]): Story => ({
  render: () => html`<reforms-verify .session=${pretend({ status: 'connected', people })}></reforms-verify>`,
});

export const ByLink = show(person('grace'));
export const NotVerified = show(person('grace', { protection: 'unverified' }));
export const Verified = show(person('grace', { protection: 'verified' }));
export const SeveralPeople = show(
  person('grace', { protection: 'verified' }),
  person('alan'),
  person('edsger'),
);
export const NobodyThere = show();
export const KeyChanged = show(person('grace', { held: 'key-changed' }));
export const Namesakes = show(person('grace'), person('other', { name: 'Grace Hopper', ordinal: 2 }));
