/**
 * What Linux makes of a machine: a boot, as a function.
 *
 * The kernel meets its CPUs one after the other. The *boot CPU* comes first. Its ID registers fill the kernel's own copies, field
 * by field, and the command line may lower what they promise (*overrides*). Capabilities of boot and local scope are tested on it.
 *
 * Each *secondary* must first agree with the boot CPU on the capabilities that are in use already, or it is refused: parked, or,
 * for a strict one, the whole system stops. One that passes is merged: a field in which it differs takes the *safe value*, so that
 * the copies never promise what some CPU does not have. Where CPUs differ and should not, the kernel is tainted.
 *
 * When all early CPUs are up, the kernel tests what concerns the whole *system*, lets errata hide fields, and derives the hwcaps.
 * From then on nothing more is promised: a *late* CPU that lacks anything is refused.
 *
 * What programs may read of all this is one floor up, in process/.
 *
 * @module
 */
import { knownWord, type PartialWord } from '../bits/partial-word.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import { allOf, anyOf, negate, type Truth } from '../logic/truth.ts';
import { checkMachine } from '../silicon/check-machine.ts';
import { cpuKey } from '../silicon/cpu-key.ts';
import { type Machine, registerWord, type SystemRegisterName } from '../silicon/machine.ts';
import {
  admit,
  asidBits,
  type CpuRefusal,
  type EarlyCpus,
  earlyObjections,
  lateObjections,
  type Objection,
  type Promised,
} from './bring-up/admission.ts';
import { BootState } from './bring-up/boot-state.ts';
import type { CpuRegisters } from './bring-up/cpu-registers.ts';
import { updateCapabilities } from './bring-up/detect.ts';
import { maybeMidrIn } from './bring-up/evaluate.ts';
import { PrintedEvidence } from './bring-up/evidence.ts';
import { type DerivedHwcaps, deriveCompatHwcaps, deriveHwcaps, joinHwcaps, runsAArch32 } from './bring-up/hwcaps.ts';
import { type AArch32Reference, initialiseFromBootCpu, updateFromSecondary } from './bring-up/take-over.ts';
import { cpuLimit } from './cmdline/boot-parameters.ts';
import { type Environment, possibleEnvironments } from './environment.ts';
import { joinSystems } from './join-systems.ts';
import type { Kernel } from './kernel.ts';
import { type CameUp, printBreakpoints, printCachePolicy, printEnabled, printKvm, printVectorLengths } from './log/print-log.ts';
import { type KernelModel, kernelAt, kernelVariants } from './release/kernel-at.ts';
import type { BootedCpu, Doubt, SanitisedRegister, System } from './system.ts';
import { trappedCtr, trapsCtr } from './trapped-ctr.ts';
import { unknownOf } from './unknown.ts';

/** Beyond it the kernel could not print BogoMIPS. */
const MAX_HZ = 5000;

/** The secondaries of which the kernel takes notice: as many as it has room for, none if it was told to do with one CPU. */
function presentSecondaries({ parameters, model, cpus }: BootState): readonly CpuRegisters[] {
  if (parameters.maxCpus === 0) return [];
  return cpus.slice(1, cpuLimit(parameters, model));
}

/** Watches a boot as it goes on. It reads the state, and changes nothing. */
export interface BootObserver {
  /** The registers of a CPU were taken over: of the boot CPU with the overrides, of every other one by merging. */
  readonly merged?: (state: BootState, cpu: number) => void;
  /** The hwcaps were derived; late CPUs come only now. */
  readonly settled?: (state: BootState) => void;
}

/** How many equal CPUs in a row are brought up step by step. */
const ROW = 2;

const NO_HWCAPS: DerivedHwcaps = { certain: { words: [], names: [] }, open: [] };

function promised({ certain, open }: DerivedHwcaps): Promised {
  return { certain: new Set(certain.names), open: new Set(open) };
}

/** Objections to a CPU of which another that is like it was admitted: what is not known is no objection. */
function* certain(objections: Iterable<Objection>): Iterable<Objection> {
  for (const { verdict, refuse } of objections) yield { verdict: verdict === true, refuse };
}

