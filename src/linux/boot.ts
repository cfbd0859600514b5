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
import type { Diagnostic } from '../diagnostic.ts';
import { checkMachine } from '../silicon/check-machine.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { asidBits, checkEarly, checkLate, type Refusal } from './bring-up/admission.ts';
import { BootState } from './bring-up/boot-state.ts';
import type { CpuRegisters } from './bring-up/cpu-registers.ts';
import { updateCapabilities } from './bring-up/detect.ts';
import { isMidrIn } from './bring-up/evaluate.ts';
import { deriveCompatHwcaps, deriveHwcaps, runsAArch32 } from './bring-up/hwcaps.ts';
import { userView } from './bring-up/sanitise.ts';
import { initialiseFromBootCpu, updateFromSecondary } from './bring-up/take-over.ts';
import { cpuLimit } from './cmdline/boot-parameters.ts';
import type { Environment } from './environment.ts';
import type { Kernel } from './kernel.ts';
import { printBreakpoints, printCachePolicy, printEnabled, printKvm, printVectorLengths } from './log/print-log.ts';
import type { BootedCpu, HwcapSet, SanitisedRegister, System } from './system.ts';

const CTR_IDC = 1n << 28n;
const CTR_DIC = 1n << 29n;
const CTR_IMINLINE = 0xfn;
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

/** The boot itself, step by step. */
class Boot {
  readonly state: BootState;
  readonly #observer: BootObserver;
  /** Whether every early CPU comes up, whatever it lacks. */
  readonly #admitsAll: boolean;
  /** Whether AArch32 programs run on some CPUs only, and the kernel has noticed. */
  #asymmetric = false;
  readonly online: CpuRegisters[] = [];
  readonly refusals = new Map<CpuRegisters, Refusal>();
  readonly reference: { aarch32: CpuRegisters | undefined } = { aarch32: undefined };
  panic: System['panic'] = null;
  hwcaps: HwcapSet = { words: [], names: [] };
  compat: HwcapSet = { words: [], names: [] };

  constructor(state: BootState, observer: BootObserver, admitsAll: boolean) {
    this.state = state;
    this.#observer = observer;
    this.#admitsAll = admitsAll;
  }

  run(): void {
    const { state } = this;
    printCachePolicy(state, state.boot);
    initialiseFromBootCpu(state);
    this.#observer.merged?.(state, 0);
    updateCapabilities(state, ['boot', 'local'], state.boot);
    state.asidBits = asidBits(state, state.boot);
    this.online.push(state.boot);
    const secondaries = presentSecondaries(state);
    const { maxCpus = state.cpus.length } = state.parameters;
    const countsOnline = state.model.behaviour['maxcpus-counts'] === 'online';
    state.phase = 'secondary';
    for (const cpu of secondaries) {
      if (cpu.cpu.late === true) continue;
      if ((countsOnline ? this.online.length : cpu.index) >= maxCpus) break;
      if (!this.#bringUp(cpu)) return;
    }
    state.phase = 'system';
    this.#finalise();
    state.phase = 'late';
    const early = [...this.online];
    for (const cpu of secondaries) {
      if (cpu.cpu.late === true && !this.#bringUpLate(cpu, early)) return;
    }
  }

  /** @returns False if the system stops. */
  #admit(cpu: CpuRegisters, refusal: Refusal | undefined): boolean {
    if (refusal) {
      this.refusals.set(cpu, refusal);
      if (refusal.panics) this.panic = { cpu: cpu.index, reason: refusal.reason };
      else this.state.print('cpufeature', { code: 'will-not-boot' }, cpu);
      return !refusal.panics;
    }
    if (!this.state.finalised) updateCapabilities(this.state, ['local'], cpu);
    printCachePolicy(this.state, cpu);
    updateFromSecondary(this.state, cpu, this.reference);
    this.#observer.merged?.(this.state, cpu.index);
    this.online.push(cpu);
    return true;
  }

  #bringUp(cpu: CpuRegisters): boolean {
    return this.#admit(cpu, this.#admitsAll ? undefined : checkEarly(this.state, cpu));
  }

