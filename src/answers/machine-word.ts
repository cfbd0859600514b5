import { compares, type FieldComparison } from '../arch/arch-feature-rule.ts';
import { type FieldBits, fieldBits } from '../arch/field-bits.ts';
import type { RegisterName } from '../arch/register.ts';
import { maskOf, readField, widthOf } from '../bits/field.ts';
import {
  fieldSetOf,
  joinWords,
  knownWord,
  MAX_SET_WIDTH,
  type PartialWord,
  setMembers,
  spliceWord,
  UNKNOWN_WORD,
} from '../bits/partial-word.ts';
import { bootargs } from '../linux/cmdline/boot-parameters.ts';
import { splitOverrideWords } from '../linux/cmdline/words.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import { agreed, type Truth } from '../logic/truth.ts';
import { overrideWords } from './why/override-words.ts';

/** What is known of a register of one CPU. */
export function cpuWord({ registers, partly }: BootedCpu, name: RegisterName): PartialWord {
  const value = registers[name];
  return value === undefined ? (partly?.[name] ?? UNKNOWN_WORD) : knownWord(value);
}

/**
 * Whether the machine that was booted is known in part, so that a register which is not listed is not known. Where only the kernel is in
 * doubt, it reads as zero.
 */
export function isKnownInPart({ cpus }: System): boolean {
  return cpus.some(({ partial }) => partial === true);
}

/** What is known of a register as the kernel keeps it; `undefined` if it does not. */
export function keptWord({ registers, unknown }: System, name: RegisterName): PartialWord | undefined {
  const kept = registers.get(name);
  if (kept === undefined) return undefined;
  const open = unknown?.registers?.get(name);
  return open === undefined
    ? knownWord(kept.value)
    : { value: kept.value & ~open.value, open: open.value, ...(open.sets && { sets: open.sets }) };
}

/** Whether the command line may make the kernel's copy of a register other than the hardware's. */
function isOverridden({ kernel }: System, name: RegisterName): boolean {
  const model = kernelAt(kernel);
  const words = splitOverrideWords(bootargs(kernel.cmdline ?? '', model));
  return overrideWords(words, model).some(({ targets }) => targets.some(({ register }) => register === name));
}

/** The bits of a register that the kernel keeps. */
function coveredBits({ kernel }: System, name: RegisterName): bigint {
  return kernelAt(kernel).registers.find((tracked) => tracked.name === name)?.covered ?? 0n;
}

/**
 * What is known of a register of the whole machine: what all online CPUs have, or what the kernel made of differing ones. Where texts
 * tell of the kernel's copy, that says of the hardware what it says of the copy.
 */
export function machineWord(system: System, name: RegisterName): PartialWord {
  const words = system.online.map((index) => cpuWord(system.cpus[index]!, name));
  const all = words.length === 0 ? UNKNOWN_WORD : words.reduce(joinWords);
  if (all.open === 0n) return all;
  const kept = keptWord(system, name);
  if (kept === undefined) return all;
  if (words.every(({ open }) => open === 0n)) return kept;
  // A register that the files leave out is not known, though some kernels would take it for zero.
  return !isKnownInPart(system) || !name.startsWith('ID_AA64') || isOverridden(system, name)
    ? all
    : spliceWord(all, kept, coveredBits(system, name));
}

/** The values that a field may have, with its sign; `undefined` if they are too many to tell. */
export function fieldValues(word: PartialWord, bits: FieldBits): readonly number[] | undefined {
  const width = widthOf(bits);
  if ((word.open & maskOf(bits)) === 0n) return [Number(readField(word.value, bits, bits.sign))];
  if (width > MAX_SET_WIDTH) return undefined;
  const members = setMembers(fieldSetOf(word, bits.lsb, width));
  return bits.sign === 'signed' ? members.map((value) => (value >= 2 ** (width - 1) ? value - 2 ** width : value)) : members;
}

/** Whether a field of a word is as a comparison asks; `undefined` if what is known of it does not tell. */
export function compareWord(comparison: FieldComparison, word: PartialWord): Truth {
  const values = fieldValues(word, fieldBits(comparison.field));
  return values && agreed(values.map((value) => compares(comparison, value)));
}
