import type { ArchLevelName } from '../../arch/level.ts';
import { given } from '../../given.ts';
import { findCoreRow, implementerName, isMaskedMidr } from '../../silicon/core-row.ts';
import type { KnownMachine } from '../../silicon/known-machine.ts';
import { coreKey, parseMidr } from '../../silicon/midr.ts';
import { isChosen, withUnnamed } from '../../silicon/usual.ts';
import { type CoreChoice, mergedFields } from './core-values.ts';
import type { InferGiven } from './given.ts';
import type { FeaturesLine } from './line.ts';
import { printsWith, type Tried } from './tried.ts';

/** A core, and how it stands to the line. */
export interface CoreFit {
  /** As it is called; absent if the part is not known, or hidden by a hypervisor. */
  readonly name?: string;
  readonly implementer?: string;
  readonly level?: ArchLevelName;
  /** The MIDR_EL1 of it. */
  readonly midr: bigint;
  /** The known machine whose registers were taken; absent if none is known. */
  readonly machine?: string;
  /** Where that machine's registers come from. */
  readonly evidence?: KnownMachine['kind'];
  /**
   * Whether a release prints the line on these registers, on all cores together. Absent if no registers are known, so that nothing
   * could be tried.
   */
  readonly fits?: boolean;
}

function describe(midr: bigint): Pick<CoreFit, 'midr' | 'name' | 'implementer' | 'level'> {
  const parts = parseMidr(midr);
  const core = isMaskedMidr(parts) ? undefined : findCoreRow(parts);
  const implementer = implementerName(parts.implementer);
  return {
    midr,
    ...given({ name: core?.name, implementer, level: core?.level }),
  };
}

/** The cores that MIDRs name, each once. */
export function fitsOfMidrs(midrs: readonly bigint[], choice: CoreChoice | undefined, fits: boolean): readonly CoreFit[] {
  return [...new Set(midrs)].map((midr) => {
    const set = choice?.sets.find(({ cpu }) => coreKey(cpu.registers.MIDR_EL1 ?? 0n) === coreKey(midr));
    return { ...describe(midr), ...(set === undefined ? {} : { machine: set.machine.name, evidence: set.machine.kind, fits }) };
  });
}

/** How many releases are tried for each machine when no core is stated. */
function oneOfEach(tried: readonly Tried[]): readonly Tried[] {
  const newest = new Map(tried.filter(({ usual }) => usual !== undefined).map((one) => [one.rules, one]));
  return [...newest.values()];
}

/** The cores of known machines on which some release prints the line. */
export function coresThatFit(
  line: FeaturesLine,
  tried: readonly Tried[],
  machines: readonly KnownMachine[],
  paths: ReadonlySet<string>,
  given: InferGiven,
): readonly CoreFit[] {
  const anywhere = oneOfEach(tried);
  // Another chip with the same core may have more or less of what its builder chooses.
  const ofCores = [...paths].filter((path) => !isChosen(path));
  const found = new Map<string, CoreFit>();
  for (const machine of machines) {
    const { cpus } = machine.machine;
    const fields = mergedFields(
      ofCores,
      cpus.map((cpu) => withUnnamed(machine.kind, cpu)),
      true,
    );
    const midrs = [...new Set(cpus.flatMap(({ registers }) => registers.MIDR_EL1 ?? []))];
    const key = midrs.map(coreKey).join();
    if (midrs.length === 0 || found.has(key)) continue;
    if (!anywhere.some((one) => printsWith(line, one, fields, { ...given, midrs }))) continue;
    for (const midr of midrs) {
      found.set(midrs.length === 1 ? key : `${key} ${midr}`, {
        ...describe(midr),
        machine: machine.name,
        evidence: machine.kind,
        fits: true,
      });
    }
  }
  return [...found.values()];
}
