import fc from 'fast-check';
import { ENCODINGS } from '../../src/arch/generated/fields.ts';
import type { RegisterName } from '../../src/arch/register.ts';
import { ALL_BITS, type BitRange } from '../../src/bits/field.ts';
import { OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../src/linux/generated/behaviour.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import type { Cpu, Machine, RegisterFile, SystemRegisterName } from '../../src/silicon/machine.ts';

/** Any 64-bit value; half of the runs take ID-like values, of which most fields are small. */
export function word64(): fc.Arbitrary<bigint> {
  const nibble = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 15 }));
  const idLike = fc
    .array(nibble, { minLength: 16, maxLength: 16 })
    .map((nibbles) => nibbles.reduce((word, digit) => (word << 4n) | BigInt(digit), 0n));
  return fc.oneof(fc.bigInt({ min: 0n, max: ALL_BITS }), idLike);
}

/** Any range of bits in a 64-bit value. */
export function bitRange(): fc.Arbitrary<BitRange> {
  const bit = () => fc.integer({ min: 0, max: 63 });
  return fc.tuple(bit(), bit()).map(([a, b]) => ({ msb: Math.max(a, b), lsb: Math.min(a, b) }));
}

/** The name of any register in the table. */
export function registerName(): fc.Arbitrary<RegisterName> {
  return fc.constantFrom(...(Object.keys(ENCODINGS) as RegisterName[]));
}

/** The registers that a kernel reads of a CPU: the ID space, and what says how its caches and tags work. */
const READ_AT_BOOT: readonly SystemRegisterName[] = (Object.keys(ENCODINGS) as RegisterName[]).filter((name) =>
  /^(ID_|MVFR|REVIDR|CTR|DCZID|CLIDR|GMID)/.test(name),
);

/** MIDR_EL1 of cores that no erratum with an effect on hwcaps concerns: Apple M1, Kunpeng 920, A64FX, Cortex-A53. */
const UNAFFECTED = [0x611f_0221n, 0x481f_d010n, 0x461f_0010n, 0x410f_d034n] as const;

/** MIDR_EL1 of cores with such an erratum: Cortex-A57, A72, A76, A510, Neoverse N1. */
const AFFECTED = [0x411f_d072n, 0x410f_d083n, 0x414f_d0b1n, 0x410f_d460n, 0x413f_d0c1n] as const;

/** What a made-up CPU or machine may be. */
export interface MachineOptions {
  /** Only cores without errata that change hwcaps. */
  readonly withoutErrata?: boolean;
  /** The most CPUs; 4 if absent. */
  readonly maxCpus?: number;
  /** Whether CPUs may come late. */
  readonly late?: boolean;
  /** Whether secondaries often differ where a kernel refuses them. */
  readonly refusable?: boolean;
}

/** A 64-bit value in which fields are mostly small. */
export function idWord(): fc.Arbitrary<bigint> {
  const any = () => fc.bigInt({ min: 0n, max: ALL_BITS });
  return fc.tuple(any(), any()).map(([a, b]) => a & b);
}

function setField(value: bigint, lsb: number, field: number): bigint {
  return (value & ~(0xfn << BigInt(lsb))) | (BigInt(field) << BigInt(lsb));
}

/** Any ID registers; ASIDs are 16 bits wide, as on all known cores, and AArch32 programs run or not. A few registers are unknown. */
export function registerFile({ withoutErrata = false }: MachineOptions = {}): fc.Arbitrary<RegisterFile> {
  const words = fc.array(idWord(), { minLength: READ_AT_BOOT.length, maxLength: READ_AT_BOOT.length });
  const midr = fc.constantFrom(...UNAFFECTED, ...(withoutErrata ? [] : AFFECTED));
  const unknown = fc.subarray(READ_AT_BOOT.slice(), { maxLength: 2 });
  return fc
    .record({ words, midr, unknown, el0: fc.integer({ min: 1, max: 2 }) })
    .map(({ words: values, midr: core, unknown: left, el0 }) => {
      const file: Partial<Record<SystemRegisterName, bigint>> = { MIDR_EL1: core };
      for (const [index, name] of READ_AT_BOOT.entries()) {
        const value = /^(ID_(?!AA64)|MVFR|CTR|DCZID)/.test(name) ? values[index]! & 0xffff_ffffn : values[index]!;
        if (name === 'ID_AA64PFR0_EL1') file[name] = setField(value, 0, el0);
        else if (name === 'ID_AA64MMFR0_EL1') file[name] = setField(value, 4, 2);
        else if (!left.includes(name)) file[name] = value;
      }
      return file;
    });
}

