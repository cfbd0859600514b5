import type { VNode } from 'preact';
import type { Inference } from '../../answers/infer.ts';
import { formatInferenceVerdict } from '../../formats/inference-words.ts';

const SIGNS: Readonly<Record<Inference['verdict'], string>> = { printed: '✓', explained: '○', unexplained: '✕' };

/** The answer in one sentence; it is read aloud when it changes, so that its place is there before it. */
export function InferenceVerdict({ inference }: { readonly inference: Inference | undefined }): VNode {
  if (inference === undefined) return <p role="status" />;
  const { verdict } = inference;
  return (
    <p role="status">
      <span class={`inference-verdict ${verdict}`}>
        <span aria-hidden="true">{SIGNS[verdict]}</span> {formatInferenceVerdict(inference)}
      </span>
    </p>
  );
}
