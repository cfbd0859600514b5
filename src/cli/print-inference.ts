import type { FieldBounds, Inference } from '../answers/infer.ts';
import { kvmBelow } from '../answers/kvm-hwcaps.ts';
import { formatBounds, formatCause, formatCoreFits, formatInferenceVerdict, formatLevelBounds } from '../formats/inference-words.ts';
import { formatKvmBelow } from '../formats/kvm-below.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

function levelLine({ usualLevels, newest }: Inference): string {
  const all = formatLevelBounds(usualLevels);
  const own = newest === undefined ? all : formatLevelBounds(newest.levels);
  return all === own ? all : `${all}; with Linux ${newest!.release}, ${own}`;
}

function coreLine({ cores, line }: Inference): string {
  if (line.vocabulary === 'arm32') return '';
  return cores.length === 0 ? 'none of the known machines' : formatCoreFits(cores);
}

/** Which hosts it takes if the line was printed in a guest. */
function guestLine({ line, verdict }: Inference): string {
  return verdict === 'unexplained' || line.vocabulary !== 'native' ? '' : formatKvmBelow(kvmBelow(line.names));
}

function fieldRows(fields: readonly FieldBounds[]): readonly (readonly string[])[] {
  return fields.map((field) => {
    const [sure, usual] = [formatBounds(field), formatBounds(field.usual)];
    return [field.path, sure, usual === sure ? '' : usual];
  });
}

function section(heading: string, body: string, palette: Palette): string {
  return body === '' ? '' : `\n${palette.head(heading)}\n${body}`;
}

function wrapped(names: readonly string[], columns: number): string {
  return names.length === 0 ? '' : `${wrap(names.join(' '), columns, '  ')}\n`;
}

function featureSections(inference: Inference, { columns }: Io, palette: Palette): string {
  const { archFeatures, usualArchFeatures } = inference;
  const sure = new Set([...archFeatures.certain, ...archFeatures.impossible]);
  const unlikely = usualArchFeatures.impossible.filter((name) => !sure.has(name));
  const likely = usualArchFeatures.certain.filter((name) => !sure.has(name));
  return [
    section('Certain', wrapped(archFeatures.certain, columns), palette),
    section('Certain unless a value that Arm has not defined yet stands there', wrapped(likely, columns), palette),
    section('Impossible', wrapped(archFeatures.impossible, columns), palette),
    section('Not there if the kernel is built as usual', wrapped(unlikely, columns), palette),
    section('Possible (of all other FEAT_* the line says nothing)', wrapped(usualArchFeatures.possible, columns), palette),
  ].join('');
}

/** Writes an inference for a terminal: the verdict, then what it rests on. */
export async function printInference(inference: Inference, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const verdict = wrap(printable(formatInferenceVerdict(inference)), io.columns);
  const causes = inference.causes
    .map((cause) => `${wrap(printable(formatCause(cause)), io.columns, '    ').replace('    ', '  - ')}\n`)
    .join('');
  const facts = [
    ['level', levelLine(inference)],
    ['cores', coreLine(inference)],
    ['guest', guestLine(inference)],
  ]
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${wrap(printable(text!), io.columns, '         ').replace('         ', `  ${name!.padEnd(7)}`)}\n`)
    .join('');
  const head = [['field', 'certain', 'if built as usual'], ...fieldRows(inference.fields)];
  return [
    `${inference.verdict === 'unexplained' ? palette.bad(verdict) : palette.strong(verdict)}\n`,
    wrapped(inference.line.names, io.columns),
    section('What accounts for it', causes, palette),
    inference.line.vocabulary === 'arm32' ? '' : `\n${facts}`,
    featureSections(inference, io, palette),
    inference.fields.length === 0 ? '' : section('Fields', aligned(head), palette),
  ].join('');
}
