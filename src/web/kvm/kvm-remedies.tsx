import type { VNode } from 'preact';
import type { Scenario, WhySubject } from '../../answers/why.ts';
import { formatSuggestion } from '../../formats/change-words.ts';
import { changedQuery } from '../scenario/apply-to-query.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { onPage } from '../sentence.ts';
import { useSearch } from '../why/use-search.ts';

interface Props {
  readonly subject: WhySubject;
  readonly scenario: Scenario;
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  linkOf(query: ScenarioQuery): string;
}

/** What of the vCPU or of the host would bring a bit that KVM takes: each was tried, and a click makes the change. */
export function KvmRemedies({ subject, scenario, query, base, linkOf }: Props): VNode | null {
  const search = useSearch(subject, scenario);
  if (search === undefined) return null;
  const found = search.suggestions.filter(({ changes }) => changes.every(({ kind }) => kind === 'vcpu' || kind === 'host-release'));
  if (found.length === 0) return <p class="small">No feature of the vCPU and no newer kernel of the host that is known brings it.</p>;
  return (
    <>
      <p class="small">What would bring it through KVM:</p>
      <ul class="small">
        {found.map((suggestion) => {
          const words = onPage(formatSuggestion(suggestion, scenario.machine.cpus.length));
          const changed = suggestion.changes.reduce((found, change) => changedQuery(found, change, scenario, base), query);
          return (
            <li key={words}>
              <a href={linkOf(changed)}>{words}</a>
            </li>
          );
        })}
      </ul>
    </>
  );
}
