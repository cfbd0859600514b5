import { ALL_BITS } from '../../bits/field.ts';
import { knownWord, type PartialWord, UNKNOWN_WORD } from '../../bits/partial-word.ts';
import { judge } from '../../logic/judge.ts';
import type { Truth } from '../../logic/truth.ts';
import { listedWord, type SystemRegisterName } from '../../silicon/machine.ts';
import { type Facts, fieldPlace, isMidrIn, verdictOn } from '../bring-up/evaluate.ts';
import { type KernelModel, kernelAt, type TrackedField } from '../release/kernel-at.ts';
import type { FieldCondition } from '../release/rows.ts';
import type { System } from '../system.ts';
import { type KvmModel, kvmAt } from './kvm-at.ts';
import type { KvmCondition } from './kvm-rows.ts';
import { isSystemRegister } from './register-list.ts';
import { hasTrait, type Vcpu } from './vcpu.ts';

/** What is not in a host's ID registers and yet changes what its guests get. */
export interface KvmHostOptions {
  /** The interrupt controller whose virtual interface guests use. Default: by the boot CPU's ID_AA64PFR0_EL1.GIC. */
  readonly gic?: 'v2' | 'v3' | 'v5';
  /** Whether the controller can also give guests a GICv2. Default: only a GICv2 can. */
  readonly gicv2Guests?: boolean;
  /** The SVE vector lengths that all its CPUs have, in bytes. Absent = not known. */
  readonly sveVl?: readonly number[];
}

/** A host: a system that was booted at EL2, and what conditions of KVM's rows see of it. */
export class KvmHost {
  readonly system: System;
  readonly model: KvmModel;
  readonly options: KvmHostOptions;
  /** log2 of the host's page size. */
  readonly pageShift: number;
  readonly #kernel: KernelModel;
  readonly #facts: Facts;
  readonly #rules: Readonly<Record<string, () => Truth>>;

