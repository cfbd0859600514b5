import { encodingNamed } from '../../arch/encoding.ts';
import { ALL_BITS } from '../../bits/field.ts';
import { type FieldAt, fieldOfPath, fieldValue, withFieldValue } from './field-of-path.ts';
import type { KvmGuest } from './guest-under-kvm.ts';
import type { ProtectedAt } from './kvm-at.ts';
import { ID_SPACE } from './register-list.ts';
import { hasTrait } from './vcpu.ts';

/** What a guest's MRS gives: a value, or what happens instead. `undef-ec18` is an undefined register that is told to be one. */
export type GuestRead = bigint | 'undef' | 'undef-ec18' | 'reset-unknown' | 'random';

/** What a guest reads of the registers of its first vCPU after the first run. */
export type GuestReads = ReadonlyMap<string, GuestRead>;

const LOW_WORD = 0xffff_ffffn;
/** The capabilities on which it hangs whether reads of CTR_EL0 trap. */
const CTR_CAPABILITIES = ['MISMATCHED_CACHE_TYPE', 'MISMATCHED_CACHE_LINE_SIZE', 'HAS_EVT'] as const;

const GIC64 = fieldOfPath('ID_AA64PFR0_EL1.GIC');
const GIC32 = fieldOfPath('ID_PFR1_EL1.GIC');

/** Registers of a guest on their way to what it reads, and their bits that are not known, which are zero in the values. */
interface Draft {
  readonly values: Map<string, bigint>;
  readonly open: Map<string, bigint>;
}

/** Gives a field a value, or one that is not known. */
function setField({ values, open }: Draft, field: FieldAt, value: bigint | undefined): void {
  const { register, shift, mask } = field;
  const bits = open.get(register) ?? 0n;
  values.set(register, withFieldValue(values.get(register)!, field, value ?? 0n));
  open.set(register, value === undefined ? bits | (mask << shift) : bits & ~(mask << shift));
}

/** The fields of the interrupt controller, which are settled when the first vCPU of the VM runs. */
function settleGic({ host, vcpu }: KvmGuest, draft: Draft): void {
  const settled = host.model.behaviour['gic-settled-at-run'];
  const has = host.givesGicv3(vcpu);
  if (settled === undefined || (has === true && settled === 'absent')) return;
  setField(draft, GIC64, has === undefined ? undefined : has ? 1n : 0n);
  const maybe32 = has === undefined || (has && host.hasOpen32BitEl0);
  setField(draft, GIC32, maybe32 ? undefined : has && host.has32BitEl0 ? 1n : 0n);
}

/** A field of the host, cut to what a protected VM may see. */
function cut(row: ProtectedAt, found: bigint, ones: bigint): bigint {
  if (row.to !== undefined) return BigInt(row.to);
  if (row.atMost === undefined || (row.sign === 'signed' && found === ones)) return found;
  return found < BigInt(row.atMost) ? found : BigInt(row.atMost);
}

/** The ID space as the hypervisor shows it to a protected VM, whatever KVM_GET_ONE_REG tells. */
function protectedView({ host, vcpu }: KvmGuest, draft: Draft): void {
  for (const name of ID_SPACE) {
    draft.values.set(name, 0n);
    draft.open.set(name, 0n);
  }
  for (const row of host.model.protectedLimits) {
    const verdict = host.verdict(row.when, vcpu);
    if (verdict === false) continue;
    for (const register of row.registers ?? []) {
      draft.values.set(register, verdict ? host.sanitised(register) : 0n);
      draft.open.set(register, verdict ? host.open(register) : ALL_BITS);
    }
    for (const path of row.fields ?? []) {
      const field = fieldOfPath(path);
      const { register, mask } = field;
      const isOpen = verdict === undefined || (row.to === undefined && fieldValue(host.open(register), field) !== 0n);
      setField(draft, field, isOpen ? undefined : cut(row, fieldValue(host.sanitised(register), field), mask));
    }
  }
}

/** CTR_EL0 where its read does not trap; one of the two where that is not known. */
function passCtr(guest: KvmGuest, { values, open }: Draft): void {
  const { host } = guest;
  const isOpen = CTR_CAPABILITIES.some((name) => host.mayHave(name));
  if (!isOpen && givesStoredCtr(guest)) return;
  const own = host.hardware('CTR_EL0') & LOW_WORD;
  const stored = values.get('CTR_EL0')!;
  const bits = (host.openHardware('CTR_EL0') & LOW_WORD) | (isOpen ? (open.get('CTR_EL0') ?? 0n) | (own ^ stored) : 0n);
  values.set('CTR_EL0', own & ~bits);
  open.set('CTR_EL0', bits);
}

