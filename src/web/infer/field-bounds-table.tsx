import type { VNode } from 'preact';
import type { FieldBounds } from '../../answers/infer.ts';
import { formatBounds } from '../../formats/inference-words.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';

/** What a line tells of each field. */
export function FieldBoundsTable({ fields }: { readonly fields: readonly FieldBounds[] }): VNode {
  return (
    <ScrollArea label="Fields">
      <table>
        <caption>The values that each field can have, over all kernels that can print the line</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Certain</th>
            <th scope="col">If the kernel is built as usual</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.path}>
              <th scope="row">
                <ReferenceLink kind="field" name={field.path} />
              </th>
              <td>{formatBounds(field)}</td>
              <td>{formatBounds(field.usual)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
