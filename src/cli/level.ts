import { hwcapsTelling } from '../answers/arch-feature-hwcaps.ts';
import { includesLevel, type LevelReading, levelReadings, type MissingDemand } from '../answers/level.ts';
import { LEVEL_READINGS, type LevelReadingName } from '../answers/level-reading.ts';
import { valuesLeft } from '../answers/machine-word.ts';
import {
  comparisonsOf,
  type FieldComparison,
  findArchFeature,
  type Identification,
  type IdentificationLeaf,
  writtenOut,
} from '../arch/arch-feature.ts';
import { fieldBits } from '../arch/field-bits.ts';
import { ALL_LEVELS, type ArchLevel, findLevel } from '../arch/level.ts';
import { READING_TITLES } from '../formats/difference-words.ts';
import { formatIdentification } from '../formats/identification.ts';
import { formatAnswer } from '../formats/json.ts';
import { leastLevel } from '../formats/level-words.ts';
import { formatTree } from '../formats/tree-text.ts';
import { boot } from '../linux/boot.ts';
import { findHwcap } from '../linux/release/hwcap-catalogue.ts';
import { isOlder } from '../linux/release/known-trees.ts';
import type { System } from '../linux/system.ts';
import { choicesHint } from '../nearest.ts';
import { type Call, type Command, textOf } from './command.ts';
import { environmentOf, headOf, type Input, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { type Palette, paletteOf, table, wrap } from './style.ts';

/** What is known of a field that could have so many values. */
function foundText(values: readonly number[] | undefined): string {
  return values === undefined ? 'not given' : `is ${values.join(' or ')}`;
}

/** A comparison with what the machine has: `ID_AA64ISAR0_EL1.RDM ≥ 1 (is 0)`. */
function comparisonText(comparison: FieldComparison, system: System): string {
  return `${formatIdentification(comparison)} (${foundText(valuesLeft(system, fieldBits(comparison.field)))})`;
}

/** How registers would show an architecture feature, with what they hold; a reference to another one is written out. */
function shownByText(identification: Identification, system: System): string {
  const leaf = (at: IdentificationLeaf): string => ('field' in at ? comparisonText(at, system) : formatIdentification(at));
  return formatTree(writtenOut(identification), leaf, ['[', ']']);
}

function reasonText({ basis, when, level, note, state }: MissingDemand, reading: LevelReadingName, { unknown }: System): string {
  if (basis === 'removed') return `${level} does not allow it`;
  const told = state !== 'unknown' ? '' : reading === 'el0' && unknown === undefined ? '; this kernel does not show it' : '; not known';
  if (basis === 'customary') return note ?? '';
  return `mandatory from ${level}${when === undefined ? '' : ` with ${formatIdentification(when)}`}${told}`;
}

/** What is said of demands that are not met: where the machine is known in part, that may be because nothing tells of any. */
function missingTitle(missing: readonly MissingDemand[], { unknown }: System): string {
  return unknown !== undefined && missing.every(({ state }) => state === 'unknown') ? 'Not known' : 'Missing';
}

interface Page {
  readonly palette: Palette;
  readonly io: Io;
}

/** Why the Features line does not show an architecture feature: the kernel is too old, or did not set the name. */
function hwcapText(demand: MissingDemand, { hwcaps, release }: System): string {
  const names = hwcapsTelling(demand.archFeature).filter((name) => !hwcaps.names.includes(name));
  return names
    .map((name) => {
      const since = findHwcap(name)?.since;
      const isNewer = since !== undefined && isOlder(release, since);
      return `hwcap ${name} is not set${isNewer ? `: Linux has it since ${since}` : ''}`;
    })
    .join('; ');
}

async function missingText(
  missing: readonly MissingDemand[],
  reading: LevelReadingName,
  system: System,
  { palette, io }: Page,
): Promise<string> {
  const rows = missing.flatMap((demand) => {
    const { description = '', identification } = findArchFeature(demand.archFeature) ?? {};
    return [
      [palette.strong(demand.archFeature), description],
      ...(identification === undefined ? [] : [['', shownByText(identification, system)]]),
      ...(reading === 'hwcaps' ? [['', hwcapText(demand, system)]] : []),
      ['', palette.dim(reasonText(demand, reading, system))],
    ];
  });
  return table(rows, io);
}

function readingLine({ reading, level, upTo, shown, notSeen, notDetectable }: LevelReading, { unknown }: System): readonly string[] {
  if (level === undefined)
    return [
      READING_TITLES[reading],
      'unknown',
      reading === 'registers' ? 'they are not given' : 'this kernel does not let EL0 read ID registers',
    ];
  const assumed = notSeen.length + notDetectable.length;
  const told = `shows ${shown.length} of ${shown.length + assumed} mandatory FEAT_*`;
  const rest = reading === 'registers' ? 'is not given' : unknown === undefined ? 'this kernel does not show' : 'is not known';
  return [READING_TITLES[reading], level, upTo === undefined ? told : `${told}; ${upTo} if all is there that ${rest}`];
}

function assumedText({ notDetectable, notSeen, undecided, reading }: LevelReading, io: Io): string {
  const parts = [
    ...(notDetectable.length === 0 ? [] : [`No ID register field shows ${notDetectable.join(' ')}.`]),
    ...(notSeen.length === 0 ? [] : [`What shows ${notSeen.join(' ')} is not given.`]),
    ...undecided.map(({ archFeature, when }) => `${archFeature} is asked for with ${formatIdentification(when!)}, which no field shows.`),
  ];
  if (reading !== 'registers' || parts.length === 0) return '';
  return `\n${wrap(`Taken for granted: ${parts.join(' ')}`, io.columns)}\n`;
}

/** The verdict: one level if the registers and what programs find agree, else both. */
function verdict([registers, el0]: readonly LevelReading[], system: System): string {
  const byLetter = leastLevel(registers!, system.unknown !== undefined);
  if (el0!.level === undefined || el0!.level === registers!.level) return byLetter;
  return `${leastLevel(el0!, system.unknown !== undefined)} for programs; ${byLetter} by the letter of its registers`;
}

async function page(input: Input, title: string, system: System, readings: readonly LevelReading[], io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const lines = [
    `${palette.head(wrap(verdict(readings, system), io.columns))}\n`,
    `${wrap(printable(input.title), io.columns)}\n${title}\n\n`,
    await table(
      readings
        .map((reading) => readingLine(reading, system))
        .map(([name = '', level = '', told = '']) => [name, palette.strong(level), told]),
      io,
    ),
    assumedText(readings[0]!, io),
  ];
  for (const [i, { next }] of readings.entries()) {
    for (const { level, missing } of next) {
      if (missing.length === 0 || (i > 0 && readings.slice(0, i).some((before) => before.next.some((other) => other.level === level))))
        continue;
      lines.push(`\n${palette.head(`${missingTitle(missing, system)} for ${level}, ${READING_TITLES[readings[i]!.reading]}`)}\n`);
      lines.push(await missingText(missing, readings[i]!.reading, system, { palette, io }));
    }
  }
  return lines.join('');
}

function missingObject(demand: MissingDemand, system: System): object {
  const { archFeature, level, basis, when, state, note } = demand;
  return {
    archFeature,
    state,
    basis,
    mandatoryFrom: level,
    when: when && formatIdentification(when),
    note,
    shownBy: comparisonsOf(archFeature).map((comparison) => {
      const [value, ...others] = valuesLeft(system, fieldBits(comparison.field)) ?? [];
      return { ...comparison, value: others.length > 0 ? undefined : value };
    }),
  };
}

/** A reading as JSON. */
export function readingObject(reading: LevelReading, system: System): object {
  const { undecided, next, ...rest } = reading;
  return {
    ...rest,
    undecided: undecided.map(({ archFeature, when }) => ({ archFeature, when: formatIdentification(when!) })),
    next: next.map(({ level: above, missing }) => ({ level: above, missing: missing.map((demand) => missingObject(demand, system)) })),
  };
}

function askedLevel({ values }: Call): ArchLevel | undefined {
  const text = textOf(values, 'atLeast');
  if (text === undefined) return undefined;
  const level = findLevel(text);
  if (level !== undefined) return level;
  throw new CommandError(EXIT.usage, `--at-least: no level ${text}; there are v8.0 to ${ALL_LEVELS.at(-1)!.name.slice(3, -2)}`);
}

function askedReading({ values }: Call): LevelReadingName {
  const text = textOf(values, 'by') ?? 'registers';
  const reading = LEVEL_READINGS.find((name) => name === text);
  if (reading !== undefined) return reading;
  throw new CommandError(EXIT.usage, `--by: there is no reading ${text}${choicesHint(text, LEVEL_READINGS)}`);
}

/** `armlens level`: the architecture level that a machine meets, and what is missing for the next one. */
export const level: Command = {
  name: 'level',
  summary: 'the architecture level that a machine meets, and what it lacks for the next',
  args: [MACHINE_ARGUMENT],
  options: [
    ...SYSTEM_OPTIONS,
    { flags: '--at-least <level>', help: 'exit with 1 if it is lower, such as v8.4', completion: 'level' },
    { flags: '--by <reading>', help: `what --at-least looks at: ${LEVEL_READINGS.join(', ')}`, completion: { choices: LEVEL_READINGS } },
    JSON_OPTION,
  ],
  examples: [
    'armlens level rk3588',
    'armlens level apple-m1 --json',
    'armlens level kunpeng-920 --at-least v8.2',
    'armlens level parallels-m1 --at-least v8.4 --by el0',
  ],
  guide: 'read-a-features-line',
  async run(call) {
    const { positionals, values, io } = call;
    const [asked, by] = [askedLevel(call), askedReading(call)];
    const input = await machineInput(positionals, values, io);
    const kernel = await kernelOf(values, io, input);
    const system = boot(input.machine, kernel, environmentOf(values, io, input));
    const readings = levelReadings(system);
    const judged = readings.find(({ reading }) => reading === by)!.level;
    const met = asked === undefined ? null : includesLevel(judged, asked.name);
    const text =
      values.json === true
        ? formatAnswer('level', headOf(input, kernel), {
            atLeast: asked?.name,
            by,
            met,
            readings: readings.map((reading) => readingObject(reading, system)),
          })
        : await page(input, kernelTitle(kernel, system.release), system, readings, io);
    await io.write(text);
    if (input.damaged) return EXIT.badInput;
    return met === false ? EXIT.differs : EXIT.ok;
  },
};
