import type { Capture } from '../answers/capture.ts';
import { type CapturedLine, capturedLine, capturedMidrs } from '../answers/check-capture.ts';
import { timerOfBogoMips } from '../process/cpuinfo.ts';
import { parseMidr } from '../silicon/midr.ts';
import { LISTING_FORMATS } from './listing-readers.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { isSingle, type TextListing } from './text-listings.ts';

/** A listing that was read. */
export interface ReadListing {
  readonly listing: TextListing;
  readonly reader: Reader;
  readonly read: ReadCapture;
}

/** A machine that a text tells of. */
export interface ToldMachine {
  readonly listings: ReadListing[];
}

/** Which cores a capture names, by implementer and part. */
function coresOf(capture: Capture): ReadonlySet<string> {
  const midrs = [...capturedMidrs(capture), ...(capture.booted?.values() ?? []), ...(capture.midrs ?? [])];
  return new Set(
    midrs.map((midr) => {
      const { implementer, part } = parseMidr(midr);
      return `${implementer}:${part}`;
    }),
  );
}

/** Whether a listing is of a machine that is no Arm. */
export function isForeign({ read }: ReadListing): boolean {
  return read.diagnostics.some(({ code }) => code === 'not-arm');
}

function isSubset(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((one) => b.has(one));
}

function haveSameCores(a: Capture, b: Capture): boolean {
  const [one, other] = [coresOf(a), coresOf(b)];
  return isSubset(one, other) || isSubset(other, one);
}

/** Who made the cores may be all that is told. */
function haveSameMaker(a: Capture, b: Capture): boolean {
  const makers = [a, b].map((capture) =>
    capture.implementer === undefined
      ? new Set([...coresOf(capture)].map((core) => core.split(':')[0]!))
      : new Set([String(capture.implementer)]),
  );
  return makers[0]!.size === 0 || makers[1]!.size === 0 || [...makers[0]!].some((one) => makers[1]!.has(one));
}

function haveSameNames(a: Capture, b: Capture): boolean {
  const [one, other] = [capturedLine(a), capturedLine(b)];
  if (one === undefined || other === undefined) return true;
  const has = (some: CapturedLine, all: CapturedLine): boolean =>
    all.isPart === true || some.names.every((name) => all.names.includes(name));
  return has(one, other) && has(other, one);
}

/** Listings of which both have the row BogoMIPS of /proc/cpuinfo. */
const OF_CPUINFO: ReadonlySet<string> = new Set(['cpuinfo', 'lscpu']);

/** The frequencies of the timer that a listing tells. */
function timersOf({ cpuinfo = [], environment }: Capture): readonly number[] {
  const told = cpuinfo.flatMap(({ bogoMips }) => timerOfBogoMips(bogoMips ?? '0') ?? []);
  return environment?.timerHz === undefined ? told : [...told, environment.timerHz];
}

function haveSameTimer(a: ReadListing, b: ReadListing): boolean {
  if (!OF_CPUINFO.has(a.listing.format) || !OF_CPUINFO.has(b.listing.format)) return true;
  const [one, other] = [timersOf(a.read.value), new Set(timersOf(b.read.value))];
  return one.length === 0 || other.size === 0 || one.some((timer) => other.has(timer));
}

/** Whether a listing says nothing of any machine: a command's version, an error that it printed. */
function isEmpty({ read }: ReadListing): boolean {
  return Object.keys(read.value).length === 0;
}

/** Whether the first is /proc/version alone, as the log behind it has it, too. */
function isVersionOf(a: ReadListing, b: ReadListing): boolean {
  const [version, ...others] = a.read.value.messages?.rows ?? [];
  if (version?.text.startsWith('Linux version ') !== true || others.length > 0) return false;
  return b.read.value.messages?.rows.some(({ text }) => text === version.text) === true;
}

/** Whether two lines name the same kernel. */
function isSameKernel(a: ReadListing, b: ReadListing): boolean {
  if (isVersionOf(a, b) || isVersionOf(b, a)) return true;
  const release = a.read.value.kernel?.release;
  return a.listing.format === 'uname' && b.listing.format === 'uname' && release !== undefined && release === b.read.value.kernel?.release;
}

/** What Linux prints, which does not run beside another system but in it or instead of it. */
const OF_LINUX: ReadonlySet<string> = new Set([...OF_CPUINFO, 'auxv', 'kernel-log', 'features-line', 'uname']);

