/**
 * Audits: many recorded machines at once. Each record is checked against itself, the Features line against registers, MIDR_EL1 and
 * release. A record is contradictory only if nothing that is known of kernels, hypervisors and distributions accounts for it.
 *
 * @module
 */
import { given } from '../given.ts';
import { allHwcaps, hwcapNamesOf } from '../linux/release/hwcap-catalogue.ts';
import { coreTitle, findCoreRow } from '../silicon/core-row.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { parseMidr } from '../silicon/midr.ts';
import type { Capture } from './capture.ts';
import { type Contradiction, capturedMidrs, capturedNames, checkCapture } from './check-capture.ts';
import { checkProgram } from './check-program.ts';
import { machinesOfCores } from './infer/machines-of-cores.ts';
import { type Cause, type Inference, type InferGiven, inferFeatures } from './infer.ts';
import { inferGivenOf, knownRelease } from './machine-of-capture.ts';
import { hasIdRegisters } from './merge-captures.ts';

/** How a record stands: `unchecked` if it has nothing that could be compared with anything. */
export type AuditVerdict = 'consistent' | 'explained' | 'contradictory' | 'unchecked';

/** What an audit found in one record. */
export interface AuditedRecord {
  readonly name: string;
  /** The forms of the texts that it was read from. */
  readonly formats: readonly string[];
  readonly title?: string;
  /** How many CPUs the record tells of; 0 if it does not say. */
  readonly cpuCount: number;
  /** The cores, each once, such as `ARM Cortex-A72`; one that is not known by its numbers. */
  readonly cores: readonly string[];
  /** MIDR_EL1 of the cores that are not known. */
  readonly unknownCores: readonly bigint[];
  readonly release?: string;
  /** The names of the Features line, or of the hwcap words. */
  readonly hwcaps: readonly string[];
  /** Names that no kernel is known to print. */
  readonly unknownHwcaps: readonly string[];
  readonly verdict: AuditVerdict;
  readonly contradictions: readonly Contradiction[];
  /** What is out of the ordinary and accounted for, as kinds of {@link Cause} with the names. */
  readonly causes: readonly Cause[];
}

/** What an audit makes of all records. */
export interface AuditSummary {
  readonly records: number;
  readonly verdicts: Readonly<Record<AuditVerdict, number>>;
  /** In how many records each hwcap is, the commonest first. */
  readonly hwcaps: readonly { readonly name: string; readonly records: number }[];
  readonly cores: readonly { readonly name: string; readonly records: number }[];
  readonly unknownCores: readonly { readonly midr: bigint; readonly records: readonly string[] }[];
  readonly unknownHwcaps: readonly { readonly name: string; readonly records: readonly string[] }[];
  readonly contradictions: readonly { readonly record: string; readonly contradiction: Contradiction }[];
}

function isUnknown(midr: bigint): boolean {
  return findCoreRow(parseMidr(midr)) === undefined;
}

/** How many different records are remembered, to tell the same of the next that is alike. */
const MOST_KEPT = 5_000;

/** A text that is the same for equal values, of which some may be bigints or maps. */
function keyOf(value: object): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'bigint' ? `${one}n` : one instanceof Map || one instanceof Set ? [...one] : one,
  );
}

/** Audits records one after the other; what equal lines tell is worked out only once. */
export class Auditor {
  readonly #inferences = new Map<string, Inference>();
  readonly #checks = new Map<string, readonly Contradiction[]>();
  readonly #machines = new Map<string, readonly KnownMachine[]>();
  /** What was found in captures, for those that read equal lines once. */
  readonly #records = new WeakMap<Capture, AuditedRecord>();
  readonly #names = new Set(allHwcaps().map(({ name }) => name));

  async #infer(capture: Capture, names: readonly string[]): Promise<Inference> {
    const { release: _, ...rest } = inferGivenOf(capture);
    const told: InferGiven = { ...rest, ...given({ release: knownRelease(capture) }) };
    const key = keyOf([names, told]);
    const before = this.#inferences.get(key);
    if (before !== undefined) return before;
    const { midrs = [] } = told;
    const cores = midrs.join();
    const machines = this.#machines.get(cores) ?? (midrs.length === 0 ? [] : await machinesOfCores(told));
    this.#machines.set(cores, machines);
    const inference = inferFeatures(names, told, machines);
    if (this.#inferences.size < MOST_KEPT) this.#inferences.set(key, inference);
    return inference;
  }

  /** What a capture says against itself, whatever it is called. */
  #check({ name, title, ...capture }: Capture): readonly Contradiction[] {
    const key = keyOf(capture);
    const before = this.#checks.get(key);
    if (before !== undefined) return before;
    const found = [...checkCapture(capture), ...checkProgram(capture)];
    if (this.#checks.size < MOST_KEPT) this.#checks.set(key, found);
    return found;
  }

  /** Audits one record. */
  async audit(name: string, formats: readonly string[], capture: Capture): Promise<AuditedRecord> {
    const before = this.#records.get(capture) ?? (await this.#audit(name, formats, capture));
    this.#records.set(capture, before);
    return { ...before, name, formats };
  }

