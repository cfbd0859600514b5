import type { VNode } from 'preact';
import { nearestName } from '../../nearest.ts';
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

/** The names that are near to one, the nearest first. */
function nearNames(name: string, all: readonly string[]): readonly string[] {
  const found: string[] = [];
  while (found.length < MOST) {
    const next = nearestName(
      name,
      all.filter((one) => !found.includes(one)),
    );
    if (next === undefined) break;
    found.push(next);
  }
  return found;
}

/** What is shown for a name that nobody has: those that are near, and the way to all. */
export function UnknownCard({ view, kind: { word, plural, all }, name }: Props): VNode {
  const near = nearNames(name, all());
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
