// takes the library, gives nothing: every primitive of a handshake has run once, so that the first caller does not wait.

import type { Sodium } from './sodium.ts';

/**
 * Browsers compile WebAssembly function by function, when each is first called; a first handshake costs them tens of
 * milliseconds that a second one does not. Run while nothing else is due. The keys are thrown away.
 */
export function rehearse(sodium: Sodium): void {
  const message = sodium.hash(sodium.random(64));
  const key = sodium.random(32);
  const nonce = sodium.random(12);
  const keys = sodium.kemKeys(sodium.random(64));
  const sealed = sodium.kemSeal(keys.publicKey, key);
  if (sealed !== null) sodium.kemOpen(sealed.ciphertext, keys.secretKey);
  sodium.dh(key, sodium.dhPublic(sodium.random(32)));
  sodium.open(key, nonce, message, sodium.seal(key, nonce, message, message));
  const signer = sodium.signKeys(key);
  sodium.verify(sodium.sign(signer.secretKey, message), message, signer.publicKey);
}
