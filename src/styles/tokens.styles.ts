// takes nothing, gives the design tokens: one private value for each role, and how to read it so that a page can win.

import { css, unsafeCSS } from 'lit';

/** Reads a role: the page's `--reforms-<role>` where it is set, else the kit's own `--_<role>`. */
const read = (role: string) => unsafeCSS(`var(--reforms-${role}, var(--_${role}))`);

/**
 * The public roles, for use inside `css`: `color: ${token.text}`. Each is a custom property that a page may set on any
 * ancestor, `--reforms-accent: rebeccapurple`.
 */
export const token = {
  /** What invites to act: primary buttons, links, focus, one's own messages. */
  accent: read('accent'),
  /** Text and icons on the accent. */
  onAccent: read('on-accent'),
  /** Behind everything. */
  canvas: read('canvas'),
  /** Cards, bars, fields and dialogs. */
  surface: read('surface'),
  /** Quiet fills: secondary buttons, other people's messages. */
  subtle: read('subtle'),
  text: read('text'),
  textMuted: read('text-muted'),
  border: read('border'),
  /** What ends or refuses: leave, muted, errors. */
  danger: read('danger'),
  /** Text and icons on the danger colour. */
  onDanger: read('on-danger'),
  /** Text of warnings and errors on the surface. */
  dangerText: read('danger-text'),
  /** Behind video. */
  stage: read('stage'),
  /** The radius of cards; fields, tiles and bubbles follow it. */
  radius: read('radius'),
  font: read('font'),
  /** Around and between the large parts of an element. */
  gutter: read('gutter'),
} as const;

/** Declares the private values. Every kit element adopts it; nothing here reaches beyond its shadow root but by inheritance. */
export const tokens = css`
  :host {
    --_accent: light-dark(#0b6b5d, #62d6bd);
    --_on-accent: light-dark(#ffffff, #04231d);
    --_canvas: light-dark(#f2f5f3, #0d1211);
    --_surface: light-dark(#ffffff, #171e1c);
    --_subtle: light-dark(#eaefec, #232c29);
    --_text: light-dark(#14201c, #e9f0ed);
    --_text-muted: light-dark(#52625c, #a4b4ae);
    --_border: light-dark(#d5deda, #34403c);
    --_danger: light-dark(#c9303e, #d1363f);
    --_on-danger: #ffffff;
    --_danger-text: light-dark(#a81e2c, #ff9a9d);
    --_stage: light-dark(#22302c, #1d2725);
    --_radius: 1.25rem;
    --_font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;

    --_gutter: 0.75rem;

    --_accent-soft: color-mix(in oklab, ${token.accent} 12%, ${token.surface});
    --_danger-soft: color-mix(in oklab, ${token.danger} 10%, ${token.surface});
    --_subtle-hover: color-mix(in oklab, ${token.subtle} 90%, ${token.text});
    --_radius-small: calc(${token.radius} * 0.6);
    --_radius-field: calc(${token.radius} * 0.7);

    --_shadow-low: 0 1px 2px rgb(10 25 20 / 8%), 0 2px 8px rgb(10 25 20 / 6%);
    --_shadow-high: 0 2px 6px rgb(10 25 20 / 10%), 0 12px 40px rgb(10 25 20 / 18%);

    --_text-small: 0.8125rem;
    --_text-body: 0.9375rem;
    --_text-large: 1.125rem;
    --_text-title: clamp(1.375rem, 1.1rem + 1.6cqi, 1.875rem);

    --_space-1: 0.25rem;
    --_space-2: 0.5rem;
    --_space-3: 0.75rem;
    --_space-4: 1rem;
    --_space-6: 1.5rem;
    --_space-8: 2rem;

    /* The least size of anything that is pressed (WCAG 2.5.5). */
    --_target: 2.75rem;
    --_quick: 140ms cubic-bezier(0.2, 0, 0, 1);
    --_calm: 280ms cubic-bezier(0.2, 0, 0, 1);

    color-scheme: var(--_scheme, light dark);
    font: 400 var(--_text-body) / 1.5 ${token.font};
    color: ${token.text};
  }

  :host([theme='light']) {
    --_scheme: light;
  }

  :host([theme='dark']) {
    --_scheme: dark;
  }

  :host([hidden]) {
    display: none !important;
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_quick: 1ms;
      --_calm: 1ms;
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_border: light-dark(#5d6b66, #93a39d);
      --_text-muted: light-dark(#34433d, #cbd7d2);
    }
  }
`;
