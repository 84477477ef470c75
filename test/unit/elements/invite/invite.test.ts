import { fixture, html, waitUntil } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-invite.ts';
import type { ReformsInvite } from '../../../../src/elements/invite/invite.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession } from '../../../support/fake-session.ts';
import { part, words } from '../../../support/parts.ts';

const secret = new Uint8Array(32).fill(7);

const inviteWith = () =>
  fixture<ReformsInvite>(
    html`<reforms-invite .session=${fakeSession()} .roomSecret=${secret}></reforms-invite>`,
  );

/** Puts another clipboard in place of the browser's while `act` runs. */
async function withClipboard(
  writeText: (text: string) => Promise<void>,
  act: () => Promise<void>,
): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  try {
    await act();
  } finally {
    if (own === undefined) Reflect.deleteProperty(navigator, 'clipboard');
    else Object.defineProperty(navigator, 'clipboard', own);
  }
}

describe('<reforms-invite>', () => {
  it('is accessible', async () => {
    expect(await audit(await inviteWith())).to.deep.equal([]);
  });

  it('shows the page’s address with the secret in its fragment, and never in what a server gets', async () => {
    const link = new URL((await inviteWith()).invite());
    expect(link.hash).to.match(/^#(.*&)?rf=1\.[A-Za-z0-9_-]{43}$/);
    expect(link.search + link.pathname).not.to.contain('rf=');
  });

  it('copies the link and says so', async () => {
    const invite = await inviteWith();
    const copied: string[] = [];
    await withClipboard(
      async (text) => void copied.push(text),
      async () => {
        part(invite, 'copy-button').click();
        await waitUntil(() => words(part(invite, 'copy-button')) === 'Copied');
      },
    );
    expect(copied).to.deep.equal([invite.invite()]);
  });

  it('selects the link where the browser does not let us copy', async () => {
    const invite = await inviteWith();
    await withClipboard(
      () => Promise.reject(new DOMException('', 'NotAllowedError')),
      async () => {
        part(invite, 'copy-button').click();
        await waitUntil(() => words(part(invite, 'copy-button')).includes('Ctrl+C'));
      },
    );
    expect(invite.shadowRoot?.activeElement).to.equal(part(invite, 'link'));
  });
});
