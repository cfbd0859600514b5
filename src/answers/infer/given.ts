import { given } from '../../given.ts';
import { isMidrIn } from '../../linux/bring-up/evaluate.ts';
import type { KernelConfig } from '../../linux/kernel.ts';
import { optionsOf } from '../../linux/release/config.ts';
import { gateOptions, optionRow, tellingErrata, VIEW_OPTIONS } from '../../linux/release/history.ts';
import type { Release } from '../../linux/release/release.ts';
import type { CapabilityRow, CapabilityState, Gate, KconfigState } from '../../linux/release/rows.ts';
import { stateAt } from '../../linux/release/timeline.ts';
import type { Domains, ValueSet } from './formula.ts';

/** What is known besides the line. */
export interface InferGiven {
  /** MIDR_EL1 of the CPUs, in any order; absent or empty: not known. */
  readonly midrs?: readonly bigint[];
  /** Who made the cores, as MIDR_EL1 codes it, where no more is known of them. */
  readonly implementer?: number;
  /** The kernel's release, such as `6.12.107` or `5.15.0-97-generic`. */
  readonly release?: string;
  readonly config?: string | KernelConfig;
  /** Whether the text shows only some names of the line, as where it is cut. */
  readonly isPart?: true;
  /** Names that the text cannot tell, so that one that is missing says nothing. */
  readonly untold?: readonly string[];
  /** Lines that other CPUs of the same listing have. */
  readonly otherLines?: readonly (readonly string[])[];
}

/** The errata that can change a Features line. */
export const TELLING_ERRATA: readonly CapabilityRow[] = tellingErrata();

/** The options on which a Features line hangs, native or AArch32. */
const GATES: readonly string[] = [...VIEW_OPTIONS, 'CONFIG_COMPAT'];

const OFF: ValueSet = 0b01;
const ON: ValueSet = 0b10;
const EITHER: ValueSet = OFF | ON;

/** An erratum's row at a release, and which of the CPUs have it. */
export interface Affected {
  readonly row: CapabilityRow;
  readonly description?: string;
  readonly midrs: readonly bigint[];
  /** The options that switch the workaround on, of which one is needed for each CPU. */
  readonly options: readonly string[];
  /** Whether a bit of REVIDR_EL1 may tell that a part was mended. */
  readonly mayBeFixed: boolean;
}

/** What an erratum's row says at a release. */
interface ErratumAt {
  readonly description?: string;
  readonly cores: readonly string[];
  readonly options: readonly string[];
  readonly mayBeFixed: boolean;
}

const errata = new Map<string, ErratumAt | undefined>();

function erratumAt(row: CapabilityRow, release: Release): ErratumAt | undefined {
  const key = `${row.name} ${release.series} ${release.text}`;
  if (errata.has(key)) return errata.get(key);
  const state = stateAt<CapabilityState>(row, release);
  const rows = (row.affected ?? []).flatMap((affected) => {
    const at = state && stateAt<{ readonly config?: Gate }>(affected, release);
    return at === undefined ? [] : [{ midr: affected.midr, gate: at.config }];
  });
  const found: ErratumAt | undefined = state && {
    ...given({ description: state.description }),
    cores: rows.map(({ midr }) => midr),
    options: [...new Set([...gateOptions(state.config), ...rows.flatMap(({ gate }) => gateOptions(gate))])],
    mayBeFixed: (state.fixed ?? []).length > 0,
  };
  errata.set(key, found);
  return found;
}

/** What an erratum means at a release for CPUs; `undefined` if the release does not know it. */
export function affectedAt(row: CapabilityRow, release: Release, midrs: readonly bigint[]): Affected | undefined {
  const at = erratumAt(row, release);
  return at && { ...at, row, midrs: midrs.filter((midr) => isMidrIn(midr, at.cores)) };
}

const GATE_ROWS = GATES.flatMap((name) => optionRow(name) ?? []);
const gatesOfDefconfig = new Map<string, ReadonlySet<string>>();

/** The gates that defconfig has on at a release. */
function usualGates(release: Release): ReadonlySet<string> {
  // What decides are the rows of the gates themselves; going through all of Kconfig for each release would take long.
  const key = JSON.stringify(GATE_ROWS.map((row) => stateAt<KconfigState>(row, release) ?? null));
  let gates = gatesOfDefconfig.get(key);
  if (!gates) {
    const option = optionsOf(undefined, release);
    gates = new Set(GATES.filter((name) => option(name) === 'y'));
    gatesOfDefconfig.set(key, gates);
  }
  return gates;
}

/** What is known beforehand of options and errata at a release. */
export interface Beforehand {
  /** What is possible at all. */
  readonly possible: Domains;
  /** What is usual: an option that defconfig has on is on, as in distributions' kernels; any other may be on or off. */
  readonly usual: Domains;
}

function erratumValues(
  affected: Affected | undefined,
  midrs: readonly bigint[],
  options: readonly boolean[] | undefined,
): readonly [ValueSet, ValueSet] {
  if (affected === undefined) return [OFF, OFF];
  if (midrs.length === 0) return [EITHER, EITHER];
  if (affected.midrs.length === 0 || options?.every((on) => !on)) return [OFF, OFF];
  if (affected.mayBeFixed) return [EITHER, EITHER];
  return [options?.every((on) => on) ? ON : EITHER, ON];
}

/**
 * What a release, MIDRs and a configuration settle.
 *
 * @throws {ArmlensError} `bad-config` if the configuration is not known for the release.
 */
export function beforehandAt(release: Release, { midrs = [], config }: InferGiven): Beforehand {
  const possible = new Map<string, ValueSet>();
  const usual = new Map<string, ValueSet>();
  const option = config === undefined ? undefined : optionsOf(config, release);
  const gates = option === undefined ? usualGates(release) : new Set(GATES);
  for (const name of GATES) {
    const known = option === undefined ? EITHER : option(name) === 'y' ? ON : OFF;
    possible.set(name, known);
    usual.set(name, gates.has(name) && known !== OFF ? ON : known);
  }
  for (const row of TELLING_ERRATA) {
    const affected = affectedAt(row, release, midrs);
    const [may, does] = erratumValues(affected, midrs, option && affected?.options.map((name) => option(name) === 'y'));
    possible.set(row.name, may);
    usual.set(row.name, does);
  }
  return { possible, usual };
}
