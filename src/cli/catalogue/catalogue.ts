import type { Io } from '../io.ts';

/** One thing in a catalogue: its name, and what the list shows beside it. */
export interface CatalogueItem {
  readonly name: string;
  readonly columns: readonly string[];
  /** The same for JSON. */
  readonly object: object;
}

/** What is known of one thing. */
export interface Detail {
  readonly text: string;
  /** The same for JSON; several where the name means several. */
  readonly object: object | readonly object[];
}

/** Things of one kind. */
export interface Catalogue {
  readonly items: readonly CatalogueItem[];
  /** Finds a thing as people write it; `undefined` if there is none. */
  detail(name: string, io: Io): Promise<Detail | undefined>;
}

/** The kinds that `list` knows, by the plural; each is loaded only when it is asked for. */
export const CATALOGUES: Readonly<Record<string, () => Promise<Catalogue>>> = {
  registers: async () => (await import('./registers.ts')).registerCatalogue(),
  fields: async () => (await import('./fields.ts')).fieldCatalogue(),
  hwcaps: async () => (await import('./hwcaps.ts')).hwcapCatalogue(),
  compat: async () => (await import('./compat.ts')).compatCatalogue(),
  features: async () => (await import('./arch-features.ts')).archFeatureCatalogue(),
  levels: async () => (await import('./levels.ts')).levelCatalogue(),
  cpucaps: async () => (await import('./cpucaps.ts')).cpucapCatalogue(),
  errata: async () => (await import('./cpucaps.ts')).erratumCatalogue(),
  cores: async () => (await import('./cores.ts')).coreCatalogue(),
  kernels: async () => (await import('./kernels.ts')).kernelCatalogue(),
  machines: async () => (await import('./machines.ts')).machineCatalogue(),
  configs: async () => (await import('./kernels.ts')).configCatalogue(),
};
