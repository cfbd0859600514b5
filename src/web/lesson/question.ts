import type { Why } from '../../answers/why.ts';
import { findField } from '../../arch/register.ts';
import { widthOf } from '../../bits/field.ts';
import { STAGE_TITLES, STAGES, stagesOf } from '../why/stages.ts';
import type { LessonQuestion } from './lesson.ts';

/** One of the answers from which the reader chooses. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** What a question says before and after the name that it is about. */
export function questionWords({ kind }: LessonQuestion): readonly [before: string, after: string] {
  switch (kind) {
    case 'ask':
      return ['Does ', ' arrive?'];
    case 'where':
      return ['Where is ', ' lost?'];
    case 'keep':
      return ['Which value of ', ' does the kernel keep?'];
  }
}

/** The answers from which the reader chooses. */
export function choicesOf({ kind, subject }: LessonQuestion): readonly Choice[] {
  switch (kind) {
    case 'ask':
      return [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ];
    case 'where':
      return [
        ...STAGES.filter((stage) => stage !== 'runtime').map((stage) => ({ value: stage, text: STAGE_TITLES[stage] })),
        { value: 'nowhere', text: 'Nowhere: it arrives' },
      ];
    case 'keep':
      return Object.entries(findField(subject.name)?.field.values ?? {}).map(([value, { name }]) => ({
        value,
        text: name === undefined ? value : `${value} ${name}`,
      }));
  }
}

/** The value of a field that the kernel holds for the system, as the register has it. */
function keptValue({ chain }: Why, path: string): string | undefined {
  const station = chain.find((one) => one.place === 'sanitise' && one.field === path);
  const found = findField(path);
  if (station?.place !== 'sanitise' || found === undefined) return undefined;
  return String(BigInt.asUintN(widthOf(found.field), BigInt(station.value)));
}

/** What the library says to a question; `undefined`: it is not known. */
export function answerTo({ kind, subject }: LessonQuestion, answer: Why): string | undefined {
  if (answer.unknown === true) return undefined;
  switch (kind) {
    case 'ask':
      return answer.present ? 'yes' : 'no';
    case 'where':
      return stagesOf(answer).find(({ state }) => state === 'lost')?.stage ?? 'nowhere';
    case 'keep':
      return keptValue(answer, subject.name);
  }
}
