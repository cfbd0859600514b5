import type { ComparedValue } from '../../answers/comparison.ts';
import { formatCores, formatEnvironment, formatFieldValue } from '../../formats/difference-words.ts';

/** What a subject has of a cause, in words. */
export function comparedValueText(value: ComparedValue): string {
  switch (value.kind) {
    case 'field':
      return formatFieldValue(value.field);
    case 'cores':
      return formatCores(value.midrs);
    case 'text':
      return value.text === '' ? 'none' : value.text;
    case 'environment':
      return formatEnvironment(value.environment);
    case 'together':
      return '';
  }
}
