import { boot } from '../dist/linux/boot.js';
import { evaluate, type Facts } from '../dist/linux/bring-up/evaluate.js';
import { compare, expectEqual, formatDuration, type Settings } from './compare.ts';
import { naiveHwcaps, naiveRegisters } from './naive.ts';
import { benchSubject, type Subject } from './subject.ts';

/** What one machine may cost, in seconds. */
const GOAL = 50e-6;

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
export async function derive(settings: Settings): Promise<void> {
  const subject = await benchSubject();
  const { machine, kernel, environment, model, bits } = subject;
  const held = heldHwcaps(subject);
  const { registers } = machine.cpus[0]!;
  const ours = () => boot(machine, kernel, environment);
  const naive = () => naiveHwcaps(naiveRegisters(registers, model), model, bits);
  expectEqual('derive', ours().hwcaps.words, naive());
  // evtstrm and cpuid are in no table.
  expectEqual('derive: hwcaps', ours().hwcaps.names.length, held() + 2);
  const name = 'boot(): capabilities, errata, AArch32, EL0 view, hwcaps';
  const costs = await compare(
    'derive one machine',
    1,
    [
      { name, run: () => ours().hwcaps.names.length },
      { name: 'evaluate(): hwcaps only', run: held },
      { name: 'naive BigInt objects: hwcaps only', run: () => Number(naive()[0]! & 0xffn) },
    ],
    settings,
  );
  if (!settings.smoke) console.log(`  goal: boot() under ${formatDuration(GOAL)}: ${costs.get(name)! < GOAL ? 'met' : 'missed'}`);
}
