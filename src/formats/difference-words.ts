import type { ComparedLevel, ComparedValue } from '../answers/comparison.ts';
import type { LevelReadingName } from '../answers/level-reading.ts';
import type { DecodedField } from '../arch/decode.ts';
import type { Environment } from '../linux/environment.ts';
import { coreName } from './core-name.ts';

/** What each reading of a level goes by. */
export const READING_TITLES: Readonly<Record<LevelReadingName, string>> = {
  registers: 'by its registers',
  el0: 'as EL0 reads them',
  hwcaps: 'by its hwcaps',
};

/** The level of each of several in one reading: `Armv8.0-A, or up to Armv8.2-A` where what is not known decides. */
export function levelTexts({ levels, upTo }: ComparedLevel): readonly string[] {
  return levels.map((level, i) => {
    const most = upTo[i];
    if (level === undefined) return 'not known';
    return most === level || most === undefined ? level : `${level}, or up to ${most}`;
  });
}

/** A field's value in brief: `2 LRCPC2`. */
export function formatFieldValue(decoded: DecodedField | undefined): string {
  if (decoded === undefined) return 'unknown';
  const number = decoded.field.msb - decoded.field.lsb >= 8 ? `0x${decoded.raw.toString(16)}` : String(decoded.value);
  return decoded.name === undefined ? number : `${number} ${decoded.name}`;
}

/** The cores that several MIDR_EL1 name: `ARM Cortex-A55 r2p0 and ARM Cortex-A76 r4p0`. */
export function formatCores(midrs: readonly (bigint | undefined)[]): string {
  return midrs.map(coreName).join(' and ');
}

/** What is said of a kernel's surroundings: `bootEl=2 timerHz=24000000`. */
export function formatEnvironment(environment: Environment): string {
  const entries = Object.entries(environment);
  const text = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
  return entries.length === 0 ? 'defaults' : entries.map(([name, value]) => `${name}=${text(value)}`).join(' ');
}

/** What one of several has of a cause, in words. */
export function formatComparedValue(value: ComparedValue): string {
  switch (value.kind) {
    case 'field':
      return value.atLeast === undefined ? formatFieldValue(value.field) : `${value.atLeast} or more`;
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
