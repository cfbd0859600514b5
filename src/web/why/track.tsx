import type { ComponentChildren, VNode } from 'preact';
import type { Why } from '../../answers/why.ts';
import { verdictWith } from '../../formats/verdict-words.ts';
import { Sign, type SignCharacter } from '../catalogue/sign.tsx';
import { SignedText } from '../catalogue/signed-text.tsx';
import { onPage } from '../sentence.ts';
import { lossCode } from './loss.ts';
import type { Stage } from './stage-names.ts';
import { type StageState, stagesOf } from './stages.ts';

/** What stands in the square of a stop: the bit itself. */
const BITS: Readonly<Record<StageState, string>> = { passed: '1', lost: '0', after: '', open: '?' };

interface Props {
  readonly why: Why;
  /** The release of the host's kernel whose KVM stands in between, if any does. */
  readonly host?: string | undefined;
  /** What can be chosen at a stop. */
  readonly choices?: Readonly<Partial<Record<Stage, ComponentChildren>>>;
}

/**
 * The way of a bit as a line with a stop for each part: the bit runs along it and stays where it is lost. It runs anew whenever the
 * outcome changes.
 */
export function Track({ why, host, choices = {} }: Props): VNode {
  const stages = stagesOf(why, host);
  const outcome = stages.map(({ state }) => state).join(' ');
  return (
    <ol class="track" aria-label={`The way of ${why.subject.name}`}>
      {stages.map(({ stage, title, state, said, words }) => (
        <li key={stage} class={`stop ${state}`}>
          <span key={outcome} class="stop-bit" aria-hidden="true">
            {BITS[state]}
          </span>
          <p class="stop-title">
            {title} <span class="stop-state">{said}</span>
          </p>
          <p class="stop-words">
            <SignedText text={words} />
          </p>
          {choices[stage]}
        </li>
      ))}
    </ol>
  );
}

/** The sign of an answer. */
export function answerSign({ present, unknown }: Why): SignCharacter {
  return unknown === true ? '?' : present ? '✓' : '✗';
}

/** The answer in a sentence, which is read aloud when it changes. */
export function Verdict({ why }: { readonly why: Why }): VNode {
  const kind = why.unknown === true ? 'changed' : why.present ? 'good' : 'bad';
  return (
    <p class={`verdict ${kind}`} role="status">
      <Sign character={answerSign(why)} /> {onPage(verdictWith(why, lossCode))}
    </p>
  );
}
