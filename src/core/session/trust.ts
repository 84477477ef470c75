// takes an authenticated key and the name it claims, gives how far it is trusted and whether anything may flow.

import type { Pin } from '../crypto/pin-store.ts';
import { skeletonOf } from './name-skeleton.ts';
import type { Held, Protection } from './snapshot.ts';

/** What a page asks for before anything flows (`trust.md` §5); undefined: nothing beyond encryption. */
export type Requirement = 'link' | 'verified' | 'credential' | undefined;

export interface TrustPort {
  /** Whether the room's link authenticates everyone. */
  readonly authenticated: boolean;
  readonly require: Requirement;
  /** What earlier visits left, by participant id. */
  readonly pins: ReadonlyMap<string, Pin>;
  /** What the kit calls people who give no name: many bear it, and it names nobody. */
  readonly guestName: string;
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
  /** The emoji matched; a credential that is asked for may still be missing. */
  verify(id: string): Verdict;
  /** They did not. */
  refute(id: string): void;
}

/** Keys remembered of one room unless they are verified. Somebody who floods it fills this, and changes nothing else. */
export const maxPins = 500;

/** Pins are made at first sight; a name that a verified person had holds back whoever else bears it, until verified too. */
export function createTrust(port: TrustPort): Trust {
  const { authenticated, require, save } = port;
  const pins = new Map(port.pins);
  /** Who showed a credential in this visit. */
  const credentialed = new Set<string>();
  const guest = skeletonOf(port.guestName);

  const remember = (id: string, pin: Pin): void => {
    const before = pins.get(id);
    if (before?.verdict === pin.verdict && before.name === pin.name) return;
    if (before === undefined && pin.verdict === 'met' && pins.size >= maxPins) return;
    pins.set(id, pin);
    save(id, pin);
  };

  const namesakes = (id: string, name: string): readonly Pin[] =>
    name === ''
      ? []
      : [...pins].filter(([other, pin]) => other !== id && pin.name === name).map(([, pin]) => pin);

  /** Whom the eye takes for the same has the same name here; a guest has none. */
  const pinNameOf = (claimed: string, credential: string | undefined): string => {
    if (credential !== undefined) return port.pinName(`${credential}\0credential`);
    const skeleton = skeletonOf(claimed);
    return port.pinName(skeleton === guest ? '' : skeleton);
  };

  const heldFor = (id: string, changed: Verdict['changed']): Held | undefined => {
    const verdict = pins.get(id)?.verdict;
    if (verdict === 'refuted') return 'mismatch';
    if (changed === 'verified') return 'key-changed';
    if (require === 'credential' && !credentialed.has(id)) return 'credential';
    return require === 'verified' && verdict !== 'verified' ? 'policy' : undefined;
  };

  return {
    get open() {
      const asks = require === 'verified' || require === 'credential';
      return !asks && [...pins.values()].every(({ verdict }) => verdict === 'met');
    },
    meet: (id, claimed, credential) => {
      if (credential === undefined) credentialed.delete(id);
      else credentialed.add(id);
      const name = pinNameOf(claimed, credential);
      const before = pins.get(id);
      const others = namesakes(id, name);
      remember(id, { verdict: before?.verdict ?? 'met', name });
      const verified = before?.verdict === 'verified';
      const changed = verified
        ? undefined
        : others.some(({ verdict }) => verdict === 'verified')
          ? 'verified'
          : before === undefined && others.length > 0
            ? 'unverified'
            : undefined;
      const protection = verified ? 'verified' : authenticated ? 'link' : 'unverified';
      return { protection, held: heldFor(id, changed), changed };
    },
    verify: (id) => {
      remember(id, { verdict: 'verified', name: pins.get(id)?.name ?? '' });
      return { protection: 'verified', held: heldFor(id, undefined), changed: undefined };
    },
    refute: (id) => remember(id, { verdict: 'refuted', name: pins.get(id)?.name ?? '' }),
  };
}
