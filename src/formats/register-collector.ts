import { formatHex } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { listedMachine, type Machine, type SystemRegisterName } from '../silicon/machine.ts';
import { MAX_CPUS } from './register-values.ts';

type Draft = { -readonly [name in SystemRegisterName]?: bigint };

/** Gathers register values that a text gives in any order, each with the number of its CPU. */
export class RegisterCollector {
  readonly #cpus = new Map<number, Draft>();
  readonly #found: (diagnostic: Diagnostic) => void;

  /** @param found - Told of contradictions. */
  constructor(found: (diagnostic: Diagnostic) => void) {
    this.#found = found;
  }

  /** Makes a CPU known, even if no register of it is. Too many are left out, with a finding for each. */
  cpu(cpu: number, where: string): Draft | undefined {
    const known = this.#cpus.get(cpu);
    if (known !== undefined) return known;
    if (this.#cpus.size >= MAX_CPUS) {
      this.#found({ code: 'too-many-cpus', severity: 'error', where, message: `CPU ${cpu} is left out: at most ${MAX_CPUS} are read` });
      return undefined;
    }
    const draft: Draft = {};
    this.#cpus.set(cpu, draft);
    return draft;
  }

  /** Takes a value; one that contradicts an earlier one is left out, with a finding. */
  add(cpu: number, name: SystemRegisterName, value: bigint, where: string): void {
    const draft = this.cpu(cpu, where);
    if (draft === undefined) return;
    const before = draft[name];
    if (before === undefined) draft[name] = value;
    else if (before !== value) {
      const message = `${name} of CPU ${cpu} is ${formatHex(before)} already; ${formatHex(value)} is left out`;
      this.#found({ code: 'duplicate-register', severity: 'error', where, message });
    }
  }

  /** Whether nothing was given. */
  get empty(): boolean {
    return this.#cpus.size === 0;
  }

  /** The CPUs by number, what is not listed being unknown; `undefined` if there are none. */
  machine(): Machine | undefined {
    if (this.empty) return undefined;
    const sorted = [...this.#cpus].sort(([a], [b]) => a - b);
    return listedMachine(sorted.map(([, registers]) => ({ registers })));
  }
}
