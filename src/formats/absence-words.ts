import { layerTitle } from '../answers/layer-title.ts';
import { isOnSilicon } from '../answers/why/station.ts';
import type { CpuGroup, Station, Why } from '../answers/why.ts';
import type { Outcome } from '../linux/bring-up/evaluate.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { Condition, ConditionLeaf } from '../linux/release/rows.ts';
import { askedBy } from '../linux/rules/judge-rule.ts';
import type { System } from '../linux/system.ts';
import { impliedBy } from '../logic/judge.ts';
import { formatCondition, formatNeed } from './condition.ts';
import { formatCpus, ofCore } from './cpu-list.ts';
import { whyNot } from './outcome-words.ts';
import { formatOption } from './station-words.ts';
import { formatValue } from './value-words.ts';

function valueShown(field: string, groups: readonly CpuGroup[]): string {
  if (groups.every(({ value }) => value === undefined))
    return `${field} is not in the input${groups.every(({ open }) => open) ? '' : ', which counts as 0'}`;
  const values = [...new Set(groups.map(({ value }) => (value === undefined ? 'not known' : formatValue(field, value))))];
  return `${field} is ${values.join(' or ')}`;
}

function whoLacks(lacking: readonly CpuGroup[], count: number): string {
  const cpus = lacking.flatMap((group) => group.cpus);
  return `${formatCpus(cpus, count)}${ofCore(lacking[0]?.core)} ${cpus.length === 1 ? 'does' : 'do'} not have it`;
}

/** The options of the kernel without which programs are not told of what CPUs have. */
function optionsOf(chain: readonly Station[]): readonly string[] {
  const options = chain.flatMap((station) => {
    if (station.place === 'configuration') return station.options.map(({ option }) => option);
    return station.place === 'visibility' && station.option !== undefined ? [station.option] : [];
  });
  return [...new Set(options)];
}

/** The words of a command line that take fields away, as `arm64.nosve` does, where it is not told which words a kernel was given. */
function wordsAgainst(chain: readonly Station[], { kernel }: System): readonly string[] {
  if (kernel.cmdline) return [];
  const heads = chain.flatMap((station) => (station.place === 'silicon' ? `${station.field.replace('_EL1', '').toLowerCase()}=` : []));
  const { aliases } = kernelAt(kernel).overrides;
  return [...aliases].flatMap(([alias, words]) => (words.some((word) => heads.some((head) => word.startsWith(head))) ? alias : []));
}

function siliconCause(stations: readonly (Station & { readonly place: 'silicon' })[], count: number): string {
  const seen = stations.some(({ hints }) => hints.includes('seen-by-guest'));
  const isRuledOut = stations.every(({ wanted }) => !wanted);
  const lacked = seen ? 'the guest does not get it' : count === 1 ? 'the CPU does not have it' : 'no CPU has it';
  const all = isRuledOut ? 'what the registers show keeps it away' : lacked;
  const lacking = stations[0]!.groups.filter(({ enough }) => !enough);
  const some = lacking.length < stations[0]!.groups.length;
  const shown = stations.slice(0, 3).map(({ field, groups }) => valueShown(field, some ? groups.filter(({ enough }) => !enough) : groups));
  // What else is known of the machine, such as its Features line, tells that no value would do.
  if (lacking.length > 0 && lacking.every(({ open, value }) => open && value === undefined)) {
    const wanted = [...new Set(stations.map((station) => formatNeed(station.needs, station.wanted)))];
    return `${some ? whoLacks(lacking, count) : all}: with ${wanted.join(' or ')} the input would show otherwise`;
  }
  const [only] = stations;
  const needed = formatCondition(only!.needs).replace(`${only!.field} `, '');
  const needs = stations.length > 1 ? '' : only!.wanted ? `, not ${needed}` : `, and must not be ${needed}`;
  const off = stations.some(({ hints }) => hints.includes('switched-off')) ? ', although such a core usually has it' : '';
  const tags = stations.some(({ hints }) => hints.includes('no-tag-memory')) ? ': the instructions are there, memory for tags is not' : '';
  return `${some && !isRuledOut ? whoLacks(lacking, count) : all}: ${shown.join(', ')}${needs}${off}${tags}`;
}

