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

/** Six event counters, as most cores have; taken where neither the register nor the core tells. */
const SIX_COUNTERS = 0x3000n;

/** PMCR_EL0 of the boot CPU after reset: who made it, and how many event counters it has. */
function physicalPmcr(host: KvmHost): bigint {
  const midr = host.hardware('MIDR_EL1');
  const row = PMU_COUNTER_ROWS.find(({ core }) => {
    const [implementer, part] = core.split('/').map(BigInt) as [bigint, bigint];
    return ((midr >> 24n) & 0xffn) === implementer && ((midr >> 4n) & 0xfffn) === part;
  });
  return row === undefined ? SIX_COUNTERS : BigInt(row.pmcr);
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
  const isOpen = (host.open('ID_AA64DFR0_EL1') & PMUVER) !== 0n || coreKey(host.openHardware('MIDR_EL1')) !== 0n;
  const long = host.hasOpen32BitEl0 ? PMCR_LC : 0n;
  const open = { PMCR_EL0: isOpen ? ALL_BITS : pmcr(host) && long, PMMIR_EL1: host.openHardware('PMMIR_EL1') };
  return pmuRegisters(host, vcpu).flatMap(([name]) =>
    open[name as keyof typeof open] === 0n ? [] : [[name, open[name as keyof typeof open]]],
  );
}

function pmcr(host: KvmHost): bigint {
  const pmuver = (host.sanitised('ID_AA64DFR0_EL1') >> 8n) & 0xfn;
  if (pmuver === 0n || pmuver === 15n) return 0n;
  const physical = physicalPmcr(host);
  const long = host.has32BitEl0 ? 0n : PMCR_LC;
  const counters = physical & (0x1fn << PMCR_N);
  return host.model.behaviour['pmcr-reset'] === 'physical' ? (physical & IDENTITY) | counters | RESET_UNKNOWN | long : counters | long;
}
