import { impliedBy } from '../../logic/judge.ts';
import { foldTree, leavesOf } from '../../logic/tree.ts';
import type { Truth } from '../../logic/truth.ts';
import { type Seen, UNKNOWN_RELEASE } from '../../silicon/seen.ts';
import type { Kernel } from '../kernel.ts';
import { seenIn } from '../log/journal.ts';
import type { LogEvent } from '../log/log-event.ts';
import { type Capability, capabilitiesAt } from '../release/capability.ts';
import { configKey } from '../release/config.ts';
import { hwcapConditions } from '../release/history.ts';
import { type KernelModel, kernelAt } from '../release/kernel-at.ts';
import { hasTables } from '../release/known-trees.ts';
import { mayOverride } from '../release/override-table.ts';
import { readRelease } from '../release/release.ts';
import type { Condition, ConditionLeaf, FieldCondition } from '../release/rows.ts';
import { askedBy, hangsBeside, RULES } from '../rules/judge-rule.ts';
import { assume, assumeSet, mayBeHidden } from './assume.ts';
import type { BootState } from './boot-state.ts';
import { fieldPlace, verdictOn } from './evaluate.ts';
import { factsOfHwcaps, OWN_HWCAPS } from './hwcaps.ts';

/** Whether the log reports a capability whenever it is found, in a line of its own. */
function isReported({ description, perCpu }: Capability): boolean {
  return description !== undefined && !perCpu;
}

/** Lines about the vector lengths of all CPUs. */
const HAS_VECTORS = /^(?:minimum|maximum|default)-vector-length$/;

/** Whether a line stands before the one by which a log is known to be whole. */
function isEarly({ phase }: LogEvent): boolean {
  return phase === 'boot-cpu' || phase === 'secondary' || phase === 'system';
}

const reportables = new WeakMap<KernelModel, ReadonlyMap<string, Capability>>();

/** The capabilities that a kernel may report, with whichever options it is built, by name; none that has several rows. */
function reportable(model: KernelModel): ReadonlyMap<string, Capability> {
  const kept = reportables.get(model);
  if (kept !== undefined) return kept;
  const all = capabilitiesAt(model.release, () => 'y');
  const found = new Map(all.filter(({ name }) => all.filter((one) => one.name === name).length === 1).map((one) => [one.name, one]));
  reportables.set(model, found);
  return found;
}

/** Whether what was seen is of a kernel; what does not say is of the one that is asked about. */
function isOf({ release, config, cmdline }: Seen, asked: string, kernel: Kernel): boolean {
  if (cmdline !== undefined && cmdline !== (kernel.cmdline ?? '')) return false;
  if (config !== undefined && configKey({ release: asked, config }) !== configKey(kernel)) return false;
  return release === undefined || readRelease(release)?.text === asked;
}

/** What a boot takes from what its kernel was seen to print. */
export class PrintedEvidence {
  readonly #state: BootState;
  /** All that was seen, under any kernel. */
  readonly #seen: readonly Seen[];
  /** What the kernel that is booted was seen to make. */
  readonly #here: readonly Seen[];

  constructor(state: BootState) {
    this.#state = state;
    this.#seen = state.seen;
    this.#here = state.seen.filter((seen) => isOf(seen, state.model.release.text, state.kernel));
  }

  /** Whether a CPU was seen to have come up; `undefined` if that is not told. */
  online(index: number): boolean | undefined {
    const told = this.#here.find(({ online }) => online !== undefined);
    if (told?.online?.includes(index) === true) return true;
    return told === undefined || told.mayBeMore === true ? undefined : false;
  }

  /** Whether the kernel was seen to run on what came up. */
  get ran(): boolean {
    return this.#here.some(({ online, hwcaps, isWholeLog }) => online !== undefined || hwcaps !== undefined || isWholeLog === true);
  }