  #bringUpLate(cpu: CpuRegisters, early: readonly CpuRegisters[]): boolean {
    const promised = { hwcaps: new Set(this.hwcaps.names), compat: new Set(this.compat.names) };
    const goOn = this.#admit(cpu, checkLate(this.state, cpu, early, promised));
    if (this.online.includes(cpu)) this.#noteAArch32(cpu);
    return goOn;
  }

  /** Once a CPU is up that differs from the boot CPU in whether it runs AArch32 programs, their hwcaps are settled, if that is allowed. */
  #noteAArch32(cpu: CpuRegisters): void {
    const { state } = this;
    if (this.#asymmetric || state.parameters.mismatched32BitEl0 !== true || cpu.has32BitEl0 === state.boot.has32BitEl0) return;
    this.#asymmetric = true;
    this.compat = deriveCompatHwcaps(state, true);
    const pinned = cpu.has32BitEl0 ? cpu : state.boot;
    state.print('cpufeature', { code: 'asymmetric-32bit-el0', on: cpu.index, pinned: pinned.index });
  }

  /** Settles what concerns the whole system: capabilities, what errata hide, hwcaps. */
  #finalise(): void {
    const { state } = this;
    const startedAtEl = { code: 'started-at-el', el: state.environment.bootEl ?? 1 } as const;
    if (state.model.behaviour['system-settled'] === 'after-el') state.print('smp', startedAtEl);
    updateCapabilities(state, ['system']);
    state.finalised = true;
    printEnabled(state, this.online);
    for (const { name, hides } of state.model.capabilities) {
      if (hides === undefined || !state.capabilities.has(name)) continue;
      state.hideField(hides);
    }
    this.hwcaps = deriveHwcaps(state);
    this.compat = deriveCompatHwcaps(state, runsAArch32(state));
    this.#observer.settled?.(state);
    printVectorLengths(state, this.online);
    if (state.model.behaviour['system-settled'] === 'before-el') state.print('smp', startedAtEl);
    state.phase = 'after';
    printBreakpoints(state);
    for (const cpu of this.online) this.#noteAArch32(cpu);
    printKvm(state);
  }
}

/** Whether reads of CTR_EL0 at EL0 trap on a CPU: it differs from the system, or the system promises what the CPU does not show. */
function trapsCtr(state: BootState, cpu: CpuRegisters): boolean {
  const { model, capabilities } = state;
  if (!model.behaviour['ctr-trapped']) return false;
  if (model.capabilities.some(({ name, trapsCtr: always }) => always === true && capabilities.has(name))) return true;
  const ctr = cpu.raw('CTR_EL0') & 0xffff_ffffn;
  if (capabilities.has('HAS_CACHE_IDC') && (ctr & CTR_IDC) === 0n) return true;
  const mismatched = capabilities.has('MISMATCHED_CACHE_TYPE') || capabilities.has('MISMATCHED_CACHE_LINE_SIZE');
  if (model.behaviour['ctr-trapped-everywhere']) return mismatched;
  const register = state.registers.get('CTR_EL0')!;
  return mismatched && ((ctr ^ register.value) & register.strictMask & 0xffff_ffffn) !== 0n;
}

/** What a trapped read of CTR_EL0 gives. */
function trappedCtr({ registers, model, capabilities }: BootState): bigint {
  const register = registers.get('CTR_EL0')!;
  // Before 4.11 no field is hidden: a trapped read gives all of the sanitised value.
  const value = model.behaviour['mrs-emulation-from-crm'] === undefined ? register.value : userView(register);
  if (!model.capabilities.some(({ name, trapsCtr: always }) => always === true && capabilities.has(name))) return value;
  const pageShift = model.option('CONFIG_ARM64_64K_PAGES') === 'y' ? 16n : model.option('CONFIG_ARM64_16K_PAGES') === 'y' ? 14n : 12n;
  return (value & ~CTR_DIC & ~CTR_IMINLINE) | ((pageShift - 2n) & CTR_IMINLINE);
}

