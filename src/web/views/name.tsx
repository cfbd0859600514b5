import type { ComponentType, VNode } from 'preact';
import type { WhySubject } from '../../answers/why.ts';
import { findInstruction } from '../../arch/mnemonic.ts';
import { CardIndex } from '../card/card-index.tsx';
import { CardTabs } from '../card/card-tabs.tsx';
import { UnknownCard } from '../card/unknown-card.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { LevelPage } from '../name/level-page.tsx';
import { CompatPage, ErratumPage, InstructionPage, ReleasePage, Way } from '../name/linux-pages.tsx';
import { isNameView, nameHead } from '../name/name-head.ts';
import { NAMES } from '../name/names.ts';
import { CorePage, FieldPage, RegisterPage } from '../name/silicon-pages.tsx';
import type { NameView } from '../route.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { prepareMachine } from '../scenario/use-machine.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import '../catalogue/catalogue.css';
import '../card/card.css';
import '../why/why.css';

/** The kinds of names that this view shows; the others have richer cards. */
const PAGES: Readonly<Partial<Record<NameView, ComponentType<ViewProps & { readonly name: string }>>>> = {
  compat: CompatPage,
  register: RegisterPage,
  field: FieldPage,
  core: CorePage,
  level: LevelPage,
  release: ReleasePage,
  erratum: ErratumPage,
  insn: InstructionPage,
};

/** A sentence about a name below the heading that says the name. */
function leadOf(name: string, sentence: string): string {
  return sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
}

function Index(props: ViewProps & { readonly view: NameView }): VNode {
  const { plural, about, all, sentence } = NAMES[props.view];
  const rows = all().map((name) => ({ name, cells: [sentence(name)], text: sentence(name) }));
  return (
    <>
      <CardTabs route={props.route} />
      <CardIndex {...props} kind={props.view} title={plural} about={about} heads={['Name', 'What it is']} rows={rows} />
    </>
  );
}

/** The page of a name, and the list of all names of a kind. */
export function NamePage(props: ViewProps): VNode | null {
  const { view, name } = props.route;
  if (!isNameView(view)) return null;
  if (name === '') return <Index {...props} view={view} />;
  const { word, find, sentence } = NAMES[view];
  const found = find(name);
  const Page = PAGES[view];
  if (found === undefined || Page === undefined) return <UnknownCard view={view} kind={NAMES[view]} name={name} />;
  return (
    <>
      <h1>
        <code>{found}</code> <span class="kind">{word}</span>
      </h1>
      {view !== 'insn' && (
        <p class="lead">
          <LinkedText text={leadOf(found, sentence(found))} />
        </p>
      )}
      <Page key={found} {...props} name={found} />
    </>
  );
}

/** The bit of which the page of a name shows the way. */
function subjectOf(view: 'compat' | 'insn', name: string): WhySubject {
  const telling = findInstruction(name)?.archFeatures.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps)[0];
  return view === 'compat' ? { kind: 'compat', name } : { kind: 'hwcap', name: telling ?? name };
}

/** The view, and what stands in the heads of its pages. */
export const NAME: LoadedView = {
  View: NamePage,
  prepare: async ({ view, name, query }) => {
    if (name === '' || (view !== 'insn' && view !== 'compat')) return;
    const [{ onMachineFor }] = await Promise.all([import('../why/first-machine.ts'), Way.load()]);
    await prepareMachine(parseScenario(onMachineFor(subjectOf(view, name), query)).value);
  },
  head: (route) => nameHead(NAMES, route),
};
