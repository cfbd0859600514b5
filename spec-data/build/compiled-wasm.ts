/**
 * The vector kernel, as WebAssembly text: what it does is written here, what it looks at comes from the lanes. All tables lie in its
 * memory, so that the same bytes serve every kernel release.
 */
import wabt from 'wabt';
import type { Lane } from '../../src/linux/compiled/vector-kernel.ts';
import { type MemoryMap, memoryMap, type RuleMask, WIDE_BYTES } from '../../src/linux/compiled/vector-memory.ts';

/** What the kernel has to know of the rows. */
export interface KernelShape {
  readonly lanes: readonly Lane[];
  readonly columns: number;
  readonly aarch32From: number;
  /** The first column behind those that are merged by masks: CTR_EL0. */
  readonly merged: number;
  /** The columns of some registers. */
  readonly midr: number;
  readonly pfr0: number;
  readonly clidr: number;
}

/** Records that are derived at once: the bytes of a vector. */
const RECORDS = 16;

function indented(lines: readonly string[], depth: number): string {
  return lines.map((line) => `${' '.repeat(depth)}${line}\n`).join('');
}

/** The pattern that interleaves two vectors in pieces of `size` bytes, from their low or high halves. */
function interleave(size: number, high: boolean): string {
  const per = 8 / size;
  const order: number[] = [];
  for (let i = 0; i < per; i++)
    for (const base of [0, 16]) for (let byte = 0; byte < size; byte++) order.push(base + (high ? 8 : 0) + i * size + byte);
  return `i8x16.shuffle ${order.join(' ')}`;
}

function set(name: string, value: string): string {
  return `(local.set ${name} ${value})`;
}

function get(name: string): string {
  return `(local.get ${name})`;
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

/**
 * `derive(row, out, count, flags)`: hwcap words of records, sixteen at a time; it reads and writes whole sixteens. The flags are a bit a
 * record: whether its CPU is of an implementer with errata.
 */
function deriveFunction({ lanes, columns, midr }: KernelShape, map: MemoryMap): string {
  const numbered = lanes.map((lane, index) => ({ ...lane, index }));
  const bytesOf = (column: number): readonly number[] => [
    ...new Set(lanes.flatMap((lane) => (lane.column === column ? [lane.nibble >> 1] : []))),
  ];
  const tested = [...new Set(lanes.map(({ column }) => column))];
  const singles = tested.filter((column) => bytesOf(column).length === 1);
  const taken = tested.length - singles.length;
  if (singles.some((column) => column < taken)) throw new Error('registers of which one byte is tested come last');
  const gathered = [...singles.map((column) => [column, bytesOf(column)[0]!] as const), [midr, IMPLEMENTER] as const];
  const implementer = `(v128.load offset=${map.planes + midr * 128 + IMPLEMENTER * 16} (i32.const 0))`;
  const named = [0, 16].map((at) => `(i8x16.eq ${implementer} (v128.load offset=${map.implementers + at} (i32.const 0)))`);
  const words = [0, 1, 2].flatMap((word) => storeWord(word, numbered, map));
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  const locals = [...eight.flatMap((i) => [`$x${i}`, `$y${i}`]), '$n', '$m', '$w', ...[0, 1, 2, 3].flatMap((i) => [`$p${i}l`, `$p${i}h`])];
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
)}      (i32.store16 (local.get $flags) (i8x16.bitmask (v128.or ${named.join(' ')})))
      (local.set $flags (i32.add (local.get $flags) (i32.const 2)))
${indented(words, 6)}      (local.set $row (i32.add (local.get $row) (i32.const ${columns * 8 * RECORDS})))
      (local.set $out (i32.add (local.get $out) (i32.const ${24 * RECORDS})))
      (local.set $count (i32.sub (local.get $count) (i32.const ${RECORDS})))
      (br $next))))