  async #audit(name: string, formats: readonly string[], capture: Capture): Promise<AuditedRecord> {
    const names = capturedNames(capture);
    const compatNames = capture.cpuinfo32?.find(({ features }) => features.length > 0)?.features;
    const line = names ?? compatNames;
    const inference = line === undefined ? undefined : await this.#infer(capture, line);
    const contradictions = [...this.#check(capture), ...unexplained(inference)];
    const midrs = capturedMidrs(capture);
    const torn = inference?.line.oddities.flatMap((oddity) => (oddity.kind === 'cut' ? (oddity.name ?? []) : [])) ?? [];
    const hwcaps = (names ?? hwcapNamesOf(capture.hwcaps?.words ?? [])).filter((name) => !torn.includes(name));
    const { title, kernel } = capture;
    return {
      name,
      formats,
      ...given({ title }),
      cpuCount: Math.max(listedCpus(capture), capture.cpuCount ?? 0),
      cores: [...new Set(midrs.map((midr) => coreTitle(parseMidr(midr))))],
      unknownCores: midrs.filter(isUnknown),
      ...given({ release: kernel?.release }),
      hwcaps,
      unknownHwcaps: hwcaps.filter((hwcap) => !this.#names.has(hwcap)),
      verdict: verdictOf(capture, inference, contradictions),
      contradictions,
      causes: (inference?.causes ?? []).filter(({ kind }) => kind !== 'unexplained'),
    };
  }
}

/** How many CPUs there are at the least where a text lists some, by their numbers; 0 where it lists but the first of them, or one. */
function listedCpus({ cpuinfo, cpuinfo32, booted, machine, uncounted }: Capture): number {
  const inLog = booted === undefined ? undefined : [...booted.keys()].map((processor) => ({ processor }));
  const listed = cpuinfo ?? cpuinfo32 ?? inLog ?? machine?.cpus.map((_, processor) => ({ processor })) ?? [];
  const count = Math.max(0, ...listed.map(({ processor }) => processor + 1));
  return uncounted && [1, count].includes(listed.length) ? 0 : count;
}

/** What is left of a line that nothing accounts for. */
function unexplained(inference: Inference | undefined): readonly Contradiction[] {
  return (inference?.causes ?? []).flatMap((cause): readonly Contradiction[] => {
    if (cause.kind !== 'unexplained') return [];
    // A name of a vendor's kernel, or of one that is newer than the tables, is told apart: it contradicts nothing.
    if (cause.because === 'unknown-name') return [];
    const message = `nothing that is known of kernels and cores accounts for ${cause.names.join(', ')} (${cause.because})`;
    return [{ code: 'unexplained-line', message, subjects: cause.names }];
  });
}

function verdictOf(capture: Capture, inference: Inference | undefined, contradictions: readonly Contradiction[]): AuditVerdict {
  if (contradictions.length > 0) return 'contradictory';
  if (inference !== undefined) return inference.verdict === 'printed' ? 'consistent' : 'explained';
  const sides = [capture.machine?.cpus.some(hasIdRegisters), capture.hwcaps, capture.archFeatures, capture.midrs];
  return sides.filter(Boolean).length > 1 ? 'consistent' : 'unchecked';
}

function counted(lists: readonly (readonly string[])[]): readonly { readonly name: string; readonly records: number }[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of new Set(list)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, records]) => ({ name, records })).sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
}

/** Lists in which records each of some things was found. */
function whereFound<T>(
  records: readonly AuditedRecord[],
  of: (record: AuditedRecord) => readonly T[],
): readonly (readonly [T, readonly string[]])[] {
  const found = new Map<T, string[]>();
  for (const record of records) {
    for (const one of new Set(of(record))) {
      const names = found.get(one);
      if (names === undefined) found.set(one, [record.name]);
      else names.push(record.name);
    }
  }
  return [...found];
}

/**
 * Puts the findings of all records together.
 *
 * @example
 * ```js
 * const record = await new Auditor().audit('one', ['cpuinfo'], { cpuinfo: [] });
 * summariseAudit([record]).records // → 1
 * ```
 */
export function summariseAudit(records: readonly AuditedRecord[]): AuditSummary {
  const count = (verdict: AuditVerdict): number => records.filter((record) => record.verdict === verdict).length;
  return {
    records: records.length,
    verdicts: {
      consistent: count('consistent'),
      explained: count('explained'),
      contradictory: count('contradictory'),
      unchecked: count('unchecked'),
    },
    hwcaps: counted(records.map(({ hwcaps }) => hwcaps)),
    cores: counted(records.map(({ cores }) => cores)),
    unknownCores: whereFound(records, ({ unknownCores }) => unknownCores).map(([midr, names]) => ({ midr, records: names })),
    unknownHwcaps: whereFound(records, ({ unknownHwcaps }) => unknownHwcaps).map(([name, names]) => ({ name, records: names })),
    contradictions: records.flatMap(({ name, contradictions }) => contradictions.map((contradiction) => ({ record: name, contradiction }))),
  };
}