/** Whether macOS or a BSD tells it. */
const isElsewhere = ({ listing, read }: ReadListing): boolean => read.isElsewhere === true || listing.format === 'macos-sysctl';

/** Whether two listings may be of one machine at one time. */
function goTogether(a: ReadListing, b: ReadListing): boolean {
  if ([a, b].some(isElsewhere) && [a, b].some(({ listing }) => OF_LINUX.has(listing.format))) return false;
  if (a.listing.host !== undefined && b.listing.host !== undefined && a.listing.host !== b.listing.host) return false;
  if (isForeign(a) !== isForeign(b)) return false;
  if (isEmpty(a) || isEmpty(b)) return true;
  if (isSameKernel(a, b)) return true;
  // Of one form are two listings where the second begins with what the first has, too.
  if (a.listing.format === b.listing.format && a.listing.host === b.listing.host && a.listing.format !== 'ls') return false;
  if (isSingle(a.listing.format) && a.listing.format === b.listing.format) return false;
  const [one, other] = [a.read.value, b.read.value];
  const isMention = a.listing.format === 'features-line' || b.listing.format === 'features-line';
  return haveSameCores(one, other) && haveSameMaker(one, other) && haveSameTimer(a, b) && (!isMention || haveSameNames(one, other));
}

/** Whether a listing tells no architecture: devices, words of a hypervisor, a kernel's name; beside an x86 alone they are its own. */
function isSilent({ listing: { format }, read }: ReadListing): boolean {
  return LISTING_FORMATS.has(format) || (format === 'uname' && !/a(?:arch|rm)/.test(read.value.uname?.text ?? ''));
}

/** Whether the rows of the second go on right below those of the first: one tool prints both. */
function goesOn(first: ReadListing, second: ReadListing | undefined): boolean {
  const [end, start] = [first.listing.lines.at(-1), second?.listing.lines[0]];
  return end !== undefined && start !== undefined && start.number === end.number + 1 && start.text.trim() !== '' && end.text.trim() !== '';
}

/** Tells the machines of a text apart: each listing goes to the latest machine that it may be of, else it is of another one. */
export function toldMachines(listings: readonly ReadListing[]): readonly ToldMachine[] {
  if (listings.some(isForeign) && listings.every((one) => isForeign(one) || isSilent(one))) return [{ listings: [...listings] }];
  const machines: ToldMachine[] = [];
  /** The machine that was told of last comes first. */
  const order: ToldMachine[] = [];
  const above: ReadListing[] = [];
  for (const [i, one] of listings.entries()) {
    const next = listings[i + 1];
    // A kernel's name above the architecture is that machine's, wherever an Arm one stands.
    const isForeigns = next !== undefined && isForeign(next) && one.listing.format === 'uname' && isSilent(one) && goesOn(one, next);
    if (isForeigns) {
      above.push(one);
      continue;
    }
    const found = order.find((machine) => machine.listings.every((other) => goTogether(other, one)));
    const machine = found ?? { listings: [] };
    machine.listings.push(...above.splice(0), one);
    if (found === undefined) machines.push(machine);
    // A list of names in a sentence may be there to compare with: what follows is not of it.
    if (one.listing.format === 'features-line' && order.length > 0) {
      if (found === undefined) order.push(machine);
      continue;
    }
    if (order[0] !== machine) {
      if (found !== undefined) order.splice(order.indexOf(machine), 1);
      order.unshift(machine);
    }
  }
  // The first machine that is an Arm one is what the text is about, and Linux in a system rather than that system.
  const isAside = (one: ReadListing): boolean => isForeign(one) || isElsewhere(one);
  // A kernel's name alone, or a 32-bit program's view, tells nothing of what 64-bit programs see.
  const isBare = ({ listing: { format, host }, read }: ReadListing): boolean =>
    (format === 'uname' && host === undefined) || (read.value.cpuinfo32 ?? read.value.compat) !== undefined;
  const without = (is: (one: ReadListing) => boolean): readonly ToldMachine[] => machines.filter(({ listings: all }) => !all.some(is));
  const first = without(isAside).find(({ listings: all }) => !all.every(isBare)) ?? without(isAside)[0] ?? without(isForeign)[0];
  return first === undefined ? machines : [first, ...machines.filter((machine) => machine !== first)];
}
