import type { VNode } from 'preact';
import { hwcapAvailability } from '../../answers/availability.ts';
import { type HidingErratum, type HwcapCard, hwcapCard } from '../../answers/hwcap-card.ts';
import type { ArchFeature, Identification } from '../../arch/arch-feature.ts';
import type { FieldPath } from '../../arch/register.ts';
import { formatHex } from '../../bits/hex.ts';
import { formatArchFeatureLevels } from '../../formats/arch-feature-levels.ts';
import { formatFate } from '../../formats/fate-words.ts';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import type { HwcapFate } from '../../runtime/hwcap-programs.ts';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import type { MarkKind } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { linkTo } from '../route.ts';
import { AffectedCores } from './affected-cores.tsx';
import { FieldValues } from './field-values.tsx';
import { type JudgeCell, MachineMatrix } from './machine-matrix.tsx';
import { NamesElsewhere } from './names-elsewhere.tsx';
import { PrintedOn } from './printed-on.tsx';
import { ReleaseTimeline } from './release-timeline.tsx';
import { RuleList } from './rule-list.tsx';

/** By which names programs tell of a hwcap, and which of them overlook it. */
function ProgramFates({ fates }: { readonly fates: readonly HwcapFate[] }): VNode {
  return (
    <table class="names-elsewhere">
      <caption class="unseen">In programs</caption>
      <thead>
        <tr>
          <th scope="col">Program, versions</th>
          <th scope="col">Name</th>
        </tr>
      </thead>
      <tbody>
        {fates.map(({ program, title, names, overlookedBy }) => (
          <tr key={program}>
            <th scope="row">
              {title} {[...new Set([...overlookedBy, ...names.flatMap(({ versions }) => versions)])].toSorted().join(', ')}
            </th>
            <td class={names.length === 0 ? 'soft' : 'mono'}>{formatFate({ program, title, names, overlookedBy })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The errata under which kernels withdraw a hwcap. */
function ErratumList({ errata }: { readonly errata: readonly HidingErratum[] }): VNode {
  if (errata.length === 0) return <p>No erratum takes it away; an option that is off, a command line or a hypervisor may.</p>;
  return (
    <>
      {errata.map(({ row, timeline }) => (
        <div key={row.name}>
          <p>
            <ReferenceLink kind="cpucap" name={row.name} />
            {row.description === undefined ? '' : `: ${row.description}`}, in mainline since Linux{' '}
            {timeline.find(({ series, atFirst }) => atFirst === 'present' && MAINLINE_RELEASES.includes(series))?.series ?? 'none'}. On a
            core that it affects, the kernel hides the field <ReferenceLink kind="field" name={row.hides ?? ''} /> from programs.
          </p>
          <AffectedCores row={row} />
        </div>
      ))}
    </>
  );
}

const MARKS = { shown: 'yes', withheld: 'withheld', absent: 'no', unknown: 'unknown' } as const satisfies Record<string, MarkKind>;

const WORDS: Readonly<Record<MarkKind, string>> = {
  yes: 'has it',
  withheld: 'the registers have it, this kernel does not show it',
  no: 'has it not',
  unknown: 'the registers that tell are not known',
};

/** A hwcap's comparison with a field, as an identification says it. */
function comparison(field: string, atLeast: number, atMost: number | undefined): Identification {
  const path = field as FieldPath;
  const least: Identification = { field: path, atLeast };
  return atMost === undefined ? least : { all: [least, { field: path, below: atMost + 1 }] };
}

/** What stands in a cell of a hwcap's matrix. */
function judge({ entry, archFeatures }: HwcapCard): JudgeCell {
  return (machine, column) => {
    if (column !== 'registers') {
      const sighting = machine.sightings.get(column);
      return sighting && MARKS[hwcapAvailability(entry.name, sighting, machine.archFeatures)];
    }
    const outcomes = archFeatures.map(({ name }) => machine.archFeatures.get(name));
    if (outcomes.includes(false)) return 'no';
    return outcomes.includes(undefined) ? 'unknown' : 'yes';
  };
}

function ArchFeatureLine({ archFeature }: { readonly archFeature: ArchFeature }): VNode {
  return (
    <li>
      <ReferenceLink kind="feat" name={archFeature.name} /> {archFeature.description}
      <br />
      <span class="small soft">
        <LinkedText text={formatArchFeatureLevels(archFeature)} />
      </span>
    </li>
  );
}

function HwcapFactList({ card }: { readonly card: HwcapCard }): VNode {
  const { entry, archFeatures, rules } = card;
  return (
    <FactList
      facts={[
        [
          'Announces',
          archFeatures.length > 0 && (
            <ul>
              {archFeatures.map((archFeature) => (
                <ArchFeatureLine key={archFeature.name} archFeature={archFeature} />
              ))}
            </ul>
          ),
        ],
        ['Shown when', entry.when === undefined ? entry.reason : <RuleList rules={rules} />],
        [
          'Bit',
          <>
            <code>{entry.constant}</code>, bit {entry.bit} of <code>{entry.vector}</code>: <code>{formatHex(1n << BigInt(entry.bit))}</code>
          </>,
        ],
        ['Kernel option', entry.config !== undefined && <code>{entry.config}</code>],
        ['Ask', <a href={linkTo('machine', '', [['why', entry.name]])}>Why a machine has it or not</a>],
      ]}
    />
  );
}

/** What a hwcap's page tells below the first picture. */
export function HwcapRest({ name }: { readonly name: string }): VNode | null {
  const card = hwcapCard(name);
  if (card === undefined) return null;
  const { entry, archFeatures, timeline, fields, errata, names, programs } = card;
  return (
    <>
      <HwcapFactList card={card} />
      <div class="pair">
        <section>
          <h2>Since which kernel</h2>
          <ReleaseTimeline timeline={timeline} name={entry.name} />
        </section>
        {fields.length > 0 && (
          <section>
            <h2>Field and value</h2>
            {fields.map(({ field, atLeast, atMost }) => (
              <FieldValues key={`${field} ${atLeast}`} path={field} when={comparison(field, atLeast, atMost)} />
            ))}
          </section>
        )}
      </div>
      <h2>What hides it</h2>
      <ErratumList errata={errata} />
      <h2>Which machines have it</h2>
      <MachineMatrix
        name={entry.name}
        judge={judge(card)}
        words={WORDS}
        registers={archFeatures.length > 0}
        kernels={true}
        why={entry.name}
      />
      <PrintedOn hwcaps={[entry.name]} why={entry.name} />
      <h2>In programs</h2>
      <ProgramFates fates={programs} />
      <h2>Names elsewhere</h2>
      <NamesElsewhere hwcaps={[names]} archFeatures={archFeatures} otherwise="Nobody else is known to have a name for it." />
    </>
  );
}
