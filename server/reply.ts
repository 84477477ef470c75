// takes a Reply, gives it to whoever asked.

import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** An HTTP answer, before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text, bytes, or a file that is too large to hold. */
  readonly body?: string | Buffer | { readonly file: string; readonly bytes: number };
}

/** Writes a Reply, without its body for HEAD, and as 304 when the asker already has it (RFC 9110, 13.1.2). */
export async function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  const { status, headers, body = '' } = reply;
  const length = typeof body === 'object' && 'file' in body ? body.bytes : Buffer.byteLength(body);
  if (status === 200 && isKnown(request.headers['if-none-match'], headers['ETag'])) {
    const { 'Content-Type': _type, 'Content-Encoding': _encoding, ...rest } = headers;
    response.writeHead(304, rest).end();
    return;
  }
  response.writeHead(status, status === 204 ? headers : { ...headers, 'Content-Length': length });
  if (request.method === 'HEAD' || length === 0) response.end();
  else if (typeof body === 'object' && 'file' in body)
    // Whoever hangs up in the middle of a file has nobody left to be told.
    await pipeline(createReadStream(body.file, { end: body.bytes - 1 }), response).catch(() =>
      response.destroy(),
    );
  else response.end(body);
}

function isKnown(asked: string | undefined, tag: string | undefined): boolean {
  if (asked === undefined || tag === undefined) return false;
  return asked.split(',').some((one) => one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''));
}
