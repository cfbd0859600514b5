import type { VNode } from 'preact';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { HwcapLead } from '../card/hwcap-lead.tsx';
import { later } from '../later.ts';
import { lazy } from '../lazy.tsx';
import { HWCAP_KIND } from '../name/kinds/hwcap.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

const REST = later(async () => (await import('../card/hwcap-rest.tsx')).HwcapRest);

/** The page of a hwcap: the first picture at once, the rest when the reader stirs. */
function HwcapPage({ name, ...props }: NamePageProps): VNode | null {
  const entry = findHwcap(name);
  const Rest = REST.use();
  if (entry === undefined) return null;
  return (
    <>
      <HwcapLead entry={entry} />
      <WayOfName {...props} subject={{ kind: 'hwcap', name }} />
      {Rest === undefined ? <div class="awaited" aria-busy="true" /> : <Rest name={name} />}
    </>
  );
}

/** The view of hwcaps. */
export const HWCAP: LoadedView = namedView({
  view: 'hwcap',
  kind: HWCAP_KIND,
  Page: HwcapPage,
  saysWhat: true,
  Index: lazy(async () => (await import('../card/hwcap-index.tsx')).HwcapIndex),
  prepare: (name, query) => prepareWayOfName({ kind: 'hwcap', name }, query),
});
