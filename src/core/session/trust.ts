// takes an authenticated key and the name it claims, gives how far it is trusted and whether anything may flow.

import type { Pin } from '../crypto/pin-store.ts';
import type { Held, Protection } from './snapshot.ts';

/** What a page asks for before anything flows (`trust.md` §5); undefined: nothing beyond encryption. */
export type Requirement = 'link' | 'verified' | 'credential' | undefined;

export interface TrustPort {
  /** Whether the room's link authenticates everyone. */
  readonly authenticated: boolean;
  readonly require: Requirement;
  /** What earlier visits left, by participant id. */
  readonly pins: ReadonlyMap<string, Pin>;
  /** A name in the form pins are compared by; empty for no name. */
  readonly pinName: (name: string) => string;
  readonly save: (id: string, pin: Pin) => void;
}

export interface Verdict {
  readonly protection: Protection;
  /** Why nothing flows; undefined: everything may. */
  readonly held: Held | undefined;
  /** Someone came under a name that is known with another key: of somebody verified, or not. */
  readonly changed: 'verified' | 'unverified' | undefined;
}

export interface Trust {
  /** True where nobody can turn out to be held: then nothing has to wait for a name. */
  readonly open: boolean;
  /**
   * Someone showed their key and says their name. `credential`: who an issuer says they are (issuer and subject), in whose
   * place a claimed name counts for nothing.
   */
  meet(id: string, name: string, credential: string | undefined): Verdict;
  /** The emoji matched. */
  verify(id: string): void;
  /** They did not. */
  refute(id: string): void;
}

/** Pins are made at first sight; a name that a verified person had holds back whoever else bears it, until verified too. */
export function createTrust({ authenticated, require, pins: kept, pinName, save }: TrustPort): Trust {
  const pins = new Map(kept);

  const remember = (id: string, pin: Pin): void => {
    const before = pins.get(id);
    if (before?.verified === pin.verified && before.name === pin.name) return;
    pins.set(id, pin);
    save(id, pin);
  };

  const namesakes = (id: string, name: string): readonly Pin[] =>
    name === ''
      ? []
      : [...pins].filter(([other, pin]) => other !== id && pin.name === name).map(([, pin]) => pin);

  const lacks = (verified: boolean, credential: string | undefined): boolean =>
    (require === 'verified' && !verified) || (require === 'credential' && credential === undefined);

  return {
    get open() {
      const asks = require === 'verified' || require === 'credential';
      return !asks && ![...pins.values()].some(({ verified }) => verified);
    },
    meet: (id, claimed, credential) => {
      const name = pinName(credential === undefined ? claimed : `${credential}\0credential`);
      const before = pins.get(id);
      const verified = before?.verified ?? false;
      const others = namesakes(id, name);
      remember(id, { verified, name });
      const changed = verified
        ? undefined
        : others.some((pin) => pin.verified)
          ? 'verified'
          : before === undefined && others.length > 0
            ? 'unverified'
            : undefined;
      return {
        protection: verified ? 'verified' : authenticated ? 'link' : 'unverified',
        held: changed === 'verified' ? 'key-changed' : lacks(verified, credential) ? 'policy' : undefined,
        changed,
      };
    },
    refute: (id) => remember(id, { verified: false, name: pins.get(id)?.name ?? '' }),
    verify: (id) => remember(id, { verified: true, name: pins.get(id)?.name ?? '' }),
  };
}
