// takes who was met and what was found out about them, keeps it on this device, gives it back at the next visit.

import { ReformsError } from '../errors.ts';
import { toBase64Url, utf8 } from './bytes.ts';
import { openTable } from './database.ts';
import { hmac, type Hash, type RoomKeys } from './kdf.ts';
import { L } from './labels.ts';

/** What is remembered of one key. */
export interface Pin {
  /** `verified`, `refuted`: the person at this device compared the emoji with whoever holds the key. `met`: not yet. */
  readonly verdict: 'met' | 'verified' | 'refuted';
  /** The claimed name, under the room's key: the disk does not tell names. Empty: they had none. */
  readonly name: string;
}

/** Pins of one room, by participant id. */
export interface PinStore {
  /** Everything remembered of this room; empty where the browser keeps nothing. */
  load(): Promise<ReadonlyMap<string, Pin>>;
  /** Resolves once it is kept, or once the browser refused: what is not kept is asked again next time. */
  save(participantId: string, pin: Pin): Promise<void>;
  /** Rejects with `store` where the browser refuses: nobody is told that they are forgotten when they are not. */
  forget(): Promise<void>;
}

/** A claimed name as it is compared and stored: HMAC under the room's psk, so that only the room's members can test names. */
export const pinName = (hash: Hash, room: Pick<RoomKeys, 'psk'>, name: string): string =>
  name === '' ? '' : toBase64Url(hmac(hash, room.psk, L('pin name', utf8(name))).subarray(0, 16));

/** Trust on first use, per room (`trust.md` §5). Without `factory` nothing is kept. */
export function pinStore(topic: Uint8Array, factory: IDBFactory | undefined): PinStore {
  const prefix = `${toBase64Url(topic)}:`;
  const table = factory && openTable(factory, 'reforms-pins', 'pins');
  return {
    async load() {
      const records = (await table?.readAll(prefix).catch(() => [])) ?? [];
      return new Map(
        records.flatMap(([name, record]) => (isPin(record) ? [[name.slice(prefix.length), record]] : [])),
      );
    },
    async save(participantId, pin) {
      await table?.write(prefix + participantId, pin).catch(() => {});
    },
    async forget() {
      await table?.forget(prefix).catch(() => {
        throw new ReformsError('store');
      });
    },
  };
}

const verdicts: ReadonlySet<unknown> = new Set<Pin['verdict']>(['met', 'verified', 'refuted']);

const isPin = (value: unknown): value is Pin =>
  typeof value === 'object' &&
  value !== null &&
  'verdict' in value &&
  verdicts.has(value.verdict) &&
  'name' in value &&
  typeof value.name === 'string';
