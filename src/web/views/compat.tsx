import type { VNode } from 'preact';
import { allCompatHwcaps } from '../../answers/compat-hwcap.ts';
import { formatCondition } from '../../formats/condition.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { COMPAT_KIND } from '../name/kinds/compat.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';
import { prepareWayOfName, WayOfName } from '../why/way-of-name.tsx';

/** A hwcap of 32-bit programs. */
function CompatPage({ name, ...props }: NamePageProps): VNode | null {
  const own = allCompatHwcaps().find((one) => one.name === name);
  if (own === undefined) return null;
  return (
    <>
      {own.when !== undefined && <WayOfName {...props} subject={{ kind: 'compat', name }} />}
      <FactList
        facts={[
          ['Bit', `bit ${own.bit} of ${own.vector}: 0x${((1 << own.bit) >>> 0).toString(16).padStart(8, '0')}`],
          ['Set by', own.setBy],
          ['Shown when', own.when !== undefined && <LinkedText text={formatCondition(own.when)} />],
          ['Linux', own.since === undefined ? 'no arm64 kernel sets it' : `since ${own.since}, with CONFIG_COMPAT`],
          ['For 64-bit programs', allHwcaps().some((one) => one.name === name) && <ReferenceLink kind="hwcap" name={name} />],
        ]}
      />
    </>
  );
}

/** The view of hwcaps of 32-bit programs. */
export const COMPAT: LoadedView = namedView({
  view: 'compat',
  kind: COMPAT_KIND,
  Page: CompatPage,
  prepare: (name, query) => prepareWayOfName({ kind: 'compat', name }, query),
});
