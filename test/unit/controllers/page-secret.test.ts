import { expect } from 'chai';
import { inviteLink } from '../../../src/controllers/index.ts';
import { pageSecret, watchPageSecret } from '../../../src/controllers/page-secret.ts';
import { encodeRoomFragment, newRoomSecret } from '../../../src/core.ts';

/** A page of its own, at an address of ours with this fragment. */
async function pageAt(
  fragment: string,
): Promise<{ readonly page: Document; readonly window: Window; close(): void }> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.src = new URL(`./blank.html${fragment}`, import.meta.url).href;
  document.body.append(frame);
  await loaded;
  const { contentDocument: page, contentWindow: window } = frame;
  if (page === null || window === null) throw new Error('the frame has no page');
  return { page, window, close: () => frame.remove() };
}

const secret = newRoomSecret();
const fragment = encodeRoomFragment(secret);

describe('the secret in the page’s address', () => {
  it('is read and taken out of sight', async () => {
    const { page, window, close } = await pageAt(`#${fragment}`);
    expect(pageSecret(page)).to.deep.equal({ ok: true, value: secret });
    expect(window.location.href).to.not.contain('rf=');
    expect(window.location.hash).to.equal('');
    close();
  });

  it('leaves the rest of the fragment and the page’s own history state where they are', async () => {
    const { page, window, close } = await pageAt(`#chapter-2&${fragment}&x=1`);
    window.history.replaceState({ mine: 1 }, '');
    expect(pageSecret(page)).to.deep.equal({ ok: true, value: secret });
    expect(window.location.hash).to.equal('#chapter-2&x=1');
    expect(window.history.state).to.include({ mine: 1 });
    close();
  });

  it('is still known after a reload of the tab', async () => {
    const { page, window, close } = await pageAt(`#${fragment}`);
    pageSecret(page);
    const frame = window.frameElement;
    if (!(frame instanceof HTMLIFrameElement)) throw new Error('no frame');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    window.location.reload();
    await loaded;
    const { contentDocument: reloaded } = frame;
    if (reloaded === null) throw new Error('the frame has no page');
    expect(reloaded).to.not.equal(page);
    expect(pageSecret(reloaded)).to.deep.equal({ ok: true, value: secret });
    close();
  });

  it('is none where the address has none', async () => {
    const { page, close } = await pageAt('#chapter-2');
    expect(pageSecret(page)).to.deep.equal({ ok: true, value: null });
    close();
  });

  for (const broken of ['#rf=1.abc', '#rf=2.abc', `#${fragment}&${fragment}`, '#rf='])
    it(`is never taken for none where it is broken: ${broken.slice(0, 12)}`, async () => {
      const { page, close } = await pageAt(broken);
      expect(pageSecret(page).ok).to.equal(false);
      close();
    });

  it('stays in the address where the page’s state could not carry it through a reload', async () => {
    const { page, window, close } = await pageAt(`#${fragment}`);
    window.history.replaceState('a string', '');
    expect(pageSecret(page)).to.deep.equal({ ok: true, value: secret });
    expect(window.history.state).to.equal('a string');
    expect(window.location.hash).to.equal(`#${fragment}`);
    close();
  });

  it('follows another link that is put over the first, and ignores the page’s own anchors', async () => {
    const { page, window, close } = await pageAt(`#${fragment}`);
    pageSecret(page);
    const other = newRoomSecret();
    const abort = new AbortController();
    let calls = 0;
    watchPageSecret(page, () => (calls += 1), abort.signal);
    const changed = (hash: string): Promise<unknown> => {
      const done = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
      window.location.hash = hash;
      return done;
    };
    await changed('#chapter-3');
    expect(calls).to.equal(0);
    await changed(`#${encodeRoomFragment(other)}`);
    expect(calls).to.be.at.least(1);
    expect(pageSecret(page)).to.deep.equal({ ok: true, value: other });
    expect(window.location.hash).to.equal('');
    abort.abort();
    close();
  });
});

describe('the link of an invitation', () => {
  it('is the page’s address with the secret in place of any other', async () => {
    const { page, close } = await pageAt('#chapter-2&rf=1.old');
    const link = new URL(inviteLink(page, secret));
    expect(link.hash).to.equal(`#chapter-2&${fragment}`);
    expect(new URL(inviteLink(page, undefined)).hash).to.equal('#chapter-2');
    close();
  });
});