/** The boot itself, step by step. */
class Boot {
  readonly state: BootState;
  readonly #observer: BootObserver;
  readonly evidence: PrintedEvidence;
  /** Whether every early CPU comes up, whatever it lacks. */
  readonly #admitsAll: boolean;
  /** The CPUs that run, and those of which that is not known, in the order in which they came. */
  readonly came: CameUp[] = [];
  /** The last secondary that was brought up step by step, how many of its kind were so in a row, and where its lines stand. */
  #row:
    | { readonly key: string; readonly count: number; readonly cpu: CpuRegisters; readonly from: number; readonly to: number }
    | undefined;
  /** Whether AArch32 programs run on some CPUs only, and the kernel has noticed. */
  #asymmetric: Truth = false;
  readonly refusals = new Map<CpuRegisters, CpuRefusal>();
  readonly reference: AArch32Reference = { cpu: undefined, open: false };
  panic: System['panic'] = null;
  /** Whether it is not known if the kernel stops. */
  mayPanic = false;
  hwcaps: DerivedHwcaps = NO_HWCAPS;
  compat: DerivedHwcaps = NO_HWCAPS;

  constructor(state: BootState, observer: BootObserver, admitsAll: boolean) {
    this.state = state;
    this.evidence = new PrintedEvidence(state);
    this.#observer = observer;
    this.#admitsAll = admitsAll;
  }

  run(): void {
    this.#bringUpAll();
    if (!this.state.isSilent) this.evidence.settleLog();
  }

