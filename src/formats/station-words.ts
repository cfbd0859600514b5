import { seenInGuests } from '../answers/guest-evidence.ts';
import { layerTitle } from '../answers/layer-title.ts';
import { areAllAbove } from '../answers/machine-word.ts';
import type { CpuGroup, ErratumEffect, Hint, OptionState, RuntimeName, Station, WordEffect } from '../answers/why.ts';
import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import type { SafeRule } from '../linux/release/rows.ts';
import { formatCondition, formatNeed } from './condition.ts';
import { formatCpus, formatIndices, ofCore } from './cpu-list.ts';
import { outcomeLines } from './outcome-words.ts';
import { formatValue } from './value-words.ts';

const HINTS: Readonly<Record<Hint, string>> = {
  'no-tag-memory':
    'the core has the instructions, but no memory for tags: firmware or the hypervisor must provide it (QEMU: -machine virt,mte=on)',
  'switched-off': 'a core of Armv9 usually has SVE2: a fuse, the firmware or a hypervisor has switched it off',
  'seen-by-guest': "read in a guest of Apple's hypervisor, which may hide what the silicon has",
};

/** What recorded guests show of a field that their host has otherwise. */
function evidence(field: string): string {
  return seenInGuests(field)
    .map(
      ({ from, to, guests }) =>
        `; an Apple M1 has ${formatValue(field, from)}, where guests show ${to} (seen in ${guests.length} captures)`,
    )
    .join('');
}

/** What each place is called, in the order of travel. */
export const PLACE_NAMES: Readonly<Record<Station['place'], string>> = {
  silicon: 'silicon',
  hypervisor: 'hypervisor',
  override: 'command line',
  sanitise: 'sanitising',
  visibility: 'EL0 view',
  erratum: 'erratum',
  configuration: 'configuration',
  release: 'release',
  condition: 'condition',
  kernel: 'kernel',
  views: 'programs',
  cpus: 'CPUs',
  runtime: 'runtime',
};

const MERGED: Readonly<Record<SafeRule, string>> = {
  lower: 'of values that differ the lower one is kept',
  higher: 'of values that differ the higher one is kept',
  'higher-or-zero': 'of values that differ the higher one is kept, and zero wins',
  exact: 'values that differ count as none',
};

/** How many values of a field are told by name. */
const MOST_LEFT = 4;

/** Writes the values that the input leaves to a field. */
function leftWords(field: string, left: readonly number[] | undefined): string {
  if (left === undefined) return '';
  const [least, most] = [left[0]!, left.at(-1)!];
  const isRange = left.length > 2 && most - least === left.length - 1;
  if (isRange && areAllAbove(left, fieldBits(field as FieldPath))) return `, but the input shows ${formatValue(field, least)} or more`;
  if (isRange) return `, but the input shows ${least} to ${most}`;
  if (left.length > MOST_LEFT) return `, but the input shows one of ${formatIndices(left)}`;
  return `, but the input shows ${left.map((value) => formatValue(field, value)).join(' or ')}`;
}

function groupLine({ field, wanted }: Station & { readonly place: 'silicon' }, group: CpuGroup, count: number): string {
  const { cpus, core, value, open, left, usual, name, meaning, enough } = group;
  const who = `${formatCpus(cpus, count)}${ofCore(core)}`;
  if (value === undefined) return `${who}: register not known${open ? leftWords(field, left) : ', read as 0'}`;
  const said = [name === `${value}` ? undefined : name, meaning].filter((part) => part !== undefined && part !== '').join(': ');
  const shown = `${value}${said === '' ? '' : ` (${said})`}`;
  const from = usual ? ', as all known machines with this core have' : '';
  return `${who}: ${field.slice(field.indexOf('.') + 1)} = ${shown}${enough ? '' : wanted ? ', not enough' : ', too much'}${from}`;
}