`;
}

/** One pair of columns: the fields of four bits by their rules, then single bits. */
function mergePair(map: MemoryMap): string {
  const mask = (name: RuleMask): string => `(v128.load offset=${map.masks[name]} (local.get $column))`;
  const low = '(v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15)';
  const nibbles = (high: boolean): string => {
    const part = (value: string): string =>
      high ? `(v128.and (i16x8.shr_u ${value} (i32.const 4)) ${low})` : `(v128.and ${value} ${low})`;
    return `
        (local.set $s ${part(mask('signed'))})
        (local.set $p (v128.xor ${part(get('$a'))} (local.get $s)))
        (local.set $q (v128.xor ${part(get('$b'))} (local.get $s)))
        (local.set $r (v128.and (v128.xor (i8x16.min_u (local.get $p) (local.get $q)) (local.get $s)) ${part(mask('lower'))}))
        (if (local.get $rare) (then
          (local.set $t (v128.xor (i8x16.max_u (local.get $p) (local.get $q)) (local.get $s)))
          (local.set $z (v128.not (v128.or (i8x16.eq ${part(get('$a'))} (v128.const i64x2 0 0)) (i8x16.eq ${part(get('$b'))} (v128.const i64x2 0 0)))))
          (local.set $r (v128.or (local.get $r) (v128.or (v128.and (local.get $t) ${part(mask('higher'))})
            (v128.or (v128.and (v128.and (local.get $t) (local.get $z)) ${part(mask('higherOrZero'))})
              (v128.and (v128.bitselect ${part(get('$a'))} ${part(mask('safe'))} (i8x16.eq (local.get $p) (local.get $q))) ${part(mask('exact'))})))))))
`;
  };
  return `  (func $pair (param $column i32) (param $into i32) (param $from i32)
    (local $a v128) (local $b v128) (local $s v128) (local $p v128) (local $q v128) (local $r v128) (local $t v128) (local $z v128) (local $l v128) (local $rare i32)
    (local.set $a (v128.load (local.get $into)))
    (local.set $b (v128.and (v128.load (local.get $from)) ${mask('covered')}))
    (if (v128.any_true (v128.xor (local.get $a) (local.get $b))) (then
        (local.set $rare (v128.any_true ${mask('rare')}))
${nibbles(false)}        (local.set $l (local.get $r))
${nibbles(true)}        (local.set $r (v128.or (local.get $l) (i16x8.shl (local.get $r) (i32.const 4))))
        (if (local.get $rare) (then
          (local.set $r (v128.or (local.get $r) (v128.and ${mask('bits')}
            (v128.or (v128.and (local.get $a) (local.get $b)) (v128.and (v128.xor (local.get $a) (local.get $b)) ${mask('safe')})))))
          ;; Wide fields keep what they have; they are compared as a whole elsewhere.
          (local.set $r (v128.or (local.get $r) (v128.and (local.get $a) ${mask('wide')})))))
        (v128.store (local.get $into) (local.get $r)))))
