/**
 * Where a guest can move.
 *
 * To move, a guest's registers are read on one host and written to a fresh vCPU on the other. So it can move if the other lists them all
 * and takes each value as it is. Where hosts differ, they may still have a guest in common: one that is started with less, as each of them
 * lets user space write it. What stands in the way of that is named, with the least that would have to change.
 *
 * @module
 */
import { given } from '../given.ts';
import { type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { boot } from '../linux/boot.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { bootHost, type KvmGuest, makesVcpu, makeVcpu, onHost, refusalOf, type VcpuRefusal } from '../linux/kvm/guest-under-kvm.ts';
import type { KvmHost } from '../linux/kvm/kvm-host.ts';
import { guestMachine } from '../linux/kvm/kvm-layers.ts';
import { isSystemRegister } from '../linux/kvm/register-list.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS, type Vcpu } from '../linux/kvm/vcpu.ts';
import { isOlder, mainlineAfter } from '../linux/release/known-trees.ts';
import type { Machine } from '../silicon/machine.ts';
import { type CommonGuest, commonGuest } from './migrate/common-guest.ts';
import { type MoveFault, moveFaults, openRegisters, withRegisters } from './migrate/move.ts';

export type { CommonGuest, Conflict } from './migrate/common-guest.ts';
export type { MoveFault } from './migrate/move.ts';

/** A host as a person names it. */
export interface MigrationHost {
  readonly name: string;
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly environment?: Environment;
}

/** Whether a guest that was started on one host can go to another as it is. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** Why the target cannot even make such a vCPU. */
  readonly refusal?: VcpuRefusal;
  readonly faults: readonly MoveFault[];
  /**
   * What is not known of one of the hosts: registers, and `the vCPU` where it is not known whether the target makes it. Without a fault it is
   * then not known whether the guest can go. Absent: nothing.
   */
  readonly open?: readonly string[];
}

/** What would have to change so that the hosts have a guest in common. */
export interface Remedy {
  /** The hosts that need a newer kernel. */
  readonly upgrades: readonly { readonly name: string; readonly release: string }[];
  /** Whether the VM must have KVM_CAP_ARM_WRITABLE_IMP_ID_REGS. */
  readonly writableImpId: boolean;
  /** What the vCPU must be made without, of what hosts can give. */
  readonly without: readonly string[];
}

/** Where guests of some hosts can move. */
export interface Migration {
  readonly hosts: readonly MigrationHost[];
  /** The vCPU that each host makes by itself, in their order. */
  readonly own: readonly KvmGuest[];
  /** Every move from one host to another, as guests are. */
  readonly moves: readonly Move[];
  /** The vCPU that all can make; absent if there is none. */
  readonly vcpu?: Vcpu;
  /** What the vCPU lacks of what was asked for, or of what some host has. */
  readonly dropped: readonly string[];
  readonly common?: CommonGuest;
  /** The moves that the common guest cannot make all the same: by its register list, or since it reads otherwise there. */
  readonly left: readonly Move[];
  /** The writes that make the guest of each host the common one. */
  readonly layer?: GuestLayer;
  /** hwcaps that each host's own guest has and the common one does not, with the guest's kernel. */
  readonly lost: readonly (readonly string[])[];
  /** The least change that lets them have a guest in common; absent if they have one, or none was found. */
  readonly remedy?: Remedy;
}

/** What hypervisors turn on by themselves where a host has it. */
const USUAL = ['sve', 'pauth', 'pmu'] as const;

function vcpuWith(words: readonly string[], base: Vcpu): Vcpu {
  return mergeVcpus(PLAIN_VCPU, base, ...words.map((word) => VCPU_OPTIONS[word]!));
}

function subsets(words: readonly string[]): readonly (readonly string[])[] {
  const all = Array.from({ length: 2 ** words.length }, (_, bits) => words.filter((_word, i) => (bits >> i) & 1));
  return all.sort((a, b) => b.length - a.length);
}

/** The richest choice of words with which all hosts make a vCPU for certain. */
function richest(hosts: readonly KvmHost[], words: readonly string[], base: Vcpu): readonly string[] | undefined {
  return subsets(words).find((chosen) => hosts.every((host) => makesVcpu(host, onHost(vcpuWith(chosen, base), host)) === true));
}

/** A vCPU that all hosts make, and what they have in common with it. */
interface Plan {
  readonly chosen: readonly string[];
  readonly vcpu: Vcpu;
  readonly guests: readonly KvmGuest[];
  readonly common: CommonGuest;
}

/** The interrupt controllers that a common guest may have: the hosts' own if it is one, else any that all can give. */
function controllers(hosts: readonly KvmHost[]): readonly Vcpu[] {
  const [first, ...others] = new Set(hosts.map((host) => onHost({}, host).gic));
  return others.length === 0 ? [given({ gic: first })] : [{ gic: 'v3' }, { gic: 'v2' }];
}

/**
 * The richest vCPU of which all hosts can give the same guest: with less where no value of a register is taken by all, and on a VM on which
 * MIDR_EL1 can be written where nothing else does. If there is none, the richest that all make.
 */
