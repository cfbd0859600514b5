import { RecorderFault } from './fault.ts';

/** A row of a matrix: the files of a kernel, and what it is booted on. */
export interface MatrixRow {
  readonly kernel: readonly string[];
  readonly cpu: string;
  readonly machine: string;
  readonly append: string;
  readonly smp: number;
}

/** What a row takes that a matrix does not name. */
export type RowDefaults = MatrixRow;

const MEMBERS = ['kernel', 'cpu', 'machine', 'append', 'smp'] as const;
type Member = (typeof MEMBERS)[number];

function fault(path: string, where: string, message: string): RecorderFault {
  return new RecorderFault('input', `${path}: ${where}: ${message}`);
}

/** The values of a member: one, or a list of them. A kernel's files are a list of their own, so that several kernels are a list of lists. */
function valuesOf(path: string, where: string, member: Member, value: unknown): readonly unknown[] {
  const list = Array.isArray(value) ? value : [value];
  const isWord = (one: unknown): boolean => (member === 'smp' ? Number.isInteger(one) && (one as number) > 0 : typeof one === 'string');
  const isFiles = (one: unknown): boolean => Array.isArray(one) && one.length > 0 && one.every((file) => typeof file === 'string');
  const bad = list.find((one) => !isWord(one) && !(member === 'kernel' && isFiles(one)));
  if (list.length === 0 || bad !== undefined) {
    const wanted = member === 'smp' ? 'a number of CPUs' : member === 'kernel' ? 'a file, or a list of the files of one kernel' : 'a text';
    throw fault(path, `${where}.${member}`, `expected ${wanted}, or a list of such, got ${JSON.stringify(bad ?? value)?.slice(0, 60)}`);
  }
  return member === 'kernel' ? list.map((one) => (Array.isArray(one) ? one : [one])) : list;
}

function rowsOf(path: string, where: string, block: unknown, defaults: RowDefaults): readonly MatrixRow[] {
  if (typeof block !== 'object' || block === null || Array.isArray(block)) throw fault(path, where, 'expected an object');
  const strange = Object.keys(block).find((key) => !MEMBERS.includes(key as Member));
  if (strange !== undefined) throw fault(path, where, `no member is called ${strange}; there are ${MEMBERS.join(', ')}`);
  let rows: readonly MatrixRow[] = [defaults];
  for (const member of MEMBERS) {
    const value = (block as Readonly<Record<string, unknown>>)[member];
    if (value === undefined) continue;
    const values = valuesOf(path, where, member, value);
    rows = rows.flatMap((row) => values.map((one) => ({ ...row, [member]: one }) as MatrixRow));
  }
  return rows;
}

/**
 * Reads a matrix of boots: an object, or a list of them, whose members `kernel`, `cpu`, `machine`, `append` and `smp` are each one value
 * or a list. Each object stands for all combinations of its values.
 *
 * @throws {RecorderFault} For what is no such thing, with its place.
 */
export function parseMatrix(path: string, text: string, defaults: RowDefaults): readonly MatrixRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RecorderFault('input', `${path}: expected JSON: ${(cause as Error).message}`);
  }
  const blocks = Array.isArray(value) ? value : [value];
  const rows = blocks.flatMap((block, i) => rowsOf(path, Array.isArray(value) ? `[${i}]` : 'the matrix', block, defaults));
  if (rows.some(({ kernel }) => kernel.length === 0)) throw fault(path, 'kernel', 'no kernel is named, neither here nor by --kernel');
  return rows;
}
