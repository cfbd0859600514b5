import type { Truth } from '../../logic/truth.ts';
import type { Seen } from '../../silicon/seen.ts';
import type { Capability } from '../release/capability.ts';
import { assume } from './assume.ts';
import type { BootState } from './boot-state.ts';
import { hwcapFacts, OWN_HWCAPS } from './hwcaps.ts';

/** Whether the log reports a capability whenever it is found, in a line of its own. */
function isReported({ description, perCpu }: Capability): boolean {
  return description !== undefined && !perCpu;
}

/** What a boot takes from what its kernel was seen to print. */
export class Evidence {
  readonly #state: BootState;
  readonly #seen: readonly Seen[];

  constructor(state: BootState) {
    this.#state = state;
    this.#seen = state.seen;
  }

  /** Whether a CPU was seen to have come up; `undefined` if that is not told. */
  online(index: number): boolean | undefined {
    return this.#seen.find(({ online }) => online !== undefined)?.online?.includes(index);
  }

  /** The Features line that was seen. */
  get #features(): readonly string[] | undefined {
    return this.#seen.find(({ hwcaps }) => hwcaps !== undefined)?.hwcaps;
  }

  #contradiction(what: string): void {
    this.#state.findings.push({
      code: 'contradiction',
      severity: 'warning',
      where: 'texts',
      message: `${what}, which does not go with what else is known of the machine and the kernel`,
    });
  }

  /** Takes from a Features line what it says of the system's registers. */
  heedHwcaps(): void {
    const names = this.#features;
    const state = this.#state;
    if (names === undefined) return;
    const facts = hwcapFacts(state);
    const known = new Set([...state.model.hwcaps, ...OWN_HWCAPS].map(({ name }) => name));
    for (const name of names) if (!known.has(name)) this.#contradiction(`a Features line has ${name}`);
    for (const { name, when } of state.model.hwcaps) {
      const printed = names.includes(name);
      if (!assume(state, when, printed, facts)) this.#contradiction(`a Features line ${printed ? 'has' : 'lacks'} ${name}`);
    }
  }

  /** Takes from a log which capabilities were found. */
  heedLog(): void {
    const state = this.#state;
    for (const { detected, isWholeLog, varies } of this.#seen) {
      if (detected === undefined) continue;
      for (const [name, rows] of state.model.capabilitiesNamed) {
        const found = rows.some(({ description }) => description !== undefined && detected.includes(description));
        if (found) this.#settle(rows, name, true);
        else if (isWholeLog === true && rows.every(isReported)) this.#settle(rows, name, false);
      }
      if (isWholeLog === true && state.tainted === undefined) state.tainted = varies === true;
    }
  }

  #settle(rows: readonly Capability[], name: string, held: boolean): void {
    const state = this.#state;
    const known = state.capabilities.verdict(name);
    if (known === undefined) state.capabilities.settle(name, held);
    else if (known !== held) this.#contradiction(`a log ${held ? 'reports' : 'does not report'} ${name}`);
    const [row] = rows;
    if (known === undefined && rows.length === 1 && row!.scope === 'system') assume(state, row!.when, held, state.system);
  }

  /** Whether a Features line has a hwcap; `undefined` if none was seen. */
  printed(name: string): Truth {
    return this.#features?.includes(name);
  }
}
