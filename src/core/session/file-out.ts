// takes a File of ours, gives its sealed container, the offer that names it and the sender that moves it.

import type { FileOfferFrame } from '../../protocol/frame.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { createContainerSealer } from '../crypto/container.ts';
import { createFilePacker } from '../crypto/file-message.ts';
import { sanitizeFileName } from '../crypto/file-name.ts';
import type { Sodium } from '../crypto/sodium.ts';
import { ReformsError, no, ok, type ErrorCode, type Result } from '../errors.ts';
import { describeFile } from '../files/describe.ts';
import type { FileLink } from '../files/port.ts';
import { createFileSender, type FileSender, type SenderReport } from '../files/send.ts';

export interface OutgoingFile {
  readonly kind: 'out';
  readonly wireId: string;
  readonly offer: FileOfferFrame;
  readonly sender: FileSender;
}

export interface OutgoingOptions {
  readonly wireId: string;
  readonly transfer: number;
  /** The person's file channel as it is when bytes are to go. */
  readonly channel: () => FileLink | undefined;
  readonly report: (report: SenderReport) => void;
  readonly signal: AbortSignal;
}

/** One fresh secret, one container (`trust.md` §7). Nothing is read from the file before the receiver said yes. */
export async function prepareSender(
  sodium: Sodium,
  file: File,
  { wireId, transfer, channel, report, signal }: OutgoingOptions,
): Promise<Result<OutgoingFile, ErrorCode>> {
  try {
    const fileSecret = sodium.random(32);
    const described = describeFile(file, sanitizeFileName);
    const sealer = await createContainerSealer({
      sodium,
      fileSecret,
      manifest: { v: 1, files: [described] },
    });
    const { name, type, size } = described;
    const link: FileLink = {
      sendFile: (bytes) => channel()?.sendFile(bytes) ?? false,
      get fileBacklog() {
        return channel()?.fileBacklog ?? 0;
      },
      fileBacklogBelow: (bytes) =>
        channel()?.fileBacklogBelow(bytes) ?? Promise.reject(new ReformsError('peer-gone')),
    };
    return ok({
      kind: 'out',
      wireId,
      offer: {
        kind: 'file-offer',
        id: wireId,
        transfer,
        name,
        type,
        size,
        secret: toBase64Url(fileSecret),
        header: toBase64Url(sealer.header),
      },
      sender: createFileSender({ file, transfer, sealer, pack: createFilePacker(), link, report, signal }),
    });
  } catch (error) {
    return no(ReformsError.is(error) ? error.code : 'internal');
  }
}
