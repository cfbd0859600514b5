import { type GeneratedFile, header, readSpec, readSpecFolder } from './spec-file.ts';

/** A row of a register file: a named field, or a range without a name (`res`). */
interface FieldRow {
  readonly name?: string;
  readonly bits: readonly [number, number];
  readonly res?: 0 | 1 | 'unknown';
  readonly values?: Readonly<Record<string, { readonly name?: string }>>;
  readonly source?: unknown;
  readonly note?: string;
  readonly [key: string]: unknown;
}

interface RegisterFile {
  readonly name: string;
  readonly longName: string;
  readonly encoding: { readonly op0: number; readonly op1: number; readonly CRn: number; readonly CRm: number; readonly op2: number };
  readonly group: string;
  readonly access: string;
  readonly fields: readonly FieldRow[];
}

interface FeatureRow {
  readonly name: string;
  readonly linuxHwcaps?: readonly string[];
  readonly [key: string]: unknown;
}

interface FeatureFile {
  readonly features: readonly FeatureRow[];
}

interface LevelFile {
  readonly levels: readonly { readonly name: string; readonly [key: string]: unknown }[];
}

/** A row as the run-time tables have it: what only reviewers need is left out. */
function withoutProvenance(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _schema, source: _source, note: _note, ...rest } = row;
  return rest;
}

function union(name: string, summary: string, members: readonly string[]): string {
  const body = members.map((member) => `\n  | '${member}'`).join('');
  return `\n/** ${summary} */\nexport type ${name} =${body};\n`;
}

function byEncoding(a: RegisterFile, b: RegisterFile): number {
  const key = ({ encoding: { op0, op1, CRn, CRm, op2 } }: RegisterFile) => (((op0 * 8 + op1) * 16 + CRn) * 16 + CRm) * 8 + op2;
  return key(a) - key(b);
}

function namesFile(registers: readonly RegisterFile[], features: readonly string[], levels: readonly string[]): GeneratedFile {
  const paths = registers.flatMap(({ name, fields }) => fields.filter((field) => field.name).map((field) => `${name}.${field.name}`));
  const text = [
    header('spec-data/arch/'),
    union(
      'RegisterName',
      "A register in Arm's spelling.",
      registers.map(({ name }) => name),
    ),
    union('FieldPath', 'A field by register and name, such as `ID_AA64PFR0_EL1.AdvSIMD`.', [...new Set(paths)]),
    union('ArchFeatureName', 'An architecture feature, always with its prefix.', features),
    union('ArchLevelName', 'An architecture level, such as `Armv8.4-A`.', levels),
  ];
  return { path: 'src/arch/generated/names.ts', text: text.join('') };
}

/** The short names of a field's values from 0 on: `-` for a value that is reserved, nothing for one without a name. */
function valueNamesOf(values: FieldRow['values']): readonly string[] {
  const names: string[] = [];
  for (const [raw, { name }] of Object.entries(values ?? {})) names[Number(raw)] = name ?? '';
  return Array.from(names, (name) => name ?? '-');
}

/** Where every register and field is, and what values are called: small, for code that compares. Of two variants the first counts, as in findField. */
function fieldsFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.map(({ name: register, fields }) => {
    const told = new Map<string, string>();
    for (const { name, bits, sign, values } of fields) {
      if (!name || told.has(name)) continue;
      const names = values === undefined ? [] : [JSON.stringify(valueNamesOf(values).join())];
      told.set(name, `${name}: [${[...bits, sign === 'signed' ? 1 : 0, ...names].join(', ')}]`);
    }
    return `  ${register}: { ${[...told.values()].join(', ')} },\n`;
  });
  const encodings = registers.map(
    ({ name, encoding: { op0, op1, CRn, CRm, op2 } }) => `  ${name}: [${[op0, op1, CRn, CRm, op2].join(', ')}],\n`,
  );
  const text = `${header('spec-data/arch/registers/')}
import type { FieldHead } from '../field-bits.ts';
import type { RegisterName } from './names.ts';

/** op0, op1, CRn, CRm, op2 of every register, in the order of the encodings. */
export const ENCODINGS: Readonly<Record<RegisterName, readonly [number, number, number, number, number]>> = {
${encodings.join('')}};

/** Every field, by register and field. */
export const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldHead>>>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/fields.ts', text };
}

/** What every register is called and what it tells, without its fields: small, for what shows registers before anybody opens one. */
function registerHeadsFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.map(({ name, longName, group }) => `  ${name}: [${JSON.stringify(group)}, ${JSON.stringify(longName)}],\n`);
  const text = `${header('spec-data/arch/registers/')}
