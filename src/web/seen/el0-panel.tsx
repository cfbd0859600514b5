import type { VNode } from 'preact';
import { formatHex } from '../../bits/hex.ts';
import type { System } from '../../linux/system.ts';
import { el0View, type MrsResult } from '../../process/mrs.ts';
import { registerOfGeneric } from '../../silicon/register-at.ts';

function text(value: MrsResult | undefined): string {
  return typeof value === 'bigint' ? formatHex(value) : (value ?? '');
}

/** The registers that a program can read by MRS, as far as they are not zero or a signal. */
export function El0Panel({
  system,
  start,
  cpu,
}: {
  readonly system: System;
  readonly start: System | undefined;
  readonly cpu: number;
}): VNode {
  const before = start === undefined ? undefined : el0View(start, cpu);
  const rows = [...el0View(system, cpu)].filter(([name, value]) => {
    const was = before?.get(name);
    return (value !== 'SIGILL' && value !== 0n) || (was !== undefined && was !== value);
  });
  return (
    <>
      <div class="scroll">
        <table>
          <caption>What MRS gives at EL0 on CPU {cpu}</caption>
          <thead>
            <tr>
              <th scope="col">Register</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => {
              const was = before?.get(name);
              const differs = was !== undefined && was !== value;
              return (
                <tr key={name}>
                  <th scope="row">
                    <code title={name}>{registerOfGeneric(name) ?? name}</code>
                  </th>
                  <td>
                    <code class={differs ? 'came' : undefined}>{text(value)}</code>
                    {differs && <span class="changed small"> was {text(was)}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="small soft">
        {system.mrsEmulatedFrom === undefined
          ? 'This kernel emulates no MRS: reading any other ID register ends in SIGILL.'
          : 'All else reads as zero or ends in SIGILL.'}
      </p>
    </>
  );
}
