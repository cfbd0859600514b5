import type { VNode } from 'preact';
import { nearestName } from '../../nearest.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { Notice } from '../notice.tsx';

interface Props {
  readonly kind: 'hwcap' | 'feat' | 'cpucap';
  readonly name: string;
  readonly candidates: readonly string[];
}

const WORDS: Readonly<Record<Props['kind'], string>> = { hwcap: 'hwcap', feat: 'architecture feature', cpucap: 'cpucap' };

/** What is shown for a name that nobody has. */
export function UnknownCard({ kind, name, candidates }: Props): VNode {
  const nearest = nearestName(name, candidates);
  return (
    <>
      <h1>No such {WORDS[kind]}</h1>
      <Notice>
        There is no {WORDS[kind]} “{name.slice(0, 60)}”.
        {nearest !== undefined && (
          <>
            {' '}
            Did you mean <ReferenceLink kind={kind} name={nearest} />?
          </>
        )}
      </Notice>
    </>
  );
}
