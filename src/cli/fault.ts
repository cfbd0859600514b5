import { CommandError, EXIT, type ExitCode } from './io.ts';

/** What a person can mend, by the code of the system: the words for it. Everything else is the work itself that failed. */
const MISTAKES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'nothing is behind it',
  EINVAL: 'it cannot be read',
};

const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left',
  EDQUOT: 'the quota is used up',
  EROFS: 'nothing can be written there (read-only)',
  EIO: 'input/output error',
  EPIPE: 'nobody reads it any more',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

function codeOf(cause: unknown): string {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** Why something could not be read or written, in words. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  return MISTAKES[code] ?? FAILURES[code] ?? (code === '' ? String((cause as Error | undefined)?.message ?? cause) : code);
}

/**
 * The error for a file, or a standard stream, that could not be read or written.
 *
 * @param mistake - The exit code where a person named what is not there or not allowed.
 */
export function fileFault(what: string, cause: unknown, mistake: ExitCode): CommandError {
  if (cause instanceof CommandError) return cause;
  return new CommandError(Object.hasOwn(MISTAKES, codeOf(cause)) ? mistake : EXIT.failed, `${what}: ${reasonOf(cause)}`);
}