/** The ticks a second, where the configuration says what a kernel can have; else what most are built with. */
function ticksPerSecond(option: string): number {
  const hz = Number(option);
  return Number.isInteger(hz) && hz >= 1 && hz <= MAX_HZ ? hz : 250;
}

/** Loops per jiffy: the timer's frequency over HZ, unless the command line gives it. */
function loopsPerJiffy({ boot, environment, parameters }: BootState, hz: number): number {
  const { loopsPerJiffy: given = 0 } = parameters;
  if (given > 0) return given;
  return Math.floor((environment.timerHz ?? Number(boot.raw('CNTFRQ_EL0') & 0xffff_ffffn)) / hz);
}

function diagnosticsOf({ assumed }: BootState): readonly Diagnostic[] {
  return [...assumed].map((name) => ({
    code: 'assumed-zero',
    severity: 'note',
    where: name,
    message: `${name} is not known of every CPU and was taken as zero`,
  }));
}

/** Describes the system as it stands after a boot. */
function systemOf(kernel: Kernel, { state, online, refusals, panic, hwcaps, compat }: Boot): System {
  const { model } = state;
  const hz = ticksPerSecond(model.option('CONFIG_HZ'));
  const registers = new Map<SystemRegisterName, SanitisedRegister>();
  for (const { tracked, value, userMask, userValue } of state.registers.values()) {
    const name = tracked.name as SystemRegisterName;
    registers.set(name, { name, value, userMask, userValue });
  }
  const cpus: BootedCpu[] = state.cpus.map((cpu) => {
    const refusal = refusals.get(cpu);
    const isOnline = online.includes(cpu);
    return {
      index: cpu.index,
      online: isOnline,
      ...(refusal ? { refused: refusal.reason } : {}),
      trapsCtr: isOnline && trapsCtr(state, cpu),
      registers: cpu.cpu.registers,
    };
  });
  const crm = model.behaviour['mrs-emulation-from-crm'];
  return {
    kernel,
    environment: state.environment,
    release: model.release.text,
    hwcaps,
    compat,
    cpus,
    online: online.map(({ index }) => index).sort((a, b) => a - b),
    registers,
    ...(crm === undefined ? {} : { mrsEmulatedFrom: crm }),
    trappedCtr: trappedCtr(state),
    cpucaps: [...new Set(model.capabilities.filter(({ name }) => state.capabilities.has(name)).map(({ name }) => name))],
    log: [...state.log],
    tainted: state.tainted,
    panic,
    fidelity: model.fidelity,
    doubts: model.doubts.filter(({ midr }) => midr === undefined || state.cpus.some((cpu) => isMidrIn(cpu.raw('MIDR_EL1'), [midr]))),
    loopsPerJiffy: loopsPerJiffy(state, hz),
    hz,
    diagnostics: diagnosticsOf(state),
  };
}

/**
 * Boots a machine with a kernel.
 *
 * @param observer - Is told of the steps, for those who explain; by default nobody looks.
 * @throws {ArmlensError} `bad-machine` if the machine has no CPU, or a value that is not 64 bits; `unknown-register` if it has a register
 * that there is not; `bad-release`, `unknown-release` or `bad-config` if the kernel is not known.
 * @see Linux `arch/arm64/kernel/cpufeature.c`, `init_cpu_features()`, `check_local_cpu_capabilities()`, `setup_system_features()`.
 */
export function boot(machine: Machine, kernel: Kernel, environment: Environment = {}, observer: BootObserver = {}): System {
  checkMachine(machine);
  const run = new Boot(new BootState(machine, kernel, environment), observer, false);
  run.run();
  return systemOf(kernel, run);
}

/** Boots a machine as if no early CPU were ever refused: what merging alone comes to. */
export function bootAdmittingAll(machine: Machine, kernel: Kernel, environment: Environment): System {
  const run = new Boot(new BootState(machine, kernel, environment), {}, true);
  run.run();
  return systemOf(kernel, run);
}
