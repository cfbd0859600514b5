import { type Halves, halvesOf } from '../../bits/halves.ts';
import { type FieldSet, fieldSetOf, knownWord, membersWhere, type PartialWord } from '../../bits/partial-word.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import type { Truth } from '../../logic/truth.ts';
import { isPartial, type Machine, midrOf } from '../../silicon/machine.ts';
import type { Seen } from '../../silicon/seen.ts';
import { type BootParameters, bootargs, readBootParameters } from '../cmdline/boot-parameters.ts';
import { splitOverrideWords } from '../cmdline/words.ts';
import type { Environment } from '../environment.ts';
import type { Kernel } from '../kernel.ts';
import { Journal, type JournalEntry, joinEntries } from '../log/journal.ts';
import type { LogEvent, LogMessage, LogPhase, LogSource } from '../log/log-event.ts';
import type { Capability, Scope } from '../release/capability.ts';
import { type KernelModel, kernelAt } from '../release/kernel-at.ts';
import { explainRule, judgeRule } from '../rules/judge-rule.ts';
import { CapabilitySet } from './capability-set.ts';
import { Cell } from './cell.ts';
import { CpuRegisters } from './cpu-registers.ts';
import { type Facts, fieldPlace, verdictOn } from './evaluate.ts';
import { type Overrides, parseOverrides } from './overrides.ts';
import type { Explored } from './paths.ts';
import { OpenReader } from './reader.ts';
import { emptyState, hide, type RegisterState } from './sanitise.ts';

/** What was decided about separate page tables for the kernel, and by what. */
export interface KptiDecision {
  readonly on: boolean;
  readonly by: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A boot on its way: what the kernel knows at a moment. */
export class BootState {
  readonly kernel: Kernel;
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
  /** What kernels were seen to make of the machine. */
  readonly seen: readonly Seen[];
  /** What was found out about the evidence, such as that it contradicts itself. */
  readonly findings: Diagnostic[] = [];
  /** Whether something of the machine is not known. */
  readonly isPartial: boolean;
  /** Whether CPUs with the same MIDR_EL1 are alike in what is not known of them. */
  readonly isAlike: boolean;
  /** Whether there may be more CPUs than those that are told of. */
  readonly isUncounted: boolean;
  /** Reads what may not be known. */
  readonly reader: OpenReader = new OpenReader();
  /** The capabilities that are set. */
  readonly capabilities: CapabilitySet = new CapabilitySet(this.reader);
  /** The width of the boot CPU's address space identifiers, in bits. */
  readonly asidBits: Cell<number> = new Cell(this.reader, 8);
  /** What was decided about separate page tables for the kernel; once decided it stays. */
  readonly kpti: Cell<KptiDecision | undefined> = new Cell<KptiDecision | undefined>(this.reader, undefined);
  /** Whether some CPU is open to Spectre-v2 and nothing is done about it. */
  readonly openToSpectreV2: Cell<boolean> = new Cell<boolean>(this.reader, false);
  /** Whether the early CPUs are up and system-wide capabilities are settled. */
  finalised = false;
  /** Whether the kernel marked itself. */
  tainted: Truth = false;
  /** What the kernel has printed so far. */
  readonly journal: Journal = new Journal();
  /** The part of the boot that is going on. */
  phase: LogPhase = 'boot-cpu';
  /** Whether nobody reads the log, so that none is kept. */
  readonly isSilent: boolean;
  /** Whether it is not known if what goes on goes on at all. */
  #weak = false;
  /** The keys of what was printed once, each with a line feed. */
  readonly #printedOnce: Cell<string> = new Cell(this.reader, '');
  readonly #systemFacts: Facts;
  #visibleFacts: Facts | undefined;
  readonly #localFacts: Record<Scope, Map<CpuRegisters, Facts>> = { boot: new Map(), local: new Map(), system: new Map() };

  /** The registers of the boot CPU of which it is open what words of the command line ask, in the order in which they were asked. */
  readonly openTests: Set<string> = new Set();

