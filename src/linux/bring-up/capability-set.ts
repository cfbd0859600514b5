import type { Truth } from '../../logic/truth.ts';
import type { OpenReader } from './reader.ts';

/** The capabilities that a kernel has set, and those of which that is not known. */
export class CapabilitySet {
  readonly #certain = new Set<string>();
  readonly #open = new Set<string>();
  readonly #reader: OpenReader;

  constructor(reader: OpenReader) {
    this.#reader = reader;
  }

  /** Whether a capability is set. */
  has(name: string): boolean {
    if (this.#certain.has(name)) return true;
    return this.#open.size > 0 && this.#open.has(name) && this.#reader.decide(undefined, `capability ${name}`);
  }

  /** Whether a capability is set, as far as that is known. */
  verdict(name: string): Truth {
    if (this.#certain.has(name)) return true;
    return this.#open.size > 0 && this.#open.has(name) ? undefined : false;
  }

  /** Capabilities that something else showed to hold, and that the kernel finds, and reports, later on. */
  readonly told: Set<string> = new Set();

  /** Settles a capability: set, not set, or not known. */
  settle(name: string, verdict: Truth): void {
    if (verdict === true) this.#certain.add(name);
    else this.#certain.delete(name);
    if (verdict === undefined) this.#open.add(name);
    else this.#open.delete(name);
  }
}
