import { fixture, html } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import { html as template } from 'lit';
import { SessionController } from '../../../src/controllers/index.ts';
import { RoomElement } from '../../../src/elements/base/index.ts';
import { fakeSession, person, blank } from '../../support/fake-session.ts';

class CountingElement extends RoomElement {
  renders = 0;
  readonly selected = new SessionController(this, this.door, ({ people, status }) => ({ people, status }));

  protected override render() {
    this.renders += 1;
    return template`${this.selected.slice.people.length} ${this.selected.slice.status}`;
  }
}
customElements.define('counting-element', CountingElement);

const counting = async (session = fakeSession()) => ({
  session,
  element: await fixture<CountingElement>(html`<counting-element .session=${session}></counting-element>`),
});

describe('the session controller', () => {
  it('draws again when its slice has changed', async () => {
    const { session, element } = await counting();
    const before = element.renders;
    session.set({ people: [person()], status: 'connected' });
    await element.updateComplete;
    expect(element.renders).to.equal(before + 1);
    expect(element.shadowRoot?.textContent).to.equal('1 connected');
  });

  it('draws nothing when something else has changed', async () => {
    const { session, element } = await counting();
    const before = element.renders;
    session.set({ chat: { messages: [] }, self: { ...blank.self, name: 'Other' } });
    await element.updateComplete;
    expect(element.renders).to.equal(before);
  });

  it('follows the next session, and no longer the one before', async () => {
    const { session, element } = await counting();
    const next = fakeSession({ people: [person(), person({ id: 'alan' })] });
    element.session = next;
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('2 idle');
    session.set({ people: [person()] });
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('2 idle');
  });

  it('is up to date when the element comes back to the page', async () => {
    const { session, element } = await counting();
    const place = element.parentElement;
    element.remove();
    session.set({ people: [person()], status: 'connected' });
    place?.append(element);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('1 connected');
  });
});
