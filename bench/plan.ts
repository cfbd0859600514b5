import { fieldPlace } from '../src/linux/bring-up/evaluate.ts';
import { CORE_IDS } from '../src/linux/generated/behaviour.ts';
import { type KernelModel, kernelAt } from '../src/linux/release/kernel-at.ts';
import type { Condition, FixedRevision } from '../src/linux/release/rows.ts';
import { ROW_REGISTERS } from '../src/rows/generated/row-layout.ts';

/** A comparison of one field, with all names resolved. */
export interface FieldTest {
  readonly register: string;
  /** The register's place in a row. */
  readonly column: number;
  readonly lsb: number;
  readonly width: number;
  readonly signed: boolean;
  readonly atLeast: number;
}

/** A hwcap as every way but ours takes it: tests of which one of each list must hold. */
export interface PlainRule {
  /** 0 = AT_HWCAP, 1 = AT_HWCAP2, 2 = AT_HWCAP3. */
  readonly word: number;
  readonly bit: number;
  readonly clauses: readonly (readonly FieldTest[])[];
}

/** CPUs of which an erratum takes hwcaps. */
export interface PlainErratum {
  readonly cores: readonly { readonly model: number; readonly low: number; readonly high: number }[];
  readonly fixed: readonly FixedRevision[];
  /** What it takes, by word. */
  readonly takes: readonly bigint[];
}

/** All that the hwcaps of a kernel follow from, if CPUs have but one kind: the table that all ways share. */
export interface Plan {
  readonly model: KernelModel;
  readonly rules: readonly PlainRule[];
  readonly errata: readonly PlainErratum[];
  /** By part number, whether any erratum names such a core. */
  readonly suspects: Uint8Array;
}

/** evtstrm and cpuid, which the kernel sets by itself. */
export const CONSTANT_BITS = 0x804;

/** Hwcap words a CPU. */
export const WORDS = 3;

/** Words of 64 bits a row. */
export const COLUMNS: number = ROW_REGISTERS.length;

/** Where MIDR_EL1 and REVIDR_EL1 stand in a row. */
export const MIDR: number = ROW_REGISTERS.indexOf('MIDR_EL1');
export const REVIDR: number = ROW_REGISTERS.indexOf('REVIDR_EL1');

function clausesOf(condition: Condition, model: KernelModel): readonly (readonly FieldTest[])[] {
  if ('all' in condition) return condition.all.flatMap((part) => clausesOf(part, model));
  if ('any' in condition) {
    const parts = condition.any.map((part) => clausesOf(part, model));
    return parts.reduce((a, c) => a.flatMap((left) => c.map((right) => [...left, ...right])));
  }
  if ('cpucap' in condition) return clausesOf({ any: model.capabilitiesNamed.get(condition.cpucap)!.map(({ when }) => when) }, model);
  if (!('field' in condition) || condition.atMost !== undefined) throw new Error(`not in the plan: ${JSON.stringify(condition)}`);
  const { register, lsb, width, mask, shift } = fieldPlace(condition.field);
  const tracked = model.registers.find(({ name }) => name === register)!;
  if ((tracked.userMask & (mask << shift)) !== mask << shift) throw new Error(`${condition.field} is hidden`);
  const column = (ROW_REGISTERS as readonly string[]).indexOf(register);
  return [[{ register, column, lsb, width, signed: condition.sign === 'signed', atLeast: condition.atLeast }]];
}

function coreRange(text: string): PlainErratum['cores'][number] {
  const [name, limits = 'r0p0..r15p15'] = text.split(' ') as [string, string?];
  const [implementer, part] = CORE_IDS[name]!.split('/').map(Number) as [number, number];
  const [low, high] = limits.split('..').map((revision) => {
    const [, major, minor] = /^r(\d+)p(\d+)$/.exec(revision)!;
    return Number(major) * 16 + Number(minor);
  }) as [number, number];
  return { model: ((implementer << 24) | (0xf << 16) | (part << 4)) >>> 0, low, high };
}

function errataOf(model: KernelModel, rules: readonly PlainRule[]): readonly PlainErratum[] {
  return model.capabilities.flatMap(({ hides, when }) => {
    if (hides === undefined || !('midr' in when)) return [];
    const { register, lsb } = fieldPlace(hides);
    const takes = Array.from({ length: WORDS }, () => 0n);
    for (const { word, bit, clauses } of rules)
      if (clauses.some(([test, ...others]) => others.length === 0 && test!.register === register && test!.lsb === lsb))
        takes[word]! |= 1n << BigInt(bit);
    return [{ cores: when.midr.map(coreRange), fixed: when.fixed ?? [], takes }];
  });
}

/** Resolves the hwcap table of a release with its default configuration. */
export function planOf(release: string): Plan {
  const model = kernelAt({ release });
  const rules = model.hwcaps.map(({ vector, bit, when }) => ({
    word: ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'].indexOf(vector),
    bit,
    clauses: clausesOf(when, model),
  }));
  const errata = errataOf(model, rules);
  const suspects = new Uint8Array(1 << 12);
  for (const { cores } of errata) for (const core of cores) suspects[(core.model >>> 4) & 0xfff] = 1;
  return { model, rules, errata, suspects };
}

/** What the errata of a CPU take from its hwcap words; `undefined` = nothing. */
export function takenOf({ errata }: Plan, midr: number, revidr: bigint): readonly bigint[] | undefined {
  const model = (midr & 0xff0f_fff0) >>> 0;
  const [variant, revision] = [(midr >>> 20) & 15, midr & 15];
  const at = variant * 16 + revision;
  let taken: readonly bigint[] | undefined;
  for (const { cores, fixed, takes } of errata) {
    if (!cores.some((core) => core.model === model && at >= core.low && at <= core.high)) continue;
    const mended = fixed.some((entry) => entry.variant === variant && entry.revision === revision && revidr & BigInt(entry.revidrMask));
    if (!mended) taken = takes.map((bits, word) => bits | (taken?.[word] ?? 0n));
  }
  return taken;
}
