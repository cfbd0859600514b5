import { type FieldBits, fieldBits } from '../../arch/field-bits.ts';
import type { FieldPath, RegisterDescriptor, RegisterName } from '../../arch/register.ts';
import { type DecodedField, splitWord } from '../../arch/split-word.ts';
import { ALL_BITS, maskOf, widthOf } from '../../bits/field.ts';
import type { PartialWord } from '../../bits/partial-word.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import type { Environment } from '../../linux/environment.ts';
import type { Kernel } from '../../linux/kernel.ts';
import { configKey, type Options, optionsOf } from '../../linux/release/config.ts';
import { OPTION_NAMES } from '../../linux/release/history.ts';
import { kernelAt } from '../../linux/release/kernel-at.ts';
import type { System } from '../../linux/system.ts';
import { wholeMidrOf } from '../../silicon/machine.ts';
import { fieldValues, isKnownInPart, machineWord } from '../machine-word.ts';
import type { Subject } from '../subject.ts';
import { withField, withOption } from '../with-cause.ts';
import { CORE_REGISTERS, type Parts, partsOf, withCoresOf } from './subject-parts.ts';

/** What is different to begin with. */
export type DifferenceCause =
  /** A field, such as `ID_AA64ISAR1_EL1.LRCPC`. */
  | { readonly kind: 'field'; readonly path: string }
  /** One option of the configurations. */
  | { readonly kind: 'option'; readonly option: string }
  /** The cores; the command line; the release; what no ID register tells; no single one of the differences by itself. */
  | { readonly kind: 'cores' | 'cmdline' | 'release' | 'environment' | 'together' };

/** A cause, and how to take it over: the parts of one side with this alone as on the other side. */
export interface Candidate {
  readonly cause: DifferenceCause;
  /** Set where it is not known whether there is a difference. */
  readonly maySame?: true;
  /** Each way is tried by itself. */
  readonly takeOver: readonly ((own: Parts, other: Parts, side: 'a' | 'b') => Parts)[];
}

/** MPIDR_EL1 tells CPUs of one machine apart; it says nothing of the machine. What names the core is one cause by itself. */
const NOT_BY_FIELD: ReadonlySet<string> = new Set(['MPIDR_EL1', ...CORE_REGISTERS]);

function sameValues(values: readonly unknown[], others: readonly unknown[]): boolean {
  return values.length === others.length && values.every((value, index) => value === others[index]);
}

/** The values of a register over the CPUs, each once. */
function valuesOf({ system }: Subject, name: RegisterName): readonly (bigint | undefined)[] {
  return [...new Set(system.cpus.map(({ registers }) => registers[name]))];
}

/** The fields of a register that are known, by name. */
export function knownFields(register: RegisterDescriptor, system: System): ReadonlyMap<string, DecodedField> {
  const { value, open } = machineWord(system, register.name);
  const fields = open === ALL_BITS ? [] : splitWord(register, value).fields;
  return new Map(fields.filter(({ field }) => (open & maskOf(field)) === 0n).map((decoded) => [decoded.field.name, decoded]));
}

function isWhole({ system }: Subject, name: RegisterName): boolean {
  return system.cpus.every(({ registers }) => registers[name] !== undefined);
}

/** The values that a field may have, as the register holds them, ascending; `undefined`: too many to tell. */
function rawValues(word: PartialWord, bits: FieldBits, isWhole: boolean): readonly bigint[] | undefined {
  // What a machine does not list that is known whole reads as zero.
  if (isWhole && word.open === ALL_BITS) return [0n];
  const raws = fieldValues(word, bits)?.map((value) => BigInt.asUintN(widthOf(bits), BigInt(value)));
  return raws?.sort((a, b) => (a < b ? -1 : 1));
}

/** A field in which two machines differ, or may: one has it otherwise than zero, and of the other it is not known. */
interface FieldDifference {
  readonly path: FieldPath;
  /** What each side has: where it is not known, the least that it may be. */
  readonly a: bigint;
  readonly b: bigint;
  /** Whether there is a value that both may have. */
  readonly maySame: boolean;
}

/** The fields in which machines certainly differ stand before those in which they may. */
function fieldDifferences(register: RegisterDescriptor, a: Subject, b: Subject): readonly FieldDifference[] {
  if (isWhole(a, register.name) && isWhole(b, register.name) && sameValues(valuesOf(a, register.name), valuesOf(b, register.name)))
    return [];
  const sides = [a, b].map(({ system }) => ({ word: machineWord(system, register.name), isWhole: !isKnownInPart(system) }));
  const found = register.fields.flatMap(({ name }): FieldDifference[] => {
    const path = `${register.name}.${name}` as FieldPath;
    const [inA, inB] = sides.map((side) => rawValues(side.word, fieldBits(path), side.isWhole)) as [
      readonly bigint[] | undefined,
      readonly bigint[] | undefined,
    ];
    const maySame = inA === undefined || inB === undefined || inA.some((value) => inB.includes(value));
    const known = [inA, inB].map((values) => (values?.length === 1 ? values[0]! : undefined));
    const isOnlyTold = known.includes(undefined) && [inA, inB].some((values) => values?.every((value) => value !== 0n));
    if (maySame && !isOnlyTold) return [];
    const [ofA = 0n, ofB = 0n] = [inA?.[0], inB?.[0]];
    return [{ path, a: ofA, b: ofB, maySame }];
  });
  return [...found.filter(({ maySame }) => !maySame), ...found.filter(({ maySame }) => maySame)];
}

