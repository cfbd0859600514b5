import { knownWord } from '../bits/partial-word.ts';
import { compatConstant, ownHwcaps } from '../linux/bring-up/hwcaps.ts';
import type { RegisterOverride } from '../linux/bring-up/overrides.ts';
import { emptyState, initialiseRegister } from '../linux/bring-up/sanitise.ts';
import type { BootParameters } from '../linux/cmdline/boot-parameters.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { KernelModel } from '../linux/release/kernel-at.ts';
import type { RegisterFile } from '../silicon/machine.ts';
import { ColumnViews, eachRows, type RegisterColumns } from './columns.ts';
import type { CompiledKernel } from './compile.ts';
import type { EngineName } from './engine-name.ts';
import { ErrataTakings, type Taking } from './errata.ts';
import { COMPAT, COMPAT_SLOTS, fillNative, NATIVE, NATIVE_SLOTS } from './generated/derivers.ts';
import { ROW_HALVES, ROW_REGISTERS } from './generated/row-layout.ts';
import { NamesByBit } from './hwcap-names.ts';
import { type MergeRules, Merger } from './merge.ts';
import { mergeMasks } from './merge-masks.ts';
import { COMPAT_HALVES, compatRule, HALF_OF, HWCAP_HALVES } from './slots.ts';
import { lookUpTables, type NibbleTables, nibbleTables } from './tables.ts';
import { VectorKernel } from './vector-kernel.ts';
import { expectCount, expectLength, halfOf, putWord, type Words, WordViews, wordAt } from './words.ts';

/** A kernel's rules, and what its command line and surroundings make of them. */
export interface KernelSituation {
  readonly model: KernelModel;
  readonly parameters: BootParameters;
  readonly environment: Environment;
  /** What the command line asks of registers. */
  readonly overrides: ReadonlyMap<string, RegisterOverride>;
}

/** Systems that are merged at a time before hwcaps are derived of them. */
const CHUNK = 64;
/** Rows from which on the way into the vector unit's memory and back pays. */
const WORTH_A_VECTOR = 24;

/** What errata take: the AArch64 hwcaps whose field they hide, the AArch32 ones that they clear. */
function takings(
  { capabilities, compatHwcaps }: KernelModel,
  native: NibbleTables,
): { native: readonly Taking[]; compat: readonly Taking[] } {
  const takingsOf = (bitsOf: (capability: (typeof capabilities)[number]) => Int32Array | undefined): readonly Taking[] =>
    capabilities.flatMap((capability) => {
      const bits = bitsOf(capability);
      if (bits === undefined) return [];
      if (!('midr' in capability.when)) throw new Error(`${capability.name} is not told by MIDR_EL1 alone`);
      return [{ when: capability.when, bits }];
    });
  return {
    native: takingsOf(({ hides }) => (hides === undefined ? undefined : native.hiddenBy.get(hides))),
    compat: takingsOf(({ clearsCompat }) => {
      const rule = compatHwcaps.find(({ name, vector }) => name === clearsCompat && vector === 'AT_HWCAP2');
      if (!rule) return undefined;
      const bits = new Int32Array(COMPAT_HALVES);
      bits[HALF_OF.AT_HWCAP2] = 1 << rule.bit;
      return bits;
    }),
  };
}

/** How a kernel merges CPUs, beside its fields' rules. */
export function mergeRules({ behaviour }: KernelModel): MergeRules {
  return {
    effectiveIdc: behaviour['ctr-effective-idc'],
    initialisesAArch32: behaviour['aarch32-registers-initialised'] === 'always',
    updatesAArch32: behaviour['aarch32-registers-updated'],
  };
}

/** The bits of AT_HWCAP that need no register. */
function constantBits(situation: KernelSituation): readonly number[] {
  return [ownHwcaps(situation).reduce((bits, { bit }) => bits | (1 << bit), 0)];
}

