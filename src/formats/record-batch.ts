import { kernelAt } from '../linux/release/kernel-at.ts';
import { type CompiledKernel, compile } from '../rows/compile.ts';
import type { EngineName } from '../rows/engine-name.ts';
import { ROW_HALVES } from '../rows/generated/row-layout.ts';
import { HWCAP_HALVES } from '../rows/slots.ts';
import { HwcapResults } from './hwcap-result.ts';
import type { BootRecord } from './record.ts';
import { type ByteText, RecordTemplate } from './record-template.ts';

/** Shapes of lines that are known at a time. */
const SHAPES = 8;
/** Records that are derived at once. */
const BATCH = 256;
/** The most lines that are passed over before one is learned from. */
const LONGEST_PAUSE = 1023;
/** Compiled kernels that are kept. */
const KERNELS = 32;

/** A shape of lines, and the kernel that all of them name. */
interface Shape {
  readonly template: RecordTemplate;
  readonly record: BootRecord;
  /** Absent until a second line has the shape. */
  ready?: { readonly kernel: CompiledKernel; readonly results: HwcapResults };
}

/**
 * Derives the hwcaps of records straight from the bytes of their lines, many at once. It learns the shape of lines that others have
 * read, reads further lines of the same shape by itself, and leaves every other line to those others.
 */
export class RecordBatch {
  readonly #engine: EngineName;
  /** The one that fitted last comes first. */
  #shapes: Shape[] = [];
  readonly #kernels = new Map<string, NonNullable<Shape['ready']>>();
  readonly #rows = new Int32Array(BATCH * ROW_HALVES);
  /** Takes a row of a line that may have another shape. */
  readonly #trial = new Int32Array(ROW_HALVES);
  readonly #out = new Int32Array(BATCH * HWCAP_HALVES);
  readonly #ids: string[] = [];
  /** Lines that are passed over before one is learned from again, and how many were. */
  #pause = 0;
  #passed = 0;
  /** The shape of the lines in the batch. */
  #current: Shape | undefined;

  constructor(engine: EngineName = 'auto') {
    this.#engine = engine;
  }

  /**
   * Learns the shape of a line that was read and answered without a finding. As long as no shape that was learned fits, it looks at
   * fewer and fewer lines.
   */
  learn(line: Uint8Array, record: BootRecord): void {
    if (this.#passed++ < this.#pause) return;
    this.#passed = 0;
    this.#pause = Math.min(this.#pause * 2 + 1, LONGEST_PAUSE);
    const template = RecordTemplate.learn(line, record.id);
    // Lines whose CPUs differ have a shape that is known, and are left to others all the same.
    if (template === undefined || this.#shapes.some((shape) => shape.template.isLike(template))) return;
    this.#shapes = [{ template, record }, ...this.#shapes.slice(0, SHAPES - 1)];
  }

  /**
   * Takes a line.
   *
   * @returns The first byte behind it; -1 if it has no shape that is known, or the batch holds lines of another, or is full: then it
   * is to be flushed.
   */
  take(text: ByteText, from: number): number {
    for (const shape of this.#shapes) {
      const isCurrent = shape === this.#current;
      if (this.#ids.length > 0 && !isCurrent) continue;
      if (this.#ids.length === BATCH) return -1;
      const next = isCurrent
        ? shape.template.read(text, from, this.#rows, this.#ids.length * ROW_HALVES)
        : shape.template.read(text, from, this.#trial, 0);
      if (next === -1) continue;
      if (!isCurrent) this.#turnTo(shape, text, from);
      this.#ids.push(shape.template.id);
      return next;
    }
    return -1;
  }

  /** Begins a batch of lines of another shape. What the one before has left would count as registers of this one. */
  #turnTo(shape: Shape, text: ByteText, from: number): void {
    this.#current = shape;
    this.#pause = 0;
    this.#shapes = [shape, ...this.#shapes.filter((other) => other !== shape)];
    this.#rows.fill(0);
    shape.template.read(text, from, this.#rows, 0);
  }

  /** Whether lines wait for their results. */
  get waiting(): boolean {
    return this.#ids.length > 0;
  }

  /** The hwcap words of the lines that were taken, three words of 64 bits each, as halves; they stand until the next call. */
  derive(): Int32Array {
    const count = this.#ids.length;
    if (count > 0) this.#ready(this.#current!).kernel.derive(this.#rows, this.#out, count);
    this.#ids.length = 0;
    return this.#out;
  }

  /** The results of the lines that were taken, a line each. */
  flush(): string {
    const ids = [...this.#ids];
    const out = this.derive();
    let text = '';
    for (let i = 0; i < ids.length; i++) text += `{"id":${ids[i]},${this.#current!.ready!.results.tail(out, i * HWCAP_HALVES)}\n`;
    return text;
  }

  #ready(shape: Shape): NonNullable<Shape['ready']> {
    if (shape.ready) return shape.ready;
    const { kernel, environment } = shape.record;
    const key = JSON.stringify([kernel, environment.bootEl, environment.eventStream]);
    let ready = this.#kernels.get(key);
    if (!ready) {
      const compiled = compile(kernel, { engine: this.#engine, environment });
      ready = { kernel: compiled, results: new HwcapResults(compiled, kernelAt(kernel).hwcapWords) };
      if (this.#kernels.size >= KERNELS) this.#kernels.delete(this.#kernels.keys().next().value!);
      this.#kernels.set(key, ready);
    }
    shape.ready = ready;
    return ready;
  }
}
