import type { BootRecording } from './recording.ts';

const SCHEMA = '../schemas/recording.schema.json';
/** Lists of numbers and of words stand on one line if they fit. */
const WIDTH = 120;

function text(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const short = `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
    const isFlat = value.every((one) => typeof one !== 'object');
    if (isFlat && (short.length <= WIDTH - indent.length || value.every((one) => typeof one === 'number'))) return short;
    return `[\n${value.map((one) => `${inner}${text(one, inner)}`).join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{\n${members.map(([key, member]) => `${inner}${JSON.stringify(key)}: ${text(member, inner)}`).join(',\n')}\n${indent}}`;
}

/** Writes a recording as a file of spec-data/recordings. */
export function formatRecording(recording: BootRecording): string {
  return `${text({ $schema: SCHEMA, ...recording }, '')}\n`;
}
