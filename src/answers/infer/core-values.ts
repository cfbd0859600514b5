import { fieldBits, isFieldPath } from '../../arch/field-bits.ts';
import { extractField, readField } from '../../bits/field.ts';
import type { KnownMachine } from '../../silicon/known-machine.ts';
import type { RegisterFile } from '../../silicon/machine.ts';
import type { Domains, ValueSet } from './formula.ts';

/** A register set that is known of one core, and where from. */
export interface CoreRegisters {
  readonly machine: KnownMachine;
  readonly registers: RegisterFile;
}

/** How much a register set is worth as evidence of a core, best first. */
const WORTH: readonly KnownMachine['kind'][] = ['silicon', 'virtual-machine', 'vendor-model', 'reconstructed', 'manual', 'emulator'];

/** Implementer and part: what makes a core, whatever its revision. */
export function coreKey(midr: bigint): bigint {
  return midr & 0xff00_fff0n;
}

/** The register sets that are known of a core, the best evidence first. */
export function registersOfCore(midr: bigint, machines: readonly KnownMachine[]): readonly CoreRegisters[] {
  const found = machines.flatMap((machine) => {
    const cpu = machine.machine.cpus.find(({ registers }) => registers.MIDR_EL1 !== undefined && coreKey(registers.MIDR_EL1) === coreKey(midr));
    return cpu === undefined ? [] : [{ machine, registers: cpu.registers }];
  });
  return found.toSorted((a, b) => WORTH.indexOf(a.machine.kind) - WORTH.indexOf(b.machine.kind));
}

/**
 * What the system's fields are if its CPUs have these registers: the least value of each field, as the kernel merges them. A field
 * of a register that some CPU's set does not have is left open.
 */
export function mergedFields(fields: Iterable<string>, files: readonly RegisterFile[]): Domains {
  const merged = new Map<string, ValueSet>();
  for (const path of fields) {
    if (!isFieldPath(path)) continue;
    const bits = fieldBits(path);
    const words = files.map((file) => file[bits.register]);
    if (words.includes(undefined)) continue;
    const [least] = (words as readonly bigint[]).toSorted((a, b) => Number(readField(a, bits, bits.sign) - readField(b, bits, bits.sign)));
    if (least !== undefined) merged.set(path, 1 << Number(extractField(least, bits)));
  }
  return merged;
}
