import { seenIn } from '../../src/linux/log/journal.ts';
import type { LogEvent } from '../../src/linux/log/log-event.ts';
import type { System } from '../../src/linux/system.ts';
import type { Truth } from '../../src/logic/truth.ts';
import type { Seen } from '../../src/silicon/seen.ts';

/** What is certainly there, and what may be. */
type Said = readonly [certain: readonly (string | number)[], open: readonly (string | number)[] | undefined];

/** What a system says of each thing of a list: it is there, it is not, or that is not known. */
function said([certain, open = []]: Said): (name: string | number) => Truth {
  const [yes, maybe] = [new Set(certain), new Set(open)];
  return (name) => (yes.has(name) ? true : maybe.has(name) ? undefined : false);
}

const LISTS: Readonly<Record<string, (system: System) => Said>> = {
  hwcap: ({ hwcaps, unknown }: System) => [hwcaps.names, unknown?.hwcaps],
  'AArch32 hwcap': ({ compat, unknown }: System) => [compat.names, unknown?.compat],
  cpucap: ({ cpucaps, unknown }: System) => [cpucaps, unknown?.cpucaps],
  CPU: ({ online, unknown }: System) => [online, unknown?.online],
  'trap of CTR_EL0 on CPU': ({ cpus, unknown }: System) => [
    cpus.filter(({ trapsCtr }) => trapsCtr).map(({ index }) => index),
    unknown?.trapsCtr,
  ],
};

function registersTakenBack(less: System, more: System): readonly string[] {
  return [...more.registers.values()].flatMap(({ name, value, userMask, userValue }) => {
    const before = less.registers.get(name)!;
    const [open, now] = [less, more].map(({ unknown }) => unknown?.registers?.get(name) ?? { value: 0n, user: 0n });
    const [seen, saw] = [userValue | (value & userMask), before.userValue | (before.value & before.userMask)];
    const faults: string[] = [];
    if (((value ^ before.value) | now!.value) & ~open!.value) faults.push(name);
    if (((seen ^ saw) | now!.user) & ~open!.user) faults.push(`${name} at EL0`);
    return faults;
  });
}

/** A line as its text tells it: on which CPU a capability was found it does not. */
function asText({ cpu, ...event }: LogEvent): LogEvent {
  return { ...event, ...(event.code === 'detected' || cpu === undefined ? {} : { cpu }) };
}

/**
 * The certain claims about a machine that one who knows more of it does not make, or makes otherwise. Nothing is compared where the
 * kernel stops, but that it may.
 */
export function takenBack(less: System, more: System): readonly string[] {
  if (more.panic !== null) return less.panic !== null || less.unknown?.panic ? [] : ['that the kernel does not stop'];
  if (less.panic !== null) return ['that the kernel stops'];
  const faults: string[] = more.unknown?.panic && !less.unknown?.panic ? ['that the kernel does not stop'] : [];
  for (const [kind, pick] of Object.entries(LISTS)) {
    const [before, now] = [said(pick(less)), said(pick(more))];
    for (const name of new Set([less, more].flatMap((system) => pick(system).flatMap((list) => [...(list ?? [])])))) {
      if (before(name) !== undefined && before(name) !== now(name)) faults.push(`${kind} ${name}`);
    }
  }
  if (!less.unknown?.tainted && (less.tainted !== more.tainted || more.unknown?.tainted)) faults.push('taint');
  const printed = seenIn(more.log.map(asText));
  for (const event of less.log) if (!printed(event)) faults.push(`line ${event.code}`);
  const reports = less.log.flatMap((event) => (event.code === 'detected' ? [event.description] : []));
  for (const description of new Set(reports)) {
    const times = (system: System): number =>
      system.log.filter((event) => event.code === 'detected' && event.description === description).length;
    if (times(less) > times(more)) faults.push(`line ${description}, ${times(less)} times`);
  }
  // What a line would report is not denied, either.
  const told = new Set([...less.log, ...(less.unknown?.log ?? [])].map((event) => event.code === 'detected' && event.description));
  for (const event of more.log) {
    if (event.code === 'detected' && !told.has(event.description)) faults.push(`no line ${event.description}`);
  }
  return [...faults, ...registersTakenBack(less, more)];
}

/** What somebody saw who holds all texts of a boot. A kernel that stops prints no line of features, nor the rest of its log. */
export function textsOf({ release, hwcaps, online, log, tainted, panic }: System): Seen {
  const detected = log.flatMap((event: LogEvent) => (event.code === 'detected' || event.code === 'detected-on' ? [event.description] : []));
  const lines = log.map(asText);
  if (panic !== null) return { release, online, mayBeMore: true, detected, lines };
  return { release, hwcaps: hwcaps.names, online, detected, isWholeLog: true, lines, varies: tainted };
}
