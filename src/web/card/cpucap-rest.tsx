import type { VNode } from 'preact';
import { type CpucapRow, cpucapCard } from '../../answers/cpucap-card.ts';
import { formatCondition } from '../../formats/condition.ts';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import type { MarkKind } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { AffectedCores } from './affected-cores.tsx';
import { type JudgeCell, MachineMatrix } from './machine-matrix.tsx';
import { ReleaseTimeline } from './release-timeline.tsx';
import { RuleList } from './rule-list.tsx';

const WORDS: Readonly<Partial<Record<MarkKind, string>>> = {
  yes: 'set',
  no: 'not set',
  unknown: 'not known: it hangs on what was not read',
};

function judge(name: string): JudgeCell {
  return ({ sightings }, column) => {
    const sighting = sightings.get(column);
    return sighting && (sighting.cpucaps.has(name) ? 'yes' : sighting.open.has(name) ? 'unknown' : 'no');
  };
}

function RowSection({ name, row, about, newest, erratum, timeline, rules }: CpucapRow & { readonly name: string }): VNode {
  const { affected = [], hides, clearsCompat, trapsCtr } = row;
  return (
    <>
      <FactList
        facts={[
          ['Log line', newest.description !== undefined && <code>{newest.description}</code>],
          ['What it is', about],
          ['Table', erratum ? 'errata and workarounds' : 'capabilities'],
          ['Type', <code key="type">{newest.type}</code>],
          ['Set when', rules.length > 0 ? <RuleList rules={rules} /> : affected.length > 0 && 'a CPU is one of the cores below'],
          ['Kernel option', newest.config !== undefined && <LinkedText key="config" text={formatCondition(newest.config)} />],
          ['Hides', hides !== undefined && <ReferenceLink kind="field" name={hides} />],
          ['Clears', clearsCompat !== undefined && `the AArch32 hwcap ${clearsCompat}`],
          ['Traps', trapsCtr && 'reads of CTR_EL0 at EL0'],
        ]}
      />
      <AffectedCores row={row} />
      <h2>Since which kernel</h2>
      <ReleaseTimeline timeline={timeline} name={name} />
    </>
  );
}

/** What the page of a cpucap tells below the first picture. */
export function CpucapRest({ name }: { readonly name: string }): VNode {
  const rows = cpucapCard(name)?.rows ?? [];
  return (
    <>
      {rows.map((row, index) => (
        <section key={row.newest.description ?? index}>
          {rows.length > 1 && <h2>{row.newest.description ?? `Row ${index + 1}`}</h2>}
          <RowSection {...row} name={name} />
        </section>
      ))}
      <h2>Which machines have it</h2>
      <MachineMatrix name={name} judge={judge(name)} words={WORDS} registers={false} kernels={true} why={name} />
    </>
  );
}
