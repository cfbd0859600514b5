import { fieldPlace } from '../dist/linux/bring-up/evaluate.js';
import type { Environment } from '../dist/linux/environment.js';
import type { Kernel } from '../dist/linux/kernel.js';
import { type KernelModel, kernelAt } from '../dist/linux/release/kernel-at.js';
import type { Condition } from '../dist/linux/release/rows.js';
import { loadMachine } from '../dist/silicon/known-machine.js';
import type { Machine } from '../dist/silicon/machine.js';

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
  const { machine } = await loadMachine('parallels-m1');
  const kernel: Kernel = { release: '5.10', config: 'defconfig' };
  const model = kernelAt(kernel);
  const paths = model.hwcaps.flatMap(({ when }) => fieldsOf(when));
  const bits = paths.map((path) => {
    const { lsb, width } = fieldPlace(path);
    return [path, [lsb + width - 1, lsb]] as const;
  });
  return { machine, kernel, environment: { timerHz: 24_000_000 }, model, bits: new Map(bits) };
}
