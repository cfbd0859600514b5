/**
 * What is seen: a booted {@link System} through the eyes of a program.
 *
 * A program learns of the CPU in four ways. It executes `MRS` on an ID register, which traps, and the kernel answers from its
 * sanitised values (this file). It reads /proc/cpuinfo (`cpuinfo.ts`). It looks into the auxiliary vector that the kernel put on its
 * stack (`auxv.ts`). All of these are data here; how they look as text or bytes stands in formats/.
 *
 * @module
 */
import { encodingOf, formatEncoding, isIdSpace, registerAt, type SystemRegisterEncoding } from '../arch/encoding.ts';
import type { RegisterName } from '../arch/generated/names.ts';
import { ALL_BITS } from '../bits/field.ts';
import { fieldSetOf, joinWords, knownWord, membersWhere, type PartialWord, UNKNOWN_WORD } from '../bits/partial-word.ts';
import type { BootedCpu, System } from '../linux/system.ts';
import type { Truth } from '../logic/truth.ts';
import { EXTRA_ENCODINGS, EXTRA_REGISTERS, listedWord, type RegisterFile, type SystemRegisterName } from '../silicon/machine.ts';
import { type ProgramRegister, programRegisterAt } from './program-register.ts';

/** What an MRS gives: a value, or the signal that ends the program. */
export type MrsResult = bigint | 'SIGILL';

/** What every program sees of its CPU's affinity: the format bit of MPIDR_EL1, nothing else. */
const EL0_MPIDR = 0x8000_0000n;

/** The last CRm of the ID space proper; what lies above is not emulated. */
const LAST_ID_CRM = 7;

/** What is known of a register that the hardware gives; open bits are zero. */
function partOf(system: System, cpu: number, name: SystemRegisterName): bigint {
  return system.unknown?.hardware?.get(cpu)?.get(name)?.value ?? 0n;
}

function readIdentity(op2: number, system: System, cpu: number): MrsResult {
  if (op2 === 0) return system.cpus[cpu]?.registers.MIDR_EL1 ?? partOf(system, cpu, 'MIDR_EL1');
  if (op2 === 5) return EL0_MPIDR;
  return op2 === 6 ? 0n : 'SIGILL';
}

function readEmulated(encoding: SystemRegisterEncoding, system: System, cpu: number): MrsResult {
  const { crm, op2 } = encoding;
  const from = system.mrsEmulatedFrom;
  if (from === undefined) return 'SIGILL';
  if (crm === 0) return readIdentity(op2, system, cpu);
  if (crm < from || crm > LAST_ID_CRM) return 'SIGILL';
  const name = registerAt(encoding);
  const tracked = name === undefined ? undefined : system.registers.get(name);
  const open = system.unknown?.registers?.get(tracked?.name ?? 'MIDR_EL1')?.user ?? 0n;
  return tracked === undefined ? 0n : (tracked.userValue | (tracked.value & tracked.userMask)) & ~open;
}

/** The timer's frequency: the CPU's own register where it is known, else what the kernel knows of it. */
function counterFrequency(system: System, registers: RegisterFile): bigint {
  return registers.CNTFRQ_EL0 ?? system.registers.get('CNTFRQ_EL0')?.value ?? 0n;
}

/** op0 3, op1 3: the few ID registers that hardware gives to EL0 without a trap. */
function readNative({ crn, crm, op2 }: SystemRegisterEncoding, system: System, cpu: number): MrsResult | undefined {
  const booted = system.cpus[cpu];
  const registers = booted?.registers ?? {};
  if (crn === 14 && crm === 0 && op2 === 0) return counterFrequency(system, registers);
  if (crn !== 0) return undefined;
  if (crm === 0 && op2 === 1) return booted?.trapsCtr ? system.trappedCtr : (registers.CTR_EL0 ?? partOf(system, cpu, 'CTR_EL0'));
  if (crm === 0 && op2 === 7) return registers.DCZID_EL0 ?? partOf(system, cpu, 'DCZID_EL0');
  return 'SIGILL';
}

/** Whether a CPU has the register that a program asks for. */
function isThere({ needs }: ProgramRegister, cpu: BootedCpu | undefined): Truth {
  if (needs === undefined || cpu === undefined) return true;
  const word = listedWord(cpu, needs.register) ?? (cpu.partial ? UNKNOWN_WORD : knownWord(0n));
  const values = fieldSetOf(word, needs.lsb, 4);
  const enough = membersWhere(values, (value) => value >= needs.atLeast);
  return enough === values ? true : enough === 0 ? false : undefined;
}

/** Whether a register that is no ID register is there to be read: SIGILL if not, else its value depends on the moment. */
function readProgramRegister(register: ProgramRegister, system: System, cpu: number): MrsResult | undefined {
  return register.readable && isThere(register, system.cpus[cpu]) !== false ? undefined : 'SIGILL';
}

/**
 * What `MRS` gives to a program at EL0.
 *
 * @param cpu - The CPU that the program runs on, by its index in the machine. It matters for MIDR_EL1, CTR_EL0, DCZID_EL0 and
 * CNTFRQ_EL0 only; all other ID registers are the same on every CPU.
 * @returns `undefined` for registers that EL0 reads itself and that are no ID registers, such as TPIDR_EL0: their value depends on
 * the moment. An ID register that is unknown gives 0.
 * @see Linux `Documentation/arch/arm64/cpu-feature-registers.rst`; `arch/arm64/kernel/cpufeature.c`, `do_emulate_mrs()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * readAtEl0(boot(machine, { release: '6.8' }), encodingOf('ID_AA64PFR0_EL1')) // → 0x11n
 * ```
 */
