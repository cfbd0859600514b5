import type { Why } from '../../answers/why.ts';
import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { widthOf } from '../../bits/field.ts';
import { stagesOf } from '../why/stages.ts';
import type { LessonQuestion } from './lesson.ts';

/** The value of a field that the kernel holds for the system, as the register has it. */
function keptValue({ chain }: Why, path: string): string | undefined {
  const station = chain.find((one) => one.place === 'sanitise' && one.field === path);
  if (station?.place !== 'sanitise' || !isFieldPath(path)) return undefined;
  return String(BigInt.asUintN(widthOf(fieldBits(path)), BigInt(station.value)));
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