function sanitiseCause({ field, steps, rule, needs }: Station & { readonly place: 'sanitise' }): string {
  if (rule === undefined) return `this kernel does not keep ${field}`;
  const step = steps.find(({ to }) => to < needs.atLeast) ?? steps.at(-1);
  if (step === undefined) return `the boot CPU does not give ${field}`;
  return `the CPUs differ: on CPU ${step.cpu}${ofCore(step.core)} ${field} is ${formatValue(field, step.own)}, so that the system has ${formatValue(field, step.to)}`;
}

function optionCause({ options }: Station & { readonly place: 'configuration' }): string {
  const off = options.find(({ value }) => value === 'n') ?? options[0]!;
  const broken = off.unmet.length === 0 ? '' : `, which this release offers only with ${off.unmet.join(' and ')}`;
  return off.value === 'n' ? `the kernel is built without ${off.option}${broken}` : formatOption(off);
}

function releaseCause({ release, since, until }: Station & { readonly place: 'release' }): string {
  if (until !== undefined) return `Linux ${release} does not have it: mainline had it from ${since} to before ${until}`;
  return `Linux ${release} does not know it: it came with ${since ?? 'no mainline release'}`;
}

/** Writes why the bit was lost at the stations of one place. */
function causeAt(stations: readonly Station[], system: System, hasIt: boolean, chain: readonly Station[]): string {
  const count = system.cpus.length;
  const station = stations[0]!;
  switch (station.place) {
    case 'silicon':
      return siliconCause(stations as (Station & { readonly place: 'silicon' })[], count);
    case 'hypervisor': {
      const names = [
        ...new Set(
          stations.flatMap((one) => (one.place === 'hypervisor' ? one.effects.map(({ layer, brings }) => layerTitle(layer, brings)) : [])),
        ),
      ];
      const effect = station.effects.at(-1)!;
      const isKnown = station.effects.some(({ from }) => from !== undefined);
      return `${isKnown ? 'the hypervisor hides it' : 'whatever the CPUs have, the hypervisor gives none'}: ${names.join(' and ')} ${names.length === 1 ? 'sets' : 'set'} ${station.field} to ${formatValue(station.field, effect.to)}`;
    }
    case 'override': {
      const read = station.words.filter(({ outcome }) => outcome === 'forced').map(({ word }) => word);
      return `${station.from === undefined ? 'whatever the CPUs have, ' : ''}the command line turns it off: ${read.join(' ')}`;
    }
    case 'sanitise':
      return sanitiseCause(station);
    case 'visibility':
      return `this kernel does not show ${station.field} to programs${station.option === undefined ? '' : ` (${station.option} is not set)`}`;
    case 'erratum': {
      const [effect] = station.errata;
      const where = effect === undefined || effect.cpus.length === 0 ? '' : ` of ${formatCpus(effect.cpus, count)}`;
      return `${hasIt ? 'the CPUs have it, but the kernel hides it' : 'the kernel would hide it'} because of an erratum${where}: ${effect?.description ?? effect?.name}`;
    }
    case 'configuration':
      return optionCause(station);
    case 'release':
      return releaseCause(station);
    case 'cpus':
      return `the kernel stops on CPU ${station.refused[0]?.cpu}: ${station.refused[0]?.reason}`;
    case 'condition':
      return station.outcome.open ? lineLacks(system, chain) : whyNot(station.outcome);
    case 'kernel':
      return station.words.length === 0 ? station.reason : `the command line turns it off: ${station.words.join(' ')}`;
    case 'views':
    case 'runtime':
      return 'programs do not see it';
  }
}

/** Of a hwcap that a Features line lacks, where no register tells whether the CPUs have what it stands for. */
function lineLacks(system: System, chain: readonly Station[]): string {
  const [options, words] = [optionsOf(chain), wordsAgainst(chain, system)];
  const ways = [
    ...(system.isLikely ? ['that is older'] : []),
    ...(options.length === 0 ? [] : [`built without ${options.join(' or ')}`]),
    ...(words.length === 0 ? [] : [`started with ${words.join(' or ')}`]),
  ];
  const kernels = `a kernel ${ways.join(', or ')}${ways.length > 1 ? ',' : ''}`;
  const unless = ways.length === 0 ? '' : `. Whether CPUs have what it stands for is not known: ${kernels} does not tell`;
  return `the input’s Features line lacks it${unless}`;
}

/** How many causes the verdict tells. */
const TOLD_CAUSES = 2;

