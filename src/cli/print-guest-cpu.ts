import { archFeaturesToldBy } from '../answers/arch-feature-hwcaps.ts';
import type { GuestCore } from '../answers/guest/guest-cpu.ts';
import type { GuestCpu } from '../answers/guest.ts';
import { seenInGuests } from '../answers/guest-evidence.ts';
import { askingWords, vmmsAsking } from '../answers/vmms.ts';
import { findArchFeature } from '../arch/arch-feature.ts';
import { ALL_LEVELS, type ArchLevelName } from '../arch/level.ts';
import { formatFeaturesLine } from '../formats/features-line.ts';
import { formatCause, formatCoreFits } from '../formats/inference-words.ts';
import { formatKvmBelow } from '../formats/kvm-below.ts';
import { isMaskedMidr, makerTitle } from '../silicon/core-row.ts';
import { parseMidr } from '../silicon/midr.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';
import { wrap } from './style.ts';

/** Apple's number in MIDR_EL1. */
const APPLE = 0x61;

function hiddenText(midr: bigint): string {
  const parts = parseMidr(midr);
  if (parts.implementer === 0) return ': implementer 0 is no maker but software, a hypervisor or an emulator';
  return isMaskedMidr(parts) ? ', so the hypervisor hides which core it is' : ': no core of this maker that is known has part 0';
}

/** Whether a core is told with its revision, or hidden whatever that is. */
function isWhole({ isPart, masked }: GuestCore): boolean {
  return !isPart || masked;
}

function coresText({ cores, cpuCount, maker }: GuestCpu): string {
  if (cores.length === 0) {
    const of = maker === undefined ? '' : `of ${makerTitle(maker)}`;
    if (cpuCount === undefined) return of === '' ? '' : `The CPUs are ${of}; which core was not captured.`;
    return `${cpuCount} ${cpuCount === 1 ? 'CPU is' : 'CPUs are'} listed${of === '' ? '' : `, ${of}`}; which core was not captured.`;
  }
  const whole = cores.filter(isWhole);
  const each = cores.map((core) => {
    const { name, count, midr, masked } = core;
    if (!isWhole(core)) return `${name}, of which the revision is not told`;
    const times = count === undefined ? '' : `${count} × `;
    return `${times}${name} (MIDR_EL1 0x${midr.toString(16).padStart(8, '0')}${masked ? hiddenText(midr) : ''})`;
  });
  const counted = whole.reduce((sum, { count = 0 }) => sum + count, 0);
  const isCounted = counted > 0 && counted >= (cpuCount ?? 0);
  const all = isCounted || cpuCount === undefined ? '' : cpuCount === 1 ? ' One CPU is listed.' : ` ${cpuCount} CPUs are listed.`;
  return `${each.join('; ')}.${all}`;
}

/** What a text says of architecture features by their own names. */
function byNameText({ archFeatures }: GuestCpu): string {
  const { present = [], absent = [] } = archFeatures ?? {};
  const there = present.length === 0 ? '' : `Said to be there: ${present.join(', ')}.`;
  const gone = absent.length === 0 ? '' : `Said not to be offered: ${absent.join(', ')}.`;
  return [there, gone].filter((text) => text !== '').join(' ');
}

function levelText({ lowestLevel, highestLevel, highestIfNew, missingForNext, release }: GuestCpu): string {
  if (lowestLevel === undefined) return '';
  const missing =
    missingForNext.length === 0
      ? ''
      : ` What rules out more: ${missingForNext.slice(0, 6).join(', ')}${missingForNext.length > 6 ? ', …' : ''}.`;
  if (release === undefined && highestIfNew !== undefined) {
    return highestIfNew === lowestLevel
      ? `Level: ${lowestLevel}, if the kernel is a new one; the release was not captured, and an old one does not print all that a CPU has.${missing}`
      : `Level: ${lowestLevel} to ${highestIfNew}, if the kernel is a new one.${missing}`;
  }
  return highestLevel === undefined || highestLevel === lowestLevel
    ? `Level: ${lowestLevel}, by the hwcaps.${missing}`
    : `Level: ${lowestLevel} to ${highestLevel}, by the hwcaps.${missing}`;
}

/** Where a level stands; Armv9 levels behind those of Armv8. */
function placeOf(level: ArchLevelName): number {
  return ALL_LEVELS.findIndex(({ name }) => name === level);
}

