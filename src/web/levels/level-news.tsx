import type { ComponentChildren, VNode } from 'preact';
import type { ArchFeatureName } from '../../arch/arch-feature.ts';
import type { ArchLevel } from '../../arch/level.ts';
import { formatIdentification } from '../../formats/identification.ts';
import { Facts } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { linkTo, type Query } from '../route.ts';

function Names({ names }: { readonly names: readonly ArchFeatureName[] }): VNode {
  return (
    <>
      {names.map((name) => (
        <span key={name}>
          <ReferenceLink kind="feat" name={name} />{' '}
        </span>
      ))}
    </>
  );
}

function conditionals({ conditional = [] }: ArchLevel): ComponentChildren {
  if (conditional.length === 0) return undefined;
  return (
    <ul>
      {conditional.map(({ archFeature, when }) => (
        <li key={archFeature}>
          <ReferenceLink kind="feat" name={archFeature} /> <LinkedText text={`with ${formatIdentification(when)}`} />
        </li>
      ))}
    </ul>
  );
}

/** What a level brings beyond those that it includes. */
export function LevelNews({ level, query }: { readonly level: ArchLevel; readonly query: Query }): VNode {
  const { name, implies = [], mandatory = [], optional = [], removed = [] } = level;
  const names = (list: readonly ArchFeatureName[]): ComponentChildren => (list.length === 0 ? undefined : <Names names={list} />);
  return (
    <section aria-label={`What ${name} brings`}>
      <h2>What {name} brings</h2>
      <Facts
        facts={[
          [
            'Includes',
            implies.length > 0 &&
              implies.map((below) => (
                <span key={below}>
                  <a href={linkTo('levels', below, query)}>{below}</a>{' '}
                </span>
              )),
          ],
          ['Mandatory', names(mandatory)],
          ['Mandatory under a condition', conditionals(level)],
          ['Optional', names(optional)],
          ['Not allowed', names(removed)],
        ]}
      />
      <p class="small">
        <a href={linkTo('levels', '', query)}>All levels</a>
      </p>
    </section>
  );
}