  #bringUpAll(): void {
    const { state } = this;
    state.tell(() => printCachePolicy(state, state.boot));
    initialiseFromBootCpu(state);
    this.#observer.merged?.(state, 0);
    updateCapabilities(state, ['boot', 'local'], state.boot);
    state.explore(() => state.asidBits.set(asidBits(state, state.boot)));
    this.came.push({ cpu: state.boot, admitted: true });
    const secondaries = presentSecondaries(state);
    state.phase = 'secondary';
    for (const cpu of secondaries) {
      if (cpu.cpu.late === true) continue;
      const seen = this.evidence.online(cpu.index);
      if (seen === false) continue;
      const room = seen ?? this.#hasRoom(cpu);
      if (room === false) break;
      const goesOn = this.#asBefore(cpu, `${seen} ${room}`, () => {
        let ran = true;
        if (seen) this.#takeIn(cpu, true);
        else
          state.when(room, () => {
            ran = this.#bringUp(cpu);
          });
        return ran;
      });
      if (!goesOn) return;
    }
    state.phase = 'system';
    this.#finalise();
    state.phase = 'late';
    const early: EarlyCpus = { cpus: this.came.map(({ cpu }) => cpu), open: this.came.some(({ admitted }) => admitted !== true) };
    for (const cpu of secondaries) {
      if (cpu.cpu.late === true && !this.#bringUpLate(cpu, early)) return;
    }
  }

  /**
   * Takes a step with a CPU. Of a machine that is known in part, what comes of one more of equal CPUs in a row is what came of the last:
   * merging it again gives what is there already.
   */
  #asBefore(cpu: CpuRegisters, how: string, step: () => boolean): boolean {
    const { state, came, refusals } = this;
    if (!state.isPartial) return step();
    const key = `${how} ${cpuKey(cpu.cpu)}`;
    const before = this.#row?.key === key ? this.#row : undefined;
    if (before !== undefined && before.count >= ROW) {
      const [last, refusal] = [came.find((one) => one.cpu === before.cpu), refusals.get(before.cpu)];
      if (refusal !== undefined) refusals.set(cpu, refusal);
      state.journal.repeat(before.from, before.to, before.cpu.index, cpu.index);
      if (last !== undefined) came.push({ cpu, admitted: last.admitted });
      return true;
    }
    const from = state.journal.entries.length;
    const goesOn = step();
    this.#row = { key, count: (before?.count ?? 0) + 1, cpu, from, to: state.journal.entries.length };
    return goesOn;
  }

  /** Whether the command line lets one more CPU come up during boot. */
  #hasRoom(cpu: CpuRegisters): Truth {
    const { parameters, model, cpus } = this.state;
    const { maxCpus = cpus.length } = parameters;
    if (model.behaviour['maxcpus-counts'] !== 'online') return cpu.index < maxCpus;
    if (this.came.filter(({ admitted }) => admitted === true).length >= maxCpus) return false;
    return this.came.length < maxCpus ? true : undefined;
  }

  /** @returns False if the system stops. */
  #admit(cpu: CpuRegisters, objections: Iterable<Objection>): boolean {
    const { admitted, refusals } = admit(this.state, cpu, objections);
    const stops = refusals.filter(({ panics }) => panics);
    const isRefused = admitted === false;
    if (isRefused && stops.length === refusals.length && !this.state.isWeak) {
      this.refusals.set(cpu, stops[0]!);
      this.panic = { cpu: cpu.index, reason: stops[0]!.reason };
      return false;
    }
    if (stops.length > 0 && !this.evidence.ran) this.mayPanic = true;
    // What follows is what follows if the system does not stop.
    const others = refusals.filter(({ panics }) => !panics);
    if (isRefused) this.refusals.set(cpu, others[0]!);
    else this.#takeIn(cpu, others.length === 0 && !this.state.isWeak ? true : undefined);
    return true;
  }

  #takeIn(cpu: CpuRegisters, admitted: true | undefined): void {
    const { state } = this;
    state.when(admitted, () => {
      // Of a CPU that was seen to run it is not known whether it came before the capabilities were settled.
      const isEarly = this.evidence.online(cpu.index) === undefined ? true : undefined;
      if (!state.finalised) state.when(isEarly, () => updateCapabilities(state, ['local'], cpu));
      state.tell(() => printCachePolicy(state, cpu));
      updateFromSecondary(state, cpu, this.reference);
    });
    this.#observer.merged?.(state, cpu.index);
    this.came.push({ cpu, admitted });
  }

  #bringUp(cpu: CpuRegisters): boolean {
    if (this.#admitsAll) return this.#admit(cpu, []);
    const objections = earlyObjections(this.state, cpu);
    const isTwin = this.came.some((one) => one.admitted === true && this.state.areAlike(one.cpu, cpu));
    return this.#admit(cpu, isTwin ? certain(objections) : objections);
  }

  #bringUpLate(cpu: CpuRegisters, early: EarlyCpus): boolean {
    const { state } = this;
    const hwcaps = { hwcaps: promised(this.hwcaps), compat: promised(this.compat) };
    const goesOn = this.#admit(cpu, lateObjections(state, cpu, early, hwcaps));
    const came = this.came.find((one) => one.cpu === cpu);
    if (came) this.#noteAArch32(came);
    return goesOn;
  }

  /** Once a CPU is up that differs from the boot CPU in whether it runs AArch32 programs, their hwcaps are settled, if that is allowed. */
  #noteAArch32({ cpu, admitted }: CameUp): void {
    const { state } = this;
    if (state.parameters.mismatched32BitEl0 !== true) return;
    const differs = state.ask(() => cpu.has32BitEl0 !== state.boot.has32BitEl0);
    state.when(allOf([differs, negate(this.#asymmetric), admitted]), () => {
      const settled = deriveCompatHwcaps(state, true);
      this.compat = state.isWeak ? joinHwcaps(this.compat, settled) : settled;
      state.tell(() => {
        const pinned = cpu.has32BitEl0 ? cpu : state.boot;
        state.print('cpufeature', { code: 'asymmetric-32bit-el0', on: cpu.index, pinned: pinned.index });
      });
    });
    this.#asymmetric = anyOf([this.#asymmetric, allOf([differs, admitted])]);
  }

  /** Settles what concerns the whole system: capabilities, what errata hide, hwcaps. */
  #finalise(): void {
    const { state } = this;
    const startedAtEl = { code: 'started-at-el', el: state.environment.bootEl ?? 1 } as const;
    if (state.model.behaviour['system-settled'] === 'after-el') state.print('smp', startedAtEl);
    this.evidence.heedHwcaps();
    updateCapabilities(state, ['system']);
    this.evidence.heedLog();
    state.finalised = true;
    if (!state.isSilent) printEnabled(state, this.came);
    for (const { name, hides } of state.model.hiding) {
      const verdict = state.capabilities.verdict(name);
      if (verdict !== false) state.hideField(hides!, verdict === true);
    }
    this.hwcaps = deriveHwcaps(state, (name) => this.evidence.printed(name));
    this.compat = deriveCompatHwcaps(state, runsAArch32(state));
    this.#observer.settled?.(state);
    state.tell(() => printVectorLengths(state, this.came));
    if (state.model.behaviour['system-settled'] === 'before-el') state.print('smp', startedAtEl);
    state.phase = 'after';
    state.tell(() => printBreakpoints(state));
    for (const came of this.came) this.#noteAArch32(came);
    state.tell(() => printKvm(state));
  }
}

