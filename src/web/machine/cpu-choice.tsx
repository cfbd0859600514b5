import type { VNode } from 'preact';
import { coreName } from '../../formats/core-name.ts';
import { type Machine, midrOf } from '../../silicon/machine.ts';
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
        {machine.cpus.map((own, index) => {
          const before = start.cpus[index];
          const changed = own.registers !== before?.registers || own.partly !== before.partly;
          const gone = without.includes(index);
          return (
            <li key={index}>
              <a href={linkOf(index)} aria-current={index === cpu ? 'true' : undefined}>
                CPU {index} <span class="soft">{coreName(midrOf(own))}</span>
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
