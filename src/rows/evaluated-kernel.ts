import { bootAdmittingAll } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import type { RegisterFile, SystemRegisterName } from '../silicon/machine.ts';
import { ColumnViews, eachRows, type RegisterColumns } from './columns.ts';
import type { CompiledKernel } from './compile.ts';
import { IDENTITY_REGISTERS, ROW_HALVES, ROW_REGISTERS } from './generated/row-layout.ts';
import { NamesByBit } from './hwcap-names.ts';
import { expectCount, expectLength, putWord, type Words, WordViews, wordAt } from './words.ts';

const WORDS = 3;
const COMPAT_WORDS = 2;

/** Works on rows as `boot` works on machines: slow, and what the others are measured by. */
export class EvaluatedKernel implements CompiledKernel {
  readonly kernel: Kernel;
  readonly engine = 'evaluator';
  readonly #environment: Environment;
  readonly #names: NamesByBit;

  constructor(kernel: Kernel, environment: Environment) {
    this.kernel = kernel;
    this.#environment = environment;
    this.#names = new NamesByBit(kernel);
  }

  #each(
    rows: Words,
    out: Words,
    count: number,
    cpus: number,
    outWords: number,
    write: (system: System, out: Int32Array, at: number) => void,
  ): void {
    expectCount('count', count, 0);
    expectCount('cpus', cpus, 1);
    const halves = new WordViews().of(rows);
    const results = new WordViews();
    const result = results.of(out);
    expectLength('rows', halves, count * cpus * ROW_HALVES);
    expectLength('out', result, count * outWords * 2);
    for (let i = 0; i < count; i++) {
      const machine = {
        cpus: Array.from({ length: cpus }, (_, cpu) => ({ registers: registersOfRow(halves, (i * cpus + cpu) * ROW_HALVES) })),
      };
      write(bootAdmittingAll(machine, this.kernel, this.#environment), result, i * outWords * 2);
    }
    results.store(out);
  }

  derive(rows: Words, out: Words, count: number, cpus: number = 1): void {
    this.#each(rows, out, count, cpus, WORDS, ({ hwcaps }, result, at) => {
      for (let word = 0; word < WORDS; word++) putWord(result, at + word * 2, hwcaps.words[word] ?? 0n);
    });
  }

  deriveColumns(columns: RegisterColumns, out: Words, count: number): void {
    const views = new ColumnViews().of(columns, count);
    const results = new WordViews();
    const result = results.of(out);
    expectLength('out', result, count * WORDS * 2);
    eachRows(views, count, (rows, from, some) => {
      this.derive(rows, result.subarray(from * WORDS * 2, (from + some) * WORDS * 2), some);
    });
    results.store(out);
  }

  deriveCompat(rows: Words, out: Words, count: number, cpus: number = 1): void {
    this.#each(rows, out, count, cpus, COMPAT_WORDS, ({ compat }, result, at) => {
      for (let word = 0; word < COMPAT_WORDS; word++) putWord(result, at + word * 2, compat.words[word] ?? 0n);
    });
  }

  sanitise(rows: Words, out: Words, count: number, cpus: number): void {
    this.#each(rows, out, count, cpus, ROW_REGISTERS.length, ({ registers, cpus: [boot] }, result, at) => {
      ROW_REGISTERS.forEach((name, column) => {
        const own = IDENTITY_REGISTERS.includes(name) ? boot!.registers[name] : registers.get(name as SystemRegisterName)?.value;
        putWord(result, at + column * 2, own ?? 0n);
      });
    });
  }

  deriveRegisters(registers: RegisterFile, out: BigUint64Array = new BigUint64Array(WORDS)): BigUint64Array {
    const { hwcaps } = bootAdmittingAll({ cpus: [{ registers }] }, this.kernel, this.#environment);
    for (let word = 0; word < WORDS; word++) out[word] = hwcaps.words[word] ?? 0n;
    return out;
  }

  names(words: Words): readonly string[] {
    return this.#names.of(words);
  }
}

function registersOfRow(halves: Int32Array, at: number): RegisterFile {
  return Object.fromEntries(ROW_REGISTERS.map((name, column) => [name, wordAt(halves, at + column * 2)]));
}
