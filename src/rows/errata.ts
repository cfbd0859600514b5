import { evaluate, type Facts, isMidrIn } from '../linux/bring-up/evaluate.ts';
import { coreOfName } from '../linux/release/core-id.ts';
import type { MidrCondition } from '../linux/release/rows.ts';
import { ROW_HALVES, ROW_REGISTERS } from './generated/row-layout.ts';
import { wordAt } from './words.ts';

/** What an erratum takes from the result where a CPU has it. */
export interface Taking {
  readonly when: MidrCondition;
  /** The bits that it takes, by word of 32 bits. */
  readonly bits: Int32Array;
}

const MIDR = ROW_REGISTERS.indexOf('MIDR_EL1') * 2;
const REVIDR = ROW_REGISTERS.indexOf('REVIDR_EL1') * 2;
const PARTS = 1 << 12;
/** How many kinds of CPU are remembered. */
const KINDS = 1024;

/** The implementer and the part number of a core that a condition names. */
function coreOf(name: string): readonly [implementer: number, part: number] {
  return coreOfName(name.split(' ')[0]!);
}

/** Takes from results what errata take, by the MIDR_EL1 of each CPU. */
export class ErrataTakings {
  readonly #takings: readonly Taking[];
  readonly #halves: number;
  /** By part number: the implementers of such cores that an erratum names, at most two, in a byte each. */
  readonly #named = new Uint16Array(PARTS);
  /** What is taken, by MIDR_EL1; only where REVIDR_EL1 does not matter. */
  readonly #byMidr = new Map<number, Int32Array>();

  constructor(takings: readonly Taking[], halves: number) {
    this.#takings = takings;
    this.#halves = halves;
    for (const { when } of takings) for (const name of when.midr) this.#name(...coreOf(name));
    const [first = -1, second = first, ...more] = new Set(takings.flatMap(({ when }) => when.midr.map((name) => coreOf(name)[0])));
    if (more.length > 0) throw new Error('cores of more than two implementers have errata that take hwcaps');
    this.implementers = [first, second];
  }

  /** The two implementers of cores that errata name; where there is only one, it stands twice, where there is none, as -1. */
  readonly implementers: readonly [number, number];

  #name(implementer: number, part: number): void {
    const before = this.#named[part]!;
    if ((before & 0xff) === implementer || before >> 8 === implementer) return;
    if (before > 0xff) throw new Error(`more than two implementers have cores of the part ${part} with errata`);
    this.#named[part] = (before << 8) | implementer;
  }

  #taken(midr: number, revidr: bigint): Int32Array {
    const known = this.#byMidr.get(midr);
    if (known) return known;
    const never = (): never => {
      throw new Error('an erratum asks for nothing but the core');
    };
    const registers: Readonly<Record<string, bigint>> = { MIDR_EL1: BigInt(midr >>> 0), REVIDR_EL1: revidr };
    const facts: Facts = { register: (name) => registers[name]!, signedComparison: false, option: never, cpucap: never, rule: never };
    const bits = new Int32Array(this.#halves);
    let depends = false;
    for (const { when, bits: own } of this.#takings) {
      if (when.fixed !== undefined && isMidrIn(registers.MIDR_EL1!, when.midr)) depends = true;
      if (evaluate(when, facts).held) for (const [i, word] of own.entries()) bits[i]! |= word;
    }
    if (depends) return bits;
    if (this.#byMidr.size >= KINDS) this.#byMidr.clear();
    this.#byMidr.set(midr, bits);
    return bits;
  }

  /** Takes from `count` results what the errata of their CPUs, `cpus` rows each, take. */
  apply(rows: Int32Array, from: number, out: Int32Array, to: number, count: number, cpus: number): void {
    if (this.#takings.length === 0) return;
    const named = this.#named;
    const halves = this.#halves;
    for (let row = from, i = 0; i < count * cpus; i++, row += ROW_HALVES) {
      const midr = rows[row + MIDR]!;
      const implementers = named[(midr >>> 4) & (PARTS - 1)]!;
      if (implementers === 0 || ((implementers & 0xff) !== midr >>> 24 && implementers >> 8 !== midr >>> 24)) continue;
      const bits = this.#taken(midr, wordAt(rows, row + REVIDR));
      const at = to + (cpus === 1 ? i : Math.floor(i / cpus)) * halves;
      for (let half = 0; half < halves; half++) out[at + half]! &= ~bits[half]!;
    }
  }
}
