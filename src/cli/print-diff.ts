import {
  type ComparedCause,
  type ComparedEffect,
  type ComparedValue,
  type Comparison,
  EFFECT_KINDS,
  type EffectKind,
} from '../answers/comparison.ts';
import { archFeaturesOfHwcap } from '../answers/hwcap-arch-features.ts';
import type { Subject } from '../answers/subject.ts';
import { formatComparedValue, levelTexts, READING_TITLES } from '../formats/difference-words.ts';
import { given } from '../given.ts';
import type { Io } from './io.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

const KINDS: Readonly<Record<EffectKind, string>> = { hwcaps: 'hwcaps', compat: 'AArch32', archFeatures: 'FEAT_*', cpucaps: 'cpucaps' };

interface Page {
  readonly palette: Palette;
  readonly columns: number;
}

/** The two sides of a difference and their signs. */
const SIDES = [
  [0, '<'],
  [1, '>'],
] as const;

type Side = (typeof SIDES)[number][0];

/** What is different, and how it is on either side. */
function causeWords({ cause, values }: ComparedCause): readonly [string, string] {
  const sides = values.map(formatComparedValue).join(' | ');
  switch (cause.kind) {
    case 'field':
      return [cause.path, sides];
    case 'cores':
      return ['MIDR_EL1', sides];
    case 'option':
      return [cause.option, sides];
    case 'cmdline':
      return ['command line', printable(sides)];
    case 'release':
      return ['kernel', `Linux ${sides}`];
    case 'environment':
      return ['surroundings', sides];
    case 'together':
      return ['several of these together', ''];
  }
}

/** The names of a kind that one side has and the other has not. */
function only(effects: readonly ComparedEffect[], kind: EffectKind, side: Side): readonly string[] {
  return effects.filter((effect) => effect.kind === kind && effect.has[side]).map(({ name }) => name);
}

