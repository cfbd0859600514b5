import { formatHex } from '../bits/hex.ts';
import type { Kernel } from '../linux/kernel.ts';

/** A value as JSON can hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * A value as JSON holds it: 64-bit values are `0x` texts of 16 digits, sets are arrays, maps are objects, and a member that is not
 * there (undefined, or null) is left out.
 *
 * @example
 * ```js
 * toJson({ value: 0x11n, names: new Set(['fp']), none: undefined }) // → { value: '0x0000000000000011', names: ['fp'] }
 * ```
 */
export function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return formatHex(value);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  if (Array.isArray(value) || value instanceof Set) return Array.from(value, toJson);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.flatMap(([name, member]) => (member === undefined || member === null ? [] : [[name, toJson(member)]])));
}

/** The version of the form of all answers: a member that is gone or means something else makes a new one. */
const VERSION = 1;

/**
 * The name of the schema that an answer follows, which is the `$id` of `spec-data/schemas/answers/<name>.schema.json`.
 *
 * @example
 * ```js
 * schemaId('level') // → 'urn:armlens:level:1'
 * ```
 */
export function schemaId(name: string): string {
  return `urn:armlens:${name}:${VERSION}`;
}

/** What a question was about: a machine, a file, a line, a name. */
export interface AnswerSubject {
  /** As it was named: a path, a known machine, or what stands for it, such as `standard input`. */
  readonly name: string;
  /** A line that says what it is. */
  readonly title?: string | undefined;
  /** Its own kernel, where there are several. */
  readonly kernel?: Json;
}

/** What every answer begins with. */
export interface AnswerHead {
  /** Several where machines are put side by side. */
  readonly subject: AnswerSubject | readonly AnswerSubject[];
  /** The kernel that was booted, where there is one and only one. */
  readonly kernel?: Json | undefined;
}

/**
 * A kernel as answers name it.
 *
 * @example
 * ```js
 * kernelJson({ release: '6.12' }) // → { release: '6.12', config: 'defconfig' }
 * ```
 */
export function kernelJson({ release, config, cmdline }: Kernel): Json {
  return toJson({ release, config: config ?? 'defconfig', cmdline: cmdline === '' ? undefined : cmdline });
}

/**
 * Writes an answer as JSON: `$schema`, subject and kernel, then what the command found.
 *
 * @param name - The command, which its schema is called after.
 *
 * @example
 * ```js
 * JSON.parse(formatAnswer('level', { subject: { name: 'rk3588' } }, { met: true })).met // → true
 * ```
 */
export function formatAnswer(name: string, { subject, kernel }: AnswerHead, found: object): string {
  return `${JSON.stringify(toJson({ $schema: schemaId(name), subject, kernel, ...found }), null, 2)}\n`;
}

/**
 * Writes why there is no answer.
 *
 * @example
 * ```js
 * JSON.parse(formatError('usage', 'which machine?')).error.code // → 'usage'
 * ```
 */
export function formatError(code: string, message: string): string {
  return `${JSON.stringify({ $schema: schemaId('error'), error: { code, message } }, null, 2)}\n`;
}
