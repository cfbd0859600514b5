import { fieldBits } from '../../arch/field-bits.ts';
import type { FieldPath } from '../../arch/register.ts';
import { maskOf } from '../../bits/field.ts';
import { maskWord, UNKNOWN_WORD } from '../../bits/partial-word.ts';
import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import { bootargs } from '../../linux/cmdline/boot-parameters.ts';
import type { Kernel } from '../../linux/kernel.ts';
import {
  CAPABILITY_ROWS,
  cpucapRow,
  errataHiding,
  fieldRows,
  gateOptions,
  isErratum,
  NAMED_CONFIG_ROWS,
  OVERRIDE_ALIAS_ROWS,
  OVERRIDE_REGISTER_ROWS,
  optionRow,
  registerRow,
  tellingBehaviour,
  turnsAround,
} from '../../linux/release/history.ts';
import type { Release } from '../../linux/release/release.ts';
import type { KconfigRow, OptionCondition, Timed } from '../../linux/release/rows.ts';
import { leavesOf } from '../../logic/tree.ts';
import { cpuKey, firstOfEach } from '../../silicon/cpu-key.ts';
import { type Cpu, listedWord } from '../../silicon/machine.ts';
import { fieldConditionsOf } from '../field-conditions.ts';
import type { Findings } from './chain.ts';
import type { Change, Scenario } from './scenario.ts';

function kconfigRows(names: readonly string[]): readonly Timed<object>[] {
  const rows = (list: readonly string[]): readonly KconfigRow[] => list.flatMap((name) => optionRow(name) ?? []);
  const direct = rows([...new Set(names)]);
  const below = direct.flatMap(({ depends }) =>
    depends === undefined ? [] : leavesOf<OptionCondition>(depends).map(({ leaf }) => leaf.config),
  );
  return [...direct, ...rows([...new Set(below)])];
}

/** The rows of a field: what is kept of it, what hides it, what overrides its register. */
function rowsOfField(path: string): readonly Timed<object>[] {
  const { register } = fieldPlace(path);
  const errata = errataHiding(path).flatMap((erratum) => [erratum, ...(erratum.affected ?? [])]);
  const overrides = OVERRIDE_REGISTER_ROWS.filter((override) => override.register === register).flatMap(({ fields }) => fields);
  return [registerRow(path), ...fieldRows(path), ...errata, ...overrides].filter((row) => row !== undefined);
}

/** Whether CPUs are not alike, as far as is known, in a field. */
function differIn(path: string, cpus: readonly Cpu[]): boolean {
  const { register, ...bits } = fieldBits(path as FieldPath);
  const words = cpus.map((cpu) => maskWord(listedWord(cpu, register) ?? UNKNOWN_WORD, maskOf(bits)));
  return words.some(({ value, open }) => value !== words[0]!.value || open !== words[0]!.open);
}

/**
 * The rows that may keep a CPU from running beside the boot CPU, and with it what it has or lacks: cpucaps that look at a field in which
 * CPUs differ.
 */
function dividingRows(cpus: readonly Cpu[]): readonly Timed<object>[] {
  const kinds = firstOfEach(cpus, cpuKey, 1);
  if (kinds.length < 2) return [];
  const rows = CAPABILITY_ROWS.filter((row) => {
    const states = [row, ...(row.changes ?? [])];
    const fields = states.flatMap(({ when }) => (when ? fieldConditionsOf(when) : [])).map(({ field }) => field);
    return !isErratum(row) && [...new Set(fields)].some((field) => differIn(field, kinds));
  });
  return [...rows, ...kconfigRows(rows.flatMap(({ config }) => gateOptions(config ?? undefined)))];
}

function relevantRows({ needs, rows, trace: { model } }: Findings, scenario: Scenario): readonly Timed<object>[] {
  const options = needs.flatMap((need) => (need.kind === 'option' ? [need.option] : []));
  const cpucaps = needs.flatMap((need) => {
    const row = need.kind === 'cpucap' ? cpucapRow(need.name, model.release) : undefined;
    return row === undefined ? [] : [row, ...(row.affected ?? [])];
  });
  const fields = needs.flatMap((need) => (need.kind === 'field' ? rowsOfField(need.condition.field) : []));
  const hasWords = bootargs(scenario.kernel.cmdline ?? '', model) !== '';
  const behaviour = tellingBehaviour({ words: hasWords, lateCpus: scenario.machine.cpus.some(({ late }) => late === true) });
  const affected = rows.flatMap((row) => (row as { readonly affected?: readonly Timed<object>[] }).affected ?? []);
  const dividing = dividingRows(scenario.machine.cpus);
  return [
    ...rows,
    ...affected,
    ...dividing,
    ...kconfigRows(options),
    ...cpucaps,
    ...fields,
    ...(hasWords ? OVERRIDE_ALIAS_ROWS : []),
    ...behaviour,
  ];
}

/** The configuration that a release must be known with, if it is not known for all. */
function recordedConfig({ config }: Kernel): string | undefined {
  const name = typeof config === 'object' ? config.base : config;
  return NAMED_CONFIG_ROWS.some((row) => row.name === name && row.series !== undefined) ? name : undefined;
}

/** Releases to try, the nearest first: of the same series newer and older, of mainline newer and older. */
export interface ReleaseCandidates {
  readonly newerUpdates: readonly Change[];
  readonly olderUpdates: readonly Change[];
  readonly newer: readonly Change[];
  readonly older: readonly Change[];
}

/**
 * The releases at which something changes on which the answer depends. Between two of them nothing can change, so that the first one
 * that flips the answer is the nearest.
 */
export function releaseCandidates(findings: Findings, scenario: Scenario): ReleaseCandidates {
  const here = findings.trace.model.release;
  const turns = turnsAround(relevantRows(findings, scenario), here);
  const config = recordedConfig(scenario.kernel);
  const changes = (releases: readonly Release[], direction: 'newer' | 'older'): readonly Change[] =>
    releases.map(({ text: to, series }) => {
      const change = { kind: 'release', from: here.text, to, direction, sameSeries: series === here.series } as const;
      return config === undefined ? change : { ...change, config };
    });
  return {
    newerUpdates: changes(turns.newerUpdates, 'newer'),
    olderUpdates: changes(turns.olderUpdates, 'older'),
    newer: changes(turns.newer, 'newer'),
    older: changes(turns.older, 'older'),
  };
}
