import { type GeneratedFile, header, readSpec, readSpecFolder } from './spec-file.ts';

/** A row of a register file: a named field, or a range without a name (`res`). */
interface FieldRow {
  readonly name?: string;
  readonly bits: readonly [number, number];
  readonly res?: 0 | 1 | 'unknown';
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

interface FeatureFile {
  readonly features: readonly { readonly name: string; readonly [key: string]: unknown }[];
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

function encodingsFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.map(
    ({ name, encoding: { op0, op1, CRn, CRm, op2 } }) => `  ${name}: [${[op0, op1, CRn, CRm, op2].join(', ')}],\n`,
  );
  const text = `${header('spec-data/arch/registers/')}
import type { RegisterName } from './names.ts';

/** op0, op1, CRn, CRm, op2 of every register, in the order of the encodings. */
export const ENCODINGS: Readonly<Record<RegisterName, readonly [number, number, number, number, number]>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/encodings.ts', text };
}

/** Where every field is, and nothing else: small, for code that only compares. Of two variants the first counts, as in findField. */
function fieldBitsFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.map(({ name: register, fields }) => {
    const bits = new Map<string, string>();
    for (const { name, bits: range, sign } of fields) {
      if (name && !bits.has(name)) bits.set(name, `${name}: [${range.join(', ')}, ${sign === 'signed' ? 1 : 0}]`);
    }
    return `  ${register}: { ${[...bits.values()].join(', ')} },\n`;
  });
  const text = `${header('spec-data/arch/registers/')}
/** msb, lsb and sign (1: signed) of every field, by register and field. */
export const FIELD_BITS: Readonly<Record<string, Readonly<Record<string, readonly [number, number, 0 | 1]>>>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/field-bits.ts', text };
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

/** The short names of fields' values; of two variants the first counts. A value without one has an empty name. */
function fieldValuesFile(registers: readonly RegisterFile[]): GeneratedFile {
  const rows = registers.flatMap(({ name: register, fields }) => {
    const told = new Map<string, string>();
    for (const { name, values } of fields) {
      if (!name || told.has(name) || values === undefined) continue;
      const names = Object.entries(values as Readonly<Record<string, { readonly name?: string }>>).map(([raw, one]) => [
        raw,
        one.name ?? '',
      ]);
      told.set(name, JSON.stringify(Object.fromEntries(names)));
    }
    return told.size === 0 ? [] : [`  ${register}: { ${[...told].map(([name, values]) => `${name}: ${values}`).join(', ')} },\n`];
  });
  const text = `${header('spec-data/arch/registers/')}
/** The names of the values of every field that has any, by register, field and unsigned value; empty: a value without a name. */
export const FIELD_VALUES: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
${rows.join('')}};
`;
  return { path: 'src/arch/generated/field-values.ts', text };
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

function rowsFile(file: string, from: string, type: string, constant: string, summary: string, rows: readonly object[]): GeneratedFile {
  const [typeName, module] = type.split('@') as [string, string];
  const lines = rows.map((row) => `  ${JSON.stringify(withoutProvenance(row as Record<string, unknown>))},\n`);
  const text = `${header(from)}
import type { ${typeName} } from '../${module}.ts';

/** ${summary} */
export const ${constant}: readonly ${typeName}[] = [
${lines.join('')}];
`;
  return { path: `src/arch/generated/${file}.ts`, text };
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

function partOf(row: object, isWanted: (key: string) => boolean): object {
  return Object.fromEntries(Object.entries(row).filter(([key]) => isWanted(key)));
}

/** The tables of src/arch/: names, encodings, registers, architecture features and levels. */
export function generateArch(): readonly GeneratedFile[] {
  const registers = [...readSpecFolder<RegisterFile>('arch/registers')].sort(byEncoding);
  const features = readSpecFolder<FeatureFile>('arch/features')
    .flatMap((file) => file.features)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { levels } = readSpec<LevelFile>('arch/levels.json');
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
  return [
    namesFile(registers, names(features), names(levels)),
    encodingsFile(registers),
    fieldBitsFile(registers),
    registerHeadsFile(registers),
    fieldValuesFile(registers),
    registersFile(registers),
    rowsFile(
      'arch-feature-rules',
      'spec-data/arch/features/',
      'ArchFeatureRule@arch-feature-descriptor',
      'ARCH_FEATURE_RULES',
      'What is decided by every architecture feature, by name.',
      features.map((row) => partOf(row, (key) => !WORDS.has(key))),
    ),
    rowsFile(
      'arch-feature-words',
      'spec-data/arch/features/',
      'ArchFeatureWords@arch-feature-descriptor',
      'ARCH_FEATURE_WORDS',
      'What is said of them, in the same order.',
      features.map((row) => partOf(row, (key) => WORDS.has(key))),
    ),
    rowsFile(
      'levels',
      'spec-data/arch/levels.json',
      'ArchLevel@level-descriptor',
      'ARCH_LEVELS',
      'Every architecture level, v8 before v9, without what is optional from it on: the features say that themselves.',
      levels.map((level) => partOf(level, (key) => key !== 'optional')),
    ),
    instructionsFile(),
    rowsFile(
      'mnemonics',
      'spec-data/arch/mnemonics.json',
      'MnemonicRow@arch-feature-descriptor',
      'MNEMONIC_ROWS',
      'The instructions that architecture features bring, by feature.',
      readSpec<{ readonly instructions: readonly { readonly archFeature: string }[] }>('arch/mnemonics.json').instructions,
    ),
  ];
}
