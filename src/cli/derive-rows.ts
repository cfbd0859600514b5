import { HwcapResults } from '../formats/hwcap-result.ts';
import { type RowBlock, RowFileReader } from '../formats/row-file.ts';
import type { Kernel } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { type CompileOptions, compile } from '../rows/compile.ts';
import { HWCAP_HALVES } from '../rows/slots.ts';
import { type ColumnBlock, readArrowRows } from './arrow-rows.ts';
import { warnAll } from './input.ts';
import { EXIT, type ExitCode, type Io } from './io.ts';

const BEGINNING = 6;
/** Files of Arrow begin with `ARROW1`, streams with a word of ones. */
const ARROW_BEGINNINGS = [
  [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31],
  [0xff, 0xff, 0xff, 0xff],
] as const;

/** How rows are derived, and what is written. */
export interface RowOptions extends CompileOptions {
  readonly kernel: Kernel;
  /** Whether results are words of 64 bits, three a system, instead of lines. */
  readonly binary: boolean;
}

/** Looks at the first bytes of a stream without taking them. */
async function peek(source: AsyncIterable<Uint8Array>, least: number): Promise<{ first: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  for (let length = 0; length < least; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* parts;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first: Uint8Array.from(parts.flatMap((part) => [...part.subarray(0, least)])), whole: whole() };
}

async function writeBlock(
  io: Io,
  out: Int32Array,
  first: number,
  { systems, ids }: Pick<ColumnBlock, 'systems' | 'ids'>,
  results: HwcapResults | undefined,
): Promise<void> {
  if (results === undefined) return io.write(new Uint8Array(out.buffer));
  let text = '';
  for (let i = 0; i < systems; i++) text += `{"id":${ids?.[i] ?? first + i},${results.tail(out, i * HWCAP_HALVES)}\n`;
  return io.write(text);
}

/** Derives the hwcaps of rows: of a file of rows, or of Arrow data. Every CPU is taken to come up. */
export async function deriveRows(io: Io, path: string, { kernel, binary, ...options }: RowOptions): Promise<ExitCode> {
  const compiled = compile(kernel, options);
  const results = binary ? undefined : new HwcapResults(compiled, kernelAt(kernel).hwcapWords);
  const { first, whole } = await peek(io.stream(path), BEGINNING);
  const reader = new RowFileReader();
  const isArrow = ARROW_BEGINNINGS.some((beginning) => beginning.every((byte, i) => first[i] === byte));
  let systems = 0;
  const blocks: AsyncIterable<RowBlock | ColumnBlock> = isArrow ? readArrowRows(whole) : reader.read(whole);
  for await (const block of blocks) {
    const out = new Int32Array(block.systems * HWCAP_HALVES);
    if ('columns' in block) compiled.deriveColumns(block.columns, out, block.systems);
    else compiled.derive(block.rows, out, block.systems, block.cpus);
    await writeBlock(io, out, systems, block, results);
    systems += block.systems;
  }
  warnAll(io, reader.diagnostics);
  return reader.diagnostics.some(({ severity }) => severity === 'error') ? EXIT.badInput : EXIT.ok;
}
