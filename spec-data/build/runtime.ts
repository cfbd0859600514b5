import type { HwcapNamesRow } from '../../src/runtime/runtime-rows.ts';
import { hwcapNameRows, type NamingProgram } from './hwcap-names.ts';
import { type GeneratedFile, header, readSpec } from './spec-file.ts';

type Row = Readonly<Record<string, unknown>>;

/** One constant of a generated file. */
interface Constant {
  readonly name: string;
  readonly type: string;
  readonly summary: string;
  readonly value: unknown;
}

/** A row as the run-time tables have it: what only reviewers need is left out. */
function withoutProvenance({ $schema: _schema, source: _source, sources: _sources, note: _note, ...rest }: Row): Row {
  return rest;
}

/** Writes arrays with one element a line, so that a change of a row is a change of a line. */
function literal(value: unknown, indent: string = ''): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((row) => `${inner}${JSON.stringify(row)},\n`).join('')}${indent}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, part]) => `${inner}${JSON.stringify(key)}: ${literal(part, inner)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

function generated(path: string, from: string, constants: readonly Constant[]): GeneratedFile {
  const types = [...new Set(constants.map(({ type }) => type.replace(/^readonly |\[\]$/g, '')))]
    .filter((type) => /^[A-Z]/.test(type))
    .sort();
  const imports = types.length === 0 ? '' : `import type { ${types.join(', ')} } from '../runtime-rows.ts';\n`;
  const body = constants.map(
    ({ name, type, summary, value }) => `\n/** ${summary} */\nexport const ${name}: ${type} = ${literal(value)};\n`,
  );
  return { path: `src/runtime/generated/${path}.ts`, text: `${header(from)}${imports}${body.join('')}` };
}

/** A file of spec-data/runtime/ about one program, with what only that program has. */
interface ProgramFile extends Row {
  readonly name: string;
  readonly answers: readonly Row[];
}

/** What only the program itself is, without the tables that only some have. */
function programConstant(name: string, { name: id, title, versions, builds, reads, note, answers }: ProgramFile): Constant {
  return {
    name,
    type: 'ProgramRow',
    summary: `${title as string}: what it concludes.`,
    value: { name: id, title, versions, builds, reads, note, answers },
  };
}

/** What a compiler's `-march` takes. */
function flagsConstant(name: string, { name: id, title, flags, extensions }: ProgramFile): Constant {
  const { notGenerated, ...rest } = withoutProvenance(flags as Row) as Row & { readonly notGenerated: { readonly features: unknown } };
  const { version, levels } = rest;
  return {
    name,
    type: 'CompilerRow',
    summary: `${title as string}: what -march takes.`,
    value: { name: id, title, version, notGenerated: notGenerated.features, levels, extensions: extensions ?? rest.extensions },
  };
}

/** GCC's extensions as the newest version has them: what comes with one is what it requires. */
function newestExtensions({ extensions, versions }: ProgramFile): readonly Row[] {
  const newest = (versions as readonly string[]).at(-1)!;
  const rows = extensions as readonly {
    readonly name: string;
    readonly features?: readonly string[];
    readonly rows: readonly { readonly in?: readonly string[]; readonly on?: string; readonly standsFor?: string }[];
  }[];
  return rows.flatMap(({ name, features = [], rows: all }) => {
    const row = all.find((candidate) => candidate.in === undefined || candidate.in.includes(newest));
    if (row === undefined) return [];
    const list = (key: 'requires' | 'standsFor', text?: string): Row => (text === undefined ? {} : { [key]: text.split(' ') });
    return [{ name, features, ...list('requires', row.on), ...list('standsFor', row.standsFor) }];
  });
}

function gccConstants(gcc: ProgramFile): readonly Constant[] {
  return [
    programConstant('GCC_PROGRAM', gcc),
    { name: 'GCC_NATIVE', type: 'GccNativeRow', summary: 'The tables of its driver.', value: gcc.native },
    { name: 'GCC_EXTENSIONS', type: 'readonly GccExtensionRow[]', summary: 'Its extensions.', value: gcc.extensions },
  ];
}

function goConstants(go: ProgramFile): readonly Constant[] {
  const { version, levels, suffixes } = go.goarm64 as Row;
  return [
    programConstant('GO', go),
    { name: 'GO_VERSION', type: 'string', summary: 'The version whose levels these are.', value: version },
    {
      name: 'GO_LEVEL_ROWS',
      type: 'readonly GoLevelRow[]',
      summary: 'The levels of GOARM64, each after those it includes.',
      value: levels,
    },
    { name: 'GO_SUFFIX_ROWS', type: 'readonly GoSuffixRow[]', summary: 'What may stand behind a level.', value: suffixes },
  ];
}

function clangConstants(clang: ProgramFile): readonly Constant[] {
  return [
    programConstant('CLANG', clang),
    { name: 'CLANG_NAMED_BY', type: 'string', summary: 'The version of LLVM that names the core.', value: clang.namedBy },
    { name: 'CLANG_CORES', type: 'readonly ClangCoreRow[]', summary: 'The fixed features of each core.', value: clang.cores },
  ];
}

function fmvConstants(fmv: ProgramFile): readonly Constant[] {
  const { rows, in: versions } = fmv.clones as Row;
  return [
    programConstant('FMV', fmv),
    {
      name: 'CLONE_ROWS',
      type: 'readonly CloneRow[]',
      summary: 'What target_clones may name, from the lowest priority to the highest.',
      value: rows,
    },
    { name: 'CLONE_VERSIONS', type: 'readonly string[]', summary: 'The libraries that these names hold for.', value: versions },
  ];
}

/** All programs lie in one file: whoever asks one asks the others. */
function programsFile(read: (file: string) => ProgramFile): GeneratedFile {
  const rust = read('rust');
  return generated('programs', 'spec-data/runtime/', [
    ...goConstants(read('go')),
    ...gccConstants(read('gcc')),
    programConstant('RUST', rust),
    { name: 'RUST_FLAG_VERSION', type: 'string', summary: 'The compiler whose flags are known.', value: rust.flagVersion },
    ...clangConstants(read('clang')),
    programConstant('LLVM_PROGRAM', read('llvm')),
    ...fmvConstants(read('fmv')),
    programConstant('GLIBC', read('glibc')),
    programConstant('OPENSSL', read('openssl')),
    programConstant('CPU_FEATURES', read('cpu-features')),
  ]);
}

function namesFiles(): readonly GeneratedFile[] {
  const names = readSpec<Row>('runtime/hwcap-names.json');
  const windows = readSpec<Row>('runtime/windows.json');
  const rows = hwcapNameRows(names.hwcaps as readonly HwcapNamesRow[], (program) => readSpec<NamingProgram>(`runtime/${program}.json`));
  return [
    generated('hwcap-tests', 'spec-data/runtime/', [
      {
        name: 'HWCAP_TEST_ROWS',
        type: 'readonly HwcapTestRow[]',
        summary: 'How programs ask for each hwcap, by vector and bit.',
        value: rows.map(({ name, goXSysCpu, goInternalCpu, rust }) => ({ name, goXSysCpu, goInternalCpu, rust })),
      },
    ]),
    generated('hwcap-names', 'spec-data/runtime/', [
      {
        name: 'OTHER_NAME_ROWS',
        type: 'readonly OtherNamesRow[]',
        summary: 'What else each hwcap is called, in the same order.',
        value: rows.map(({ name: _, goXSysCpu: __, goInternalCpu: ___, rust: ____, ...others }) => others),
      },
      {
        name: 'WINDOWS_FEATURE_ROWS',
        type: 'readonly WindowsFeatureRow[]',
        summary: 'What IsProcessorFeaturePresent takes.',
        value: windows.features,
      },
    ]),
  ];
}

/** The generated part of src/runtime/: what programs conclude, what compilers take, and what others call a hwcap. */
export function generateRuntime(): readonly GeneratedFile[] {
  const read = (file: string): ProgramFile => readSpec<ProgramFile>(`runtime/${file}.json`);
  const [gcc, llvm] = [read('gcc'), read('llvm')];
  return [
    programsFile(read),
    generated('compilers', 'spec-data/runtime/{gcc,llvm}.json', [
      flagsConstant('GCC_ROW', { ...gcc, extensions: newestExtensions(gcc) }),
      flagsConstant('LLVM_ROW', llvm),
    ]),
    generated('llvm-cpus', 'spec-data/runtime/llvm-cpus.json', [
      {
        name: 'LLVM_CPU_ROWS',
        type: 'readonly LlvmCpuRow[]',
        summary: "What LLVM's -mcpu takes.",
        value: readSpec<Row>('runtime/llvm-cpus.json').cpus,
      },
    ]),
    ...namesFiles(),
  ];
}
