// takes the tokens, gives the call its look.

import { css } from 'lit';
import { token } from '../../styles/index.ts';

export const callStyles = css`
  :host {
    display: block;
    block-size: clamp(26rem, 80dvb, 52rem);
    min-inline-size: 0;
    container: call / inline-size;
    overflow: hidden;
    border-radius: ${token.radius};
    background: ${token.canvas};
  }

  .call {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    outline: none;
  }

  /* Pre-join, left and failed scroll where they do not fit; the stage always fits. */
  .scroll {
    flex: 1;
    display: grid;
    align-items: center;
    min-block-size: 0;
    overflow: auto;
  }

  .stage {
    position: relative;
    flex: 1;
    min-block-size: 0;
    margin: ${token.gutter} ${token.gutter} 0;
    animation: appear var(--_calm);
  }

  .grid {
    position: absolute;
    inset: 0;
    display: flex;
    flex-wrap: wrap;
    align-content: center;
    justify-content: center;
    gap: var(--_gap);
    overflow: clip;
    border-radius: ${token.radius};
  }

  .grid > reforms-tile {
    inline-size: var(--_tile-width);
    block-size: var(--_tile-height);
    aspect-ratio: auto;
    flex: none;
    animation: appear var(--_calm);
  }

  .grid > reforms-tile.floating {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline-end: 0.75rem;
    inline-size: clamp(5.5rem, 24cqi, 14rem);
    block-size: auto;
    aspect-ratio: 16 / 10;
    --_radius-tile: var(--_radius-small);
    box-shadow:
      0 0 0 2px rgb(255 255 255 / 22%),
      var(--_shadow-high);
    z-index: 1;
  }

  @container call (max-width: 34rem) {
    .grid > reforms-tile.floating {
      aspect-ratio: 4 / 5;
    }
  }

  /* What lies over the tiles: protection at the start, what happens in the middle. */
  .over {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline: 0.75rem;
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_space-2);
    pointer-events: none;
    z-index: 2;
  }

  .over > * {
    pointer-events: auto;
  }

  .glass {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    max-inline-size: 100%;
    padding: 0.25rem 1rem;
    border: 0;
    border-radius: 999px;
    background: rgb(8 16 13 / 62%);
    backdrop-filter: blur(10px);
    color: #fff;
    font: inherit;
    font-size: var(--_text-small);
    font-weight: 550;
    line-height: 1.35;
    text-align: start;
  }

  button.glass {
    cursor: pointer;
    transition: background-color var(--_quick);
  }

  button.glass:hover {
    background: rgb(8 16 13 / 82%);
  }

  button.glass:focus-visible {
    outline-color: #fff;
    box-shadow: 0 0 0 5px rgb(8 16 13 / 70%);
  }

  .glass.verified svg {
    color: #7fe3cc;
  }

  .glass.unverified svg {
    color: #ffd479;
  }

  .glass > span {
    unicode-bidi: plaintext;
  }

  /* Above the tiles, so that nothing lies over the person it is about. */
  .note.held {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    flex: none;
    margin: ${token.gutter} ${token.gutter} 0;
    font-size: var(--_text-small);
  }

  .note.held > p {
    flex: 1 1 14rem;
    unicode-bidi: plaintext;
  }

  .toast {
    animation: toast 6s both;
  }

  .welcome {
    position: absolute;
    inset-block-end: 1rem;
    inset-inline: 1rem;
    display: grid;
    gap: var(--_space-3);
    max-inline-size: 30rem;
    max-block-size: calc(100% - 2rem);
    margin-inline: auto;
    padding: var(--_space-4) var(--_space-6);
    overflow: auto;
    box-shadow: var(--_shadow-high);
    z-index: 2;
    animation: rise var(--_calm);
  }

  .busy {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--_space-4);
    border-radius: ${token.radius};
    background: rgb(8 16 13 / 55%);
    backdrop-filter: blur(6px);
    color: #fff;
    font-size: var(--_text-large);
    font-weight: 550;
    z-index: 2;
  }

  .busy .spinner {
    inline-size: 2rem;
    block-size: 2rem;
  }

  .bar {
    padding: var(--_space-3) ${token.gutter};
  }

  @keyframes appear {
    from {
      opacity: 0;
      scale: 0.985;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.75rem;
    }
  }

  @keyframes toast {
    0% {
      opacity: 0;
      translate: 0 -0.5rem;
    }
    4%,
    94% {
      opacity: 1;
      translate: 0 0;
    }
    100% {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation-name: still;
    }

    @keyframes still {
      from,
      to {
        opacity: 1;
      }
    }
  }

  @media (forced-colors: active) {
    .glass,
    :host {
      border: 1px solid CanvasText;
    }
  }
`;