/** One field of a register that a CPU has otherwise than the boot CPU. */
interface Edit {
  readonly name: SystemRegisterName;
  readonly lsb: number;
  readonly field: number;
}

/** The algorithms of address authentication, in which all CPUs must agree. */
const MUST_AGREE = [
  { name: 'ID_AA64ISAR1_EL1', lsb: 4 },
  { name: 'ID_AA64ISAR1_EL1', lsb: 8 },
] as const;

function edit({ refusable = false }: MachineOptions): fc.Arbitrary<Edit> {
  const field = fc.integer({ min: 0, max: 15 });
  const lsb = fc.integer({ min: 0, max: 15 }).map((nibble) => nibble * 4);
  const anywhere = fc.record({ name: fc.constantFrom(...READ_AT_BOOT), lsb, field });
  const conflicting = fc.tuple(fc.constantFrom(...MUST_AGREE), field).map(([place, value]): Edit => ({ ...place, field: value }));
  return refusable ? fc.oneof(anywhere, conflicting) : anywhere;
}

function edited(file: RegisterFile, edits: readonly Edit[]): RegisterFile {
  const next: Partial<Record<SystemRegisterName, bigint>> = { ...file };
  for (const { name, lsb, field } of edits) {
    const isEl0 = name === 'ID_AA64PFR0_EL1' && lsb === 0;
    next[name] = setField(next[name] ?? 0n, lsb, isEl0 ? 1 + (field & 1) : field);
  }
  return next;
}

/** A machine whose secondaries differ from the boot CPU in a few fields each. */
export function machine(options: MachineOptions = {}): fc.Arbitrary<Machine> {
  const secondary = fc.record({ edits: fc.array(edit(options), { maxLength: 6 }), late: options.late ? fc.boolean() : fc.constant(false) });
  const secondaries = fc.array(secondary, { maxLength: (options.maxCpus ?? 4) - 1 });
  return fc.tuple(registerFile(options), secondaries).map(([registers, others]) => {
    const rest = others.map(({ edits, late }): Cpu => ({ registers: edited(registers, edits), ...(late ? { late } : {}) }));
    return { cpus: [{ registers }, ...rest] };
  });
}

/** Releases that were read, one of each way in which the rules work. */
export const RELEASES = ['4.4.155', '4.14.74', '5.4.18', '5.10.223', '6.1.192', '6.6.63', '6.12.117', '7.2.13'] as const;

/** A kernel of one of some releases, with a default configuration and an empty command line. */
export function kernel(releases: readonly string[] = RELEASES): fc.Arbitrary<Kernel> {
  return fc.constantFrom(...releases).map((release) => ({ release }));
}

/** Words of a command line that ask for overrides: sensible ones, values that no register takes, aliases, and things unknown. */
export function overrideWords(): fc.Arbitrary<readonly string[]> {
  const fields = OVERRIDE_REGISTER_ROWS.flatMap(({ name, fields: own }) => own.map((field) => `${name}.${field.name}`));
  const value = fc.oneof(
    fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
    fc.constantFrom('0x1', '10', 'g', '', '-1'),
  );
  const asked = fc
    .tuple(fc.constantFrom(...fields, 'id_aa64isar0.rndr', 'nothing.at_all'), value)
    .map(([field, text]) => `${field}=${text}`);
  const alias = fc.constantFrom(...OVERRIDE_ALIAS_ROWS.map(({ name }) => name));
  return fc.array(fc.oneof(asked, alias, fc.constantFrom('quiet', 'console=ttyAMA0')), { maxLength: 5 });
}
