import type { ArchLevelName } from '../arch/level.ts';
import { findField } from '../arch/register.ts';
import type { FieldSign } from '../bits/field.ts';
import { given } from '../given.ts';
import { allHwcaps } from '../linux/release/hwcap-catalogue.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';
import type { ConditionLeaf, FieldCondition, HwcapVector } from '../linux/release/rows.ts';
import { foldTree } from '../logic/tree.ts';
import { type HwcapNamesRow, hwcapNames, WINDOWS_FEATURES } from '../runtime/hwcap-names.ts';
import { type HwcapInProgram, hwcapFates } from '../runtime/hwcap-programs.ts';
import type { ProgramName } from '../runtime/program.ts';
import { fieldConditionsOf } from './field-conditions.ts';
import { archFeaturesOfHwcap } from './hwcap-arch-features.ts';
import { hwcapFacts } from './hwcap-facts.ts';

/** A field that a hwcap follows from. */
export interface HwcapField {
  readonly register: string;
  readonly field: string;
  readonly msb: number;
  readonly lsb: number;
  readonly sign: FieldSign;
  /** The least value with which the hwcap is there. */
  readonly atLeast: number;
  /** The greatest one; absent: no limit. */
  readonly atMost?: number;
}

/** A stable or vendor series that took a hwcap. */
export interface HwcapBackport {
  readonly series: string;
  /** The first release that is known to have it. */
  readonly since: string;
  /** The last release known not to have it, where those between are not known. */
  readonly notIn?: string;
}

/** What others call a hwcap; Windows' names with their numbers. */
export type HwcapNames = Omit<HwcapNamesRow, 'name' | 'windows'> & {
  readonly windows?: readonly { readonly name: string; readonly number: number }[];
};

/** A row of the table of hwcaps. */
export interface HwcapTableRow {
  /** As in the Features line of /proc/cpuinfo. */
  readonly name: string;
  /** The macro of its bit. */
  readonly constant: string;
  readonly vector: HwcapVector;
  readonly bit: number;
  /** The first mainline release that is known to have it. */
  readonly since: string;
  /** The last mainline release known not to have it, where those between are not known. */
  readonly notIn?: string;
  readonly backports: readonly HwcapBackport[];
  /** The kernel option without which no kernel has it. */
  readonly config?: string;
  /** How the fields stand to each other: one is enough, or all are needed. Absent for a single field. */
  readonly combine?: 'any' | 'all' | 'nested';
  /** What it follows from in the newest release; empty if the kernel sets it by itself. */
  readonly fields: readonly HwcapField[];
  /** Why there are no fields. */
  readonly reason?: string;
  /** The architecture features that it announces, with the level that each is commonly listed under. */
  readonly archFeatures: readonly { readonly name: string; readonly level: ArchLevelName }[];
  /** Errata under which the kernel withdraws it. */
  readonly errata: readonly { readonly name: string; readonly description?: string }[];
  readonly names: HwcapNames;
  /** The names by which programs tell of it, with the versions that have them; a program that overlooks it is absent. */
  readonly programs: Readonly<Partial<Record<ProgramName, readonly Omit<HwcapInProgram, 'alone'>[]>>>;
}

/** The table of hwcaps: all that is known of each, for other tools. */
export interface HwcapTable {
  readonly $schema: string;
  /** The newest kernel release that it covers. */
  readonly release: string;
  readonly hwcaps: readonly HwcapTableRow[];
}

function fieldRow({ field: path, atLeast, atMost }: FieldCondition): readonly HwcapField[] {
  const found = findField(path);
  if (found === undefined) return [];
  const { name, msb, lsb, sign } = found.field;
  return [{ register: found.register.name, field: name, msb, lsb, sign, atLeast, ...given({ atMost }) }];
}

type Entry = ReturnType<typeof allHwcaps>[number];

function combineOf({ when }: Entry, fields: readonly HwcapField[]): Pick<HwcapTableRow, 'combine'> {
  if (when === undefined || fields.length < 2) return {};
  const isFlat = (parts: readonly string[]): boolean => parts.every((part) => part === 'leaf');
  const combine = foldTree<ConditionLeaf, 'leaf' | 'all' | 'any' | 'nested'>(when, () => 'leaf', {
    all: (parts) => (isFlat(parts) ? 'all' : 'nested'),
    any: (parts) => (isFlat(parts) ? 'any' : 'nested'),
    not: () => 'nested',
  });
  return combine === 'leaf' ? {} : { combine };
}

function namesOf(hwcap: string): HwcapNames {
  const { name: _name, windows, ...names } = hwcapNames(hwcap) ?? { name: hwcap };
  const numbered = (windows ?? []).flatMap((name) => WINDOWS_FEATURES.filter((row) => row.name === name));
  return { ...names, ...(numbered.length === 0 ? {} : { windows: numbered.map(({ name, number }) => ({ name, number })) }) };
}

function programsOf(hwcap: string): HwcapTableRow['programs'] {
  const told = hwcapFates(hwcap).filter(({ names }) => names.length > 0);
  return Object.fromEntries(told.map(({ program, names }) => [program, names.map(({ alone: _alone, ...name }) => name)]));
}

function sinceOf({ since, notIn }: { readonly since: string; readonly notIn?: string }): {
  readonly since: string;
  readonly notIn?: string;
} {
  return { since, ...given({ notIn }) };
}

function rowOf(entry: Entry): HwcapTableRow {
  const fields = entry.when === undefined ? [] : fieldConditionsOf(entry.when).flatMap(fieldRow);
  return {
    name: entry.name,
    constant: entry.constant,
    vector: entry.vector,
    bit: entry.bit,
    ...sinceOf(entry),
    backports: entry.backports.map((row) => ({ series: row.series, ...sinceOf(row) })),
    ...given({ config: entry.config }),
    ...combineOf(entry, fields),
    fields,
    ...(entry.when === undefined ? { reason: entry.reason } : {}),
    archFeatures: archFeaturesOfHwcap(entry.name).map(({ name, introduced }) => ({
      name,
      level: introduced.level,
    })),
    errata: (hwcapFacts(entry.name)?.hiddenBy ?? []).map(({ name, description }) => ({
      name,
      ...given({ description }),
    })),
    names: namesOf(entry.name),
    programs: programsOf(entry.name),
  };
}

/**
 * The table of hwcaps, by vector and bit; the package ships it as `armlens/data/hwcaps.json`.
 *
 * @example
 * ```js
 * hwcapTable().hwcaps[0].fields[0].field // → 'FP'
 * ```
 */
export function hwcapTable(): HwcapTable {
  return { $schema: '../schemas/hwcap-table.schema.json', release: NEWEST_RELEASE, hwcaps: allHwcaps().map(rowOf) };
}
