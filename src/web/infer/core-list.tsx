import type { VNode } from 'preact';
import type { Inference } from '../../answers/infer.ts';
import { formatCoreFit } from '../../formats/inference-words.ts';
import { linkTo } from '../route.ts';

/** The cores that fit, each with the machine that its registers are of. */
export function CoreList({ cores, tried }: { readonly cores: Inference['cores']; readonly tried: boolean }): VNode {
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
