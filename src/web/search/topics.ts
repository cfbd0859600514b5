import type { NameView } from '../route.ts';

/** The views that are no list of names, and what one does there. */
export const PLACES = {
  machine: { title: 'Machine', about: 'Change silicon, hypervisor or kernel, and see what programs see. Take any text of your own.' },
  compare: { title: 'Compare', about: 'Machines or kernels side by side: what differs, and what comes of it.' },
  infer: { title: 'Infer', about: 'What a Features line tells: cores, kernels, level.' },
  levels: { title: 'Levels', about: 'What each architecture level asks for, and what a machine lacks for it.' },
  lesson: { title: 'Lessons', about: 'Say what becomes of a bit, see it, and change it.' },
  guide: { title: 'Guide', about: 'A page for each task of the command.' },
} as const;

/** Where a word leads that is no name of the catalogue: a view, the list of a kind, a page of the guide, a lesson. */
export interface Topic {
  readonly view: NameView | keyof typeof PLACES;
  /** Empty: the view, or the list of all. */
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
  [
    'features proccpuinfo cpuinfo lscpu',
    [
      { view: 'guide', name: 'read-a-features-line' },
      { view: 'infer', name: '' },
    ],
  ],
  ['machine machines board boards computer', [{ view: 'machine', name: '' }]],
  ['compare comparison difference diff versus', [{ view: 'compare', name: '' }]],
  [
    'level levels',
    [
      { view: 'levels', name: '' },
      { view: 'infer', name: '' },
    ],
  ],
  ['infer', [{ view: 'infer', name: '' }]],
  ['lesson lessons learn teach teaching course tutorial exercise', [{ view: 'lesson', name: '' }]],
  ['guide help manual documentation docs', [{ view: 'guide', name: '' }]],
  ['command commands commandline cli terminal shell copycommand', [{ view: 'guide', name: 'commands' }]],
  ['present projector slides embed iframe', [{ view: 'guide', name: 'write-a-lesson' }]],
  ['dump registers mrs', [{ view: 'guide', name: 'read-a-dump' }]],
  ['dmesg bootlog journalctl', [{ view: 'guide', name: 'explain-a-log' }]],
  [
    'go golang rust gcc llvm clang glibc ifunc march mcpu mcpunative isaarch64featuredetected builtincpusupports builtincpuinit cpufeatures fmv',
    [{ view: 'guide', name: 'runtimes' }],
  ],
  [
    'kvm qemu firecracker libvirt vcpu hypervisor guest vm',
    [
      { view: 'guide', name: 'guests-under-kvm' },
      { view: 'lesson', name: 'no-sve' },
    ],
  ],
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