import type { RegisterDescriptor } from '../register-descriptor.ts';
import type { RegisterName } from './names.ts';

/** Group and long name of every register, in the order of the encodings. */
export const REGISTER_HEADS: Readonly<Record<RegisterName, readonly [RegisterDescriptor['group'], string]>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/register-heads.ts', text };
}

function fieldRow({ bits: [msb, lsb], name, ...rest }: FieldRow): string {
  return `      ${JSON.stringify({ name, msb, lsb, ...withoutProvenance(rest) })},\n`;
}

function registersFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.map(({ name, longName, group, access, fields }) => {
    const head = JSON.stringify({ name, longName, group, access }).slice(1, -1);
    return `  ${name}: {\n    ${head},\n    "fields": [\n${fields
      .filter((field) => field.name)
      .map(fieldRow)
      .join('')}    ],\n  },\n`;
  });
  const text = `${header('spec-data/arch/registers/')}
import type { RegisterDescriptor } from '../register-descriptor.ts';
import type { RegisterName } from './names.ts';

export type { RegisterName };

/** Every register, in the order of the encodings. */
export const REGISTERS: Readonly<Record<RegisterName, RegisterDescriptor>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/registers.ts', text };
}

/** Rows as the lines of an array. */
function rowLines(rows: readonly object[]): string {
  return rows.map((row) => `  ${JSON.stringify(withoutProvenance(row as Record<string, unknown>))},\n`).join('');
}

function rowsFile(file: string, from: string, type: string, constant: string, summary: string, rows: readonly object[]): GeneratedFile {
  const [typeName, module] = type.split('@') as [string, string];
  const text = `${header(from)}
import type { ${typeName} } from '../${module}.ts';

/** ${summary} */
export const ${constant}: readonly ${typeName}[] = [
${rowLines(rows)}];
`;
  return { path: `src/arch/generated/${file}.ts`, text };
}

/** What decides features and levels, each of which refers to the other. */
function rulesFile(features: readonly object[], levels: readonly object[]): GeneratedFile {
  const text = `${header('spec-data/arch/features/ and levels.json')}
import type { ArchFeatureTest } from '../arch-feature-descriptor.ts';
import type { ArchLevel } from '../level-descriptor.ts';

/** What is decided by architecture features, in the order of their heads. */
export const ARCH_FEATURE_RULES: readonly ArchFeatureTest[] = [
${rowLines(features)}];

/** Every architecture level, v8 before v9, without what is optional from it on: the features say that themselves. */
export const ARCH_LEVELS: readonly ArchLevel[] = [
${rowLines(levels)}];
`;
  return { path: 'src/arch/generated/arch-feature-rules.ts', text };
}

interface InstructionFile {
  readonly instructions: readonly {
    readonly name: string;
    readonly mask: string;
    readonly value: string;
    readonly archFeature?: string;
    readonly mnemonics?: readonly string[];
  }[];
}

function instructionsFile(): GeneratedFile {
  const path = 'arch/instructions.json';
  const rows = readSpec<InstructionFile>(path).instructions.map(({ mask, value, ...row }) => {
    const rest = JSON.stringify(row).slice(1, -1);
    return `  { mask: ${mask}, value: ${value}, ${rest} },\n`;
  });
  const text = `${header(`spec-data/${path}`)}
import type { InstructionRow } from '../instruction.ts';

