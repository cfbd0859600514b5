import type { VNode } from 'preact';
import { coreName } from '../../formats/core-name.ts';
import type { Machine } from '../../silicon/machine.ts';
import { Sign } from '../catalogue/sign.tsx';

interface Props {
  readonly machine: Machine;
  readonly start: Machine;
  readonly without: readonly number[];
  readonly cpu: number;
  linkOf(cpu: number): string;
}

/** The CPUs of a machine in the order in which they are brought up; each is a link to its registers. */
export function CpuChoice({ machine, start, without, cpu, linkOf }: Props): VNode {
  return (
    <nav aria-label="CPUs">
      <ul class="cpus">
        {machine.cpus.map(({ registers }, index) => {
          const changed = registers !== start.cpus[index]?.registers;
          const gone = without.includes(index);
          return (
            <li key={index}>
              <a href={linkOf(index)} aria-current={index === cpu ? 'true' : undefined}>
                CPU {index} <span class="soft">{coreName(registers.MIDR_EL1)}</span>
                {changed && (
                  <span class="changed">
                    {' '}
                    <Sign character="●" /> changed
                  </span>
                )}
                {gone && <span class="changed"> taken away</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
