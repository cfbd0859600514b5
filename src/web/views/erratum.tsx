import type { VNode } from 'preact';
import { errataByNumber } from '../../answers/erratum-pages.ts';
import { rowTimeline } from '../../linux/release/row-timeline.ts';
import { AffectedCores } from '../card/affected-cores.tsx';
import { ReleaseTimeline, type TimelineWords } from '../card/release-timeline.tsx';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ERRATUM_KIND } from '../name/kinds/erratum.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import type { LoadedView } from '../view.ts';

/** What a kernel does about an erratum. */
const WORKS_AROUND: TimelineWords = {
  present: 'works around it',
  update: 'works around it from an update on',
  went: 'no more since an update',
  unknown: 'not known',
  absent: 'does not',
};

/** An erratum by its number. */
function ErratumPage({ name }: NamePageProps): VNode {
  const errata = errataByNumber().get(name) ?? [];
  const Heading = errata.length > 1 ? 'h3' : 'h2';
  return (
    <>
      {errata.map(({ name: title, cpucap, row }) => (
        <section key={`${title} ${row.since}`}>
          {errata.length > 1 && <h2>{title}</h2>}
          <FactList
            facts={[
              ['Cpucap', <ReferenceLink key="cpucap" kind="cpucap" name={cpucap} />],
              ['Hides', row.hides !== undefined && <ReferenceLink kind="field" name={row.hides} />],
              ['Clears', row.clearsCompat !== undefined && `the hwcap ${row.clearsCompat} of 32-bit programs`],
              ['Traps', row.trapsCtr && 'reads of CTR_EL0 at EL0'],
            ]}
          />
          <AffectedCores row={row} />
          <Heading>Since which kernel</Heading>
          <ReleaseTimeline timeline={rowTimeline(row)} name={title} words={WORKS_AROUND} />
        </section>
      ))}
    </>
  );
}

/** The view of errata. */
export const ERRATUM: LoadedView = namedView({ view: 'erratum', kind: ERRATUM_KIND, Page: ErratumPage });
