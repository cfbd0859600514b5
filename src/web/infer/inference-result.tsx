import type { VNode } from 'preact';
import type { FeaturesLine, FieldBounds, Inference } from '../../answers/infer.ts';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import { formatBounds, formatCause, formatCoreFit, formatLevelBounds } from '../../formats/inference-words.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { linkTo } from '../route.ts';
import type { InferQuestion } from './infer-query.ts';
import { MachineLink } from './machine-link.tsx';
import { ReleaseVerdicts } from './release-verdicts.tsx';

interface SectionProps {
  readonly title: string;
  readonly names: readonly ArchFeatureName[];
  readonly open: boolean;
}

/** Architecture features of which the line tells the same. */
function ArchFeatureSection({ title, names, open }: SectionProps): VNode | null {
  if (names.length === 0) return null;
  return (
    <details open={open}>
      <summary>
        {title} <span class="soft small">({names.length})</span>
      </summary>
      <p class="name-list">
        {names.map((name) => (
          <span key={name}>
            <ReferenceLink kind="feat" name={name} />{' '}
          </span>
        ))}
      </p>
    </details>
  );
}

/** What a line tells of each field. */
function FieldBoundsTable({ fields }: { readonly fields: readonly FieldBounds[] }): VNode {
  return (
    <ScrollArea label="Fields">
      <table>
        <caption>The values that each field can have, over all kernels that can print the line</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Certain</th>
            <th scope="col">If the kernel is built as usual</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.path}>
              <th scope="row">
                <ReferenceLink kind="field" name={field.path} />
              </th>
              <td>{formatBounds(field)}</td>
              <td>{formatBounds(field.usual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** The names of a line that are known, in the kernel's order; native ones lead to their cards. */
function NameList({ line: { vocabulary, names } }: { readonly line: FeaturesLine }): VNode {
  if (names.length === 0) return <>none that is known</>;
  if (vocabulary !== 'native') return <code>{names.join(' ')}</code>;
  return (
    <span class="name-list">
      {names.map((name) => (
        <span key={name}>
          <ReferenceLink kind="hwcap" name={name} />{' '}
        </span>
      ))}
    </span>
  );
}

/** The cores that fit, each with the machine that its registers are of. */
function CoreList({ cores, tried }: { readonly cores: Inference['cores']; readonly tried: boolean }): VNode {
  if (cores.length === 0) return <>{tried ? 'none of the known machines' : 'the known machines are being looked through'}</>;
  const words = new Map(cores.map((core) => [formatCoreFit(core), core]));
  return (
    <ul>
      {[...words].map(([text, { machine }]) => (
        <li key={text}>{machine === undefined ? text : <a href={linkTo('machine', '', [['m', machine]])}>{text}</a>}</li>
      ))}
    </ul>
  );
}

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
