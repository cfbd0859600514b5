import '../catalogue/catalogue.css';
import '../machine/machine.css';
import '../compare/compare.css';
import type { ComponentChildren, VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { type ComparedCause, type Comparison, EFFECT_KINDS, type EffectKind } from '../../answers/comparison.ts';
import type { Subject } from '../../answers/subject.ts';
import { ComparisonResult } from '../compare/comparison-result.tsx';
import { COMPARISON_EXAMPLES } from '../compare/examples.ts';
import { MOST_SUBJECTS, SubjectList } from '../compare/subject-list.tsx';
import { subjectWords } from '../compare/subject-text.ts';
import { useComparison } from '../compare/use-comparison.ts';
import { type FoundSubject, useSubjects } from '../compare/use-subjects.ts';
import { Notice } from '../notice.tsx';
import { linkTo, type Query, withQuery } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';

const WORDS: Readonly<Record<EffectKind, readonly [one: string, more: string]>> = {
  hwcaps: ['hwcap', 'hwcaps'],
  compat: ['AArch32 hwcap', 'AArch32 hwcaps'],
  archFeatures: ['FEAT_*', 'FEAT_*'],
  cpucaps: ['cpucap', 'cpucaps'],
};

function count(causes: readonly ComparedCause[], kind: EffectKind): number {
  return causes.reduce((sum, { effects }) => sum + effects.filter((effect) => effect.kind === kind).length, 0);
}

/** A comparison in one sentence. */
export function comparisonSummary({ causes, identical, common, open }: Comparison): string {
  const more = open.filter(({ kind }) => kind === 'hwcaps').length;
  const maybe = more === 0 ? '' : ` Of ${more} more it is not known.`;
  if (identical) return `No difference.${maybe}`;
  const parts = EFFECT_KINDS.map((kind) => [count(causes, kind), WORDS[kind]] as const).filter(([number]) => number > 0);
  const differ =
    parts.length === 0
      ? 'no name that anybody sees'
      : parts.map(([number, [one, more]]) => `${number} ${number === 1 ? one : more}`).join(', ');
  return `They differ in ${differ}; ${common.length} hwcaps are common to all.${maybe}`;
}

interface Props {
  readonly found: readonly FoundSubject[];
  /** Whether there is something to choose first. */
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

/** What is compared, in a line; the forms that change it open below. */
function SubjectFold({ found, isOpen, children }: Props): VNode {
  const [opened, setOpened] = useState<boolean>();
  return (
    <details class="compared-fold" open={opened ?? isOpen} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>
        Change what is compared
        <span class="soft small">
          {' '}
          {found
            .map(({ subject, text }) => (subject === undefined ? text.slice(0, 40) : `${subject.name}, Linux ${subject.kernel.release}`))
            .join(' · ')}
        </span>
      </summary>
      {children}
    </details>
  );
}

/** The subjects that could be made, each with its place in the name. */
function numbered(found: readonly FoundSubject[]): readonly Subject[] {
  return found.flatMap(({ subject }, index) => (subject === undefined ? [] : [{ ...subject, name: `${index + 1} ${subject.name}` }]));
}

/** Why nothing is compared: what of the subjects could not be made, of several alike once. */
function Missing({ found }: Pick<Props, 'found'>): VNode {
  const missing = found.flatMap(({ subject, problems }, index) =>
    subject === undefined ? [{ number: index + 1, problem: problems.at(-1) }] : [],
  );
  const told = [...new Set(missing.map(({ problem }) => problem))].map((problem) => {
    const numbers = missing.filter((one) => one.problem === problem).map(({ number }) => number);
    return `machine${numbers.length === 1 ? '' : 's'} ${numbers.join(' and ')}: ${problem}`;
  });
  return <Notice>Nothing is compared: {told.join(' ')}</Notice>;
}

/** What an address names: subjects, or machines as the other views name them. */
function givenIn(query: Query): readonly string[] {
  return query.filter(([key]) => key === 's' || key === 'm').map(([, value]) => value);
}

/** The subjects of an address: none stands for the first example, a single one for itself and one that is to be changed. */
function textsOf(given: readonly string[]): readonly string[] {
  if (given.length === 1) return [given[0]!, given[0]!];
  return given.length === 0 ? COMPARISON_EXAMPLES[0]!.subjects : given.slice(0, MOST_SUBJECTS);
}

/** Two to four machines or kernels side by side, from cause to effect. Without any in the address: the first example. */
export function CompareView({ route, navigate }: ViewProps): VNode {
  const given = givenIn(route.query);
  const texts = textsOf(given);
  const found = useSubjects(texts);
  const subjects = useMemo(() => numbered(found), [found]);
  const compared = useComparison(subjects);
  const shown = subjects.length > 1 ? compared : undefined;
  const show = (next: readonly string[]): void => navigate({ ...route, query: withQuery(withQuery(route.query, 'm'), 's', ...next) });
  const isBroken = found.some(({ problems }) => problems.length > 0);
  return (
    <>
      <h1>Compare machines or kernels</h1>
      <ul class="legend no-print" aria-label="Examples">
        {COMPARISON_EXAMPLES.map(({ title, subjects: own }) => (
          <li key={title}>
            <a
              href={linkTo(
                'compare',
                '',
                own.map((text) => ['s', text] as const),
              )}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
      {given.length > MOST_SUBJECTS && (
        <Notice>
          The address names {given.length} machines; the first {MOST_SUBJECTS} are compared.
        </Notice>
      )}
      {found.length > 0 && subjects.length < 2 && <Missing found={found} />}
      <p role="status" class="compared-summary">
        {shown === undefined ? '' : comparisonSummary(shown.comparison)}
      </p>
      <SubjectFold found={found} isOpen={isBroken || new Set(texts).size < texts.length}>
        <SubjectList texts={texts} found={found} show={show} />
      </SubjectFold>
      {shown !== undefined && <ComparisonResult compared={shown} />}
    </>
  );
}

/** What is compared: machines, each with what is said of it, or one machine in several ways. */
function comparedTitle(given: readonly string[]): string {
  const subjects = given.map(subjectWords);
  const [name, ...others] = [...new Set(subjects.map((one) => one.machine))];
  if (name === undefined) return 'Compare machines or kernels';
  if (others.length === 0) return `${name}: ${subjects.map(({ under }) => under || 'as it is').join(' and ')} compared`;
  return `${subjects.map(({ machine, under }) => (under === '' ? machine : `${machine} (${under})`)).join(' and ')} compared`;
}

/** The view, and what stands in the heads of its pages. */
export const COMPARE: LoadedView = {
  View: CompareView,
  head: ({ query }) => ({
    title: comparedTitle(givenIn(query)),
    description:
      'Two machines or two kernels side by side: which field, which erratum or which release makes the difference between their hwcaps.',
  }),
};
