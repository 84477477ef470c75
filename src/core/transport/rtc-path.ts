// takes the ICE state of a peer connection, gives word of a path that is lost, back, or gone for good; mends it meanwhile.

import type { Clock } from './clock.ts';

/** The part of an RTCPeerConnection that knows the state of the path. */
export type PathSource = Pick<RTCPeerConnection, 'iceConnectionState' | 'sctp' | 'addEventListener'>;

export interface PathOptions {
  readonly clock: Clock;
  /** The impolite side mends first; the other steps in when nothing came of it. */
  readonly polite: boolean;
  readonly signal: AbortSignal;
  readonly restartIce: () => void;
}

export type PathEvent = 'interrupted' | 'restored' | 'closed';

/** A path reported `disconnected` often comes back by itself within this time. Milliseconds. */
const patienceMs = 2_000;
/** The polite side waits so much longer. Milliseconds. */
const courtesyMs = 3_000;
/** Between two tries to mend. Milliseconds. */
const retryMs = 4_000;
/** A path lost for so long is given up. Milliseconds. */
const beyondRepairMs = 45_000;

/** Starts to watch at once. Says nothing before the path was there for the first time, except that it never will be. */
export function watchPath(pc: PathSource, options: PathOptions, sink: (event: PathEvent) => void): void {
  const { clock, polite, signal, restartIce } = options;
  let wasThere = false;
  let lost = false;
  let cancelRepair = (): void => undefined;
  let cancelFarewell = (): void => undefined;

  const mendIn = (milliseconds: number): void => {
    cancelRepair();
    cancelRepair = clock.after(milliseconds + (polite ? courtesyMs : 0), signal, () => {
      restartIce();
      if (lost) mendIn(retryMs);
    });
  };

  const react = (): void => {
    const state = pc.iceConnectionState;
    if (state === 'connected' || state === 'completed') {
      cancelRepair();
      cancelFarewell();
      wasThere = true;
      if (!lost) return;
      lost = false;
      sink('restored');
    } else if (state === 'disconnected' || state === 'failed') {
      if (!wasThere) {
        if (state === 'failed') sink('closed');
        return;
      }
      if (!lost) {
        lost = true;
        cancelFarewell = clock.after(beyondRepairMs, signal, () => sink('closed'));
        mendIn(state === 'failed' ? 0 : patienceMs);
        sink('interrupted');
      } else if (state === 'failed') mendIn(0);
    }
  };

  pc.addEventListener('iceconnectionstatechange', react, { signal });
  // DTLS that fails (a certificate that is not the one in the description) fails for good; ICE can be mended.
  pc.addEventListener(
    'connectionstatechange',
    () => {
      if (pc.sctp?.transport.state === 'failed') sink('closed');
    },
    { signal },
  );
  globalThis.addEventListener?.(
    'online',
    () => {
      if (wasThere) mendIn(0);
    },
    { signal },
  );
}
