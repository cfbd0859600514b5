import { parseEncoding } from '../arch/encoding.ts';
import { ENCODINGS } from '../arch/generated/fields.ts';
import { given } from '../given.ts';
import { nearestName } from '../nearest.ts';
import { EXTRA_REGISTERS, type SystemRegisterName } from '../silicon/machine.ts';
import { registerOfEncoding } from '../silicon/register-at.ts';

/** All names that a register file may hold, in the order of the encodings, the extra ones last. */
export const REGISTER_NAMES: readonly SystemRegisterName[] = [
  ...(Object.keys(ENCODINGS) as (keyof typeof ENCODINGS)[]),
  ...EXTRA_REGISTERS,
];

/** What a name in outside data stands for. */
export type ResolvedRegister =
  | { readonly kind: 'known'; readonly name: SystemRegisterName }
  /** A register of the architecture, or the place of one, that the ID-register file has no room for. */
  | { readonly kind: 'foreign'; readonly nearest?: string }
  | { readonly kind: 'malformed'; readonly nearest?: string };

const KNOWN: ReadonlySet<string> = new Set(REGISTER_NAMES);

let byLowerName: ReadonlyMap<string, SystemRegisterName> | undefined;

/** Both spellings of every register in lower case, with the exception level and without. */
function lowerNames(): ReadonlyMap<string, SystemRegisterName> {
  byLowerName ??= new Map(
    REGISTER_NAMES.flatMap((name) => [[name.toLowerCase().replace(/_el[0-3]$/, ''), name] as const, [name.toLowerCase(), name] as const]),
  );
  return byLowerName;
}

/** What Arm's names look like: `MAIR_EL1`; `TRCDEVARCH`, which the trace unit's have no exception level. */
const WELL_FORMED = /^[A-Z][A-Z0-9_]{0,60}_EL[0-3]$|^[A-Z][A-Z0-9_]{3,60}$/;

/** Looks a name up as it is written: Arm's spelling, or a generic name such as `S3_0_C0_C4_0`. */
export function resolveRegisterName(name: string): ResolvedRegister {
  if (KNOWN.has(name)) return { kind: 'known', name: name as SystemRegisterName };
  const encoding = parseEncoding(name);
  if (encoding !== undefined) {
    const found = registerOfEncoding(encoding);
    return found === undefined ? { kind: 'foreign' } : { kind: 'known', name: found };
  }
  const nearest = nearestRegister(name);
  const hint = given({ nearest });
  return { kind: WELL_FORMED.test(name) ? 'foreign' : 'malformed', ...hint };
}

const WITH_LEVEL = /^[A-Z][A-Z0-9_]{0,60}_EL[0-3]$/i;

/** Whether a name is, or may be, that of a register of the architecture that a register file has no room for. */
export function isForeignRegister(name: string): boolean {
  const encoding = parseEncoding(name.toUpperCase());
  if (encoding !== undefined) return registerOfEncoding(encoding) === undefined;
  return (WELL_FORMED.test(name) || WITH_LEVEL.test(name)) && findRegisterName(name) === undefined;
}

/** The register whose name, with or without its exception level, is closest to a misspelt one. */
export function nearestRegister(text: string): SystemRegisterName | undefined {
  const nearest = nearestName(text.replace(/^sys_/i, ''), lowerNames().keys());
  return nearest === undefined ? undefined : lowerNames().get(nearest);
}

/** Looks a name up as people write it: in any case, with `SYS_` before it, or without the exception level. */
export function findRegisterName(text: string): SystemRegisterName | undefined {
  const upper = text.toUpperCase();
  if (KNOWN.has(upper)) return upper as SystemRegisterName;
  const encoding = parseEncoding(upper);
  return encoding === undefined ? lowerNames().get(text.toLowerCase().replace(/^sys_/, '')) : registerOfEncoding(encoding);
}
