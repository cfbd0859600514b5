import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedFile, header, readSpec, SPEC_DATA } from './spec-file.ts';

interface TableFile {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

interface CaptureFile {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly files: readonly string[];
  readonly source: string;
  readonly notes: readonly string[];
}

type Table = readonly [file: string, constant: string, type: string];

/** What hypervisors do to a guest, what guests show, and what tells of hypervisors, apart: ways of bits need the second alone. */
const TABLES: Readonly<Record<string, readonly Table[]>> = {
  hypervisors: [
    ['hypervisors', 'HYPERVISOR_ROWS', 'Hypervisor'],
    ['templates', 'TEMPLATE_ROWS', 'BuiltInTemplate'],
    ['vmms', 'VMM_ROWS', 'VmmRow'],
  ],
  'guest-evidence': [['evidence', 'EVIDENCE_ROWS', 'GuestEvidence']],
  guest: [
    ['clues', 'CLUE_ROWS', 'ClueRow'],
    ['add-ons', 'ADD_ON_ROWS', 'AddOnRow'],
    ['virtio', 'VIRTIO_ROWS', 'VirtioRow'],
    ['hidden', 'HIDDEN_ROWS', 'HiddenRow'],
  ],
};

const FOLDER = 'src/formats/generated/captures';

/** A row without what only reviewers need. */
function rowLine({ source: _, note: __, ...row }: Readonly<Record<string, unknown>>): string {
  return `  ${JSON.stringify(row)},\n`;
}

function tables([name, own]: readonly [string, readonly Table[]]): GeneratedFile {
  const body = own.map(([file, constant, type]) => {
    const { rows } = readSpec<TableFile>(`guest/${file}.json`);
    return `\n/** From ${file}.json, in its order. */\nexport const ${constant}: readonly ${type}[] = [\n${rows.map(rowLine).join('')}];\n`;
  });
  const types = own.map(([, , type]) => type).sort();
  const text = `${header('spec-data/guest/')}\nimport type { ${types.join(', ')} } from '../guest/tables.ts';\n${body.join('')}`;
  return { path: `src/answers/generated/${name}.ts`, text };
}

function captureModule({ name, title, kind, files, source, notes }: CaptureFile): GeneratedFile {
  const texts = files.map((file) => ({ path: file, text: readFileSync(join(SPEC_DATA, 'captures', name, file), 'utf8') }));
  const text = `${header(`spec-data/captures/${name}/`)}
import type { KnownCapture } from '../../known-capture.ts';

export const CAPTURE: KnownCapture = ${JSON.stringify({ name, title, kind, source, notes, files: texts }, null, 2)};
`;
  return { path: `${FOLDER}/${name}.ts`, text };
}

function captureIndex(captures: readonly CaptureFile[]): GeneratedFile {
  const loaders = captures.map(({ name }) => `  [${JSON.stringify(name)}, () => import('./${name}.ts')],\n`).join('');
  const text = `${header('spec-data/captures/')}
import type { KnownCapture } from '../../known-capture.ts';

/** How to fetch each capture. */
export const CAPTURE_LOADERS: ReadonlyMap<string, () => Promise<{ readonly CAPTURE: KnownCapture }>> = new Map([
${loaders}]);
`;
  return { path: `${FOLDER}/index.ts`, text };
}

/** The tables about guests, and a module for each known capture. */
export function generateGuest(): readonly GeneratedFile[] {
  const captures = readdirSync(join(SPEC_DATA, 'captures'))
    .filter((name) => existsSync(join(SPEC_DATA, 'captures', name, 'capture.json')))
    .sort()
    .map((name) => readSpec<CaptureFile>(`captures/${name}/capture.json`));
  return [...Object.entries(TABLES).map(tables), captureIndex(captures), ...captures.map(captureModule)];
}
