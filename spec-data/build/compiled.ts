/**
 * The shape of the compiled derivers: which bits of which registers any kernel looks at, and for which bits of the result. It is the
 * same for all releases, so it becomes code; what a release makes of it becomes tables when a kernel is chosen.
 */

import type { Condition, HwcapRow, HwcapState, Timed } from '../../src/linux/release/rows.ts';
import type { CompiledRule, PlacedTest } from '../../src/rows/slots.ts';
import type { Slot } from '../../src/rows/tables.ts';
import type { Lane } from '../../src/rows/vector-kernel.ts';
import { wasmBytes } from './compiled-wasm.ts';
import { type GeneratedFile, header } from './spec-file.ts';

const { HWCAP_ROWS, COMPAT_HWCAP_ROWS } = await import('../../src/linux/generated/hwcaps.ts');
const { FEATURE_ROWS } = await import('../../src/linux/generated/cpucaps.ts');
const { SANITISED_ROWS } = await import('../../src/linux/release/sanitised-rows.ts');
const { KNOWN_TREES } = await import('../../src/linux/release/known-trees.ts');
const { parseRelease } = await import('../../src/linux/release/release.ts');
const { stateAt } = await import('../../src/linux/release/timeline.ts');
const { compatRule, placedTests } = await import('../../src/rows/slots.ts');
const { comparisonOf } = await import('../../src/rows/tables.ts');

const RELEASES = KNOWN_TREES.map(({ release }) => parseRelease(release));

/** Registers that a CPU has only beside others; the kernel looks at each CPU before it reads them. */
const CONDITIONAL = new Set(['ZCR_EL1', 'SMCR_EL1', 'GMID_EL1', 'MPAMIDR_EL1']);

/** Who the CPU is, which errata ask for; and whether its caches need cleaning. Nobody merges them. */
const IDENTITY = ['MIDR_EL1', 'REVIDR_EL1', 'CLIDR_EL1'];

/** Every condition that a row has had. */
function conditionsOf(row: Timed<{ readonly when?: Condition }>): readonly Condition[] {
  const found = RELEASES.flatMap((release) => stateAt<{ readonly when?: Condition }>(row, release)?.when ?? []);
  return [...new Map(found.map((when) => [JSON.stringify(when), when])).values()];
}

const context = {
  cpucap: (name: string): Condition => ({
    any: FEATURE_ROWS.filter((row) => row.name === name)
      .flatMap(conditionsOf)
      .map((when) => comparisonOf(name, when)),
  }),
  option: (): boolean => true,
};

function testsOf(rows: readonly HwcapRow[], ruleOf: (rule: CompiledRule) => CompiledRule = (rule) => rule): readonly PlacedTest[] {
  return rows.flatMap((row) =>
    conditionsOf(row as Timed<HwcapState>).flatMap((when) => placedTests(ruleOf({ vector: row.vector, bit: row.bit, when }), context)),
  );
}

function bySlot(a: Slot, b: Slot): number {
  return a.half - b.half || a.level - b.level || a.column - b.column || a.lsb - b.lsb;
}

/** The look-ups of tests: a byte where both halves of it are tested for the same word, else four bits. */
function slotsOf(tests: readonly PlacedTest[], columns: ReadonlyMap<string, number>): readonly Slot[] {
  const nibbles = new Map<string, Slot>();
  for (const { register, nibble, half, level } of tests) {
    const slot = { column: columns.get(register)!, lsb: nibble * 4, width: 4, half, level };
    nibbles.set(`${slot.column} ${nibble} ${half} ${level}`, slot);
  }
  const slots: Slot[] = [];
  for (const slot of nibbles.values()) {
    const { column, lsb, half, level } = slot;
    const other = nibbles.has(`${column} ${(lsb >> 2) ^ 1} ${half} ${level}`);
    if (!other) slots.push(slot);
    else if (lsb % 8 === 0) slots.push({ ...slot, width: 8 });
  }
  return slots.sort(bySlot);
}