function planFor(hosts: readonly KvmHost[], words: readonly string[], base: Vcpu, capabilities: readonly boolean[]): Plan | undefined {
  let first: Plan | undefined;
  for (const chosen of subsets(words)) {
    for (const writableImpId of capabilities) {
      for (const controller of controllers(hosts)) {
        const vcpu = { ...vcpuWith(chosen, base), ...controller, ...(writableImpId ? { writableImpId } : {}) };
        if (hosts.some((host) => makesVcpu(host, vcpu) !== true)) continue;
        const guests = hosts.map((host) => makeVcpu(host, vcpu));
        const plan = { chosen, vcpu, guests, common: commonGuest(guests) };
        if (plan.common.conflicts.length === 0) return plan;
        first ??= plan;
      }
    }
  }
  return first;
}

function hostOf({ machine, kernel, environment }: MigrationHost): KvmHost {
  return bootHost(machine, kernel, environment ?? {});
}

function movesBetween(hosts: readonly MigrationHost[], own: readonly KvmGuest[]): readonly Move[] {
  return own.flatMap((from, i) =>
    own.flatMap((to, j): readonly Move[] => {
      if (i === j) return [];
      const [name, target] = [hosts[i]!.name, hosts[j]!.name];
      const refusal = refusalOf(to.host, from.vcpu);
      if (refusal !== undefined) return [{ from: name, to: target, faults: [], refusal }];
      const there = makeVcpu(to.host, from.vcpu);
      const open = [...(makesVcpu(to.host, from.vcpu) === undefined ? ['the vCPU'] : []), ...openRegisters([from, there])];
      return [{ from: name, to: target, faults: moveFaults(from, there), ...(open.length === 0 ? {} : { open }) }];
    }),
  );
}

/** A guest as it is when user space wrote what is common to all. */
function asCommon(guest: KvmGuest, { registers, sveVl }: CommonGuest): KvmGuest {
  return { ...withRegisters(guest, new Map([...guest.registers, ...registers])), ...given({ sveVl }) };
}

/** The bits that any host must be told, with their values. */
function layerFor(guests: readonly KvmGuest[], { registers }: CommonGuest): GuestLayer {
  const changes = [...registers].flatMap(([register, value]) => {
    const mask = guests.reduce((bits, guest) => bits | (guest.registers.get(register)! ^ value), 0n);
    return mask === 0n || !isSystemRegister(register) ? [] : [guestChange(register, mask, value)];
  });
  return { name: 'the common guest', kind: 'template', changes };
}

function hwcapsOf(guest: KvmGuest, kernel: Kernel): readonly string[] {
  return boot(guestMachine(guest), kernel, { bootEl: 1 }).hwcaps.names;
}

/** The least change of kernels, capabilities and the vCPU with which the hosts have a guest in common. */
function remedyFor(hosts: readonly MigrationHost[], words: readonly string[], base: Vcpu): Remedy | undefined {
  const releases = hosts.map(({ kernel }) => kernel.release);
  const oldest = releases.reduce((old, release) => (isOlder(release, old) ? release : old));
  for (const release of mainlineAfter(oldest)) {
    const raised = hosts.map((host): MigrationHost => {
      return isOlder(host.kernel.release, release) ? { ...host, kernel: { ...host.kernel, release, config: 'defconfig' } } : host;
    });
    const plan = planFor(raised.map(hostOf), words, base, [false, true]);
    if (plan === undefined || plan.common.conflicts.length > 0) continue;
    const upgrades = raised.flatMap(({ name, kernel }, i) => (kernel === hosts[i]!.kernel ? [] : [{ name, release: kernel.release }]));
    const without = words.filter((word) => !plan.chosen.includes(word));
    return { upgrades, writableImpId: plan.vcpu.writableImpId === true, without };
  }
  return undefined;
}

/**
 * Where guests of hosts can move, and the widest guest that all of them can give.
 *
 * @param asked - What the vCPU is to be made with, by the names of `--vcpu`. Default: what hypervisors turn on where a host has it.
 * @param kernel - The guest's kernel, by which losses are told.
 * @throws {ArmlensError} as `boot` does.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('ampere-altra');
 * const hosts = ['a', 'b'].map((name) => ({ name, machine, kernel: { release: '6.12' }, environment: { bootEl: 2 } }));
 * migrate(hosts, { release: '6.12' }).moves.every(({ faults }) => faults.length === 0) // → true
 * ```
 */
export function migrate(hosts: readonly MigrationHost[], kernel: Kernel, asked?: readonly string[]): Migration {
  const words: readonly string[] = asked ?? USUAL;
  const base: Vcpu = PLAIN_VCPU;
  const made = hosts.map(hostOf);
  const own = made.map((host) => makeVcpu(host, onHost(vcpuWith(richest([host], words, base) ?? [], base), host)));
  const moves = movesBetween(hosts, own);
  const plan = planFor(made, words, base, [false, true]);
  const head = { hosts, own, moves };
  if (plan === undefined) return { ...head, dropped: words, left: [], lost: [] };
  const { vcpu, guests, common, chosen } = plan;
  const dropped = words.filter(
    (word) => !chosen.includes(word) && (asked !== undefined || made.some((host) => richest([host], words, base)?.includes(word))),
  );
  const layer = layerFor(guests, common);
  const alike = guests.map((guest) => asCommon(guest, common));
  const lost = own.map((guest, i) => {
    const left = new Set(hwcapsOf(alike[i]!, kernel));
    return hwcapsOf(guest, kernel).filter((name) => !left.has(name));
  });
  const left = common.conflicts.length > 0 ? [] : movesBetween(hosts, alike).filter(({ faults }) => faults.length > 0);
  const remedy = common.conflicts.length === 0 ? undefined : remedyFor(hosts, words, base);
  return { ...head, vcpu, dropped, common, left, layer, lost, ...given({ remedy }) };
}
