import { useEffect, useState } from 'preact/hooks';
import type { Inference } from '../../answers/infer.ts';
import { ArmlensError } from '../../errors.ts';
import type { InferQuestion } from './infer-query.ts';

/** What was inferred, or why nothing could be. */
export type Inferred =
  | { readonly inference: Inference /** Whether the known machines were looked through. */; readonly coresTried: boolean }
  | { readonly problem: string };

/** Infers what a question tells, by the code that is fetched when somebody asks. */
async function infer({ names, given }: InferQuestion, coresTried: boolean): Promise<Inferred> {
  const [{ inferFeatures }, { machinesOfCores }] = await Promise.all([
    import('../../answers/infer.ts'),
    import('../../answers/infer/machines-of-cores.ts'),
  ]);
  const machines = coresTried ? await machinesOfCores(given) : [];
  try {
    return { inference: inferFeatures(names, given, machines), coresTried };
  } catch (error) {
    if (error instanceof ArmlensError) return { problem: `${error.message}.` };
    throw error;
  }
}

/** How long nothing must have been typed before all machines are looked through, in milliseconds. */
const PAUSE = 250;

/**
 * Infers what a question tells. If its cores are known, their machines are asked at once; if not, the answer comes without cores first,
 * and with them when the reader pauses. Until then the answer before stands.
 */
export function useInference(question: InferQuestion, key: string): Inferred | undefined {
  const [inferred, setInferred] = useState<Inferred>();
  useEffect(() => {
    if (question.names.length === 0) {
      setInferred(undefined);
      return;
    }
    let wanted = true;
    const { midrs = [] } = question.given;
    const show = (coresTried: boolean): void => {
      infer(question, coresTried).then(
        (found) => {
          if (wanted) setInferred(found);
        },
        () => {
          if (wanted) setInferred({ problem: 'The known machines could not be loaded. Reload the page.' });
        },
      );
    };
    const timers = midrs.length > 0 ? [setTimeout(show, 0, true)] : [setTimeout(show, 0, false), setTimeout(show, PAUSE, true)];
    return () => {
      wanted = false;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [key]);
  return inferred;
}
