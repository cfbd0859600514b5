import { emptyState, initialiseRegister, type RegisterState, updateRegister } from '../dist/linux/bring-up/sanitise.js';
import type { TrackedRegister } from '../dist/linux/release/kernel-at.js';
import type { RegisterFile } from '../dist/silicon/machine.js';
import { compare, expectEqual, type Settings } from './compare.ts';
import { naiveMerge, naiveRegisters, naiveValue } from './naive.ts';
import { randomWords } from './random.ts';
import { benchSubject } from './subject.ts';

const CPUS = 8;

function registerValue(registers: RegisterFile, { name }: TrackedRegister): bigint {
  return (registers as Readonly<Record<string, bigint | undefined>>)[name] ?? 0n;
}

function sanitised(cpus: readonly RegisterFile[], tracked: readonly TrackedRegister[]): readonly RegisterState[] {
  const states = tracked.map(emptyState);
  for (const state of states) initialiseRegister(state, registerValue(cpus[0]!, state.tracked), undefined);
  for (const cpu of cpus.slice(1)) for (const state of states) updateRegister(state, registerValue(cpu, state.tracked));
  return states;
}

/** Merging the registers of eight CPUs: all the same, as in most machines, and all different. */
export async function sanitise(settings: Settings): Promise<void> {
  const { machine, model } = await benchSubject();
  const own = machine.cpus[0]!.registers;
  const random = (cpu: number): RegisterFile => {
    const words = randomWords(model.registers.length, BigInt(cpu + 1) * 0x9e37_79b9n);
    return Object.fromEntries(model.registers.map(({ name }, i) => [name, words[i]!]));
  };
  const systems = {
    'eight equal CPUs': Array.from({ length: CPUS }, () => own),
    'eight different CPUs': Array.from({ length: CPUS }, (_, cpu) => random(cpu)),
  };
  for (const [name, cpus] of Object.entries(systems)) {
    const naive = () => {
      const [system, ...others] = cpus.map((registers) => naiveRegisters(registers, model));
      for (const cpu of others) naiveMerge(system!, cpu);
      return system!;
    };
    const ours = () => sanitised(cpus, model.registers);
    expectEqual(
      name,
      ours().map(({ value }) => value),
      [...naive().values()].map(naiveValue),
    );
    const last = model.registers.length - 1;
    const ways = [
      { name: 'initialiseRegister(), updateRegister()', run: () => Number(ours()[last]!.value & 0xffn) },
      { name: 'naive BigInt objects', run: () => naive().size },
    ];
    await compare(`sanitise ${name}`, 1, ways, settings);
  }
}