/** Works on rows by tables: with generated TypeScript, or with a vector unit. */
export class TabledKernel implements CompiledKernel {
  readonly kernel: Kernel;
  readonly engine: EngineName;
  readonly #situation: KernelSituation;
  readonly #native: Int32Array;
  readonly #compat: Int32Array;
  readonly #errata: ErrataTakings;
  readonly #compatErrata: ErrataTakings;
  readonly #merger: Merger;
  readonly #makeVector: () => VectorKernel;
  /** Absent until it is wanted; `null` where there is none. */
  #vector: VectorKernel | null | undefined;
  readonly #names: NamesByBit;
  readonly #rowViews = new WordViews();
  readonly #outViews = new WordViews();
  readonly #columnViews = new ColumnViews();
  #own: Int32Array = new Int32Array(0);
  #results: Int32Array = new Int32Array(0);
  readonly #system = new BigUint64Array(ROW_REGISTERS.length);
  readonly #systemHalves = new Int32Array(this.#system.buffer);
  readonly #result = new BigUint64Array(HWCAP_HALVES / 2);
  readonly #resultHalves = new Int32Array(this.#result.buffer);
  #merged: Int32Array | undefined;

  constructor(kernel: Kernel, engine: EngineName, situation: KernelSituation) {
    const { model } = situation;
    this.kernel = kernel;
    this.engine = engine;
    this.#situation = situation;
    this.#names = new NamesByBit(kernel);
    const native = nibbleTables(model.hwcaps, situation, constantBits(situation), HWCAP_HALVES);
    const compiles = model.option('CONFIG_COMPAT') === 'y';
    const needs32 = model.behaviour['compat-needs-32bit-el0'];
    const compatRules = compiles ? model.compatHwcaps.map((rule) => (needs32 ? compatRule(rule) : rule)) : [];
    const compat = nibbleTables(compatRules, situation, compiles ? [halfOf(compatConstant(situation), 0)] : [], COMPAT_HALVES);
    const taken = takings(model, native);
    this.#errata = new ErrataTakings(taken.native, HWCAP_HALVES);
    this.#compatErrata = new ErrataTakings(taken.compat, COMPAT_HALVES);
    this.#native = lookUpTables(NATIVE_SLOTS, native, ROW_REGISTERS);
    this.#compat = lookUpTables(COMPAT_SLOTS, compat, ROW_REGISTERS);
    const masks = mergeMasks(model, ROW_REGISTERS);
    this.#merger = new Merger(masks, mergeRules(model));
    this.#makeVector = () => new VectorKernel(native, masks, mergeRules(model), this.#errata);
    if (engine === 'wasm') this.#vector = this.#makeVector();
  }

  /** Takes the arguments of a call over: the rows and the place for results then stand in `#own` and `#result`. */
  #take(rows: Words, out: Words, count: number, cpus: number, outHalves: number): void {
    expectCount('count', count, 0);
    expectCount('cpus', cpus, 1);
    this.#own = this.#rowViews.of(rows);
    this.#results = this.#outViews.of(out);
    expectLength('rows', this.#own, count * cpus * ROW_HALVES);
    expectLength('out', this.#results, count * outHalves);
  }

  derive(rows: Words, out: Words, count: number, cpus: number = 1): void {
    this.#take(rows, out, count, cpus, HWCAP_HALVES);
    const [own, results] = [this.#own, this.#results];
    if (cpus === 1) this.#deriveRows(own, 0, results, 0, count);
    else {
      this.#eachMerged(own, count, cpus, (merged, system, some) => {
        this.#deriveRows(merged, 0, results, system * HWCAP_HALVES, some);
      });
      this.#errata.apply(own, 0, results, 0, count, cpus);
    }
    this.#outViews.store(out);
  }

