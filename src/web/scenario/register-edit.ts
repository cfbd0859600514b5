import { fieldBits, findFieldPath, ID_REGISTER_NAMES } from '../../arch/field-bits.ts';
import { maskOf, widthOf } from '../../bits/field.ts';
import { knownWord, spliceWord } from '../../bits/partial-word.ts';
import { findRegisterName } from '../../formats/register-name.ts';
import { given } from '../../given.ts';
import { seenBeside } from '../../hypervisor/guest-layer.ts';
import { type Cpu, type Machine, registerWord, type SystemRegisterName, withRegisterWord } from '../../silicon/machine.ts';
import { formatCpuSet, parseCpuSet } from './cpu-set.ts';

/** Another value of a field, or of a whole register, on some CPUs of a machine. */
export interface RegisterEdit {
  /** `ID_AA64ISAR1_EL1.LRCPC`, or `ID_AA64ISAR1_EL1` for the register as a whole. */
  readonly target: string;
  /** Unsigned. */
  readonly value: bigint;
  /** By index; absent: all. */
  readonly cpus?: readonly number[];
}

interface Target {
  readonly register: SystemRegisterName;
  readonly msb: number;
  readonly lsb: number;
}

/** The bits that a target names; `undefined` if there is no such field or register. */
export function targetBits(target: string): Target | undefined {
  const path = findFieldPath(target);
  if (path !== undefined) return fieldBits(path);
  const register = findRegisterName(target);
  return register === undefined || !(ID_REGISTER_NAMES as readonly string[]).includes(register) ? undefined : { register, msb: 63, lsb: 0 };
}

function parseValue(text: string, width: number): bigint | undefined {
  if (!/^(?:-?\d{1,20}|0x[\da-f]{1,16})$/i.test(text)) return undefined;
  const value = BigInt(text);
  const least = -(1n << BigInt(width - 1));
  return value < least || value >= 1n << BigInt(width) ? undefined : BigInt.asUintN(width, value);
}

/** Reads an edit as an address holds it, `ID_AA64ISAR1_EL1.LRCPC:1@0-3`, or tells what is wrong with it. */
export function parseEdit(text: string): RegisterEdit | { readonly problem: string } {
  const [, path = '', valueText = '', cpuText] = /^([\w.]+):(-?\w+)(?:@([\d,-]+))?$/.exec(text) ?? [];
  if (path === '') return { problem: `set=${text.slice(0, 60)} is no edit; expected a form such as ID_AA64ISAR1_EL1.LRCPC:1` };
  const bits = targetBits(path);
  if (bits === undefined) return { problem: `set=${text.slice(0, 60)}: there is no field or register ${path}` };
  const value = parseValue(valueText, widthOf(bits));
  if (value === undefined) return { problem: `set=${text.slice(0, 60)}: ${valueText} is no value of ${widthOf(bits)} bits` };
  const cpus = cpuText === undefined ? undefined : parseCpuSet(cpuText);
  if (cpuText !== undefined && cpus === undefined) return { problem: `set=${text.slice(0, 60)}: ${cpuText} is no list of CPUs` };
  return { target: findFieldPath(path) ?? bits.register, value, ...given({ cpus }) };
}

/** Writes an edit for an address. Fields of up to four bits are written as decimal numbers. */
export function formatEdit({ target, value, cpus }: RegisterEdit): string {
  const bits = targetBits(target);
  const text = bits !== undefined && widthOf(bits) <= 4 ? String(value) : `0x${value.toString(16)}`;
  return `${target}:${text}${cpus === undefined ? '' : `@${formatCpuSet(cpus)}`}`;
}

/** A CPU with other bits; what is not known of the register besides stays so. */
function editedCpu(machine: Machine, cpu: Cpu, { register, ...bits }: Target, value: bigint): Cpu {
  const before = registerWord(machine, cpu, register) ?? knownWord(0n);
  const after = spliceWord(before, { value: value << BigInt(bits.lsb), open: 0n }, maskOf(bits));
  return after.value === before.value && after.open === before.open ? cpu : withRegisterWord(cpu, register, after);
}

/**
 * The machine with edits made, the first one first; CPUs that nothing changed are shared. Of a machine that was seen at work the other
 * fields stay as they were seen.
 */
export function applyEdits(machine: Machine, edits: readonly RegisterEdit[]): Machine {
  let edited = machine;
  for (const { target, value, cpus: chosen } of edits) {
    const bits = targetBits(target);
    if (bits === undefined) continue;
    const before = edited;
    const cpus = before.cpus.map((cpu, i) => (chosen === undefined || chosen.includes(i) ? editedCpu(before, cpu, bits, value) : cpu));
    if (cpus.every((cpu, i) => cpu === before.cpus[i])) continue;
    const change = { register: bits.register, mask: maskOf(bits) };
    edited = { ...before, cpus, ...given({ seen: seenBeside(before.seen, [change]) }) };
  }
  return edited;
}

function covers(by: RegisterEdit, { cpus }: RegisterEdit): boolean {
  return by.cpus === undefined || (cpus?.every((cpu) => by.cpus?.includes(cpu)) ?? false);
}

function isSame(a: Machine, b: Machine, register: SystemRegisterName, mask: bigint): boolean {
  return a.cpus.every((cpu, i) => {
    const [own, other] = [registerWord(a, cpu, register) ?? knownWord(0n), registerWord(b, b.cpus[i]!, register) ?? knownWord(0n)];
    return (((own.value ^ other.value) | (own.open ^ other.open)) & mask) === 0n;
  });
}

/** The edits of a machine after one more: those that it replaces go, and so does it if it changes nothing. */
export function withEdit(machine: Machine, edits: readonly RegisterEdit[], edit: RegisterEdit): readonly RegisterEdit[] {
  const bits = targetBits(edit.target);
  if (bits === undefined) return edits;
  const kept = edits.filter((one) => !(one.target === edit.target && covers(edit, one)));
  const [without, after] = [applyEdits(machine, kept), applyEdits(machine, [...kept, edit])];
  return isSame(without, after, bits.register, maskOf(bits)) ? kept : [...kept, edit];
}