  /** @param outcomes - What is answered to {@link openTests}. Default: no. */
  constructor(
    machine: Machine,
    kernel: Kernel,
    environment: Environment,
    model: KernelModel = kernelAt(kernel),
    silent = false,
    outcomes: readonly boolean[] = [],
  ) {
    this.kernel = kernel;
    this.isSilent = silent;
    this.model = model;
    this.environment = environment;
    const cmdline = bootargs(kernel.cmdline ?? '', this.model);
    this.parameters = readBootParameters(cmdline, this.model);
    this.isPartial = isPartial(machine);
    this.seen = machine.seen ?? [];
    this.isAlike = machine.alike === true;
    this.isUncounted = machine.uncounted === true;
    const { assumed, reader } = this;
    const situation = { model, environment, assumed, reader, unlistedOpen: machine.unlisted === 'unknown' };
    this.cpus = machine.cpus.map((cpu, index) => new CpuRegisters(index, cpu, situation));
    this.overrides = parseOverrides(this.model, splitOverrideWords(cmdline), {
      holds: (register, lsb, test) => {
        const set = fieldSetOf(this.boot.word(register), lsb, 4);
        const kept = membersWhere(set, test);
        if (kept === set || kept === 0) return kept === set;
        return outcomes[[...this.openTests.add(register)].indexOf(register)] === true;
      },
      atEl2: environment.bootEl === 2,
    });
    this.registers = new Map(this.model.registers.map((tracked) => [tracked.name, emptyState(tracked)]));
    this.#systemFacts = this.#facts(
      'system',
      this.boot,
      (name) => this.sanitised(name),
      (name) => this.#sanitisedHalves(name),
      (name) => this.sanitisedWord(name),
    );
  }

  /** Prints a line. The message is made for this line alone, and becomes it. */
  print(source: LogSource, message: LogMessage, cpu?: CpuRegisters): void {
    if (this.isSilent) return;
    const event: Mutable<LogEvent> = message as LogEvent;
    event.phase = this.phase;
    event.source = source;
    if (cpu) event.cpu = cpu.index;
    this.journal.print(event, this.#weak);
  }

  /** Prints a line of which it is not known whether it is printed. */
  printWeakly(source: LogSource, message: LogMessage, cpu?: CpuRegisters): void {
    this.weakly(() => this.print(source, message, cpu));
  }

  /** Prints a line unless it was printed already, under the same key, in this boot. */
  printOnce(key: string, source: LogSource, message: LogMessage, cpu?: CpuRegisters): void {
    const printed = this.#printedOnce.get();
    if (printed.includes(`${key}\n`)) return;
    this.#printedOnce.set(`${printed}${key}\n`);
    this.print(source, message, cpu);
  }

  /** Whether it is not known if what goes on goes on at all. */
  get isWeak(): boolean {
    return this.#weak;
  }

  /** Does something of which it is not known whether it is done. */
  weakly(action: () => void): void {
    const outer = this.#weak;
    this.#weak = true;
    try {
      action();
    } finally {
      this.#weak = outer;
    }
  }

  /** Does something if a condition holds; weakly, if that is not known. */
  when(verdict: Truth, action: () => void): void {
    if (verdict === true) action();
    else if (verdict === undefined) this.weakly(action);
  }

  /** What a question comes to. It must neither print nor decide anything. */
  ask(question: () => boolean): Truth {
    return this.isPartial ? this.reader.verdict(question) : question();
  }

  /** Answers a question about the boot, from outside: whatever answering prints or decides is not kept. */
  look<T>(question: () => T): T {
    const cells = this.#cells;
    const before = cells.map(({ values }) => values);
    let answer: T;
    this.journal.apart(() => {
      answer = question();
    });
    for (const [i, cell] of cells.entries()) cell.values = before[i]!;
    return answer!;
  }

  /** What the boot remembers. */
  get #cells(): readonly Cell<never>[] {
    return [this.asidBits, this.kpti, this.openToSpectreV2, this.#printedOnce] as unknown as readonly Cell<never>[];
  }

  /** Runs a step of the boot, along every way if something that it reads is not known. */
  explore<T>(step: () => T): Explored<T> {
    if (!this.isPartial) return { results: [step()], complete: true };
    const cells = this.#cells;
    const before = cells.map(({ values }) => values);
    const after = cells.map((): (readonly never[])[] => []);
    const printed: (readonly JournalEntry[])[] = [];
    const explored = this.reader.paths.follow(() => {
      for (const [i, cell] of cells.entries()) cell.values = before[i]!;
      let result: T;
      printed.push(this.journal.apart(() => (result = step())));
      for (const [i, cell] of cells.entries()) after[i]!.push(cell.values);
      return result!;
    });
    const certain = explored.complete && !this.#weak;
    for (const [i, cell] of cells.entries()) cell.join(certain ? after[i]! : [...after[i]!, before[i]!]);
    this.journal.add(joinEntries(printed, explored.complete), false);
    return explored;
  }

  /** Runs a step that does nothing but print, along every way. */
  tell(step: () => void): void {
    if (!this.isSilent) this.explore(step);
  }

  /** Whether what is not known of two CPUs is the same. */
  areAlike(a: CpuRegisters, b: CpuRegisters): boolean {
    const [one, other] = [midrOf(a.cpu), midrOf(b.cpu)];
    return this.isAlike && one !== undefined && other !== undefined && BigInt.asUintN(32, one ^ other) === 0n;
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

  /** The same in halves, which are made once for each value that a register has on the way. */
  #sanitisedHalves(name: string): Halves {
    const state = this.registers.get(name);
    if (state === undefined) return halvesOf(this.sanitised(name));
    if (state.halves === undefined || state.halved !== state.value) {
      state.halves = halvesOf(state.value);
      state.halved = state.value;
    }
    return state.halves;
  }

  /** What is known of {@link sanitised}. */
  sanitisedWord(name: string): PartialWord {
    const state = this.registers.get(name);
    if (state) return state;
    return name === 'MIDR_EL1' || name === 'REVIDR_EL1' ? this.boot.word(name) : knownWord(0n);
  }

  /** An unsigned field of a sanitised register, 4 bits wide. */
  sanitisedField(name: string, lsb: number): number {
    if (!this.isPartial) return Number((this.sanitised(name) >> BigInt(lsb)) & 0xfn);
    return this.reader.field(this.sanitisedWord(name), lsb, 4, `system ${name} ${lsb}`);
  }

  /** The values that a 4-bit field may have: of the system, or of a CPU as tests of it read it. */
  possible(name: string, lsb: number, cpu?: CpuRegisters): FieldSet {
    if (!this.isPartial) return 1 << (cpu ? this.localField(cpu, name, lsb) : this.sanitisedField(name, lsb));
    return fieldSetOf(cpu ? cpu.localWord(name, this.overrides.registers.get(name)) : this.sanitisedWord(name), lsb, 4);
  }

  /** A field of a CPU as tests of it read it, unsigned and 4 bits wide. */
  localField(cpu: CpuRegisters, name: string, lsb: number): number {
    return cpu.localField(name, lsb, this.overrides.registers.get(name));
  }

  /** Takes a field from EL0's view, or it is not known whether it is taken. */
  hideField(path: string, certain: boolean): void {
    const { register, shift, mask } = fieldPlace(path);
    const state = this.registers.get(register);
    if (state) hide(state, mask << shift, certain);
  }

  /** What conditions see of the system. */
  get system(): Facts {
    return this.#systemFacts;
  }

  /** What conditions see of the system where only fields that EL0 sees count. */
  get visible(): Facts {
    this.#visibleFacts ??= {
      ...this.#systemFacts,
      userMask: (name) => this.registers.get(name)?.userMask ?? 0n,
      openUserMask: (name) => this.registers.get(name)?.openUserMask ?? 0n,
    };
    return this.#visibleFacts;
  }

