import { fieldBits, ID_REGISTER_NAMES } from '../arch/field-bits.ts';
import type { FieldPath, RegisterName } from '../arch/register.ts';
import { maskOf } from '../bits/field.ts';
import {
  type FieldSet,
  fieldSetOf,
  fullSet,
  joinWords,
  knownWord,
  type PartialWord,
  UNKNOWN_WORD,
  withFieldSet,
} from '../bits/partial-word.ts';
import { findCoreRow } from './core-row.ts';
import { loadWitnessCpus, MACHINE_ROWS } from './generated/machines/index.ts';
import { EXTENSION_REGISTERS, isPromised } from './implied-registers.ts';
import {
  type Cpu,
  type CpuRun,
  coreMidrOf,
  listedWord,
  type Machine,
  type PartialRegisterFile,
  type SystemRegisterName,
  withRegisterWord,
} from './machine.ts';
import { type MachineKind, WITNESSES } from './machine-descriptor.ts';
import { type Midr, parseMidr } from './midr.ts';

/** What all known machines with a core have in common. */
export interface Usual {
  /** What is known of its registers; where they differ, or whoever builds the chip chooses, bits are open. */
  readonly registers: PartialRegisterFile;
  /** What every one of them has, whoever says so. */
  readonly agreed: PartialRegisterFile;
  /** The machines that were looked at, by name. */
  readonly machines: readonly string[];
}

/** Registers that a core has alike wherever it is built in: ID registers, and what caches are like. */
const ALIKE = /^(?:ID_(?!AA64AFR)|MVFR|(?:CTR|DCZID)_EL0$|CLIDR_EL1$)/;

/** Fields that whoever builds a chip chooses: cryptography, interrupts, tags, secure states, tracing, statistics. */
const CHOSEN: readonly FieldPath[] = [
  'ID_AA64ISAR0_EL1.AES',
  'ID_AA64ISAR0_EL1.SHA1',
  'ID_AA64ISAR0_EL1.SHA2',
  'ID_AA64ISAR0_EL1.SHA3',
  'ID_AA64ISAR0_EL1.SM3',
  'ID_AA64ISAR0_EL1.SM4',
  'ID_AA64ISAR0_EL1.RNDR',
  'ID_AA64ZFR0_EL1.AES',
  'ID_AA64ZFR0_EL1.SHA3',
  'ID_AA64ZFR0_EL1.SM4',
  'ID_AA64PFR0_EL1.GIC',
  'ID_AA64PFR0_EL1.EL3',
  'ID_AA64PFR0_EL1.CSV2',
  'ID_AA64PFR0_EL1.CSV3',
  'ID_AA64PFR0_EL1.MPAM',
  'ID_AA64PFR1_EL1.MTE',
  'ID_AA64PFR1_EL1.SME',
  'ID_AA64PFR1_EL1.CSV2_frac',
  'ID_AA64DFR0_EL1.PMSVer',
  'ID_AA64DFR0_EL1.TraceVer',
  'ID_AA64DFR0_EL1.TraceBuffer',
  'ID_AA64MMFR0_EL1.PARange',
  'ID_AA64MMFR0_EL1.BigEnd',
  'ID_ISAR5_EL1.AES',
  'ID_ISAR5_EL1.SHA1',
  'ID_ISAR5_EL1.SHA2',
  'ID_PFR1_EL1.GIC',
  'CTR_EL0.DIC',
  'CTR_EL0.IDC',
];

/** Whether whoever builds a chip chooses what a field is, so that chips with the same core differ. */
export function isChosen(path: string): boolean {
  return CHOSEN.some((chosen) => chosen === path);
}

/** What is known of a register, where somebody else may have chosen otherwise: of fields that any of the words may show. */
function openChosen(name: RegisterName, word: PartialWord, words: readonly PartialWord[]): PartialWord {
  let mask = 0n;
  for (const path of CHOSEN) {
    const { register, ...bits } = fieldBits(path);
    if (register === name && words.some(({ value, open }) => ((value | open) & maskOf(bits)) !== 0n)) mask |= maskOf(bits);
  }
  return mask === 0n ? word : { ...word, value: word.value & ~mask, open: word.open | mask };
}

/** What a machine says of a register of a core. A manual that does not name an ID register means that its place reads as zero. */
function toldBy(kind: MachineKind, cpu: CpuRun, name: RegisterName): PartialWord | undefined {
  const word = listedWord(cpu, name);
  if (word !== undefined || kind !== 'manual' || !/^ID_AA64(?!AFR)/.test(name)) return word;
  return isPromised(cpu, name) ? undefined : knownWord(0n);
}

/** A machine's CPU with the ID registers that its kind of source would name if they were not zero. */
export function withUnnamed(kind: MachineKind, cpu: Cpu): Cpu {
  const isModel = kind === 'emulator' || kind === 'vendor-model';
  const names = kind === 'manual' || isModel ? ID_REGISTER_NAMES.filter((name) => /^ID_AA64(?!AFR)/.test(name)) : [];
  const zeros = names.flatMap((name) => {
    const isZero = listedWord(cpu, name) === undefined && (isModel || toldBy(kind, cpu, name) !== undefined);
    return isZero ? [[name, 0n] as const] : [];
  });
  return zeros.length === 0 ? cpu : { ...cpu, registers: { ...cpu.registers, ...Object.fromEntries(zeros) } };
}

