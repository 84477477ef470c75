// takes nothing, gives the two names under which bytes may leave this machine.

declare const sealed: unique symbol;
declare const hello: unique symbol;
declare const secured: unique symbol;

/**
 * Bytes that only an authenticated channel has made (`Channel.seal`, `SignalSeal.seal`, the file container). A plain
 * `Uint8Array` is not assignable to it, so handing plain bytes to a `Link` does not compile.
 */
export type Sealed = Uint8Array<ArrayBuffer> & { readonly [sealed]: true };

/** Bytes that only the RH1 handshake has made: OFFER, ANSWER, FIN and CONFIRM (`trust.md` §5). */
export type Hello = Uint8Array<ArrayBuffer> & { readonly [hello]: true };

/** Plain bytes, after opening and before sealing. Never handed to a transport. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Proof that a pair is SECURE: authenticated, and its DTLS certificates confirmed. Minted by the handshake alone; whoever
 * attaches a local track or lets a remote one through must hold it ("nothing before SECURE", `trust.md` §5).
 */
export interface Secured {
  readonly [secured]: true;
}
