import type { KvmGuest } from './guest-under-kvm.ts';
import { setOneReg } from './write.ts';

/** What becomes of every other value of one nibble, the others as they were. */
export interface NibbleWrites {
  /** Values that are accepted and stored. */
  readonly accepted: readonly number[];
  /** Values that are accepted, and change nothing. */
  readonly ignored: readonly number[];
  /** Values that are accepted, and stored as another register value. */
  readonly storedOtherwise: ReadonlyMap<number, bigint>;
}

const DIGITS: readonly number[] = Array.from({ length: 16 }, (_, digit) => digit);

/** Tries every other value of one nibble; `nibble` n is bits 4n+3 to 4n. */
export function probeNibble(guest: KvmGuest, name: string, nibble: number): NibbleWrites {
  const present = guest.registers.get(name) ?? 0n;
  const shift = BigInt(nibble * 4);
  const accepted: number[] = [];
  const ignored: number[] = [];
  const storedOtherwise = new Map<number, bigint>();
  for (const digit of DIGITS) {
    const asked = (present & ~(0xfn << shift)) | (BigInt(digit) << shift);
    if (asked === present) continue;
    const outcome = setOneReg(guest, name, asked);
    if ('errno' in outcome) continue;
    if (outcome.stored === asked) accepted.push(digit);
    else if (outcome.stored === present) ignored.push(digit);
    else storedOtherwise.set(digit, outcome.stored);
  }
  return { accepted, ignored, storedOtherwise };
}
