import { type GeneratedFile, header, readSpec } from './spec-file.ts';

interface FreebsdFile {
  readonly registers: readonly {
    readonly label: string;
    readonly register: string;
    readonly fields: readonly { readonly name: string; readonly values: Readonly<Record<string, string>> }[];
  }[];
  readonly oldTexts: Readonly<Record<string, string>>;
}

interface FamiliesFile {
  readonly rows: readonly { readonly number: string; readonly name: string; readonly chips: readonly (readonly string[])[] }[];
}

function generateFamilies(): GeneratedFile {
  const path = 'formats/macos-cpu-families.json';
  const { rows } = readSpec<FamiliesFile>(path);
  const entries = rows.map(({ number, chips }) => `  [${number}, ${JSON.stringify(chips).replaceAll('"', '')}],\n`).join('');
  const text = `${header(`spec-data/${path}`)}
/** The chips of which macOS says a number, each by the parts of its cores. */
export const MACOS_CPU_FAMILIES: ReadonlyMap<number, readonly (readonly number[])[]> = new Map([
${entries}]);
`;
  return { path: 'src/formats/generated/macos.ts', text };
}

interface TargetsFile {
  readonly rows: readonly { readonly name: string; readonly implementer: string; readonly hwcaps: readonly string[] }[];
}

function generateTargets(): GeneratedFile {
  const path = 'formats/archspec-targets.json';
  const { rows } = readSpec<TargetsFile>(path);
  const entries = rows
    .map(({ name, implementer, hwcaps }) => `  ['${name}', { implementer: ${implementer}, hwcaps: ${JSON.stringify(hwcaps)} }],\n`)
    .join('');
  const text = `${header(`spec-data/${path}`)}
import type { ArchspecTarget } from '../archspec.ts';

/** Targets of archspec by their names. */
export const ARCHSPEC_TARGETS: ReadonlyMap<string, ArchspecTarget> = new Map([
${entries}]);
`;
  return { path: 'src/formats/generated/archspec.ts', text };
}

/** The texts of a field in one string, as a `FreebsdRow` has it. */
function fieldText({ name, values }: FreebsdFile['registers'][number]['fields'][number]): string {
  const most = Math.max(...Object.keys(values).map(Number));
  const texts = Array.from({ length: most + 1 }, (_, value) => values[value] ?? '-').join('|');
  return texts === `|${name}` ? name : `${name}=${texts}`;
}

/** How other systems word what they print, as the readers take it. */
export function generateFormats(): readonly GeneratedFile[] {
  const path = 'formats/freebsd-registers.json';
  const { registers, oldTexts } = readSpec<FreebsdFile>(path);
  const rows = registers
    .map(({ label, register, fields }) => `  ['${label}', '${register}', '${fields.map(fieldText).join()}'],\n`)
    .join('');
  const text = `${header(`spec-data/${path}`)}
import type { FreebsdRow } from '../freebsd-register.ts';

/** The registers that FreeBSD prints, in its order. */
export const FREEBSD_ROWS: readonly FreebsdRow[] = [
${rows}];

/** What old releases printed → what those of today print. */
export const FREEBSD_OLD_TEXTS: Readonly<Record<string, string>> = ${JSON.stringify(oldTexts)};
`;
  return [{ path: 'src/formats/generated/freebsd.ts', text }, generateFamilies(), generateTargets()];
}
