import type {
  BehaviourRow,
  BitNameRow,
  CapabilityRow,
  CompatDefaultRow,
  CoreListRow,
  HwcapRow,
  KconfigRow,
  OrderEdit,
  OverrideAliasRow,
  OverrideRegisterRow,
  SanitisedRegisterRow,
} from '../../src/linux/release/rows.ts';
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

/** The cores of a list, each with its time: one without stands in it from the oldest release on. */
function timedCores({ cores }: { readonly cores: readonly (string | object)[] }, oldest: string): readonly object[] {
  return cores.map((core) => (typeof core === 'string' ? { midr: core, since: oldest } : gated(core)));
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

/** The tables of every release, as timelines, in the form in which src/linux/ has them. */
export interface LinuxRows {
  readonly hwcaps: readonly HwcapRow[];
  readonly compat: readonly HwcapRow[];
  readonly bitNames: readonly BitNameRow[];
  readonly compatDefault: CompatDefaultRow;
  readonly sanitised: readonly SanitisedRegisterRow[];
  readonly cpucaps: readonly CapabilityRow[];
  readonly errata: readonly CapabilityRow[];
  readonly order: readonly OrderEdit[];
  readonly overrides: readonly OverrideRegisterRow[];
  readonly aliases: readonly OverrideAliasRow[];
  readonly kconfig: readonly KconfigRow[];
  readonly behaviour: readonly BehaviourRow[];
  /** Implementer and part of the cores that conditions name. */
  readonly cores: Readonly<Record<string, string>>;
  readonly lists: readonly (CoreListRow & { readonly source: string })[];
  readonly releases: readonly { readonly release: string; readonly mainline: boolean; readonly tree: string; readonly note?: string }[];
  readonly longTerm: readonly string[];
}

/** Where spec-data comes from: its files, or edited copies of them. */
export interface SpecReader {
  /** The content of a file below spec-data/. */
  readonly read: (path: string) => unknown;
  /** The contents of a folder's files, by their names. */
  readonly folder: (path: string) => readonly unknown[];
}

const FILES: SpecReader = { read: (path) => readSpec(path), folder: (path) => readSpecFolder(path) };

interface OrderStep {
  readonly remove?: readonly string[];
  readonly add?: readonly { readonly name: string; readonly after?: string }[];
}

/** An edit of the order in few characters: names that follow each other are one text, which begins with the name that they follow. */
function shortOrder({ remove, add = [], ...bounds }: OrderStep): object {
  const runs: string[][] = [];
  for (const { name, after = '' } of add) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === after) last.push(name);
    else runs.push([after, name]);
  }
  return { ...bounds, ...(remove && { remove: remove.join(' ') }), ...(add.length > 0 && { add: runs.map((run) => run.join(' ')) }) };
}

interface SanitisedFile {
  readonly name: string;
  readonly encoding: readonly number[];
  readonly fields: readonly { readonly name?: string; readonly bits: readonly number[] }[];
}

/** The registers without what the architecture says of them and of their named fields, too. */
function shortSanitised(rows: readonly SanitisedFile[]): readonly object[] {
  const described = readSpecFolder<Omit<SanitisedFile, 'encoding'> & { readonly encoding: Readonly<Record<string, number>> }>(
    'arch/registers',
  );
  const registers = new Map(described.map((register) => [register.name, register]));
  return rows.map(({ name, encoding, fields, ...row }) => {
    const register = registers.get(name);
    const { op0, op1, CRn, CRm, op2 } = register?.encoding ?? {};
    const isThere = (field: SanitisedFile['fields'][number]): boolean =>
      field.name !== undefined && register?.fields.find((own) => own.name === field.name)?.bits.join() === field.bits.join();
    return {
      name,
      ...([op0, op1, CRn, CRm, op2].join() === encoding.join() ? {} : { encoding }),
      ...row,
      fields: fields.map((field) => (isThere(field) ? without(field, 'bits') : field)),
    };
  });
}

