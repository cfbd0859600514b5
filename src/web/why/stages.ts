import type { Station, Why } from '../../answers/why.ts';
import { whyNot } from '../../formats/outcome-words.ts';
import { PLACE_NAMES, stationLines } from '../../formats/station-words.ts';
import { vcpuWords } from '../../formats/vcpu-words.ts';
import type { Outcome } from '../../linux/bring-up/evaluate.ts';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import type { ConditionLeaf } from '../../linux/release/rows.ts';
import { leavesOf } from '../../logic/tree.ts';
import { onPage } from '../sentence.ts';

/** The parts of a bit's way. */
export const STAGES = ['silicon', 'hypervisor', 'kernel', 'process', 'runtime'] as const;

/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** What each part is called. */
export const STAGE_TITLES: Readonly<Record<Stage, string>> = {
  silicon: 'Silicon',
  hypervisor: 'Hypervisor',
  kernel: 'Kernel',
  process: 'Process',
  runtime: 'Runtimes',
};

/** Where each station stands. */
const STAGE_OF: Readonly<Record<Station['place'], Stage>> = {
  silicon: 'silicon',
  hypervisor: 'hypervisor',
  override: 'kernel',
  sanitise: 'kernel',
  visibility: 'process',
  erratum: 'kernel',
  configuration: 'kernel',
  release: 'kernel',
  condition: 'kernel',
  kernel: 'kernel',
  cpus: 'kernel',
  views: 'process',
  runtime: 'runtime',
};

/** How the bit fares in a part of its way: it passes, is lost, does not come so far, or nobody knows. */
export type StageState = 'passed' | 'lost' | 'after' | 'open';

/** A part of the way, and what happens there. */
export interface StageSight {
  readonly stage: Stage;
  readonly title: string;
  readonly stations: readonly Station[];
  readonly state: StageState;
  /** In a few words. */
  readonly words: string;
}

/** How far the bit comes: the first part of the way in which it was lost, if any. */
function lostAt(chain: readonly Station[]): number {
  const lost = STAGES.findIndex(
    (stage) => stage !== 'runtime' && chain.some(({ place, fate }) => STAGE_OF[place] === stage && fate === 'lost'),
  );
  // What no station lost, and is not there all the same, the kernel does not give.
  return lost === -1 ? STAGES.indexOf('kernel') : lost;
}

/** Whether an outcome hangs on the core, or would. */
function asksForCore({ condition, parts = [] }: Outcome): boolean {
  return leavesOf<ConditionLeaf>(condition).some(({ leaf }) => 'midr' in leaf) || parts.some(asksForCore);
}

function siliconWords({ chain }: Why, stations: readonly Station[]): string {
  const values = stations.flatMap((station) => {
    if (station.place !== 'silicon') return [];
    const name = station.field.slice(station.field.indexOf('.') + 1);
    const own = [...new Set(station.groups.map(({ value }) => (value === undefined ? '?' : `${value}`)))];
    return [`${name} = ${own.join(' or ')}`];
  });
  if (values.length > 0) return [...new Set(values)].slice(0, 2).join(', ');
  return chain.some((one) => one.place === 'condition' && asksForCore(one.outcome)) ? 'MIDR_EL1 tells the core' : 'no ID register tells';
}

function kernelWords({ release, system }: Why, stations: readonly Station[], state: StageState): string {
  const lost = stations.find(({ fate }) => fate === 'lost');
  if (lost === undefined || state !== 'lost') return state === 'passed' ? `Linux ${release} keeps it` : `Linux ${release}`;
  return lost.place === 'release'
    ? `Linux ${release} does not know it`
    : `${PLACE_NAMES[lost.place]}: ${lost.place === 'condition' ? whyNot(lost.outcome) : (stationLines(lost, system.cpus.length)[0] ?? 'lost')}`;
}

function processWords({ subject, present }: Why): string {
  if (subject.kind === 'compat') return `${subject.name} ${present ? 'is set' : 'is not set'} for 32-bit programs`;
  if (subject.kind === 'hwcap')
    return `${subject.name} ${present ? 'is set' : 'is not set'} in ${findHwcap(subject.name)?.vector ?? 'no word'}`;
  return present ? 'it is there' : 'it is not there';
}

