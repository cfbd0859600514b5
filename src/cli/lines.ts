/** A line of a stream, or the beginning of one that is too long to be kept. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly tooLong: true; readonly head: string };

/** The longest line that is kept, in bytes. */
export const MAX_LINE_BYTES: number = 64 * 1024 * 1024;

const LINE_FEED = 0x0a;
const HEAD_BYTES = 512;

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

/** The line that is being put together. */
class Draft {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #number = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  add(part: Uint8Array): void {
    const before = this.#length;
    this.#length += part.length;
    if (this.#length <= this.#limit) this.#parts.push(part);
    else if (before <= this.#limit) this.#parts = [headOf([...this.#parts, part])];
  }

  finish(): Line {
    const number = ++this.#number;
    const text = this.#decoder.decode(this.#length > this.#limit ? this.#parts[0] : joined(this.#parts, this.#length));
    const line: Line = this.#length > this.#limit ? { number, tooLong: true, head: text } : { number, text };
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

/**
 * Splits a stream of bytes into lines of UTF-8, and gives those that each piece of the stream completes. Never keeps more than one
 * line: what a line has beyond `limit` is dropped.
 *
 * @param onBytes - Told how many bytes were taken by now.
 */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  limit: number = MAX_LINE_BYTES,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<readonly Line[]> {
  const draft = new Draft(limit);
  let taken = 0;
  for await (const chunk of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      draft.add(chunk.subarray(from, to));
      lines.push(draft.finish());
      from = to + 1;
    }
    if (from < chunk.length) draft.add(chunk.subarray(from));
    taken += chunk.length;
    onBytes?.(taken);
    if (lines.length > 0) yield lines;
  }
  if (!draft.empty) yield [draft.finish()];
}
