import type { ComponentChildren, VNode } from 'preact';
import { FilterBox, filterOf } from '../catalogue/filter-box.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { ScrollArea } from '../catalogue/scroll-area.tsx';
import type { NameView } from '../route.ts';
import type { ViewProps } from '../view.ts';

/** A row of an index: the name of a card, and what stands beside it. */
export interface IndexRow {
  readonly name: string;
  readonly cells: readonly ComponentChildren[];
  /** What the filter looks at besides the name. */
  readonly text: string;
}

/** The rows in whose name or text every word of a filter stands. */
export function matchingRows(rows: readonly IndexRow[], filter: string): readonly IndexRow[] {
  const words = filter.split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter(({ name, text }) => words.every((word) => `${name} ${text}`.toLowerCase().includes(word)));
}

interface Props extends ViewProps {
  readonly kind: NameView;
  readonly title: string;
  /** What such a thing is, for those who do not know. */
  readonly about: ComponentChildren;
  readonly heads: readonly string[];
  readonly rows: readonly IndexRow[];
}

/** All cards of a kind, narrowed by what stands in the filter. */
export function CardIndex({ route, navigate, kind, title, about, heads, rows }: Props): VNode {
  const shown = matchingRows(rows, filterOf(route));
  return (
    <>
      <h1>{title}</h1>
      <p>{about}</p>
      <FilterBox label="Filter" route={route} navigate={navigate} result={`${shown.length} of ${rows.length}`} />
      <ScrollArea label={title}>
        <table class="card-index">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">
                  <ReferenceLink kind={kind} name={name} />
                </th>
                {cells.map((cell, index) => (
                  <td key={heads[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  );
}