`;
}

/** Merging of CPUs into a system. */
function mergeFunctions(): string {
  return `  (func $merge (param $into i32) (param $from i32) (param $column i32) (param $end i32)
    (block $done (loop $next
      (br_if $done (i32.ge_s (local.get $column) (local.get $end)))
      ;; The last column of an odd number is merged with the one before it, once more: that changes nothing.
      (if (i32.gt_s (i32.add (local.get $column) (i32.const 16)) (local.get $end))
        (then (local.set $column (i32.sub (local.get $end) (i32.const 16)))))
      (call $pair (local.get $column) (i32.add (local.get $into) (local.get $column)) (i32.add (local.get $from) (local.get $column)))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (br $next))))
  (func $wide (param $into i32) (param $from i32) (param $at i32)
    (local $column i32) (local $mask i64) (local $value i64)
    (block $done (loop $next
      (local.set $mask (i64.load offset=8 (local.get $at)))
      (br_if $done (i64.eqz (local.get $mask)))
      (local.set $column (i32.load (local.get $at)))
      (local.set $value (i64.load (i32.add (local.get $into) (local.get $column))))
      (if (i64.ne (i64.const 0) (i64.and (local.get $mask) (i64.xor (local.get $value) (i64.load (i32.add (local.get $from) (local.get $column))))))
        (then (i64.store (i32.add (local.get $into) (local.get $column))
          (i64.or (i64.and (local.get $value) (i64.xor (local.get $mask) (i64.const -1))) (i64.load offset=16 (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const ${WIDE_BYTES})))
      (br $next))))
`;
}

/** The whole of sanitising: `sanitise(from, into, systems, cpus, idc, initial, updates)`. */
function sanitiseFunction({ columns, aarch32From, merged, pfr0, clidr: clidrColumn }: KernelShape, map: MemoryMap): string {
  const rowBytes = columns * 8;
  const [ctr, clidr] = [merged * 8, clidrColumn * 8];
  const pairs = Array.from({ length: Math.ceil(columns / 2) }, (_, i) => Math.min(i * 16, rowBytes - 16));
  const differences = pairs.map((at) => `(v128.xor (v128.load offset=${at} (local.get $a)) (v128.load offset=${at} (local.get $b)))`);
  const fill = (from: number, to: number): string => {
    const starts = Array.from({ length: Math.ceil((to - from) / 2) }, (_, i) => Math.min(from + i * 2, to - 2) * 8);
    return indented(
      starts.map(
        (at) =>
          `(v128.store offset=${at} (local.get $into) (v128.and (v128.load offset=${at} (local.get $from)) (v128.load offset=${map.masks.covered + at} (i32.const 0))))`,
      ),
      6,
    );
  };
  const level = (shift: number): string => `(i32.eqz (i32.and (i32.shr_u (local.get $clidr) (i32.const ${shift})) (i32.const 7)))`;
  const has32 = (row: string): string => `(i32.eq (i32.and (i32.load offset=${pfr0 * 8} (local.get ${row})) (i32.const 15)) (i32.const 2))`;
  return `  (func $same (param $a i32) (param $b i32) (result i32)
    (i32.eqz (v128.any_true ${differences.reduce((a, b) => `(v128.or ${a} ${b})`)})))
  ;; CTR_EL0 as the kernel reads it: 32 bits, IDC set where CLIDR_EL1 asks for no cleaning.
  (func $ctr (param $row i32) (param $idc i32) (result i32) (local $clidr i32) (local $ctr i32)
    (local.set $ctr (i32.load offset=${ctr} (local.get $row)))
    (local.set $clidr (i32.load offset=${clidr} (local.get $row)))
    (i32.or (local.get $ctr) (i32.shl
      (i32.and (local.get $idc) (i32.or ${level(24)} (i32.and ${level(21)} ${level(27)})))
      (i32.const 28))))
  (func $mergeCtr (param $into i32) (param $from i32) (param $idc i32) (local $ctr i32) (local $own i32)
    (local.set $ctr (i32.load offset=${ctr} (local.get $into)))
    (local.set $own (i32.and (call $ctr (local.get $from) (local.get $idc)) (i32.load (i32.const ${map.masks.covered + ctr}))))
    (if (i32.ne (local.get $ctr) (local.get $own)) (then
      (v128.store (i32.const ${map.scratch}) (v128.const i64x2 0 0))
      (v128.store (i32.const ${map.scratch + 16}) (v128.const i64x2 0 0))
      (i32.store (i32.const ${map.scratch}) (local.get $ctr))
      (i32.store (i32.const ${map.scratch + 16}) (local.get $own))
      (call $pair (i32.const ${ctr}) (i32.const ${map.scratch}) (i32.const ${map.scratch + 16}))
      (call $wide (i32.const ${map.scratch}) (i32.const ${map.scratch + 16}) (i32.const ${map.wide.ctr}))
      (i32.store offset=${ctr} (local.get $into) (i32.load (i32.const ${map.scratch}))))))
  (func $aarch32 (param $into i32) (param $from i32) (param $updates i32) (local $cpu i32) (local $system i32)
    (local.set $cpu ${has32('$from')})
    (local.set $system ${has32('$into')})
    ;; 0: always; 1: where the CPU has AArch32; 2: where CPU and system have it; 3: where the system has it.
    (if (i32.or (i32.eqz (local.get $updates)) (i32.or
          (i32.and (i32.eq (local.get $updates) (i32.const 1)) (local.get $cpu))
          (i32.or
            (i32.and (i32.eq (local.get $updates) (i32.const 2)) (i32.and (local.get $cpu) (local.get $system)))
            (i32.and (i32.eq (local.get $updates) (i32.const 3)) (local.get $system))))) (then
      (if (i32.and (i32.ne (local.get $updates) (i32.const 0)) (i32.eqz (local.get $cpu)))
        (then (local.set $from (i32.const ${map.zeros}))))
      (call $merge (local.get $into) (local.get $from) (i32.const ${aarch32From * 8}) (i32.const ${merged * 8}))
      (call $wide (local.get $into) (local.get $from) (i32.const ${map.wide.aarch32})))))
  (func (export "mergeRow") (param $into i32) (param $from i32)
    (call $merge (local.get $into) (local.get $from) (i32.const 0) (i32.const ${merged * 8}))
    (call $wide (local.get $into) (local.get $from) (i32.const ${map.wide.aarch64}))
    (call $wide (local.get $into) (local.get $from) (i32.const ${map.wide.aarch32}))
    (call $mergeCtr (local.get $into) (local.get $from) (i32.const 0)))
  (func (export "sanitise") (param $from i32) (param $into i32) (param $systems i32) (param $cpus i32) (param $idc i32) (param $initial i32) (param $updates i32)
    (local $boot i32) (local $left i32)
    (block $done (loop $next
      (br_if $done (i32.le_s (local.get $systems) (i32.const 0)))
      (local.set $boot (local.get $from))
${fill(0, aarch32From)}      (if (i32.or (local.get $initial) ${has32('$from')}) (then
${fill(aarch32From, merged)}      ) (else
        (memory.fill (i32.add (local.get $into) (i32.const ${aarch32From * 8})) (i32.const 0) (i32.const ${(merged - aarch32From) * 8}))))
      (i64.store offset=${ctr} (local.get $into) (i64.extend_i32_u (i32.and (call $ctr (local.get $from) (local.get $idc)) (i32.load (i32.const ${map.masks.covered + ctr})))))
      (local.set $left (i32.sub (local.get $cpus) (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const ${rowBytes})))
      (block $merged (loop $cpu
        (br_if $merged (i32.le_s (local.get $left) (i32.const 0)))
        (if (i32.eqz (call $same (local.get $boot) (local.get $from))) (then
          (call $merge (local.get $into) (local.get $from) (i32.const 0) (i32.const ${aarch32From * 8}))
          (call $wide (local.get $into) (local.get $from) (i32.const ${map.wide.aarch64}))
          (call $mergeCtr (local.get $into) (local.get $from) (local.get $idc))
          (call $aarch32 (local.get $into) (local.get $from) (local.get $updates))))
        (local.set $from (i32.add (local.get $from) (i32.const ${rowBytes})))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br $cpu)))
      (local.set $into (i32.add (local.get $into) (i32.const ${rowBytes})))
      (local.set $systems (i32.sub (local.get $systems) (i32.const 1)))
      (br $next))))
`;
}

/** The bytes of the module. */
export async function wasmBytes(shape: KernelShape): Promise<Uint8Array> {
  const map = memoryMap(shape.columns, shape.lanes.length);
  const text = `(module
  (memory (export "memory") ${map.pages})
${deriveFunction(shape, map)}${mergePair(map)}${mergeFunctions()}${sanitiseFunction(shape, map)})
`;
  const { parseWat } = await wabt();
  const module = parseWat('vector-kernel.wat', text, { simd: true });
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
