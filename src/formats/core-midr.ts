import { coresOfName } from '../answers/core-machine.ts';
import { ALL_CORES, ALL_IMPLEMENTERS, type Core, coreNamed, implementerName } from '../silicon/core.ts';
import { composeMidr } from '../silicon/midr.ts';

/** What other programs call an implementer, where it is not as lscpu does, by code. */
const OTHER_NAMES: ReadonlyMap<string, number> = new Map([
  ['arm limited', 0x41],
  ['arm ltd', 0x41],
  ['cavium inc.', 0x43],
  ['qualcomm inc.', 0x51],
  ['ampere computing', 0xc0],
  ['apm', 0x50],
  ['hisilicon', 0x48],
]);

/** The code of an implementer by any name that programs print, ignoring case. */
export function implementerCode(name: string): number | undefined {
  const lower = name.trim().toLowerCase();
  return ALL_IMPLEMENTERS.find((row) => row.name.toLowerCase() === lower)?.code ?? OTHER_NAMES.get(lower);
}

/**
 * The core of a part that one implementer alone has, among those that are known: `0xd0c` is no other than Neoverse-N1.
 *
 * @param vendor - Whoever a text calls the processor's vendor; of several implementers the one of that name counts.
 */
export function coreOfPart(part: number, vendor = ''): Core | undefined {
  const cores = ALL_CORES.filter((row) => row.part === part);
  const own = cores.filter(({ implementer }) => vendor.toLowerCase().startsWith(implementerName(implementer)?.toLowerCase() ?? '\n'));
  const [core, ...others] = own.length > 0 ? own : cores;
  return others.length === 0 ? core : undefined;
}

/** A core's name without what programs put between its parts: `ThunderX2 99xx` and `ThunderX2-99XX`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/**
 * A core by the names that programs print, such as `ARM` and `Cortex-A72`.
 *
 * @param implementer - Empty where the text does not tell who made it: then the name alone says which it is.
 */
export function coreCalled(implementer: string, name: string): Core | undefined {
  if (implementer === '') return coreNamed(name);
  const code = implementerCode(implementer);
  const wanted = plain(name);
  return ALL_CORES.find(
    (row) =>
      row.implementer === code &&
      (plain(row.name) === wanted || Object.values(row.names).some((names) => names.some((one) => plain(one) === wanted))),
  );
}

/**
 * MIDR_EL1 of a core by the names that programs print, such as `ARM`, `Cortex-A72` and `r0p3`.
 *
 * @param revision - `rNpM`; absent or of another form: the value is not known.
 */
export function midrByName(implementer: string, core: string, revision: string | undefined): bigint | undefined {
  const found = coreCalled(implementer, core);
  const match = /^r(\d{1,2})p(\d{1,2})$/.exec(revision?.trim() ?? '');
  if (found === undefined || match === null) return undefined;
  const [variant, minor] = [Number(match[1]), Number(match[2])];
  if (variant > 15 || minor > 15) return undefined;
  return composeMidr({ implementer: found.implementer, part: found.part, variant, revision: minor });
}

/** The cores of a product, or the core, that a text names as people do; none if there is no such product. */
export function coresOfProduct(name: string): readonly Core[] {
  try {
    return coresOfName(name);
  } catch {
    return [];
  }
}
