import { ALL_REGISTERS, type FieldDescriptor, type RegisterDescriptor, type RegisterName } from '../arch/register.ts';
import { ALL_BITS, type BitRange, extractField, insertField, maskOf, readField } from '../bits/field.ts';
import { type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { safeValue } from '../linux/bring-up/safe-value.ts';
import type { TrackedField } from '../linux/release/kernel-at.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { NEWEST_RELEASE } from '../linux/release/known-trees.ts';
import type { RegisterFile } from '../silicon/machine.ts';

/** Registers that say what a core can do; identity, affinity and caches of a core are not merged. */
const MERGED: readonly RegisterDescriptor[] = ALL_REGISTERS.filter(({ name }) => /^(ID_|MVFR)/.test(name));

interface Part {
  readonly msb: number;
  readonly lsb: number;
  readonly mask: bigint;
  merge(a: bigint, b: bigint): bigint;
}

/** A field that Linux knows how to merge. */
function trackedPart({ lsb, width, signed, safe, safeValue: unsigned, mask }: TrackedField): Part {
  const msb = lsb + width - 1;
  const read = (value: bigint): bigint => readField(value, { msb, lsb }, signed ? 'signed' : 'unsigned');
  const fallback = signed ? BigInt.asIntN(width, unsigned) : unsigned;
  return { msb, lsb, mask, merge: (a, b) => (read(a) === read(b) ? read(a) : safeValue(safe, read(a), read(b), fallback)) };
}

/** A field that only the architecture describes: the lower value promises less. */
function plainPart({ msb, lsb, sign }: FieldDescriptor): Part {
  const read = (value: bigint): bigint => readField(value, { msb, lsb }, sign);
  return { msb, lsb, mask: maskOf({ msb, lsb }), merge: (a, b) => (read(a) < read(b) ? read(a) : read(b)) };
}

/** The parts of a register: what Linux tracks, then the architecture's fields where Linux tracks nothing. */
function partsOf({ name, fields }: RegisterDescriptor): readonly Part[] {
  const tracked = kernelAt({ release: NEWEST_RELEASE }).registers.find((register) => register.name === name);
  const parts = (tracked?.fields ?? []).map(trackedPart);
  let covered = parts.reduce((mask, part) => mask | part.mask, 0n);
  for (const field of fields) {
    const part = plainPart(field);
    if ((covered & part.mask) !== 0n) continue;
    covered |= part.mask;
    parts.push(part);
  }
  return parts;
}

/** Merges two values of a register. Bits without a name are kept where both have them. */
function mergeValues(parts: readonly Part[], a: bigint, b: bigint): bigint {
  let value = a & b;
  for (const part of parts) value = insertField(value, part, BigInt.asUintN(part.msb - part.lsb + 1, part.merge(a, b)));
  return value & ALL_BITS;
}

/**
 * The ID registers that promise no more than any of some CPUs: field by field the value that Linux calls safe, or the lower one. A
 * register that some CPU lacks counts as zero there, as it does for a kernel; one that all lack is left out.
 */
export function mergeRegisterFiles(files: readonly RegisterFile[]): Readonly<Partial<Record<RegisterName, bigint>>> {
  const merged: Partial<Record<RegisterName, bigint>> = {};
  for (const register of MERGED) {
    const values = files.map((file) => file[register.name]);
    if (values.every((value) => value === undefined)) continue;
    const parts = partsOf(register);
    merged[register.name] = values.map((value) => value ?? 0n).reduce((a, b) => mergeValues(parts, a, b));
  }
  return merged;
}

/** A field that has to be set so that CPUs look alike. */
export interface FieldSetting {
  readonly register: RegisterName;
  /** Absent for bits without a name. */
  readonly field?: string;
  readonly msb: number;
  readonly lsb: number;
  /** As raw bits. */
  readonly value: bigint;
}

function bitRuns(mask: bigint): readonly BitRange[] {
  const runs: { msb: number; lsb: number }[] = [];
  for (let bit = 63; bit >= 0; bit--) {
    if (((mask >> BigInt(bit)) & 1n) === 0n) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.lsb === bit + 1) last.lsb = bit;
    else runs.push({ msb: bit, lsb: bit });
  }
  return runs;
}

/** The fields in which some CPU has another value than wanted, from the top bit down. Only registers of AArch64 are looked at. */
export function settingsFor(
  files: readonly RegisterFile[],
  wanted: Readonly<Partial<Record<RegisterName, bigint>>>,
): readonly FieldSetting[] {
  return MERGED.filter(({ name }) => name.startsWith('ID_AA64') && wanted[name] !== undefined).flatMap(({ name, fields }) => {
    const value = wanted[name]!;
    let differing = files.reduce((mask, file) => mask | ((file[name] ?? 0n) ^ value), 0n);
    const settings: FieldSetting[] = [];
    for (const { name: field, msb, lsb } of fields) {
      const range = { msb, lsb };
      if ((differing & maskOf(range)) === 0n) continue;
      differing &= ~maskOf(range);
      settings.push({ register: name, field, ...range, value: extractField(value, range) });
    }
    for (const run of bitRuns(differing)) settings.push({ register: name, ...run, value: extractField(value, run) });
    return settings.sort((a, b) => b.msb - a.msb);
  });
}

/** The layer of a hypervisor that sets fields, one change a register. */
export function layerOf(name: string, settings: readonly FieldSetting[]): GuestLayer {
  const changes = [...new Set(settings.map(({ register }) => register))].map((register) => {
    const own = settings.filter((setting) => setting.register === register);
    const mask = own.reduce((bits, range) => bits | maskOf(range), 0n);
    return guestChange(
      register,
      mask,
      own.reduce((bits, { lsb, value }) => bits | (value << BigInt(lsb)), 0n),
    );
  });
  return { name, kind: 'template', changes };
}
