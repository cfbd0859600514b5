import { isOnSilicon } from '../../answers/why/station.ts';
import type { Station, Why } from '../../answers/why.ts';
import type { Outcome } from '../../linux/bring-up/evaluate.ts';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import type { ConditionLeaf } from '../../linux/release/rows.ts';
import { leavesOf } from '../../logic/tree.ts';
import { isReadInGuest } from '../../silicon/read-in-guest.ts';
import { kvmCode } from '../scenario/between-code.ts';
import { onPage } from '../sentence.ts';
import { lossCode } from './loss.ts';
import { STAGE_TITLES, STAGES, type Stage } from './stage-names.ts';

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
  /** The state, in a word or two. */
  readonly said: string;
  /** In a few words. */
  readonly words: string;
}

const SAID: Readonly<Record<StageState, string>> = {
  passed: 'passes',
  lost: 'lost here',
  after: 'does not arrive',
  open: 'not known',
};

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
  // Where any of several fields would do, some are of no account.
  const decided = ['lost', 'passed'].map((fate) => stations.filter((one) => one.fate === fate)).find((some) => some.length > 0) ?? stations;
  const values = decided.flatMap((station) => {
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
  if (lost.place === 'release') return `Linux ${release} does not know it`;
  const { PLACE_NAMES, stationLines, whyNot } = lossCode();
  return `${PLACE_NAMES[lost.place]}: ${lost.place === 'condition' ? whyNot(lost.outcome) : (stationLines(lost, system.cpus.length)[0] ?? 'lost')}`;
}

/** What ID registers as programs read them tell of a bit: `never` where the kernel shows none of its fields. */
function shownTo({ chain, present }: Why): boolean | 'never' {
  if (!chain.some((station) => station.place === 'visibility' && station.visible)) return 'never';
  const views = chain.find((station) => station.place === 'views');
  return views?.place === 'views' ? views.el0 === true : present;
}

/** The hwcaps that stand for a bit, with whether they are set. */
function hwcapsFor({ subject, chain, present }: Why): readonly { readonly name: string; readonly set?: boolean }[] {
  if (subject.kind === 'hwcap' || subject.kind === 'compat') return [{ name: subject.name, set: present }];
  return chain.flatMap((station) => (station.place === 'views' ? station.hwcaps : []));
}

/** Whether programs learn of what is there; `undefined`: it is not known. */
function isTold(why: Why): boolean | undefined {
  const hwcaps = hwcapsFor(why);
  if (shownTo(why) === true || hwcaps.some(({ set }) => set === true)) return true;
  return hwcaps.some(({ set }) => set === undefined) ? undefined : false;
}

function processWords(why: Why): string {
  const hwcaps = hwcapsFor(why);
  const shown = shownTo(why);
  const told = hwcaps.find(({ set }) => set === true) ?? (shown === true && why.subject.kind === 'arch-feature' ? undefined : hwcaps[0]);
  if (told !== undefined) {
    const where = why.subject.kind === 'compat' ? 'for 32-bit programs' : `in ${findHwcap(told.name)?.vector ?? 'no word'}`;
    return `${told.name} ${told.set === true ? 'is set' : 'is not set'} ${where}`;
  }
  return shown === 'never' ? 'programs never see it' : `ID registers ${shown ? 'show' : 'do not show'} it to programs`;
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
  if (stations.length === 0 && host === undefined) {
    if (!isReadInGuest(why.system)) return 'nothing in between';
    return state === 'lost' ? `a guest reads ${siliconWords(why, stationsAt('silicon', why))}` : 'passes it on';
  }
  if (stations.length === 0) return state === 'after' ? 'would pass it on' : 'passes it on';
  const lost = stations.find(({ fate }) => fate === 'lost') ?? stations[0]!;
  // Whose KVM it is stands above.
  const line = onPage(lossCode().stationLines(lost, why.system.cpus.length)[0] ?? '').replace(/^KVM of Linux \S+ | on the CPU$/g, '');
  const brings = lost.place === 'hypervisor' ? lost.effects.find((effect) => effect.brings !== undefined)?.brings : undefined;
  const words = brings === undefined ? undefined : kvmCode()?.vcpuWords(brings, 'qemu');
  return words === undefined ? line : `${line}. It comes with a vCPU ${onPage(words)}`;
}

function wordsAt(stage: Stage, why: Why, stations: readonly Station[], state: StageState, host: string | undefined): string {
  switch (stage) {
    case 'silicon':
      return isHiddenFromGuest(why, host) ? 'read in a guest alone' : siliconWords(why, stations);
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

function stationsAt(stage: Stage, { chain }: Why): readonly Station[] {
  return chain.filter(({ place }) => STAGE_OF[place] === stage);
}

/** Whether a bit is missing in what a guest reads, and nothing else stands in between: silicon or hypervisor, one of them lost it. */
function isHiddenFromGuest(why: Why, host: string | undefined): boolean {
  if (host !== undefined || why.present || why.unknown === true || !isReadInGuest(why.system)) return false;
  return lostAt(why.chain) === STAGES.indexOf('silicon') && stationsAt('hypervisor', why).length === 0;
}

/** How the bit fares in a part of its way. */
function stateAt(stage: Stage, why: Why, host: string | undefined): StageState {
  if (why.unknown === true) return 'open';
  if (why.present) {
    const told = stage === 'process' || stage === 'runtime' ? isTold(why) : true;
    return told === undefined ? 'open' : told ? 'passed' : 'after';
  }
  const isHidden = isHiddenFromGuest(why, host);
  if (isHidden && stage === 'silicon') return 'open';
  const index = STAGES.indexOf(stage);
  const lost = isHidden ? STAGES.indexOf('hypervisor') : lostAt(why.chain);
  const isSeenLost = !why.chain.some(
    (station) => station.place === 'condition' && station.fate === 'lost' && station.outcome.open === true,
  );
  if (index > lost) return 'after';
  if (index === lost && isSeenLost) return 'lost';
  return isSeenLost && isOnSilicon(why.chain) ? 'passed' : 'open';
}

/**
 * The parts of a bit's way in the order of travel, with how it fares in each.
 *
 * @param host - The release of the host's kernel whose KVM stands in between, if any does.
 */
export function stagesOf(why: Why, host?: string): readonly StageSight[] {
  const isHidden = isHiddenFromGuest(why, host);
  return STAGES.map((stage) => {
    const stations = stationsAt(stage, why);
    const state = stateAt(stage, why, host);
    const said = isHidden && state === 'lost' ? 'lost by here' : SAID[state];
    return { stage, title: titleOf(stage, host), stations, state, said, words: wordsAt(stage, why, stations, state, host) };
  }).filter(({ stage, stations }) => stations.length > 0 || comesTo(stage, why));
}
