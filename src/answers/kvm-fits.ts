import { isAArch32 } from '../linux/bring-up/cpu-registers.ts';
import { bitsOfFields, fieldOfPath, fieldValue } from '../linux/kvm/field-of-path.ts';
import { bootHost, makeVcpu, onHost, refusalOf } from '../linux/kvm/guest-under-kvm.ts';
import { type KvmModel, kvmAt, type LimitAt } from '../linux/kvm/kvm-at.ts';
import { guestReads, openReads } from '../linux/kvm/reads.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS } from '../linux/kvm/vcpu.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import { MAINLINE_RELEASES } from '../linux/release/known-trees.ts';
import { leavesOf } from '../logic/tree.ts';
import type { Machine, RegisterFile } from '../silicon/machine.ts';

/** A register that keeps a kernel of the host from being the one, and what it would have made of it. */
export interface KvmMisfit {
  readonly register: string;
  readonly value: bigint;
  /** The row of spec-data/linux/kvm/limits.json, or what else forbids the value. */
  readonly because: string;
}

/** How a kernel of the host fits what a guest reads. */
export interface KvmFit {
  readonly release: string;
  /** None: it fits. */
  readonly misfits: readonly KvmMisfit[];
  /** What the vCPU must have been made with, by the names of `--vcpu`; with the host known, every choice that gives just these registers. */
  readonly vcpu: readonly (readonly string[])[];
}

/** Whether a row could have left a register as it is; user space may have lowered what it may write. */
function allows(row: LimitAt, register: string, value: bigint, model: KvmModel): boolean {
  const writable = model.writable.get(register) ?? 0n;
  const field = (path: string): boolean => {
    const at = fieldOfPath(path);
    if (at.register !== register) return true;
    const found = fieldValue(value, at);
    const lowered = ((at.mask << at.shift) & ~writable) === 0n;
    if (row.to !== undefined) return found === BigInt(row.to) || (lowered && found < BigInt(row.to));
    return row.atMost === undefined || found <= BigInt(row.atMost);
  };
  if (!(row.fields ?? []).every(field)) return false;
  if (row.registers?.includes(register) !== true) return true;
  if (row.only !== undefined) return (value & ~bitsOfFields(row.only)) === 0n;
  return row.to === undefined || value === BigInt(row.to);
}

/** The bits that the host's kernel tracks of a register; all others read as zero in a guest. */
function untracked(register: string, value: bigint, release: string): bigint {
  const tracked = kernelAt({ release }).registers.find(({ name }) => name === register);
  return value & ~(tracked?.covered ?? 0n);
}

/** The trait that alone lifts a row; `undefined` where more than that decides. */
function onlyTrait({ when }: LimitAt): string | undefined {
  const leaves = when === undefined ? [] : leavesOf(when);
  const [only] = leaves;
  return leaves.length === 1 && only !== undefined && !only.wanted && 'vcpu' in only.leaf ? only.leaf.vcpu : undefined;
}

/** What rows say without knowing the host: those that always apply, and those that one vCPU feature lifts. */
function fitOf(guest: RegisterFile, release: string): KvmFit {
  const model = kvmAt(release);
  const misfits: KvmMisfit[] = [];
  const needed = new Set<string>();
  for (const [register, value] of Object.entries(guest)) {
    if (!/^ID_/.test(register)) continue;
    const bits = isAArch32(register) ? 0n : untracked(register, value, release);
    if (bits !== 0n) misfits.push({ register, value, because: `Linux ${release} does not track the bits 0x${bits.toString(16)}` });
    for (const row of model.limits) {
      const trait = onlyTrait(row);
      const always = row.when === undefined;
      if ((!always && trait === undefined) || allows(row, register, value, model)) continue;
      if (trait === undefined) misfits.push({ register, value, because: row.name });
      else needed.add(trait);
    }
  }
  return { release, misfits, vcpu: [[...needed]] };
}

const CHOICES = ['sve', 'pauth', 'pmu', 'mte'] as const;

/** What a known host gives with each choice of vCPU features, beside what the guest reads. */
function fitOn(guest: RegisterFile, release: string, machine: Machine): KvmFit {
  const host = bootHost(machine, { release });
  let nearest: readonly KvmMisfit[] | undefined;
  const fitting: (readonly string[])[] = [];
  for (let bits = 0; bits < 2 ** CHOICES.length; bits++) {
    const words = CHOICES.filter((_, i) => (bits >> i) & 1);
    const vcpu = onHost(mergeVcpus(PLAIN_VCPU, ...words.map((word) => VCPU_OPTIONS[word]!)), host);
    if (refusalOf(host, vcpu) !== undefined) continue;
    const made = makeVcpu(host, vcpu);
    const [reads, open] = [guestReads(made), openReads(made)];
    const misfits = Object.entries(guest).flatMap(([register, value]): readonly KvmMisfit[] => {
      const given = reads.get(register);
      if (!/^ID_/.test(register) || !host.knows(register) || typeof given !== 'bigint') return [];
      // What is not known of the host may be as the guest reads it.
      return ((given ^ value) & ~(open.get(register) ?? 0n)) !== 0n
        ? [{ register, value, because: `it would read 0x${given.toString(16)}` }]
        : [];
    });
    if (misfits.length === 0) fitting.push(words);
    if (nearest === undefined || misfits.length < nearest.length) nearest = misfits;
  }
  return { release, misfits: nearest ?? [], vcpu: fitting };
}

/**
 * Which kernels of a host fit what a guest reads of its ID registers, read backwards through KVM's rows.
 *
 * @param guest - The registers as the guest's kernel reads them. Those that are absent say nothing.
 * @param host - The host's hardware, if it is known: then the registers must be just what KVM gives.
 *
 * @example
 * ```js
 * kvmFits({}).length > 0 // → true
 * ```
 */
export function kvmFits(guest: RegisterFile, host?: Machine): readonly KvmFit[] {
  return MAINLINE_RELEASES.filter((release) => kvmAt(release).behaviour['id-registers'] === 'trapped').map((release) =>
    host === undefined ? fitOf(guest, release) : fitOn(guest, release, host),
  );
}
