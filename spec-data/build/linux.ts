import { type GeneratedFile, header, readSpec, readSpecFolder } from './spec-file.ts';

interface Rows {
  readonly rows: readonly object[];
}

/**
 * Writes constants, each an array with one row a line, so that a change of a row is a change of a line. The rows stand in a text that
 * is parsed when the module loads, which starts faster than as many object literals.
 */
function rowsFile(
  path: string,
  from: string,
  constants: readonly { name: string; type: string; rows: readonly unknown[] }[],
  typesFrom = '../release/rows.ts',
): GeneratedFile {
  const types = [...new Set(constants.map(({ type }) => type))].sort();
  const body = constants.map(({ name, type, rows }) => {
    const lines = rows.map((row) => JSON.stringify(row).replace(/[`\\]|\$\{/g, '\\$&'));
    return `export const ${name}: readonly ${type}[] = JSON.parse(\`[\n${lines.join(',\n')}\n]\`);\n`;
  });
  return {
    path: `src/linux/generated/${path}.ts`,
    text: `${header(from)}import type { ${types.join(', ')} } from '${typesFrom}';\n\n${body.join('\n')}`,
  };
}

function without<T extends object>(row: T, ...keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}

/** What of a row's history may carry a gate. */
interface Gated {
  readonly config?: string | object | null;
  readonly changes?: readonly Gated[];
  readonly backports?: readonly Gated[];
  readonly affected?: readonly Gated[];
}

/** A row whose gates are trees throughout: the name of an option stands for the option being on. */
function gated(row: object): object {
  const { config, changes, backports, affected, ...rest } = row as Gated;
  const below = Object.entries({ changes, backports, affected }).flatMap(([name, rows]) => (rows ? [[name, rows.map(gated)]] : []));
  const gate = typeof config === 'string' ? { config } : config;
  return { ...rest, ...(gate === undefined ? {} : { config: gate }), ...Object.fromEntries(below) };
}

/** The generated part of src/linux/: the tables of every release, as timelines. */
export function generateLinux(): readonly GeneratedFile[] {
  const hwcaps = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'].flatMap((vector) => readSpec<Rows>(`linux/hwcaps/${vector}.json`).rows.map(gated));
  const compat = readSpec<Rows & { default: object; bitNames: readonly object[] }>('linux/hwcaps/compat.json');
  const cpucaps = readSpec<Rows>('linux/cpucaps.json').rows.map((row) => gated(without(row, 'note')));
  const errata = readSpec<Rows>('linux/errata.json').rows.map((row) => gated(without(row, 'note')));
  const order = readSpec<{ changes: readonly object[]; backports: readonly object[] }>('linux/cpucap-order.json');
  const overrides = readSpec<{ registers: readonly object[]; aliases: readonly object[] }>('linux/overrides.json');
  const sanitised = readSpecFolder<{ encoding: readonly number[]; fields: readonly object[] }>('linux/sanitised')
    .map((register) => without(register, '$schema', 'source', 'note') as typeof register)
    .sort((a, b) => key(a.encoding) - key(b.encoding));
  const lists = readSpec<{ rows: readonly { name: string; cores: readonly string[] }[] }>('linux/core-lists.json').rows;
  const configs = readSpecFolder<{ name: string }>('linux/configs').map((config) => without(config, '$schema', 'source', 'note'));
  const { rows: releases, longTerm } = readSpec<{
    readonly longTerm: readonly string[];
    rows: readonly { release: string; mainline: boolean; tree: string; note?: string }[];
  }>('linux/releases.json');
  const cores = readSpec<{ cores: Record<string, string> }>('linux/midr-names.json').cores;
  return [
    rowsFile('hwcaps', 'spec-data/linux/hwcaps/', [
      { name: 'HWCAP_ROWS', type: 'HwcapRow', rows: hwcaps },
      { name: 'COMPAT_HWCAP_ROWS', type: 'HwcapRow', rows: compat.rows.map(gated) },
      { name: 'COMPAT_BIT_NAME_ROWS', type: 'BitNameRow', rows: compat.bitNames },
      { name: 'COMPAT_DEFAULT_ROWS', type: 'CompatDefaultRow', rows: [compat.default] },
    ]),
    rowsFile('sanitised', 'spec-data/linux/sanitised/', [{ name: 'SANITISED_ROWS', type: 'SanitisedRegisterRow', rows: sanitised }]),
    rowsFile('cpucaps', 'spec-data/linux/{cpucaps,errata,cpucap-order}.json', [
      { name: 'FEATURE_ROWS', type: 'CapabilityRow', rows: cpucaps },
      { name: 'ERRATUM_ROWS', type: 'CapabilityRow', rows: errata },
      { name: 'ORDER_EDITS', type: 'OrderEdit', rows: [...order.changes, ...order.backports] },
    ]),
    rowsFile('overrides', 'spec-data/linux/overrides.json', [
      { name: 'OVERRIDE_REGISTER_ROWS', type: 'OverrideRegisterRow', rows: overrides.registers },
      { name: 'OVERRIDE_ALIAS_ROWS', type: 'OverrideAliasRow', rows: overrides.aliases },
    ]),
    rowsFile('kconfig', 'spec-data/linux/{kconfig,kconfig-beyond}.json and configs/', [
      { name: 'KCONFIG_ROWS', type: 'KconfigRow', rows: readSpec<Rows>('linux/kconfig.json').rows },
      { name: 'KCONFIG_BEYOND_ROWS', type: 'KconfigRow', rows: readSpec<Rows>('linux/kconfig-beyond.json').rows },
      { name: 'NAMED_CONFIG_ROWS', type: 'NamedConfigRow', rows: configs },
    ]),
    rowsFile('behaviour', 'spec-data/linux/behaviour.json', [
      {
        name: 'BEHAVIOUR_ROWS',
        type: 'BehaviourRow',
        rows: readSpec<Rows>('linux/behaviour.json').rows.map((row) => without(row, 'description', 'source', 'note')),
      },
    ]),
    kvmFile(),
    rowsFile('releases', 'spec-data/linux/releases.json', [
      { name: 'KNOWN_TREES', type: 'KnownTree', rows: releases.map(({ release, mainline }) => ({ release, mainline })) },
    ]),
    {
      path: 'src/linux/generated/known-range.ts',
      text: `${header('spec-data/linux/releases.json')}
/** The oldest and the newest mainline release that are known, as people write them. */
export const KNOWN_RANGE = { oldest: '${mainlineOf(releases[0]!.release)}', newest: '${mainlineOf(releases.at(-1)!.release)}' } as const;

/** The mainline series that kernel.org has kept for years. */
export const LONG_TERM_SERIES: readonly string[] = ${JSON.stringify(longTerm)};
`,
    },
    {
      path: 'src/linux/generated/tree-sources.ts',
      text: `${header('spec-data/linux/releases.json')}
/** Where the trees came from, by release, and what is odd about one. */
export const TREE_SOURCES: Readonly<Record<string, { readonly tree: string; readonly note?: string }>> = {
${releases.map(({ release, tree, note }) => `  '${release}': ${JSON.stringify({ tree, note })},\n`).join('')}};
`,
    },
    {
      path: 'src/linux/generated/names.ts',
      text: `${header('spec-data/linux/{midr-names,core-lists}.json')}
/** The cores that conditions name, as implementer and part. */
export const CORE_IDS: Readonly<Record<string, string>> = ${JSON.stringify(cores, undefined, 2)};

/** The lists of cores that rules judge by. */
export const CORE_LISTS: Readonly<Record<string, readonly string[]>> = {
${lists
  .map(
    ({ name, cores: listed }) => `  ${JSON.stringify(name)}: ${JSON.stringify(listed)},
`,
  )
  .join('')}};
`,
    },
  ];
}

/** The rows about KVM, and the PMUs that its guests see. */
function kvmFile(): GeneratedFile {
  const rows = (name: string): readonly object[] =>
    readSpec<Rows>(`linux/kvm/${name}.json`).rows.map((row) => without(row, 'description', 'source', 'note'));
  const file = rowsFile(
    'kvm',
    'spec-data/linux/kvm/',
    [
      { name: 'KVM_LIMIT_ROWS', type: 'LimitRow', rows: rows('limits') },
      { name: 'KVM_PROTECTED_ROWS', type: 'ProtectedRow', rows: rows('protected') },
      { name: 'KVM_WRITABLE_ROWS', type: 'WritableRow', rows: rows('writable') },
      { name: 'KVM_WRITE_ROWS', type: 'WriteRow', rows: rows('writes') },
      { name: 'KVM_READ_ROWS', type: 'ReadRow', rows: rows('reads') },
      { name: 'KVM_REFUSAL_ROWS', type: 'RefusalRow', rows: rows('refusals') },
      { name: 'KVM_BEHAVIOUR_ROWS', type: 'KvmBehaviourRow', rows: rows('behaviour') },
      { name: 'PMU_COUNTER_ROWS', type: 'PmuCounterRow', rows: rows('pmu-counters') },
    ],
    '../kvm/kvm-rows.ts',
  );
  return file;
}

/** The mainline release that a release grew from. */
function mainlineOf(release: string): string {
  return /^\d+\.\d+/.exec(release)![0];
}

function key(encoding: readonly number[]): number {
  return encoding.reduce((sum, part) => sum * 16 + part, 0);
}
