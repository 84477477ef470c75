// takes nothing, gives the table of contents of core/crypto. Imported lazily, at the first connect.

export { fromBase64Url, toBase64Url } from './bytes.ts';
export type { Channel, SignalSeal } from './channel.ts';
export { createContainerOpener, createContainerSealer, fileKeys } from './container.ts';
export type { ContainerOpener, ContainerSealer, FileKeys } from './container.ts';
export { CONTAINER_HEADER_BYTES, SEALED_CHUNK_BYTES, containerLayout } from './container-layout.ts';
export type { ContainerLayout, FileRange } from './container-layout.ts';
export { createContainerReader } from './container-reader.ts';
export type { ContainerReader, ContainerRefusal, FilePart } from './container-reader.ts';
export { verifyCredential } from './credential.ts';
export type { CredentialBinding, CredentialClaims } from './credential.ts';
export { SAS_EMOJI } from './emoji.ts';
export type { SasEmoji } from './emoji.ts';
export { packFileMessage, unpackFileMessage } from './file-message.ts';
export type { FileMessage } from './file-message.ts';
export { sanitizeFileName } from './file-name.ts';
export { FRAME_TAG } from './frame-seal.ts';
export { createInitiator, createResponder } from './handshake.ts';
export type {
  ConnectionKind,
  HandshakeContext,
  Initiator,
  InitiatorReady,
  Peer,
  RatchetSeed,
  Ready,
  Responder,
  ResponderReady,
  SecurePair,
} from './handshake-types.ts';
export type { Identity } from './identity.ts';
export { forgetIdentity, openIdentity } from './identity-open.ts';
export type { IdentityMode, OwnIdentity } from './identity-open.ts';
export { roomKeys } from './kdf.ts';
export type { PublicRoomKeys, RoomKeys, SecretRoomKeys } from './kdf.ts';
export { encodeManifest, parseManifest, totalSize } from './manifest.ts';
export type { Manifest, ManifestFile } from './manifest.ts';
export { createOfferLimit } from './offer-limit.ts';
export type { Clock, OfferLimit } from './offer-limit.ts';
export { ROOM_SECRET_BYTES, encodeRoomFragment, newRoomSecret, parseRoomFragment } from './room-link.ts';
export { safetyNumber } from './safety-number.ts';
export type { Sas } from './sas.ts';
export { loadSodium } from './sodium.ts';
export type { Sodium } from './sodium.ts';
