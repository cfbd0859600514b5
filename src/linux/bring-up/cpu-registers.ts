import type { Cpu, SystemRegisterName } from '../../silicon/machine.ts';
import type { Environment } from '../environment.ts';
import type { KernelModel } from '../release/kernel-at.ts';
import type { RegisterOverride } from './overrides.ts';

/** Cache level fields of CLIDR_EL1. */
const CLIDR_LOC = 24n;
const CLIDR_LOUIS = 21n;
const CLIDR_LOUU = 27n;
const CTR_IDC = 1n << 28n;

/** Multiples of 16 bytes up to 256, and of these the powers of two. */
const ALL_SVE_LENGTHS: readonly number[] = Array.from({ length: 16 }, (_, i) => (i + 1) * 16);
const ALL_SME_LENGTHS: readonly number[] = [16, 32, 64, 128, 256];

/** Whether a register is the AArch64 view of an AArch32 one, which the kernel reads only on CPUs that run AArch32 programs. */
export function isAArch32(name: string): boolean {
  return /^(ID_(?!AA64)|MVFR)/.test(name);
}

/** One CPU as the kernel reads it: its hardware registers, and those that the kernel makes up. */
export class CpuRegisters {
  readonly index: number;
  readonly cpu: Cpu;
  /** Registers that were asked for and are not known; they read as zero. */
  readonly assumed: Set<string>;
  readonly #model: KernelModel;
  readonly #environment: Environment;

  constructor(index: number, cpu: Cpu, model: KernelModel, environment: Environment, assumed: Set<string>) {
    this.index = index;
    this.cpu = cpu;
    this.assumed = assumed;
    this.#model = model;
    this.#environment = environment;
  }

  /** The hardware's value of a register. */
  raw(name: string): bigint {
    const value = this.cpu.registers[name as SystemRegisterName];
    if (value !== undefined) return value;
    if (name === 'CNTFRQ_EL0' && this.#environment.timerHz !== undefined) return BigInt(this.#environment.timerHz);
    this.assumed.add(name);
    return 0n;
  }

  /** Whether the CPU's own ID_AA64PFR0_EL1.EL0 says that it runs AArch32 programs: exactly 2. */
  get has32BitEl0(): boolean {
    return (this.raw('ID_AA64PFR0_EL1') & 0xfn) === 2n;
  }

  /** The SVE vector lengths that it offers, in bytes; every one that the architecture allows, if they are not known. */
  get sveLengths(): readonly number[] {
    return this.cpu.sveVl ?? ALL_SVE_LENGTHS;
  }

  /** The streaming vector lengths that it offers, in bytes; every one that the architecture allows, if they are not known. */
  get smeLengths(): readonly number[] {
    return this.cpu.smeVl ?? ALL_SME_LENGTHS;
  }

  /** What the kernel compares and merges: CTR_EL0 is the effective one, pseudo registers hold the greatest vector length. */
  tracked(name: string): bigint {
    switch (name) {
      case 'CTR_EL0':
        return this.effectiveCtr();
      case 'ZCR_EL1':
        return longestVector(this.sveLengths);
      case 'SMCR_EL1':
        return longestVector(this.smeLengths);
      default:
        return isAArch32(name) && !this.has32BitEl0 && this.#model.behaviour['aarch32-registers-updated'] !== 'always'
          ? 0n
          : this.raw(name);
    }
  }

  /** CTR_EL0, 32 bits, with IDC set where CLIDR_EL1 says that no clean to the point of unification is needed. */
  effectiveCtr(): bigint {
    const ctr = this.raw('CTR_EL0') & 0xffff_ffffn;
    if (!this.#model.behaviour['ctr-effective-idc'] || (ctr & CTR_IDC) !== 0n) return ctr;
    const clidr = this.raw('CLIDR_EL1');
    const level = (shift: bigint): bigint => (clidr >> shift) & 7n;
    return level(CLIDR_LOC) === 0n || (level(CLIDR_LOUIS) === 0n && level(CLIDR_LOUU) === 0n) ? ctr | CTR_IDC : ctr;
  }

  /** A register as tests of this one CPU read it: with the overrides that were taken. */
  local(name: string, override: RegisterOverride | undefined): bigint {
    const raw = this.raw(name);
    return override ? (raw & ~override.mask) | (override.value & override.mask) : raw;
  }
}

/** What the kernel takes for the control register: the longest vector in quadwords, less one. */
function longestVector(lengths: readonly number[]): bigint {
  return BigInt.asUintN(64, BigInt(Math.max(0, ...lengths) / 16 - 1));
}