/** Reads them from spec-data/, or from a copy of it. */
export function linuxRows(spec: SpecReader = FILES): LinuxRows {
  const read = <T>(path: string): T => spec.read(`linux/${path}`) as T;
  const compat = read<Rows & { default: object; bitNames: readonly object[] }>('hwcaps/compat.json');
  const order = read<{ changes: readonly OrderStep[]; backports: readonly OrderStep[] }>('cpucap-order.json');
  const overrides = read<{ registers: readonly object[]; aliases: readonly object[] }>('overrides.json');
  const { rows: releases, longTerm } = read<{
    readonly rows: LinuxRows['releases'];
    readonly longTerm: readonly string[];
  }>('releases.json');
  const oldest = mainlineOf(releases[0]!.release);
  const lists = read<{ readonly rows: readonly { readonly cores: readonly (string | object)[] }[] }>('core-lists.json').rows;
  const rows = {
    hwcaps: ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'].flatMap((vector) => read<Rows>(`hwcaps/${vector}.json`).rows.map(gated)),
    compat: compat.rows.map(gated),
    bitNames: compat.bitNames,
    compatDefault: compat.default,
    sanitised: (spec.folder('linux/sanitised') as { encoding: readonly number[]; fields: readonly object[] }[])
      .map((register) => without(register, '$schema', 'source', 'note') as typeof register)
      .sort((a, b) => key(a.encoding) - key(b.encoding)),
    cpucaps: read<Rows>('cpucaps.json').rows.map((row) => gated(without(row, 'about', 'note'))),
    errata: read<Rows>('errata.json').rows.map((row) => gated(without(row, 'about', 'note'))),
    order: [...order.changes, ...order.backports],
    overrides: overrides.registers,
    aliases: overrides.aliases,
    kconfig: read<Rows>('kconfig.json').rows,
    behaviour: read<Rows>('behaviour.json').rows.map((row) => without(row, 'description', 'source', 'note')),
    cores: read<{ cores: Record<string, string> }>('midr-names.json').cores,
    lists: lists.map((list) => ({ ...list, cores: timedCores(list, oldest) })),
  };
  return { ...rows, releases, longTerm } as unknown as LinuxRows;
}

/** The builds of distributions. */
function buildRows(): readonly object[] {
  interface Builds {
    readonly series: string;
    readonly flavours: readonly string[];
    readonly takesMore: boolean;
    readonly holds: Readonly<Record<string, number>>;
  }
  const { rows } = readSpec<{ readonly rows: readonly Builds[] }>('linux/builds.json');
  return rows.map(({ series, flavours, takesMore, holds }) => ({
    series,
    flavours: flavours.join(' '),
    takesMore,
    holds: Object.entries(holds)
      .map(([build, update]) => `${build}:${update}`)
      .join(' '),
  }));
}

/** Small tables that every kernel is made with. */
function behaviourFile({ behaviour, overrides, aliases, releases, cores, lists }: LinuxRows): GeneratedFile {
  const { path, text } = rowsFile('behaviour', 'spec-data/linux/{behaviour,overrides,releases,builds,midr-names,core-lists}.json', [
    { name: 'BEHAVIOUR_ROWS', type: 'BehaviourRow', rows: behaviour },
    { name: 'OVERRIDE_REGISTER_ROWS', type: 'OverrideRegisterRow', rows: overrides },
    { name: 'OVERRIDE_ALIAS_ROWS', type: 'OverrideAliasRow', rows: aliases },
    { name: 'KNOWN_TREES', type: 'KnownTree', rows: releases.map(({ release, mainline }) => ({ release, mainline })) },
    { name: 'BUILD_ROWS', type: 'BuildRow', rows: buildRows() },
    { name: 'CORE_LIST_ROWS', type: 'CoreListRow', rows: lists.map((row) => without(row, 'description', 'source', 'note')) },
  ]);
  return {
    path,
    text: `${text}
/** The cores that conditions name, as implementer and part. */
export const CORE_IDS: Readonly<Record<string, string>> = ${JSON.stringify(cores, undefined, 2)};
`,
  };
}

