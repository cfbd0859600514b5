import type { ComponentChildren, VNode } from 'preact';
import { findWhySubject, otherMeanings, type Scenario, type Suggestion, type Why, type WhySubject, why } from '../../answers/why.ts';
import { ArmlensError } from '../../errors.ts';
import { Notice } from '../notice.tsx';
import { linkTo } from '../route.ts';
import { changedQuery } from '../scenario/apply-to-query.ts';
import type { BaseMachine } from '../scenario/base-machine.ts';
import type { ScenarioQuery } from '../scenario/scenario-query.ts';
import { sentence } from '../sentence.ts';
import { Suggestions } from './suggestions.tsx';
import { Track, Verdict } from './track.tsx';
import { useSearch } from './use-search.ts';
import { WayOfBit } from './way-of-bit.tsx';
import { withPrograms } from './with-programs.ts';

/** What the panel is given. */
export interface WhyPanelProps {
  /** What stands over the answer: the question. */
  readonly head: ComponentChildren;
  /** What is asked about, as the reader wrote it. */
  readonly text: string;
  readonly scenario: Scenario;
  /** What the scenario was made of. */
  readonly query: ScenarioQuery;
  readonly base: BaseMachine;
  /** The address of the same page with another query. */
  linkOf(query: ScenarioQuery): string;
  whyLink(name: string): string;
}

function cardLink(subject: WhySubject): string | undefined {
  switch (subject.kind) {
    case 'hwcap':
      return linkTo('hwcap', subject.name);
    case 'arch-feature':
      return linkTo('feat', subject.name);
    case 'cpucap':
      return linkTo('cpucap', subject.name);
    case 'compat':
      return undefined;
    case 'field':
      return linkTo('field', subject.name);
  }
}

type Question = { readonly subject: WhySubject; readonly answer: Why };

/** What a text asks about and the answer, or why there is none. */
function answered(text: string, scenario: Scenario): Question | { readonly problem: string } {
  let subject: WhySubject | undefined;
  try {
    subject = findWhySubject(text);
    return { subject, answer: withPrograms(why(subject, scenario, { maxBoots: 0 })) };
  } catch (error) {
    if (!(error instanceof ArmlensError)) throw error;
    // What cannot be booted the page around tells.
    return { problem: subject === undefined ? sentence(error.message) : 'Nothing is answered for what cannot be booted.' };
  }
}

function Answer({ subject, answer, ...props }: WhyPanelProps & Question): VNode {
  const { text, scenario, query, base, linkOf, whyLink, head } = props;
  const suggestionLink = ({ changes }: Suggestion): string =>
    linkOf(changes.reduce((found, change) => changedQuery(found, change, scenario, base), query));
  const search = useSearch(subject, scenario);
  const count = answer.system.cpus.length;
  const host = scenario.kvm?.kernel.release;
  const card = cardLink(subject);
  const others = otherMeanings(text, subject);
  return (
    <>
      <section class="why band" aria-labelledby="why-title">
        {head}
        <Verdict why={answer} />
        <Track why={answer} host={host} />
      </section>
      <Suggestions search={search} present={answer.present} count={count} linkOf={suggestionLink} />
      <details class="why-more">
        <summary>Station by station</summary>
        <WayOfBit why={answer} host={host} />
      </details>
      <p class="small no-print">
        {card !== undefined && <a href={card}>What {subject.name} is</a>}
        {others.map((name) => (
          <span key={name}>
            {' '}
            · also: <a href={whyLink(name)}>{name}</a>
          </span>
        ))}
      </p>
    </>
  );
}

/** Why something is there or is not: the way of its bit, which stays in sight, and what would change the answer. */
export function WhyPanel(props: WhyPanelProps): VNode {
  const found = answered(props.text, props.scenario);
  if (!('problem' in found)) return <Answer {...props} {...found} />;
  return (
    <section class="why" aria-labelledby="why-title">
      {props.head}
      <Notice>{found.problem}</Notice>
    </section>
  );
}
