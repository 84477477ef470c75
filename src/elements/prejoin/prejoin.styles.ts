// takes the tokens, gives the pre-join its look.

import { css } from 'lit';
import { token } from '../../styles/index.ts';

export const prejoinStyles = css`
  :host {
    display: grid;
    container: prejoin / inline-size;
    inline-size: 100%;
  }

  .split {
    display: grid;
    gap: var(--_space-4);
    inline-size: 100%;
    max-inline-size: 26rem;
    margin: auto;
    padding: var(--_space-4);
  }

  .preview {
    position: relative;
  }

  reforms-tile {
    box-shadow: var(--_shadow-high);
    aspect-ratio: 16 / 10;
    --_radius-tile: calc(${token.radius} * 1.2);
  }

  .state {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline: 0.75rem;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2);
    inline-size: fit-content;
    max-inline-size: calc(100% - 1.5rem);
    margin-inline: auto;
    padding: 0.25rem 0.875rem;
    border-radius: 1rem;
    background: rgb(8 16 13 / 62%);
    backdrop-filter: blur(8px);
    color: #fff;
    font-size: var(--_text-small);
  }

  /* Where the permission is given already there is no question, and no time to read this. */
  .asking {
    animation: asking var(--_calm) 600ms both;
  }

  @keyframes asking {
    from {
      opacity: 0;
    }
  }

  .toggles {
    position: absolute;
    inset-block-end: 0.875rem;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: var(--_space-3);
    pointer-events: none;
  }

  .toggles > * {
    pointer-events: auto;
  }

  /* Over video the buttons carry their own ground. */
  .toggles .toggle {
    border-color: transparent;
    box-shadow: none;
  }

  .toggles .toggle.on {
    background: rgb(8 16 13 / 60%);
    backdrop-filter: blur(10px);
    color: #fff;
  }

  .toggles .toggle.on:hover {
    background: rgb(8 16 13 / 78%);
  }

  .toggles .toggle.off {
    background: ${token.danger};
    color: ${token.onDanger};
  }

  .toggles :focus-visible {
    outline-color: #fff;
    box-shadow: 0 0 0 5px rgb(8 16 13 / 70%);
  }

  form {
    display: grid;
    align-content: center;
    gap: var(--_space-4);
    min-inline-size: 0;
  }

  .devices {
    display: grid;
    gap: var(--_space-3);
  }

  .trouble {
    align-items: start;
  }

  .trouble > svg {
    font-size: 1.125rem;
  }

  .trouble .button {
    grid-column: 2;
    justify-self: start;
    margin-block-start: var(--_space-2);
  }

  .trouble b {
    font-weight: 600;
  }

  .join {
    inline-size: 100%;
  }

  .promise {
    display: flex;
    gap: var(--_space-2);
    align-items: start;
    line-height: 1.4;
  }

  .promise svg {
    color: ${token.accent};
    font-size: 0.8125rem;
  }

  @container prejoin (min-width: 46rem) {
    .split {
      grid-template-columns: minmax(0, 1.45fr) minmax(17rem, 1fr);
      align-items: center;
      gap: clamp(1.5rem, 4cqi, 3.5rem);
      max-inline-size: 66rem;
      padding: var(--_space-8);
    }
  }
`;
