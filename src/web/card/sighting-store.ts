import { archFeaturesOfMachine, longTermReleases, type Sighting, sight } from '../../answers/availability.ts';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import type { Truth } from '../../logic/truth.ts';
import { KNOWN_MACHINES, type KnownMachine, loadMachine, MACHINE_KINDS, type MachineRow } from '../../silicon/known-machine.ts';

/** What is known of one machine so far. */
export interface SightedMachine {
  readonly archFeatures: ReadonlyMap<ArchFeatureName, Truth>;
  /** By release; one that was not yet derived is missing. */
  readonly sightings: ReadonlyMap<string, Sighting>;
}

/** The kinds of which registers are known: what only texts tell of says little of other kernels, and takes long. */
const SHOWN_KINDS = MACHINE_KINDS.filter((kind) => kind !== 'recorded');

/** The machines in the order in which they are shown and derived. */
export const MACHINES_BY_KIND: readonly MachineRow[] = SHOWN_KINDS.flatMap((kind) => KNOWN_MACHINES.filter((row) => row.kind === kind));

/** How long the page may be kept waiting, and how often it shows what is new, in milliseconds. */
const SLICE = 8;
const SHOWN_EVERY = 120;

/**
 * All known machines under the long-term kernels, derived once for all cards, bit by bit between other work of the page, and only
 * while somebody is looking.
 */
class SightingStore {
  readonly #machines = new Map<string, { archFeatures: SightedMachine['archFeatures']; sightings: Map<string, Sighting> }>();
  readonly #listeners = new Set<() => void>();
  #running = false;

  get(machine: string): SightedMachine | undefined {
    return this.#machines.get(machine);
  }

  /** Calls back whenever more is known; returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    // A machine that cannot be fetched leaves its cells empty; the next card tries again.
    this.#run().catch(() => undefined);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The next thing to derive for a machine; whether there was any. */
  #step(known: KnownMachine): boolean {
    const machine = this.#machines.get(known.name);
    if (machine === undefined) {
      this.#machines.set(known.name, { archFeatures: archFeaturesOfMachine(known), sightings: new Map() });
      return true;
    }
    const release = longTermReleases().findLast((one) => !machine.sightings.has(one));
    if (release === undefined) return false;
    machine.sightings.set(release, sight(known, release));
    return true;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      let [sliced, told] = [performance.now(), performance.now()];
      for (const kind of SHOWN_KINDS) {
        const unfinished = MACHINES_BY_KIND.filter(
          (row) => row.kind === kind && this.#machines.get(row.name)?.sightings.size !== longTermReleases().length,
        );
        for (const known of await Promise.all(unfinished.map(({ name }) => loadMachine(name)))) {
          while (this.#step(known)) {
            if (performance.now() - sliced < SLICE) continue;
            if (performance.now() - told > SHOWN_EVERY) {
              this.#tell();
              told = performance.now();
            }
            await new Promise((resolve) => setTimeout(resolve));
            if (this.#listeners.size === 0) return;
            sliced = performance.now();
          }
        }
      }
      this.#tell();
    } finally {
      this.#running = false;
    }
  }
}

/** The one store of the page. */
export const SIGHTINGS: SightingStore = new SightingStore();
