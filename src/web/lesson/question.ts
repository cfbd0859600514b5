import { valueNames } from '../../arch/field-values.ts';
import { STAGE_TITLES, STAGES } from '../why/stage-names.ts';
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
      return Object.entries(valueNames(subject.name)).map(([value, name]) => ({ value, text: `${value} ${name}`.trim() }));
  }
}
