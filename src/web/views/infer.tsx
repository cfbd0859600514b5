import '../catalogue/catalogue.css';
import '../infer/infer.css';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Inference } from '../../answers/infer.ts';
import { coreName } from '../../formats/core-name.ts';
import { formatInferenceVerdict } from '../../formats/inference-words.ts';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';
import { INFER_EXAMPLES } from '../infer/examples.ts';
import { parseInferQuery } from '../infer/infer-query.ts';
import { QuestionForm } from '../infer/question-form.tsx';
import { useInference } from '../infer/use-inference.ts';
import { lazy } from '../lazy.tsx';
import { Notice } from '../notice.tsx';
import { formatRoute, linkTo } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';

const InferenceResult = lazy(async () => (await import('../infer/inference-result.tsx')).InferenceResult);

const SIGNS: Readonly<Record<Inference['verdict'], SignCharacter>> = { printed: '✓', explained: '○', unexplained: '✗' };

/** The answer in one sentence; it is read aloud when it changes, so that its place is there before it. */
export function InferenceVerdict({ inference }: { readonly inference: Inference | undefined }): VNode {
  if (inference === undefined) return <p role="status" />;
  const { verdict } = inference;
  return (
    <p role="status">
      <span class={`inference-verdict ${verdict}`}>
        <Sign character={SIGNS[verdict]} /> {formatInferenceVerdict(inference)}
      </span>
    </p>
  );
}

/** What a Features line tells of kernel, fields, architecture features, level and cores. */
export function InferView(props: ViewProps): VNode {
  const { route } = props;
  const key = formatRoute(route);
  const question = useMemo(() => parseInferQuery(route.query), [key]);
  const inferred = useInference(question, key);
  const answer = inferred !== undefined && 'inference' in inferred && question.names.length > 0 ? inferred : undefined;
  const { midrs = [] } = question.given;
  return (
    <>
      <h1>What a Features line tells</h1>
      <ul class="legend no-print" aria-label="Examples">
        {INFER_EXAMPLES.map(({ title, query }) => (
          <li key={title}>
            <a href={linkTo('infer', '', query)}>{title}</a>
          </li>
        ))}
      </ul>
      <QuestionForm {...props} />
      {midrs.length > 0 && <p class="small">Cores: {midrs.map(coreName).join(', ')}</p>}
      {question.problems.map((problem) => (
        <Notice key={problem}>{problem}</Notice>
      ))}
      {inferred !== undefined && 'problem' in inferred && <Notice kind="error">{inferred.problem}</Notice>}
      <InferenceVerdict inference={answer?.inference} />
      {answer !== undefined && <InferenceResult {...answer} question={question} />}
    </>
  );
}

/** The view, and what stands in the heads of its pages. */
export const INFER: LoadedView = {
  View: InferView,
  head: () => ({
    title: 'What a Features line tells',
    description: 'From the Features line of /proc/cpuinfo to bounds of ID fields, possible kernels, cores and architecture levels.',
  }),
};