function fieldCandidates(register: RegisterDescriptor, a: Subject, b: Subject): readonly Candidate[] {
  return fieldDifferences(register, a, b).map((field) => ({
    cause: { kind: 'field', path: field.path },
    ...given({ maySame: field.maySame || undefined }),
    takeOver: [(own, _, side) => ({ ...own, machine: withField(own.machine, field.path, side === 'a' ? field.b : field.a) })],
  }));
}

/** Whether two machines are known to be of other cores. */
function hasOtherCores({ system: a }: Subject, { system: b }: Subject): boolean {
  const values = ({ cpus }: System, name: RegisterName): readonly (bigint | undefined)[] => [
    ...new Set(cpus.map((cpu) => (name === 'MIDR_EL1' ? wholeMidrOf(cpu) : cpu.registers[name]))),
  ];
  return CORE_REGISTERS.some((name) => {
    const [own, other] = [values(a, name), values(b, name)];
    if (sameValues(own, other)) return false;
    return (!isKnownInPart(a) || !own.includes(undefined)) && (!isKnownInPart(b) || !other.includes(undefined));
  });
}

function coreCandidates(a: Subject, b: Subject): readonly Candidate[] {
  if (!hasOtherCores(a, b)) return [];
  return [{ cause: { kind: 'cores' }, takeOver: [withCoresOf] }];
}

function optionsFor(config: Kernel['config'], kernel: Kernel): Options | undefined {
  try {
    return optionsOf(config, kernelAt(kernel).release);
  } catch (error) {
    if (error instanceof ArmlensError) return undefined;
    throw error;
  }
}

function optionNames(...kernels: readonly Kernel[]): readonly string[] {
  const given = kernels.flatMap(({ config }) => (typeof config === 'object' ? Object.keys(config) : []));
  return [...new Set([...OPTION_NAMES, ...given])].filter((name) => name.startsWith('CONFIG_')).sort();
}

/** Options that the configurations set differently at one release or the other; what a release itself sets differently is its own. */
function optionCandidates({ kernel: a }: Subject, { kernel: b }: Subject): readonly Candidate[] {
  if (configKey(a) === configKey(b)) return [];
  const [atA, atB] = [kernelAt(a).option, kernelAt(b).option];
  const [swappedA, swappedB] = [optionsFor(b.config, a), optionsFor(a.config, b)];
  const differs = (name: string): boolean =>
    atA(name) !== atB(name) &&
    ((swappedA !== undefined && swappedA(name) !== atA(name)) || (swappedB !== undefined && swappedB(name) !== atB(name)));
  return optionNames(a, b)
    .filter(differs)
    .map((option) => ({
      cause: { kind: 'option', option },
      takeOver: [(own, _, side) => ({ ...own, kernel: withOption(own.kernel, option, (side === 'a' ? atB : atA)(option)) })],
    }));
}

function kernelCandidates({ kernel: a, system: systemA }: Subject, { kernel: b, system: systemB }: Subject): readonly Candidate[] {
  const found: Candidate[] = [];
  const [lineA, lineB] = [a.cmdline ?? '', b.cmdline ?? ''];
  if (lineA !== lineB) {
    const takeOver: Candidate['takeOver'] = [(own, other) => ({ ...own, kernel: { ...own.kernel, cmdline: other.kernel.cmdline ?? '' } })];
    found.push({ cause: { kind: 'cmdline' }, takeOver });
  }
  if (systemA.release !== systemB.release) {
    const takeOver: Candidate['takeOver'] = [
      (own, other) => ({ ...own, kernel: { ...own.kernel, release: other.kernel.release } }),
      // A named configuration may be known for the one release only.
      (own, other) => ({ ...own, kernel: other.kernel }),
    ];
    found.push({ cause: { kind: 'release' }, takeOver });
  }
  return found;
}

function environmentCandidates({ system: a }: Subject, { system: b }: Subject): readonly Candidate[] {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  const text = (environment: Environment): string =>
    JSON.stringify(
      Object.entries(environment).sort(([x], [y]) => (x < y ? -1 : 1)),
      plain,
    );
  if (text(a.environment) === text(b.environment)) return [];
  const takeOver: Candidate['takeOver'] = [(own, other) => ({ ...own, environment: other.environment })];
  return [{ cause: { kind: 'environment' }, takeOver }];
}

/** Everything in which two subjects differ to begin with: from the silicon to the kernel's surroundings. */
export function candidatesOf(registers: readonly RegisterDescriptor[], a: Subject, b: Subject): readonly Candidate[] {
  const telling = registers.filter(({ name }) => !NOT_BY_FIELD.has(name));
  return [
    ...telling.flatMap((register) => fieldCandidates(register, a, b)),
    ...coreCandidates(a, b),
    ...optionCandidates(a, b),
    ...kernelCandidates(a, b),
    ...environmentCandidates(a, b),
  ];
}

/** The parts of both sides, each with one thing as on the other side. */
export function takenOver({ takeOver }: Candidate, a: Subject, b: Subject): readonly { readonly side: 'a' | 'b'; readonly parts: Parts }[] {
  const [ofA, ofB] = [partsOf(a), partsOf(b)];
  return takeOver.flatMap((take) => [
    { side: 'a' as const, parts: take(ofA, ofB, 'a') },
    { side: 'b' as const, parts: take(ofB, ofA, 'b') },
  ]);
}
