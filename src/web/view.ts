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
  /** Fetches what the page of a name needs besides, and a list of names does not. */
  loadNamed?(): Promise<unknown>;
}

/** The keys by which a query names a machine, a hypervisor and a kernel; `scenario/` reads them. */
const SCENARIO_KEYS: readonly string[] = 'm p k c o cmdline env set without kvm vcpu mask template guest'.split(' ');

/** The keys of every view that shows names of a kind: of its way, and of the filter of the list. */
const NAME_KEYS: readonly string[] = [...SCENARIO_KEYS, 'q'];

/** The way of a bit. */
const loadNamed = (): Promise<unknown> => import('./why/live-way.tsx');

/** Every view, by name. */
export const VIEWS: Readonly<Record<ViewName, ViewEntry>> = {
  home: { keys: SCENARIO_KEYS, load: async () => (await import('./views/home.tsx')).HOME },
  machine: { keys: [...SCENARIO_KEYS, 'cpu', 'field', 'why'], load: async () => (await import('./views/machine.tsx')).MACHINE },
  hwcap: { keys: NAME_KEYS, loadNamed, load: async () => (await import('./views/hwcap.tsx')).HWCAP },
  feat: { keys: NAME_KEYS, loadNamed, load: async () => (await import('./views/feat.tsx')).FEAT },
  cpucap: { keys: NAME_KEYS, loadNamed, load: async () => (await import('./views/cpucap.tsx')).CPUCAP },
  compat: { keys: NAME_KEYS, loadNamed, load: async () => (await import('./views/compat.tsx')).COMPAT },
  register: { keys: NAME_KEYS, load: async () => (await import('./views/register.tsx')).REGISTER },
  field: { keys: NAME_KEYS, load: async () => (await import('./views/field.tsx')).FIELD },
  core: { keys: NAME_KEYS, load: async () => (await import('./views/core.tsx')).CORE },
  level: { keys: NAME_KEYS, load: async () => (await import('./views/level.tsx')).LEVEL },
  release: { keys: NAME_KEYS, load: async () => (await import('./views/release.tsx')).RELEASE },
  erratum: { keys: NAME_KEYS, load: async () => (await import('./views/erratum.tsx')).ERRATUM },
  insn: { keys: NAME_KEYS, loadNamed, load: async () => (await import('./views/insn.tsx')).INSN },
  compare: { keys: ['s', 'm'], load: async () => (await import('./views/compare.tsx')).COMPARE },
  infer: { keys: ['line', 'k', 'midr'], load: async () => (await import('./views/infer.tsx')).INFER },
  lesson: { keys: ['p', 'step'], load: async () => (await import('./views/lesson.tsx')).LESSON },
  guide: { keys: [], load: async () => (await import('./views/guide.tsx')).GUIDE },
  levels: { keys: [...SCENARIO_KEYS, 'q'], load: async () => (await import('./views/levels.tsx')).LEVELS },
};
