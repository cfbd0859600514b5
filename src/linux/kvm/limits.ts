import { fieldOfPath, readField, writeField } from './field-of-path.ts';
import type { LimitAt } from './kvm-at.ts';
import type { KvmHost } from './kvm-host.ts';
import { cacheLevels, stage2Granules } from './made-up.ts';
import { ID_SPACE } from './register-list.ts';
import type { Vcpu } from './vcpu.ts';

/** What a limit did to a register. */
export interface LimitNote {
  /** The row of spec-data/linux/kvm/limits.json. */
  readonly row: string;
  readonly register: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** The registers of a vCPU when it was initialised, which are the limit of what user space may write, and how they came to be. */
export interface LimitedRegisters {
  readonly values: ReadonlyMap<string, bigint>;
  readonly notes: readonly LimitNote[];
}

/** Unsigned, since a negative value never limits. */
function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** What a row makes of one of its fields. */
function limitedField(row: LimitAt, path: string, values: ReadonlyMap<string, bigint>): bigint {
  const field = fieldOfPath(path);
  const value = values.get(field.register) ?? 0n;
  if (row.to !== undefined) return writeField(value, field, BigInt(row.to));
  if (row.atMost !== undefined) return writeField(value, field, least(readField(value, field), BigInt(row.atMost)));
  const from = fieldOfPath(row.like!);
  const found = readField(values.get(from.register) ?? 0n, from);
  return writeField(value, field, BigInt(row.map?.[String(found)] ?? found));
}

/** What a row makes of a whole register. */
function limitedRegister(row: LimitAt, register: string, values: ReadonlyMap<string, bigint>, host: KvmHost, vcpu: Vcpu): bigint {
  const value = values.get(register) ?? 0n;
  if (row.rule === 'cache_levels') return cacheLevels(host.sanitised('CTR_EL0'), vcpu.mte === true);
  if (row.rule === 'stage2_granules') return stage2Granules(value, host);
  if (row.only === undefined) return BigInt(row.to ?? 0);
  return row.only.map(fieldOfPath).reduce((kept, field) => writeField(kept, field, readField(value, field)), 0n);
}

/** The identification registers before any limit: the boot CPU's own. */
function identification(host: KvmHost, vcpu: Vcpu, values: Map<string, bigint>): void {
  for (const name of ['MIDR_EL1', 'REVIDR_EL1', 'AIDR_EL1', 'CLIDR_EL1']) values.set(name, host.hardware(name));
  values.set('MPIDR_EL1', 0x8000_0000n | mpidrAffinity(vcpu.index ?? 0));
  values.set('CTR_EL0', host.sanitised('CTR_EL0'));
}

/** The affinity of the n-th vCPU: 16 of them at the lowest level. */
function mpidrAffinity(index: number): bigint {
  return BigInt((index & 0xf) | (((index >> 4) & 0xff) << 8) | (((index >> 12) & 0xff) << 16));
}

/** Derives the registers of a vCPU at its initialisation: the host's sanitised ones, limited row by row. */
export function limitedRegisters(host: KvmHost, vcpu: Vcpu): LimitedRegisters {
  const values = new Map<string, bigint>();
  for (const name of ID_SPACE) values.set(name, host.sanitised(name));
  identification(host, vcpu, values);
  const notes: LimitNote[] = [];
  for (const row of host.model.limits) {
    if (!host.judge(row.when, vcpu)) continue;
    const set = (register: string, after: bigint): void => {
      const before = values.get(register) ?? 0n;
      if (before === after) return;
      values.set(register, after);
      notes.push({ row: row.name, register, before, after });
    };
    for (const path of row.fields ?? []) set(fieldOfPath(path).register, limitedField(row, path, values));
    for (const register of row.registers ?? []) set(register, limitedRegister(row, register, values, host, vcpu));
  }
  return { values, notes };
}
