import { ALL_BITS } from '../../bits/field.ts';
import { bitsOfFields, fieldOfPath, fieldValue } from './field-of-path.ts';
import type { LimitAt } from './kvm-at.ts';
import type { KvmHost } from './kvm-host.ts';
import { cacheLevels, stage2Granules } from './made-up.ts';
import { ID_SPACE } from './register-list.ts';
import type { Vcpu } from './vcpu.ts';

/** Registers that are the boot CPU's own. */
const HARDWARE = ['MIDR_EL1', 'REVIDR_EL1', 'AIDR_EL1', 'CLIDR_EL1'] as const;

/** CTR_EL0.{IDC, DIC}, from which the levels of caches are made up. */
const CTR_LEVELS = 0x3000_0000n;
/** ID_AA64MMFR0_EL1.{TGran16_2, TGran64_2, TGran4_2}, and with them the granules of stage 1. */
const STAGE2_GRANULES = 0xfff_0000_0000n;
const GRANULES = 0xfff_fff0_0000n;

/** What a limit did to a register. */
export interface LimitNote {
  /** The row of spec-data/linux/kvm/limits.json. */
  readonly row: string;
  readonly register: string;
  readonly before: bigint;
  readonly after: bigint;
  /** The bits that are not known before and after, which are zero in the values; absent: none. */
  readonly openBefore?: bigint;
  readonly openAfter?: bigint;
}

/** The registers of a vCPU when it was initialised, which are the limit of what user space may write, and how they came to be. */
export interface LimitedRegisters {
  readonly values: ReadonlyMap<string, bigint>;
  /** The bits that are not known, which are zero in {@link values}; absent: none. */
  readonly open: ReadonlyMap<string, bigint>;
  readonly notes: readonly LimitNote[];
  /** The bits that a limit named, whether it changed them or not: what is known of the host says nothing more of them. */
  readonly touched: ReadonlyMap<string, bigint>;
}

/** Unsigned, since a negative value never limits. */
function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Registers as they become a guest's, and the bits of them that are not known. */
interface Draft {
  readonly values: Map<string, bigint>;
  readonly open: Map<string, bigint>;
}

/** A register of a draft: open bits are zero in its value. */
interface Limited {
  readonly value: bigint;
  readonly open: bigint;
}

function registerOf({ values, open }: Draft, name: string): Limited {
  return { value: values.get(name)!, open: open.get(name) ?? 0n };
}

/** A register with some bits replaced: by known ones, or by such that are not known. */
function withBits({ value, open }: Limited, mask: bigint, bits: bigint | undefined): Limited {
  return bits === undefined ? { value: value & ~mask, open: open | mask } : { value: (value & ~mask) | (bits & mask), open: open & ~mask };
}

/** What a row makes of one of its fields. */
function limitedField(row: LimitAt, path: string, draft: Draft): Limited {
  const field = fieldOfPath(path);
  const { shift, mask } = field;
  const now = registerOf(draft, field.register);
  const becomes = (found: bigint | undefined): Limited => withBits(now, mask << shift, found === undefined ? undefined : found << shift);
  if (row.to !== undefined) return becomes(BigInt(row.to));
  const from = row.atMost === undefined ? fieldOfPath(row.like!) : field;
  const source = registerOf(draft, from.register);
  if (fieldValue(source.open, from) !== 0n) return becomes(undefined);
  const found = fieldValue(source.value, from);
  return becomes(row.atMost === undefined ? BigInt(row.map?.[String(found)] ?? found) : least(found, BigInt(row.atMost)));
}

