import type { VNode } from 'preact';
import { ALL_LEVELS, type ArchLevelName } from '../../arch/level.ts';
import { Sign } from '../catalogue/sign.tsx';
import { linkTo, type Query } from '../route.ts';
import { shortLevel } from './standing.ts';

interface Props {
  /** The level of a machine, which is marked. */
  readonly reached?: ArchLevelName | undefined;
  /** The level that is open. */
  readonly open?: ArchLevelName | undefined;
  /** What a link to a level keeps of the address. */
  readonly query?: Query;
}

/** The heads of the columns of levels; each leads to what the level brings. */
export function LevelHeads({ reached, open, query = [] }: Props): VNode {
  return (
    <>
      {ALL_LEVELS.map(({ name }) => (
        <th key={name} scope="col" class={name === reached ? 'reached' : undefined}>
          <a href={linkTo('levels', name, query)} aria-current={name === open ? 'true' : undefined}>
            {shortLevel(name)}
          </a>
          {name === reached && (
            <span role="img" aria-label="the machine’s level" title="the machine’s level">
              {' '}
              <Sign character="◂" />
            </span>
          )}
        </th>
      ))}
    </>
  );
}
