import { boot as bootMachine } from '../src/linux/boot.ts';
import { evaluate, type Facts } from '../src/linux/bring-up/evaluate.ts';
import { compare, expectEqual, type Settings } from './compare.ts';
import { naiveHwcaps, naiveRegisters } from './naive.ts';
import type { Outcome } from './outcome.ts';
import { benchSubject, type Subject } from './subject.ts';

/** The conditions of the hwcap table alone, as the evaluator judges them. */
function heldHwcaps({ machine, model }: Subject): () => number {
  const registers = machine.cpus[0]!.registers as Readonly<Record<string, bigint | undefined>>;
  const facts: Facts = {
    register: (name) => registers[name] ?? 0n,
    signedComparison: model.behaviour['signed-comparison'],
    option: model.option,
    cpucap: () => false,
    rule: () => false,
  };
  return () => model.hwcaps.reduce((count, { when }) => count + (evaluate(when, facts).held ? 1 : 0), 0);
}

/** One machine from its registers to everything that a kernel makes of it. */
export async function boot(settings: Settings): Promise<Outcome> {
  const subject = await benchSubject();
  const { machine, kernel, environment, model, bits } = subject;
  const held = heldHwcaps(subject);
  const { registers } = machine.cpus[0]!;
  const ours = () => bootMachine(machine, kernel, environment);
  const naive = () => naiveHwcaps(naiveRegisters(registers, model), model, bits);
  expectEqual('boot', ours().hwcaps.words, naive());
  // evtstrm and cpuid are in no table.
  expectEqual('boot: hwcaps', ours().hwcaps.names.length, held() + 2);
  const name = 'boot()';
  const ways = [
    { name, run: () => ours().hwcaps.names.length },
    { name: 'evaluate(): hwcaps only', run: held },
    { name: 'naive BigInt objects: hwcaps only', run: () => Number(naive()[0]! & 0xffn) },
  ];
  const costs = await compare('boot', 1, ways, settings);
  return {
    contests: [{ title: 'Everything about one machine', unit: 'machine', costs, base: name }],
    measured: { boot: costs.get(name)! * 1e6 },
  };
}
