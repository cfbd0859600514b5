import type { FieldComparison } from '../arch/arch-feature-descriptor.ts';
import { type FieldBits, fieldBits } from '../arch/field-bits.ts';
import { compares } from '../arch/field-comparison.ts';
import type { RegisterName } from '../arch/register.ts';
import { maskOf, readField, widthOf } from '../bits/field.ts';
import {
  fieldSetOf,
  fullSet,
  joinWords,
  knownWord,
  MAX_SET_WIDTH,
  type PartialWord,
  setMembers,
  spliceWord,
  UNKNOWN_WORD,
  withFieldSet,
} from '../bits/partial-word.ts';
import { bootargs } from '../linux/cmdline/boot-parameters.ts';
import { splitOverrideWords } from '../linux/cmdline/words.ts';
import { kernelAt, type TrackedRegister } from '../linux/release/kernel-at.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import { agreed, type Truth } from '../logic/truth.ts';
import { cpuKey, firstOfEach } from '../silicon/cpu-key.ts';
import { listedWord, wholeMidrOf } from '../silicon/machine.ts';
import { overrideWords } from './why/override-words.ts';

/** What is known of a register that nobody read: a CPU that runs Linux has EL1 for the kernel and EL0 for programs. */
function unreadWord(name: RegisterName): PartialWord {
  if (name !== 'ID_AA64PFR0_EL1') return UNKNOWN_WORD;
  const levels = [fieldBits('ID_AA64PFR0_EL1.EL0'), fieldBits('ID_AA64PFR0_EL1.EL1')];
  return levels.reduce((word, { lsb }) => withFieldSet(word, lsb, 4, fullSet(4) & ~1), UNKNOWN_WORD);
}

/** What is known of a register of one CPU. */
export function cpuWord(cpu: BootedCpu, name: RegisterName): PartialWord {
  return listedWord(cpu, name) ?? (cpu.partial ? unreadWord(name) : UNKNOWN_WORD);
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

/** Whether it is certain of all CPUs that they run. */
function doAllRun({ cpus, online, unknown }: System): boolean {
  return online.length === cpus.length && unknown?.online === undefined;
}

/** Whether all CPUs are of one core: what nobody read of them is taken to be the same. */
function areOneCore({ cpus }: System): boolean {
  const midrs = cpus.map(wholeMidrOf);
  const [first, ...others] = midrs.map((midr) => midr && BigInt.asUintN(32, midr));
  return others.length === 0 || (first !== undefined && others.every((midr) => midr === first));
}

/** How the kernel keeps a register; `undefined` if it does not. */
function trackingOf({ kernel }: System, name: RegisterName): TrackedRegister | undefined {
  return kernelAt(kernel).registers.find((tracked) => tracked.name === name);
}

/** CPUs of a system, equal ones once. */
function differentCpus(cpus: readonly BootedCpu[]): readonly BootedCpu[] {
  return firstOfEach(cpus, (cpu) => `${cpuKey(cpu)} ${cpu.registers.MPIDR_EL1}`, 1);
}

/** The CPUs that run programs, equal ones once. */
export function runningCpus({ cpus, online }: System): readonly BootedCpu[] {
  return differentCpus(online.map((index) => cpus[index]!));
}

/** The CPUs that run programs, and those of which that is not known; equal ones once. What all of them have is there. */
export function possibleCpus({ cpus, online, unknown }: System): readonly BootedCpu[] {
  return differentCpus([...online, ...(unknown?.online ?? [])].map((index) => cpus[index]!));
}

/**
 * The bits of a register in which the kernel's copy, as texts and known registers tell of it, is what the hardware of all CPUs has, or the
 * least of it. Not where the files leave the register out, which some kernels take for zero, where a CPU was refused, which had its share in
 * the copy, or where the command line changed it; nor in a field in which the kernel asks for the same value everywhere, where cores differ.
 */
export function toldBits(system: System, name: RegisterName): bigint {
  const tracked = trackingOf(system, name);
  const tells = isKnownInPart(system) && doAllRun(system) && name.startsWith('ID_AA64') && !isOverridden(system, name);
  if (!tells || tracked === undefined) return 0n;
  if (areOneCore(system)) return tracked.covered;
  return tracked.fields.filter(({ safe }) => safe !== 'exact').reduce((bits, { mask }) => bits | mask, 0n);
}

/**
 * What is known of a register of the whole machine: what all CPUs have that run or may run, or what the kernel made of differing ones.
 * Where texts tell of the kernel's copy, that says of the hardware what it says of the copy.
 */
export function machineWord(system: System, name: RegisterName): PartialWord {
  const words = possibleCpus(system).map((cpu) => cpuWord(cpu, name));
  const all = words.length === 0 ? UNKNOWN_WORD : words.reduce(joinWords);
  const kept = keptWord(system, name);
  if (all.open === 0n || kept === undefined) return all;
  const differ = words.every(({ open }) => open === 0n);
  return spliceWord(all, kept, differ ? (trackingOf(system, name)?.covered ?? 0n) : toldBits(system, name));
}

/** The values that a field may have, with its sign, ascending; `undefined` if they are too many to tell. */
export function fieldValues(word: PartialWord, bits: FieldBits): readonly number[] | undefined {
  const width = widthOf(bits);
  if ((word.open & maskOf(bits)) === 0n) return [Number(readField(word.value, bits, bits.sign))];
  if (width > MAX_SET_WIDTH) return undefined;
  const members = setMembers(fieldSetOf(word, bits.lsb, width));
  if (bits.sign === 'unsigned') return members;
  return members.map((value) => (value >= 2 ** (width - 1) ? value - 2 ** width : value)).sort((a, b) => a - b);
}

/** The values that are left to a field of the whole machine, ascending; `undefined` if nothing is known of it. */
export function valuesLeft(system: System, bits: FieldBits): readonly number[] | undefined {
  const values = fieldValues(machineWord(system, bits.register), bits);
  return values?.length === 2 ** widthOf(bits) ? undefined : values;
}

/** Whether of the values of a field all are left from the first on. */
export function areAllAbove(left: readonly number[], bits: FieldBits): boolean {
  const top = 2 ** (widthOf(bits) - (bits.sign === 'signed' ? 1 : 0)) - 1;
  return top - left[0]! === left.length - 1;
}

/** Whether a field of a word is as a comparison asks; `undefined` if what is known of it does not tell. */
export function compareWord(comparison: FieldComparison, word: PartialWord): Truth {
  const values = fieldValues(word, fieldBits(comparison.field));
  return values && agreed(values.map((value) => compares(comparison, value)));
}