export function readAtEl0(system: System, encoding: SystemRegisterEncoding, cpu: number = 0): MrsResult | undefined {
  if (isIdSpace(encoding)) return readEmulated(encoding, system, cpu);
  const own = programRegisterAt(encoding);
  if (own !== undefined) return readProgramRegister(own, system, cpu);
  if (encoding.op0 === 3 && encoding.op1 === 3) return readNative(encoding, system, cpu);
  return 'SIGILL';
}

/**
 * What `MRS` gives at EL1: the hardware's own value.
 *
 * @returns 0 for an encoding in the ID space that no register stands at; `undefined` if the value is unknown.
 *
 * @example
 * ```js
 * readAtEl1({ MIDR_EL1: 0x410fd083n }, encodingOf('MIDR_EL1')) // → 0x410fd083n
 * ```
 */
export function readAtEl1(registers: RegisterFile, encoding: SystemRegisterEncoding): bigint | undefined {
  const name = registerAt(encoding);
  if (name !== undefined) return registers[name];
  const generic = formatEncoding(encoding);
  const extra = EXTRA_REGISTERS.find((candidate) => EXTRA_ENCODINGS[candidate] === generic);
  if (extra !== undefined) return registers[extra];
  return isIdSpace(encoding) && encoding.crm >= 1 && encoding.crm <= LAST_ID_CRM ? 0n : undefined;
}

function space(op1: number, crms: number): SystemRegisterEncoding[] {
  return Array.from({ length: crms * 8 }, (_, i) => ({ op0: 3, op1, crn: 0, crm: i >> 3, op2: i & 7 }));
}

/** Every encoding that {@link el0View} answers, in ascending order within each space. */
const VIEW: readonly (readonly [string, SystemRegisterEncoding])[] = [
  ...space(0, 16),
  ...space(1, 1),
  ...space(3, 1),
  { op0: 3, op1: 3, crn: 14, crm: 0, op2: 0 },
].map((encoding) => [formatEncoding(encoding), encoding] as const);

/**
 * What EL0 sees of a CPU: each encoding of the ID space, of the cache ID space (op1 1), of CTR_EL0's neighbourhood (op1 3) and
 * CNTFRQ_EL0, with what MRS gives.
 *
 * @param cpu - The CPU that the program runs on; by default the boot CPU.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * el0View(boot(machine, { release: '6.8' })).get('S3_0_C0_C4_0') // → 0x11n
 * ```
 */
export function el0View(system: System, cpu: number = 0): ReadonlyMap<string, MrsResult> {
  return new Map(VIEW.map(([name, encoding]) => [name, readAtEl0(system, encoding, cpu) ?? 0n]));
}

/** The generic name of a register, such as `S3_0_C0_C4_0` for ID_AA64PFR0_EL1. */
export function genericNameOf(name: SystemRegisterName): string {
  const extra = EXTRA_REGISTERS.find((candidate) => candidate === name);
  return extra === undefined ? formatEncoding(encodingOf(name as RegisterName)) : EXTRA_ENCODINGS[extra];
}

/** The registers that an encoding of the identification space or of op1 3 shows at EL0, by the hardware itself. */
const NATIVE: Readonly<Record<string, string>> = {
  S3_0_C0_C0_0: 'MIDR_EL1',
  S3_3_C0_C0_1: 'CTR_EL0',
  S3_3_C0_C0_7: 'DCZID_EL0',
  S3_3_C14_C0_0: 'CNTFRQ_EL0',
};

/** The bits of CTR_EL0 at EL0 that are not known: of the own register, of the kernel's answer, or where the two differ. */
function openCtr(system: System, cpu: number, own: PartialWord): bigint {
  const unknown = system.unknown ?? {};
  const trapped: PartialWord = { value: system.trappedCtr, open: unknown.trappedCtr ?? 0n };
  if (unknown.trapsCtr?.includes(cpu)) return joinWords(trapped, own).open;
  return system.cpus[cpu]?.trapsCtr ? trapped.open : own.open;
}

/**
 * The bits of what {@link readAtEl0} gives that are not known; in its value they are zero. All, where it gives none: whether it is SIGILL is not known.
 *
 * @param cpu - The CPU that the program runs on.
 */
export function openAtEl0(system: System, encoding: SystemRegisterEncoding, cpu: number = 0): bigint {
  if (system.unknown === undefined || readAtEl0(system, encoding, cpu) === 'SIGILL') return 0n;
  const own = programRegisterAt(encoding);
  if (own !== undefined) return isThere(own, system.cpus[cpu]) === undefined ? ALL_BITS : 0n;
  const native = NATIVE[formatEncoding(encoding)];
  if (native !== undefined) {
    const value = system.cpus[cpu]?.registers[native as SystemRegisterName];
    const own = value === undefined ? (system.unknown.hardware?.get(cpu)?.get(native) ?? knownWord(0n)) : knownWord(value);
    return native === 'CTR_EL0' ? openCtr(system, cpu, own) : own.open;
  }
  // What stands at CRm 0 is there on every kernel that emulates anything.
  if (encoding.op1 === 0 && (encoding.crm || LAST_ID_CRM) < (system.unknown.mrsEmulatedFrom ?? 0)) return ALL_BITS;
  const name = registerAt(encoding);
  return name === undefined ? 0n : (system.unknown.registers?.get(name)?.user ?? 0n);
}

/** The open bits of {@link el0View}, where there are any. */
export function el0Open(system: System, cpu: number = 0): ReadonlyMap<string, bigint> {
  if (system.unknown === undefined) return new Map();
  return new Map(VIEW.map(([name, encoding]) => [name, openAtEl0(system, encoding, cpu)] as const).filter(([, open]) => open !== 0n));
}
