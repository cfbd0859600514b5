import type { VNode } from 'preact';
import type { Search, Suggestion } from '../../answers/why.ts';
import { formatSuggestion } from '../../formats/change-words.ts';
import { onPage } from '../sentence.ts';

interface Props {
  readonly search: Search | undefined;
  readonly present: boolean;
  readonly count: number;
  linkOf(suggestion: Suggestion): string;
}

/** The smallest changes that flip the answer; each is a link to the address in which it is made. */
export function Suggestions({ search, present, count, linkOf }: Props): VNode {
  const what = present ? 'take it away' : 'bring it';
  return (
    <div class="suggestions">
      <h3>What would {what}</h3>
      {search?.suggestions.length === 0 && <p class="small">Nothing that was tried{search.cut ? ', as far as it was tried' : ''}.</p>}
      {search !== undefined && search.suggestions.length > 0 && (
        <>
          <p class="soft small">
            Each was tried: the changed system was booted, and the answer was the other one. A click makes the change.
          </p>
          <ul>
            {search.suggestions.map((suggestion) => {
              const text = onPage(formatSuggestion(suggestion, count));
              return (
                <li key={text}>
                  <a href={linkOf(suggestion)}>{text}</a>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
