import { describe, expect, it } from 'vitest';
import { compile } from '../../src/rows/compile.ts';
import { ENGINE_NAMES } from '../../src/rows/engine-name.ts';
import { ROW_REGISTERS } from '../../src/rows/generated/row-layout.ts';
import { packRow } from '../../src/rows/pack-row.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

const WORDS = ROW_REGISTERS.length;
const { machine } = await loadMachine('parallels-m1');
const ROW = new BigUint64Array(WORDS);
packRow(machine.cpus[0]!.registers, ROW);
/** AT_HWCAP of the note that the project began with: `fp asimd evtstrm … flagm2 paca frint` on Linux 5.10. */
const RECORDED = [
  'fp',
  'asimd',
  'evtstrm',
  'aes',
  'pmull',
  'sha1',
  'sha2',
  'crc32',
  'atomics',
  'fphp',
  'asimdhp',
  'cpuid',
  'asimdrdm',
  'jscvt',
  'fcma',
  'lrcpc',
  'dcpop',
  'sha3',
  'asimddp',
  'sha512',
  'asimdfhm',
  'dit',
  'uscat',
  'ilrcpc',
  'flagm',
  'ssbs',
  'sb',
  'paca',
  'pacg',
  'dcpodp',
  'flagm2',
  'frint',
];

function rowsOf(count: number): BigUint64Array {
  return BigUint64Array.from({ length: count * WORDS }, (_, i) => ROW[i % WORDS]!);
}

describe.each(ENGINE_NAMES)('the engine %s', (engine) => {
  const kernel = compile({ release: '5.10' }, { engine });
  const one = new BigUint64Array(3);
  kernel.derive(ROW, one, 1);

  it('gives the line that was recorded', () => {
    expect(kernel.names(one)).toEqual(RECORDED);
    expect(kernel.names(kernel.deriveRegisters(machine.cpus[0]!.registers))).toEqual(RECORDED);
  });

  it.each([0, 1, 2, 15, 16, 17, 33])('derives %i records and touches nothing behind them', (count) => {
    const out = new BigUint64Array(count * 3 + 3).fill(7n);
    kernel.derive(rowsOf(count), out, count);
    expect([...out]).toEqual([...Array.from({ length: count }, () => [...one]).flat(), 7n, 7n, 7n]);
  });

  it('derives more records than it takes at a time', () => {
    const count = engine === 'evaluator' ? 40 : 700;
    const out = new BigUint64Array(count * 3);
    kernel.derive(rowsOf(count), out, count);
    expect(new Set([...out])).toEqual(new Set([...one]));
  });

  it('takes any view of the words, also one that begins at an odd byte', () => {
    for (const shift of [0, 1, 3, 4]) {
      const bytes = new Uint8Array(WORDS * 8 + 8).subarray(shift, shift + WORDS * 8);
      bytes.set(new Uint8Array(ROW.buffer));
      const out = new Uint8Array(40).subarray(shift, shift + 24);
      kernel.derive(bytes, out, 1);
      expect(new BigUint64Array(out.slice().buffer)).toEqual(one);
      // The same view with other contents.
      bytes.fill(0);
      kernel.derive(bytes, out, 1);
      expect(new BigUint64Array(out.slice().buffer)[1]).toBe(0n);
    }
    const halves = new Uint32Array(6);
    kernel.derive(new Int32Array(ROW.buffer), halves, 1);
    expect(new BigUint64Array(halves.buffer)).toEqual(one);
  });

  it('says what is wrong with a call', () => {
    expect(() => kernel.derive(ROW, one, 2)).toThrow(/rows has 44 words of 64 bits; 88 are needed/);
    expect(() => kernel.derive(rowsOf(2), one, 2)).toThrow(/out has 3 words of 64 bits; 6 are needed/);
    expect(() => kernel.derive(ROW, one, -1)).toThrow(/count is -1; a whole number from 0 on is expected/);
    expect(() => kernel.derive(ROW, one, 1.5)).toThrow(/count is 1.5/);
    expect(() => kernel.sanitise(ROW, ROW, 1, 0)).toThrow(/cpus is 0; a whole number from 1 on is expected/);
  });
});

it('leaves a command line whose overrides depend on the machine to the evaluator', () => {
  for (const cmdline of ['id_aa64mmfr2.varange=0', 'allow_mismatched_32bit_el0'])
    expect(compile({ release: '7.2', cmdline }, { engine: 'wasm' }).engine).toBe('evaluator');
  expect(compile({ release: '7.2', cmdline: 'arm64.nosve' }, { engine: 'wasm' }).engine).toBe('wasm');
});

it('merges 300 CPUs of a system, more than it takes at a time', () => {
  const rows = rowsOf(300);
  rows[299 * WORDS + ROW_REGISTERS.indexOf('ID_AA64ISAR1_EL1')] = 0n;
  const [all, few] = [new BigUint64Array(3), new BigUint64Array(3)];
  for (const engine of ['generated', 'wasm'] as const) {
    const kernel = compile({ release: '5.10' }, { engine });
    kernel.derive(rows, all, 1, 300);
    kernel.derive(rows.subarray(298 * WORDS), few, 1, 2);
    expect(all).toEqual(few);
    expect(kernel.names(all)).not.toContain('lrcpc');
    expect(kernel.names(all)).toContain('sha512');
  }
});