function wordLine(field: string, { word, outcome, meant, since }: WordEffect): string {
  switch (outcome) {
    case 'forced':
      return `${word} sets ${field}`;
    case 'already-set':
      return `${word} asks for the value that is there already`;
    case 'ignored':
      return `${word} is not applied: an override may only lower what the boot CPU has`;
    case 'no-effect':
      return `${word} has no effect on ${field}`;
    case 'bad-value':
      return `${word} is not read: the kernel takes one hexadecimal digit (older ones a number) as the value`;
    case 'no-overrides':
      return `${word} is not read: this kernel takes no overrides${since === undefined ? '' : `; this one came with ${since}`}`;
    case 'not-known':
      if (meant !== undefined) return `${word} is silently ignored: the kernel knows only ${meant}`;
      return `${word} is silently ignored: ${since === undefined ? 'this kernel knows no such word' : `it came with Linux ${since}`}`;
  }
}

function sanitiseLines(
  { field, rule, first, steps, value, told }: Station & { readonly place: 'sanitise' },
  count: number,
): readonly string[] {
  if (rule === undefined) return [`this kernel does not keep ${field}; system-wide it reads 0`];
  if (told) return [`${field} = ${formatValue(field, value)} system-wide, as the input shows`];
  if (steps.length === 0) {
    const only =
      count === 1
        ? `${field} = ${formatValue(field, value)} system-wide`
        : `${field} = ${formatValue(field, value)} system-wide; no CPU changed what the boot CPU gave`;
    return [only];
  }
  const merged = steps.map(({ cpu, core, own, from, to }) => `CPU ${cpu}${ofCore(core)} has ${own}: ${from} → ${to}`);
  const shown = merged.length > 4 ? [...merged.slice(0, 3), `… and ${merged.length - 3} more`] : merged;
  return [
    `${field} starts with the boot CPU's ${formatValue(field, first)}; ${MERGED[rule]}`,
    ...shown,
    `system-wide: ${formatValue(field, value)}`,
  ];
}

function erratumLine({ name, description, cpus, open, option, value }: ErratumEffect, field: string, count: number): string {
  const what = description === undefined ? name : `${description} (${name})`;
  const where = cpus.length === 0 ? '' : ` on ${formatCpus(cpus, count)}`;
  const takes = open ? 'it is not known whether a CPU has it; if one has, the workaround takes' : 'the workaround takes';
  return `${what}${where}: ${takes} ${field} from programs${option === undefined ? '' : `; ${option}=${value}`}`;
}

/** Writes an option: its value, and why Kconfig gives it. */
export function formatOption({ option, value, offered, default: byDefault, depends, unmet }: OptionState): string {
  if (!offered && value === 'n') return `${option} does not exist in this release`;
  const state = value === 'n' ? `${option} is not set` : `${option}=${value}`;
  const usual = byDefault === undefined ? '' : `, default ${byDefault}`;
  const needs = depends === undefined ? '' : ` if ${formatCondition(depends)}`;
  const missing = unmet.length === 0 ? '' : ` (missing: ${unmet.join(', ')})`;
  return `${state}${usual}${needs}${missing}`;
}

function releaseLines({ release, known, since, until, backports, doubts }: Station & { readonly place: 'release' }): readonly string[] {
  const came = since === undefined ? 'no mainline release has it' : `in mainline since ${since}`;
  const gone = until === undefined ? '' : ` and until ${until}`;
  const taken = backports.filter((backport) => backport.since !== undefined).map((backport) => backport.since);
  const also = taken.length === 0 ? '' : `; changed in stable or vendor series with ${taken.join(', ')}`;
  const doubt =
    doubts.length === 0
      ? []
      : [
          `not certain at ${release}: ${doubts
            .slice(0, 2)
            .map(({ row, since: at, notIn }) => `${row} (${notIn === undefined ? '' : `after ${notIn}, `}by ${at})`)
            .join('; ')}`,
        ];
  return [`Linux ${release} ${known ? 'has it' : 'does not have it'}: ${came}${gone}${also}`, ...doubt];
}

function conditionLines({ outcome, cpus }: Station & { readonly place: 'condition' }, count: number): readonly string[] {
  const on = cpus === undefined ? [] : [cpus.length === 0 ? 'no CPU matches' : `matches on ${formatCpus(cpus, count)}`];
  return [...outcomeLines(outcome), ...on];
}

