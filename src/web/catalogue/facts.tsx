import type { ComponentChildren, VNode } from 'preact';

/** A fact: what is asked, and the answer. */
export type Fact = readonly [term: string, answer: ComponentChildren];

/** Facts as a list of terms and answers; one without an answer is left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return (
    <dl class="facts">
      {facts
        .filter(([, answer]) => answer !== undefined && answer !== '' && answer !== false && answer !== null)
        .map(([term, answer]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
    </dl>
  );
}
