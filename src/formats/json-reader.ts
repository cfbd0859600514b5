/** What can be wrong inside a JSON value: the place and one sentence. */
export interface Problem {
  /** A path such as `cpus[1].registers.MIDR_EL1`; empty for the value itself. */
  readonly path: string;
  /** Such as `expected a boolean, got "yes"`. */
  readonly message: string;
}

/** A JSON object as `JSON.parse` gives it; a key may be anything, `__proto__` included. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHOWN = 40;

/** Shows a JSON value in a message: on one line, cut short, without control characters. */
export function showJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(typeof value === 'string' && value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  return text.replace(/[\u007f-\u009f\u2028\u2029]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Adds a key or an index to a path. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[\w-]{1,64}$/.test(key)) return `${path}[${showJson(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/**
 * Reads the parts of a JSON value and collects what is wrong with them. Every reader returns `undefined` where it found a problem,
 * or where an optional part is absent; {@link problems} tells the two apart.
 */
export class JsonReader {
  readonly problems: Problem[] = [];

  /** Notes a problem. */
  fail(path: string, expected: string, value: unknown): undefined {
    this.problems.push({ path, message: `expected ${expected}, got ${showJson(value)}` });
    return undefined;
  }

  /** An object that is no array. */
  object(path: string, value: unknown): JsonObject | undefined {
    return isJsonObject(value) ? (value as JsonObject) : this.fail(path, 'an object', value);
  }

  /** A text; absent is fine. */
  text(path: string, value: unknown): string | undefined {
    return value === undefined || typeof value === 'string' ? value : this.fail(path, 'a string', value);
  }

  /** `true` or `false`; absent is fine. */
  flag(path: string, value: unknown): boolean | undefined {
    return value === undefined || typeof value === 'boolean' ? value : this.fail(path, 'true or false', value);
  }

  /** A 64-bit value as `0x` and 1 to 16 digits. */
  word(path: string, value: unknown): bigint | undefined {
    return typeof value === 'string' && /^0[xX][0-9a-fA-F]{1,16}$/.test(value)
      ? BigInt(value)
      : this.fail(path, '"0x…" of at most 16 hex digits', value);
  }

  /** A whole number within bounds; absent is fine. */
  integer(path: string, value: unknown, min: number, max: number): number | undefined {
    if (value === undefined) return undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? value
      : this.fail(path, `a whole number from ${min} to ${max}`, value);
  }
}
