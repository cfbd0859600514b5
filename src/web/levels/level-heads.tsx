import type { VNode } from 'preact';
import { ALL_LEVELS, type ArchLevelName } from '../../arch/level.ts';
import { shortLevel } from './standing.ts';

/** The heads of the columns of levels; the level of a machine is marked. */
export function LevelHeads({ reached }: { readonly reached?: ArchLevelName | undefined }): VNode {
  return (
    <>
      {ALL_LEVELS.map(({ name }) => (
        <th key={name} scope="col" class={name === reached ? 'reached' : undefined}>
          {shortLevel(name)}
          {name === reached && (
            <span role="img" aria-label="the machine’s level" title="the machine’s level">
              {' '}
              ◂
            </span>
          )}
        </th>
      ))}
    </>
  );
}
