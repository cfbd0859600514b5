import type { Lane } from '../../../src/rows/vector-kernel.ts';
import type { MemoryMap } from '../../../src/rows/vector-memory.ts';
import { get, indented, type KernelShape, set } from './text.ts';

/** Records that are derived at once: the bytes of a vector. */
const RECORDS = 16;

/** The pattern that interleaves two vectors in pieces of `size` bytes, from their low or high halves. */
function interleave(size: number, high: boolean): string {
  const per = 8 / size;
  const order: number[] = [];
  for (let i = 0; i < per; i++)
    for (const base of [0, 16]) for (let byte = 0; byte < size; byte++) order.push(base + (high ? 8 : 0) + i * size + byte);
  return `i8x16.shuffle ${order.join(' ')}`;
}

/** Takes one register of 16 records apart into planes: a vector for each byte, the lowest first. */
function takeApart(rowBytes: number): readonly string[] {
  const lines: string[] = [];
  const load = (record: number): string => `(v128.load64_zero offset=${record * rowBytes} (local.get $at))`;
  for (let pair = 0; pair < 8; pair++) lines.push(set(`$x${pair}`, `(${interleave(1, false)} ${load(2 * pair)} ${load(2 * pair + 1)})`));
  for (let quad = 0; quad < 4; quad++) {
    const [a, b] = [get(`$x${2 * quad}`), get(`$x${2 * quad + 1}`)];
    lines.push(set(`$y${quad}`, `(${interleave(2, false)} ${a} ${b})`), set(`$y${quad + 4}`, `(${interleave(2, true)} ${a} ${b})`));
  }
  // $y0…3 hold bytes 0 to 3 of four records each, $y4…7 bytes 4 to 7.
  for (const i of [0, 1, 2, 3]) {
    const [a, b] = [get(`$y${2 * i}`), get(`$y${2 * i + 1}`)];
    lines.push(set(`$x${2 * i}`, `(${interleave(4, false)} ${a} ${b})`), set(`$x${2 * i + 1}`, `(${interleave(4, true)} ${a} ${b})`));
  }
  // $x0, $x1 hold bytes 0, 1 and 2, 3 of records 0 to 7; $x2, $x3 those of records 8 to 15; $x4…7 bytes 4 to 7 alike.
  for (const upper of [0, 1]) {
    for (const half of [0, 1]) {
      const [a, b] = [get(`$x${4 * upper + half}`), get(`$x${4 * upper + 2 + half}`)];
      const plane = 4 * upper + 2 * half;
      for (const top of [0, 1])
        lines.push(`(v128.store offset=${(plane + top) * 16} (local.get $plane) (${interleave(8, top === 1)} ${a} ${b}))`);
    }
  }
  return lines;
}

/** Gathers one byte of a register of 16 records, as the plane that {@link takeApart} would make of it. */
function gatherByte(column: number, byte: number, rowBytes: number, map: MemoryMap): string {
  const at = (record: number): string => `offset=${record * rowBytes + column * 8 + byte}`;
  let plane = `(v128.load8_splat ${at(0)} (local.get $row))`;
  for (let record = 1; record < RECORDS; record++) plane = `(v128.load8_lane ${at(record)} ${record} (local.get $row) ${plane})`;
  return `(v128.store offset=${map.planes + column * 128 + byte * 16} (i32.const 0) ${plane})`;
}

/** The byte of MIDR_EL1 that names the implementer. */
const IMPLEMENTER = 3;

const LOW_NIBBLES = `(v128.const i8x16 ${Array(16).fill(15).join(' ')})`;

/** What the lanes of one plane and level come to. */
function lookedUp(lanes: readonly (Lane & { readonly index: number })[], map: MemoryMap): string {
  const found = lanes.map(({ column, nibble, index }) => {
    const plane = `(v128.load offset=${map.planes + column * 128 + (nibble >> 1) * 16} (i32.const 0))`;
    const bits = nibble % 2 === 0 ? plane : `(i16x8.shr_u ${plane} (i32.const 4))`;
    return `(i8x16.swizzle (v128.load offset=${map.lanes + index * 16} (i32.const 0)) (v128.and ${bits} ${LOW_NIBBLES}))`;
  });
  return found.reduce((a, b) => `(v128.or ${a} ${b})`);
}