  /** @param release - By which KVM's rows are taken, where that is not the release that was booted. */
  constructor(system: System, options: KvmHostOptions = {}, release: string = system.kernel.release) {
    this.system = system;
    this.options = options;
    this.model = kvmAt(release);
    this.#kernel = kernelAt(system.kernel);
    const { option, behaviour } = this.#kernel;
    this.pageShift = option('CONFIG_ARM64_64K_PAGES') === 'y' ? 16 : option('CONFIG_ARM64_16K_PAGES') === 'y' ? 14 : 12;
    const cpucaps = new Set(system.cpucaps);
    const openCpucaps = new Set(system.unknown?.cpucaps);
    this.#rules = {
      host_gicv3: () => (this.hasOpenGic ? undefined : this.gic !== 'v2'),
      host_gicv2: () => options.gicv2Guests === true || (this.hasOpenGic ? undefined : this.gic === 'v2'),
      meltdown_unaffected: () =>
        this.#hasOpenCores ? undefined : system.cpus.filter(({ online }) => online).every(({ index }) => this.#isMeltdownSafe(index)),
    };
    this.#facts = {
      register: (name) => this.sanitised(name),
      ...(system.unknown ? { word: (name: string) => ({ value: this.sanitised(name), open: this.open(name) }) } : {}),
      signedComparison: behaviour['signed-comparison'],
      option,
      cpucap: (name) => cpucaps.has(name) || (openCpucaps.has(name) ? undefined : false),
      rule: (name) => this.#rules[name]!(),
    };
  }

  /** Whether it is not known which interrupt controller guests use. */
  get hasOpenGic(): boolean {
    return this.options.gic === undefined && (this.openHardware('ID_AA64PFR0_EL1') & (0xfn << 24n)) !== 0n;
  }

  /** Whether something of its CPUs is not known by which Meltdown is judged. */
  get #hasOpenCores(): boolean {
    return this.system.cpus.some(
      ({ partial, registers }) => partial === true && (registers.ID_AA64PFR0_EL1 === undefined || registers.MIDR_EL1 === undefined),
    );
  }

  get gic(): 'v2' | 'v3' | 'v5' {
    return this.options.gic ?? (this.hardware('ID_AA64PFR0_EL1') & (0xfn << 24n) ? 'v3' : 'v2');
  }

  /** Whether the host has a cpucap for certain. */
  has(cpucap: string): boolean {
    return this.#facts.cpucap(cpucap) === true;
  }

  /** Whether it is not known if the host has a cpucap. */
  mayHave(cpucap: string): boolean {
    return this.#facts.cpucap(cpucap) === undefined;
  }

  /** The bits of {@link sanitised} that are not known, which are zero there. */
  open(name: string): bigint {
    const { registers, unknown } = this.system;
    if (registers.has(name as never)) return unknown?.registers?.get(name as never)?.value ?? 0n;
    return name === 'MIDR_EL1' || name === 'REVIDR_EL1' ? this.openHardware(name) : 0n;
  }

  /** Fields of {@link sanitised} of which less than their open bits allow is possible. */
  fieldSets(name: string): PartialWord['sets'] {
    return this.system.unknown?.registers?.get(name as never)?.sets;
  }

  /** The bits of {@link hardware} that are not known, which are zero there. */
  openHardware(name: string): bigint {
    return this.#hardwareWord(name).open;
  }

  /** Whether it is not known what {@link has32BitEl0} says. */
  get hasOpen32BitEl0(): boolean {
    return (this.open('ID_AA64PFR0_EL1') & 0xfn) !== 0n;
  }

  /** Whether the host's ID_AA64PFR0_EL1.EL0 says that it runs AArch32 programs. */
  get has32BitEl0(): boolean {
    return (this.sanitised('ID_AA64PFR0_EL1') & 0xfn) === 2n;
  }

  /** The fields by which the host merges a register; none if it does not. */
  trackedFields(name: string): readonly TrackedField[] {
    return this.#kernel.registers.find((register) => register.name === name)?.fields ?? [];
  }

  #isMeltdownSafe(index: number): boolean {
    const raw = this.system.cpus[index]!.registers;
    return (raw.ID_AA64PFR0_EL1 ?? 0n) >> 60n !== 0n || isMidrIn(raw.MIDR_EL1 ?? 0n, this.#kernel.coreLists.get('meltdown-safe')!.midr);
  }

  /** The host's sanitised value of a register; of those that it does not merge, the boot CPU's own. */
  sanitised(name: string): bigint {
    const register = this.system.registers.get(name as never);
    if (register) return register.value;
    return name === 'MIDR_EL1' || name === 'REVIDR_EL1' ? this.hardware(name) : 0n;
  }

  /** A register of the boot CPU as the hardware gives it. */
  hardware(name: string): bigint {
    return this.#hardwareWord(name).value;
  }

  #hardwareWord(name: string): PartialWord {
    const cpu = this.system.cpus[0]!;
    return listedWord(cpu, name as SystemRegisterName) ?? (cpu.partial ? UNKNOWN_WORD : knownWord(0n));
  }

  /** Whether it is known what the boot CPU has in some bits of a register at least, as far as a machine can hold it. */
  knows(name: string): boolean {
    const [cpu] = this.system.cpus;
    if (!isSystemRegister(name) || cpu?.registers[name] !== undefined) return true;
    return cpu?.partial === true && this.openHardware(name) !== ALL_BITS;
  }

  /** Whether a vCPU has an interrupt controller of version 3; of one that does not say which it hangs on the host. */
  givesGicv3(vcpu: Vcpu): Truth {
    return vcpu.gic === undefined && this.hasOpenGic ? undefined : hasTrait(vcpu, 'gicv3');
  }

  /** Whether a condition holds for a vCPU for certain. */
  judge(condition: KvmCondition | undefined, vcpu: Vcpu): boolean {
    return this.verdict(condition, vcpu) === true;
  }

  /**
   * Whether a condition holds for a vCPU; `undefined` where that hangs on what is not known of the host. `guest` gives what the guest reads,
   * `openInGuest` what is not known of that, for conditions that ask.
   */
  verdict(
    condition: KvmCondition | undefined,
    vcpu: Vcpu,
    guest: (register: string) => bigint = () => 0n,
    openInGuest: (register: string) => bigint = () => 0n,
  ): Truth {
    if (condition === undefined) return true;
    return judge(condition, (leaf): Truth => {
      if ('vcpu' in leaf) return leaf.vcpu === 'gicv3' ? this.givesGicv3(vcpu) : hasTrait(vcpu, leaf.vcpu);
      if ('hardware' in leaf)
        return maybeIn(
          leaf.hardware,
          (name) => this.hardware(name),
          (name) => this.openHardware(name),
        );
      if ('guest' in leaf) return maybeIn(leaf.guest, guest, openInGuest);
      return verdictOn(leaf, this.#facts);
    });
  }
}

type Read = (name: string) => bigint;

/** Whether a comparison holds in registers; not known where the field is not. */
function maybeIn({ field, atLeast, atMost }: FieldCondition, read: Read, open: Read): Truth {
  const { register, shift, mask } = fieldPlace(field);
  if ((open(register) & (mask << shift)) !== 0n) return undefined;
  const found = Number((read(register) >> shift) & mask);
  return found >= atLeast && (atMost === undefined || found <= atMost);
}
