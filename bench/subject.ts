import { fieldPlace } from '../src/linux/bring-up/evaluate.ts';
import type { Environment } from '../src/linux/environment.ts';
import type { Kernel } from '../src/linux/kernel.ts';
import { type KernelModel, kernelAt } from '../src/linux/release/kernel-at.ts';
import type { Condition } from '../src/linux/release/rows.ts';
import { loadMachine } from '../src/silicon/known-machine.ts';
import type { Machine } from '../src/silicon/machine.ts';

/** The kernel that rows are derived for: the newest release, as it is configured by default. */
export const KERNEL: Kernel = { release: '7.2' };

/** What the suites work on: the machine of the first question, with the kernel of its recording. */
export interface Subject {
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly environment: Environment;
  readonly model: KernelModel;
  /** Where the fields of the hwcap table lie, by path. */
  readonly bits: ReadonlyMap<string, readonly [number, number]>;
}

function fieldsOf(condition: Condition): readonly string[] {
  if ('field' in condition) return [condition.field];
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  return [];
}

/** Fetches the machine and its kernel. */
export async function benchSubject(): Promise<Subject> {
  const known = await loadMachine('parallels-m1');
  // Known whole: what was not read is zero, as it was for everybody before machines could be known in part.
  const machine: Machine = { cpus: known.machine.cpus.map(({ registers }) => ({ registers })) };
  const kernel: Kernel = { release: '5.10', config: 'defconfig' };
  const model = kernelAt(kernel);
  const paths = model.hwcaps.flatMap(({ when }) => fieldsOf(when));
  const bits = paths.map((path) => {
    const { lsb, width } = fieldPlace(path);
    return [path, [lsb + width - 1, lsb]] as const;
  });
  return { machine, kernel, environment: { timerHz: 24_000_000 }, model, bits: new Map(bits) };
}
