import type { VNode } from 'preact';
import type { Inference } from '../../answers/infer.ts';
import { formatInferenceVerdict } from '../../formats/inference-words.ts';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';

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
