import { ALL_BITS } from '../../bits/field.ts';
import { coreKey } from '../../silicon/midr.ts';
import { PMU_COUNTER_ROWS } from '../generated/kvm.ts';
import type { KvmHost } from './kvm-host.ts';
import { hasTrait, type Vcpu } from './vcpu.ts';

const PMCR_N = 11n;
const PMCR_LC = 1n << 6n;
/** What KVM of old put into the bits of PMCR_EL0 that a reset leaves unknown. */
const RESET_UNKNOWN = 0xacn;
const IDENTITY = 0xffff_0000n;
const PMUVER = 0xf00n;

const COUNTERS = 0x1fn << PMCR_N;

/** PMCR_EL0 of the boot CPU after reset: who made it, and how many event counters it has; `undefined` where the core is not known to tell. */
function physicalPmcr(host: KvmHost): bigint | undefined {
  const midr = host.hardware('MIDR_EL1');
  const row = PMU_COUNTER_ROWS.find(({ core }) => {
    const [implementer, part] = core.split('/').map(BigInt) as [bigint, bigint];
    return ((midr >> 24n) & 0xffn) === implementer && ((midr >> 4n) & 0xfffn) === part;
  });
  return row && BigInt(row.pmcr);
}

/** The PMU's registers that KVM lists besides the ID space. */
export function pmuRegisters(host: KvmHost, vcpu: Vcpu): readonly (readonly [string, bigint])[] {
  const { behaviour } = host.model;
  const has = hasTrait(vcpu, 'pmu');
  const registers: [string, bigint][] = [];
  if (has || behaviour['pmcr-listed'] === 'always') registers.push(['PMCR_EL0', pmcr(host)]);
  if (has && behaviour['pmmir-listed'] === true) registers.push(['PMMIR_EL1', host.hardware('PMMIR_EL1')]);
  return registers;
}

/** The bits of {@link pmuRegisters} that are not known: which core has counters, whether there are any, and whether long ones are all. */
export function openPmuRegisters(host: KvmHost, vcpu: Vcpu): readonly (readonly [string, bigint])[] {
  const open = { PMCR_EL0: openPmcr(host), PMMIR_EL1: host.openHardware('PMMIR_EL1') };
  return pmuRegisters(host, vcpu).flatMap(([name]) =>
    open[name as keyof typeof open] === 0n ? [] : [[name, open[name as keyof typeof open]]],
  );
}

/** Whether the host's ID_AA64DFR0_EL1 says that it has a PMU of Arm's architecture. */
function hasPmu(host: KvmHost): boolean {
  const pmuver = (host.sanitised('ID_AA64DFR0_EL1') & PMUVER) >> 8n;
  return pmuver !== 0n && pmuver !== 15n;
}

/** The bits of the physical PMCR_EL0 that a guest's keeps. */
function keptBits({ model }: KvmHost): bigint {
  return model.behaviour['pmcr-reset'] === 'physical' ? IDENTITY | COUNTERS : COUNTERS;
}

function openPmcr(host: KvmHost): bigint {
  if ((host.open('ID_AA64DFR0_EL1') & PMUVER) !== 0n || coreKey(host.openHardware('MIDR_EL1')) !== 0n) return ALL_BITS;
  if (!hasPmu(host)) return 0n;
  return (physicalPmcr(host) === undefined ? keptBits(host) : 0n) | (host.hasOpen32BitEl0 ? PMCR_LC : 0n);
}

/**
 * Whether hosts have the same of what is not known of PMCR_EL0: it hangs on the core alone, and they have the same one under kernels that keep
 * the same bits.
 */
export function haveSameOpenPmcr(hosts: readonly KvmHost[]): boolean {
  const alike = new Set(hosts.map((host) => `${coreKey(host.hardware('MIDR_EL1'))} ${openPmcr(host)} ${keptBits(host)}`));
  return alike.size === 1 && hosts.every((host) => (openPmcr(host) & PMCR_LC) === 0n);
}

function pmcr(host: KvmHost): bigint {
  if (!hasPmu(host)) return 0n;
  const long = host.has32BitEl0 || host.hasOpen32BitEl0 ? 0n : PMCR_LC;
  const reset = host.model.behaviour['pmcr-reset'] === 'physical' ? RESET_UNKNOWN : 0n;
  return ((physicalPmcr(host) ?? 0n) & keptBits(host)) | reset | long;
}
