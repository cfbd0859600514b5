import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MachineKind, WITNESSES } from '../../src/silicon/machine-descriptor.ts';
import { type GeneratedFile, header, readSpec, SPEC_DATA } from './spec-file.ts';

interface CpuRow {
  readonly core: string;
  readonly count?: number;
  readonly doubtful?: Readonly<Record<string, string>>;
  readonly registers: Readonly<Record<string, string>>;
  readonly sveVl?: readonly number[];
  readonly smeVl?: readonly number[];
}

interface RecordedRow {
  readonly features: string;
  readonly words?: readonly string[];
  readonly compatFeatures?: string;
  readonly compatWords?: readonly string[];
  readonly cpuinfo?: string;
  readonly [key: string]: unknown;
}

interface MachineFile {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly kind: MachineKind;
  readonly description: string;
  readonly cpus: readonly CpuRow[];
  readonly recorded?: RecordedRow;
  readonly source: string;
  readonly notes: readonly string[];
}

const FOLDER = 'src/silicon/generated/machines';

/** `  key: value,` lines of an object literal; a value that is undefined gives none. */
function lines(indent: string, entries: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${indent}${key}: ${value},\n`)
    .join('');
}

const names = (text: string | undefined): string | undefined => (text === undefined ? undefined : JSON.stringify(text.split(' ')));
/** A word without the zeros before it: the files repeat many, and are fetched. */
const literal = (word: string): string => `${word.replace(/^0x0+(?=.)/, '0x')}n`;
const words = (values: readonly string[] | undefined): string | undefined => values && `[${values.map(literal).join(', ')}]`;

/** Whether a machine is asked of its cores: then its CPUs lie with those of all others that are. */
const isWitness = ({ kind }: MachineFile): boolean => WITNESSES.flat().includes(kind);

/** A word of which the bits under a mask are not known. */
function partialLiteral(word: string, mask: string): string {
  const open = BigInt(mask);
  const hex = (value: bigint): string => `0x${value.toString(16)}n`;
  return `{ value: ${hex(BigInt(word) & ~open)}, open: ${hex(open)} }`;
}

function cpuLiteral({ count, doubtful = {}, registers, sveVl, smeVl }: CpuRow): string {
  const file = (of: Readonly<Record<string, string>>): string => `{\n${lines('        ', of)}      }`;
  const whole = Object.entries(registers).flatMap(([name, value]) => (name in doubtful ? [] : [[name, literal(value)]]));
  const partly = Object.entries(doubtful).map(([name, mask]) => [name, partialLiteral(registers[name]!, mask)]);
  const entries = {
    count: count?.toString(),
    sveVl: sveVl && JSON.stringify(sveVl),
    smeVl: smeVl && JSON.stringify(smeVl),
    registers: file(Object.fromEntries(whole)),
    partly: partly.length === 0 ? undefined : file(Object.fromEntries(partly)),
  };
  return `    {\n${lines('      ', entries)}    },\n`;
}

/** The recording as TypeScript; the text of /proc/cpuinfo comes from its file. */
function recordedLiteral(folder: string, recorded: RecordedRow): string {
  const { features, words: hwcaps, compatFeatures, compatWords, cpuinfo, source, ...plain } = recorded;
  const text = cpuinfo && JSON.stringify(readFileSync(join(folder, cpuinfo), 'utf8'));
  const entries = {
    ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, JSON.stringify(value)])),
    features: names(features),
    words: words(hwcaps),
    compatFeatures: names(compatFeatures),
    compatWords: words(compatWords),
    cpuinfo: text,
    source: JSON.stringify(source),
  };
  return `{\n${lines('    ', entries)}  }`;
}

const cpusLiteral = (cpus: readonly CpuRow[]): string => `[\n${cpus.map(cpuLiteral).join('')}  ]`;

function machineLiteral(machine: MachineFile): string {
  const { name, description, cpus, recorded, source } = machine;
  const folder = join(SPEC_DATA, 'machines', name);
  const body = lines('  ', {
    description: JSON.stringify(description),
    cpus: isWitness(machine) ? undefined : cpusLiteral(cpus),
    recorded: recorded && recordedLiteral(folder, recorded),
    source: JSON.stringify(source),
  });
  return `  ${JSON.stringify(name)}: {\n${body}  },\n`;
}

/** Kinds of few machines lie in the module of another kind. */
const BESIDE: Readonly<Record<string, string>> = { manual: 'silicon', 'vendor-model': 'silicon', 'virtual-machine': 'silicon' };

const moduleOf = (kind: string): string => BESIDE[kind] ?? kind;

/** One module a kind of machines: to fetch a few larger files is quicker than many, and whoever reads one machine of a kind reads others. */
function kindModule(kind: string, machines: readonly MachineFile[]): GeneratedFile {
  const text = `${header('spec-data/machines/')}
import type { MachineRecord } from '../../machine-descriptor.ts';

export const MACHINES: Readonly<Record<string, MachineRecord>> = {
${machines.map(machineLiteral).join('')}};
`;
  return { path: `${FOLDER}/${kind}.ts`, text };
}

/** The CPUs of all machines that are asked of their cores: whoever reads one reads others. */
function witnessModule(machines: readonly MachineFile[]): GeneratedFile {
  const rows = machines.filter(isWitness).map(({ name, cpus }) => `  ${JSON.stringify(name)}: ${cpusLiteral(cpus)},\n`);
  const text = `${header('spec-data/machines/')}
import type { CpuRun } from '../../machine.ts';

/** Runs of equal CPUs, by the name of a machine. */
export const WITNESS_CPUS: Readonly<Record<string, readonly CpuRun[]>> = {
${rows.join('')}};
`;
  return { path: `${FOLDER}/witnesses.ts`, text };
}

/** What is only read by somebody who looks closer: by far the longest part of some machines. */
function notesModule(machines: readonly MachineFile[]): GeneratedFile {
  const rows = machines
    .filter(({ notes }) => notes.length > 0)
    .map(({ name, notes }) => `  ${JSON.stringify(name)}: [\n${notes.map((note) => `    ${JSON.stringify(note)},\n`).join('')}  ],\n`);
  const text = `${header('spec-data/machines/')}
/** Anomalies, assumptions and choices, a sentence or more each, by the name of a machine; absent: none. */
export const MACHINE_NOTES: Readonly<Record<string, readonly string[]>> = {
${rows.join('')}};
`;
  return { path: `${FOLDER}/notes.ts`, text };
}

function rowLine({ name, aliases, title, kind, cpus, recorded }: MachineFile): string {
  const cores = [...new Set(cpus.map(({ core }) => core))];
  const cpuCount = cpus.reduce((sum, { count = 1 }) => sum + count, 0);
  return `  ${JSON.stringify({ name, aliases, title, kind, cores, cpuCount, recorded: recorded !== undefined })},\n`;
}

function indexModule(machines: readonly MachineFile[]): GeneratedFile {
  const text = `${header('spec-data/machines/')}
import type { CpuRun } from '../../machine.ts';
import type { MachineKind, MachineRecord, MachineRow } from '../../machine-descriptor.ts';

/** The catalogue, by name. */
export const MACHINE_ROWS: readonly MachineRow[] = [
${machines.map(rowLine).join('')}];

/** How to fetch the machines of each kind, by name. */
export const MACHINE_LOADERS: Readonly<Record<MachineKind, () => Promise<{ readonly MACHINES: Readonly<Record<string, MachineRecord>> }>>> = {
${kindsOf(machines)
  .map((kind) => `  ${JSON.stringify(kind)}: () => import('./${moduleOf(kind)}.ts'),\n`)
  .join('')}};

/** Fetches the CPUs of the machines that are asked of their cores. */
export const loadWitnessCpus = (): Promise<{ readonly WITNESS_CPUS: Readonly<Record<string, readonly CpuRun[]>> }> => import('./witnesses.ts');
`;
  return { path: `${FOLDER}/index.ts`, text };
}

function kindsOf(machines: readonly MachineFile[]): readonly string[] {
  return [...new Set(machines.map(({ kind }) => kind))].sort();
}

/** The catalogue of known machines, and a module for each kind. */
export function generateMachines(): readonly GeneratedFile[] {
  const machines = readdirSync(join(SPEC_DATA, 'machines'))
    .filter((name) => existsSync(join(SPEC_DATA, 'machines', name, 'machine.json')))
    .sort()
    .map((name) => readSpec<MachineFile>(`machines/${name}/machine.json`));
  return [
    indexModule(machines),
    notesModule(machines),
    witnessModule(machines),
    ...[...new Set(kindsOf(machines).map(moduleOf))].map((name) =>
      kindModule(
        name,
        machines.filter(({ kind }) => moduleOf(kind) === name),
      ),
    ),
  ];
}
