import type { VNode } from 'preact';
import type { CpucapCard, CpucapRow } from '../../answers/cpucap-card.ts';
import { formatCondition } from '../../formats/condition.ts';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import type { MarkKind } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { CARD_KINDS } from '../name/card-kinds.ts';
import type { ViewProps } from '../view.ts';
import { LiveWay } from '../why/live-way.tsx';
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

function RowSection({ name, row, newest, erratum, timeline, rules }: CpucapRow & { readonly name: string }): VNode {
  const { affected = [], hides, clearsCompat, trapsCtr } = row;
  return (
    <>
      <FactList
        facts={[
          ['Log line', newest.description !== undefined && <code>{newest.description}</code>],
          ['What it is', row.about !== undefined && row.about],
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

/** The card of a cpucap: a capability that the kernel keeps to itself. */
export function CpucapCardView({ card, ...props }: ViewProps & { readonly card: CpucapCard }): VNode {
  const { name, rows } = card;
  return (
    <>
      <h1>
        <code>{name}</code> <span class="kind">cpucap</span>
      </h1>
      <p class="lead">{CARD_KINDS.cpucap.sentence(name)}</p>
      <LiveWay {...props} subject={{ kind: 'cpucap', name }} />
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
