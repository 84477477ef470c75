// takes who was met and what was found out about them, keeps it on this device, gives it back at the next visit.

import { toBase64Url, utf8 } from './bytes.ts';
import { openTable } from './database.ts';
import { hmac, type Hash, type RoomKeys } from './kdf.ts';
import { L } from './labels.ts';

/** What is remembered of one key. */
export interface Pin {
  /** Whether the person at this device compared the emoji with whoever holds the key. */
  readonly verified: boolean;
  /** The claimed name, under the room's key: the disk does not tell names. Empty: they had none. */
  readonly name: string;
}

/** Pins of one room, by participant id. */
export interface PinStore {
  /** Everything remembered of this room; empty where the browser keeps nothing. */
  load(): Promise<ReadonlyMap<string, Pin>>;
  /** Resolves once it is kept, or once the browser refused: what is not kept is asked again next time. */
  save(participantId: string, pin: Pin): Promise<void>;
  forget(): Promise<void>;
}

/** Unverified people remembered of one room. Somebody who floods it with keys fills it, and changes nothing else. */
const maxPins = 500;

/** A claimed name as it is compared and stored: HMAC under the room's psk, so that only the room's members can test names. */
export const pinName = (hash: Hash, room: Pick<RoomKeys, 'psk'>, name: string): string =>
  name === '' ? '' : toBase64Url(hmac(hash, room.psk, L('pin name', utf8(name))).subarray(0, 16));

/** Trust on first use, per room (`trust.md` §5). */
export function pinStore(topic: Uint8Array, factory: IDBFactory | undefined): PinStore {
  const prefix = `${toBase64Url(topic)}:`;
  const table = factory && openTable(factory, 'reforms-pins', 'pins');
  let known = 0;
  return {
    async load() {
      const records = await (table?.readAll(prefix) ?? Promise.resolve([])).catch(() => []);
      known = records.length;
      const pins = new Map<string, Pin>();
      for (const [name, record] of records) if (isPin(record)) pins.set(name.slice(prefix.length), record);
      return pins;
    },
    async save(participantId, pin) {
      if (!pin.verified && known >= maxPins) return;
      known += 1;
      await table?.write(prefix + participantId, pin).catch(() => {});
    },
    async forget() {
      await table?.forget(prefix).catch(() => {});
    },
  };
}

const isPin = (value: unknown): value is Pin =>
  typeof value === 'object' &&
  value !== null &&
  'verified' in value &&
  typeof value.verified === 'boolean' &&
  'name' in value &&
  typeof value.name === 'string';
