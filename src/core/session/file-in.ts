// takes the offer of a file, gives what may be shown of it and the receiver that verifies and saves it.

import type { FileOfferFrame } from '../../protocol/frame.ts';
import type { Bytes } from '../brand.ts';
import { fromBase64Url } from '../crypto/bytes.ts';
import { openFileContainer } from '../crypto/container-stream.ts';
import { sanitizeFileName } from '../crypto/file-name.ts';
import type { Sodium } from '../crypto/sodium.ts';
import { no, ok, type ErrorCode, type Result } from '../errors.ts';
import { cleanType } from '../files/describe.ts';
import type { FileDescription } from '../files/port.ts';
import { createFileReceiver, type FileReceiver, type ReceiverReport } from '../files/receive.ts';
import { openSink } from '../files/sink.ts';

export interface IncomingFile {
  readonly kind: 'in';
  readonly wireId: string;
  readonly offer: FileOfferFrame;
  /** Cleaned: what may be shown and saved. */
  readonly file: FileDescription;
  readonly secret: Bytes;
  readonly header: Bytes;
  readonly accepted: boolean;
  readonly receiver: FileReceiver | undefined;
}

export interface IncomingOptions {
  readonly handle: FileSystemFileHandle | undefined;
  readonly report: (report: ReceiverReport) => void;
  readonly signal: AbortSignal;
}

export function readOffer(offer: FileOfferFrame): Result<IncomingFile, ErrorCode> {
  const secret = fromBase64Url(offer.secret, 32);
  const header = fromBase64Url(offer.header, 56);
  if (!secret.ok || !header.ok) return no('bad-frame');
  return ok({
    kind: 'in',
    wireId: offer.id,
    offer,
    file: { name: sanitizeFileName(offer.name), type: cleanType(offer.type), size: offer.size },
    secret: secret.value,
    header: header.value,
    accepted: false,
    receiver: undefined,
  });
}

/** Checks the container's key commitment, then waits for chunks. */
export async function prepareReceiver(
  sodium: Sodium,
  { file, secret, header }: IncomingFile,
  { handle, report, signal }: IncomingOptions,
): Promise<Result<FileReceiver, ErrorCode>> {
  const openContainer = await openFileContainer({ sodium, fileSecret: secret, header });
  if (!openContainer.ok) return openContainer;
  return ok(
    createFileReceiver({
      offer: file,
      openContainer: openContainer.value,
      openSink: () => openSink({ name: file.name, size: file.size, handle }),
      report,
      signal,
    }),
  );
}
