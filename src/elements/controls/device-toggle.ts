// takes a device and its words, gives the round button that switches it.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { LocalDevice } from '../../core.ts';
import type { DeviceKind } from '../../core/session/facts.ts';
import type { Words } from '../../locales/index.ts';
import { token } from '../../styles/index.ts';
import { icon } from '../icon/icon.ts';
import { isOn } from './switch-device.ts';

interface ToggleParts {
  readonly kind: DeviceKind;
  readonly device: LocalDevice;
  readonly words: Words;
  /** The shortcut's key; empty where there is none. */
  readonly key: string;
  readonly toggle: () => void;
}

function labelOf(kind: DeviceKind, device: LocalDevice, words: Words): string {
  if (kind === 'microphone') {
    if (device.status === 'refused') return words.retryMicrophone;
    return device.enabled ? words.muteMicrophone : words.unmuteMicrophone;
  }
  if (device.status === 'refused') return words.retryCamera;
  return device.enabled ? words.stopCamera : words.startCamera;
}

/** The label says what a press does, so the button carries no pressed state beside it. */
export function deviceToggle({ kind, device, words, key, toggle }: ToggleParts): TemplateResult {
  const on = isOn(device);
  const label = labelOf(kind, device, words);
  const tip = key === '' ? label : words.withShortcut(label, key.toUpperCase());
  return html`<button
    class="button round toggle ${on ? 'on' : 'off'}"
    part="button ${kind}-button"
    type="button"
    aria-label=${label}
    aria-keyshortcuts=${key === '' ? nothing : key}
    data-tip=${tip}
    @click=${toggle}
  >
    ${icon(on ? kind : `${kind}-off`)}
    ${device.status === 'refused' ? html`<span class="badge">${icon('warning')}</span>` : nothing}
  </button>`;
}

export const toggleStyles = css`
  .toggle {
    position: relative;
    --_target: 3.25rem;
    border-color: ${token.border};
    background: ${token.surface};
    font-size: 1.0625rem;
    box-shadow: var(--_shadow-low);
  }

  .toggle:hover {
    background: ${token.subtle};
  }

  .toggle.off {
    border-color: transparent;
    background: var(--_danger-soft);
    color: ${token.dangerText};
  }

  .toggle.off:hover {
    background: color-mix(in oklab, ${token.danger} 18%, ${token.surface});
  }

  .badge {
    position: absolute;
    inset-block-start: -0.125rem;
    inset-inline-end: -0.125rem;
    display: grid;
    place-items: center;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    border-radius: 50%;
    background: light-dark(#ffcf5c, #ffcf5c);
    color: #3b2a00;
    font-size: 0.625rem;
  }

  /* What a press does, for those who point and those who tab; screen readers have the label. */
  [data-tip]::after {
    content: attr(data-tip);
    position: absolute;
    inset-block-end: calc(100% + 0.5rem);
    inset-inline: 50% auto;
    translate: -50% 0.25rem;
    padding: 0.25rem 0.625rem;
    border-radius: 0.5rem;
    background: light-dark(#1b2724, #e6ede9);
    color: light-dark(#fff, #14201c);
    font: 500 0.75rem / 1.4 ${token.font};
    white-space: nowrap;
    pointer-events: none;
    opacity: 0;
    visibility: hidden;
    z-index: 3;
    transition:
      opacity var(--_quick),
      translate var(--_quick);
  }

  [data-tip]:dir(rtl)::after {
    translate: 50% 0.25rem;
  }

  @media (hover: hover) {
    [data-tip]:hover::after {
      opacity: 1;
      visibility: visible;
      translate: -50% 0;
      transition-delay: 350ms;
    }

    [data-tip]:hover:dir(rtl)::after {
      translate: 50% 0;
    }
  }

  [data-tip]:focus-visible::after {
    opacity: 1;
    visibility: visible;
    translate: -50% 0;
  }

  [data-tip]:focus-visible:dir(rtl)::after {
    translate: 50% 0;
  }
`;
