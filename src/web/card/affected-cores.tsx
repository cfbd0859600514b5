import type { VNode } from 'preact';
import { formatCondition } from '../../formats/condition.ts';
import type { AffectedRow, CapabilityRow } from '../../linux/release/rows.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import { affectedCore } from './affected-core.ts';

/** The options without which a kernel looks for a core: its own, or that of the whole row. */
function optionOf({ config }: AffectedRow, row: CapabilityRow): string {
  const own = config ?? row.config;
  return own === undefined ? 'none' : formatCondition(own);
}

/** A core and its revisions. */
function CoreName({ midr }: { readonly midr: string }): VNode {
  const { name, isNamed, revisions } = affectedCore(midr);
  return (
    <>
      {isNamed ? <ReferenceLink kind="core" name={name} /> : name} {revisions}
    </>
  );
}

/** The cores that an erratum names, with the release that began to name each, and the option that it hangs on. */
export function AffectedCores({ row }: { readonly row: CapabilityRow }): VNode | null {
  const { affected = [] } = row;
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
            {affected.map((own) => (
              <tr key={`${own.midr} ${own.since}`}>
                <th scope="row" class="mono">
                  <CoreName midr={own.midr} />
                </th>
                <td>
                  {own.since ?? 'stable series only'}
                  {own.until === undefined ? '' : ` to before ${own.until}`}
                  {(own.backports ?? []).map(({ since }) => `, ${since}`)}
                </td>
                <td class="mono">{optionOf(own, row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </details>
  );
}
