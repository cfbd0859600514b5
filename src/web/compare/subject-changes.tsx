import type { VNode } from 'preact';
import type { Query } from '../route.ts';

/** What has a place of its own in the form. */
const SHOWN: ReadonlySet<string> = new Set(['m', 'p', 'k', 'c', 'cmdline', 'kvm', 'vcpu']);

const LONGEST = 80;

/** What else is said of a subject: edits, masks, options, as its address has them. */
export function SubjectChanges({ query }: { readonly query: Query }): VNode | null {
  const changes = query.filter(([key]) => !SHOWN.has(key));
  if (changes.length === 0) return null;
  return (
    <ul class="plain small" aria-label="What is changed of it">
      {changes.map(([key, value]) => (
        <li key={`${key} ${value}`}>
          <code>
            {key}={value.slice(0, LONGEST)}
            {value.length > LONGEST && '…'}
          </code>
        </li>
      ))}
    </ul>
  );
}
