/** A line of a stream, or the beginning of one that is too long to be kept. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly tooLong: true; readonly head: string };

/** Whole lines of a stream, as bytes with their line feeds (the last of a stream may have none); or a line too long to be kept. */
export type LineBlock = { readonly bytes: Uint8Array } | { readonly tooLong: true; readonly head: Uint8Array };

/** The longest line that is kept, in bytes. */
export const MAX_LINE_BYTES: number = 64 * 1024 * 1024;

const LINE_FEED = 0x0a;
const HEAD_BYTES = 512;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A copy of the first bytes, so that the pieces they came from can be freed. */
function headOf(parts: readonly Uint8Array[]): Uint8Array {
  const head: number[] = [];
  for (const part of parts) head.push(...part.subarray(0, HEAD_BYTES - head.length));
  return Uint8Array.from(head);
}

/** A line that came in several pieces. */
class Draft {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  /** Adds a piece; its line feed does not count. */
  add(part: Uint8Array): void {
    const before = this.#length;
    this.#length += part.length - (part.at(-1) === LINE_FEED ? 1 : 0);
    if (this.#length <= this.#limit) this.#parts.push(part);
    else if (before <= this.#limit) this.#parts = [headOf([...this.#parts, part])];
  }

  finish(): LineBlock {
    const tooLong = this.#length > this.#limit;
    const whole = this.#parts.reduce((length, part) => length + part.length, 0);
    const block: LineBlock = tooLong ? { tooLong, head: this.#parts[0]! } : { bytes: joined(this.#parts, whole) };
    this.#parts = [];
    this.#length = 0;
    return block;
  }
}

/**
 * Splits a stream of bytes at line feeds, into blocks of the lines that each piece of the stream completes. Never keeps more than one
 * line: what a line has beyond `limit` is dropped.
 *
 * @param onBytes - Told how many bytes were taken by now.
 */
export async function* splitBlocks(
  source: AsyncIterable<Uint8Array>,
  limit: number = MAX_LINE_BYTES,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<LineBlock> {
  const draft = new Draft(limit);
  let taken = 0;
  for await (const chunk of source) {
    taken += chunk.length;
    onBytes?.(taken);
    let from = 0;
    if (!draft.empty) {
      from = chunk.indexOf(LINE_FEED) + 1;
      draft.add(from === 0 ? chunk : chunk.subarray(0, from));
      if (from > 0) yield draft.finish();
      else from = chunk.length;
    }
    const to = chunk.lastIndexOf(LINE_FEED) + 1;
    if (to > from) {
      yield { bytes: chunk.subarray(from, to) };
      from = to;
    }
    if (from < chunk.length) draft.add(chunk.subarray(from));
  }
  if (!draft.empty) yield draft.finish();
}

/** The line of a block that begins at a byte, and where the next one begins. */
export function lineAt(bytes: Uint8Array, from: number, number: number, limit: number = MAX_LINE_BYTES): { line: Line; next: number } {
  const feed = bytes.indexOf(LINE_FEED, from);
  const to = feed === -1 ? bytes.length : feed;
  const line: Line =
    to - from > limit
      ? { number, tooLong: true, head: decoder.decode(bytes.subarray(from, from + HEAD_BYTES)) }
      : { number, text: decoder.decode(bytes.subarray(from, to)) };
  return { line, next: to + 1 };
}

/** The line that was too long to be kept. */
export function longLine(head: Uint8Array, number: number): Line {
  return { number, tooLong: true, head: decoder.decode(head) };
}