/** Writes 8 planes as one word of 64 bits a record. */
function storeWord(word: number, lanes: readonly (Lane & { readonly index: number })[], map: MemoryMap): readonly string[] {
  const plane = (byte: number): string => {
    const own = lanes.filter((lane) => lane.plane === word * 8 + byte);
    const levels = [0, 1].map((level) => own.filter((lane) => lane.level === level)).filter(({ length }) => length > 0);
    if (levels.length === 0) return '(v128.const i64x2 0 0)';
    return levels.map((level) => lookedUp(level, map)).reduce((a, b) => `(v128.and ${a} ${b})`);
  };
  const lines: string[] = [];
  for (let pair = 0; pair < 4; pair++) {
    lines.push(set(`$x${pair}`, plane(2 * pair)), set(`$y${pair}`, plane(2 * pair + 1)));
  }
  // Pairs of bytes, then fours, then words: of the low eight records, then of the high ones.
  for (const high of [false, true]) {
    const at = (name: string): string => `${name}${high ? 'h' : 'l'}`;
    for (let pair = 0; pair < 4; pair++)
      lines.push(set(at(`$p${pair}`), `(${interleave(1, high)} ${get(`$x${pair}`)} ${get(`$y${pair}`)})`));
    for (const upper of [false, true]) {
      const first = `(${interleave(2, upper)} ${get(at('$p0'))} ${get(at('$p1'))})`;
      const second = `(${interleave(2, upper)} ${get(at('$p2'))} ${get(at('$p3'))})`;
      lines.push(set('$n', first), set('$m', second));
      for (const top of [false, true]) {
        const record = (high ? 8 : 0) + (upper ? 4 : 0) + (top ? 2 : 0);
        lines.push(set('$w', `(${interleave(4, top)} (local.get $n) (local.get $m))`));
        for (const lane of [0, 1])
          lines.push(`(v128.store64_lane offset=${(record + lane) * 24 + word * 8} ${lane} (local.get $out) (local.get $w))`);
      }
    }
  }
  return lines;
}

/** The byte of a register of 16 records: which of them a plane holds is told by its number. */
type Bytes = readonly number[];

/** Two vectors whose bytes are to be interleaved, or what a vector is loaded from. */
function stageName(stage: number, index: number): string {
  return `$s${stage}_${index}`;
}

/**
 * Takes a column apart: 16 words of 64 bits, one after the other, into a plane for each byte that is wanted. A byte's place is told by seven
 * bits, four of its record and three of its own; each of four steps interleaves the vectors that differ in the highest bit of the record.
 */
function takeColumnApart(area: number, planes: number, wanted: Bytes): readonly string[] {
  const lines: string[] = [];
  const made = new Set<string>();
  const need = (stage: number, index: number): string => {
    const name = stageName(stage, index);
    if (made.has(name)) return get(name);
    made.add(name);
    if (stage === 0) lines.push(set(name, `(v128.load offset=${area + index * 16} (local.get $at))`));
    else {
      const [a, b] = [need(stage - 1, index >> 1), need(stage - 1, (index >> 1) + 4)];
      lines.push(set(name, `(${interleave(1, index % 2 === 1)} ${a} ${b})`));
    }
    return get(name);
  };
  for (const byte of wanted) {
    const plane = need(4, byte);
    lines.push(`(v128.store offset=${planes + byte * 16} (i32.const 0) ${plane})`);
  }
  return lines;
}

/** What is read of each column: the bytes that are tested, and who made the CPU. */
function bytesRead({ lanes, midr }: KernelShape): ReadonlyMap<number, Bytes> {
  const read = new Map<number, Set<number>>();
  for (const { column, nibble } of lanes) read.set(column, (read.get(column) ?? new Set()).add(nibble >> 1));
  read.set(midr, new Set([IMPLEMENTER]));
  return new Map([...read].map(([column, bytes]) => [column, [...bytes].sort((a, b) => a - b)]));
}

/** Notes of sixteen records whether their CPUs are of an implementer with errata. */
function noteImplementers(midr: number, map: MemoryMap): readonly string[] {
  const implementer = `(v128.load offset=${map.planes + midr * 128 + IMPLEMENTER * 16} (i32.const 0))`;
  const named = [0, 16].map((at) => `(i8x16.eq ${implementer} (v128.load offset=${map.implementers + at} (i32.const 0)))`);
  return [
    `(i32.store16 (local.get $flags) (i8x16.bitmask (v128.or ${named.join(' ')})))`,
    '(local.set $flags (i32.add (local.get $flags) (i32.const 2)))',
  ];
}

