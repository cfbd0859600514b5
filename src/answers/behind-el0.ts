import { fieldBits } from '../arch/field-bits.ts';
import { ALL_BITS, extractField, maskOf } from '../bits/field.ts';
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

/** Registers that the kernel fills in, so that EL0 sees less of them than there is. Others EL0 reads from the CPU itself, but for {@link ofCacheType}. */
const EMULATED = /^(?:ID_|MVFR)/;

const IDC = maskOf(fieldBits('CTR_EL0.IDC'));
const INSTRUCTIONS = maskOf(fieldBits('CTR_EL0.DIC')) | maskOf(fieldBits('CTR_EL0.IminLine'));

/** The logarithms of the page sizes, as lines of as many words: what a kernel shows in the place of IminLine where the read has to trap. */
const PAGE_LINES: readonly bigint[] = [10n, 12n, 14n];

/**
 * The bits of CTR_EL0 that are the CPU's own, whether or not the read trapped: a kernel fills in IDC that CLIDR_EL1 makes up, and a page for a
 * line of instructions around an erratum; where cores differ, all is the kernel's.
 */
function ofCacheType(value: bigint, model: VisibleModel, areAlike: boolean): bigint {
  if (!areAlike) return 0n;
  const mayBePage = PAGE_LINES.includes(extractField(value, fieldBits('CTR_EL0.IminLine')));
  const filled = (value & IDC) | (mayBePage ? INSTRUCTIONS : 0n);
  return filled === 0n ? ALL_BITS : model.shows('CTR_EL0', value) & ~filled;
}

/**
 * A CPU of which registers were read at EL0: what the kernel shows of them is known, the rest is open.
 *
 * @param areAlike - Whether all CPUs of the machine are of one core.
 */
export function behindEl0(cpu: Cpu, model: VisibleModel, areAlike: boolean): Cpu {
  let behind = cpu;
  for (const [key, value] of Object.entries(cpu.registers)) {
    if (!EMULATED.test(key) && key !== 'CTR_EL0') continue;
    const shown = EMULATED.test(key) ? model.shows(key, value) : ofCacheType(value, model, areAlike);
    if (shown === ALL_BITS) continue;
    const word: PartialWord = { value: value & shown, open: BigInt.asUintN(64, ~shown) };
    behind = withRegisterWord(behind, key as SystemRegisterName, word);
  }
  return behind;
}
