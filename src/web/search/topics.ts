import type { NameView } from '../route.ts';

/** Where a word leads that is no name of the catalogue: the list of a kind, a page of the guide, a lesson. */
export interface Topic {
  readonly view: NameView | 'guide' | 'lesson';
  /** Empty: the list of all. */
  readonly name: string;
}

/** What people look for by the words of programs, tools and subjects, in lower case and without signs. */
const TOPICS: readonly (readonly [words: string, topics: readonly Topic[]])[] = [
  [
    'getauxval athwcap athwcap2 athwcap3 elfauxinfo auxv hwcap hwcap2 hwcaps elfhwcap ldshowauxv',
    [
      { view: 'hwcap', name: '' },
      { view: 'lesson', name: 'way-of-a-hwcap' },
    ],
  ],
  ['features proccpuinfo cpuinfo lscpu', [{ view: 'guide', name: 'read-a-features-line' }]],
  ['dump registers mrs', [{ view: 'guide', name: 'read-a-dump' }]],
  ['dmesg bootlog journalctl', [{ view: 'guide', name: 'explain-a-log' }]],
  [
    'go golang rust gcc llvm clang glibc ifunc march mcpu mcpunative isaarch64featuredetected builtincpusupports builtincpuinit cpufeatures fmv',
    [{ view: 'guide', name: 'runtimes' }],
  ],
  ['qemu firecracker libvirt vcpu hypervisor guest', [{ view: 'guide', name: 'guests-under-kvm' }]],
  ['template mask migrate migration', [{ view: 'guide', name: 'make-a-guest-template' }]],
  ['biglittle heterogeneous', [{ view: 'lesson', name: 'big-little' }]],
  ['illegalinstruction', [{ view: 'lesson', name: 'sigill' }]],
];

const BY_WORD: ReadonlyMap<string, readonly Topic[]> = new Map(
  TOPICS.flatMap(([words, topics]) => words.split(' ').map((word) => [word, topics] as const)),
);

/** Where a word leads, as {@link TOPICS} are written. */
export function topicsOf(word: string): readonly Topic[] {
  return BY_WORD.get(word) ?? [];
}
