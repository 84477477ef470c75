// takes a code and what it is about, gives the one error of the server.

/** Stable and documented; the sentence beside it may change. */
export type ServerErrorCode =
  | 'unknown-option'
  | 'bad-option'
  | 'port-taken'
  | 'port-forbidden'
  | 'host-unavailable'
  | 'tls-files'
  | 'auth-keys'
  | 'cluster-unavailable'
  | 'closed'
  | 'internal';

/** What keeps a server from starting or running. Its message names settings, never people. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  override readonly name = 'ServerError';

  constructor(code: ServerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
