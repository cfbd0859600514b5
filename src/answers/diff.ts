import {
  ALL_ARCH_FEATURES,
  type ArchFeature,
  findArchFeature,
  type Identification,
  implementedArchFeatures,
} from '../arch/arch-feature.ts';
import { type DecodedField, decodeRegister } from '../arch/decode.ts';
import { ALL_REGISTERS, type RegisterDescriptor } from '../arch/register.ts';
import { fieldConditionsOf, findHwcap } from './hwcap-facts.ts';
import { machineValue, machineValues, type Subject } from './subject.ts';

/** Names that only one side has, in the order of their catalogue. */
export interface Sides {
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** A field in which the machines differ. */
export interface FieldDifference {
  /** Such as `ID_AA64ISAR1_EL1.LRCPC`. */
  readonly path: string;
  /** Absent if the register is unknown. */
  readonly a?: DecodedField;
  readonly b?: DecodedField;
}

/** A cause and its effects. */
export interface DifferenceGroup {
  /** The field; absent: the silicon is the same in what decides, so that it is the kernel (release, options, command line, erratum). */
  readonly field?: FieldDifference;
  readonly hwcaps: Sides;
  readonly archFeatures: Sides;
}

/** In what two systems differ, from cause to effect. Nothing is listed if they do not. */
export interface SystemDifference {
  /** Fields with effects first, in the order of the registers; the group without a field last. */
  readonly groups: readonly DifferenceGroup[];
  /** AArch32 hwcaps. */
  readonly compat: Sides;
  readonly identical: boolean;
}

function sides(a: readonly string[], b: readonly string[]): Sides {
  const [inA, inB] = [new Set(a), new Set(b)];
  return { onlyA: a.filter((name) => !inB.has(name)), onlyB: b.filter((name) => !inA.has(name)) };
}

function isEmpty({ onlyA, onlyB }: Sides): boolean {
  return onlyA.length === 0 && onlyB.length === 0;
}

/** MPIDR_EL1 tells CPUs of one machine apart; it says nothing of the machine. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['MPIDR_EL1']);

function fieldsOf({ name }: RegisterDescriptor, { system }: Subject): ReadonlyMap<string, DecodedField> | undefined {
  const value = machineValue(system, name);
  return value === undefined ? undefined : new Map(decodeRegister(name, value).fields.map((decoded) => [decoded.field.name, decoded]));
}

function registerDifferences(register: RegisterDescriptor, a: Subject, b: Subject): FieldDifference[] {
  const [inA, inB] = [fieldsOf(register, a), fieldsOf(register, b)];
  const names = [...(inA ?? inB ?? new Map<string, DecodedField>()).keys()];
  return names
    .filter((name) => (inA?.get(name)?.raw ?? 0n) !== (inB?.get(name)?.raw ?? 0n))
    .map((name) => {
      const [fieldA, fieldB] = [inA?.get(name), inB?.get(name)];
      return {
        path: `${register.name}.${name}`,
        ...(fieldA === undefined ? {} : { a: fieldA }),
        ...(fieldB === undefined ? {} : { b: fieldB }),
      };
    });
}

function hwcapPaths(name: string): readonly string[] {
  const when = findHwcap(name)?.when;
  return when === undefined ? [] : fieldConditionsOf(when).map(({ field }) => field);
}

function identificationPaths(identification: Identification | undefined, seen: Set<string>): readonly string[] {
  if (identification === undefined) return [];
  if ('field' in identification) return [identification.field];
  if ('all' in identification) return identification.all.flatMap((part) => identificationPaths(part, seen));
  if ('any' in identification) return identification.any.flatMap((part) => identificationPaths(part, seen));
  if ('not' in identification) return identificationPaths(identification.not, seen);
  if (!('archFeature' in identification) || seen.has(identification.archFeature)) return [];
  seen.add(identification.archFeature);
  return identificationPaths(findArchFeature(identification.archFeature)?.identification, seen);
}

/** The architecture features of a machine: those that every online CPU shows. */
function archFeaturesOf({ system }: Subject): readonly string[] {
  const implemented = implementedArchFeatures(machineValues(system));
  return ALL_ARCH_FEATURES.filter(({ name }: ArchFeature) => implemented.has(name)).map(({ name }) => name);
}

/** Hands each name to the first field that differs among those which decide it. */
function byCause(names: Sides, paths: (name: string) => readonly string[], differing: ReadonlySet<string>): ReadonlyMap<string, Sides> {
  const groups = new Map<string, { onlyA: string[]; onlyB: string[] }>();
  for (const side of ['onlyA', 'onlyB'] as const) {
    for (const name of names[side]) {
      const cause = paths(name).find((path) => differing.has(path)) ?? '';
      const group = groups.get(cause) ?? { onlyA: [], onlyB: [] };
      groups.set(cause, group);
      group[side].push(name);
    }
  }
  return groups;
}

const NONE: Sides = { onlyA: [], onlyB: [] };

/**
 * Compares two systems: which fields differ, and which hwcaps and architecture features each difference brings. A machine with itself
 * gives nothing; swapping the sides swaps the answer.
 */
export function diffSystems(a: Subject, b: Subject): SystemDifference {
  const fields = ALL_REGISTERS.filter(({ name }) => !NOT_COMPARED.has(name)).flatMap((register) => registerDifferences(register, a, b));
  const differing = new Set(fields.map(({ path }) => path));
  const hwcaps = byCause(sides(a.system.hwcaps.names, b.system.hwcaps.names), hwcapPaths, differing);
  const archFeatures = byCause(
    sides(archFeaturesOf(a), archFeaturesOf(b)),
    (name) => identificationPaths(findArchFeature(name)?.identification, new Set()),
    differing,
  );
  const effects = (path: string) => ({ hwcaps: hwcaps.get(path) ?? NONE, archFeatures: archFeatures.get(path) ?? NONE });
  const all: DifferenceGroup[] = fields.map((field) => ({ field, ...effects(field.path) }));
  const hasEffect = (group: DifferenceGroup): boolean => !isEmpty(group.hwcaps) || !isEmpty(group.archFeatures);
  const rest: DifferenceGroup = effects('');
  const groups = [...all.filter(hasEffect), ...all.filter((group) => !hasEffect(group)), ...(hasEffect(rest) ? [rest] : [])];
  const compat = sides(a.system.compat.names, b.system.compat.names);
  return { groups, compat, identical: groups.length === 0 && isEmpty(compat) };
}
