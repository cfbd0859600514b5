import { CORE_IDS } from '../generated/behaviour.ts';

/** The implementer and the part number of a core that conditions name, such as `CORTEX_A76`. */
export function coreOfName(name: string): readonly [implementer: number, part: number] {
  return CORE_IDS[name]!.split('/').map(Number) as [number, number];
}