/** Breaks a text; the first line begins with `first`, the others with as many blanks and two more. */
function hanging(text: string, columns: number, first: string): string {
  const lines = wrap(text, columns - first.length - 2, '').split('\n');
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length + 2)}${line}\n`).join('');
}

function causeLine(cause: ComparedCause, { palette, columns }: Page): string {
  const [name, values] = causeWords(cause);
  const full = `  ${palette.strong(name)}  ${values}`.trimEnd();
  if (name.length + values.length + 4 <= columns) return `${full}\n`;
  return `  ${palette.strong(name)}\n${wrap(values, columns, '      ')}\n`;
}

/** What a hwcap is: `ilrcpc: LDAPUR and STLUR with immediate offsets (FEAT_LRCPC2, Armv8.4-A)`. */
function hwcapLine(mark: string, name: string, columns: number): string {
  const [first, ...more] = archFeaturesOfHwcap(name);
  const about = first === undefined || more.length > 0 ? '' : `: ${first.description} (${first.name}, ${first.introduced.level})`;
  return hanging(`${name}${about}`, columns, `    ${mark} `);
}

function nameLines(mark: string, kind: EffectKind, names: readonly string[], columns: number): string {
  if (names.length === 0) return '';
  if (kind === 'hwcaps') return names.map((name) => hwcapLine(mark, name, columns)).join('');
  const label = kind === 'archFeatures' ? '' : `${KINDS[kind]}: `;
  return hanging(`${label}${names.join(' ')}`, columns, `    ${mark} `);
}

function causeText(cause: ComparedCause, page: Page): string {
  const { palette, columns } = page;
  const lines = EFFECT_KINDS.flatMap((kind) =>
    SIDES.map(([side, mark]) => {
      const text = nameLines(mark, kind, only(cause.effects, kind, side), columns);
      return side === 0 ? palette.bad(text) : palette.good(text);
    }),
  );
  return causeLine(cause, page) + lines.join('');
}

function summary({ causes, levels }: Comparison): string {
  const all = causes.flatMap(({ effects }) => effects);
  const count = (kind: EffectKind): string =>
    SIDES.map(([side, mark]) => [only(all, kind, side).length, mark] as const)
      .filter(([length]) => length > 0)
      .map(([length, mark]) => `${mark} ${length} more`)
      .join('  ');
  const rows = EFFECT_KINDS.map((kind) => [KINDS[kind], count(kind)]).filter(([, text]) => text !== '');
  const levelRows = levels
    .filter(({ levels: [a, b] }) => a !== b)
    .map((compared) => ['level', `${levelTexts(compared).join(' | ')}  ${READING_TITLES[compared.reading]}`]);
  return aligned([...rows, ...levelRows] as readonly string[][]);
}

function lackingText({ levels }: Comparison, { columns }: Page): string {
  const lines = levels.flatMap(({ reading, levels: own, lacking }) =>
    SIDES.filter(([side]) => lacking[side]!.length > 0).map(([side, mark]) =>
      wrap(`${mark} beyond ${own[side] ?? 'what is not known'}, ${READING_TITLES[reading]}: ${lacking[side]!.join(' ')}`, columns, '  '),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function isUnknown(value: ComparedValue | undefined): boolean {
  return value?.kind === 'field' && value.field === undefined;
}

/** Registers of which one side does not know all fields: they are named once, not field by field. */
function unknownText(causes: readonly ComparedCause[], { columns }: Page): string {
  return SIDES.map(([side, mark]) => {
    const fields = causes.flatMap(({ cause, values }) => ('path' in cause && isUnknown(values[side]) ? [cause.path.split('.')[0]!] : []));
    return fields.length === 0 ? '' : `${wrap(`${mark} does not know fields of ${[...new Set(fields)].join(' ')}`, columns, '  ')}\n`;
  }).join('');
}

/** What one side has, and the other may have; of what one has not and the other may have, the number. */
function openText(open: readonly ComparedEffect[], { columns }: Page): string {
  return EFFECT_KINDS.map((kind) => {
    const own = open.filter((effect) => effect.kind === kind);
    const had = SIDES.map(([side, mark]) => [mark, only(own, kind, side)] as const).filter(([, names]) => names.length > 0);
    const others = own.length - had.reduce((sum, [, names]) => sum + names.length, 0);
    const parts = [
      ...had.map(([mark, names]) => `${mark} ${names.join(' ')}`),
      ...(others === 0 ? [] : [`${others} that one has not and the other may have`]),
    ];
    return parts.map((part, i) => hanging(part, columns, `  ${(i === 0 ? KINDS[kind] : '').padEnd(8)} `)).join('');
  }).join('');
}

/** Prints a comparison of two: what it comes to, then each cause with its effects, those that programs see first. */
export async function printDifference(comparison: Comparison, subjects: readonly Subject[], io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const page: Page = { palette, columns: io.columns };
  const title = (mark: string, { name, kernel, system }: Subject): string =>
    hanging(`${printable(name)} · ${kernelTitle(kernel, system.release)}`, io.columns, `${mark} `).replace(printable(name), (text) =>
      palette.strong(text),
    );
  const head = SIDES.map(([side, mark]) => title(mark, subjects[side]!)).join('');
  const { causes, identical, open } = comparison;
  const section = (heading: string, body: string): string => (body === '' ? '' : `\n${palette.head(heading)}\n${body}`);
  const unknown = section('In what they may differ, which is not known', openText(open, page));
  if (identical) return `${head}\nNo difference${open.length === 0 ? '' : ' that is known'}.\n${unknown}`;
  const seen = causes.filter(({ effects }) => effects.some(({ kind }) => kind === 'hwcaps' || kind === 'compat'));
  const hidden = causes.filter((cause) => !seen.includes(cause) && cause.effects.length > 0);
  const silent = causes.filter(({ effects }) => effects.length === 0);
  const known = silent.filter(({ values }) => !values.some(isUnknown));
  return [
    head,
    section('In all', summary(comparison)),
    section('What differs, and what comes of it for programs', seen.map((cause) => causeText(cause, page)).join('')),
    section('What changes FEAT_* or cpucaps only', hidden.map((cause) => causeText(cause, page)).join('')),
    section('What differs without such an effect', known.map((cause) => causeLine(cause, page)).join('') + unknownText(silent, page)),
    section('What holds the lower level back', lackingText(comparison, page)),
    unknown,
  ].join('');
}

function valueObject(value: ComparedValue): unknown {
  switch (value.kind) {
    case 'field':
      if (value.atLeast !== undefined) return { atLeast: value.atLeast };
      return value.field && { raw: value.field.raw, name: value.field.name, meaning: value.field.meaning };
    case 'cores':
      return value.midrs;
    case 'text':
      return value.text;
    case 'environment':
      return value.environment;
    case 'together':
      return undefined;
  }
}

/** A comparison as JSON output holds it; what a side does not know is null. */
export function comparisonObject({ causes, levels, common, open, identical }: Comparison): object {
  return {
    identical,
    common,
    ...given({ open: open.length === 0 ? undefined : open }),
    levels,
    causes: causes.map(({ cause, values, effects }) => ({ ...cause, values: values.map(valueObject), effects })),
  };
}