/** Whether the stored value of CTR_EL0 is read: where a read of it traps. */
function givesStoredCtr({ host, vcpu, registers, limits }: KvmGuest): boolean {
  const mismatch = host.has('MISMATCHED_CACHE_TYPE') || host.has('MISMATCHED_CACHE_LINE_SIZE');
  switch (host.model.behaviour['ctr-trapped']) {
    // What is stored is the CPU's own.
    case 'never':
      return true;
    case 'mismatch':
      return mismatch;
    case 'always':
      return true;
    case 'no-evt':
      return mismatch || !host.has('HAS_EVT') || hasTrait(vcpu, 'protected');
    case 'no-evt-or-written':
      return mismatch || !host.has('HAS_EVT') || hasTrait(vcpu, 'protected') || registers.get('CTR_EL0') !== limits.get('CTR_EL0');
  }
}

const IDS = fieldOfPath('ID_AA64MMFR2_EL1.IDS');
/** KVM offers the event of chained counters to every guest with a PMU. */
const PMCEID0_CHAIN = 1n << 30n;

/** Whether ID_AA64MMFR2_EL1.IDS of the hardware decides with which class an undefined read is reported. */
function hangsOnIds({ host }: KvmGuest, name: string, gives: string | number): boolean {
  if (gives !== 'hardware-undef' && (gives !== 'undef' || host.model.behaviour['undef-class'] !== true)) return false;
  const encoding = encodingNamed(name);
  return encoding !== undefined && encoding.op0 === 3 && encoding.crn === 0 && encoding.crm === 0;
}

/** How an undefined register is reported: by the class of trapped system registers where the CPU has FEAT_IDST. */
function undefinedRead(guest: KvmGuest, name: string, gives: string): GuestRead {
  return hangsOnIds(guest, name, gives) && fieldValue(guest.host.hardware(IDS.register), IDS) !== 0n ? 'undef-ec18' : 'undef';
}

/** The bits of what a row gives that are not known. */
function openGiven(guest: KvmGuest, register: string, gives: string | number): bigint {
  const { host, open } = guest;
  if (gives === 'hardware' || gives === 'pmceid' || gives === 'unchanged') return host.openHardware(register);
  if (gives === 'pmcr') return open.get(register) ?? 0n;
  return hangsOnIds(guest, register, gives) && fieldValue(host.openHardware(IDS.register), IDS) !== 0n ? ALL_BITS : 0n;
}

function given(guest: KvmGuest, name: string, gives: string | number, last: GuestRead): GuestRead {
  const { host, registers } = guest;
  if (typeof gives === 'number') return BigInt(gives);
  switch (gives) {
    case 'hardware':
      return host.hardware(name);
    case 'hardware-undef':
    case 'undef':
      return undefinedRead(guest, name, gives);
    case 'unchanged':
      return last;
    case 'pmcr':
      return registers.get('PMCR_EL0')! & (host.model.behaviour['pmcr-reset'] === 'physical' ? ~6n : ALL_BITS);
    case 'pmceid':
      return host.model.behaviour['pmcr-reset'] === 'physical' || name !== 'PMCEID0_EL0'
        ? host.hardware(name)
        : host.hardware(name) | PMCEID0_CHAIN;
    default:
      return gives as 'reset-unknown' | 'random';
  }
}

/**
 * Derives what MRS gives in a guest that has run, of every register that KVM lists or that a row speaks of.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('ampere-altra');
 * const host = boot(machine, { release: '6.12' }, { bootEl: 2 });
 * guestReads(guestUnderKvm(host).guest).has('ID_AA64ISAR0_EL1') // → true
 * ```
 */
export function guestReads(guest: KvmGuest): GuestReads {
  return readsOf(guest).reads;
}

/** The bits of {@link guestReads} that are not known of the host, which are zero there; absent: none. */
export function openReads(guest: KvmGuest): ReadonlyMap<string, bigint> {
  return new Map([...readsOf(guest).open].filter(([, bits]) => bits !== 0n));
}

function readsOf(guest: KvmGuest): { readonly reads: GuestReads; readonly open: ReadonlyMap<string, bigint> } {
  const { host, vcpu } = guest;
  const draft: Draft = { values: new Map(guest.registers), open: new Map(guest.open) };
  const { values, open } = draft;
  settleGic(guest, draft);
  if (hasTrait(vcpu, 'protected')) protectedView(guest, draft);
  passCtr(guest, draft);
  const reads = new Map<string, GuestRead>(values);
  const settled = new Map(open);
  const done = new Set<string>();
  /** What the rows give that may be the one of a register. */
  const possible = new Map<string, Set<GuestRead>>();
  /** The bits that are not known of any of these. */
  const doubtful = new Map<string, bigint>();
  let last: GuestRead = 0n;
  for (const { register, gives, when } of host.model.reads) {
    if (done.has(register)) continue;
    const verdict = host.verdict(
      when,
      vcpu,
      (name) => values.get(name)!,
      (name) => open.get(name) ?? 0n,
    );
    if (verdict === false) continue;
    if (verdict) done.add(register);
    last = given(guest, register, gives, last);
    reads.set(register, last);
    const maybe = (possible.get(register) ?? new Set()).add(last);
    possible.set(register, maybe);
    const doubts = (doubtful.get(register) ?? 0n) | openGiven(guest, register, gives);
    doubtful.set(register, doubts);
    settled.set(register, verdict && maybe.size === 1 ? doubts : ALL_BITS);
  }
  return { reads, open: settled };
}
