/**
 * What one program saw of a system, checked against itself. A kernel answers each trapped MRS from its sanitised values, and derives the
 * hwcaps from the same values. So a kernel that met, on every CPU, just what a program sees, would show the same program the same
 * again: every field that EL0 sees as it is, every hidden one at its safe value, the same hwcaps. What differs breaks a rule of that
 * release, whoever answers: a kernel, an emulator in user mode, a sandbox, a hypervisor.
 *
 * @module
 */
import { findRegister } from '../arch/register.ts';
import { formatHex } from '../bits/hex.ts';
import { ArmlensError } from '../errors.ts';
import { boot } from '../linux/boot.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import { VIEW_OPTIONS } from '../linux/release/history.ts';
import { hwcapNamesOf, inPrintOrder } from '../linux/release/hwcap-catalogue.ts';
import { type HwcapRule, kernelAt } from '../linux/release/kernel-at.ts';
import { isOlder } from '../linux/release/known-trees.ts';
import type { System } from '../linux/system.ts';
import { leavesOf } from '../logic/tree.ts';
import { el0View, genericNameOf, type MrsResult } from '../process/mrs.ts';
import type { ProgramCpu, ProgramView } from '../process/program-view.ts';
import type { Cpu, Machine, RegisterFile, SystemRegisterName } from '../silicon/machine.ts';
import { composeMidr } from '../silicon/midr.ts';
import { registerOfGeneric } from '../silicon/register-at.ts';
import type { Capture } from './capture.ts';
import type { Contradiction } from './check-capture.ts';

/** Registers of which every CPU shows its own: by hardware, or as the kernel lets it through. */
const OWN: ReadonlySet<string> = new Set(['S3_0_C0_C0_0', 'S3_3_C0_C0_1', 'S3_3_C0_C0_7', 'S3_3_C14_C0_0']);
const AARCH32_VIEW = /^S3_0_C0_C[123]_\d$/;
const PFR0 = 'S3_0_C0_C4_0';
/** ID_AA64PFR0_EL1.EL0, which no program sees: 2 where AArch32 programs run. */
const BOTH_STATES = 2n;

/** The register at an encoding as Arm names it, else the encoding itself. */
function nameOf(generic: string): string {
  return registerOfGeneric(generic) ?? generic;
}

const shown = (value: MrsResult | undefined): string => (typeof value === 'bigint' ? formatHex(value) : (value ?? 'nothing'));

/** Whether 32-bit programs run there: the kernel lets a program ask for their view, or fields of theirs are shown. */
function runsAarch32({ cpuinfo32, program }: Capture): boolean {
  const shows = [...(program?.cpus[0]?.mrs ?? [])].some(
    ([name, value]) => AARCH32_VIEW.test(name) && typeof value === 'bigint' && value !== 0n,
  );
  return cpuinfo32 !== undefined || shows;
}

/** The CPU as it would have to be for the kernel to show it so. */
function hardwareOf(cpu: Cpu, { mrs, sysfs }: ProgramCpu, both: boolean): Cpu {
  const pfr0 = mrs.get(PFR0);
  const registers: RegisterFile = {
    ...cpu.registers,
    ...(both && typeof pfr0 === 'bigint' ? { ID_AA64PFR0_EL1: (pfr0 & ~0xfn) | BOTH_STATES } : {}),
    ...(sysfs.has('revidr_el1') ? { REVIDR_EL1: sysfs.get('revidr_el1')! } : {}),
    // Were the caches unified, a kernel would take CTR_EL0.IDC as set; EL0 does not see CLIDR_EL1.
    CLIDR_EL1: 0x0920_0023n,
  };
  return { ...cpu, registers };
}

/** A kernel whose options hide nothing: a field that is hidden by an option shows zero, and so it is taken as zero. */
function openKernel({ release = '', config, cmdline }: Partial<Kernel>): Kernel {
  const options = Object.fromEntries(VIEW_OPTIONS.map((name) => [name, 'y']));
  const named = typeof config === 'object' ? config : { base: config ?? 'defconfig' };
  return { release, config: { ...named, ...options } as KernelConfig, ...(cmdline === undefined ? {} : { cmdline }) };
}

