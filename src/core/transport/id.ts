// takes randomness, gives the names a tab goes by at the signaling server.

/** PeerJS's rule for ids (peerjs `util.validateId`), with a length that no honest id exceeds. */
const peerId = /^(?=.{1,64}$)[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;
/** The rule for connection ids (`port.ts`): 8 to 64 characters of base64url. */
const connectionId = /^[\w-]{8,64}$/;

/** A fresh id to be dialled under: 128 random bits, hexadecimal. */
export const newPeerId = (): string => randomHex();
/** A fresh name for one attempt to link two peers: 128 random bits, hexadecimal. */
export const newConnectionId = (): string => randomHex();
/** A fresh secret that lets its owner take an id back at the server: 128 random bits, hexadecimal. */
export const newToken = (): string => randomHex();
/** The well-known id of a room: the first to come holds it, newcomers dial it. `topic` is 16 bytes. */
export const doorIdOf = (topic: Uint8Array): string => `rf1-${hex(topic)}`;

export const isPeerId = (value: unknown): value is string => typeof value === 'string' && peerId.test(value);
export const isConnectionId = (value: unknown): value is string =>
  typeof value === 'string' && connectionId.test(value);

function randomHex(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
