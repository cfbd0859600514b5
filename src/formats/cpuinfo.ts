import type { Diagnostic, Parsed } from '../diagnostic.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function* linesOf(entry: CpuinfoEntry): Generator<string> {
  yield `processor\t: ${entry.processor}`;
  if (entry.modelName !== undefined) yield `model name\t: ${entry.modelName}`;
  if (entry.bogoMips !== undefined) yield `BogoMIPS\t: ${entry.bogoMips}`;
  yield `Features\t:${entry.features.map((name) => ` ${name}`).join('')}`;
  if (entry.implementer !== undefined) yield `CPU implementer\t: ${hex(entry.implementer, 2)}`;
  if (entry.architecture !== undefined) yield `CPU architecture: ${entry.architecture}`;
  if (entry.variant !== undefined) yield `CPU variant\t: ${hex(entry.variant, 1)}`;
  if (entry.part !== undefined) yield `CPU part\t: ${hex(entry.part, 3)}`;
  if (entry.revision !== undefined) yield `CPU revision\t: ${entry.revision}`;
}

/**
 * Writes /proc/cpuinfo byte for byte as an arm64 kernel does: each CPU followed by an empty line.
 *
 * @see Linux `arch/arm64/kernel/cpuinfo.c`, `c_show()`.
 */
export function formatCpuinfo(entries: readonly CpuinfoEntry[]): string {
  return entries.map((entry) => `${[...linesOf(entry)].join('\n')}\n\n`).join('');
}

type Draft = { -readonly [key in keyof CpuinfoEntry]: CpuinfoEntry[key] };

interface Reading {
  readonly entries: Draft[];
  /** Lines that stand before or after all CPUs and hold for each of them, as kernels up to 3.18 print. */
  readonly shared: Partial<Draft>;
  readonly diagnostics: Diagnostic[];
  /** Set after an empty line: what follows belongs to no CPU until the next `processor`. */
  apart: boolean;
}

/** Reads a decimal or `0x` number up to a bound. */
function parseNumber(text: string, max: number): number | undefined {
  if (!/^(0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

const NUMBERS: Readonly<Record<string, readonly ['implementer' | 'architecture' | 'variant' | 'part' | 'revision', number]>> = {
  'cpu implementer': ['implementer', 0xff],
  'cpu architecture': ['architecture', 0xff],
  'cpu variant': ['variant', 0xf],
  'cpu part': ['part', 0xfff],
  'cpu revision': ['revision', 0xf],
};

/** Lines of other kernels, or of vendors, that say nothing about the CPU's features. */
const IGNORED: ReadonlySet<string> = new Set(['processor name', 'hardware', 'revision', 'serial', 'model', 'cpu', 'bios model name']);

function readLine(reading: Reading, key: string, value: string, where: string): void {
  const { entries, shared, diagnostics, apart } = reading;
  const target = apart || entries.length === 0 ? shared : entries.at(-1)!;
  const bad = (expected: string): void => {
    diagnostics.push({
      code: 'bad-value',
      severity: 'error',
      where,
      message: `expected ${expected}, got ${JSON.stringify(value.slice(0, 40))}`,
    });
  };
  const number = NUMBERS[key];
  if (number !== undefined) {
    const [member, max] = number;
    const parsed = member === 'architecture' && value === 'AArch64' ? 8 : parseNumber(value, max);
    if (parsed === undefined) bad(`a number up to 0x${max.toString(16)}`);
    else target[member] = parsed;
  } else if (key === 'features') target.features = value.split(/\s+/).filter(Boolean);
  else if (key === 'model name') target.modelName = value;
  else if (key === 'bogomips') {
    if (/^\d{1,12}\.\d\d$/.test(value)) target.bogoMips = value;
    else bad('a number with two decimals');
  } else if (!IGNORED.has(key))
    diagnostics.push({ code: 'unknown-line', severity: 'note', where, message: `${JSON.stringify(key.slice(0, 40))} is not read` });
}

function startCpu(reading: Reading, value: string, where: string): void {
  const processor = parseNumber(value, 0xffff);
  if (processor === undefined) {
    // `Processor : AArch64 Processor rev 2 (aarch64)` heads the listings of old kernels.
    if (reading.entries.length > 0) {
      reading.diagnostics.push({
        code: 'bad-value',
        severity: 'error',
        where,
        message: `expected the number of a CPU, got ${JSON.stringify(value.slice(0, 40))}`,
      });
    }
    return;
  }
  if (reading.entries.some((entry) => entry.processor === processor)) {
    reading.diagnostics.push({
      code: 'duplicate-cpu',
      severity: 'warning',
      where,
      message: `processor ${processor} stands here for the second time`,
    });
  }
  reading.entries.push({ processor, features: [] });
  reading.apart = false;
}

/** What the last CPU of an old listing says, holds for all of them if the others say nothing. */
function spread({ entries, shared }: Reading): readonly CpuinfoEntry[] {
  const last = entries.at(-1);
  const onlyLast =
    entries.length > 1 && entries.slice(0, -1).every((entry) => Object.keys(entry).length === 2 && entry.features.length === 0);
  return entries.map((entry) => ({
    ...shared,
    ...(onlyLast && last !== undefined ? last : {}),
    ...entry,
    features: featuresOf(entry, onlyLast ? last : undefined, shared),
  }));
}

function featuresOf(entry: CpuinfoEntry, last: CpuinfoEntry | undefined, shared: Partial<CpuinfoEntry>): readonly string[] {
  return entry.features.length > 0 ? entry.features : (last?.features ?? shared.features ?? []);
}

/**
 * Reads /proc/cpuinfo of an arm64 kernel, of its 32-bit view, or of a 32-bit Arm kernel. Lines that old kernels print once for all
 * CPUs are given to each of them.
 */
export function parseCpuinfo(text: string): Parsed<readonly CpuinfoEntry[]> {
  const reading: Reading = { entries: [], shared: {}, diagnostics: [], apart: false };
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const where = `line ${i + 1}`;
    if (line.trim() === '') {
      reading.apart = true;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) {
      reading.diagnostics.push({
        code: 'bad-line',
        severity: 'error',
        where,
        message: `expected "name : value", got ${JSON.stringify(line.slice(0, 40))}`,
      });
      continue;
    }
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (key === 'processor') startCpu(reading, value, where);
    else readLine(reading, key, value, where);
  }
  return { value: spread(reading), diagnostics: reading.diagnostics };
}
