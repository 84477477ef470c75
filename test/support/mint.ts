// takes plain bytes, gives them the names that only the handshake may give. For tests of the transport, which must not know it.

import type { Hello, Sealed, Secured } from '../../src/core/brand.ts';

export const asSealed = (bytes: Uint8Array<ArrayBuffer>): Sealed => bytes as Sealed;
export const asHello = (bytes: Uint8Array<ArrayBuffer>): Hello => bytes as Hello;
export const asSecured = (): Secured => ({}) as Secured;

/** `text` as bytes that may leave. */
export const sealedText = (text: string): Sealed => asSealed(new TextEncoder().encode(text));
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
