import type { ComponentType } from 'preact';
import type { Navigate, Route, ViewName } from './route.ts';

/**
 * What every view is given. A view is a component that shows what `route` says and calls `navigate` with another route when something
 * is to change; it keeps nothing that an address should hold. It begins with an `<h1>`. Where a machine or a table has to be fetched
 * it goes on showing what it had. What it does not understand of the query it tells by a {@link Notice}.
 */
export interface ViewProps {
  readonly route: Route;
  readonly navigate: Navigate;
}

/** A view in the registry. */
export interface ViewEntry {
  /** Its name in the page's title. */
  readonly title: string;
  /** The keys of the query that it reads; others are told to the reader as unknown. */
  readonly keys: readonly string[];
  /** Fetches its code, when it is first shown. */
  load(): Promise<ComponentType<ViewProps>>;
}

/** The keys by which a query names a machine, a hypervisor and a kernel; `scenario/` reads them. */
const SCENARIO_KEYS: readonly string[] = ['m', 'p', 'k', 'c', 'o', 'cmdline', 'env', 'set', 'without', 'mask', 'template', 'guest'];

/** Every view, by name. */
export const VIEWS: Readonly<Record<ViewName, ViewEntry>> = {
  home: { title: 'What software sees of an Arm CPU', keys: [], load: async () => (await import('./views/home.tsx')).HomeView },
  machine: {
    title: 'Machine',
    keys: [...SCENARIO_KEYS, 'cpu', 'field', 'why'],
    load: async () => (await import('./views/machine.tsx')).MachineView,
  },
  hwcap: { title: 'hwcap', keys: ['q'], load: async () => (await import('./views/card.tsx')).CardView },
  feat: { title: 'FEAT', keys: ['q'], load: async () => (await import('./views/card.tsx')).CardView },
  cpucap: { title: 'cpucap', keys: ['q'], load: async () => (await import('./views/card.tsx')).CardView },
  compare: { title: 'Compare', keys: ['s'], load: async () => (await import('./views/compare.tsx')).CompareView },
  infer: { title: 'Infer', keys: ['line', 'k', 'midr'], load: async () => (await import('./views/infer.tsx')).InferView },
  guide: { title: 'Guide', keys: [], load: async () => (await import('./views/guide.tsx')).GuideView },
  levels: { title: 'Levels', keys: [...SCENARIO_KEYS, 'q'], load: async () => (await import('./views/levels.tsx')).LevelsView },
};
