// takes the tokens, gives the tile its look.

import { css } from 'lit';
import { token } from '../../styles/index.ts';

export const tileStyles = css`
  :host {
    display: block;
    position: relative;
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    container: tile / size;
    overflow: hidden;
    border-radius: var(--_radius-tile, ${token.radius});
    background: ${token.stage};
    color: #fff;
    isolation: isolate;
  }

  figure {
    position: absolute;
    inset: 0;
  }

  video {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transition: opacity var(--_calm);
  }

  :host(:state(self)) video {
    scale: -1 1;
  }

  /* Sound goes on behind the initials. */
  :host(:state(video-off)) video {
    opacity: 0;
  }

  /* Someone on a phone is seen whole on a wide tile, and the other way round. */
  @container tile (min-aspect-ratio: 1.15) {
    :host(:state(portrait)) video {
      object-fit: contain;
    }
  }

  @container tile (max-aspect-ratio: 0.8) {
    :host(:state(landscape):not(:state(self))) video {
      object-fit: contain;
    }
  }

  .placeholder {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    background: radial-gradient(
      circle at 50% 35%,
      color-mix(in oklab, var(--_tint) 38%, ${token.stage}),
      ${token.stage} 75%
    );
  }

  .initials {
    display: grid;
    place-items: center;
    inline-size: clamp(2.5rem, 30cqmin, 8rem);
    aspect-ratio: 1;
    border-radius: 50%;
    background: color-mix(in oklab, var(--_tint) 72%, #0b1412);
    font-size: clamp(1rem, 11cqmin, 2.75rem);
    font-weight: 600;
    letter-spacing: 0.02em;
  }

  .held {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--_space-3);
    padding: var(--_space-4);
    padding-block-end: 2.75rem;
    overflow: auto;
    background: radial-gradient(
      circle at 50% 35%,
      color-mix(in oklab, var(--_tint) 22%, ${token.stage}),
      ${token.stage} 75%
    );
    text-align: center;
    text-wrap: balance;
  }

  .held p {
    max-inline-size: 30rem;
    unicode-bidi: plaintext;
  }

  .held .button {
    background: rgb(255 255 255 / 92%);
    color: #14201c;
  }

  .held .button:hover {
    background: #fff;
  }

  /* Where the sentence does not fit beside the button, it is read and not seen. */
  @container tile (max-height: 18rem) or (max-width: 16rem) {
    .held p {
      font-size: var(--_text-small);
    }

    .held p:not(:last-child) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container tile (max-width: 13rem) {
    .held {
      align-content: end;
      padding: var(--_space-2);
      padding-block-end: 2.5rem;
    }

    .held .button {
      font-size: var(--_text-small);
    }
  }

  .label,
  .unsteady {
    position: absolute;
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    max-inline-size: calc(100% - 1.25rem);
    padding: 0.1875rem 0.625rem;
    border-radius: 999px;
    background: rgb(8 16 13 / 62%);
    backdrop-filter: blur(8px);
    color: #fff;
    font-size: var(--_text-small);
    font-weight: 550;
    line-height: 1.5;
  }

  .label {
    inset-block-end: 0.625rem;
    inset-inline-start: 0.625rem;
  }

  .name {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }

  .label svg,
  .unsteady svg {
    font-size: 0.75rem;
  }

  .label .off {
    color: #ffb0b3;
  }

  .unsteady {
    inset-block-start: 0.625rem;
    inset-inline-end: 0.625rem;
  }

  .hear {
    position: absolute;
    inset: 0;
    margin: auto;
    inline-size: fit-content;
    block-size: fit-content;
    box-shadow: var(--_shadow-high);
  }

  @container tile (max-width: 9rem) {
    .label {
      inset-block-end: 0.3125rem;
      inset-inline-start: 0.3125rem;
      padding: 0.125rem 0.5rem;
      font-size: 0.6875rem;
    }
  }

  :host([minimal]) .label .name {
    display: none;
  }

  :host([minimal]:not(:state(muted))) .label {
    display: none;
  }

  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }

    .initials {
      border: 2px solid CanvasText;
    }
  }
`;
