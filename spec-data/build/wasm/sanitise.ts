import { type MemoryMap, type RuleMask, WIDE_BYTES } from '../../../src/rows/vector-memory.ts';
import { get, indented, type KernelShape } from './text.ts';

/** One pair of columns: the fields of four bits by their rules, then single bits. */
export function mergePair(map: MemoryMap): string {
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
export function mergeFunctions(): string {
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
export function sanitiseFunction({ columns, aarch32From, merged, pfr0, clidr: clidrColumn }: KernelShape, map: MemoryMap): string {
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
