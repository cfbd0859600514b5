import { hasIdRegisters } from '../answers/merge-captures.ts';
import { ALL_BITS } from '../bits/field.ts';
import { isAArch32 } from '../linux/bring-up/cpu-registers.ts';
import type { System } from '../linux/system.ts';
import { runsAArch32Programs } from '../process/aarch32-programs.ts';
import { type Machine, registerWord, type SystemRegisterName } from '../silicon/machine.ts';
import type { Io } from './io.ts';
import { wrap } from './style.ts';

/** What is no ID register: made up from vector lengths, read only with tags, or set by firmware. */
const OTHERS: ReadonlySet<string> = new Set(['ZCR_EL1', 'SMCR_EL1', 'GMID_EL1', 'MPAMIDR_EL1', 'CNTFRQ_EL0']);

/** Beyond so many AArch32 registers their number is enough. */
const SHOWN_AARCH32 = 4;

function shortened(names: readonly string[]): readonly string[] {
  const aarch32 = names.filter(isAArch32);
  if (aarch32.length <= SHOWN_AARCH32) return names;
  return [...names.filter((name) => !isAArch32(name)), `and ${aarch32.length} AArch32 registers`];
}

/** The registers that a kernel reads and of which a machine that lists registers tells nothing. */
export function unlistedRegisters(machine: Machine, system: System): readonly SystemRegisterName[] {
  const { registers, unknown } = system;
  // Where what is usual is taken already nothing more can be done.
  if (machine.cpus.some(({ usual }) => usual !== undefined)) return [];
  if (machine.unlisted !== 'unknown' || unknown === undefined || !machine.cpus.some(hasIdRegisters)) return [];
  const mayRunAArch32 = runsAArch32Programs(system) !== false;
  return [...registers.keys(), 'CLIDR_EL1' as const].filter(
    (name) =>
      !OTHERS.has(name) &&
      (mayRunAArch32 || !isAArch32(name)) &&
      machine.cpus.some((cpu) => registerWord(machine, cpu, name)?.open === ALL_BITS),
  );
}

/** Tells a person which registers are not known since the input does not list them, and what can be said of them. */
export function noteUnlisted(machine: Machine, system: System, io: Io): void {
  const names = unlistedRegisters(machine, system);
  if (names.length === 0) return;
  const options = '--unlisted usual takes what known machines with the core have, --unlisted zero takes zero';
  io.warn(wrap(`note: not known, since the input does not list them: ${shortened(names).join(', ')} (${options})`, io.columns));
}