  /** The vector unit, if it is to work on as many rows. */
  #vectorFor(rows: number): VectorKernel | null {
    if (this.engine === 'generated' || (this.engine === 'auto' && rows < WORTH_A_VECTOR)) return null;
    if (this.#vector === undefined) {
      try {
        this.#vector = this.#makeVector();
      } catch {
        this.#vector = null;
      }
    }
    return this.#vector;
  }

  /** Derives rows, and takes from them what the errata of their CPUs take. */
  #deriveRows(rows: Int32Array, from: number, out: Int32Array, to: number, count: number): void {
    const vector = this.#vectorFor(count);
    if (vector) {
      vector.derive(rows, from, out, to, count);
      return;
    }
    NATIVE.use(this.#native);
    const { suspected } = NATIVE;
    const [first, second] = this.#errata.implementers;
    for (let done = 0; done < count; done += suspected.length) {
      const [row, result] = [from + done * ROW_HALVES, to + done * HWCAP_HALVES];
      const suspects = NATIVE.derive(rows, row, out, result, Math.min(suspected.length, count - done), first, second);
      for (let i = 0; i < suspects; i++)
        this.#errata.apply(rows, row + suspected[i]! * ROW_HALVES, out, result + suspected[i]! * HWCAP_HALVES, 1, 1);
    }
  }

  deriveColumns(columns: RegisterColumns, out: Words, count: number): void {
    const views = this.#columnViews.of(columns, count);
    const results = this.#outViews.of(out);
    expectLength('out', results, count * HWCAP_HALVES);
    const vector = this.#vectorFor(count);
    if (vector) vector.deriveColumns(views, results, count);
    else eachRows(views, count, (rows, from, some) => this.#deriveRows(rows, 0, results, from * HWCAP_HALVES, some));
    this.#outViews.store(out);
  }

  deriveCompat(rows: Words, out: Words, count: number, cpus: number = 1): void {
    this.#take(rows, out, count, cpus, COMPAT_HALVES);
    const [own, results] = [this.#own, this.#results];
    COMPAT.use(this.#compat);
    if (cpus === 1) COMPAT.derive(own, 0, results, 0, count);
    else
      this.#eachMerged(own, count, cpus, (merged, system, some) => {
        COMPAT.derive(merged, 0, results, system * COMPAT_HALVES, some);
      });
    this.#compatErrata.apply(own, 0, results, 0, count, cpus);
    this.#outViews.store(out);
  }

  /** Merges some systems at a time, and hands them on. */
  #eachMerged(rows: Int32Array, count: number, cpus: number, use: (merged: Int32Array, system: number, count: number) => void): void {
    this.#merged ??= new Int32Array(CHUNK * ROW_HALVES);
    for (let system = 0; system < count; system += CHUNK) {
      const some = Math.min(CHUNK, count - system);
      this.#mergeRows(rows, system * cpus * ROW_HALVES, this.#merged, some, cpus);
      use(this.#merged, system, some);
    }
  }

  #mergeRows(rows: Int32Array, from: number, out: Int32Array, count: number, cpus: number): void {
    const vector = this.#vectorFor(count * cpus);
    if (vector) vector.sanitise(rows, from, out, count, cpus);
    else this.#merger.sanitise(rows, from, out, count, cpus);
    for (const name of this.#situation.overrides.keys()) this.#override(name, out, count);
  }

  /** Applies what the command line asks of a register. That it may be done after merging follows from the rules. */
  #override(name: string, out: Int32Array, count: number): void {
    const column = (ROW_REGISTERS as readonly string[]).indexOf(name);
    const tracked = this.#situation.model.registers.find((register) => register.name === name);
    const override = this.#situation.overrides.get(name);
    if (column === -1 || !tracked || !override) return;
    for (let at = column * 2; at < count * ROW_HALVES; at += ROW_HALVES) {
      const state = emptyState(tracked);
      initialiseRegister(state, knownWord(wordAt(out, at)), { ...override }, false);
      putWord(out, at, state.value);
    }
  }

  sanitise(rows: Words, out: Words, count: number, cpus: number): void {
    this.#take(rows, out, count, cpus, ROW_HALVES);
    this.#mergeRows(this.#own, 0, this.#results, count, cpus);
    this.#outViews.store(out);
  }

  deriveRegisters(registers: RegisterFile, out: BigUint64Array = new BigUint64Array(HWCAP_HALVES / 2)): BigUint64Array {
    fillNative(registers, this.#system);
    NATIVE.use(this.#native);
    NATIVE.derive(this.#systemHalves, 0, this.#resultHalves, 0, 1, -1, -1);
    this.#errata.apply(this.#systemHalves, 0, this.#resultHalves, 0, 1, 1);
    for (let word = 0; word < HWCAP_HALVES / 2; word++) out[word] = this.#result[word]!;
    return out;
  }

  names(words: Words): readonly string[] {
    return this.#names.of(words);
  }
}
