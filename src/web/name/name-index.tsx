import type { VNode } from 'preact';
import { CardIndex, type IndexRow } from '../card/card-index.tsx';
import { CardTabs } from '../card/card-tabs.tsx';
import type { NameView } from '../route.ts';
import type { ViewProps } from '../view.ts';
import type { NameKind } from './name-kind.ts';

interface Props extends ViewProps {
  readonly view: NameView;
  readonly kind: NameKind;
}

/** All names of a kind, as its rows say. */
export function NameIndex({
  view,
  kind,
  ...props
}: Props & { readonly heads: readonly string[]; readonly rows: readonly IndexRow[] }): VNode {
  return (
    <>
      <CardTabs route={props.route} kind={kind} />
      <CardIndex {...props} kind={view} title={kind.plural} about={kind.about} />
    </>
  );
}

/** All names of a kind, each with its sentence. */
export function SentenceIndex(props: Props): VNode {
  const { all, sentence } = props.kind;
  const rows = all().map((name) => ({ name, cells: [sentence(name)], text: sentence(name) }));
  return <NameIndex {...props} heads={['Name', 'What it is']} rows={rows} />;
}
