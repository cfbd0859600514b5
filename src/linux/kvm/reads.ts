import { encodingOf, parseEncoding } from '../../arch/encoding.ts';
import { findRegister, type RegisterName } from '../../arch/register.ts';
import { fieldOfPath, readField, writeField } from './field-of-path.ts';
import type { KvmGuest } from './guest-under-kvm.ts';
import type { ProtectedAt } from './kvm-at.ts';
import { ID_SPACE } from './register-list.ts';
import { hasTrait } from './vcpu.ts';

/** What a guest's MRS gives: a value, or what happens instead. `undef-ec18` is an undefined register that is told to be one. */
export type GuestRead = bigint | 'undef' | 'undef-ec18' | 'reset-unknown' | 'random';

/** What a guest reads of the registers of its first vCPU after the first run. */
export type GuestReads = ReadonlyMap<string, GuestRead>;

const GIC64 = fieldOfPath('ID_AA64PFR0_EL1.GIC');
const GIC32 = fieldOfPath('ID_PFR1_EL1.GIC');

/** The fields of the interrupt controller, which are settled when the first vCPU of the VM runs. */
function settleGic({ host, vcpu }: KvmGuest, values: Map<string, bigint>): void {
  const settled = host.model.behaviour['gic-settled-at-run'];
  const has = hasTrait(vcpu, 'gicv3');
  if (settled === undefined || (has && settled === 'absent')) return;
  const set = (field: typeof GIC64, value: bigint): unknown =>
    values.set(field.register, writeField(values.get(field.register) ?? 0n, field, value));
  set(GIC64, has ? 1n : 0n);
  set(GIC32, has && host.has32BitEl0 ? 1n : 0n);
}

/** A field of the host, cut to what a protected VM may see. */
function cut(row: ProtectedAt, found: bigint, ones: bigint): bigint {
  if (row.to !== undefined) return BigInt(row.to);
  if (row.atMost === undefined || (row.sign === 'signed' && found === ones)) return found;
  return found < BigInt(row.atMost) ? found : BigInt(row.atMost);
}

/** The ID space as the hypervisor shows it to a protected VM, whatever KVM_GET_ONE_REG tells. */
function protectedView({ host, vcpu }: KvmGuest, values: Map<string, bigint>): void {
  for (const name of ID_SPACE) values.set(name, 0n);
  for (const row of host.model.protectedLimits) {
    if (!host.judge(row.when, vcpu)) continue;
    for (const register of row.registers ?? []) values.set(register, host.sanitised(register));
    for (const path of row.fields ?? []) {
      const field = fieldOfPath(path);
      const { register, ones } = field;
      values.set(register, writeField(values.get(register)!, field, cut(row, readField(host.sanitised(register), field), ones)));
    }
  }
}

/** Whether a read of CTR_EL0 traps, so that the stored value is read. */
function trapsCtr({ host, vcpu, registers, limits }: KvmGuest): boolean {
  const mismatch = host.has('MISMATCHED_CACHE_TYPE') || host.has('MISMATCHED_CACHE_LINE_SIZE');
  switch (host.model.behaviour['ctr-trapped']) {
    case 'never':
      return false;
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

/** How an undefined register is reported: by the class of trapped system registers where the CPU has FEAT_IDST. */
function undefinedRead({ host }: KvmGuest, name: string, byHardware: boolean): GuestRead {
  const encoding = findRegister(name) === undefined ? parseEncoding(name) : encodingOf(name as RegisterName);
  const isIdentification = encoding !== undefined && encoding.op0 === 3 && encoding.crn === 0 && encoding.crm === 0;
  const told = byHardware || host.model.behaviour['undef-class'] === true;
  return isIdentification && told && readField(host.hardware(IDS.register), IDS) !== 0n ? 'undef-ec18' : 'undef';
}

function given(guest: KvmGuest, name: string, gives: string | number, last: GuestRead): GuestRead {
  const { host, registers } = guest;
  if (typeof gives === 'number') return BigInt(gives);
  switch (gives) {
    case 'hardware':
      return host.hardware(name);
    case 'hardware-undef':
      return undefinedRead(guest, name, true);
    case 'undef':
      return undefinedRead(guest, name, false);
    case 'unchanged':
      return last;
    case 'pmcr':
      return host.model.behaviour['pmcr-reset'] === 'physical'
        ? (registers.get('PMCR_EL0') ?? 0n) & ~6n
        : (registers.get('PMCR_EL0') ?? 0n);
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
  const { host, vcpu } = guest;
  const values = new Map(guest.registers);
  settleGic(guest, values);
  if (hasTrait(vcpu, 'protected')) protectedView(guest, values);
  if (!trapsCtr(guest)) values.set('CTR_EL0', host.hardware('CTR_EL0') & 0xffff_ffffn);
  const reads = new Map<string, GuestRead>(values);
  const done = new Set<string>();
  let last: GuestRead = 0n;
  for (const row of host.model.reads) {
    if (done.has(row.register) || !host.judge(row.when, vcpu, (name) => values.get(name) ?? 0n)) continue;
    done.add(row.register);
    last = given(guest, row.register, row.gives, last);
    reads.set(row.register, last);
  }
  return reads;
}
