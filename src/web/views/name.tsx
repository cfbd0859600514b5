import type { ComponentType, VNode } from 'preact';
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
import { forAarch32, parseScenario } from '../scenario/scenario-query.ts';
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

/** The view, and what stands in the heads of its pages. */
export const NAME: LoadedView = {
  View: NamePage,
  prepare: ({ view, name, query }) =>
    name !== '' && (view === 'insn' || view === 'compat')
      ? Promise.all([Way.load(), prepareMachine(parseScenario(view === 'compat' ? forAarch32(query) : query).value)])
      : Promise.resolve(),
  head: (route) => nameHead(NAMES, route),
};
