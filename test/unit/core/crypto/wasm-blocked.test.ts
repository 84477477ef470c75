import { expect } from 'chai';

// A file of its own: the frame loads the module under test a second time, which would hide the first from coverage.
describe('loading libsodium under a policy', () => {
  it('ends with wasm-blocked, at once, on a page whose policy has no wasm-unsafe-eval', async () => {
    const frame = document.createElement('iframe');
    const entry = new URL('../../../../src/core/crypto/sodium.ts', import.meta.url).href;
    const script = `import { loadSodium, loadSodiumWith } from '${entry}';
      loadSodium().then(() => 'loaded', (error) => error.code).then((said) => parent.postMessage({ said }, '*'));`;
    const policy = `script-src ${location.origin} 'unsafe-inline'`;
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module">${script}</script>`;
    const said = new Promise<unknown>((resolve) => {
      addEventListener('message', ({ data, source }) => {
        if (source === frame.contentWindow && 'said' in data) resolve(data.said);
      });
    });
    document.body.append(frame);
    expect(await said).to.equal('wasm-blocked');
    frame.remove();
  });
});
