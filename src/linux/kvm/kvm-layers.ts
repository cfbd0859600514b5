import { knownWord, spliceWord } from '../../bits/partial-word.ts';
import { applyGuestLayers, type GuestChange, type GuestLayer, guestChange } from '../../hypervisor/guest-layer.ts';
import { type Cpu, type Machine, registerWord, withRegisterWord } from '../../silicon/machine.ts';
import type { System } from '../system.ts';
import { type KvmGuest, makeVcpu, onHost, type Refusal, refusalOf } from './guest-under-kvm.ts';
import { KvmHost, type KvmHostOptions } from './kvm-host.ts';
import { guestReads, openReads } from './reads.ts';
import { isSystemRegister } from './register-list.ts';
import { PLAIN_VCPU, type Vcpu } from './vcpu.ts';

/** What brings a field through a limit: what the vCPU must be made with. */
const WANTED: Readonly<Record<string, string>> = {
  sve: '--vcpu sve',
  pauth: '--vcpu pauth',
  pmu: '--vcpu pmu',
  mte: '--vcpu mte',
};

/** The trait of the vCPU whose absence makes a limit apply; `undefined` if it is not that. */
export function missingTrait(when: unknown): string | undefined {
  const found = /\{"not":\{"vcpu":"([a-z0-9]+)"\}\}/.exec(JSON.stringify(when ?? null));
  return found?.[1];
}

/** What brings a field through a limit, as words behind its name; nothing where no vCPU feature does. */
function wanted(host: KvmHost, row: string): string {
  const trait = missingTrait(host.model.limits.find(({ name }) => name === row)?.when);
  const option = trait === undefined ? undefined : WANTED[trait];
  return option === undefined ? '' : ` (${option} brings it)`;
}

function changeOf(register: string, before: bigint, after: bigint): readonly GuestChange[] {
  if (before === after || !isSystemRegister(register)) return [];
  return [guestChange(register, before ^ after, after)];
}

/** The layers that KVM lays over its host's hardware, for a vCPU: what the host's kernel shows of it, each limit, and the first run. */
export function kvmLayers(guest: KvmGuest): readonly GuestLayer[] {
  const { host, notes, limits, registers } = guest;
  const by = `KVM of Linux ${host.model.release.text}`;
  const layers: GuestLayer[] = [hostLayer(guest, `Linux ${host.model.release.text} of the host`)];
  for (const row of new Set(notes.map((note) => note.row))) {
    const changes = notes.filter((note) => note.row === row).flatMap(({ register, before, after }) => changeOf(register, before, after));
    layers.push({ name: `${by}, ${row}${wanted(host, row)}`, kind: 'kvm', changes });
  }
  const written = [...registers].flatMap(([name, value]) => changeOf(name, limits.get(name) ?? 0n, value));
  layers.push({ name: 'what user space wrote', kind: 'kvm', changes: written });
  const changes = [...guestReads(guest)].flatMap(([name, value]) => {
    const stored = registers.get(name) ?? host.hardware(name);
    return typeof value === 'bigint' ? changeOf(name, stored, value) : [];
  });
  layers.push({ name: `${by}, at the first run`, kind: 'kvm', changes });
  return layers.filter((layer) => layer.changes.length > 0);
}

/** What the host's kernel holds for all its CPUs: what no CPU differs in, what it tracks, what its command line leaves. */
function hostLayer(guest: KvmGuest, name: string): GuestLayer {
  const { limits, notes } = guest;
  const before = new Map(limits);
  for (const note of [...notes].reverse()) before.set(note.register, note.before);
  const changes = [...before].flatMap(([register, value]) =>
    isSystemRegister(register) && register !== 'MPIDR_EL1' ? [guestChange(register, (1n << 64n) - 1n, value)] : [],
  );
  return { name, kind: 'kvm', changes };
}

/** The machine that a guest's kernel meets: as many vCPUs as the host has CPUs online, all alike. */
export function guestMachine(guest: KvmGuest): Machine {
  const { system } = guest.host;
  const boot = system.cpus[0]!;
  const { sveVl } = guest.host.options;
  const cpu = { registers: boot.registers, ...(sveVl === undefined ? {} : { sveVl }) };
  const isPartial = boot.partial === true || system.unknown !== undefined;
  const host: Machine = { cpus: system.online.map(() => cpu), ...(boot.partial === true ? { unlisted: 'unknown' } : {}) };
  const { machine } = applyGuestLayers(host, kvmLayers(guest));
  return isPartial ? withOpenBits(machine, openReads(guest)) : machine;
}

/** The machine with bits of its registers that are not known. */
function withOpenBits(machine: Machine, open: ReadonlyMap<string, bigint>): Machine {
  const reopened = (cpu: Cpu): Cpu =>
    [...open].reduce((now, [name, bits]) => {
      if (!isSystemRegister(name)) return now;
      const word = registerWord(machine, now, name) ?? knownWord(0n);
      return withRegisterWord(now, name, spliceWord(word, { value: 0n, open: bits }, bits));
    }, cpu);
  return { ...machine, cpus: machine.cpus.map(reopened) };
}

/** What a guest of a host gets, or why its vCPU cannot be made. */
export interface GuestUnderKvm {
  /** The machine that the guest's kernel meets; absent if the vCPU is refused. */
  readonly machine?: Machine;
  /** The vCPU, with its registers and what may be written of them. */
  readonly guest?: KvmGuest;
  readonly refusal?: Refusal;
}

/**
 * What KVM of a host gives a guest.
 *
 * @param host - A system that was booted at EL2; its sanitised registers, cpucaps, command line and configuration count. Registers that are
 * not known of it read as zero.
 * @param vcpu - Default: PSCI and the interrupt controller that the host has.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('ampere-altra');
 * const host = boot(machine, { release: '6.12' }, { bootEl: 2 });
 * guestUnderKvm(host).machine.cpus.length // → 1
 * ```
 */
export function guestUnderKvm(host: System, vcpu: Vcpu = PLAIN_VCPU, options: KvmHostOptions = {}): GuestUnderKvm {
  const made = new KvmHost(host, options);
  const asked = onHost(vcpu, made);
  const refusal = refusalOf(made, asked);
  if (refusal !== undefined) return { refusal };
  const guest = makeVcpu(made, asked);
  return { machine: guestMachine(guest), guest };
}
