import type { PartialWord } from '../bits/partial-word.ts';
import { fieldPlace } from '../linux/bring-up/evaluate.ts';
import type { Kernel } from '../linux/kernel.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';
import { type Cpu, type SystemRegisterName, withRegisterWord } from '../silicon/machine.ts';

/** What a kernel shows of registers at EL0. */
export interface VisibleModel {
  /** The bits in which EL0 sees what the kernel made of the CPUs' registers. */
  shows(register: string, value: bigint): bigint;
}

/**
 * What the kernel under which registers were read at EL0 shows of them. Where it is not known, a field counts as shown if it is not
 * zero: some kernel hides what others show.
 */
export function visibleModel(kernel: Partial<Kernel> | undefined): VisibleModel {
  const release = kernel?.release;
  const model = kernelAt({ ...kernel, release: release ?? NEWEST_RELEASE });
  const tracked = new Map<string, (typeof model.registers)[number]>(model.registers.map((row) => [row.name, row]));
  // An erratum may take a field from EL0's view.
  const taken = model.capabilities.flatMap(({ hides }) => (hides === undefined ? [] : [fieldPlace(hides)]));
  return {
    shows(register, value) {
      const row = tracked.get(register);
      let shown = row?.userMask ?? 0n;
      const drop = (mask: bigint): void => {
        if ((value & mask) === 0n) shown &= ~mask;
      };
      if (release === undefined) for (const { mask } of row?.fields ?? []) drop(mask);
      for (const place of taken) if (place.register === register) drop(place.mask << place.shift);
      return shown;
    },
  };
}

/** Registers that the kernel fills in, so that EL0 sees less of them than there is. Others EL0 reads from the CPU itself. */
const EMULATED = /^(?:ID_|MVFR)/;

/** A CPU of which registers were read at EL0: what the kernel shows of them is known, the rest is open. */
export function behindEl0(cpu: Cpu, model: VisibleModel): Cpu {
  let behind = cpu;
  for (const [key, value] of Object.entries(cpu.registers)) {
    if (!EMULATED.test(key)) continue;
    const shown = model.shows(key, value);
    const word: PartialWord = { value: value & shown, open: BigInt.asUintN(64, ~shown) };
    behind = withRegisterWord(behind, key as SystemRegisterName, word);
  }
  return behind;
}
