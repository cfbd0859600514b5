import type { ComponentChildren, VNode } from 'preact';
import { missingForLevel } from '../../answers/level.ts';
import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import { archFeaturesAllowedEarlier } from '../../arch/arch-features-in-brief.ts';
import type { ArchLevel } from '../../arch/level.ts';
import { formatIdentification } from '../../formats/identification.ts';
import { demandNote } from '../../formats/level-words.ts';
import type { System } from '../../linux/system.ts';
import { ArchFeatureList } from '../catalogue/arch-feature-list.tsx';
import { FactList } from '../catalogue/facts.tsx';
import { LinkedText } from '../catalogue/linked-text.tsx';
import { linkTo, type Query } from '../route.ts';

function conditionals({ conditional = [] }: ArchLevel): ComponentChildren {
  if (conditional.length === 0) return undefined;
  const conditionOf = (name: ArchFeatureName): string =>
    conditional.flatMap(({ archFeature, when }) => (archFeature === name ? formatIdentification(when) : [])).join(' or ');
  return (
    <ArchFeatureList
      names={[...new Set(conditional.map(({ archFeature }) => archFeature))]}
      after={(name) => <LinkedText text={`, with ${conditionOf(name)}`} />}
    />
  );
}

/** What a machine lacks for a level, what those below ask for included. */
function Lacks({ level, machine }: { readonly level: ArchLevel; readonly machine: LackingMachine }): VNode {
  const missing = missingForLevel(level.name, machine.system, 'registers');
  const levels = [...new Set(missing.map((demand) => demand.level))];
  return (
    <section aria-label={`What ${machine.title} lacks for ${level.name}`}>
      <h2>
        What {machine.title} lacks for {level.name}
      </h2>
      {missing.length === 0 ? (
        <p>Nothing, by the letter of its registers.</p>
      ) : (
        <FactList
          facts={levels.map((asking) => [
            `asked by ${asking}`,
            <ArchFeatureList
              key={asking}
              names={missing.filter((demand) => demand.level === asking).map(({ archFeature }) => archFeature)}
              after={(name) => {
                const demand = missing.find(({ archFeature }) => archFeature === name);
                return demand === undefined ? '' : demandNote(demand);
              }}
            />,
          ])}
        />
      )}
    </section>
  );
}

/** A machine of which it is asked what it lacks. */
export interface LackingMachine {
  readonly title: string;
  readonly system: System;
}

interface Props {
  readonly level: ArchLevel;
  readonly query: Query;
  /** Absent: none is laid over. */
  readonly machine?: LackingMachine | undefined;
}

/** What a level adds to those that it includes, and what a machine lacks for it. */
export function LevelNews({ level, query, machine }: Props): VNode {
  const { name, implies = [], mandatory = [], optional = [], removed = [] } = level;
  const names = (list: readonly ArchFeatureName[]): ComponentChildren => (list.length === 0 ? undefined : <ArchFeatureList names={list} />);
  return (
    <section aria-label={`What ${name} adds`}>
      <h2>What {name} adds</h2>
      <FactList
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
          ['Came with it, allowed earlier', names(archFeaturesAllowedEarlier(level))],
          ['Optional', names(optional)],
          ['Not allowed', names(removed)],
        ]}
      />
      {machine !== undefined && <Lacks level={level} machine={machine} />}
      <p class="small">
        <a href={linkTo('levels', '', query)}>All levels</a>
      </p>
    </section>
  );
}
