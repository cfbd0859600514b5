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

/** What stands in the head of a page. */
export interface PageHead {
  /** Without the name of the explorer. */
  readonly title: string;
  /** A sentence or two for those who have not opened it. */
  readonly description: string;
}

/** A view whose code is there. */
export interface LoadedView {
  readonly View: ComponentType<ViewProps>;
  head(route: Route): PageHead;
  /** Fetches what the page of a route shows first, so that it stands there at once. */
  prepare?(route: Route): Promise<unknown>;
}

/** A view in the registry. */
export interface ViewEntry {
  /** The keys of the query that it reads; others are told to the reader as unknown. */
  readonly keys: readonly string[];
  /** Fetches its code, when it is first shown. */
  load(): Promise<LoadedView>;
}

/** The keys by which a query names a machine, a hypervisor and a kernel; `scenario/` reads them. */
const SCENARIO_KEYS: readonly string[] = 'm p k c o cmdline env set without kvm vcpu mask template guest'.split(' ');

const CARD: ViewEntry = { keys: [...SCENARIO_KEYS, 'q'], load: async () => (await import('./views/card.tsx')).CARD };
const NAME: ViewEntry = { keys: [...SCENARIO_KEYS, 'q'], load: async () => (await import('./views/name.tsx')).NAME };

/** Every view, by name. */
export const VIEWS: Readonly<Record<ViewName, ViewEntry>> = {
  home: { keys: SCENARIO_KEYS, load: async () => (await import('./views/home.tsx')).HOME },
  machine: { keys: [...SCENARIO_KEYS, 'cpu', 'field', 'why'], load: async () => (await import('./views/machine.tsx')).MACHINE },
  hwcap: CARD,
  feat: CARD,
  cpucap: CARD,
  compat: NAME,
  register: NAME,
  field: NAME,
  core: NAME,
  level: NAME,
  release: NAME,
  erratum: NAME,
  insn: NAME,
  compare: { keys: ['s', 'm'], load: async () => (await import('./views/compare.tsx')).COMPARE },
  infer: { keys: ['line', 'k', 'midr'], load: async () => (await import('./views/infer.tsx')).INFER },
  lesson: { keys: ['p', 'step'], load: async () => (await import('./views/lesson.tsx')).LESSON },
  guide: { keys: [], load: async () => (await import('./views/guide.tsx')).GUIDE },
  levels: { keys: [...SCENARIO_KEYS, 'q'], load: async () => (await import('./views/levels.tsx')).LEVELS },
};