/** What is more than the first level asks for, by the level that brought it. */
function beyondText({ hwcaps }: GuestCpu): string {
  const [first] = ALL_LEVELS;
  const byLevel = new Map<ArchLevelName, string[]>();
  for (const hwcap of hwcaps) {
    const rules = archFeaturesToldBy(hwcap).map((name) => findArchFeature(name)!);
    const [rule] = rules.toSorted((a, b) => placeOf(a.introduced.level) - placeOf(b.introduced.level));
    if (rule === undefined || rule.introduced.level === first!.name) continue;
    byLevel.set(rule.introduced.level, [...(byLevel.get(rule.introduced.level) ?? []), `${hwcap} (${rule.name})`]);
  }
  const levels = [...byLevel].sort(([a], [b]) => placeOf(a) - placeOf(b)).map(([level, names]) => `of ${level} ${names.join(', ')}`);
  return levels.length === 0 ? '' : `Beyond ${first!.name}: ${levels.join('; ')}.`;
}

function namesOf(machines: GuestCpu['sameLine']): string {
  return machines.map(({ name }) => name).join(', ');
}

/** What known machines say of the line. Which machine this is they do not tell. */
function sameText({ sameLine, sameCore, hwcaps, cores }: GuestCpu): string {
  const named = cores.some(({ masked }) => !masked);
  const chips = sameLine.filter((machine) => machine.kind === 'silicon' && (!named || sameCore.includes(machine)));
  if (chips.length > 0 && named)
    return `The Features line is just what known machines with this core show (${namesOf(chips)}): no hwcap of theirs is hidden.`;
  const others = sameLine.filter(({ kind }) => kind !== 'reconstructed');
  if (!named && others.length > 0) {
    const hidden = chips.length > 0 ? ' If this is one of these chips, no hwcap is hidden.' : '';
    return `The same Features line was recorded on: ${namesOf(others)}.${hidden}`;
  }
  return hwcaps.length > 0 && sameCore.length > 0 ? `Known machines of this core: ${namesOf(sameCore)}.` : '';
}

function coresThatFit({ inference, cores }: GuestCpu): string {
  if (inference === undefined || cores.some(({ masked }) => !masked) || inference.cores.length === 0) return '';
  return `Known cores that print this line: ${formatCoreFits(inference.cores)}.`;
}

function notShownText({ notShown }: GuestCpu, vmm: string | undefined): string {
  if (notShown.length === 0) return '';
  const rows = notShown.map(({ feature, hwcaps, why, trait }) => {
    const asking = trait === undefined || vmm === undefined ? [] : vmmsAsking(trait, vmm).map(askingWords);
    return [`${feature} (${hwcaps.join(' ')}): ${why}`, ...asking].join(', ');
  });
  return `What hypervisors often hide, and is not shown; whether the chip has it is not known: ${rows.join('; ')}.`;
}

/** What guests on Apple's chips were seen not to have; of no other hypervisor's guests is it recorded. */
function evidenceText({ cores }: GuestCpu): string {
  if (!cores.some(({ midr, masked }) => masked && parseMidr(midr).implementer === APPLE)) return '';
  const rows = seenInGuests();
  const captures = Math.min(...rows.map(({ guests }) => guests.length));
  const told = rows.map(({ field, from, to }) => `${field.split('.')[1]} ${from} → ${to}`);
  return `What guests were seen not to have of an Apple M1 (seen in ${captures} captures; here it may be otherwise): ${told.join(', ')}.`;
}

/** Prints what a guest's CPUs are; `vmm` is the id of the likeliest hypervisor. */
export function cpuText(cpu: GuestCpu, io: Io, vmm?: string): string {
  const { release, hwcaps, inference } = cpu;
  const sentences = [
    coresText(cpu),
    release === undefined ? '' : `Kernel: ${release}.`,
    byNameText(cpu),
    levelText(cpu),
    beyondText(cpu),
    sameText(cpu),
    coresThatFit(cpu),
    ...(inference?.causes ?? []).map((cause) => `${formatCause(cause)}.`),
    notShownText(cpu, vmm),
    evidenceText(cpu),
    cpu.kvm === undefined ? '' : formatKvmBelow(cpu.kvm),
  ];
  const line = hwcaps.length === 0 ? '' : `${printable(formatFeaturesLine(hwcaps, { head: '   ', width: io.columns }))}\n`;
  return `${sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => `  - ${wrap(printable(sentence), io.columns, '    ').slice(4)}\n`)
    .join('')}${line}`;
}
