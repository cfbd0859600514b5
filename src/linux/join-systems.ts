import { joinWords, type PartialWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { keyOf } from './log/journal.ts';
import type { LogEvent } from './log/log-event.ts';
import type { BootedCpu, HwcapSet, OpenRegister, SanitisedRegister, System, Unknown } from './system.ts';

/** The parts of several lists: what all have, and what only some have or may have. */
interface Shared<T> {
  readonly certain: readonly T[];
  readonly open: readonly T[];
}

/** Takes lists together; `open` are things of which a list's own system does not know. */
function shared<T>(lists: readonly (readonly T[])[], open: readonly (readonly T[])[]): Shared<T> {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  const certain = [...first].filter((one) => others.every((other) => other.has(one)));
  const all = new Set([...lists.flat(), ...open.flat()]);
  for (const one of certain) all.delete(one);
  return { certain, open: [...all] };
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function hwcaps(sets: readonly HwcapSet[], names: readonly string[]): HwcapSet {
  const [first, ...others] = sets as [HwcapSet, ...HwcapSet[]];
  return { words: first.words.map((word, i) => others.reduce((both, { words }) => both & (words[i] ?? 0n), word)), names };
}

/** What EL0 sees of a register. */
function seenByUser({ value, userMask, userValue }: SanitisedRegister): bigint {
  return userValue | (value & userMask);
}

const ABSENT = { value: 0n, userMask: 0n, userValue: 0n };

/** The registers of several systems, and the bits in which they differ or that one does not know. */
function registersOf(systems: readonly System[]): {
  readonly registers: ReadonlyMap<SystemRegisterName, SanitisedRegister>;
  readonly open: ReadonlyMap<SystemRegisterName, OpenRegister>;
} {
  const registers = new Map(systems.flatMap((system) => [...system.registers]).reverse());
  const open = new Map<SystemRegisterName, OpenRegister>();
  for (const [name, register] of registers) {
    const words = systems.map(({ registers: kept, unknown }): PartialWord => {
      const known = unknown?.registers?.get(name);
      return { value: kept.get(name)?.value ?? 0n, open: known?.value ?? 0n, ...given({ sets: known?.sets }) };
    });
    const { open: value, sets } = words.reduce(joinWords);
    let user = 0n;
    for (const system of systems) {
      const other = system.registers.get(name) ?? { name, ...ABSENT };
      user |= (seenByUser(register) ^ seenByUser(other)) | (system.unknown?.registers?.get(name)?.user ?? 0n);
    }
    if (value !== 0n || user !== 0n) open.set(name, { value, user, ...given({ sets }) });
    if (value !== 0n) registers.set(name, { ...register, value: register.value & ~value });
  }
  return { registers, open };
}

function cpusOf(systems: readonly System[], online: ReadonlySet<number>): readonly BootedCpu[] {
  return systems[0]!.cpus.map(({ refused, ...cpu }, i) => ({
    ...cpu,
    online: online.has(cpu.index),
    ...given({ refused: systems.every(({ cpus }) => cpus[i]!.refused !== undefined) ? refused : undefined }),
    trapsCtr: systems.every(({ cpus }) => cpus[i]!.trapsCtr),
  }));
}

/** The CPUs whose reads of CTR_EL0 trap on some systems only. */
function openTraps(systems: readonly System[]): readonly number[] {
  return systems[0]!.cpus
    .filter((_, i) => new Set(systems.map(({ cpus }) => cpus[i]!.trapsCtr)).size > 1)
    .map(({ index }) => index)
    .concat(systems.flatMap(({ unknown }) => unknown?.trapsCtr ?? []));
}

function logOf(systems: readonly System[]): Shared<LogEvent> {
  const byKey = (events: readonly LogEvent[]): Map<string, LogEvent> => new Map(events.map((event) => [keyOf(event), event]));
  const printed = systems.map(({ log }) => byKey(log));
  const others = systems.map(({ unknown }) => byKey(unknown?.log ?? []));
  const keys = shared(
    printed.map((events) => [...events.keys()]),
    others.map((events) => [...events.keys()]),
  );
  const events = new Map([...printed, ...others].flatMap((lines) => [...lines]));
  const isCertain = new Set(keys.certain);
  return { certain: systems[0]!.log.filter((event) => isCertain.has(keyOf(event))), open: keys.open.map((key) => events.get(key)!) };
}

/** Whether a system does not contradict what was seen. */
export function isConsistent({ diagnostics }: System): boolean {
  return !diagnostics.some(({ code }) => code === 'contradiction');
}

/** Those systems that do not contradict what was seen, if there are any. */
function consistent(systems: readonly System[]): readonly System[] {
  const kept = systems.filter(isConsistent);
  return kept.length === 0 ? systems : kept;
}

/**
 * What is certain if one of several systems came about, and what is open: that in which they differ. If some of them stop and others do
 * not, all else is what follows if the system does not stop.
 */
export function joinSystems(all: readonly System[]): System {
  const possible = consistent(all);
  const running = possible.filter(({ panic }) => panic === null);
  const systems = running.length === 0 ? possible : running;
  const [first] = systems as [System];
  if (systems.length === 1 && possible.length === 1) return first;
  const lists = (pick: (system: System) => readonly string[], open: (unknown: Unknown) => readonly string[] | undefined): Shared<string> =>
    shared(
      systems.map(pick),
      systems.map(({ unknown }) => open(unknown ?? {}) ?? []),
    );
  const native = lists(
    (system) => system.hwcaps.names,
    ({ hwcaps: names }) => names,
  );
  const compat = lists(
    (system) => system.compat.names,
    ({ compat: names }) => names,
  );
  const cpucaps = lists(
    (system) => system.cpucaps,
    ({ cpucaps: names }) => names,
  );
  const online = shared(
    systems.map((system) => system.online),
    systems.map(({ unknown }) => unknown?.online ?? []),
  );
  const { registers, open } = registersOf(systems);
  const log = logOf(systems);
  const froms = systems.map(({ mrsEmulatedFrom = 8 }) => mrsEmulatedFrom);
  const from = Math.min(...froms);
  const trapped = systems.reduce((bits, system) => bits | (system.trappedCtr ^ first.trappedCtr) | (system.unknown?.trappedCtr ?? 0n), 0n);
  const tainted = systems.every((system) => system.tainted);
  const unknown: Unknown = given({
    hwcaps: some(native.open),
    compat: some(compat.open),
    cpucaps: some(cpucaps.open),
    online: some(online.open),
    panic: running.length > 0 && possible.some((system) => system.panic !== null || system.unknown?.panic) ? true : undefined,
    tainted: !tainted && systems.some((system) => system.tainted || system.unknown?.tainted) ? true : undefined,
    registers: open.size === 0 ? undefined : open,
    mrsEmulatedFrom: Math.max(...froms) > from ? Math.max(...froms) : undefined,
    trapsCtr: some([...new Set(openTraps(systems))]),
    trappedCtr: trapped === 0n ? undefined : trapped,
    hardware: first.unknown?.hardware,
    log: some(log.open),
  });
  const { mrsEmulatedFrom: _, unknown: __, ...rest } = first;
  return {
    ...rest,
    hwcaps: hwcaps(
      systems.map((system) => system.hwcaps),
      native.certain,
    ),
    compat: hwcaps(
      systems.map((system) => system.compat),
      compat.certain,
    ),
    cpus: cpusOf(systems, new Set(online.certain)),
    online: online.certain,
    registers,
    ...(from === 8 ? {} : { mrsEmulatedFrom: from }),
    trappedCtr: first.trappedCtr & ~trapped,
    cpucaps: cpucaps.certain,
    log: log.certain,
    tainted,
    panic: running.length === 0 ? first.panic : null,
    ...(Object.keys(unknown).length === 0 ? {} : { unknown }),
  };
}
