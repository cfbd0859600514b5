import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { parseMidr } from '../../silicon/midr.ts';
import { linkTo } from '../route.ts';
import { packText } from '../scenario/pack-text.ts';
import type { InferQuestion } from './infer-query.ts';

/** The question as a listing of /proc/cpuinfo, which the machine view reads. */
function listing({ names, given: { midrs = [], isPart } }: InferQuestion): string {
  const hex = (value: number): string => `0x${value.toString(16)}`;
  const cores: readonly (bigint | undefined)[] = midrs.length === 0 ? [undefined] : midrs;
  return cores
    .map((midr, index) => {
      const core = midr === undefined ? undefined : parseMidr(midr);
      return [
        `processor\t: ${index}`,
        `Features\t: ${names.join(' ')}${isPart ? ' …' : ''}`,
        ...(core === undefined
          ? []
          : [
              `CPU implementer\t: ${hex(core.implementer)}`,
              'CPU architecture: 8',
              `CPU variant\t: ${hex(core.variant)}`,
              `CPU part\t: ${hex(core.part)}`,
              `CPU revision\t: ${core.revision}`,
            ]),
      ].join('\n');
    })
    .join('\n\n');
}

/** The way to a machine that prints the line. */
export function MachineLink({ question }: { readonly question: InferQuestion }): VNode | null {
  const [code, setCode] = useState<string>();
  const text = listing(question);
  useEffect(() => {
    let wanted = true;
    void packText(text).then((packed) => {
      if (wanted) setCode(packed);
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  const { release } = question.given;
  if (code === undefined) return null;
  return (
    <a href={linkTo('machine', '', [['p', code], ...(release === undefined ? [] : [['k', release] as const])])}>
      Open a machine that prints this line
    </a>
  );
}
