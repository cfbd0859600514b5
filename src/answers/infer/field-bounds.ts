import { type FieldBits, fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { valueNames } from '../../arch/field-values.ts';
import { widthOf } from '../../bits/field.ts';
import { allValues, type Domains, isField, type ValueSet } from './formula.ts';
import type { Solution } from './solve.ts';

/** The least and the greatest value of a field, with its sign. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What a line tells about a field: of the value that all CPUs have or, where they differ, the one that the kernel made of them. */
export interface FieldBounds extends Bounds {
  /** Such as `ID_AA64ISAR0_EL1.AES`. */
  readonly path: string;
  /** The bounds if the kernel is built as usual and the value is one that Arm has defined by now. */
  readonly usual: Bounds;
}

/** What holds in at least one of several solutions; a field that one of them leaves open is left open. */
export function unionOf(solutions: readonly Solution[]): Domains {
  const [first, ...others] = solutions;
  const union = new Map<string, ValueSet>();
  for (const [name, values] of first?.domains ?? []) {
    if (!isField(name)) continue;
    const all = others.reduce((set, { domains }) => set | (domains.get(name) ?? allValues(name)), values);
    if (all !== allValues(name)) union.set(name, all);
  }
  return union;
}

/** Leaves the values that Arm has defined by now. A field of which the line leaves none of these is left as it is. */
export function definedOnly(domains: Domains): Domains {
  const left = new Map<string, ValueSet>();
  for (const [path, values] of domains) {
    const defined = Object.keys(valueNames(path)).reduce((set, raw) => set | (1 << Number(raw)), 0);
    left.set(path, (values & defined) === 0 ? values : values & defined);
  }
  return left;
}

/** The least and the greatest of a set of values. */
export function boundsOf(values: ValueSet, bits: FieldBits): Bounds {
  const size = 2 ** widthOf(bits);
  const found: number[] = [];
  for (let raw = 0; raw < size; raw++)
    if (((values >> raw) & 1) === 1) found.push(bits.sign === 'signed' && raw >= size / 2 ? raw - size : raw);
  return { min: Math.min(...found), max: Math.max(...found) };
}

/** The bounds of every field of which something is told, by path. */
export function fieldBounds(union: Domains, usual: Domains): readonly FieldBounds[] {
  return [...new Set([...union.keys(), ...usual.keys()])]
    .filter(isFieldPath)
    .toSorted()
    .map((path) => {
      const bits = fieldBits(path);
      const bounds = (domains: Domains): Bounds => boundsOf(domains.get(path) ?? allValues(path), bits);
      return { path, ...bounds(union), usual: bounds(usual) };
    });
}
