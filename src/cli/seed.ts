import { answerSeed, type Checked, type SeedAnswer, type SeedRow } from '../answers/seed.ts';
import type { ArchFeature } from '../arch/arch-feature.ts';
import { formatFeaturesLine } from '../formats/features-line.ts';
import { type AnswerHead, formatAnswer, kernelJson } from '../formats/json.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { JSON_OPTION } from './options.ts';
import { kernelTitle } from './print-system.ts';
import { type Palette, paletteOf, wrap } from './style.ts';

function checkText({ agrees, missing, extra }: Checked, palette: Palette): string {
  if (agrees) return palette.good('✓ the same line as was recorded');
  const parts = [
    missing.length === 0 ? '' : `not derived: ${missing.join(' ')}`,
    extra.length === 0 ? '' : `not recorded: ${extra.join(' ')}`,
  ];
  const said = parts.filter((part) => part !== '').join('; ');
  return palette.bad(`✗ ${said === '' ? 'the order differs' : said}`);
}

function machineText(checked: Checked, palette: Palette, io: Io): string {
  const { known, kernel, system } = checked;
  const assumed = known.kind === 'reconstructed' ? 'registers reconstructed' : `registers: ${known.kind}`;
  return [
    palette.head(known.title),
    palette.dim(`  ${known.name} · ${kernelTitle(kernel, system.release)} · ${assumed}`),
    formatFeaturesLine(system.hwcaps.names, { head: ' ', width: io.columns }),
    `  ${checkText(checked, palette)}`,
    '',
  ].join('\n');
}

/** `Armv8.4-A` as a column has room for it. */
function shortLevel(level: string): string {
  return level.replace(/^Arm/, '').replace(/-A$/, '');
}

function mandate({ mandatoryFrom, mandatoryConditional, optionalFrom, introduced }: ArchFeature): string {
  const from = shortLevel(optionalFrom ?? introduced.level);
  const must = mandatoryFrom ?? mandatoryConditional?.[0]?.from;
  return must === undefined ? `; optional, from ${from} on` : `; optional from ${from}, mandatory from ${shortLevel(must)}`;
}

const WIDTHS = [8, 25, 11, 13, 6] as const;

function columns(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
    .join(' ')
    .trimEnd();
}

function rowText({ entry, archFeature, condition, value, otherValue }: SeedRow, palette: Palette, io: Io): string {
  const cells = [
    entry.name,
    condition.field,
    `${otherValue} → ${value} (≥${condition.atLeast})`,
    archFeature?.name ?? '',
    archFeature === undefined ? '' : shortLevel(archFeature.introduced.level),
    entry.since,
  ];
  const line = columns(cells);
  const about = archFeature === undefined ? '' : `${archFeature.description}${mandate(archFeature)}`;
  return `  ${palette.strong(line.slice(0, WIDTHS[0]))}${line.slice(WIDTHS[0])}\n${palette.dim(wrap(about, io.columns, '           '))}\n`;
}

/** What the author of the question had noted, and what is to be said of it. */
const NOTES: readonly (readonly [hwcaps: string, text: string])[] = [
  ['lrcpc', 'confirmed: v8.3 made it mandatory; cores from v8.2 on may have it.'],
  ['sha3 sha512', 'not from SVE2: they are optional Armv8.2 extensions of Advanced SIMD. SVE2 has its own, shown as svesha3.'],
  ['dit uscat', 'confirmed: v8.4; uscat is atomicity of unaligned accesses (LSE2), more than relaxed alignment.'],
  ['flagm flagm2', 'confirmed: v8.4 and v8.5.'],
  [
    'ssbs sb',
    'right that v8.0 cores may have them; they belong to v8.5, and sb is mandatory from there on. ssbs means that EL0 may set PSTATE.SSBS itself (SSBS2).',
  ],
  ['paca pacg', 'v8.3: one feature, two hwcaps, for address keys and the generic key.'],
  ['frint', 'v8.5: FRINT32Z, FRINT32X, FRINT64Z, FRINT64X.'],
  ['dcpodp', 'was not explained: DC CVADP, v8.5; the Kunpeng has its v8.2 sister, dcpop.'],
];

