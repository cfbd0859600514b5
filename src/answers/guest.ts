/**
 * What a virtual machine really is, from listings that were captured inside it: which hypervisor it runs on, how it boots, which of its
 * devices are virtio, emulated or shared, and what its CPUs show.
 *
 * Each kind of finding has a file in `guest/`. A finding keeps its evidence, file and line; what was not read but follows says so. Which
 * texts speak for which hypervisor is data (spec-data/guest/), and so is what an add-on is for.
 *
 * @module
 */
import { given } from '../given.ts';
import type { Capture } from './capture.ts';
import { type AddOn, addOnsOf } from './guest/add-ons.ts';
import { breakpointFindings } from './guest/breakpoints.ts';
import { cluesOf } from './guest/clues.ts';
import { type GuestDevice, guestDevices } from './guest/devices.ts';
import type { Finding } from './guest/finding.ts';
import { firmwareFindings } from './guest/firmware.ts';
import { type GuestCpu, guestCpu, SOFTWARE_IMPLEMENTER } from './guest/guest-cpu.ts';
import { guessHypervisors, type HypervisorGuess } from './guest/hypervisor-guess.ts';
import { withLogDevices } from './guest/log-devices.ts';
import { type MissingListing, missingListings } from './guest/missing.ts';
import { type GuestNetwork, guestNetworks } from './guest/network.ts';
import { platformFindings } from './guest/platform.ts';
import { type GuestDisk, guestDisks } from './guest/storage.ts';
import { virtualisationFindings } from './guest/virtualisation.ts';

export type { AddOn } from './guest/add-ons.ts';
export type { DeviceNature, GuestDevice } from './guest/devices.ts';
export type { Finding, FindingTopic } from './guest/finding.ts';
export type { GuestCpu } from './guest/guest-cpu.ts';
export type { HypervisorGuess } from './guest/hypervisor-guess.ts';
export type { Evidence } from './guest/listings.ts';
export type { MissingListing } from './guest/missing.ts';
export type { GuestNetwork } from './guest/network.ts';
export type { GuestDisk } from './guest/storage.ts';

/** What the machine is, in one sentence and in parts. */
export interface GuestVerdict {
  /** Such as `A Parallels Desktop guest on Apple silicon`. */
  readonly text: string;
  /** `guest`, or `host`: nothing shows a hypervisor and the kernel has EL2; or `unknown`. */
  readonly kind: 'guest' | 'host' | 'unknown';
  /** The likeliest hypervisor's id. */
  readonly hypervisor?: string;
  readonly likelihood?: HypervisorGuess['likelihood'];
  /** Where it runs, as far as it can be told. */
  readonly host?: string;
}

/** What a capture tells of a guest. */
export interface GuestReport {
  readonly verdict: GuestVerdict;
  /** The likeliest first; empty if nothing speaks for any. */
  readonly hypervisors: readonly HypervisorGuess[];
  /** Firmware, virtualisation, platform and debug registers. */
  readonly findings: readonly Finding[];
  readonly devices: readonly GuestDevice[];
  readonly disks: readonly GuestDisk[];
  readonly networks: readonly GuestNetwork[];
  readonly addOns: readonly AddOn[];
  readonly cpu: GuestCpu;
  /** What was not captured and would tell more. */
  readonly missing: readonly MissingListing[];
}

const APPLE = 0x61;

/** Where a guest runs: by the CPUs, else by what its hypervisor is bound to. */
function hostOf(guess: HypervisorGuess | undefined, { cores, maker }: GuestCpu, findings: readonly Finding[]): string | undefined {
  if (findings.some(({ id }) => id === 'emulated-cpu' || id === 'emulated-core')) return 'software emulation';
  if (maker === APPLE || cores.some(({ midr }) => midr >> 24n === BigInt(APPLE))) return 'Apple silicon';
  if (guess?.hypervisor.host !== undefined && guess.likelihood === 'almost certain') return guess.hypervisor.host;
  const names = [...new Set(cores.flatMap(({ masked, name }) => (masked ? [] : [name])))];
  return names.length === 0 ? undefined : names.join(' and ');
}