/** What a row makes of a whole register. */
function limitedRegister(row: LimitAt, register: string, draft: Draft, host: KvmHost, vcpu: Vcpu): Limited {
  const now = registerOf(draft, register);
  if (row.rule === 'cache_levels') {
    const isOpen = (host.open('CTR_EL0') & CTR_LEVELS) !== 0n;
    return withBits(now, ALL_BITS, isOpen ? undefined : cacheLevels(host.sanitised('CTR_EL0'), vcpu.mte === true));
  }
  if (row.rule === 'stage2_granules') {
    const isOpen = (host.open('ID_AA64MMFR0_EL1') & GRANULES) !== 0n;
    return withBits(now, STAGE2_GRANULES, isOpen ? undefined : stage2Granules(now.value, host));
  }
  if (row.only === undefined) return withBits(now, ALL_BITS, BigInt(row.to ?? 0));
  return withBits(now, ALL_BITS & ~bitsOfFields(row.only), 0n);
}

/** The identification registers before any limit: the boot CPU's own. */
function identification(host: KvmHost, vcpu: Vcpu, values: Map<string, bigint>): void {
  for (const name of HARDWARE) values.set(name, host.hardware(name));
  values.set('MPIDR_EL1', 0x8000_0000n | mpidrAffinity(vcpu.index ?? 0));
}

/** The affinity of the n-th vCPU: 16 of them at the lowest level. */
function mpidrAffinity(index: number): bigint {
  return BigInt((index & 0xf) | (((index >> 4) & 0xff) << 8) | (((index >> 12) & 0xff) << 16));
}

/** The host's sanitised registers, or where KVM does not trap them, those of its boot CPU; and those that identify it; before any limit. */
function unlimited(host: KvmHost, vcpu: Vcpu): Draft {
  const values = new Map<string, bigint>();
  const open = new Map<string, bigint>();
  const isPhysical = host.model.behaviour['id-registers'] === 'physical';
  for (const name of ID_SPACE) {
    values.set(name, isPhysical ? host.hardware(name) : host.sanitised(name));
    open.set(name, isPhysical ? host.openHardware(name) : host.open(name));
  }
  for (const name of HARDWARE) open.set(name, host.openHardware(name));
  identification(host, vcpu, values);
  // Until Linux 5.0 KVM keeps what the boot CPU has, and does not trap it.
  const isOwnCtr = host.model.behaviour['ctr-trapped'] === 'never';
  values.set('CTR_EL0', isOwnCtr ? host.hardware('CTR_EL0') : host.sanitised('CTR_EL0'));
  open.set('CTR_EL0', isOwnCtr ? host.openHardware('CTR_EL0') : host.open('CTR_EL0'));
  return { values, open };
}

/** Derives the registers of a vCPU at its initialisation: the host's sanitised ones, limited row by row. */
export function limitedRegisters(host: KvmHost, vcpu: Vcpu): LimitedRegisters {
  const draft = unlimited(host, vcpu);
  const notes: LimitNote[] = [];
  const touched = new Map<string, bigint>();
  const touch = (register: string, bits: bigint): Map<string, bigint> => touched.set(register, (touched.get(register) ?? 0n) | bits);
  for (const row of host.model.limits) {
    const verdict = host.verdict(row.when, vcpu);
    if (verdict === false) continue;
    const set = (register: string, after: Limited): void => {
      const before = registerOf(draft, register);
      // Of a limit that may hold or not, what it would change is open.
      const { value, open } = verdict ? after : withBits(before, after.open | (before.value ^ after.value), undefined);
      draft.open.set(register, open);
      if (before.value === value && before.open === open) return;
      draft.values.set(register, value);
      const unknown = before.open === 0n && open === 0n ? {} : { openBefore: before.open, openAfter: open };
      notes.push({ row: row.name, register, before: before.value, after: value, ...unknown });
    };
    for (const path of row.fields ?? []) {
      const { register, shift, mask } = fieldOfPath(path);
      touch(register, mask << shift);
      set(register, limitedField(row, path, draft));
    }
    for (const register of row.registers ?? []) {
      touch(register, row.only === undefined ? ALL_BITS : ALL_BITS & ~bitsOfFields(row.only));
      set(register, limitedRegister(row, register, draft, host, vcpu));
    }
  }
  return { values: draft.values, open: new Map([...draft.open].filter(([, bits]) => bits !== 0n)), notes, touched };
}
