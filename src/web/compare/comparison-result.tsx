import type { VNode } from 'preact';
import type { ComparedCause, ComparedEffect, Comparison, EffectKind } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { levelTexts, READING_TITLES } from '../../formats/difference-words.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { linkTo } from '../route.ts';
import { CauseTable, OpenTable } from './cause-table.tsx';
import type { Compared } from './use-comparison.ts';

interface Props {
  readonly subjects: readonly Subject[];
  /** The hwcaps that all have. */
  readonly common: readonly string[];
}

/** The Features line of each subject; what not all have stands out. */
function FeaturesLines({ subjects, common }: Props): VNode {
  const shared = new Set(common);
  return (
    <>
      {subjects.map(({ name, system }, index) => (
        <div key={index}>
          <p class="small">
            {name}, Linux {system.release}: {system.hwcaps.names.length} hwcaps
          </p>
          <pre class="wrap compared-line">
            {'Features\t:'}
            {system.hwcaps.names.map((hwcap) => (
              <span key={hwcap}>
                {' '}
                <a class={shared.has(hwcap) ? 'shared' : 'differs'} href={linkTo('hwcap', hwcap)}>
                  {hwcap}
                </a>
              </span>
            ))}
          </pre>
        </div>
      ))}
    </>
  );
}

/** The architecture level of each subject, in the three readings. */
function LevelTable({ levels, subjects }: Pick<Comparison, 'levels'> & { readonly subjects: readonly Subject[] }): VNode {
  return (
    <ScrollArea label="Levels">
      <table class="compare">
        <caption>Architecture level</caption>
        <thead>
          <tr>
            <th scope="col">Read</th>
            {subjects.map(({ name }, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map((compared) => (
            <tr key={compared.reading}>
              <th scope="row">{READING_TITLES[compared.reading]}</th>
              {levelTexts(compared).map((text, index) => (
                <td key={index}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** What comes of a comparison: in brief, the lines, and causes with their effects, those that programs see first. */
export function ComparisonResult({ compared }: { readonly compared: Compared }): VNode {
  const { subjects, comparison } = compared;
  const has = ({ effects }: ComparedCause, wanted: EffectKind): boolean => effects.some(({ kind }) => kind === wanted);
  const of64 = comparison.causes.filter((cause) => has(cause, 'hwcaps'));
  const seen = [...of64, ...comparison.causes.filter((cause) => has(cause, 'compat') && !has(cause, 'hwcaps'))];
  const isSeen = (cause: ComparedCause): boolean => seen.includes(cause);
  const isHwcap = ({ kind }: ComparedEffect): boolean => kind === 'hwcaps';
  const openHwcaps = comparison.open.filter(isHwcap);
  const openNames = comparison.open.filter((effect) => !isHwcap(effect));
  const hidden = comparison.causes.filter((cause) => cause.effects.length > 0 && !isSeen(cause));
  const silent = comparison.causes.filter(({ effects }) => effects.length === 0);
  return (
    <>
      {seen.length > 0 && <CauseTable caption="What differs, and what comes of it for programs" causes={seen} subjects={subjects} />}
      {openHwcaps.length > 0 && (
        <OpenTable caption="Hwcaps of which it is not known whether all have them" effects={openHwcaps} subjects={subjects} />
      )}
      <h2>The lines</h2>
      <FeaturesLines subjects={subjects} common={comparison.common} />
      <h2>Levels</h2>
      <LevelTable levels={comparison.levels} subjects={subjects} />
      {openNames.length > 0 && (
        <details>
          <summary>FEAT_* and cpucaps of which it is not known whether all have them ({openNames.length})</summary>
          <OpenTable caption="FEAT_* and cpucaps of which it is not known" effects={openNames} subjects={subjects} />
        </details>
      )}
      {hidden.length > 0 && (
        <details>
          <summary>What changes FEAT_* or cpucaps only ({hidden.length})</summary>
          <CauseTable caption="What changes FEAT_* or cpucaps only" causes={hidden} subjects={subjects} />
        </details>
      )}
      {silent.length > 0 && (
        <details>
          <summary>What differs without such an effect ({silent.length})</summary>
          <CauseTable caption="What differs without such an effect" causes={silent} subjects={subjects} />
        </details>
      )}
    </>
  );
}
