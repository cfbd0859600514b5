import {
  type DifferenceCause,
  type DifferenceGroup,
  EFFECT_KINDS,
  type EffectKind,
  type Sides,
  type SystemDifference,
} from '../answers/diff.ts';
import { archFeaturesOfHwcap } from '../answers/hwcap-facts.ts';
import type { Subject } from '../answers/subject.ts';
import type { DecodedField } from '../arch/decode.ts';
import { formatHex } from '../bits/hex.ts';
import { formatCores, formatEnvironment, formatFieldValue, READING_TITLES } from '../formats/difference-words.ts';
import type { Io } from './io.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

const KINDS: Readonly<Record<EffectKind, string>> = { hwcaps: 'hwcaps', compat: 'AArch32', archFeatures: 'FEAT_*', cpucaps: 'cpucaps' };

interface Page {
  readonly a: Subject;
  readonly b: Subject;
  readonly palette: Palette;
  readonly columns: number;
}

/** What is different, and how it is on either side. */
function causeWords(cause: DifferenceCause): readonly [string, string] {
  switch (cause.kind) {
    case 'field':
      return [cause.path, `${formatFieldValue(cause.a)} | ${formatFieldValue(cause.b)}`];
    case 'cores':
      return ['MIDR_EL1', `${formatCores(cause.a)} | ${formatCores(cause.b)}`];
    case 'option':
      return [cause.option, `${cause.a} | ${cause.b}`];
    case 'cmdline':
      return ['command line', printable(`${cause.a || 'none'} | ${cause.b || 'none'}`)];
    case 'release':
      return ['kernel', `Linux ${cause.a} | ${cause.b}`];
    case 'environment':
      return ['surroundings', `${formatEnvironment(cause.a)} | ${formatEnvironment(cause.b)}`];
    case 'together':
      return ['several of these together', ''];
  }
}

/** Breaks a text; the first line begins with `first`, the others with as many blanks and two more. */
function hanging(text: string, columns: number, first: string): string {
  const lines = wrap(text, columns - first.length - 2, '').split('\n');
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length + 2)}${line}\n`).join('');
}

function causeLine(cause: DifferenceCause, { palette, columns }: Page): string {
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

function groupText(group: DifferenceGroup, page: Page): string {
  const { palette, columns } = page;
  const lines = EFFECT_KINDS.flatMap((kind) => [
    palette.bad(nameLines('<', kind, group[kind].onlyA, columns)),
    palette.good(nameLines('>', kind, group[kind].onlyB, columns)),
  ]);
  return causeLine(group.cause, page) + lines.join('');
}

function countText({ onlyA, onlyB }: Sides): string {
  return [onlyA.length > 0 ? `< ${onlyA.length} more` : '', onlyB.length > 0 ? `> ${onlyB.length} more` : ''].filter(Boolean).join('  ');
}

function summary({ total, levels }: SystemDifference): string {
  const rows = EFFECT_KINDS.map((kind) => [KINDS[kind], countText(total[kind])]).filter(([, text]) => text !== '');
  const levelRows = levels.map(({ reading, a, b }) => ['level', `${a ?? 'none'} | ${b ?? 'none'}  ${READING_TITLES[reading]}`]);
  return aligned([...rows, ...levelRows] as readonly string[][]);
}

function lackingText({ levels }: SystemDifference, { columns }: Page): string {
  const lines = levels.flatMap(({ reading, a, b, lackingA, lackingB }) => [
    lackingA.length === 0 ? '' : wrap(`< beyond ${a ?? 'none'}, ${READING_TITLES[reading]}: ${lackingA.join(' ')}`, columns, '  '),
    lackingB.length === 0 ? '' : wrap(`> beyond ${b ?? 'none'}, ${READING_TITLES[reading]}: ${lackingB.join(' ')}`, columns, '  '),
  ]);
  return lines
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join('');
}

function hasAny(group: DifferenceGroup, kinds: readonly EffectKind[]): boolean {
  return kinds.some((kind) => group[kind].onlyA.length + group[kind].onlyB.length > 0);
}

/** Registers that one side does not know: they are named once, not field by field. */
function unknownText(groups: readonly DifferenceGroup[], { columns }: Page): string {
  const registersOf = (side: 'a' | 'b'): string => {
    const fields = groups.flatMap(({ cause }) => (cause.kind === 'field' && cause[side] === undefined ? [cause.path.split('.')[0]!] : []));
    return [...new Set(fields)].join(' ');
  };
  const line = (mark: string, names: string): string => (names === '' ? '' : `${wrap(`${mark} does not know ${names}`, columns, '  ')}\n`);
  return line('<', registersOf('a')) + line('>', registersOf('b'));
}

/** Prints a difference: what it comes to, then each cause with its effects, those that programs see first. */
export async function printDifference(difference: SystemDifference, a: Subject, b: Subject, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const page: Page = { a, b, palette, columns: io.columns };
  const title = (mark: string, { name, kernel, system }: Subject): string =>
    hanging(`${printable(name)} · ${kernelTitle(kernel, system.release)}`, io.columns, `${mark} `).replace(printable(name), (text) =>
      palette.strong(text),
    );
  const head = title('<', a) + title('>', b);
  if (difference.identical) return `${head}\nNo difference.\n`;
  const { groups } = difference;
  const seen = groups.filter((group) => hasAny(group, ['hwcaps', 'compat']));
  const hidden = groups.filter((group) => !seen.includes(group) && hasAny(group, EFFECT_KINDS));
  const silent = groups.filter((group) => !hasAny(group, EFFECT_KINDS));
  const isKnown = ({ cause }: DifferenceGroup): boolean => cause.kind !== 'field' || (cause.a !== undefined && cause.b !== undefined);
  const section = (heading: string, body: string): string => (body === '' ? '' : `\n${palette.head(heading)}\n${body}`);
  return [
    head,
    section('In all', summary(difference)),
    section('What differs, and what comes of it for programs', seen.map((group) => groupText(group, page)).join('')),
    section('What changes FEAT_* or cpucaps only', hidden.map((group) => groupText(group, page)).join('')),
    section(
      'What differs without such an effect',
      silent
        .filter(isKnown)
        .map(({ cause }) => causeLine(cause, page))
        .join('') + unknownText(silent, page),
    ),
    section('What holds the lower level back', lackingText(difference, page)),
  ].join('');
}

function fieldObject(decoded: DecodedField | undefined): object | null {
  return decoded === undefined ? null : { raw: formatHex(decoded.raw), name: decoded.name, meaning: decoded.meaning };
}

function causeObject(cause: DifferenceCause): object {
  const midrs = (values: readonly (bigint | undefined)[]): readonly (string | null)[] =>
    values.map((value) => (value === undefined ? null : formatHex(value)));
  if (cause.kind === 'field') return { kind: cause.kind, path: cause.path, a: fieldObject(cause.a), b: fieldObject(cause.b) };
  if (cause.kind === 'cores') return { kind: cause.kind, a: midrs(cause.a), b: midrs(cause.b) };
  return cause;
}

/** A difference as JSON: 64-bit values as text. */
export function differenceObject({ groups, total, levels, identical }: SystemDifference, a: Subject, b: Subject): object {
  const subject = ({ name, kernel, system }: Subject): object => ({
    name,
    release: system.release,
    config: kernel.config ?? 'defconfig',
    cmdline: kernel.cmdline ?? '',
  });
  return {
    a: subject(a),
    b: subject(b),
    identical,
    total,
    levels,
    groups: groups.map(({ cause, ...effects }) => ({ cause: causeObject(cause), ...effects })),
  };
}
