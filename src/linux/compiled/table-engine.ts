import type { BootEngine } from '../bring-up/boot-engine.ts';
import type { BootState } from '../bring-up/boot-state.ts';
import { type RegisterState, updateRegister } from '../bring-up/sanitise.ts';
import { COMPAT_SLOTS, deriveCompat, deriveNative, NATIVE_SLOTS, useCompatTables, useNativeTables } from '../generated/derivers.ts';
import { ROW_REGISTERS } from '../generated/row-layout.ts';
import type { HwcapRule, KernelModel } from '../release/kernel-at.ts';
import type { EngineName } from './engine-name.ts';
import { ErrataTakings } from './errata.ts';
import { Merger } from './merge.ts';
import { mergeMasks } from './merge-masks.ts';
import { ROW_COLUMNS } from './pack-row.ts';
import { COMPAT_HALVES, HALF_OF, HWCAP_HALVES } from './slots.ts';
import { mergeRules } from './tabled-kernel.ts';
import { lookUpTables, type NibbleTables, nibbleTables } from './tables.ts';
import { VectorKernel } from './vector-kernel.ts';

/** Lets a boot merge and judge by the tables of a compiled kernel. */
class TableEngine implements BootEngine {
  readonly #native: NibbleTables;
  readonly #nativeTables: Int32Array;
  readonly #compatTables: Int32Array;
  readonly #merger: Merger | VectorKernel;
  readonly #vector: VectorKernel | undefined;
  readonly #system = new BigUint64Array(ROW_REGISTERS.length);
  readonly #cpu = new BigUint64Array(ROW_REGISTERS.length);
  readonly #systemHalves = new Int32Array(this.#system.buffer);
  readonly #cpuHalves = new Int32Array(this.#cpu.buffer);

  constructor(model: KernelModel, engine: EngineName) {
    const context = { model, overrides: new Map() };
    this.#native = nibbleTables(model.hwcaps, context, [], HWCAP_HALVES);
    this.#nativeTables = lookUpTables(NATIVE_SLOTS, this.#native, ROW_REGISTERS);
    this.#compatTables = lookUpTables(COMPAT_SLOTS, nibbleTables(model.compatHwcaps, context, [], COMPAT_HALVES), ROW_REGISTERS);
    const masks = mergeMasks(model, ROW_REGISTERS);
    this.#vector =
      engine === 'wasm' ? new VectorKernel(this.#native, masks, mergeRules(model), new ErrataTakings([], HWCAP_HALVES)) : undefined;
    this.#merger = this.#vector ?? new Merger(masks, mergeRules(model));
  }

  update(state: RegisterState, raw: bigint): void {
    const column = ROW_COLUMNS.get(state.tracked.name);
    // Registers that a CPU has only beside others are in no row.
    if (column === undefined) {
      updateRegister(state, raw);
      return;
    }
    this.#system.fill(0n);
    this.#cpu.fill(0n);
    this.#system[column] = state.value;
    this.#cpu[column] = raw;
    this.#merger.mergeRow(this.#systemHalves, this.#cpuHalves);
    state.value = this.#system[column]!;
  }

  /** Puts the system's registers into the row. */
  #fill(state: BootState): void {
    for (const [column, name] of ROW_REGISTERS.entries()) this.#system[column] = state.registers.get(name)?.value ?? 0n;
  }

  hwcaps(state: BootState): (rule: HwcapRule) => boolean {
    this.#fill(state);
    const out = new Int32Array(HWCAP_HALVES);
    if (this.#vector) this.#vector.derive(this.#systemHalves, 0, out, 0, 1);
    else {
      useNativeTables(this.#nativeTables);
      deriveNative(this.#systemHalves, 0, out, 0, 1, -1, -1);
    }
    for (const { name, hides } of state.model.capabilities) {
      const taken = hides !== undefined && state.capabilities.has(name) ? this.#native.hiddenBy.get(hides) : undefined;
      if (taken) for (const [half, bits] of taken.entries()) out[half]! &= ~bits;
    }
    return isSetIn(out);
  }

  compatHwcaps(state: BootState): (rule: HwcapRule) => boolean {
    this.#fill(state);
    const out = new Int32Array(COMPAT_HALVES);
    useCompatTables(this.#compatTables);
    deriveCompat(this.#systemHalves, 0, out, 0, 1);
    return isSetIn(out);
  }
}

function isSetIn(halves: Int32Array): (rule: HwcapRule) => boolean {
  return ({ vector, bit }) => ((halves[HALF_OF[vector] + (bit >> 5)]! >>> (bit & 31)) & 1) === 1;
}

const known = { generated: new WeakMap<KernelModel, BootEngine>(), wasm: new WeakMap<KernelModel, BootEngine>() };

/**
 * The engine of a name, as `boot` takes it; `undefined` is the evaluator. That is what `auto` comes to: in a boot, registers are merged
 * one by one, and tables do not pay.
 */
export function bootEngine(name: EngineName): ((model: KernelModel) => BootEngine) | undefined {
  if (name === 'evaluator' || name === 'auto') return undefined;
  const engines = known[name];
  return (model) => {
    let engine = engines.get(model);
    if (!engine) {
      engine = new TableEngine(model, name);
      engines.set(model, engine);
    }
    return engine;
  };
}
