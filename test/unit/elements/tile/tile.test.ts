import { fixture, html, waitUntil } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-tile.ts';
import type { LocalDevice, Snapshot } from '../../../../src/core.ts';
import type { ReformsTile } from '../../../../src/elements/tile/tile.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

const open: LocalDevice = { status: 'open', enabled: true, code: undefined, deviceId: '', label: '' };

async function tileOf(
  participant: string,
  parts_: Partial<Snapshot>,
): Promise<{ readonly tile: ReformsTile; readonly session: FakeSession }> {
  const session = fakeSession(parts_);
  const stream = new MediaStream();
  session.streams.set('stream-grace', stream);
  session.streams.set('preview', new MediaStream());
  const tile = await fixture<ReformsTile>(
    html`<reforms-tile .participant=${participant} .session=${session}></reforms-tile>`,
  );
  return { tile, session };
}

const video = (tile: ReformsTile): HTMLVideoElement => {
  const found = part(tile, 'video');
  if (!(found instanceof HTMLVideoElement)) throw new Error('the part is no video');
  return found;
};

describe('<reforms-tile>', () => {
  it('is accessible with and without a picture', async () => {
    const { tile, session } = await tileOf('grace', { people: [person()] });
    expect(await audit(tile)).to.deep.equal([]);
    session.set({ people: [person({ audio: false, video: false, link: 'interrupted' })] });
    await tile.updateComplete;
    expect(await audit(tile)).to.deep.equal([]);
  });

  it('plays the stream that the snapshot names, aloud', async () => {
    const { tile, session } = await tileOf('grace', { people: [person()] });
    expect(video(tile).srcObject).to.equal(session.streams.get('stream-grace'));
    expect(video(tile).muted).to.equal(false);
    expect(words(part(tile, 'label'))).to.equal('Grace Hopper');
  });

  it('shows oneself silent and mirrored', async () => {
    const { tile, session } = await tileOf('', {
      call: { microphone: open, camera: open, preview: 'preview', devices: [] },
    });
    expect(video(tile).srcObject).to.equal(session.streams.get('preview'));
    expect(video(tile).muted).to.equal(true);
    expect(getComputedStyle(video(tile)).scale).to.equal('-1 1');
    expect(words(part(tile, 'label'))).to.equal('You');
  });

  it('shows initials while the camera is off, and says that the microphone is', async () => {
    const { tile } = await tileOf('grace', { people: [person({ audio: false, video: false })] });
    expect(words(part(tile, 'placeholder'))).to.equal('GH');
    expect(words(part(tile, 'label'))).to.contain('Muted');
    expect(tile.matches(':state(muted)')).to.equal(true);
    expect(tile.matches(':state(video-off)')).to.equal(true);
  });

  it('lets the voice go on behind the initials', async () => {
    const { tile, session } = await tileOf('grace', { people: [person({ video: false })] });
    expect(video(tile).srcObject).to.equal(session.streams.get('stream-grace'));
  });

  it('says that a link is poor', async () => {
    const { tile } = await tileOf('grace', { people: [person({ link: 'interrupted' })] });
    expect(words(tile.shadowRoot?.querySelector('figure') ?? tile)).to.contain('Poor connection');
  });

  it('calls someone without a name a guest', async () => {
    const { tile } = await tileOf('grace', { people: [person({ name: '' })] });
    expect(words(part(tile, 'label'))).to.equal('Guest');
  });

  it('shows a name as text, whatever is in it', async () => {
    const { tile } = await tileOf('grace', { people: [person({ name: '<b>x</b>' })] });
    expect(words(part(tile, 'label'))).to.equal('<b>x</b>');
    expect(tile.shadowRoot?.querySelector('b')).to.equal(null);
  });

  it('offers to hear someone whom the browser keeps silent, and lets them be heard', async () => {
    const session = fakeSession({ people: [person()] });
    session.streams.set('stream-grace', new MediaStream());
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      return this.muted ? Promise.resolve() : Promise.reject(new DOMException('', 'NotAllowedError'));
    };
    try {
      const tile = await fixture<ReformsTile>(
        html`<reforms-tile participant="grace" .session=${session}></reforms-tile>`,
      );
      await waitUntil(() => parts(tile, 'hear-button').length === 1);
      expect(video(tile).muted).to.equal(true);
      HTMLMediaElement.prototype.play = () => Promise.resolve();
      buttonNamed(tile, 'Tap to hear').click();
      await waitUntil(() => buttonsNamed(tile, 'Tap to hear').length === 0);
      expect(video(tile).muted).to.equal(false);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('keeps no frames of anyone when it is taken off the page', async () => {
    const { tile } = await tileOf('grace', { people: [person()] });
    const shown = video(tile);
    tile.remove();
    await tile.updateComplete;
    expect(shown.srcObject).to.equal(null);
  });
});
