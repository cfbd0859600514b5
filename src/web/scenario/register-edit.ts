import { fieldBits, findFieldPath, ID_REGISTER_NAMES } from '../../arch/field-bits.ts';
import { extractField, insertField, maskOf, widthOf } from '../../bits/field.ts';
import { findRegisterName } from '../../formats/register-name.ts';
import { given } from '../../given.ts';
import type { Cpu, Machine, SystemRegisterName } from '../../silicon/machine.ts';
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

function editedCpu(cpu: Cpu, bits: Target, value: bigint): Cpu {
  const before = cpu.registers[bits.register];
  if (before !== undefined && extractField(before, bits) === value) return cpu;
  return { ...cpu, registers: { ...cpu.registers, [bits.register]: insertField(before ?? 0n, bits, value) } };
}

/** The machine with edits made, the first one first; CPUs that nothing changed are shared. A register that was unknown counts as zero. */
export function applyEdits(machine: Machine, edits: readonly RegisterEdit[]): Machine {
  return edits.reduce<Machine>(({ cpus }, { target, value, cpus: chosen }) => {
    const bits = targetBits(target);
    if (bits === undefined) return { cpus };
    return { cpus: cpus.map((cpu, index) => (chosen === undefined || chosen.includes(index) ? editedCpu(cpu, bits, value) : cpu)) };
  }, machine);
}

function covers(by: RegisterEdit, { cpus }: RegisterEdit): boolean {
  return by.cpus === undefined || (cpus?.every((cpu) => by.cpus?.includes(cpu)) ?? false);
}

function isSame(a: Machine, b: Machine, register: SystemRegisterName, mask: bigint): boolean {
  return a.cpus.every((cpu, i) => {
    const other = b.cpus[i]?.registers[register];
    const own = cpu.registers[register];
    return own === other || (own !== undefined && other !== undefined && (own & mask) === (other & mask));
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
