import { type Halves, halvesOf } from '../../bits/halves.ts';
import { fieldSetOf, joinWords, knownWord, maskWord, type PartialWord, UNKNOWN_WORD } from '../../bits/partial-word.ts';
import type { Truth } from '../../logic/truth.ts';
import type { Cpu, SystemRegisterName } from '../../silicon/machine.ts';
import type { Environment } from '../environment.ts';
import type { KernelModel } from '../release/kernel-at.ts';
import { isMidrIn, maybeMidrIn } from './evaluate.ts';
import type { RegisterOverride } from './overrides.ts';
import type { OpenReader } from './reader.ts';

/** Cache level fields of CLIDR_EL1. */
const CLIDR_LOC = 24;
const CLIDR_LOUIS = 21;
const CLIDR_LOUU = 27;
const CTR_IDC = 1n << 28n;
const LOW_WORD = 0xffff_ffffn;

/** Multiples of 16 bytes up to 256, and of these the powers of two. */
const ALL_SVE_LENGTHS: readonly number[] = Array.from({ length: 16 }, (_, i) => (i + 1) * 16);
const ALL_SME_LENGTHS: readonly number[] = [16, 32, 64, 128, 256];

/** Whether a register is the AArch64 view of an AArch32 one, which the kernel reads only on CPUs that run AArch32 programs. */
export function isAArch32(name: string): boolean {
  let is = aarch32.get(name);
  if (is === undefined) {
    is = /^(ID_(?!AA64)|MVFR)/.test(name);
    aarch32.set(name, is);
  }
  return is;
}

const aarch32 = new Map<string, boolean>();

/** What a CPU's registers are read in: a boot. */
export interface CpuSituation {
  readonly model: KernelModel;
  readonly environment: Environment;
  /** Registers that were asked for and are not known; they read as zero. */
  readonly assumed: Set<string>;
  readonly reader: OpenReader;
  /** Whether a register that no file holds is open, not zero. */
  readonly unlistedOpen: boolean;
}

/** One CPU as the kernel reads it: its hardware registers, and those that the kernel makes up. */
export class CpuRegisters {
  readonly index: number;
  readonly cpu: Cpu;
  /** Whether something of it is not known; if not, every value is whole. */
  readonly isPartial: boolean;
  readonly #situation: CpuSituation;
  readonly #halves = new Map<string, Halves>();

  constructor(index: number, cpu: Cpu, situation: CpuSituation) {
    this.index = index;
    this.cpu = cpu;
    this.isPartial = situation.unlistedOpen || cpu.partly !== undefined;
    this.#situation = situation;
  }

  /** The hardware's value of a register, as far as it is known: open bits are zero. */
  raw(name: string): bigint {
    const value = this.cpu.registers[name as SystemRegisterName];
    if (value !== undefined) return value;
    const { environment, assumed } = this.#situation;
    if (name === 'CNTFRQ_EL0' && environment.timerHz !== undefined) return BigInt(environment.timerHz);
    if (this.isPartial) return this.word(name).value;
    assumed.add(name);
    return 0n;
  }

  /** What is known of the hardware's value of a register. */
  word(name: string): PartialWord {
    const value = this.cpu.registers[name as SystemRegisterName];
    if (value !== undefined) return knownWord(value);
    const { environment, assumed, unlistedOpen } = this.#situation;
    if (name === 'CNTFRQ_EL0' && environment.timerHz !== undefined) return knownWord(BigInt(environment.timerHz));
    const partly = this.cpu.partly?.[name as SystemRegisterName];
    if (partly !== undefined) return partly;
    if (unlistedOpen) return UNKNOWN_WORD;
    assumed.add(name);
    return knownWord(0n);
  }

  /** A field of a register, unsigned. */
  field(name: string, lsb: number, width = 4): number {
    if (!this.isPartial) return Number((this.raw(name) >> BigInt(lsb)) & BigInt(2 ** width - 1));
    return this.#situation.reader.field(this.word(name), lsb, width, `${this.index} ${name} ${lsb} ${width}`);
  }

  /** Whether a field of a register is not zero; `undefined` where that is open. */
  nonZero(name: string, lsb: number, width = 4): Truth {
    if (!this.isPartial) return this.field(name, lsb, width) !== 0;
    const set = fieldSetOf(this.word(name), lsb, width);
    return set === 1 ? false : (set & 1) === 0 ? true : undefined;
  }