function lanesOf(tests: readonly PlacedTest[], columns: ReadonlyMap<string, number>): readonly Lane[] {
  const lanes = new Map<string, Lane>();
  for (const { register, nibble, half, bit, level } of tests) {
    const lane = { column: columns.get(register)!, nibble, plane: half * 4 + (bit >> 3), level };
    lanes.set(Object.values(lane).join(' '), lane);
  }
  return [...lanes.values()].sort((a, b) => a.column - b.column || a.nibble - b.nibble || a.plane - b.plane || a.level - b.level);
}

/** Rows that are derived in one call. */
const BATCH = 256;

/** The levels that any rule needs. */
const LEVELS = [0, 1, 2, 3];

/** A look-up as an expression: the bits of a word that it reads, and where its table begins. */
function lookUp(slot: Slot, offset: number): string {
  const { lsb, width } = slot;
  const shift = lsb % 32;
  const word = `w${halfOfSlot(slot)}`;
  const bits = shift === 0 ? word : shift + width === 32 ? `${word} >>> ${shift}` : `(${word} >>> ${shift})`;
  const index = shift + width === 32 && shift > 0 ? bits : `${bits} & ${2 ** width - 1}`;
  return `tables[${offset === 0 ? index : `${offset} + (${index})`}]!`;
}

/** Which word of 32 bits of a row a look-up reads. */
function halfOfSlot({ column, lsb }: Slot): number {
  return column * 2 + (lsb >> 5);
}

/** What a deriver has to know of rows. */
interface RowShape {
  readonly rowHalves: number;
  /** The low half of MIDR_EL1, if the deriver is to tell whose errata are to be looked up. */
  readonly midr?: number;
}

/** Look-ups that are joined before they are put down. V8 would keep all of them to the end, and has no registers for so many. */
const TOGETHER = 6;

/** A place in an array. */
const placeIn = (array: string, from: string, at: number): string => `${array}[${at === 0 ? from : `(${from} + ${at}) | 0`}]`;

/** A word of 32 bits of the result: the look-ups of each level joined by OR, some at a time, the levels by AND. */
function halfSource(half: number, slots: readonly Slot[], offsetOf: (slot: Slot) => number): readonly string[] {
  const place = placeIn('out', 'o', half);
  const own = slots.filter((slot) => slot.half === half);
  if (own.length === 0) return [`${place} = 0;`];
  const joined = (some: readonly Slot[]): string => some.map((slot) => lookUp(slot, offsetOf(slot))).join(' | ');
  const [first, ...levels] = LEVELS.map((level) => own.filter((slot) => slot.level === level)).filter(({ length }) => length > 0);
  const lines: string[] = [];
  for (let from = 0; from < first!.length; from += TOGETHER)
    lines.push(`${place}${from === 0 ? '' : '!'} ${from === 0 ? '=' : '|='} ${joined(first!.slice(from, from + TOGETHER))};`);
  return [...lines, ...levels.map((level) => `${place}! &= ${joined(level)};`)];
}

/**
 * One deriver as TypeScript: look-ups, one after the other, without a branch. Its tables are a property of its prototype: to V8 that is a
 * constant, however modules are put together; a constant of a module is none any more once a bundler made a variable of it.
 */
