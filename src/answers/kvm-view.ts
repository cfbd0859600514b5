import { fieldsOf, findRegister } from '../arch/register.ts';
import { maskOf, readField } from '../bits/field.ts';
import type { PartialWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import type { KvmGuest } from '../linux/kvm/guest-under-kvm.ts';
import { kvmLayers } from '../linux/kvm/kvm-layers.ts';
import { possibleWrite } from '../linux/kvm/possible-write.ts';
import { type GuestRead, guestReads, openReads } from '../linux/kvm/reads.ts';
import { layerTitle } from './layer-title.ts';

/** A field that a guest does not get as the host's hardware has it. */
export interface KvmFieldChange {
  readonly field: string;
  /** As the hardware has it, or where that is not known, as the host's kernel holds it for all its CPUs. Absent: neither is known. */
  readonly host?: number;
  readonly guest: number;
  /** The layers that changed it, in order. */
  readonly by: readonly string[];
}

/** A register of a guest. */
export interface KvmRegisterView {
  readonly register: string;
  /** As the boot CPU of the host has it. */
  readonly hardware: bigint;
  /** The bits of `hardware` that are not known, which are zero there; absent: none. */
  readonly openHardware?: bigint;
  /** What KVM_GET_ONE_REG gives. */
  readonly oneReg: bigint;
  /** The bits of `oneReg` that are not known, which are zero there; absent: none. */
  readonly openOneReg?: bigint;
  /** What MRS gives in the guest. */
  readonly read: GuestRead;
  /** The bits that KVM says may be written; absent: not told. */
  readonly writable?: bigint;
  /** The bits of `read` that are not known of the host, which are zero there; absent: none. */
  readonly open?: bigint;
  /** Fields that are known of the guest, and of the host or whatever the host has. */
  readonly changes: readonly KvmFieldChange[];
}

/** Whether the host's kernel merges a register over its CPUs, so that it holds a value of its own. */
function isMerged({ host }: KvmGuest, register: string): boolean {
  return host.system.registers.has(register as never);
}

/** What is known of a register of the host: the hardware's bits, and where they are not known, those that its kernel holds. */
function hostWord(guest: KvmGuest, register: string): PartialWord {
  const { host } = guest;
  const unread = host.openHardware(register);
  const held = isMerged(guest, register) ? unread & ~host.open(register) : 0n;
  return { value: (host.hardware(register) & ~unread) | (host.sanitised(register) & held), open: unread & ~held };
}

function changesOf(register: string, host: PartialWord, guest: PartialWord, layers: readonly GuestLayer[]): readonly KvmFieldChange[] {
  const descriptor = findRegister(register);
  if (descriptor === undefined || (host.value === guest.value && host.open === guest.open)) return [];
  return fieldsOf(descriptor).flatMap((field) => {
    const [before, after] = [host, guest].map(({ value }) => Number(readField(value, field, 'unsigned'))) as [number, number];
    const mask = maskOf(field);
    const isKnown = (host.open & mask) === 0n;
    if ((guest.open & mask) !== 0n || (isKnown && before === after)) return [];
    let value = host.value;
    const by: string[] = [];
    for (const layer of layers) {
      for (const change of layer.changes) {
        if (change.register !== register) continue;
        const next = (value & ~change.mask) | change.value;
        if (isKnown ? ((next ^ value) & mask) !== 0n : (change.mask & mask) !== 0n) by.push(layerTitle(layer.name, layer.brings));
        value = next;
      }
    }
    if (!isKnown && by.length === 0) return [];
    return [{ field: `${register}.${field.name}`, ...given({ host: isKnown ? before : undefined }), guest: after, by }];
  });
}

/** The registers of a guest beside those of its host, field by field where they differ. */
export function kvmView(guest: KvmGuest): readonly KvmRegisterView[] {
  const [ofHost, ...ofKvm] = kvmLayers(guest);
  const reads = guestReads(guest);
  const openBits = openReads(guest);
  return [...guest.registers].map(([register, oneReg]) => {
    const hardware = guest.host.hardware(register);
    const read = reads.get(register) ?? oneReg;
    const writable = guest.writable.get(register);
    const open = openBits.get(register);
    const unread = guest.host.openHardware(register);
    return {
      register,
      hardware,
      ...given({ openHardware: unread === 0n ? undefined : unread }),
      oneReg,
      ...given({ openOneReg: guest.open.get(register) || undefined }),
      read,
      ...given({ writable, open }),
      changes:
        typeof read === 'bigint'
          ? changesOf(
              register,
              hostWord(guest, register),
              { value: read, open: open ?? 0n },
              ofHost !== undefined && isMerged(guest, register) ? [ofHost, ...ofKvm] : ofKvm,
            )
          : [],
    };
  });
}

/** What becomes of one register that a mask, template or setting writes. Where neither what is stored nor an error is told, it is not known. */
export interface CheckedWrite {
  readonly layer: string;
  readonly register: string;
  readonly asked: bigint;
  /** The register afterwards; absent: refused. */
  readonly stored?: bigint;
  /** The bits of both that are not known, which are zero there; absent: none. */
  readonly open?: bigint;
  /** Linux's number of the error. */
  readonly errno?: number;
  readonly because?: string;
}

/** Writes what layers ask for to a vCPU, one register after the other, as user space does by KVM_SET_ONE_REG. */
export function checkWrites(guest: KvmGuest, layers: readonly GuestLayer[]): readonly CheckedWrite[] {
  const [registers, unknown] = [new Map(guest.registers), new Map(guest.open)];
  const now = { ...guest, registers, open: unknown };
  return layers.flatMap(({ name, changes }) =>
    [...new Set(changes.map(({ register }) => register))].map((register): CheckedWrite => {
      const own = changes.filter((change) => change.register === register);
      const written = own.reduce((bits, { mask }) => bits | mask, 0n);
      const asked = own.reduce((value, { mask, value: set }) => (value & ~mask) | set, registers.get(register) ?? 0n);
      const outcome = possibleWrite(now, register, asked, written);
      const open = (unknown.get(register) ?? 0n) & ~written;
      const write = { layer: name, register, asked, ...given({ open: open || undefined }) };
      if (outcome === undefined || 'errno' in outcome) return { ...write, ...outcome };
      registers.set(register, outcome.stored);
      unknown.set(register, open);
      return { ...write, stored: outcome.stored };
    }),
  );
}
