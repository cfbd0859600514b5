/** The tables that a release consists of, as the history and a tree both give them. */
export const TABLES = [
  'registers',
  'fields',
  'hwcaps',
  'cpuinfo-order',
  'compat-hwcaps',
  'compat-words',
  'cpucaps',
  'errata',
  'core-lists',
  'capability-order',
  'overrides',
  'kconfig',
  'behaviour',
  'rules',
] as const;

export type TableName = (typeof TABLES)[number];

/** Tables whose order means something. */
export const ORDERED: ReadonlySet<TableName> = new Set(['hwcaps', 'compat-hwcaps', 'cpuinfo-order', 'capability-order']);

/** One row of a table at one release. */
export interface FlatRow {
  /** What names the row: it stays when its content changes. */
  readonly key: string;
  /** The row in neutral terms: bits, numbers, options. Two rows are the same when their lines are. */
  readonly line: string;
  /** What the row says, as spec-data has it. */
  readonly state?: object;
  /** Where the tree says so: `file:line`. */
  readonly where?: string;
}

/** All tables of one release. */
export type Flat = Readonly<Record<TableName, readonly FlatRow[]>>;

/** The tables of a release as lines that name nothing but numbers and options; in order where the kernel's own order matters. */
export function treeLines(flat: Flat): Readonly<Record<TableName, readonly string[]>> {
  const entries = TABLES.map((table) => {
    const lines = flat[table].map(({ line }) => line);
    return [table, ORDERED.has(table) ? lines : [...lines].sort()] as const;
  });
  return Object.fromEntries(entries) as unknown as Readonly<Record<TableName, readonly string[]>>;
}
