import type { Machine } from '../../silicon/machine.ts';
import { type BootParameters, bootargs, readBootParameters } from '../cmdline/boot-parameters.ts';
import { splitOverrideWords } from '../cmdline/words.ts';
import type { Environment } from '../environment.ts';
import type { Kernel } from '../kernel.ts';
import type { LogEvent, LogMessage, LogPhase, LogSource } from '../log/log-event.ts';
import type { Capability, Scope } from '../release/capability.ts';
import { type KernelModel, kernelAt } from '../release/kernel-at.ts';
import { judgeRule } from '../rules/judge-rule.ts';
import { CpuRegisters } from './cpu-registers.ts';
import { evaluate, type Facts, fieldPlace } from './evaluate.ts';
import { type Overrides, parseOverrides } from './overrides.ts';
import { emptyState, type RegisterState } from './sanitise.ts';

/** A boot on its way: what the kernel knows at a moment. */
export class BootState {
  readonly model: KernelModel;
  readonly environment: Environment;
  /** What the command line asks for, besides {@link overrides}. */
  readonly parameters: BootParameters;
  readonly cpus: readonly CpuRegisters[];
  /** Registers that were asked for although they are not known. */
  readonly assumed: Set<string> = new Set();
  readonly overrides: Overrides;
  /** The tracked registers, in the order of their encodings. */
  readonly registers: ReadonlyMap<string, RegisterState>;
  /** The capabilities that are set. */
  readonly capabilities: Set<string> = new Set();
  /** The width of the boot CPU's address space identifiers, in bits. */
  asidBits = 8;
  /** Whether the early CPUs are up and system-wide capabilities are settled. */
  finalised = false;
  tainted = false;
  /** What the kernel has printed so far. */
  readonly log: LogEvent[] = [];
  /** The part of the boot that is going on. */
  phase: LogPhase = 'boot-cpu';
  /** What was decided about separate page tables for the kernel, and by what; once decided it stays. */
  kpti: { readonly on: boolean; readonly by: string } | undefined;
  /** Whether some CPU is open to Spectre-v2 and nothing is done about it. */
  openToSpectreV2 = false;
  readonly #printedOnce = new Set<string>();
  readonly #systemFacts: Facts;
  readonly #localFacts: Record<Scope, Map<CpuRegisters, Facts>> = { boot: new Map(), local: new Map(), system: new Map() };

  constructor(machine: Machine, kernel: Kernel, environment: Environment) {
    this.model = kernelAt(kernel);
    this.environment = environment;
    const cmdline = bootargs(kernel.cmdline ?? '', this.model);
    this.parameters = readBootParameters(cmdline, this.model);
    this.cpus = machine.cpus.map((cpu, index) => new CpuRegisters(index, cpu, this.model, environment, this.assumed));
    this.overrides = parseOverrides(this.model, splitOverrideWords(cmdline), {
      raw: (name) => this.boot.raw(name),
      atEl2: environment.bootEl === 2,
      e2hStuck: false,
    });
    this.registers = new Map(this.model.registers.map((tracked) => [tracked.name, emptyState(tracked)]));
    this.#systemFacts = this.#facts('system', this.boot, (name) => this.sanitised(name));
  }

  /** Prints a line. */
  print(source: LogSource, message: LogMessage, cpu?: CpuRegisters): void {
    const { phase } = this;
    this.log.push(cpu ? { ...message, phase, source, cpu: cpu.index } : { ...message, phase, source });
  }

  /** Prints a line unless it was printed already, under the same key, in this boot. */
  printOnce(key: string, source: LogSource, message: LogMessage, cpu?: CpuRegisters): void {
    if (this.#printedOnce.has(key)) return;
    this.#printedOnce.add(key);
    this.print(source, message, cpu);
  }

  /** The boot CPU. */
  get boot(): CpuRegisters {
    return this.cpus[0]!;
  }

  /** The system-wide value of a register; zero if the kernel does not track it. */
  sanitised(name: string): bigint {
    const state = this.registers.get(name);
    if (state) return state.value;
    return name === 'MIDR_EL1' || name === 'REVIDR_EL1' ? this.boot.raw(name) : 0n;
  }

  /** An unsigned field of a sanitised register, 4 bits wide. */
  sanitisedField(name: string, lsb: number): number {
    return Number((this.sanitised(name) >> BigInt(lsb)) & 0xfn);
  }

  /** Takes a field from EL0's view. */
  hideField(path: string): void {
    const { register, shift, mask } = fieldPlace(path);
    const state = this.registers.get(register);
    if (state) state.userMask &= ~(mask << shift);
  }

  /** What conditions see of the system. */
  get system(): Facts {
    return this.#systemFacts;
  }

  /** What conditions see of one CPU: its registers, with the overrides that were taken. */
  local(cpu: CpuRegisters, scope: Scope = 'local'): Facts {
    const known = this.#localFacts[scope];
    let facts = known.get(cpu);
    if (!facts) {
      const { registers } = this.overrides;
      facts = this.#facts(scope, cpu, registers.size === 0 ? (name) => cpu.raw(name) : (name) => cpu.local(name, registers.get(name)));
      known.set(cpu, facts);
    }
    return facts;
  }

  #facts(scope: Scope, cpu: CpuRegisters, register: (name: string) => bigint): Facts {
    return {
      register,
      signedComparison: this.model.behaviour['signed-comparison'],
      option: this.model.option,
      cpucap: (name) => this.capabilities.has(name),
      rule: (name, of, facts) => judgeRule(name, this, scope, cpu, facts, of),
    };
  }

  /** Whether a capability matches: on one CPU, or (without one) on the system. */
  matches(capability: Capability, cpu?: CpuRegisters, scope: Scope = 'local'): boolean {
    return evaluate(capability.when, cpu ? this.local(cpu, scope) : this.system).held;
  }

  /** Whether a capability of that name exists in this kernel and matches on the system. */
  systemMatches(name: string): boolean {
    return this.model.capabilitiesNamed.get(name)?.some((capability) => this.matches(capability)) ?? false;
  }

  /** Whether a capability of that name exists in this kernel and matches on one CPU. */
  cpuMatches(name: string, cpu: CpuRegisters): boolean {
    return this.model.capabilitiesNamed.get(name)?.some((capability) => this.matches(capability, cpu)) ?? false;
  }
}