  /** Whether the CPU is one of those that the kernel has in a named list. */
  isIn(list: string): boolean {
    return this.isAnyOf(this.#situation.model.coreLists.get(list)!.midr, list);
  }

  /** Whether the CPU is one of those named; `key` tells this list from others. */
  isAnyOf(names: readonly string[], key: string = names.join()): boolean {
    if (!this.isPartial) return isMidrIn(this.raw('MIDR_EL1'), names);
    return this.#situation.reader.decide(maybeMidrIn(this.word('MIDR_EL1'), names), `${this.index} MIDR ${key}`);
  }

  /** Whether the bits of a mask, of implementer, variant, part and revision, are these. */
  hasMidr(mask: bigint, bits: bigint): boolean {
    const { value, open } = this.word('MIDR_EL1');
    if (((value ^ bits) & mask & ~open) !== 0n) return false;
    return (open & mask) === 0n || this.#situation.reader.decide(undefined, `${this.index} MIDR ${mask} ${bits}`);
  }

  /** A field of the effective CTR_EL0, unsigned and at most 4 bits wide. */
  ctrField(lsb: number, width: number): number {
    if (!this.isPartial) return Number((this.effectiveCtr() >> BigInt(lsb)) & BigInt(2 ** width - 1));
    return this.#situation.reader.field(this.trackedWord('CTR_EL0'), lsb, width, `${this.index} CTR ${lsb}`);
  }

  /** Whether the CPU's own ID_AA64PFR0_EL1.EL0 says that it runs AArch32 programs: exactly 2. */
  get has32BitEl0(): boolean {
    return this.field('ID_AA64PFR0_EL1', 0) === 2;
  }

  /** Whether the vector lengths are not known. */
  get hasOpenSveLengths(): boolean {
    return this.isPartial && this.cpu.sveVl === undefined;
  }

  /** Whether the streaming vector lengths are not known. */
  get hasOpenSmeLengths(): boolean {
    return this.isPartial && this.cpu.smeVl === undefined;
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
        return this.#readsAArch32(name) && !this.has32BitEl0 ? 0n : this.raw(name);
    }
  }

  /** What is known of {@link tracked}. */
  trackedWord(name: string): PartialWord {
    switch (name) {
      case 'CTR_EL0':
        return this.#effectiveCtrWord();
      case 'ZCR_EL1':
        return this.hasOpenSveLengths ? UNKNOWN_WORD : knownWord(longestVector(this.sveLengths));
      case 'SMCR_EL1':
        return this.hasOpenSmeLengths ? UNKNOWN_WORD : knownWord(longestVector(this.smeLengths));
      default: {
        const word = this.word(name);
        if (!this.#readsAArch32(name)) return word;
        const has = this.#situation.reader.verdict(() => this.has32BitEl0);
        return has === true ? word : has === false ? knownWord(0n) : joinWords(word, knownWord(0n));
      }
    }
  }

  /** Whether a register is there only on CPUs that run AArch32 programs. */
  #readsAArch32(name: string): boolean {
    return isAArch32(name) && this.#situation.model.behaviour['aarch32-registers-updated'] !== 'always';
  }

  /** CTR_EL0, 32 bits, with IDC set where CLIDR_EL1 says that no clean to the point of unification is needed. */
  effectiveCtr(): bigint {
    const ctr = this.raw('CTR_EL0') & LOW_WORD;
    if (!this.#situation.model.behaviour['ctr-effective-idc'] || (ctr & CTR_IDC) !== 0n) return ctr;
    return this.#needsNoClean ? ctr | CTR_IDC : ctr;
  }

  get #needsNoClean(): boolean {
    const isZero = (lsb: number): boolean => {
      if (!this.isPartial) return this.field('CLIDR_EL1', lsb, 3) === 0;
      return this.#situation.reader.holds(fieldSetOf(this.word('CLIDR_EL1'), lsb, 3), (level) => level === 0);
    };
    return isZero(CLIDR_LOC) || (isZero(CLIDR_LOUIS) && isZero(CLIDR_LOUU));
  }

  #effectiveCtrWord(): PartialWord {
    const ctr = maskWord(this.word('CTR_EL0'), LOW_WORD);
    if (!this.#situation.model.behaviour['ctr-effective-idc'] || (ctr.value & CTR_IDC) !== 0n) return ctr;
    const noClean = this.#situation.reader.verdict(() => this.#needsNoClean);
    if (noClean === false) return ctr;
    if (noClean === true) return { ...ctr, value: ctr.value | CTR_IDC, open: ctr.open & ~CTR_IDC };
    return { ...ctr, open: ctr.open | CTR_IDC };
  }

  /** A register as tests of this one CPU read it: with the overrides that were taken. */
  local(name: string, override: RegisterOverride | undefined): bigint {
    const raw = this.raw(name);
    return override ? (raw & ~override.mask) | (override.value & override.mask) : raw;
  }

  /** The same in halves, which are made once: what a CPU has does not change, nor what the command line asks of it. */
  localHalves(name: string, override: RegisterOverride | undefined): Halves {
    let halves = this.#halves.get(name);
    if (halves === undefined) {
      halves = halvesOf(this.local(name, override));
      this.#halves.set(name, halves);
    }
    return halves;
  }

  /** What is known of {@link local}. */
  localWord(name: string, override: RegisterOverride | undefined): PartialWord {
    const word = this.word(name);
    if (!override) return word;
    const { value, mask, openMask = 0n } = override;
    const overridden = (bits: bigint): PartialWord => {
      const kept = maskWord(word, ~bits);
      return { ...kept, value: kept.value | (value & bits) };
    };
    return openMask === 0n ? overridden(mask) : joinWords(overridden(mask), overridden(mask | openMask));
  }

  /** A field of {@link local}, unsigned and 4 bits wide. */
  localField(name: string, lsb: number, override: RegisterOverride | undefined): number {
    if (!this.isPartial) return Number((this.local(name, override) >> BigInt(lsb)) & 0xfn);
    return this.#situation.reader.field(this.localWord(name, override), lsb, 4, `${this.index} local ${name} ${lsb}`);
  }
}

/** What the kernel takes for the control register: the longest vector in quadwords, of which there is one at least, less one. */
function longestVector(lengths: readonly number[]): bigint {
  return BigInt(Math.max(16, ...lengths) / 16 - 1);
}
