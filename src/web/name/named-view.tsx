import type { ComponentType, VNode } from 'preact';
import { type Lazy, lazy } from '../lazy.tsx';
import type { NameView, Query } from '../route.ts';
import type { LoadedView, ViewProps } from '../view.ts';
import { nameHead } from './name-head.ts';
import type { NameKind } from './name-kind.ts';
import '../catalogue/catalogue.css';
import '../card/card.css';
import '../levels/levels.css';
import '../why/why.css';

/** What the page of a name is given. */
export interface NamePageProps extends ViewProps {
  /** As its kind spells it. */
  readonly name: string;
}

interface Parts {
  readonly view: NameView;
  readonly kind: NameKind;
  /** What the page of a name shows below its heading. */
  readonly Page: ComponentType<NamePageProps>;
  /** Set if the page says by itself what the name is. */
  readonly saysWhat?: true;
  /** The list of all names; absent: each with its sentence. */
  readonly Index?: Lazy<ViewProps>;
  /** Fetches what the page of a name shows first. */
  prepare?(name: string, query: Query): Promise<unknown>;
}

const UnknownCard = lazy(async () => (await import('../card/unknown-card.tsx')).UnknownCard);
const SentenceIndex = lazy(async () => (await import('./name-index.tsx')).SentenceIndex);

/** A sentence about a name below the heading that says the name. */
function leadOf(name: string, sentence: string): string {
  return sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
}

/** Makes the view of a kind of names: a page for each, and the list of all. */
export function namedView({ view, kind, Page, saysWhat, Index, prepare }: Parts): LoadedView {
  const View = (props: ViewProps): VNode => {
    const { name } = props.route;
    if (name === '') return Index === undefined ? <SentenceIndex {...props} view={view} kind={kind} /> : <Index {...props} />;
    const found = kind.find(name);
    if (found === undefined) return <UnknownCard view={view} kind={kind} name={name} />;
    return (
      <>
        <h1>
          <code>{found}</code> <span class="kind">{kind.word}</span>
        </h1>
        {saysWhat !== true && <p class="lead">{leadOf(found, kind.sentence(found))}</p>}
        <Page key={found} {...props} name={found} />
      </>
    );
  };
  return {
    View,
    prepare: async ({ name, query }) => {
      const found = kind.find(name);
      if (name === '') await (Index ?? SentenceIndex).load();
      else await (found === undefined ? UnknownCard.load() : prepare?.(found, query));
    },
    head: ({ name }) => nameHead(kind, name),
  };
}
