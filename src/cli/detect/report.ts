import type { Capture } from '../../answers/capture.ts';
import { type ArchFeatureName, findArchFeature } from '../../arch/arch-feature.ts';
import { archFeatureBounds, type FieldBound } from '../../arch/arch-feature-bounds.ts';
import { formatFeaturesLine } from '../../formats/features-line.ts';
import { given } from '../../given.ts';
import type { Io } from '../io.ts';
import { printable } from '../printable.ts';
import { paletteOf, wrap } from '../style.ts';
import { type Observation, REFUSAL_WORDS } from './observation.ts';

/** A command to run on the Arm machine, and what it gives. */
export interface Recipe {
  readonly system: string;
  readonly command: string;
}

/** What to run on an Arm machine, for a person who sits at another one. */
export const RECIPES: readonly Recipe[] = [
  { system: 'Linux', command: 'cat /proc/cpuinfo > cpuinfo.txt; LD_SHOW_AUXV=1 /bin/true > auxv.txt; cat /proc/version > version.txt' },
  { system: 'Linux', command: 'grep . /sys/devices/system/cpu/cpu*/regs/identification/* > midr.txt' },
  { system: 'macOS', command: 'sysctl hw machdep.cpu > sysctl.txt' },
  { system: 'Windows', command: 'reg export HKLM\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor cpus.reg' },
];

/** Puts what several sources say of one machine together. No two of them speak of the same. */
export function combine(observations: readonly Observation[]): Capture {
  const captures = observations.map(({ capture }) => capture);
  const kernel = Object.assign({}, ...captures.map((capture) => capture.kernel ?? {})) as NonNullable<Capture['kernel']>;
  // The running kernel names itself; the release in the header of its configuration lacks what the build adds.
  const release = captures.find((capture) => capture.kernel?.release !== undefined)?.kernel?.release;
  const all = Object.assign({}, ...captures) as Capture;
  return Object.keys(kernel).length === 0 ? all : { ...all, kernel: { ...kernel, ...given({ release }) } };
}

/** The bounds of fields that follow from named architecture features, as `2..3`, `2..` or `..1`. */
export function boundTexts({ archFeatures }: Capture): Readonly<Record<string, string>> {
  const known = (names: readonly string[]): readonly ArchFeatureName[] => names.flatMap((name) => findArchFeature(name)?.name ?? []);
  const bounds = archFeatureBounds(known(archFeatures?.present ?? []), known(archFeatures?.absent ?? []));
  const shown = ({ min, max }: FieldBound): string => (min === max ? String(min) : `${min ?? ''}..${max ?? ''}`);
  return Object.fromEntries([...bounds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bound]) => [path, shown(bound)]));
}

function section(heading: string, rows: readonly (readonly [string, string])[], columns: number): string {
  if (rows.length === 0) return '';
  const lines = rows.map(([source, says]) => `  ${source}\n${wrap(says, columns, '      ')}\n`);
  return `${heading}\n${lines.join('')}`;
}

/** Writes what was found on a machine, and what was not. */
export async function printReport(observations: readonly Observation[], io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const read = observations.filter(({ outcome }) => outcome === 'read');
  const rest = observations.filter(({ outcome }) => outcome !== 'read');
  const capture = combine(observations);
  const entries = capture.cpuinfo ?? capture.cpuinfo32 ?? [];
  const features = entries[0]?.features ?? [];
  const mixed = new Set(entries.map((entry) => entry.features.join(' '))).size > 1;
  const parts = [
    capture.title === undefined ? '' : `${palette.head(printable(capture.title))}\n\n`,
    section(
      palette.head('Read'),
      read.map(({ source, says }) => [source, printable(says)]),
      io.columns,
    ),
    features.length === 0
      ? ''
      : `\n${palette.head(mixed ? 'Features of the first CPU' : 'Features')}\n${printable(formatFeaturesLine(features, { head: ' ', width: io.columns }))}\n`,
    listed('Architecture features', capture.archFeatures?.present ?? [], io.columns, palette.head),
    listed(
      'Fields of ID registers, as far as that tells',
      Object.entries(boundTexts(capture)).map(([path, bound]) => `${path}=${bound}`),
      io.columns,
      palette.head,
    ),
    rest.length === 0 ? '' : '\n',
    section(
      palette.head('Not read, and what that hides'),
      rest.map(({ source, outcome, says }) => [`${source} (${REFUSAL_WORDS[outcome as keyof typeof REFUSAL_WORDS]})`, printable(says)]),
      io.columns,
    ),
  ];
  return parts.join('');
}

function listed(heading: string, names: readonly string[], columns: number, head: (text: string) => string): string {
  return names.length === 0 ? '' : `\n${head(heading)}\n${wrap(printable(names.join(' ')), columns, '  ')}\n`;
}

/** Says that there is no Arm CPU here, and what to do instead. */
export function elsewhereText(architecture: string): string {
  const lines = RECIPES.map(({ system, command }) => `  ${system.padEnd(8)} ${command}\n`);
  return `This process runs on ${architecture}: there is no Arm CPU to look at here.\n\nOn the Arm machine, run\n${lines.join('')}\nand give the files to armlens here; it recognises each by itself. Or look at a tree copied from a Linux machine: armlens detect --root DIR\n`;
}
