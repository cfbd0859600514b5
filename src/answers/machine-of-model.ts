import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';
import { fieldBits } from '../arch/field-bits.ts';
import { toldArchFeatures } from '../arch/told-arch-features.ts';
import { extractField, insertField } from '../bits/field.ts';
import { setMembers } from '../bits/partial-word.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { KNOWN_MACHINES, loadMachine } from '../silicon/known-machine.ts';
import type { Cpu, Machine, RegisterFile } from '../silicon/machine.ts';
import type { Capture } from './capture.ts';
import { hasIdRegisters } from './merge-captures.ts';

/** Names of known machines that are one of QEMU's models, by what stands before the model. */
const NAMES_OF_MODELS = ['qemu-', 'virt-'];

function knownModel(model: string): string | undefined {
  return NAMES_OF_MODELS.map((prefix) => prefix + model).find((name) => KNOWN_MACHINES.some((row) => row.name === name));
}

/** Registers in which fields have values that they may have: those that do not get the nearest one. */
function withFields(registers: RegisterFile, { archFeatures }: Capture): RegisterFile {
  const known = (names: readonly string[] = []): readonly ArchFeatureName[] =>
    names.flatMap((name) => findArchFeatureRule(name)?.name ?? []);
  const { fields } = toldArchFeatures(known(archFeatures?.present), known(archFeatures?.absent), archFeatures?.lacksAbsent);
  const changed: Record<string, bigint> = { ...registers };
  for (const [path, set] of fields) {
    const { register, ...bits } = fieldBits(path);
    const value = changed[register];
    if (value === undefined || (set >>> Number(extractField(value, bits))) & 1) continue;
    changed[register] = insertField(value, bits, BigInt(setMembers(set)[0]!));
  }
  return changed;
}

/**
 * The machine that a text means by one of QEMU's CPU models, with the properties that it gives.
 *
 * @returns `undefined` if the text names no model, if it has registers itself, or if no registers of the model are known.
 */
export async function machineOfModel(capture: Capture): Promise<Parsed<Machine> | undefined> {
  const { qemuModel, machine, cpuCount } = capture;
  const name = qemuModel === undefined ? undefined : knownModel(qemuModel);
  if (name === undefined || machine?.cpus.some(hasIdRegisters)) return undefined;
  const [first] = (await loadMachine(name)).machine.cpus;
  const lengths = machine?.cpus[0] ?? {};
  const cpu: Cpu = { ...first!, ...lengths, registers: withFields(first!.registers, capture) };
  const message = `the registers are those of the known machine ${name}, with the properties that are given here`;
  const diagnostics: Diagnostic[] = [{ code: 'known-model', severity: 'note', where: 'cpus', message }];
  return {
    value: { cpus: Array.from({ length: cpuCount ?? 1 }, () => cpu), ...(cpuCount === undefined && { uncounted: true }) },
    diagnostics,
  };
}