async function gather({ implementer, part }: Pick<Midr, 'implementer' | 'part'>): Promise<Usual> {
  const core = findCoreRow({ implementer, part })?.name;
  const rows = core === undefined ? [] : MACHINE_ROWS.filter(({ cores, kind }) => cores.includes(core) && WITNESSES.flat().includes(kind));
  const told = rows.length === 0 ? {} : (await loadWitnessCpus()).WITNESS_CPUS;
  const witnesses = rows.map(({ name, kind }) => ({ name, kind, cpus: told[name]!.filter((cpu) => isOf(cpu, implementer, part)) }));
  const registers: Partial<Record<SystemRegisterName, PartialWord>> = {};
  const agreed: Partial<Record<SystemRegisterName, PartialWord>> = {};
  for (const name of ID_REGISTER_NAMES.filter((one) => ALIKE.test(one))) {
    const values = WITNESSES.map((kinds) =>
      witnesses
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap(({ kind, cpus }) => cpus.flatMap((cpu) => toldBy(kind, cpu, name) ?? [])),
    );
    const best = values.find(({ length }) => length > 0);
    if (best === undefined) continue;
    registers[name] = openChosen(name, best.reduce(joinWords), values.flat());
    agreed[name] = values.flat().reduce(joinWords);
  }
  return { registers, agreed, machines: witnesses.filter(({ cpus }) => cpus.length > 0).map(({ name }) => name) };
}

function isOf({ registers }: CpuRun, implementer: number, part: number): boolean {
  const midr = registers.MIDR_EL1 === undefined ? undefined : parseMidr(registers.MIDR_EL1);
  return midr?.implementer === implementer && midr.part === part;
}

const gathered = new Map<number, Promise<Usual>>();

/**
 * What all known machines with a core have in common: a weaker word than a register that was read, and a likely one. Chips that were
 * read stand over manuals, and these over emulators.
 *
 * @example
 * ```js
 * (await usualOf({ implementer: 0x41, part: 0xd08 })).registers.CLIDR_EL1.open // → 0n
 * ```
 */
export function usualOf(core: Pick<Midr, 'implementer' | 'part'>): Promise<Usual> {
  const key = core.implementer * 0x1000 + core.part;
  const found = gathered.get(key) ?? gather(core);
  gathered.set(key, found);
  return found;
}

/** A CPU with what is usual for its core, where its own registers are not known. */
export async function withUsual(cpu: Cpu): Promise<Cpu> {
  const midr = coreMidrOf(cpu);
  if (midr === undefined) return cpu;
  const usual = await usualOf(parseMidr(midr));
  const names = Object.keys(usual.registers) as SystemRegisterName[];
  const missing = names.filter((name) => cpu.registers[name] === undefined && cpu.partly?.[name] === undefined);
  if (missing.length === 0) return cpu;
  const whole = missing.filter((name) => usual.registers[name]!.open === 0n);
  const partly = missing.filter((name) => usual.registers[name]!.open !== 0n);
  return {
    ...cpu,
    registers: { ...cpu.registers, ...Object.fromEntries(whole.map((name) => [name, usual.registers[name]!.value])) },
    ...(partly.length > 0 && { partly: { ...cpu.partly, ...Object.fromEntries(partly.map((name) => [name, usual.registers[name]!])) } }),
    usual: missing,
  };
}

/**
 * A CPU in which nothing that is merely usual for its core speaks against what a kernel printed.
 *
 * @param isAll - Whether what was printed holds for this CPU, not only for all CPUs together.
 */
export function reconciled(cpu: Cpu, fields: ReadonlyMap<string, FieldSet> | undefined, isAll = false): Cpu {
  let known = cpu;
  for (const [path, set] of fields ?? []) {
    const { register, lsb, msb } = fieldBits(path as FieldPath);
    const word = listedWord(known, register);
    const width = msb - lsb + 1;
    if (!cpu.usual?.includes(register) || word === undefined || (fieldSetOf(word, lsb, width) & set) !== 0) continue;
    known = withRegisterWord(known, register, withFieldSet(word, lsb, width, isAll ? set : fullSet(width)));
  }
  const zero = EXTENSION_REGISTERS.filter((name) => cpu.usual?.includes(name) && !isPromised(known, name));
  return zero.reduce((one, name) => withRegisterWord(one, name, knownWord(0n)), known);
}

/** How pointers are authenticated: kernels refuse a CPU that does not agree with the others, so whoever builds a chip lets its cores agree. */
const AGREED: readonly FieldPath[] = [
  'ID_AA64ISAR1_EL1.APA',
  'ID_AA64ISAR1_EL1.API',
  'ID_AA64ISAR1_EL1.GPA',
  'ID_AA64ISAR1_EL1.GPI',
  'ID_AA64ISAR2_EL1.APA3',
  'ID_AA64ISAR2_EL1.GPA3',
];

/** CPUs of which one field is what any of them usually has, unless it was read of them. */
function withEither(cpus: readonly Cpu[], path: FieldPath): readonly Cpu[] {
  const { register, lsb, msb } = fieldBits(path);
  const width = msb - lsb + 1;
  const words = cpus.map((cpu) => listedWord(cpu, register) ?? UNKNOWN_WORD);
  const sets = words.map((word) => fieldSetOf(word, lsb, width));
  const either = sets.reduce((a, b) => a | b, 0);
  return cpus.map((cpu, i) =>
    sets[i] === either || !cpu.usual?.includes(register)
      ? cpu
      : withRegisterWord(cpu, register, withFieldSet(words[i]!, lsb, width, either)),
  );
}

/**
 * CPUs of one chip of which some have what is usual for their cores. Where these are usually built otherwise in what must agree, that is not
 * known of this chip, but that all of its CPUs run unless the command line asks otherwise: so chips are made.
 */
export function inOneChip(cpus: readonly Cpu[]): Pick<Machine, 'cpus' | 'seen'> {
  const agreeing = AGREED.reduce(withEither, cpus);
  return agreeing.some((cpu, i) => cpu !== cpus[i]) ? { cpus: agreeing, seen: [{ cmdline: '', online: cpus.map((_, i) => i) }] } : { cpus };
}
