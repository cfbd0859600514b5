import { ALL_BITS } from '../../bits/field.ts';
import { knownWord, maskWord, type PartialWord } from '../../bits/partial-word.ts';
import { given } from '../../given.ts';
import { applyGuestLayers, type GuestChange, type GuestLayer, guestChange } from '../../hypervisor/guest-layer.ts';
import type { Machine } from '../../silicon/machine.ts';
import type { System } from '../system.ts';
import { type KvmGuest, makeVcpu, onHost, refusalOf, type VcpuRefusal } from './guest-under-kvm.ts';
import { KvmHost, type KvmHostOptions } from './kvm-host.ts';
import { limitedRegisters } from './limits.ts';
import { guestReads, openReads } from './reads.ts';
import { isSystemRegister } from './register-list.ts';
import { hasTrait, mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS, type Vcpu } from './vcpu.ts';

/** ID_PFR1_EL1.GIC, which the first run settles by a vCPU's ID_AA64PFR0_EL1.GIC; no limit names it. */
const GIC32 = 0xfn << 28n;

/** What a vCPU can be made with that brings a field through a limit. */
const BRINGING: ReadonlySet<string> = new Set(['sve', 'pauth', 'pmu', 'mte']);

/** The trait of the vCPU whose absence makes a limit apply; `undefined` if it is not that. */
function missingTrait(when: unknown): string | undefined {
  const found = /\{"not":\{"vcpu":"([a-z0-9]+)"\}\}/.exec(JSON.stringify(when ?? null));
  return found?.[1];
}

/** What brings a field through a limit; nothing where no vCPU feature does, or the host refuses it. */
function bringer({ host, vcpu, notes, limits }: KvmGuest, row: string): string | undefined {
  const trait = missingTrait(host.model.limits.find(({ name }) => name === row)?.when);
  if (trait === undefined || !BRINGING.has(trait)) return undefined;
  const richer = mergeVcpus(vcpu, VCPU_OPTIONS[trait]!);
  if (refusalOf(host, richer) !== undefined) return undefined;
  const { values } = limitedRegisters(host, richer);
  const isBrought = notes.some(
    ({ row: by, register, before, after }) => by === row && ((limits.get(register)! ^ values.get(register)!) & (before ^ after)) !== 0n,
  );
  return isBrought ? trait : undefined;
}

/** The bits in which two words differ, as they are afterwards; bits that are not known are zero in the values. */
function changeOf(register: string, before: PartialWord, after: PartialWord): readonly GuestChange[] {
  const mask = (before.value ^ after.value) | (before.open ^ after.open);
  if (mask === 0n || !isSystemRegister(register)) return [];
  return [guestChange(register, mask, after.value, after.open)];
}

/** The layers that KVM lays over its host's hardware, for a vCPU: what the host's kernel shows of it, each limit, and the first run. */
export function kvmLayers(guest: KvmGuest): readonly GuestLayer[] {
  const { host, notes, limits, registers, open } = guest;
  const word = (value: bigint, unknown = 0n): PartialWord => ({ value, open: unknown });
  const by = `KVM of Linux ${host.model.release.text}`;
  const layers: GuestLayer[] = [hostLayer(guest, `Linux ${host.model.release.text} of the host`)];
  for (const row of new Set(notes.map((note) => note.row))) {
    const changes = notes
      .filter((note) => note.row === row)
      .flatMap(({ register, before, after, openBefore, openAfter }) =>
        changeOf(register, word(before, openBefore), word(after, openAfter)),
      );
    layers.push({ name: `${by}, ${row}`, kind: 'kvm', changes, ...given({ brings: bringer(guest, row) }) });
  }
  const written = [...registers].flatMap(([name, value]) => changeOf(name, word(limits.get(name)!), word(value)));
  layers.push({ name: 'what user space wrote', kind: 'kvm', changes: written });
  const unread = openReads(guest);
  const changes = [...guestReads(guest)].flatMap(([name, value]) => {
    const stored = registers.has(name) ? word(registers.get(name)!, open.get(name)) : word(host.hardware(name), host.openHardware(name));
    return typeof value === 'bigint' ? changeOf(name, stored, word(value, unread.get(name))) : [];
  });
  layers.push({ name: `${by}, at the first run`, kind: 'kvm', changes });
  return layers.flatMap(({ changes, ...layer }) => {
    const told = changes.filter(({ register }) => !isMadeOfNothing(host, register));
    return told.length === 0 ? [] : [{ ...layer, changes: told }];
  });
}

/** Whether a register of caches would be made up from a CTR_EL0 that the host's machine does not list: its zero is no evidence. */
function isMadeOfNothing(host: KvmHost, register: string): boolean {
  return (register === 'CTR_EL0' || register === 'CLIDR_EL1') && host.system.cpus[0]?.partial !== true && !host.knows('CTR_EL0');
}

/** What the host's kernel holds for all its CPUs: what no CPU differs in, what it tracks, what its command line leaves. */
function hostLayer(guest: KvmGuest, name: string): GuestLayer {
  const { limits, notes } = guest;
  const [before, open] = [new Map(limits), new Map(guest.open)];
  for (const note of [...notes].reverse()) {
    before.set(note.register, note.before);
    open.set(note.register, note.openBefore ?? 0n);
  }
  const changes = [...before].flatMap(([register, value]) =>
    isSystemRegister(register) && register !== 'MPIDR_EL1'
      ? [{ ...guestChange(register, ALL_BITS, value, open.get(register)), ...given({ sets: passedSets(guest, register) }) }]
      : [],
  );
  return { name, kind: 'kvm', changes };
}

/** What is known of fields of the host that are not known whole, where the guest has them as they are. */
function passedSets({ host, vcpu, touched }: KvmGuest, register: string): PartialWord['sets'] {
  if (hasTrait(vcpu, 'protected')) return undefined;
  const named = (touched.get(register) ?? 0n) | (register === 'ID_PFR1_EL1' ? GIC32 : 0n);
  return maskWord({ ...knownWord(0n), ...given({ sets: host.fieldSets(register) }) }, ~named).sets;
}

/** The machine that a guest's kernel meets: as many vCPUs as the host has CPUs online, all alike. */
export function guestMachine(guest: KvmGuest): Machine {
  const { system } = guest.host;
  const boot = system.cpus[0]!;
  const cpu = { registers: boot.registers, ...given({ sveVl: guest.sveVl }) };
  const host: Machine = { cpus: system.online.map(() => cpu), ...(boot.partial === true ? { unlisted: 'unknown' } : {}) };
  return applyGuestLayers(host, kvmLayers(guest)).machine;
}

/** What a guest of a host gets, or why its vCPU cannot be made. */
export interface GuestUnderKvm {
  /** The machine that the guest's kernel meets; absent if the vCPU is refused. */
  readonly machine?: Machine;
  /** The vCPU, with its registers and what may be written of them. */
  readonly guest?: KvmGuest;
  readonly refusal?: VcpuRefusal;
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
