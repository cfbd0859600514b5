/**
 * The third floor: what a guest gets of a machine.
 *
 * A hypervisor traps the guest's reads of ID registers and answers in the hardware's place. What it changes is data: a
 * {@link GuestLayer} is a list of bits and the values they get. {@link applyGuestLayers} makes of a host {@link Machine} the machine
 * that the guest's kernel meets, and says for each register which layer changed what. Layers are applied one after the other; where
 * two name the same bit, the later one decides.
 *
 * How such a layer is written (a mask file, a CPU template of Firecracker, a single `REGISTER.FIELD=VALUE`) stands in formats/.
 *
 * @module
 */

import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import { ALL_BITS, maskOf } from '../bits/field.ts';
import { knownWord, type PartialWord, spliceWord } from '../bits/partial-word.ts';
import { given } from '../given.ts';
import { type Cpu, type Machine, registerWord, type SystemRegisterName, withRegisterWord } from '../silicon/machine.ts';

/** Bits of one register that get a fixed value. */
export interface GuestChange {
  readonly register: SystemRegisterName;
  /** The bits that are set, in place. */
  readonly mask: bigint;
  /** Their values, in place; no bit outside `mask`. */
  readonly value: bigint;
  /** Those of them that the guest has with a value that is not known, in place; zero in `value`. Absent: none. */
  readonly open?: bigint;
  /** Fields of them of which less than their open bits allow is possible. Absent: none. */
  readonly sets?: PartialWord['sets'];
}

/** What KVM, or one mask, template or setting, does to the ID registers of every CPU of a guest. */
export interface GuestLayer {
  /** How the person calls it: the file's name, or the setting itself. */
  readonly name: string;
  readonly kind: 'kvm' | 'mask' | 'template' | 'setting';
  readonly changes: readonly GuestChange[];
  /** Features of KVM_ARM_VCPU_INIT that it asks for, and that it takes from the vCPU, by the kernel's names. Absent: it leaves them. */
  readonly vcpu?: { readonly on: readonly string[]; readonly off: readonly string[] };
  /** What a vCPU may be made with so that it does not take what it takes, by the name of `--vcpu`. Absent: nothing is known to. */
  readonly brings?: string;
}

/** What a layer made of a register on some CPUs. */
export interface GuestEffect {
  /** The name of the layer. */
  readonly layer: string;
  /** What would bring it, as {@link GuestLayer.brings} has it. */
  readonly brings?: string;
  readonly register: SystemRegisterName;
  /** The CPUs whose value changed from `before` to `after`, by index. */
  readonly cpus: readonly number[];
  /** Absent: the register was not known, or not wholly. */
  readonly before?: bigint;
  /** What was known of it, if it was known in part. */
  readonly beforeInPart?: PartialWord;
  /** Bits that are not known are zero here. */
  readonly after: bigint;
  /** The bits that are not known afterwards. Absent: none. */
  readonly open?: bigint;
}

/** A guest's machine, and what was done to the host's to get it. */
export interface Guest {
  readonly machine: Machine;
  /** Registers that changed, in the order of layers and changes; nothing if a layer found everything as it wants it. */
  readonly effects: readonly GuestEffect[];
}

/**
 * A change with its bits in order: 64 bits, no value outside the mask.
 *
 * @example
 * ```js
 * guestChange('ID_AA64ISAR0_EL1', 0xf0_0000n, 0n).register // → 'ID_AA64ISAR0_EL1'
 * ```
 */
export function guestChange(register: SystemRegisterName, mask: bigint, value: bigint, open = 0n): GuestChange {
  const unknown = open & mask & ALL_BITS;
  return { register, mask: mask & ALL_BITS, value: value & mask & ~unknown & ALL_BITS, ...(unknown === 0n ? {} : { open: unknown }) };
}

/**
 * The register as the guest reads it; bits that are not known stay so where no change names them. One that is not listed stays so while
 * bits are only cleared, since a kernel takes it for zero anyway; setting bits makes it known, zero elsewhere.
 */
function changed(before: PartialWord | undefined, { mask, value, open = 0n, sets }: GuestChange): PartialWord | undefined {
  if (before === undefined && value === 0n && open === 0n) return undefined;
  return spliceWord(before ?? knownWord(0n), { value, open, ...given({ sets }) }, mask);
}

function isSame(a: PartialWord, b: PartialWord): boolean {
  return a.value === b.value && a.open === b.open;
}

/** What is known of a value, where nothing is open. */
function wholeValue(word: PartialWord | undefined): bigint | undefined {
  return word?.open === 0n ? word.value : undefined;
}

function applyChange(host: Machine, cpus: Cpu[], layer: GuestLayer, change: GuestChange): GuestEffect[] {
  const { register } = change;
  const effects = new Map<string, Omit<GuestEffect, 'layer' | 'brings' | 'register' | 'cpus'> & { readonly cpus: number[] }>();
  for (const [index, cpu] of cpus.entries()) {
    const word = registerWord(host, cpu, register);
    const after = changed(word, change);
    if (after === undefined || (word !== undefined && isSame(word, after))) continue;
    cpus[index] = withRegisterWord(cpu, register, after);
    const before = wholeValue(word);
    const beforeInPart = before === undefined ? word : undefined;
    const key = `${word?.value} ${word?.open} ${after.value} ${after.open}`;
    const open = after.open === 0n ? undefined : after.open;
    const effect = effects.get(key) ?? { ...given({ before, beforeInPart, open }), after: after.value, cpus: [] };
    effects.set(key, effect);
    effect.cpus.push(index);
  }
  const { name, brings } = layer;
  return [...effects.values()].map((effect) => ({ layer: name, ...given({ brings }), register, ...effect }));
}

/**
 * What was seen of a machine, once some bits of it are changed: it still says what the other fields are; what a kernel made of them all
 * says nothing more.
 */
export function seenBeside(seen: Machine['seen'], changes: readonly Pick<GuestChange, 'register' | 'mask'>[]): Machine['seen'] {
  const isLeft = (path: string): boolean => {
    const { register, ...bits } = fieldBits(path as FieldPath);
    return changes.every((change) => change.register !== register || (change.mask & maskOf(bits)) === 0n);
  };
  return seen?.map(({ fields }) => ({
    release: 'unknown',
    ...(fields && { fields: new Map([...fields].filter(([path]) => isLeft(path))) }),
  }));
}

/**
 * Applies layers to a machine, the first one first. The machine itself is left as it is; CPUs that nothing changed are shared.
 *
 * @example
 * ```js
 * const layer = { name: 'mask', changes: [guestChange('ID_AA64ISAR0_EL1', 0xf0_0000n, 0n)] };
 * applyGuestLayers({ cpus: [{ registers: { ID_AA64ISAR0_EL1: 0x20_0000n } }] }, [layer]).machine.cpus[0].registers.ID_AA64ISAR0_EL1 // → 0n
 * ```
 */
export function applyGuestLayers(machine: Machine, layers: readonly GuestLayer[]): Guest {
  if (layers.length === 0) return { machine, effects: [] };
  const cpus = [...machine.cpus];
  const changes: GuestChange[] = [];
  const effects = layers.flatMap((layer) =>
    layer.changes.flatMap((change) => {
      const own = applyChange(machine, cpus, layer, change);
      if (own.length > 0) changes.push(change);
      return own;
    }),
  );
  if (effects.length === 0) return { machine, effects };
  return { machine: { ...machine, cpus, ...given({ seen: seenBeside(machine.seen, changes) }) }, effects };
}
