// takes an SDP or a certificate, gives the one SHA-256 fingerprint DTLS is bound to.

import type { Bytes } from '../brand.ts';
import { no, ok } from '../errors.ts';
import type { Result } from '../errors.ts';

const HASHED = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i;

/**
 * The fingerprint (32 bytes) of an SDP. `fingerprint-count` unless it names exactly one, by SHA-256, as often as it
 * likes: none, two different ones, another hash (sha-1 too, even beside a good one) or SDES keys (`a=crypto`) are
 * refused. Lines are split wherever any parser might split them, and whatever looks like one of these must be one.
 */
export function sdpFingerprint(sdp: string): Result<Bytes, 'fingerprint-count'> {
  let only: string | null = null;
  for (const line of sdp.split(/[\r\n\u0085\u2028\u2029]+/)) {
    if (/^\s*a\s*=\s*crypto/i.test(line)) return no('fingerprint-count');
    if (!/^\s*a\s*=\s*fingerprint/i.test(line)) continue;
    const hex = HASHED.exec(line)?.[1]?.toLowerCase();
    if (hex === undefined || (only !== null && only !== hex)) return no('fingerprint-count');
    only = hex;
  }
  if (only === null) return no('fingerprint-count');
  return ok(Uint8Array.from(only.split(':'), (pair) => Number.parseInt(pair, 16)));
}

/** SHA-256 of a DER certificate, 32 bytes. */
export const certificateFingerprint = async (der: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', der));