function deriverSource(name: string, what: string, slots: readonly Slot[], halves: number, { rowHalves, midr }: RowShape): string {
  const offsets = new Map<Slot, number>();
  let length = 0;
  for (const slot of slots) {
    offsets.set(slot, length);
    length += 2 ** slot.width;
  }
  const words = [...new Set(slots.map(halfOfSlot))].sort((a, b) => a - b);
  const body = [
    ...words.map((at) => `const w${at} = ${placeIn('rows', 'r', at)}!;`),
    ...Array.from({ length: halves }, (_, half) => halfSource(half, slots, (slot) => offsets.get(slot)!)).flat(),
    ...(midr === undefined ? [] : [`const named = ${placeIn('rows', 'r', midr)}! >>> 24;`]),
    ...(midr === undefined ? [] : ['if (named === first || named === second) suspected[suspects++] = i;']),
  ];
  const [params, result] = midr === undefined ? ['', 'void'] : [', first: number, second: number', 'number'];
  return `/** ${what} */
class ${name} {
  /** The tables in use, one look-up after the other. */
  declare readonly tables: Int32Array;${midr === undefined ? '' : suspectsSource}
  #inUse: Int32Array | undefined;

  static {
    Object.defineProperty(this.prototype, 'tables', { value: new Int32Array(${length}) });${midr === undefined ? '' : `\n    Object.defineProperty(this.prototype, 'suspected', { value: new Int32Array(${BATCH}) });`}
  }

  /** Puts the tables of a kernel to use: what it makes of the bits. */
  use(tables: Int32Array): void {
    if (this.#inUse === tables) return;
    this.tables.set(tables);
    this.#inUse = tables;
  }

  /**
   * ${what} The tables must be in use.
   *
   * @param rows - Rows of ${rowHalves} words of 32 bits, the low half of a register first.
   * @param out - Takes ${halves} words of 32 bits a row, the low half of a hwcap word first.${midr === undefined ? '' : suspectsParams}
   */
  derive(rows: Int32Array, from: number, out: Int32Array, to: number, count: number${params}): ${result} {
    const { tables${midr === undefined ? '' : ', suspected'} } = this;
    let r = from;
    let o = to;${midr === undefined ? '' : '\n    let suspects = 0;'}
    for (let i = 0; i < count; i++) {
${body.map((line) => `      ${line}`).join('\n')}
      r += ${rowHalves};
      o += ${halves};
    }${midr === undefined ? '' : '\n    return suspects;'}
  }
}

/** ${what} */
export const ${name.replace('Deriver', '').toUpperCase()}: ${name} = new ${name}();
`;
}

const suspectsSource = `
  /** The rows, counted from the first of a call, whose implementer has errata. */
  declare readonly suspected: Int32Array;`;
const suspectsParams = `
   * @param count - At most ${BATCH}.
   * @param first - An implementer with errata; -1 for none.
   * @param second - Another one, or the same.
   * @returns How many rows are noted in {@link suspected}.`;

/** Puts the registers that hwcaps follow from into a row: property by property, so that nothing is looked up by name. */
function fillSource(names: readonly string[], native: number): string {
  const columns = [...names.slice(0, native).keys(), names.indexOf('MIDR_EL1'), names.indexOf('REVIDR_EL1')];
  return `/** Puts those registers of a CPU into a row that hwcaps follow from; a register that is absent reads as zero. */
export function fillNative(registers: RegisterFile, row: BigUint64Array): void {
${columns
  .map(
    (column) => `  row[${column}] = registers.${names[column]} ?? 0n;
`,
  )
  .join('')}}
`;
}

/** Whether a row is the same as one that was kept, without a loop. */
function sameRowSource(halves: number): string {
  const chunk = 8;
  const lines: string[] = [];
  for (let from = 0; from < halves; from += chunk) {
    const terms = Array.from({ length: Math.min(chunk, halves - from) }, (_, i) => `(BOOT[${from + i}]! ^ rows[at + ${from + i}]!)`);
    lines.push(`  if ((${terms.join(' | ')}) !== 0) return false;\n`);
  }
  return `/** The row of the boot CPU. That it is a constant of the module saves a check at each word. */
export const BOOT: Int32Array = new Int32Array(${halves});

/** Whether the row that begins at a word of 32 bits is that of the boot CPU. */
export function isBootRow(rows: Int32Array, at: number): boolean {
${lines.join('')}  return true;
}
`;
}

function isAArch32(name: string): boolean {
  return /^(ID_(?!AA64)|MVFR)/.test(name);
}

/**
 * The registers of a row: those that hwcaps follow from, beside them who the CPU is, the others of AArch64, those of AArch32, and CTR_EL0,
 * which is not merged as it is read.
 */