function viewLines({ el0, hwcaps }: Station & { readonly place: 'views' }): readonly string[] {
  const reads =
    el0 === true
      ? 'a program that reads ID registers finds it'
      : el0 === false
        ? 'a program that reads ID registers does not find it'
        : 'ID registers as programs read them do not tell';
  if (hwcaps.length === 0) return [reads, 'no hwcap stands for it'];
  const names = (wanted: boolean | undefined): readonly string[] => hwcaps.filter(({ set }) => set === wanted).map(({ name }) => name);
  const line = (words: string, list: readonly string[]): readonly string[] =>
    list.length === 0 ? [] : [`${list.length === 1 ? 'hwcap' : 'hwcaps'} ${words}: ${list.join(' ')}`];
  return [reads, ...line('set', names(true)), ...line('not set', names(false)), ...line('not known', names(undefined))];
}

function visibilityLine({ field, visible, option, value }: Station & { readonly place: 'visibility' }): string {
  const gate = option === undefined ? '' : ` (${option}${value === 'n' ? ' is not set' : `=${value}`})`;
  return visible ? `programs may see ${field}${gate}` : `this kernel never shows ${field} to programs${gate}`;
}

function runtimeLine({ answer, name, holds, lacks }: RuntimeName): string {
  const title = answer === undefined ? name : `${name} of ${answer}`;
  if (holds === true) return `${title}: yes`;
  return `${title}: ${holds === false ? 'no' : 'not known'}; it asks for ${lacks.join(', ')}`;
}

function runtimeLines({ program, versions, names }: Station & { readonly place: 'runtime' }): readonly string[] {
  const title = `${program} ${versions.join(', ')}`;
  return names.length === 0 ? [`${title} has no name for it`] : [title, ...names.map((name) => `  ${runtimeLine(name)}`)];
}

/**
 * Writes what happened at a station, a sentence or more, none broken. `count` is the number of CPUs of the machine.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('rk3588');
 * stationLines(why('sve', { machine, layers: [], kernel: { release: '6.12' }, environment: {} }).chain[0], 8).length > 0 // → true
 * ```
 */
export function stationLines(station: Station, count: number): readonly string[] {
  switch (station.place) {
    case 'silicon':
      return [
        `needed: ${formatNeed(station.needs, station.wanted)}`,
        ...station.groups.map((group) => groupLine(station, group, count)),
        ...station.hints.map((hint) => `${HINTS[hint]}${hint === 'seen-by-guest' ? evidence(station.field) : ''}`),
      ];
    case 'hypervisor':
      return station.effects.map(
        ({ layer, brings, cpus, from, to }) =>
          `${layerTitle(layer, brings)} ${from === undefined ? `sets ${station.field} to` : `changes ${station.field} ${from} →`} ${formatValue(station.field, to)} on ${formatCpus(cpus, count)}`,
      );
    case 'override': {
      const change =
        station.from === undefined || station.from === station.to
          ? []
          : [`${station.field} ${station.from} → ${formatValue(station.field, station.to)}`];
      return [...station.words.map((word) => wordLine(station.field, word)), ...change];
    }
    case 'sanitise':
      return sanitiseLines(station, count);
    case 'visibility':
      return [visibilityLine(station)];
    case 'erratum':
      return station.errata.map((effect) => erratumLine(effect, station.field, count));
    case 'configuration':
      return station.options.map(formatOption);
    case 'release':
      return releaseLines(station);
    case 'condition':
      return conditionLines(station, count);
    case 'kernel':
      return [station.reason, ...station.words.map((word) => `the command line says ${word}`)];
    case 'views':
      return viewLines(station);
    case 'runtime':
      return runtimeLines(station);
    case 'cpus':
      return station.refused.map(({ cpu, reason }) => `CPU ${cpu} ${station.panic ? 'stops the system' : 'is not brought up'}: ${reason}`);
  }
}
