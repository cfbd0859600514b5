import { judge } from '../../logic/judge.ts';
import type { Truth } from '../../logic/truth.ts';
import { evaluate, type Facts, fieldPlace, isCoreIn } from '../bring-up/evaluate.ts';
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
  readonly #rules: Readonly<Record<string, () => boolean>>;

  /** @param release - By which KVM's rows are taken, where that is not the release that was booted. */
  constructor(system: System, options: KvmHostOptions = {}, release: string = system.kernel.release) {
    this.system = system;
    this.options = options;
    this.model = kvmAt(release);
    this.#kernel = kernelAt(system.kernel);
    const { option, behaviour } = this.#kernel;
    this.pageShift = option('CONFIG_ARM64_64K_PAGES') === 'y' ? 16 : option('CONFIG_ARM64_16K_PAGES') === 'y' ? 14 : 12;
    const cpucaps = new Set(system.cpucaps);
    this.#rules = {
      host_gicv3: () => this.gic !== 'v2',
      host_gicv2: () => this.gic === 'v2' || options.gicv2Guests === true,
      meltdown_unaffected: () => system.cpus.filter(({ online }) => online).every(({ index }) => this.#isMeltdownSafe(index)),
    };
    this.#facts = {
      register: (name) => this.sanitised(name),
      signedComparison: behaviour['signed-comparison'],
      option,
      cpucap: (name) => cpucaps.has(name),
      rule: (name) => this.#rules[name]?.() ?? false,
    };
  }

  get gic(): 'v2' | 'v3' | 'v5' {
    return this.options.gic ?? (this.hardware('ID_AA64PFR0_EL1') & (0xfn << 24n) ? 'v3' : 'v2');
  }

  /** Whether the host has a cpucap. */
  has(cpucap: string): boolean {
    return this.#facts.cpucap(cpucap) === true;
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
    return (raw.ID_AA64PFR0_EL1 ?? 0n) >> 60n !== 0n || isCoreIn(raw.MIDR_EL1 ?? 0n, 'meltdown-safe');
  }

  /** The host's sanitised value of a register; of those that it does not merge, the boot CPU's own. */
  sanitised(name: string): bigint {
    const register = this.system.registers.get(name as never);
    if (register) return register.value;
    return name === 'MIDR_EL1' || name === 'REVIDR_EL1' ? this.hardware(name) : 0n;
  }

  /** A register of the boot CPU as the hardware gives it. */
  hardware(name: string): bigint {
    return this.system.cpus[0]?.registers[name as never] ?? 0n;
  }

  /** Whether it is known what the boot CPU has in a register, as far as a machine can hold it. */
  knows(name: string): boolean {
    return !isSystemRegister(name) || this.system.cpus[0]?.registers[name] !== undefined;
  }

  /** Whether a condition holds for a vCPU; `guest` gives what it reads, for conditions that ask. */
  judge(condition: KvmCondition | undefined, vcpu: Vcpu, guest: (name: string) => bigint = () => 0n): boolean {
    if (condition === undefined) return true;
    const holds = judge(condition, (leaf): Truth => {
      if ('vcpu' in leaf) return hasTrait(vcpu, leaf.vcpu);
      if ('hardware' in leaf) return holdsIn(leaf.hardware, (name) => this.hardware(name));
      if ('guest' in leaf) return holdsIn(leaf.guest, guest);
      return evaluate(leaf, this.#facts).held;
    });
    return holds === true;
  }
}

/** Whether a comparison holds in registers. */
function holdsIn({ field, atLeast, atMost }: FieldCondition, read: (name: string) => bigint): boolean {
  const { register, shift, mask } = fieldPlace(field);
  const found = Number((read(register) >> shift) & mask);
  return found >= atLeast && (atMost === undefined || found <= atMost);
}