/** The ID space that the kernel emulates: CRm 1 to 7. */
const EMULATED = Array.from({ length: 56 }, (_, i) => `S3_0_C0_C${1 + (i >> 3)}_${i & 7}`);

/** Whether a program's view is of all CPUs of a machine, and has the whole ID space of the first: one that breaks off tells less. */
function isWholeView({ cpus: [first, ...others] }: ProgramView, { cpus }: Machine): boolean {
  return first !== undefined && others.length + 1 >= cpus.length && EMULATED.every((name) => first.mrs.has(name));
}

/** The system that the view would be of; `undefined` if the release is not known, the view is not whole, or no kernel boots on such CPUs. */
function systemOf(capture: Capture, program: ProgramView): System | undefined {
  const { kernel, machine } = capture;
  if (kernel?.release === undefined || machine === undefined || !isWholeView(program, machine)) return undefined;
  const both = runsAarch32(capture);
  const cpus = machine.cpus.map((cpu, i) => hardwareOf(cpu, program.cpus[i]!, both));
  try {
    return boot({ cpus }, openKernel({ ...kernel, cmdline: '' }));
  } catch (cause) {
    if (!(cause instanceof ArmlensError)) throw cause;
    // A configuration of that name may not be known for that release.
    return kernel.config === undefined ? undefined : systemOf({ ...capture, kernel: { release: kernel.release } }, program);
  }
}

/** The fields in which two values of a register differ, with both values. */
function differingFields(name: string, seen: bigint, expected: bigint): string {
  const register = findRegister(name);
  const fields = (register?.fields ?? []).flatMap(({ name: field, msb, lsb }) => {
    const mask = (1n << BigInt(msb - lsb + 1)) - 1n;
    const [own, other] = [(seen >> BigInt(lsb)) & mask, (expected >> BigInt(lsb)) & mask];
    return own === other ? [] : [`${field} is ${own}, not ${other}`];
  });
  return fields.length === 0 ? '' : `: ${fields.join(', ')}`;
}

/** What MRS gives at EL0, encoding by encoding, against what that release gives. */
function checkView(system: System, program: ProgramView): readonly Contradiction[] {
  const seen = program.cpus[0]!.mrs;
  const found: Contradiction[] = [];
  const trapping: string[] = [];
  const emulated: string[] = [];
  for (const [generic, expected] of el0View(system, 0)) {
    const own = seen.get(generic);
    if (own === undefined || own === expected || OWN.has(generic)) continue;
    if (own === 'SIGILL') trapping.push(generic);
    else if (expected === 'SIGILL') emulated.push(generic);
    else {
      const name = nameOf(generic);
      const message = `MRS of ${name} gives ${shown(own)} at EL0; Linux ${system.release} would give ${shown(expected)}${differingFields(name, own, expected)}`;
      found.push({ code: 'not-el0-view', message, subjects: [name] });
    }
  }
  const list = (encodings: readonly string[]): string =>
    encodings.length > 4
      ? `${encodings.length} registers from ${nameOf(encodings[0]!)} to ${nameOf(encodings.at(-1)!)}`
      : encodings.map(nameOf).join(', ');
  if (trapping.length > 0) {
    const message = `MRS of ${list(trapping)} ends in SIGILL; Linux ${system.release} emulates it`;
    found.push({ code: 'not-emulated', message, subjects: trapping });
  }
  if (emulated.length > 0) {
    const message = `MRS of ${list(emulated)} gives a value; Linux ${system.release} lets it end in SIGILL`;
    found.push({ code: 'not-sigill', message, subjects: emulated });
  }
  return found;
}

