import { knownMachine } from '../../answers/known-machine.ts';
import { coreName } from '../../formats/core-name.ts';
import { formatFeaturesLine } from '../../formats/features-line.ts';
import { findMachine, KNOWN_MACHINES, type KnownMachine, MACHINE_KINDS } from '../../silicon/known-machine.ts';
import { machineNotes } from '../../silicon/machine-notes.ts';
import type { Io } from '../io.ts';
import { paletteOf, wrap } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

/** The CPUs in runs of the same core: `4 × ARM Cortex-A72 r0p3`. */
function coreRuns({ machine: { cpus } }: KnownMachine): readonly string[] {
  const runs: { name: string; count: number }[] = [];
  for (const { registers, partly } of cpus) {
    const name = coreName(registers.MIDR_EL1 ?? partly?.MIDR_EL1?.value);
    const last = runs.at(-1);
    if (last?.name === name) last.count++;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => `${count} × ${name}`);
}

async function describe(known: KnownMachine, io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  const { name, title, kind, description, recorded, source } = known;
  const notes = machineNotes(name);
  const lines = [
    `${palette.head(name)}  ${title}`,
    `  ${kind}; ${coreRuns(known).join(', ')}`,
    wrap(description, io.columns, '  '),
    wrap(`source: ${source}`, io.columns, '  '),
  ];
  if (recorded !== undefined) {
    lines.push(
      '',
      palette.head(`Recorded, Linux ${recorded.release}`),
      formatFeaturesLine(recorded.features, { head: ' ', width: io.columns }),
    );
  }
  if (notes.length > 0) lines.push('', palette.head('Notes'), ...notes.map((note) => wrap(note, io.columns, '  ')));
  const object = {
    name,
    title,
    kind,
    cores: coreRuns(known),
    description,
    release: recorded?.release,
    features: recorded?.features,
    source,
    notes,
  };
  return { text: `${lines.join('\n')}\n`, object };
}

/** The machines that come with the package. */
export function machineCatalogue(): Catalogue {
  return {
    items: MACHINE_KINDS.flatMap((kind) => KNOWN_MACHINES.filter((row) => row.kind === kind)).map((row) => ({
      name: row.name,
      columns: [row.kind, row.aliases === undefined ? row.title : `${row.title} (also ${row.aliases.join(', ')})`],
      object: row,
    })),
    async detail(name, io) {
      return findMachine(name) === undefined ? undefined : describe(await knownMachine(name), io);
    },
  };
}