  /** What conditions see of one CPU: its registers, with the overrides that were taken. */
  local(cpu: CpuRegisters, scope: Scope = 'local'): Facts {
    const known = this.#localFacts[scope];
    let facts = known.get(cpu);
    if (!facts) {
      const { registers } = this.overrides;
      facts = this.#facts(
        scope,
        cpu,
        (name) => cpu.local(name, registers.get(name)),
        (name) => cpu.localHalves(name, registers.get(name)),
        (name) => cpu.localWord(name, registers.get(name)),
      );
      known.set(cpu, facts);
    }
    return facts;
  }

  #facts(
    scope: Scope,
    cpu: CpuRegisters,
    register: (name: string) => bigint,
    halves: (name: string) => Halves,
    word: (name: string) => PartialWord,
  ): Facts {
    return {
      register,
      ...(this.isPartial ? { word } : { halves }),
      signedComparison: this.model.behaviour['signed-comparison'],
      option: this.model.option,
      cpucap: (name) => this.capabilities.verdict(name),
      rule: (name, of, facts) => judgeRule(name, this, scope, cpu, facts, of),
      asked: (condition, facts) => explainRule(condition, this, facts),
    };
  }

  /** Judges a rule that may print or decide something, along every way if something that it reads is not known. */
  judge(rule: () => boolean): Truth {
    if (!this.isPartial) return rule();
    const { results, complete } = this.explore(rule);
    return complete && results.every((result) => result === results[0]) ? results[0] : undefined;
  }

  /** Whether a capability matches: on one CPU, or (without one) on the system. */
  matches(capability: Capability, cpu?: CpuRegisters, scope: Scope = 'local'): Truth {
    return verdictOn(capability.when, cpu ? this.local(cpu, scope) : this.system);
  }

  /** Whether a capability of that name exists in this kernel and matches on the system. */
  systemMatches(name: string): boolean {
    return this.#anyMatches(name);
  }

  /** Whether a capability of that name exists in this kernel and matches on one CPU. */
  cpuMatches(name: string, cpu: CpuRegisters): boolean {
    return this.#anyMatches(name, cpu);
  }

  #anyMatches(name: string, cpu?: CpuRegisters): boolean {
    const key = `${cpu?.index ?? 'system'} matches ${name}`;
    return (
      this.model.capabilitiesNamed.get(name)?.some((capability, i) => this.reader.decide(this.matches(capability, cpu), `${key} ${i}`)) ??
      false
    );
  }
}