  /** The Features line that was seen. */
  get #line(): Seen | undefined {
    return this.#here.find(({ hwcaps }) => hwcaps !== undefined);
  }

  /** Whether a likely kernel is taken for the one that printed the Features line; that it lacks a name may be for its age. */
  get isLikely(): true | undefined {
    return this.#line?.isLikely;
  }

  /** Whether it is told how the kernel that was seen was built, and which words it was started with. */
  #isTold({ release, config, cmdline }: Seen): boolean {
    const { kernel } = this.#state;
    return release === undefined || ((config ?? kernel.config) !== undefined && (cmdline ?? kernel.cmdline) !== undefined);
  }

  /** Whether a kernel of which that is not told may not have found a capability though the field behind it has what it asks for. */
  #mayHide({ isGated, when }: Capability): boolean {
    const place = 'field' in when ? fieldPlace(when.field) : undefined;
    return isGated === true || (place !== undefined && mayOverride(this.#state.model.overrides, place.register, place.lsb));
  }

  #contradiction(what: string): void {
    this.#state.findings.push({
      code: 'contradiction',
      severity: 'warning',
      where: 'texts',
      message: `${what}, which does not go with what else is known of the machine and the kernel`,
    });
  }

  /** Takes from a Features line what it says of the system's registers. */
  heedHwcaps(): void {
    const line = this.#line;
    const state = this.#state;
    for (const [path, set] of this.#seen.flatMap(({ fields }) => [...(fields ?? [])])) {
      // What the command line asks of a field here was not asked, or was, where the text was printed.
      const { register, shift, mask } = fieldPlace(path);
      const { mask: asked = 0n, openMask = 0n } = state.overrides.registers.get(register) ?? {};
      if (((asked | openMask) & (mask << shift)) !== 0n) continue;
      if (!assumeSet(state, path, set)) this.#contradiction(`a Features line does not go with ${path}`);
    }
    for (const seen of this.#seen) this.#heedFound(seen);
    if (line?.hwcaps === undefined) return;
    const { hwcaps: names, isPart, untold, isLikely } = line;
    const facts = factsOfHwcaps(state);
    const known = new Set([...state.model.hwcaps, ...OWN_HWCAPS].map(({ name }) => name));
    for (const name of names) if (!known.has(name)) this.#contradiction(`a Features line has ${name}`);
    for (const { name, when } of state.model.hwcaps) {
      const printed = names.includes(name);
      // Of a kernel of which nobody tells how it was built and started, `fields` has what a name that is missing says.
      if (!printed && (isPart || isLikely || untold?.includes(name) || !this.#isTold(line))) continue;
      if (!assume(state, when, printed, facts)) this.#contradiction(`a Features line ${printed ? 'has' : 'lacks'} ${name}`);
    }
    this.#heedRegisters();
  }

  /** Takes from a log what a kernel found in fields, another one or one with other options, where this one would ask the same of them. */
  #heedFound(seen: Seen): void {
    const { detected, release } = seen;
    const { model, system } = this.#state;
    const isHere = this.#here.includes(seen);
    if (detected === undefined || (!isHere && (release === undefined || !hasTables(release)))) return;
    const own = reportable(model);
    for (const [name, { description = '', scope, when }] of isHere ? own : reportable(kernelAt({ release: release! }))) {
      const row = own.get(name);
      if (row?.scope !== scope || row.when !== when || !detected.includes(description)) continue;
      if (isHere && model.capabilitiesNamed.has(name)) continue;
      if (!this.#speaksOfSystem(row, true)) this.#heedAsked(row);
      else if (!assume(this.#state, when, true, system)) this.#contradiction(`a log reports ${name}`);
    }
  }

  /** The capabilities that the kernel reports, by what it calls them. */
  #described(): ReadonlyMap<string, ReadonlySet<string>> {
    const named = new Map<string, Set<string>>();
    for (const { name, description } of this.#state.model.capabilities)
      if (description !== undefined) named.set(description, (named.get(description) ?? new Set()).add(name));
    return named;
  }

  /** Whether what a log lacks was not printed: it is whole, and none of its lines is the beginning of one, as a terminal or a mail cuts it. */
  #tellsByLack({ isWholeLog, detected = [] }: Seen): boolean {
    if (isWholeLog !== true) return false;
    const described = this.#described();
    return !detected.some((text) => !described.has(text) && [...described.keys()].some((whole) => whole.startsWith(text)));
  }

  /** Takes from a log which capabilities were found. */
  heedLog(): void {
    const state = this.#state;
    for (const seen of this.#here) {
      const { detected, isWholeLog, varies, lines = [] } = seen;
      // The kernel tells of vector lengths where it uses the extension.
      for (const extension of new Set(lines.flatMap((line) => (HAS_VECTORS.test(line.code) ? (line.extension ?? []) : [])))) {
        const rows = state.model.capabilitiesNamed.get(extension);
        if (rows !== undefined) this.#settle(rows, extension, true);
      }
      if (detected === undefined) continue;
      const isTelling = this.#tellsByLack(seen);
      for (const [name, rows] of state.model.capabilitiesNamed) {
        const found = rows.some(({ description }) => description !== undefined && detected.includes(description));
        if (found) this.#settle(rows, name, true);
        else if (isTelling && rows.every(isReported)) this.#settle(rows, name, false, !this.#isTold(seen));
      }
      if (isWholeLog === true && state.tainted === undefined) state.tainted = varies === true;
    }
  }

  #settle(rows: readonly Capability[], name: string, held: boolean, mayHide = false): void {
    const state = this.#state;
    const known = state.capabilities.verdict(name);
    if (known === undefined) state.capabilities.settle(name, held);
    else if (known !== held && rows.some(({ when }) => hangsBeside(when))) state.capabilities.settle(name, held);
    else if (known !== held) this.#contradiction(`a log ${held ? 'reports' : 'does not report'} ${name}`);
    const [row] = rows;
    if (known !== undefined || rows.length > 1 || (mayHide && this.#mayHide(row!))) return;
    if (this.#speaksOfSystem(row!, held)) assume(state, row!.when, held, state.system);
    else if (held) this.#heedAsked(row!);
  }

  /** Takes the fields that a rule asks for, where it was found to hold on the boot CPU: all CPUs that run go with that one. */
  #heedAsked({ scope, when }: Capability): void {
    if (scope !== 'boot' || !('rule' in when)) return;
    const asks = askedBy(when);
    if (asks === undefined) return;
    const { asBoot } = RULES[when.rule]!;
    for (const { leaf, wanted } of impliedBy<ConditionLeaf>(asks, true) ?? []) {
      if (wanted && (asBoot ? this.#isMerged(leaf) : this.#takesLowest(leaf))) assume(this.#state, leaf, true, this.#state.system);
    }
  }

  /**
   * Whether a capability that was found, or was not, says the same of the system. Of the safe value of a field that takes the lowest it
   * does where all CPUs that run go with the boot CPU, and where none has it.
   */
  #speaksOfSystem({ scope, when }: Capability, held: boolean): boolean {
    return scope === 'system' || ((scope === 'boot' || !held) && this.#takesLowest(when));
  }

  /** Whether a condition asks for a field that is merged as it is tested: a CPU is merged without what the command line asks of it. */
  #isMerged(when: Condition): when is FieldCondition {
    return 'field' in when && !this.#state.overrides.registers.has(fieldPlace(when.field).register);
  }

  /** Whether a condition asks for the least value of a field that takes the lowest of all CPUs. */
  #takesLowest(when: Condition): boolean {
    if (!this.#isMerged(when) || when.atMost !== undefined) return false;
    const { model, registers } = this.#state;
    const { register, lsb, width } = fieldPlace(when.field);
    const field = registers.get(register)?.tracked.fields.find((one) => one.lsb === lsb && one.width === width);
    return field?.safe === 'lower' && field.signed === (when.sign === 'signed' || model.behaviour['signed-comparison']);
  }

  /** Takes from the system's registers, where more was found out about them, what that says of capabilities of the CPUs. */
  #heedRegisters(): void {
    const { model, capabilities, system } = this.#state;
    for (const { name, scope, when } of model.capabilities) {
      if (scope === 'system' || capabilities.verdict(name) !== undefined || model.capabilitiesNamed.get(name)!.length > 1) continue;
      if (!this.#takesLowest(when)) continue;
      const verdict = verdictOn(when, system);
      if (verdict === true || (verdict === false && scope === 'boot')) capabilities.settle(name, verdict);
    }
  }

  /** Settles lines of the log: by the log that was seen, and by the capabilities that they report. */
  settleLog(): void {
    const { journal, capabilities, isPartial } = this.#state;
    if (!isPartial) return;
    const logs = this.#here.flatMap((seen) => (seen.lines ? [{ isSeen: seenIn(seen.lines), isWhole: this.#tellsByLack(seen) }] : []));
    const named = this.#described();
    const reported = (event: LogEvent): readonly string[] => (event.code === 'detected' ? [...(named.get(event.description) ?? [])] : []);
    journal.settle((event) => {
      if (logs.some(({ isSeen }) => isSeen(event))) return true;
      if (isEarly(event) && logs.some(({ isWhole }) => isWhole)) return false;
      const [name, ...others] = reported(event);
      return name === undefined || others.length > 0 ? undefined : capabilities.verdict(name);
    });
    journal.joinRepeated((event) => reported(event).length === 1);
  }

  /** Whether a Features line has a hwcap; `undefined` if none was seen that tells. */
  printed(name: string): Truth {
    const { hwcaps, isPart, untold } = this.#line ?? {};
    if (hwcaps === undefined)
      return this.#seen.some((seen) => seen.hwcaps?.includes(name) && this.#asksNoMore(name, seen.release)) || undefined;
    return !hwcaps.includes(name) && (isPart || untold?.includes(name)) ? undefined : hwcaps.includes(name);
  }

  /** Whether each field for which the kernel of a release sets a hwcap, or any kernel, is one for which this one sets it, too. */
  #asksNoMore(name: string, release = UNKNOWN_RELEASE): boolean {
    const state = this.#state;
    const seen = alternativesOf(conditionIn(state.model, name)).filter((one) => this.#isMerged(one) && !mayBeHidden(state, one.field));
    const printer = hasTables(release) ? conditionIn(kernelAt({ release }), name) : undefined;
    const theirs = printer === undefined ? hwcapConditions(name) : [printer];
    const goes = (asked: ConditionLeaf): boolean =>
      seen.some((one) => 'field' in asked && one.field === asked.field && one.sign === asked.sign && one.atLeast <= asked.atLeast);
    const asked = theirs.map((when) => leavesOf<ConditionLeaf>(when));
    // A name that no field stands behind is the kernel's own.
    return asked.length > 0 && asked.every((leaves) => leaves.length > 0 && leaves.every(({ leaf }) => goes(leaf)));
  }
}

/** The condition for a hwcap in a kernel. */
function conditionIn({ hwcaps }: KernelModel, name: string): Condition | undefined {
  return hwcaps.find((row) => row.name === name)?.when;
}

/** The fields of which one is enough for a condition; none if it asks for more than that. */
function alternativesOf(condition: Condition = { any: [] }): readonly FieldCondition[] {
  const alternatives = foldTree<ConditionLeaf, readonly FieldCondition[] | undefined>(
    condition,
    (leaf) => ('field' in leaf ? [leaf] : undefined),
    {
      any: (parts) => (parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? [])),
      all: () => undefined,
      not: () => undefined,
    },
  );
  return alternatives ?? [];
}