/** The fields that a hwcap asks for, with what EL0 reads in them. */
function fieldsBehind({ when }: HwcapRule, program: ProgramView): string {
  const seen = program.cpus[0]!.mrs;
  const fields = leavesOf(when as never).flatMap(({ leaf }) => {
    const path = (leaf as { readonly field?: string }).field;
    const [register = '', field] = (path ?? '').split('.');
    const row = findRegister(register)?.fields.find(({ name }) => name === field);
    const value = row && seen.get(genericNameOf(register as SystemRegisterName));
    if (row === undefined || typeof value !== 'bigint') return [];
    return [`${path} is ${(value >> BigInt(row.lsb)) & ((1n << BigInt(row.msb - row.lsb + 1)) - 1n)}`];
  });
  return fields.length === 0 ? '' : `, where ${[...new Set(fields)].join(', ')} at EL0`;
}

/** The hwcap words against those that the release derives from the registers that the program sees. */
function checkHwcaps(system: System, program: ProgramView, words: readonly bigint[]): readonly Contradiction[] {
  const model = kernelAt(system.kernel);
  const rules = new Map(model.hwcaps.map((rule) => [rule.name, rule]));
  const given = new Set(hwcapNamesOf(words));
  const expected = new Set(system.hwcaps.names);
  // Whether the timer offers its event stream is in no register.
  const telling = (name: string): boolean => name !== 'evtstrm';
  const behind = (name: string): string => {
    const rule = rules.get(name);
    return rule === undefined ? '' : fieldsBehind(rule, program);
  };
  const beyond = [...given].filter((name) => telling(name) && !expected.has(name));
  const lacking = [...expected].filter((name) => telling(name) && !given.has(name));
  return [
    ...beyond.map((name): Contradiction => {
      const known = rules.has(name) || name === 'cpuid';
      const message = known
        ? `${name} is set; Linux ${system.release} does not set it${behind(name)}`
        : `${name} is set; Linux ${system.release} has no such hwcap`;
      return { code: known ? 'not-in-registers' : 'release-lacks', message, subjects: [name] };
    }),
    ...lacking.map((name): Contradiction => {
      const message = `${name} is not set; Linux ${system.release} sets it${behind(name)}`;
      return { code: 'hwcap-missing', message, subjects: [name] };
    }),
  ];
}

/** The Features line: every CPU has the same, in the order in which the kernel prints. */
function checkLine({ cpuinfo }: Capture): readonly Contradiction[] {
  const lines = [...new Set((cpuinfo ?? []).map(({ features }) => features.join(' ')))].filter((line) => line !== '');
  if (lines.length > 1) {
    return [{ code: 'names-differ', message: 'the Features lines of /proc/cpuinfo are not the same on all CPUs', subjects: lines }];
  }
  const names = lines[0]?.split(' ') ?? [];
  const ordered = inPrintOrder(names);
  const at = ordered.findIndex((name, i) => name !== names[i]);
  if (at < 0) return [];
  const message = `the Features line has ${names[at]} where a kernel prints ${ordered[at]}: its names stand in the order of their bits`;
  return [{ code: 'names-differ', message, subjects: [names[at] ?? '', ordered[at]!] }];
}

/** MIDR_EL1 of each CPU by MRS, in sysfs and in /proc/cpuinfo; and what is the same on all CPUs. */
function checkCpus({ cpuinfo }: Capture, { cpus }: ProgramView): readonly Contradiction[] {
  const found: Contradiction[] = [];
  for (const { cpu, mrs, sysfs } of cpus) {
    const midr = mrs.get('S3_0_C0_C0_0');
    const file = sysfs.get('midr_el1');
    if (midr !== undefined && file !== undefined && midr !== file) {
      const message = `MIDR_EL1 of CPU ${cpu} is ${shown(midr)} by MRS and ${shown(file)} in sysfs`;
      found.push({ code: 'midr-differs', message, subjects: [shown(midr), shown(file)] });
    }
    const entry = cpuinfo?.find(({ processor }) => processor === cpu);
    if (entry?.implementer === undefined || entry.part === undefined || typeof midr !== 'bigint') continue;
    const printed = composeMidr({
      implementer: entry.implementer,
      variant: entry.variant ?? 0,
      part: entry.part,
      revision: entry.revision ?? 0,
    });
    if (((midr ^ printed) & 0xfff0_ffffn) !== 0n) {
      const message = `MIDR_EL1 of CPU ${cpu} is ${shown(midr)} by MRS, and /proc/cpuinfo names ${shown(printed)}`;
      found.push({ code: 'midr-differs', message, subjects: [shown(midr), shown(printed)] });
    }
  }
  const [first, ...others] = cpus;
  for (const { cpu, mrs } of others) {
    const differ = [...mrs].filter(([name, value]) => !OWN.has(name) && first!.mrs.get(name) !== value).map(([name]) => name);
    if (differ.length === 0) continue;
    const message = `MRS of ${differ.map(nameOf).join(', ')} differs between CPU ${first!.cpu} and CPU ${cpu}; Linux shows the same on all`;
    found.push({ code: 'views-differ', message, subjects: differ });
  }
  return found;
}

