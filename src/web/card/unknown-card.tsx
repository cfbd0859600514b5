import type { VNode } from 'preact';
import { nearestName } from '../../nearest.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import type { NameKind } from '../name/name-kind.ts';
import { Notice } from '../notice.tsx';
import type { NameView } from '../route.ts';

interface Props {
  readonly view: NameView;
  readonly kind: NameKind;
  readonly name: string;
}

/** What is shown for a name that nobody has. */
export function UnknownCard({ view, kind: { word, all }, name }: Props): VNode {
  const nearest = nearestName(name, all());
  return (
    <>
      <h1>No such {word}</h1>
      <Notice>
        There is no {word} “{name.slice(0, 60)}”.
        {nearest !== undefined && (
          <>
            {' '}
            Did you mean <ReferenceLink kind={view} name={nearest} />?
          </>
        )}
      </Notice>
    </>
  );
}
