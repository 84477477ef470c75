// takes randomness from the browser, gives ids.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 132 random bits as 22 characters of base64url: the id of a message, a transfer or a stream. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return Array.from(bytes, (byte) => alphabet.charAt(byte & 63)).join('');
}
