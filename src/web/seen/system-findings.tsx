import type { VNode } from 'preact';
import type { System } from '../../linux/system.ts';
import { Notice } from '../notice.tsx';

/** What is out of the ordinary about a boot: a panic, CPUs that are refused, a taint, doubts about the release, assumptions. */
export function SystemFindings({ system }: { readonly system: System }): VNode {
  const { panic, cpus, tainted, doubts, release, diagnostics } = system;
  const refused = cpus.filter(({ refused: reason, index }) => reason !== undefined && index !== panic?.cpu);
  const assumed = diagnostics.filter(({ code }) => code === 'assumed-zero').map(({ where }) => where);
  return (
    <>
      {panic !== null && (
        <Notice kind="error">
          The kernel panics on CPU {panic.cpu}: {panic.reason}
        </Notice>
      )}
      {refused.map(({ index, refused: reason }) => (
        <Notice key={index}>
          CPU {index} is not brought up: {reason}
        </Notice>
      ))}
      {tainted && <Notice>The kernel is tainted: CPUs differ where they should not.</Notice>}
      {doubts.length > 0 && (
        <details class="small">
          <summary>
            Linux {release} lies between releases that were read; {doubts.length} {doubts.length === 1 ? 'row is' : 'rows are'} in doubt
          </summary>
          <ul>
            {doubts.map(({ row, notIn, since }) => (
              <li key={row}>
                <code>{row}</code>:{' '}
                {notIn === undefined ? `in the series since ${since} at the latest` : `after ${notIn}, since ${since} at the latest`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {assumed.length > 0 && (
        <details class="small">
          <summary>
            Taken as zero, since they are not known: {assumed.length} {assumed.length === 1 ? 'register' : 'registers'}
          </summary>
          <p class="mono">{assumed.join(' ')}</p>
        </details>
      )}
    </>
  );
}
