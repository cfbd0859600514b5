import type { VNode } from 'preact';
import type { Inference } from '../../answers/infer.ts';
import { formatCause, formatLevelBounds } from '../../formats/inference-words.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ArchFeatureSection } from './arch-feature-section.tsx';
import { CoreList } from './core-list.tsx';
import { FieldBoundsTable } from './field-bounds-table.tsx';
import type { InferQuestion } from './infer-query.ts';
import { MachineLink } from './machine-link.tsx';
import { NameList } from './name-list.tsx';
import { ReleaseVerdicts } from './release-verdicts.tsx';

function levelText({ usualLevels, newest }: Inference): string {
  const all = formatLevelBounds(usualLevels);
  const own = newest === undefined ? all : formatLevelBounds(newest.levels);
  return all === own ? all : `${all}; with Linux ${newest?.release}, ${own}`;
}

function ArchFeatures({ inference }: { readonly inference: Inference }): VNode {
  const { archFeatures, usualArchFeatures } = inference;
  const sure = new Set([...archFeatures.certain, ...archFeatures.impossible]);
  const others = (names: Inference['usualArchFeatures']['certain']): typeof names => names.filter((name) => !sure.has(name));
  return (
    <>
      <h2>Architecture features</h2>
      <ArchFeatureSection title="Certain" names={archFeatures.certain} open={true} />
      <ArchFeatureSection
        title="Certain unless a value that Arm has not defined yet stands there"
        names={others(usualArchFeatures.certain)}
        open={true}
      />
      <ArchFeatureSection title="Not there if the kernel is built as usual" names={others(usualArchFeatures.impossible)} open={true} />
      <ArchFeatureSection title="Impossible" names={archFeatures.impossible} open={false} />
      <ArchFeatureSection title="Possible" names={usualArchFeatures.possible} open={false} />
      <p class="small soft">Of all other FEAT_* the line says nothing.</p>
    </>
  );
}

interface Props {
  readonly question: InferQuestion;
  readonly inference: Inference;
  /** Whether the known machines were looked through. */
  readonly coresTried: boolean;
}

/** What a line tells besides the verdict: what the verdict rests on. */
export function InferenceResult({ question, inference, coresTried }: Props): VNode {
  const { causes, line, cores, fields, releases } = inference;
  return (
    <>
      {causes.length > 0 && (
        <>
          <h2>What accounts for it</h2>
          <ul>
            {causes.map((cause) => {
              const text = formatCause(cause);
              return <li key={text}>{text}</li>;
            })}
          </ul>
        </>
      )}
      {line.vocabulary !== 'arm32' && (
        <FactList
          facts={[
            ['Level', levelText(inference)],
            ['Cores', <CoreList key="cores" cores={cores} tried={coresTried} />],
            ['Machine', inference.witness !== undefined && <MachineLink key="machine" question={question} />],
            ['Names', <NameList key="names" line={line} />],
          ]}
        />
      )}
      {releases.length > 0 && <ReleaseVerdicts releases={releases} />}
      {fields.length > 0 && (
        <>
          <h2>Fields</h2>
          <FieldBoundsTable fields={fields} />
        </>
      )}
      {line.vocabulary !== 'arm32' && <ArchFeatures inference={inference} />}
    </>
  );
}
