// takes nothing, gives the library itself. The only file that knows `libsodium-wrappers`; `sodium.ts` makes the port of it.

/** Fetches the chunk, once: whoever joins may call this before there is anything to do with it. */
export const fetchSodium = (): Promise<SodiumModule> => import('libsodium-wrappers');

export type SodiumModule = typeof import('libsodium-wrappers');