/** What is said of cpucaps where the kernel prints nothing: no kernel is made with it. */
function cpucapWordsFile(): GeneratedFile {
  const rows = ['cpucaps', 'errata'].flatMap((table) => readSpec<Rows>(`linux/${table}.json`).rows) as readonly {
    readonly name: string;
    readonly about?: string;
  }[];
  const words = Object.fromEntries(rows.flatMap(({ name, about }) => (about === undefined ? [] : [[name, about]])));
  return {
    path: 'src/linux/generated/cpucap-words.ts',
    text: `${header('spec-data/linux/{cpucaps,errata}.json')}
/** What a cpucap is, by its name, where the kernel prints nothing when it finds it. */
export const CPUCAP_WORDS: Readonly<Record<string, string>> = ${JSON.stringify(words, undefined, 2)};
`,
  };
}

/** The generated part of src/linux/: the tables of every release, as timelines. */
export function generateLinux(): readonly GeneratedFile[] {
  const tables = linuxRows();
  const { hwcaps, cpucaps, errata, sanitised, releases, longTerm, ...rest } = tables;
  const configs = readSpecFolder<{ name: string }>('linux/configs').map((config) => without(config, '$schema', 'source', 'note'));
  return [
    rowsFile('hwcaps', 'spec-data/linux/hwcaps/', [
      { name: 'HWCAP_ROWS', type: 'HwcapRow', rows: hwcaps },
      { name: 'COMPAT_HWCAP_ROWS', type: 'HwcapRow', rows: rest.compat },
      { name: 'COMPAT_BIT_NAME_ROWS', type: 'BitNameRow', rows: rest.bitNames },
      { name: 'COMPAT_DEFAULT_ROWS', type: 'CompatDefaultRow', rows: [rest.compatDefault] },
    ]),
    rowsFile('sanitised', 'spec-data/linux/sanitised/', [
      { name: 'SHORT_SANITISED_ROWS', type: 'ShortSanitisedRow', rows: shortSanitised(sanitised) },
    ]),
    rowsFile('cpucaps', 'spec-data/linux/{cpucaps,errata,cpucap-order}.json', [
      { name: 'FEATURE_ROWS', type: 'CapabilityRow', rows: cpucaps },
      { name: 'ERRATUM_ROWS', type: 'CapabilityRow', rows: errata },
      { name: 'SHORT_ORDER_EDITS', type: 'ShortOrderEdit', rows: rest.order.map(shortOrder) },
    ]),
    cpucapWordsFile(),
    behaviourFile(tables),
    rowsFile('kconfig', 'spec-data/linux/{kconfig,kconfig-beyond}.json and configs/', [
      { name: 'KCONFIG_ROWS', type: 'KconfigRow', rows: rest.kconfig },
      { name: 'KCONFIG_BEYOND_ROWS', type: 'KconfigRow', rows: readSpec<Rows>('linux/kconfig-beyond.json').rows },
      { name: 'NAMED_CONFIG_ROWS', type: 'NamedConfigRow', rows: configs },
    ]),
    kvmFile(),
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
/** Where the trees came from, by release, with the first twelve digits of the commit, and what is odd about one. */
export const TREE_SOURCES: Readonly<Record<string, { readonly tree: string; readonly note?: string }>> = {
${releases.map(({ release, tree, note }) => `  '${release}': ${JSON.stringify({ tree: tree.replace(/(?<=commit=[0-9a-f]{12})[0-9a-f]+/, ''), note })},\n`).join('')}};
`,
    },
    {
      path: 'src/linux/generated/hwcap-letters.ts',
      text: `${header('spec-data/linux/hwcap-letters.json')}
/** What the letters of a hwcap's name stand for. */
export const HWCAP_LETTERS: Readonly<Record<string, string>> = ${JSON.stringify(
        readSpec<{ readonly letters: Readonly<Record<string, string>> }>('linux/hwcap-letters.json').letters,
        undefined,
        2,
      )};
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
      { name: 'KVM_LISTED_ROWS', type: 'ListedRow', rows: rows('listed') },
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