function notesText(io: Io, palette: Palette): string {
  const label = 15;
  return NOTES.map(([hwcaps, text]) => {
    const body = wrap(text, io.columns, ' '.repeat(label)).slice(label);
    return `  ${palette.strong(hwcaps.padEnd(label - 2))}${body}\n`;
  }).join('');
}

function ilrcpcText({ rows }: SeedAnswer, io: Io): string {
  const row = rows.find(({ entry }) => entry.name === 'ilrcpc');
  if (row === undefined) return '';
  const text =
    'ilrcpc is an RCpc function indeed: "immediate LRCPC". It says that LDAPUR and STLUR are there, load-acquire RCpc and store-release ' +
    `with an immediate offset. It is shown by ${row.condition.field} ≥ ${row.condition.atLeast} (${row.archFeature?.name ?? 'FEAT_LRCPC2'}, Armv8.4), where lrcpc needs 1 only; Linux prints it since ${row.entry.since}.`;
  return `${wrap(text, io.columns, '  ')}\n`;
}

function conclusionText(io: Io): string {
  const text =
    'So "more, mainly because of v8.4" holds for four of them (dit uscat ilrcpc flagm). Five belong to v8.5 (ssbs sb dcpodp flagm2 ' +
    'frint), three to v8.3 (lrcpc paca pacg), two are optional extensions of v8.2 (sha3 sha512). The Kunpeng is a v8.2 core with some of v8.3 and v8.4 (jscvt fcma asimdfhm).';
  return `${wrap(text, io.columns, '  ')}\n`;
}

async function printSeed(answer: SeedAnswer, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { first, second, rows } = answer;
  const list = rows.map((row) => rowText(row, palette, io)).join('');
  return [
    machineText(first, palette, io),
    '\n',
    machineText(second, palette, io),
    `\n${palette.head(`What the first has more: ${rows.length} hwcaps`)}\n`,
    palette.dim('  (value: on the second → on the first, and what the hwcap needs)\n'),
    palette.dim(`  ${columns(['hwcap', 'ID field', 'value', 'FEAT_*', 'Arm', 'Linux'])}\n`),
    list,
    `\n${palette.head('ilrcpc')}\n${ilrcpcText(answer, io)}`,
    `\n${palette.head('What the author had noted')}\n${notesText(io, palette)}`,
    `\n${conclusionText(io)}`,
  ].join('');
}

function seedHead({ first, second }: SeedAnswer): AnswerHead {
  return { subject: [first, second].map(({ known, kernel }) => ({ name: known.name, title: known.title, kernel: kernelJson(kernel) })) };
}

function seedObject({ first, second, rows }: SeedAnswer): object {
  const machine = ({ name, system, recorded, agrees, missing, extra }: Checked): object => ({
    name,
    features: system.hwcaps.names,
    recorded,
    agrees,
    missing,
    extra,
  });
  return {
    machines: [machine(first), machine(second)],
    rows: rows.map(({ entry, archFeature, condition, value, otherValue }) => ({
      hwcap: entry.name,
      field: condition.field,
      atLeast: condition.atLeast,
      value: Number(value),
      otherValue: Number(otherValue),
      archFeature: archFeature?.name,
      description: archFeature?.description,
      level: archFeature?.introduced.level,
      since: entry.since,
    })),
  };
}

/** `armlens seed`: the question that started the project, answered; `npm start` runs it. */
export const seed: Command = {
  name: 'seed',
  summary: 'what an M1 guest has more than a Kunpeng 920, and where each hwcap comes from',
  args: [],
  options: [JSON_OPTION],
  examples: ['armlens seed', 'armlens seed --json'],
  guide: 'index',
  async run({ values, io }) {
    const answer = await answerSeed();
    await io.write(values.json === true ? formatAnswer('seed', seedHead(answer), seedObject(answer)) : await printSeed(answer, io));
    return answer.first.agrees && answer.second.agrees ? EXIT.ok : EXIT.differs;
  },
};
