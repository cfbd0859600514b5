import { askingWords, vmmsAsking } from '../answers/vmms.ts';

/** What a vCPU is made with, as armlens and QEMU ask for it. */
const VCPU_WORDS: Readonly<Record<string, string>> = {
  sve: 'with SVE',
  pauth: 'with pointer authentication',
  pmu: 'with a PMU',
  mte: 'in a VM with tags',
};

/** What a vCPU would be made with, and how programs ask for it, or one of them. */
export function vcpuWords(trait: string, vmm?: string): string {
  return `${VCPU_WORDS[trait] ?? `with ${trait}`} (${[`--vcpu ${trait}`, ...vmmsAsking(trait, vmm).map(askingWords)].join('; ')})`;
}
