import { waitUntil } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import { defineOnSight } from '../../../src/define/on-sight.ts';

const place = document.createElement('div');

/** Loaders that write down what they are asked for. */
function watched(...tags: readonly string[]) {
  const loaded: string[] = [];
  const loaders = Object.fromEntries(tags.map((tag) => [tag, async () => void loaded.push(tag)]));
  return { loaded, loaders };
}

describe('tags defined on sight', () => {
  beforeEach(() => document.body.append(place));
  afterEach(() => {
    place.replaceChildren();
    place.remove();
  });

  it('are loaded at once where they are on the page already, and others are not', () => {
    place.append(document.createElement('sight-one'));
    const { loaded, loaders } = watched('sight-one', 'sight-two');
    defineOnSight(document, loaders);
    expect(loaded).to.deep.equal(['sight-one']);
  });

  it('are loaded when they come, however deep, and once', async () => {
    const { loaded, loaders } = watched('sight-three');
    defineOnSight(document, loaders);
    const outer = document.createElement('section');
    outer.append(document.createElement('sight-three'), document.createElement('sight-three'));
    place.append(outer);
    await waitUntil(() => loaded.length > 0);
    place.append(document.createElement('sight-three'));
    const marker = watched('sight-marker');
    defineOnSight(document, marker.loaders);
    place.append(document.createElement('sight-marker'));
    await waitUntil(() => marker.loaded.length > 0);
    expect(loaded).to.deep.equal(['sight-three']);
  });

  it('are loaded after the first Join of the page, for those that hide in shadow roots', async () => {
    const { loaded, loaders } = watched('sight-four');
    defineOnSight(document, loaders);
    expect(loaded).to.deep.equal([]);
    place.dispatchEvent(new Event('reforms-joined', { bubbles: true, composed: true }));
    await waitUntil(() => loaded.length > 0);
    expect(loaded).to.deep.equal(['sight-four']);
  });

  it('are tried again when they could not be fetched', async () => {
    let tries = 0;
    defineOnSight(document, {
      'sight-five': () => {
        tries += 1;
        return tries === 1 ? Promise.reject(new TypeError('offline')) : Promise.resolve();
      },
    });
    place.append(document.createElement('sight-five'));
    await waitUntil(() => tries === 1);
    place.append(document.createElement('sight-five'));
    await waitUntil(() => tries === 2);
  });
});