/** The stations at which the bit was lost, without one that only follows from another: an option that is off hides fields too. */
function lostStations(chain: readonly Station[]): readonly Station[] {
  const lost = chain.filter(({ fate, place }) => fate === 'lost' && place !== 'runtime');
  const off = lost.flatMap((station) => (station.place === 'configuration' ? station.options.map(({ option }) => option) : []));
  return lost.filter((station) => station.place !== 'visibility' || station.option === undefined || !off.includes(station.option));
}

/** Writes why what was asked for is not there: at most two causes. */
export function absentCause({ chain, system }: Why): string {
  const lost = lostStations(chain);
  const places = [...new Set(lost.map(({ place }) => place))];
  // A CPU that never came up, or a system that stopped, comes before all else.
  const first = places.includes('cpus') ? ['cpus'] : places;
  return first
    .slice(0, TOLD_CAUSES)
    .map((place, i) =>
      causeAt(
        lost.filter((station) => station.place === place),
        system,
        i === 0 && isOnSilicon(chain),
        chain,
      ),
    )
    .join('; besides, ');
}

/** Whether a condition that holds tells that a comparison of one field does. */
function tellsOf(asks: Condition, field: string): boolean {
  return (impliedBy<ConditionLeaf>(asks, true) ?? []).some(({ leaf, wanted }) => wanted && 'field' in leaf && leaf.field === field);
}

/** What the kernel reports when it finds a capability that asks for one field, and perhaps for more. */
function telltales(field: string, { kernel }: System): readonly string[] {
  return kernelAt(kernel).capabilities.flatMap(({ when, description, perCpu }) => {
    const asks = 'rule' in when ? askedBy(when) : when;
    return asks !== undefined && tellsOf(asks, field) && description !== undefined && !perCpu ? [description] : [];
  });
}

/** What of a condition is not known, besides fields: the core or its revision, or a fact that has words. */
function openFacts(outcome: Outcome, system: System): readonly string[] {
  const { condition, open, parts = [] } = outcome;
  if (!open) return [];
  if ('midr' in condition) return [`${missingIdentity(system)}, which the input does not have`];
  const inside = parts.flatMap((part) => openFacts(part, system));
  return inside.length === 0 && 'rule' in condition ? [`whether ${formatCondition(condition)}`] : inside;
}

/** The register that tells the revision of a core, or the core itself, where the input does not have it. */
function missingIdentity({ cpus }: System): string {
  return cpus.every(({ registers }) => registers.MIDR_EL1 !== undefined) ? 'REVIDR_EL1' : 'MIDR_EL1';
}

/** Errata of which it is not known whether a CPU has them, and what would tell. */
function openErrata({ errata }: Station & { readonly place: 'erratum' }, system: System): readonly string[] {
  return errata
    .filter(({ open }) => open)
    .map(
      ({ name, description = name }) =>
        `whether a CPU has ${description}, which ${missingIdentity(system)} or a line of the log would tell`,
    );
}

const BOOT_EL =
  'It hangs on the exception level at which the kernel was entered, EL2 on the machine itself or EL1 in a guest; a line of its log would tell: "CPU: All CPU(s) started at EL2"';

/** Writes what would have to be known. */
export function unknownCause({ chain, system }: Why): string {
  const missing = chain.flatMap((station) =>
    station.place === 'silicon' && station.groups.some(({ value }) => value === undefined) ? [station.field] : [],
  );
  const lines = [...new Set(missing.flatMap((field) => telltales(field, system)))];
  const rows = chain.flatMap((station) => (station.place === 'release' ? station.doubts.map(({ row }) => row) : []));
  const facts = chain.flatMap((station) => {
    if (station.place === 'erratum') return openErrata(station, system);
    return station.place === 'condition' ? openFacts(station.outcome, system) : [];
  });
  if (
    missing.length === 0 &&
    rows.length === 0 &&
    facts.length > 0 &&
    facts.every((fact) => fact.includes('EL2')) &&
    system.environment.openBootEl === true
  )
    return BOOT_EL;
  if (missing.length === 0 && rows.length === 0 && facts.length > 0) return `It hangs on ${[...new Set(facts)].join(', and ')}`;
  if (missing.length === 0)
    return rows.length === 0
      ? 'No ID register tells it'
      : `It hangs on what Linux ${system.release} has of ${[...new Set(rows)].join(', ')}`;
  const or = lines.length === 0 ? '' : `; a line of its log would tell, too: "CPU features: detected: ${lines[0]}"`;
  return `It needs ${[...new Set(missing)].join(' and ')}, which the input does not have${or}`;
}