function rowRegisters(native: readonly PlacedTest[]): { names: readonly string[]; aarch32From: number } {
  const tracked = SANITISED_ROWS.map(({ name }) => name).filter((name) => !CONDITIONAL.has(name) && name !== 'CTR_EL0');
  const wanted = new Set(native.map(({ register }) => register));
  const aarch64 = tracked.filter((name) => !isAArch32(name));
  const bytesOf = (name: string): number =>
    new Set(native.flatMap(({ register, nibble }) => (register === name ? [nibble >> 1] : []))).size;
  // The vector kernel takes registers of which one byte is tested by another way.
  const tested = aarch64.filter((name) => wanted.has(name)).sort((a, b) => Number(bytesOf(a) === 1) - Number(bytesOf(b) === 1));
  const first = [...tested, ...IDENTITY, ...aarch64.filter((name) => !wanted.has(name))];
  return { names: [...first, ...tracked.filter(isAArch32), 'CTR_EL0'], aarch32From: first.length };
}

function table(name: string, type: string, rows: readonly object[], what: string): string {
  const lines = rows.map(
    (row) =>
      `  { ${Object.entries(row)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')} },\n`,
  );
  return `/** ${what} */\nexport const ${name}: readonly ${type}[] = [\n${lines.join('')}];\n`;
}

/** The generated part of src/rows/. */
export async function generateCompiled(): Promise<readonly GeneratedFile[]> {
  const native = testsOf(HWCAP_ROWS);
  const compat = testsOf(COMPAT_HWCAP_ROWS, compatRule);
  const { names, aarch32From } = rowRegisters(native);
  const merged = names.length - 1;
  const columns = new Map(names.map((name, column) => [name, column]));
  const lanes = lanesOf(native, columns);
  const bytes = await wasmBytes({
    lanes,
    columns: names.length,
    aarch32From,
    merged,
    midr: columns.get('MIDR_EL1')!,
    pfr0: columns.get('ID_AA64PFR0_EL1')!,
    clidr: columns.get('CLIDR_EL1')!,
  });
  const from = header('spec-data/linux/{hwcaps,sanitised,cpucaps}');
  const nativeSlots = slotsOf(native, columns);
  const compatSlots = slotsOf(compat, columns);
  return [
    {
      path: 'src/rows/generated/row-layout.ts',
      text: `${from}
/** The registers of a row, in the order of its words of 64 bits. */
export const ROW_REGISTERS = [
${names.map((name) => `  '${name}',\n`).join('')}] as const;

/** The length of a row in words of 32 bits. */
export const ROW_HALVES = ${names.length * 2};

/** The registers that nobody merges: a system has those of its boot CPU. */
export const IDENTITY_REGISTERS: readonly string[] = [${IDENTITY.map((name) => `'${name}'`).join(', ')}];

/** The first column of the registers of AArch32, and the first behind them. */
export const AARCH32_FROM = ${aarch32From};
export const AARCH32_TO = ${merged};
`,
    },
    {
      path: 'src/rows/generated/derivers.ts',
      text: `${from}import type { RegisterFile } from '../../silicon/machine.ts';
import type { Slot } from '../tables.ts';

${table('NATIVE_SLOTS', 'Slot', nativeSlots, 'The look-ups of {@link NATIVE}, in the order of their tables.')}
${table('COMPAT_SLOTS', 'Slot', compatSlots, 'The look-ups of {@link COMPAT}, in the order of their tables.')}
${deriverSource('NativeDeriver', 'Derives the hwcap words of rows.', nativeSlots, 6, { rowHalves: names.length * 2, midr: columns.get('MIDR_EL1')! * 2 })}
${deriverSource('CompatDeriver', 'Derives the AArch32 hwcap words of rows.', compatSlots, 4, { rowHalves: names.length * 2 })}
${fillSource(names, new Set(native.map(({ register }) => register)).size)}`,
    },
    { path: 'src/rows/generated/boot-row.ts', text: `${from}${sameRowSource(names.length * 2)}` },
    {
      path: 'src/rows/generated/vector-kernel.ts',
      text: `${from}import type { Lane } from '../vector-kernel.ts';

${table('LANES', 'Lane', lanes, 'The look-ups of the vector kernel, in the order of their tables of 16 bytes.')}
/** The module, ${bytes.length} bytes, as hexadecimal digits, which compress better than base64. */
export const VECTOR_KERNEL: string =
  '${Buffer.from(bytes).toString('hex')}';
`,
    },
  ];
}