/** An answer that follows from a hwcap: it is a yes just where the hwcap is set. */
interface AnswerRule {
  readonly call: string;
  readonly hwcap: string;
  /** How a sentence names the call. */
  readonly what: string;
  /** The first release that knows the call, if it is younger than the hwcap. */
  readonly since?: string;
  yes(answer: number): boolean;
}

const ANSWERS: readonly AnswerRule[] = [
  { call: 'PR_SVE_GET_VL', hwcap: 'sve', what: 'prctl(PR_SVE_GET_VL)', yes: (answer) => answer >= 0 },
  { call: 'PR_SME_GET_VL', hwcap: 'sme', what: 'prctl(PR_SME_GET_VL)', yes: (answer) => answer >= 0 },
  { call: 'PACIASP', hwcap: 'paca', what: 'PACIASP', yes: (answer) => answer === 1 },
  { call: 'PR_PAC_GET_ENABLED_KEYS', hwcap: 'paca', what: 'prctl(PR_PAC_GET_ENABLED_KEYS)', since: '5.13', yes: (answer) => answer >= 0 },
  { call: 'PR_MTE_TCF_SYNC', hwcap: 'mte', what: 'prctl(PR_SET_TAGGED_ADDR_CTRL, …TCF_SYNC)', yes: (answer) => answer === 0 },
  { call: 'PROT_MTE', hwcap: 'mte', what: 'mprotect(PROT_MTE)', yes: (answer) => answer === 0 },
  { call: 'PROT_BTI', hwcap: 'bti', what: 'mprotect(PROT_BTI)', yes: (answer) => answer === 0 },
];

function checkAnswers(system: System, { answers }: ProgramView, words: readonly bigint[]): readonly Contradiction[] {
  const given = new Set(hwcapNamesOf(words));
  const { hwcaps, release } = kernelAt(system.kernel);
  const known = new Set(hwcaps.map(({ name }) => name));
  return ANSWERS.flatMap(({ call, hwcap, what, since, yes }): readonly Contradiction[] => {
    const answer = answers.get(call);
    const isAsked = known.has(hwcap) && !(since !== undefined && isOlder(release.text, since));
    if (answer === undefined || !isAsked || yes(answer) === given.has(hwcap)) return [];
    const message = `${hwcap} is ${given.has(hwcap) ? '' : 'not '}set, and ${what} gives ${answer}`;
    return [{ code: 'answer-differs', message, subjects: [hwcap, call] }];
  });
}

/**
 * Checks what one program saw; a capture without such a view has nothing to be checked here.
 *
 * @example
 * ```js
 * checkProgram({}) // → []
 * ```
 */
export function checkProgram(capture: Capture): readonly Contradiction[] {
  const { program, hwcaps } = capture;
  if (program === undefined || program.cpus.length === 0) return [];
  const words = hwcaps?.words ?? [];
  const system = systemOf(capture, program);
  const own = [...checkCpus(capture, program), ...checkLine(capture)];
  if (system === undefined) return own;
  return [...own, ...checkView(system, program), ...checkHwcaps(system, program, words), ...checkAnswers(system, program, words)];
}
