import { type GeneratedFile, header, readSpec } from './spec-file.ts';

type Row = Readonly<Record<string, unknown>>;

interface CompilerFile extends Row {
  readonly name: string;
  readonly notGenerated: { readonly features: readonly string[] };
}

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

function compiler(file: string): Row {
  const { notGenerated, ...rest } = withoutProvenance(readSpec<CompilerFile>(`runtime/${file}.json`)) as CompilerFile;
  const { levels, extensions, ...head } = rest as Row;
  return { ...head, notGenerated: notGenerated.features, levels, extensions };
}

/** The generated part of src/runtime/: compilers, Rust, Go, and what others call a hwcap. */
export function generateRuntime(): readonly GeneratedFile[] {
  const cpus = readSpec<Row>('runtime/llvm-cpus.json');
  const rust = readSpec<Row>('runtime/rust.json');
  const go = readSpec<Row>('runtime/go.json');
  const names = readSpec<Row>('runtime/hwcap-names.json');
  const windows = readSpec<{ readonly features: readonly Row[] }>('runtime/windows.json');
  return [
    generated('compilers', 'spec-data/runtime/{gcc,llvm}.json', [
      { name: 'GCC_ROW', type: 'CompilerRow', summary: 'GCC.', value: compiler('gcc') },
      { name: 'LLVM_ROW', type: 'CompilerRow', summary: 'LLVM.', value: compiler('llvm') },
    ]),
    generated('llvm-cpus', 'spec-data/runtime/llvm-cpus.json', [
      { name: 'LLVM_CPU_ROWS', type: 'readonly LlvmCpuRow[]', summary: "What LLVM's -mcpu takes.", value: cpus.cpus },
    ]),
    generated('rust', 'spec-data/runtime/rust.json', [
      { name: 'RUST_FLAG_VERSION', type: 'string', summary: 'The compiler whose flags are known.', value: rust.flagVersion },
      { name: 'RUST_FEATURE_ROWS', type: 'readonly RustFeatureRow[]', summary: 'Target features by name.', value: rust.features },
    ]),
    generated('go', 'spec-data/runtime/go.json', [
      { name: 'GO_VERSION', type: 'string', summary: 'The version whose levels these are.', value: go.version },
      {
        name: 'GO_LEVEL_ROWS',
        type: 'readonly GoLevelRow[]',
        summary: 'The levels of GOARM64, each after those it includes.',
        value: go.levels,
      },
      { name: 'GO_SUFFIX_ROWS', type: 'readonly GoSuffixRow[]', summary: 'What may stand behind a level.', value: go.suffixes },
    ]),
    generated('hwcap-names', 'spec-data/runtime/{hwcap-names,windows}.json', [
      { name: 'HWCAP_NAME_ROWS', type: 'readonly HwcapNamesRow[]', summary: 'Names by hwcap, by vector and bit.', value: names.hwcaps },
      {
        name: 'WINDOWS_FEATURE_ROWS',
        type: 'readonly WindowsFeatureRow[]',
        summary: 'What IsProcessorFeaturePresent takes.',
        value: windows.features,
      },
    ]),
  ];
}