/** Which programs use it: where it does not arrive they go by something else, such as the core. */
function whoUses(programs: readonly string[], state: StageState): string {
  const all = programs.join(', ');
  const one = programs.length === 1 && !all.endsWith('s');
  return state === 'after' ? `${all} would use it all the same` : `${all} ${one ? 'uses' : 'use'} it`;
}

function runtimeWords(stations: readonly Station[], state: StageState): string {
  const [yes, no]: [string[], string[]] = [[], []];
  for (const station of stations) {
    if (station.place !== 'runtime' || station.names.length === 0) continue;
    (station.names.some(({ holds }) => holds === true) ? yes : no).push(station.program);
  }
  // Until their tables are there it is not known which do.
  if (stations.length === 0) return 'programs that ask for it';
  if (yes.length > 0) return whoUses([...new Set(yes)], state);
  return no.length > 0 ? `${[...new Set(no)].join(', ')} ask for it` : 'no runtime has a name for it';
}

/** What a hypervisor does to the bit: where it is lost, by what and what would bring it. */
function hypervisorWords(why: Why, stations: readonly Station[], state: StageState, host: string | undefined): string {
  if (stations.length === 0 && host === undefined) return 'nothing in between';
  if (stations.length === 0) return state === 'after' ? 'would pass it on' : 'passes it on';
  const lost = stations.find(({ fate }) => fate === 'lost') ?? stations[0]!;
  // Whose KVM it is stands above.
  const line = onPage(stationLines(lost, why.system.cpus.length)[0] ?? '').replace(/^KVM of Linux \S+ | on the CPU$/g, '');
  const brings = lost.place === 'hypervisor' ? lost.effects.find((effect) => effect.brings !== undefined)?.brings : undefined;
  return brings === undefined ? line : `${line}. It comes with a vCPU ${onPage(vcpuWords(brings, 'qemu'))}`;
}

function wordsAt(stage: Stage, why: Why, stations: readonly Station[], state: StageState, host: string | undefined): string {
  switch (stage) {
    case 'silicon':
      return siliconWords(why, stations);
    case 'hypervisor':
      return hypervisorWords(why, stations, state, host);
    case 'kernel':
      return kernelWords(why, stations, state);
    case 'process':
      return processWords(why);
    case 'runtime':
      return runtimeWords(stations, state);
  }
}

/** What a part is called where KVM of a host stands in between. */
function titleOf(stage: Stage, host: string | undefined): string {
  if (host !== undefined && stage === 'hypervisor') return `KVM of Linux ${host}`;
  return host !== undefined && stage === 'kernel' ? 'Guest’s kernel' : STAGE_TITLES[stage];
}

/** Whether the bit comes to a part at all: what a kernel keeps to itself goes no further, and programs learn of hwcaps alone. */
function comesTo(stage: Stage, { subject, chain }: Why): boolean {
  if (stage === 'runtime')
    return subject.kind === 'hwcap' || chain.some((station) => station.place === 'views' && station.hwcaps.length > 0);
  return stage !== 'process' || subject.kind !== 'cpucap';
}

/**
 * The parts of a bit's way in the order of travel, with how it fares in each.
 *
 * @param host - The release of the host's kernel whose KVM stands in between, if any does.
 */
export function stagesOf(why: Why, host?: string): readonly StageSight[] {
  const lost = lostAt(why.chain);
  return STAGES.map((stage, index) => {
    const stations = why.chain.filter(({ place }) => STAGE_OF[place] === stage);
    const known: StageState = why.present || index < lost ? 'passed' : index === lost ? 'lost' : 'after';
    const state: StageState = why.unknown === true ? 'open' : known;
    return { stage, title: titleOf(stage, host), stations, state, words: wordsAt(stage, why, stations, state, host) };
  }).filter(({ stage, stations }) => stations.length > 0 || comesTo(stage, why));
}
