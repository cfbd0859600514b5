import type { VNode } from 'preact';
import { nearestNames } from '../../nearest.ts';
import type { NameKind } from '../name/name-kind.ts';
import { Notice } from '../notice.tsx';
import { linkTo, type NameView } from '../route.ts';

interface Props {
  readonly view: NameView;
  readonly kind: NameKind;
  readonly name: string;
}

/** How many near names are shown at most. */
const MOST = 4;

/** What is shown for a name that nobody has: those that are near, and the way to all. */
export function UnknownCard({ view, kind: { word, plural, all }, name }: Props): VNode {
  const near = nearestNames(name, all(), MOST);
  return (
    <>
      <h1>No such {word}</h1>
      <Notice>
        There is no {word} “{name.slice(0, 60)}”.
        {near.length > 0 && (
          <>
            {' '}
            Did you mean{' '}
            {near.map((one, index) => (
              <span key={one}>
                {index > 0 && ' or '}
                <a href={linkTo(view, one)}>
                  <code>{one}</code>
                </a>
              </span>
            ))}
            ?
          </>
        )}
      </Notice>
      <p>
        All that are known: <a href={linkTo(view)}>{plural}</a>
      </p>
    </>
  );
}