/** Which architecture feature instructions belong to; of two rows that fit the first one counts. */
export const INSTRUCTIONS: readonly InstructionRow[] = [
${rows.join('')}];
`;
  return { path: 'src/arch/generated/instructions.ts', text };
}

/** What is said of an architecture feature and decides nothing: pages that only derive do without. */
const WORDS: ReadonlySet<string> = new Set([
  ...['description', 'category', 'extensionYear', 'gcc', 'confidence', 'introduced', 'mandatoryConditional'],
  ...['removedFrom', 'requires', 'requiresAny', 'excludes', 'identifiedElsewhere'],
]);

/** What is said of one first. */
const LEAD: ReadonlySet<string> = new Set(['description', 'introduced', 'gcc']);

/** What an architecture feature is called: the tables of the rest stand in the same order. */
const HEAD: ReadonlySet<string> = new Set(['name', 'linuxHwcaps', 'llvm']);

function partOf(row: object, isWanted: (key: string) => boolean): object {
  return Object.fromEntries(Object.entries(row).filter(([key]) => isWanted(key)));
}

/** What architecture features are called, and which of them programs meet by instructions alone. */
function headsFile(features: readonly FeatureRow[], bringing: ReadonlySet<string>): GeneratedFile {
  const met = features.filter(({ name, linuxHwcaps }) => linuxHwcaps === undefined && bringing.has(name));
  const text = `${header('spec-data/arch/features/ and mnemonics.json')}
import type { ArchFeatureHead } from '../arch-feature-descriptor.ts';

/** What every architecture feature is called, by name. */
export const ARCH_FEATURE_HEADS: readonly ArchFeatureHead[] = [
${rowLines(features.map((row) => partOf(row, (key) => HEAD.has(key))))}];

/** Those without a hwcap that bring instructions, without \`FEAT_\`. */
export const BRINGING_INSTRUCTIONS: string = '${met.map(({ name }) => name.replace('FEAT_', '')).join(' ')}';
`;
  return { path: 'src/arch/generated/arch-feature-heads.ts', text };
}

/** What is said of architecture features besides: who asks for the one soon asks for the other. */
function wordsFile(unmet: readonly object[], further: readonly object[]): GeneratedFile {
  const text = `${header('spec-data/arch/features/')}
import type { FurtherWords, LeadWords } from '../arch-feature-descriptor.ts';

/** What is said first of architecture features that programs do not meet, in the order of their heads. */
export const UNMET_FEATURE_LEADS: readonly LeadWords[] = [
${rowLines(unmet)}];

/** What else is said of all architecture features, in the order of their heads. */
export const ARCH_FEATURE_WORDS: readonly FurtherWords[] = [
${rowLines(further)}];
`;
  return { path: 'src/arch/generated/arch-feature-words.ts', text };
}

/** The tables of src/arch/: names, encodings, registers, architecture features and levels. */
export function generateArch(): readonly GeneratedFile[] {
  const registers = [...readSpecFolder<RegisterFile>('arch/registers')].sort(byEncoding);
  const features = readSpecFolder<FeatureFile>('arch/features')
    .flatMap((file) => file.features)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { levels } = readSpec<LevelFile>('arch/levels.json');
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
  const mnemonics = readSpec<{ readonly instructions: readonly { readonly archFeature: string }[] }>('arch/mnemonics.json').instructions;
  const bringing = new Set(mnemonics.map(({ archFeature }) => archFeature));
  const isMet = ({ name, linuxHwcaps }: FeatureRow): boolean => linuxHwcaps !== undefined || bringing.has(name);
  const leads = (rows: readonly FeatureRow[]) => rows.map((row) => partOf(row, (key) => LEAD.has(key)));
  return [
    namesFile(registers, names(features), names(levels)),
    fieldsFile(registers),
    registerHeadsFile(registers),
    registersFile(registers),
    headsFile(features, bringing),
    rulesFile(
      features.map((row) => partOf(row, (key) => !WORDS.has(key) && !HEAD.has(key))),
      levels.map((level) => partOf(level, (key) => key !== 'optional')),
    ),
    rowsFile(
      'arch-feature-leads',
      'spec-data/arch/features/',
      'LeadWords@arch-feature-descriptor',
      'ARCH_FEATURE_LEADS',
      'What is said first of architecture features that programs meet, in the order of their heads.',
      leads(features.filter(isMet)),
    ),
    wordsFile(
      leads(features.filter((row) => !isMet(row))),
      features.map((row) => partOf(row, (key) => WORDS.has(key) && !LEAD.has(key))),
    ),
    instructionsFile(),
    rowsFile(
      'mnemonics',
      'spec-data/arch/mnemonics.json',
      'MnemonicRow@arch-feature-descriptor',
      'MNEMONIC_ROWS',
      'The instructions that architecture features bring, by feature.',
      mnemonics,
    ),
  ];
}