function withArticle(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'An' : 'A'} ${name}`;
}

/** The likeliest one, unless another is as likely. */
function leading([first, second]: readonly HypervisorGuess[]): HypervisorGuess | undefined {
  return first !== undefined && second !== undefined && second.score === first.score ? undefined : first;
}

/** How many hypervisors are named of those that are as likely. */
const NAMED = 6;

function tiedText(guesses: readonly HypervisorGuess[], on: string): string {
  const names = guesses
    .filter(({ score }) => score === guesses[0]!.score)
    .map(({ hypervisor }) => hypervisor.name.replace(/ \(.*\)$/, ''))
    .slice(0, NAMED);
  return `A guest${on}; which hypervisor is not told: ${names.join(', ')} are as likely`;
}

function verdictOf(guesses: readonly HypervisorGuess[], cpu: GuestCpu, findings: readonly Finding[], virtio: boolean): GuestVerdict {
  const guess = leading(guesses);
  const host = hostOf(guess, cpu, findings);
  const on = host === undefined ? '' : host === 'software emulation' ? ' under software emulation' : ` on ${host}`;
  const told = given({ host });
  const value = (id: string): Finding['value'] | undefined => findings.find((finding) => finding.id === id)?.value;
  if (guess !== undefined) {
    const { hypervisor, likelihood } = guess;
    const name = hypervisor.name.replace(/ \(.*\)$/, '');
    return { text: `${withArticle(name)} guest${on}`, kind: 'guest', hypervisor: hypervisor.id, likelihood, ...told };
  }
  if (guesses.length > 0) return { text: tiedText(guesses, on), kind: 'guest', ...told };
  if (cpu.cores.some(({ midr, masked }) => masked && midr >> 24n === BigInt(SOFTWARE_IMPLEMENTER)))
    return { text: 'A guest, or an emulated machine: its CPU names software as its maker; which is not told', kind: 'guest', ...told };
  if (virtio) return { text: `A guest${on}; nothing names its hypervisor`, kind: 'guest', ...told };
  if (value('emulated-cpu') === true) return { text: 'A machine under software emulation, most likely QEMU’s', kind: 'unknown', ...told };
  if (value('emulated-core') === true)
    return { text: 'Under software emulation, most likely QEMU’s: of a whole machine, or of one program', kind: 'unknown', ...told };
  if (value('stolen-time') === true)
    return {
      text: `A hypervisor is below${on === '' ? '' : `, ${on.slice(1)}`}: it offers paravirtual stolen time`,
      kind: 'unknown',
      ...told,
    };
  if (value('nested-kvm') === true || value('boot-el') === 2) {
    return { text: `No guest, as it seems${on === '' ? '' : `: Linux${on}`}, with EL2 its own`, kind: 'host', ...told };
  }
  if (value('virtio-drivers') === true)
    return {
      text: `A guest${on}, most likely: drivers of virtio devices are loaded; nothing names its hypervisor`,
      kind: 'unknown',
      ...told,
    };
  if (value('boot-el') === 1)
    return { text: `A guest${on}, or a machine whose firmware keeps EL2; nothing names a hypervisor`, kind: 'unknown', ...told };
  const isSeveral = new Set(cpu.cores.map(({ midr }) => midr)).size > 1 || (cpu.cores.length === 0 && cpu.cpuCount !== 1);
  const cores = host === undefined ? '' : `; the ${isSeveral ? 'CPUs are' : 'CPU is'} ${host}`;
  return { text: `Nothing shows a hypervisor${cores}`, kind: 'unknown', ...told };
}

/** The verdict on a text of a machine that is no Arm; `undefined` if it has an Arm CPU, too. */
function foreignVerdict({ foreign }: Capture, { cores, hwcaps }: GuestCpu): GuestVerdict | undefined {
  if (foreign === undefined || cores.length > 0 || hwcaps.length > 0) return undefined;
  return { text: `The machine is ${foreign.text}, not Arm; whether it is a guest is not judged`, kind: 'unknown' };
}

function withoutKvm({ kvm: _, ...cpu }: GuestCpu): GuestCpu {
  return cpu;
}

/** Whether KVM may be below: it is ruled out where a hypervisor that does not use it leads. */
function isOverKvm(guesses: readonly HypervisorGuess[]): boolean {
  return leading(guesses)?.hypervisor.kvm === true || guesses.length === 0 || leading(guesses) === undefined;
}

/**
 * Tells what a guest is from what was captured in it.
 *
 * @example
 * ```js
 * (await explainGuest({})).verdict.kind // → 'unknown'
 * ```
 */
export async function explainGuest(captured: Capture): Promise<GuestReport> {
  const capture = withLogDevices(captured);
  const cpu = await guestCpu(capture);
  const addOns = addOnsOf(capture);
  const foreign = foreignVerdict(capture, cpu);
  const clues = foreign === undefined ? cluesOf(capture) : [];
  const hypervisors = foreign === undefined ? guessHypervisors(clues, addOns) : [];
  const devices = guestDevices(capture);
  const findings = [
    ...firmwareFindings(capture),
    ...virtualisationFindings(capture),
    ...platformFindings(capture, clues),
    ...breakpointFindings(capture, [...cpu.sameCore, ...cpu.sameLine]),
  ];
  const virtio = devices.some(({ nature }) => nature === 'virtio');
  return {
    verdict: foreign ?? verdictOf(hypervisors, cpu, findings, virtio),
    hypervisors,
    findings,
    devices,
    disks: guestDisks(capture),
    networks: guestNetworks(capture),
    addOns,
    cpu: isOverKvm(hypervisors) ? cpu : withoutKvm(cpu),
    missing: missingListings(captured),
  };
}
