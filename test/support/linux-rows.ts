import { BEHAVIOUR_ROWS, OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../src/linux/generated/cpucaps.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../../src/linux/generated/hwcaps.ts';
import { KCONFIG_ROWS } from '../../src/linux/generated/kconfig.ts';
import type { Condition, Timed } from '../../src/linux/release/rows.ts';
import { SANITISED_ROWS } from '../../src/linux/release/sanitised-rows.ts';

/** Every row of spec-data/linux that changes over time, with a name for messages. */
export const ALL_ROWS: readonly (readonly [string, Timed<object>])[] = [
  ...HWCAP_ROWS.map((row) => [`hwcap ${row.name}`, row] as const),
  ...COMPAT_HWCAP_ROWS.map((row) => [`AArch32 hwcap ${row.name}`, row] as const),
  ...COMPAT_BIT_NAME_ROWS.map((row) => [`AArch32 bit ${row.vector}.${row.bit}`, row] as const),
  ...COMPAT_DEFAULT_ROWS.map((row) => ['AArch32 default', row] as const),
  ...SANITISED_ROWS.map((row) => [row.name, row] as const),
  ...SANITISED_ROWS.flatMap(({ name, fields }) => fields.map((row) => [`${name}[${row.bits.join(':')}]`, row] as const)),
  ...[...FEATURE_ROWS, ...ERRATUM_ROWS].map((row) => [`cpucap ${row.name}`, row] as const),
  ...ERRATUM_ROWS.flatMap(({ name, affected = [] }) => affected.map((row) => [`${name} on ${row.midr}`, row] as const)),
  ...OVERRIDE_REGISTER_ROWS.flatMap(({ name, fields }) => fields.map((row) => [`override ${name}.${row.name}`, row] as const)),
  ...OVERRIDE_ALIAS_ROWS.map((row) => [`override ${row.name}`, row] as const),
  ...KCONFIG_ROWS.map((row) => [row.name, row] as const),
  ...BEHAVIOUR_ROWS.map((row) => [`rule ${row.name}`, row] as const),
];

/** A condition and all conditions inside it. */
export function* partsOf(condition: Condition): Iterable<Condition> {
  yield condition;
  if ('all' in condition) for (const part of condition.all) yield* partsOf(part);
  else if ('any' in condition) for (const part of condition.any) yield* partsOf(part);
  else if ('not' in condition) yield* partsOf(condition.not);
  else if ('rule' in condition && condition.of) yield* partsOf(condition.of);
}

/** Every object with a string under one of the keys that conditions use, anywhere in a value. */
export function* conditionsIn(value: unknown): Iterable<Condition> {
  if (value === null || typeof value !== 'object') return;
  if (['field', 'midr', 'cpucap', 'rule', 'config'].some((key) => Object.hasOwn(value, key))) yield value as Condition;
  for (const part of Object.values(value)) yield* conditionsIn(part);
}
