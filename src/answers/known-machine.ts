import type { FieldSet } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import { TOLD_FIELDS } from '../silicon/generated/told-fields.ts';
import { findMachine, type KnownMachine, loadMachine, type Recording } from '../silicon/known-machine.ts';
import type { Seen } from '../silicon/seen.ts';
import { reconciled } from '../silicon/usual.ts';

/** The values of fields that the recorded line of a machine leaves possible. */
function toldFields(name: string): ReadonlyMap<string, FieldSet> | undefined {
  const told = TOLD_FIELDS[name]?.split(' ').map((one) => one.split(':') as [path: string, values: string]);
  return told && new Map(told.map(([path, values]) => [path, Number.parseInt(values, 16)]));
}

/** What a recorded line says: under its own kernel itself, under any kernel of the fields behind it. */
function seenOf(name: string, { release, config, cmdline, features, guessed }: Recording): Seen {
  return { release, config, cmdline: cmdline ?? '', hwcaps: features, ...given({ fields: toldFields(name), isLikely: guessed }) };
}

/**
 * A known machine with all that is known of it: of registers that were not read, what is usual for the core, and what a recorded line
 * says. The name may be another one that people give it, a product, or a core: then it is a machine with one such core.
 *
 * @throws {ArmlensError} `unknown-machine`, with the nearest name.
 *
 * @example
 * ```js
 * (await knownMachine('cortex-a510')).machine.cpus.length // → 1
 * ```
 */
export async function knownMachine(name: string): Promise<KnownMachine> {
  if (findMachine(name) !== undefined) {
    const known = await loadMachine(name);
    const { machine, recorded } = known;
    if (machine.unlisted !== 'unknown' || recorded === undefined) return known;
    const seen = seenOf(known.name, recorded);
    const cpus = machine.cpus.map((cpu) => reconciled(cpu, seen.fields));
    return { ...known, machine: { ...machine, cpus, seen: [...(machine.seen ?? []), seen] } };
  }
  const { machineOfName } = await import('./core-machine.ts');
  return machineOfName(name);
}
