import { formatHex } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import { type KvmGuest, refusalOf } from '../linux/kvm/guest-under-kvm.ts';
import type { KvmHost, KvmHostOptions } from '../linux/kvm/kvm-host.ts';
import { isListed } from '../linux/kvm/listed.ts';
import { probeNibble } from '../linux/kvm/probe-writes.ts';
import { guestReads } from '../linux/kvm/reads.ts';
import { VCPU_FEATURES, type Vcpu, type VcpuFeature } from '../linux/kvm/vcpu.ts';
import type { Machine } from '../silicon/machine.ts';
import { type JsonObject, JsonReader } from './json-reader.ts';
import { errorOf, glimpseId, type RecordError, type RecordId, readKernel } from './record.ts';
import { readCpus } from './register-values.ts';

/** One question to `kvm`: what this vCPU gets of this host. */
export interface KvmRecord {
  readonly id: RecordId;
  readonly machine: Machine;
  readonly kernel: Kernel;
  readonly options: KvmHostOptions;
  readonly vcpu: Vcpu;
}

/** A record with its findings, or what is wrong with the line. */
export type ParsedKvmRecord =
  | { readonly id: RecordId; readonly record: KvmRecord; readonly diagnostics: readonly Diagnostic[] }
  | { readonly id: RecordId; readonly error: RecordError };

/** The interrupt controller, as the machine option of QEMU names it. */
function gicOf(machine: string | undefined): KvmHostOptions {
  const version = /(?:^|,)gic-version=(\d)/.exec(machine ?? '')?.[1];
  return version === '2' || version === '3' || version === '5' ? { gic: `v${version}` } : {};
}

function readFeatures(reader: JsonReader, value: unknown): readonly VcpuFeature[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return reader.fail('vcpu.features', 'an array of features', value) ?? [];
  return value.filter((name, i): name is VcpuFeature => {
    if ((VCPU_FEATURES as readonly unknown[]).includes(name)) return true;
    reader.fail(`vcpu.features[${i}]`, `one of ${VCPU_FEATURES.join(', ')}`, name);
    return false;
  });
}

function readVcpu(reader: JsonReader, value: unknown): Vcpu {
  const vcpu: JsonObject = value === undefined ? {} : (reader.object('vcpu', value) ?? {});
  const { gic } = vcpu;
  if (gic !== undefined && gic !== null && gic !== 'v2' && gic !== 'v3') reader.fail('vcpu.gic', '"v2", "v3" or null', gic);
  const mte = reader.flag('vcpu.mte', vcpu.mte);
  const writableImpId = reader.flag('vcpu.writableImpId', vcpu.writableImpId);
  const isProtected = reader.flag('vcpu.protected', vcpu.protected);
  const ipaBits = reader.integer('vcpu.ipaBits', vcpu.ipaBits, 32, 52);
  return {
    features: readFeatures(reader, vcpu.features),
    ...given({ gic: gic as Vcpu['gic'], mte, writableImpId, protected: isProtected, ipaBits }),
  };
}

/** Reads one line of a stream of questions about vCPUs. */
export function parseKvmRecord(line: string): ParsedKvmRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return { id: glimpseId(line), error: { code: 'bad-json', message: `the line is no JSON: ${String(cause).slice(0, 160)}` } };
  }
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const top: JsonObject = reader.object('', value) ?? {};
  const id = typeof top.id === 'string' || typeof top.id === 'number' ? top.id : null;
  if (reader.problems.length > 0) return { id, error: errorOf(reader.problems) };
  const host = reader.object('host', top.host) ?? {};
  const kernel = readKernel(reader, host.kernel, found);
  const machine = readCpus(reader, host.cpus, found);
  if (host.bootEl !== undefined && host.bootEl !== 2) reader.fail('host.bootEl', '2, since KVM needs EL2', host.bootEl);
  const options = gicOf(reader.text('host.machine', host.machine));
  const vcpu = readVcpu(reader, top.vcpu);
  if (reader.problems.length > 0) return { id, error: errorOf(reader.problems) };
  return { id, record: { id, machine, kernel, options, vcpu }, diagnostics: found };
}

function hexObject(values: ReadonlyMap<string, bigint | string>): Record<string, string> {
  return Object.fromEntries([...values].map(([name, value]) => [name, typeof value === 'bigint' ? formatHex(value) : value]));
}

const NIBBLES: readonly number[] = Array.from({ length: 16 }, (_, nibble) => nibble);

function digitsText(digits: readonly number[]): string {
  return digits.length === 15 ? '*' : digits.map((digit) => digit.toString(16)).join('');
}

/** The writes that are accepted, and those that come to something else, by register and nibble. */
function writesObject(guest: KvmGuest): object {
  const parts: Record<'accepted' | 'ignored' | 'storedOtherwise', Record<string, unknown>> = {
    accepted: {},
    ignored: {},
    storedOtherwise: {},
  };
  for (const name of [...guest.registers.keys()].filter((listed) => isListed(guest, listed))) {
    const probed = NIBBLES.map((nibble) => [String(nibble), probeNibble(guest, name, nibble)] as const);
    const accepted = probed.filter(([, found]) => found.accepted.length > 0).map(([nibble, found]) => [nibble, digitsText(found.accepted)]);
    const ignored = probed.filter(([, found]) => found.ignored.length > 0).map(([nibble, found]) => [nibble, digitsText(found.ignored)]);
    const otherwise = probed
      .filter(([, found]) => found.storedOtherwise.size > 0)
      .map(([nibble, found]) => [
        nibble,
        Object.fromEntries([...found.storedOtherwise].map(([digit, value]) => [digit.toString(16), formatHex(value)])),
      ]);
    const all = ignored.length === 16 && ignored.every(([, digits]) => digits === '*');
    if (accepted.length > 0) parts.accepted[name] = Object.fromEntries(accepted);
    if (ignored.length > 0) parts.ignored[name] = all ? '*' : Object.fromEntries(ignored);
    if (otherwise.length > 0) parts.storedOtherwise[name] = Object.fromEntries(otherwise);
  }
  return parts;
}

/** What a guest gets, as an object: its registers, what its reads give otherwise, and what user space may write. */
export function kvmGuestObject(guest: KvmGuest): object {
  const reads = new Map([...guestReads(guest)].filter(([name, value]) => guest.registers.get(name) !== value));
  const { behaviour, fidelity } = guest.host.model;
  return {
    registers: hexObject(new Map([...guest.registers].filter(([name]) => isListed(guest, name)))),
    reads: hexObject(reads),
    ...(behaviour['writable-masks-told'] === true ? { writable: hexObject(guest.writable) } : {}),
    ...writesObject(guest),
    fidelity,
  };
}

/** Answers one question: a line of JSON, without the line feed. */
export function formatKvmAnswer(id: RecordId, host: KvmHost, vcpu: Vcpu, make: (host: KvmHost, vcpu: Vcpu) => KvmGuest): string {
  const refusal = refusalOf(host, vcpu);
  const guest = refusal === undefined ? kvmGuestObject(make(host, vcpu)) : { refused: { step: refusal.step, errno: refusal.errno } };
  return JSON.stringify({ id, guest });
}
