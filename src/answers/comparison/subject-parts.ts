import type { RegisterName } from '../../arch/register.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { possibleSystems } from '../../linux/boot.ts';
import type { Environment } from '../../linux/environment.ts';
import { isConsistent, joinSystems } from '../../linux/join-systems.ts';
import type { Kernel } from '../../linux/kernel.ts';
import type { System } from '../../linux/system.ts';
import { type Cpu, listedWord, type Machine, withRegisterWord } from '../../silicon/machine.ts';
import type { Subject } from '../subject.ts';

/** All that decides what a system is; a comparison takes parts of it from the other side. */
export interface Parts {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly environment: Environment;
}

/** What a subject was booted from. */
export function partsOf({ machine, kernel, system }: Subject): Parts {
  const booted = (): Machine => ({
    ...given({ unlisted: system.unknown && 'unknown' }),
    cpus: system.cpus.map(({ registers, partly }) => ({ registers, ...given({ partly }) })),
  });
  return { machine: machine ?? booted(), kernel, environment: system.environment };
}

/**
 * Boots parts, without a log; `undefined` if there is no such kernel, as when a configuration is not known for a release.
 *
 * @param isWanted - Whether a system that may come about has what is looked for. What is certain of all is so of each: one that has it not
 * ends the search, with `undefined`.
 */
export function bootParts({ machine, kernel, environment }: Parts, isWanted: (system: System) => boolean): System | undefined {
  const systems: System[] = [];
  try {
    for (const system of possibleSystems(machine, kernel, environment)) {
      // The others do not count where there is another one.
      const counts = system.panic === null && isConsistent(system);
      if (counts && !isWanted(system)) return undefined;
      systems.push(system);
    }
    return joinSystems(systems);
  } catch (error) {
    if (error instanceof ArmlensError && (error.code === 'bad-config' || error.code === 'unknown-release')) return undefined;
    throw error;
  }
}

/** The registers that say which core a CPU is. */
export const CORE_REGISTERS: readonly RegisterName[] = ['MIDR_EL1', 'REVIDR_EL1', 'AIDR_EL1'];

/** The same on the cores of another machine: as many CPUs, with their names, and all else as it was. */
export function withCoresOf(parts: Parts, other: Parts): Parts {
  const { cpus } = parts.machine;
  const others = (registers: object = {}): object =>
    Object.fromEntries(Object.entries(registers).filter(([name]) => !CORE_REGISTERS.includes(name as RegisterName)));
  const renamed = other.machine.cpus.map((theirs, index): Cpu => {
    const own = cpus[Math.min(index, cpus.length - 1)]!;
    const bare: Cpu = { ...own, registers: others(own.registers), ...(own.partly && { partly: others(own.partly) }) };
    return CORE_REGISTERS.reduce((cpu, name) => {
      const word = listedWord(theirs, name);
      return word === undefined ? cpu : withRegisterWord(cpu, name, word);
    }, bare);
  });
  return { ...parts, machine: { ...parts.machine, cpus: renamed } };
}
