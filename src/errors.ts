/** What a caller can do wrong. The codes are stable; the messages are not. */
export type ErrorCode =
  | 'bad-release'
  | 'unknown-release'
  | 'bad-config'
  | 'bad-cmdline'
  | 'bad-machine'
  | 'bad-value'
  | 'bad-record'
  | 'unknown-register'
  | 'unknown-machine'
  | 'unknown-name';

/** A caller's mistake. Findings in outside text are {@link Diagnostic}s, never errors. */
export class ArmlensError extends Error {
  override readonly name = 'ArmlensError';
  /** Stable across releases; the message is not. */
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
