/**
 * What KVM of a host kernel gives a guest.
 *
 * Between a host and its guest stands KVM. It starts from the *sanitised* registers of the host, not from the hardware: what the host's
 * kernel does not track is zero in a guest, and what its command line takes away is away there too. On these it sets *limits*, row by
 * row: some fields are hidden, some are cut to a value, some hang on what the vCPU was made with. The result is what KVM_GET_ONE_REG shows,
 * and the most that user space may ask for by KVM_SET_ONE_REG. At the first run some fields are settled, and a few registers
 * read otherwise than they are stored, since no trap stands before them.
 *
 * All of it is data: spec-data/linux/kvm/ has a row for each limit, with the releases in which it holds.
 *
 * @module
 */

import { given } from '../../given.ts';
import { anyOf, negate, type Truth } from '../../logic/truth.ts';
import type { Machine } from '../../silicon/machine.ts';
import { boot } from '../boot.ts';
import { isAArch32 } from '../bring-up/cpu-registers.ts';
import type { Environment } from '../environment.ts';
import type { Kernel } from '../kernel.ts';
import { resolveRelease } from '../release/known-trees.ts';
import { updateName } from '../release/release.ts';
import { KvmHost, type KvmHostOptions } from './kvm-host.ts';
import type { RefusalStep } from './kvm-rows.ts';
import { type LimitNote, limitedRegisters } from './limits.ts';
import { openPmuRegisters, pmuRegisters } from './pmu.ts';
import { hasTrait, type Vcpu } from './vcpu.ts';

/** A vCPU that was made and has not run yet. */
export interface KvmGuest {
  readonly host: KvmHost;
  readonly vcpu: Vcpu;
  /** What KVM_GET_ONE_REG gives, for every register of the ID space that KVM_GET_REG_LIST has. */
  readonly registers: ReadonlyMap<string, bigint>;
  /** The bits of {@link registers} that are not known of the host, which are zero there; absent: none. */
  readonly open: ReadonlyMap<string, bigint>;
  /** The same as they were at first: the most that may be written. */
  readonly limits: ReadonlyMap<string, bigint>;
  /** What each limit did, in order. */
  readonly notes: readonly LimitNote[];
  /** The bits that a limit named, by register. */
  readonly touched: ReadonlyMap<string, bigint>;
  /** The bits that KVM says may be written, by register; none before 6.6. */
  readonly writable: ReadonlyMap<string, bigint>;
  /** The SVE vector lengths that it has, in bytes and in order: at first all of the host. Absent: it has no SVE, or they are not known. */
  readonly sveVl?: readonly number[];
}

/** Why a vCPU cannot be made. */
export interface VcpuRefusal {
  /** The row of spec-data/linux/kvm/refusals.json. */
  readonly row: string;
  readonly step: RefusalStep;
  /** Linux's number of the error: 2 ENOENT, 19 ENODEV, 22 EINVAL. */
  readonly errno: number;
  /** What is missing, as a phrase. */
  readonly because: string;
}

/** The order in which a VM and its vCPU are made. */
const STEPS: readonly RefusalStep[] = ['create_vm', 'mte', 'impid', 'gic', 'init', 'pmuirq', 'pmuinit'];

/** Why KVM refuses to make a vCPU on a host; `undefined` if it does not. */
export function refusalOf(host: KvmHost, vcpu: Vcpu): VcpuRefusal | undefined {
  for (const step of STEPS) {
    const found = host.model.refusals.find((row) => row.step === step && host.judge(row.when, vcpu));
    if (found) return { row: found.name, step, errno: found.errno, because: found.because };
  }
  return undefined;
}

/** Whether KVM makes a vCPU on a host; `undefined` where that hangs on what is not known of the host. */
export function makesVcpu(host: KvmHost, vcpu: Vcpu): Truth {
  return negate(anyOf(refusalsThatCount(host, vcpu).map(({ when }) => host.verdict(when, vcpu))));
}

/** The rows by which a host may refuse a vCPU, where that hangs on what is not known of it. */
export function openRefusals(host: KvmHost, vcpu: Vcpu): readonly VcpuRefusal[] {
  return refusalsThatCount(host, vcpu).flatMap(({ name, step, errno, because, when }) =>
    host.verdict(when, vcpu) === undefined ? [{ row: name, step, errno, because }] : [],
  );
}

/** An interrupt controller that is left to the host is one that it has. */
function refusalsThatCount({ model }: KvmHost, { gic }: Vcpu): KvmHost['model']['refusals'] {
  return gic === undefined ? model.refusals.filter(({ step }) => step !== 'gic') : model.refusals;
}

/** A vCPU with the interrupt controller that its host can give, unless it says which. */
export function onHost(vcpu: Vcpu, host: KvmHost): Vcpu {
  return vcpu.gic === undefined && !host.hasOpenGic ? { ...vcpu, gic: host.gic === 'v2' ? 'v2' : 'v3' } : vcpu;
}

/** The writable masks that KVM tells: those of AArch32 registers only on hosts with 32-bit EL0. */
function writableMasks(host: KvmHost): ReadonlyMap<string, bigint> {
  return new Map([...host.model.writable].filter(([name]) => host.has32BitEl0 || !isAArch32(name)));
}

/** Makes a vCPU on a host. Ask {@link refusalOf} first whether it can be made. */
export function makeVcpu(host: KvmHost, vcpu: Vcpu): KvmGuest {
  const { values, open, notes, touched } = limitedRegisters(host, vcpu);
  const limits = new Map([...values, ...pmuRegisters(host, vcpu)]);
  return {
    host,
    vcpu,
    registers: limits,
    open: new Map([...open, ...openPmuRegisters(host, vcpu)]),
    limits,
    notes,
    touched,
    writable: writableMasks(host),
    ...given({ sveVl: hasTrait(vcpu, 'sve') ? host.options.sveVl : undefined }),
  };
}

/**
 * The release that stands for a distribution's build, whose name does not tell its stable update: the one that it is known to hold, or else the
 * newest of its series. KVM's rows say what is in doubt.
 */
function assumedRelease(text: string): string {
  const { build, series, sublevel } = resolveRelease(text);
  return build === undefined || sublevel === undefined ? text : updateName(series, sublevel);
}

/**
 * Boots a machine as a host: at EL2, with the timer that its boot CPU tells of.
 *
 * @throws {ArmlensError} as {@link boot} does.
 */
export function bootHost(machine: Machine, kernel: Kernel, environment: Environment = {}, options: KvmHostOptions = {}): KvmHost {
  const timerHz = Number((machine.cpus[0]?.registers.CNTFRQ_EL0 ?? 0n) & 0xffff_ffffn);
  const system = boot(machine, { ...kernel, release: assumedRelease(kernel.release) }, { timerHz, ...environment, bootEl: 2 });
  const lengths = system.online.map((index) => machine.cpus[index]!.sveVl);
  const [first] = lengths;
  const sveVl = first?.filter((length) => lengths.every((other) => other?.includes(length) ?? true));
  return new KvmHost(system, { ...given({ sveVl }), ...options }, kernel.release);
}
