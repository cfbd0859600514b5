import type { VNode } from 'preact';
import { formatCondition } from '../../formats/condition.ts';
import type { AffectedRow } from '../../linux/release/rows.ts';
import { ScrollArea } from '../catalogue/scroll-area.tsx';

/** The cores that an erratum names, with the release that began to name each. */
export function AffectedCores({ affected }: { readonly affected: readonly AffectedRow[] }): VNode | null {
  if (affected.length === 0) return null;
  return (
    <details open={affected.length <= 8}>
      <summary>Cores that it names ({affected.length})</summary>
      <ScrollArea label="Cores that it names">
        <table>
          <caption class="unseen">Cores that it names</caption>
          <thead>
            <tr>
              <th scope="col">Core and revisions</th>
              <th scope="col">Linux</th>
              <th scope="col">Option</th>
            </tr>
          </thead>
          <tbody>
            {affected.map((row) => (
              <tr key={`${row.midr} ${row.since}`}>
                <th scope="row" class="mono">
                  {row.midr}
                </th>
                <td>
                  {row.since ?? 'stable series only'}
                  {row.until === undefined ? '' : ` to before ${row.until}`}
                  {(row.backports ?? []).map(({ since }) => `, ${since}`)}
                </td>
                <td class="mono">{row.config === undefined ? '' : formatCondition(row.config)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </details>
  );
}