/** `$words(out)`: the hwcap words of sixteen records of which the planes lie ready. */
function wordsFunction({ lanes }: KernelShape, map: MemoryMap): string {
  const numbered = lanes.map((lane, index) => ({ ...lane, index }));
  const words = [0, 1, 2].flatMap((word) => storeWord(word, numbered, map));
  const four = [0, 1, 2, 3];
  const locals = [...four.flatMap((i) => [`$x${i}`, `$y${i}`, `$p${i}l`, `$p${i}h`]), '$n', '$m', '$w'];
  return `  (func $words (param $out i32) ${locals.map((name) => `(local ${name} v128)`).join(' ')}
${indented(words, 4)}  )
`;
}

/**
 * `deriveColumns(at, out, count, flags, given)`: hwcap words of records whose registers lie in columns, sixteen at a time. Of `given`, a bit
 * tells whether a column is there; the planes of those that are not stay as they are.
 */
function columnsFunction(shape: KernelShape, map: MemoryMap): string {
  const parts = [...bytesRead(shape)].flatMap(([column, bytes]) => [
    `(if (i32.and (local.get $given) (i32.const ${(2 ** column) | 0})) (then`,
    ...takeColumnApart(column * map.columnBytes, map.planes + column * 128, bytes).map((line) => `  ${line}`),
    '))',
  ]);
  const locals = [0, 1, 2, 3, 4].flatMap((stage) => [0, 1, 2, 3, 4, 5, 6, 7].map((index) => stageName(stage, index)));
  return `  (func (export "deriveColumns") (param $at i32) (param $out i32) (param $count i32) (param $flags i32) (param $given i32)
    ${locals.map((name) => `(local ${name} v128)`).join(' ')}
    (block $done (loop $next
      (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
${indented(parts, 6)}${indented(noteImplementers(shape.midr, map), 6)}      (call $words (local.get $out))
      (local.set $at (i32.add (local.get $at) (i32.const ${8 * RECORDS})))
      (local.set $out (i32.add (local.get $out) (i32.const ${24 * RECORDS})))
      (local.set $count (i32.sub (local.get $count) (i32.const ${RECORDS})))
      (br $next))))
`;
}

/**
 * `derive(row, out, count, flags)`: hwcap words of records, sixteen at a time; it reads and writes whole sixteens. The flags are a bit a
 * record: whether its CPU is of an implementer with errata.
 */
function rowsFunction({ lanes, columns, midr }: KernelShape, map: MemoryMap): string {
  const bytesOf = (column: number): readonly number[] => [
    ...new Set(lanes.flatMap((lane) => (lane.column === column ? [lane.nibble >> 1] : []))),
  ];
  const tested = [...new Set(lanes.map(({ column }) => column))];
  const singles = tested.filter((column) => bytesOf(column).length === 1);
  const taken = tested.length - singles.length;
  if (singles.some((column) => column < taken)) throw new Error('registers of which one byte is tested come last');
  const gathered = [...singles.map((column) => [column, bytesOf(column)[0]!] as const), [midr, IMPLEMENTER] as const];
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  const locals = eight.flatMap((i) => [`$x${i}`, `$y${i}`]);
  return `  (func (export "derive") (param $row i32) (param $out i32) (param $count i32) (param $flags i32)
    (local $at i32) (local $plane i32) (local $end i32) ${locals.map((name) => `(local ${name} v128)`).join(' ')}
    (block $done (loop $next
      (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
      (local.set $at (local.get $row))
      (local.set $plane (i32.const ${map.planes}))
      (local.set $end (i32.add (local.get $row) (i32.const ${taken * 8})))
      (loop $column
${indented(takeApart(columns * 8), 8)}        (local.set $plane (i32.add (local.get $plane) (i32.const 128)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $column (i32.lt_u (local.get $at) (local.get $end))))
${indented(
  gathered.map(([column, byte]) => gatherByte(column, byte, columns * 8, map)),
  6,
)}${indented(noteImplementers(midr, map), 6)}      (call $words (local.get $out))
      (local.set $row (i32.add (local.get $row) (i32.const ${columns * 8 * RECORDS})))
      (local.set $out (i32.add (local.get $out) (i32.const ${24 * RECORDS})))
      (local.set $count (i32.sub (local.get $count) (i32.const ${RECORDS})))
      (br $next))))
`;
}

/** The functions that derive hwcap words: of rows, and of columns. */
export function deriveFunctions(shape: KernelShape, map: MemoryMap): string {
  return wordsFunction(shape, map) + rowsFunction(shape, map) + columnsFunction(shape, map);
}
