import { expect } from 'chai';
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

@customElement('smoke-greeting')
class SmokeGreeting extends LitElement {
  @property() name = 'nobody';

  protected override render() {
    return html`<p>Hello ${this.name}</p>`;
  }
}

describe('the toolchain', () => {
  it('renders a decorated Lit element and updates it when a property changes', async () => {
    const element = document.createElement('smoke-greeting') as SmokeGreeting;
    document.body.append(element);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('Hello nobody');
    element.name = 'Ada';
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('Hello Ada');
    element.remove();
  });

  it('loads libsodium and hashes with it', async () => {
    const { default: sodium } = await import('libsodium-wrappers');
    await sodium.ready;
    expect(sodium.to_hex(sodium.crypto_generichash(32, new Uint8Array(0), null))).to.match(
      /^0e5751c026e543b2e8ab2eb06099daa1/,
    );
  });

  it('loads PeerJS', async () => {
    const { Peer } = await import('peerjs');
    expect(Peer).to.be.a('function');
  });
});
