// takes nothing, gives the shape of `noise-handshake` as far as the tests use it.
declare module 'noise-handshake' {
  export default class NoiseState {
    constructor(pattern: string, initiator: boolean, staticKeypair: null, options?: { readonly psk?: Uint8Array });
    initialise(prologue: Uint8Array): void;
    send(payload: Uint8Array): Uint8Array;
    recv(message: Uint8Array): Uint8Array;
    readonly hash: Uint8Array;
    readonly rx: Uint8Array;
    readonly tx: Uint8Array;
  }
}
