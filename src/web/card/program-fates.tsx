import type { VNode } from 'preact';
import { formatFate } from '../../formats/fate-words.ts';
import type { HwcapFate } from '../../runtime/hwcap-programs.ts';

/** By which names programs tell of a hwcap, and which of them overlook it. */
export function ProgramFates({ fates }: { readonly fates: readonly HwcapFate[] }): VNode {
  return (
    <table class="names-elsewhere">
      <caption class="unseen">In programs</caption>
      <thead>
        <tr>
          <th scope="col">Program, versions</th>
          <th scope="col">Name</th>
        </tr>
      </thead>
      <tbody>
        {fates.map(({ program, title, names, overlookedBy }) => (
          <tr key={program}>
            <th scope="row">
              {title} {[...new Set([...overlookedBy, ...names.flatMap(({ versions }) => versions)])].toSorted().join(', ')}
            </th>
            <td class={names.length === 0 ? 'soft' : 'mono'}>{formatFate({ program, title, names, overlookedBy })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
