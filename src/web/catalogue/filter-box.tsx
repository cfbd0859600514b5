import type { VNode } from 'preact';
import { type Navigate, queryValue, type Route, withQuery } from '../route.ts';

/** More than any name has; what is pasted by mistake is cut. */
const LONGEST = 100;

/** What the filter of a route asks for, in lower case. */
export function filterOf({ query }: Route): string {
  return (queryValue(query, 'q') ?? '').slice(0, LONGEST).trim().toLowerCase();
}

interface Props {
  readonly label: string;
  readonly route: Route;
  readonly navigate: Navigate;
  /** How many rows are left, in words. */
  readonly result: string;
}

/** A field that narrows a table; what stands in it is part of the address. */
export function FilterBox({ label, route, navigate, result }: Props): VNode {
  return (
    <search class="filter no-print">
      <label>
        {label}{' '}
        <input
          type="search"
          maxLength={LONGEST}
          spellcheck={false}
          autocapitalize="none"
          value={(queryValue(route.query, 'q') ?? '').slice(0, LONGEST)}
          onInput={({ currentTarget: { value } }) =>
            navigate({ ...route, query: withQuery(route.query, 'q', ...(value === '' ? [] : [value])) }, 'replace')
          }
        />
      </label>{' '}
      <span role="status">{result}</span>
    </search>
  );
}