/** The ticks a second, where the configuration says what a kernel can have; else what most are built with. */
function ticksPerSecond(option: string): number {
  const hz = Number(option);
  return Number.isInteger(hz) && hz >= 1 && hz <= MAX_HZ ? hz : 250;
}

/** Loops per jiffy: the timer's frequency over HZ, unless the command line gives it. */
function loopsPerJiffy({ boot, environment, parameters }: BootState, hz: number): number {
  const { loopsPerJiffy: asked = 0 } = parameters;
  if (asked > 0) return asked;
  return Math.floor((environment.timerHz ?? Number(boot.raw('CNTFRQ_EL0') & 0xffff_ffffn)) / hz);
}

function diagnosticsOf({ assumed, findings }: BootState): readonly Diagnostic[] {
  const zeros: readonly Diagnostic[] = [...assumed].map((name) => ({
    code: 'assumed-zero',
    severity: 'note',
    where: name,
    message: `${name} is not known of every CPU and was taken as zero`,
  }));
  return [...zeros, ...findings];
}

/** What is known of MIDR_EL1 of a machine's CPUs, the same once. */
function midrsOf(machine: Machine): readonly PartialWord[] {
  const words = machine.cpus.map((cpu) => registerWord(machine, cpu, 'MIDR_EL1') ?? knownWord(0n));
  return [...new Map(words.map((word) => [`${word.value} ${word.open} ${[...(word.sets ?? [])].join()}`, word])).values()];
}

/** Whether a row in doubt may concern one of these CPUs. */
function concerns({ midr }: Doubt, midrs: readonly PartialWord[]): boolean {
  return midr === undefined || midrs.some((word) => maybeMidrIn(word, [midr]) !== false);
}

/** The rows in doubt of a kernel that may concern a machine. */
function doubtsOn({ doubts }: KernelModel, machine: Machine): readonly Doubt[] {
  if (doubts.length === 0) return doubts;
  const midrs = midrsOf(machine);
  return doubts.filter((doubt) => concerns(doubt, midrs));
}

/** What texts say of architecture features by name; `undefined` if none does. */
function toldArchFeatures({ seen }: BootState): System['archFeatures'] {
  const told = seen.flatMap(({ archFeatures }) => [...(archFeatures ?? [])]);
  return told.length === 0 ? undefined : new Map(told);
}

/** Describes the system as it stands after a boot. */
function systemOf(kernel: Kernel, machine: Machine, run: Boot): System {
  const { state, came, refusals, panic } = run;
  const { model } = state;
  const hz = ticksPerSecond(model.option('CONFIG_HZ'));
  const registers = new Map<SystemRegisterName, SanitisedRegister>();
  for (const { tracked, value, userMask, userValue } of state.registers.values()) {
    const name = tracked.name as SystemRegisterName;
    registers.set(name, { name, value, userMask, userValue });
  }
  const traps = new Map(came.map(({ cpu, admitted }) => [cpu, allOf([admitted, state.ask(() => trapsCtr(state, cpu))])]));
  const admitted = new Set(came.flatMap((one) => (one.admitted === true ? [one.cpu] : [])));
  const cpus: BootedCpu[] = state.cpus.map((cpu) => {
    const refusal = refusals.get(cpu);
    const isOnline = admitted.has(cpu);
    return {
      index: cpu.index,
      online: isOnline,
      ...given({ refused: refusal?.reason }),
      trapsCtr: isOnline && traps.get(cpu) === true,
      registers: cpu.cpu.registers,
      ...(cpu.isPartial ? { partial: true } : {}),
      ...given({ partly: cpu.cpu.partly, usual: cpu.cpu.usual }),
    };
  });
  const crm = model.behaviour['mrs-emulation-from-crm'];
  const trapped = trappedCtr(state);
  return {
    kernel,
    environment: state.environment,
    release: model.release.text,
    hwcaps: run.hwcaps.certain,
    compat: run.compat.certain,
    cpus,
    online: cpus.filter(({ online }) => online).map(({ index }) => index),
    registers,
    ...given({ mrsEmulatedFrom: crm }),
    trappedCtr: trapped.value,
    cpucaps: model.capabilityNames.filter((name) => state.capabilities.verdict(name)),
    log: state.journal.entries.filter(({ open }) => !open).map(({ event }) => event),
    tainted: state.tainted === true,
    panic,
    fidelity: model.fidelity,
    doubts: doubtsOn(model, machine),
    loopsPerJiffy: loopsPerJiffy(state, hz),
    hz,
    diagnostics: diagnosticsOf(state),
    ...given({
      archFeatures: toldArchFeatures(state),
      uncounted: machine.uncounted,
      kinds: machine.kinds,
      isLikely: run.evidence.isLikely,
    }),
    ...given({ unknown: state.isPartial ? unknownOf(run, traps, trapped.open) : undefined }),
  };
}

