import type { VNode } from 'preact';
import { hwcapsTelling } from '../../answers/arch-feature-hwcaps.ts';
import { hwcapCard } from '../../answers/hwcap-card.ts';
import { type LevelMatrixRow, levelMatrix } from '../../answers/level-matrix.ts';
import { type ArchFeature, type ArchFeatureName, comparisonsOf } from '../../arch/arch-feature.ts';
import { hwcapNames } from '../../runtime/hwcap-names.ts';
import type { MarkKind } from '../catalogue/mark.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { LevelHeads } from '../levels/level-heads.tsx';
import { StandingLegend } from '../levels/standing-legend.tsx';
import { StandingRuns } from '../levels/standing-runs.tsx';
import { linkTo } from '../route.ts';
import { ArchFeatureFacts } from './arch-feature-facts.tsx';
import { FieldValues } from './field-values.tsx';
import { type JudgeCell, MachineMatrix } from './machine-matrix.tsx';
import { NamesElsewhere } from './names-elsewhere.tsx';
import { PrintedOn } from './printed-on.tsx';
import { ReleaseTimeline } from './release-timeline.tsx';

/** How every level stands to one architecture feature. */
function LevelStrip({ row: { archFeature, standings } }: { readonly row: LevelMatrixRow }): VNode {
  return (
    <>
      <div class="matrix">
        <ScrollArea label={`${archFeature.name} by level`}>
          <table class="levels">
            <caption class="unseen">How each level stands to {archFeature.name}</caption>
            <thead>
              <tr>
                <th scope="col">Armv</th>
                <LevelHeads />
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">
                  <a href={linkTo('levels', '', [['q', archFeature.name]])}>level</a>
                </th>
                <StandingRuns standings={standings} />
              </tr>
            </tbody>
          </table>
        </ScrollArea>
      </div>
      <StandingLegend shown={new Set(standings)} />
    </>
  );
}

const WORDS: Readonly<Record<MarkKind, string>> = {
  yes: 'there',
  withheld: 'the registers have it, the hwcaps of this kernel do not tell',
  no: 'not there',
  unknown: 'the registers that tell are not known',
};

/** What stands in a cell: the registers' word, or under a kernel the hwcaps that tell of it. */
function judge(name: ArchFeatureName, telling: readonly string[]): JudgeCell {
  return ({ archFeatures, sightings }, column) => {
    const shown = archFeatures.get(name);
    const own: MarkKind = shown === undefined ? 'unknown' : shown ? 'yes' : 'no';
    if (column === 'registers') return own;
    const sighting = sightings.get(column);
    if (sighting === undefined) return undefined;
    if (telling.every((hwcap) => sighting.hwcaps.has(hwcap))) return 'yes';
    if (telling.some((hwcap) => sighting.open.has(hwcap))) return 'unknown';
    return own === 'yes' ? 'withheld' : own;
  };
}

/** Since which kernel each hwcap tells of it. */
function Kernels({ hwcaps }: { readonly hwcaps: readonly string[] }): VNode {
  return (
    <section>
      <h2>Since which kernel</h2>
      {hwcaps.length === 0 && <p>Linux has no hwcap that tells of it.</p>}
      {hwcaps.map((hwcap) => (
        <div key={hwcap}>
          <h3>
            By the hwcap <ReferenceLink kind="hwcap" name={hwcap} />
          </h3>
          <ReleaseTimeline timeline={hwcapCard(hwcap)?.timeline ?? []} name={hwcap} />
        </div>
      ))}
    </section>
  );
}

interface MachinesProps {
  readonly archFeature: ArchFeature;
  readonly telling: readonly string[];
}

/** Which machines have it, as far as registers or hwcaps tell. */
function Machines({ archFeature: { name, identification }, telling }: MachinesProps): VNode {
  return (
    <>
      <h2>Which machines have it</h2>
      {identification === undefined && telling.length === 0 ? (
        <p>No ID register shows it, so nobody can tell.</p>
      ) : (
        <MachineMatrix
          name={name}
          judge={judge(name, telling)}
          words={telling.length > 0 ? WORDS : { yes: WORDS.yes, no: WORDS.no, unknown: WORDS.unknown }}
          registers={identification !== undefined}
          kernels={telling.length > 0}
          why={name}
        />
      )}
      {telling.length > 0 && <PrintedOn hwcaps={telling} why={name} />}
    </>
  );
}

/** What the page of an architecture feature tells below the first picture. */
export function ArchFeatureRest({ archFeature }: { readonly archFeature: ArchFeature }): VNode {
  const { name, linuxHwcaps = [] } = archFeature;
  const telling = hwcapsTelling(name);
  const comparisons = comparisonsOf(name);
  const row = levelMatrix().find((one) => one.archFeature.name === name)!;
  return (
    <>
      <ArchFeatureFacts archFeature={archFeature} />
      <h2>Levels</h2>
      <LevelStrip row={row} />
      <div class="pair">
        <Kernels hwcaps={telling} />
        {comparisons.length > 0 && (
          <section>
            <h2>Field and value</h2>
            {comparisons.map((comparison) => (
              <FieldValues key={JSON.stringify(comparison)} path={comparison.field} when={comparison} />
            ))}
          </section>
        )}
      </div>
      <Machines archFeature={archFeature} telling={telling} />
      <h2>Names elsewhere</h2>
      <NamesElsewhere
        hwcaps={linuxHwcaps.map(hwcapNames)}
        archFeatures={[archFeature]}
        otherwise="Nobody else is known to have a name for it."
      />
    </>
  );
}
