import type { VNode } from 'preact';
import { later } from '../later.ts';
import { lazy } from '../lazy.tsx';
import { CPUCAP_KIND } from '../name/kinds/cpucap.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

const REST = later(async () => (await import('../card/cpucap-rest.tsx')).CpucapRest);

/** The page of a cpucap, a capability that the kernel keeps to itself: its way at once, the rest when the reader stirs. */
function CpucapPage({ name, ...props }: NamePageProps): VNode {
  const Rest = REST.use();
  return (
    <>
      <WayOfName {...props} subject={{ kind: 'cpucap', name }} />
      {Rest === undefined ? <div class="awaited" aria-busy="true" /> : <Rest name={name} />}
    </>
  );
}

/** The view of cpucaps. */
export const CPUCAP: LoadedView = namedView({
  view: 'cpucap',
  kind: CPUCAP_KIND,
  Page: CpucapPage,
  Index: lazy(async () => (await import('../card/cpucap-index.tsx')).CpucapIndex),
  prepare: (name, query) => prepareWayOfName({ kind: 'cpucap', name }, query),
});