/**
 * Boots a machine with a kernel. Where something of the machine, or of the kernel's history, is not known, the system says what is open.
 *
 * @throws {ArmlensError} `bad-machine` if the machine has no CPU, or a value that is not 64 bits; `unknown-register` if it has a register
 * that there is not; `bad-release`, `unknown-release` or `bad-config` if the kernel is not known.
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `init_cpu_features()`, `check_local_cpu_capabilities()`, `setup_system_features()`.
 *
 * @example
 * ```js
 * boot({ cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }] }, { release: '6.12' }).hwcaps.names.includes('asimd') // → true
 * ```
 */
export function boot(machine: Machine, kernel: Kernel, environment: Environment = {}): System {
  return watchBoot(machine, kernel, environment, {});
}

/**
 * What {@link boot} does, under the eyes of those who explain.
 *
 * @param observer - Is told of the steps.
 */
export function watchBoot(machine: Machine, kernel: Kernel, environment: Environment, observer: BootObserver): System {
  checkMachine(machine);
  const environments = possibleEnvironments(environment, machine);
  const systems = environments.flatMap((one, i) => [...bootVariants(machine, kernel, one, false, i === 0 ? observer : {})]);
  const joined = joinSystems(systems);
  return environments.length === 1 ? joined : { ...joined, environment };
}

/**
 * The systems of which {@link boot} gives what they have in common, one after the other and without their logs, for those who need only
 * know whether one of them is as they ask.
 *
 * @throws {ArmlensError} as {@link boot} does.
 */
export function* possibleSystems(machine: Machine, kernel: Kernel, environment: Environment): Iterable<System> {
  checkMachine(machine);
  for (const one of possibleEnvironments(environment, machine)) yield* bootVariants(machine, kernel, one, true, {});
}

/** The systems that may come about, where the history of the kernel leaves something open that concerns the machine. */
function* bootVariants(
  machine: Machine,
  kernel: Kernel,
  environment: Environment,
  silent: boolean,
  observer: BootObserver,
): Iterable<System> {
  /** A boot for each outcome of what words of the command line ask of a boot CPU that is not known. */
  function* bootWith(model: KernelModel, watching: BootObserver): Iterable<System> {
    for (let outcomes = 0, ways = 1; outcomes < ways; outcomes++) {
      const answers = [...outcomes.toString(2)].reverse().map((digit) => digit === '1');
      const state = new BootState(machine, kernel, environment, model, silent, answers);
      ways = 2 ** state.openTests.size;
      const run = new Boot(state, outcomes === 0 ? watching : {}, false);
      run.run();
      yield systemOf(kernel, machine, run);
    }
  }
  const model = kernelAt(kernel);
  if (doubtsOn(model, machine).length === 0) {
    yield* bootWith(model, observer);
    return;
  }
  const printed = (machine.seen ?? []).flatMap(({ hwcaps = [] }) => hwcaps);
  for (const [i, variant] of kernelVariants(kernel, printed).entries()) yield* bootWith(variant, i === 0 ? observer : {});
}

/** Boots a machine as if no early CPU were ever refused: what merging alone comes to. */
export function bootAdmittingAll(machine: Machine, kernel: Kernel, environment: Environment): System {
  const run = new Boot(new BootState(machine, kernel, environment), {}, true);
  run.run();
  return systemOf(kernel, machine, run);
}
