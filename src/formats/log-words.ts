import type { ExplainedLine, ExplainedWorkaround, LoggedCpu } from '../answers/explain-log.ts';
import { findRegister } from '../arch/register.ts';
import { extractField } from '../bits/field.ts';
import { formatHex } from '../bits/hex.ts';
import { formatCpuList } from '../process/cpu-list.ts';
import { coreTitle } from '../silicon/core-row.ts';
import { formatRevision, parseMidr } from '../silicon/midr.ts';

const POLICIES: Readonly<Record<string, string>> = {
  PIPT: 'is indexed and tagged by physical address: no aliases',
  VIPT: 'is indexed by virtual and tagged by physical address: the kernel minds aliases',
  VPIPT: 'is physically tagged, and by VMID: the kernel flushes it more often under a hypervisor',
  AIVIVT: 'is indexed and tagged by virtual address, with the ASID: the kernel flushes it often',
};

function on(cpu: number | undefined): string {
  return cpu === undefined ? 'the system' : `CPU${cpu}`;
}

function detected({ event, cpucap }: ExplainedLine): string {
  if (event.code !== 'detected' && event.code !== 'detected-on') return '';
  const where =
    event.code === 'detected-on'
      ? `CPUs ${formatCpuList(event.cpus)} have it`
      : event.cpu === undefined
        ? ''
        : `found as CPU${event.cpu} came up`;
  if (cpucap === undefined) return `a capability that no kernel known here describes so${where === '' ? '' : `; ${where}`}`;
  const kind = AFFECTED.test(cpucap.name)
    ? 'a CPU is affected, whether or not it is mitigated (/sys/devices/system/cpu/vulnerabilities tells)'
    : cpucap.erratum
      ? 'the workaround is on'
      : 'the capability is on';
  const fields = cpucap.fields.length === 0 ? '' : ` (${cpucap.fields.join(', ')})`;
  return `${kind}: ${cpucap.name}${fields}${where === '' ? '' : `; ${where}`}`;
}

/** Capabilities that say that CPUs are open to an attack. */
const AFFECTED = /^SPECTRE_/;

/** What differs between two values of a register, field by field. */
function differences(register: string, boot: bigint, own: bigint): string {
  const fields = findRegister(register)?.fields ?? [];
  const told = fields.flatMap((field) => {
    const [before, now] = [extractField(boot, field), extractField(own, field)];
    return before === now ? [] : [`${field.name} is ${now} instead of ${before}`];
  });
  return told.length === 0 ? `by ${formatHex(boot ^ own)}` : told.join(', ');
}

/** The field that bits of a register are, as the command line's overrides name both. */
function fieldOf(register: string, msb: number, lsb: number): string {
  const name = register.toUpperCase();
  const found = findRegister(name)?.fields.find((field) => field.lsb === lsb && field.msb === msb);
  return found === undefined ? `bits ${msb}:${lsb} of ${name}` : `${name}.${found.name}`;
}

/** What a line about a CPU that came up says, in one sentence without its full stop. */
export function formatLoggedCpu({ cpu, midr }: LoggedCpu): string {
  const parts = parseMidr(midr);
  return `CPU${cpu} is ${coreTitle(parts)} ${formatRevision(parts)} (MIDR_EL1)`;
}

/** What a line of the log says, in one sentence without its full stop. */
export function formatLogMeaning(line: ExplainedLine): string {
  const { event } = line;
  switch (event.code) {
    case 'icache-policy':
      return `the instruction cache of ${on(event.cpu)} ${POLICIES[event.policy] ?? `is ${event.policy}`} (CTR_EL0.L1Ip)`;
    case 'detected':
    case 'detected-on':
      return detected(line);
    case 'detected-amu':
      return `CPU${event.cpu} has activity monitors (ID_AA64PFR0_EL1.AMU)`;
    case 'override':
      return event.kind === 'impossible'
        ? `the command line asked for a value of ${fieldOf(event.register, event.msb, event.lsb)} that cannot be`
        : `the command line set ${fieldOf(event.register, event.msb, event.lsb)}; ${event.kind.replace('-', ' ')} 0x${event.value?.toString(16) ?? ''}`;
    case 'kpti-forced':
      return `page tables of the kernel are ${event.on ? 'kept apart' : 'not kept apart'}, because of ${event.by}`;
    case 'kpti-not-configured':
      return 'the kernel was built without page table isolation (CONFIG_UNMAP_KERNEL_AT_EL0)';
    case 'unknown-asid-size':
      return `CPU${event.cpu} has an ASID size that the kernel does not know (ID_AA64MMFR0_EL1.ASIDBits = ${event.field})`;
    case 'smaller-asid':
      return `CPU${event.cpu} has ${event.own} bits of ASID, the boot CPU ${event.boot}: the kernel stops (ID_AA64MMFR0_EL1.ASIDBits)`;
    case 'conflict':
      return `CPU${event.cpu} ${event.own ? 'has' : 'lacks'} ${event.description ?? `capability ${event.number}`}, which the system ${event.system ? 'uses' : 'does without'}: it may not come up`;
    case 'will-not-boot':
      return `CPU${event.cpu} is refused`;
    case 'sanity-check':
      return `CPU${event.cpu} differs from the boot CPU in ${event.register}: ${differences(event.register, event.boot, event.own)}; the kernel takes the safe value of each field, and is tainted`;
    case 'unsupported-variation':
      return 'CPUs differ where they should not: the kernel is tainted';
    case 'missing-hwcap':
      return `CPU${event.cpu} came late and lacks ${event.constant}, which programs were promised`;
    case 'vector-lengths-missing':
    case 'vector-lengths-unsupported':
    case 'vector-length-mismatch':
      return `the ${event.extension} vector lengths of ${on(event.cpu)} do not go with those of the CPUs before`;
    case 'narrower-for-kvm':
      return `CPU${event.cpu} came late and has a narrower ${event.what} than guests were promised`;
    case 'minimum-vector-length':
    case 'maximum-vector-length':
    case 'default-vector-length':
      return `${event.extension}: vectors have ${event.code === 'minimum-vector-length' ? 'at least' : event.code === 'maximum-vector-length' ? 'at most' : 'by default'} ${event.bytes} bytes (${event.bytes * 8} bits)`;
    case 'unvirtualisable-vector-lengths':
      return `${event.extension}: not all CPUs have the same vector lengths, so that guests cannot get all of them`;
    case 'no-cache-writeback-granule':
      return `CTR_EL0.CWG is 0: the kernel assumes ${event.assumed} bytes`;
    case 'emulated-pan':
      return 'the kernel keeps user memory out of its own reach in software (CONFIG_ARM64_SW_TTBR0_PAN)';
    case 'asymmetric-32bit-el0':
      return `only some CPUs run 32-bit programs; CPU${event.pinned} is kept for them`;
    case 'mitigation-disabled':
      return `the mitigation of ${event.mitigation} is off${event.by === 'configuration' ? ': it was not built in' : ', as the command line asks'}`;
    case 'started-at-el':
      return event.el === 2 ? 'firmware started all CPUs at EL2: KVM can run' : 'all CPUs were started at EL1: no KVM; mostly a guest';
    case 'breakpoints':
      return `${event.breakpoints} breakpoints and ${event.watchpoints} watchpoints (ID_AA64DFR0_EL1.BRPs, WRPs)`;
    case 'kvm':
      return event.mode === 'unavailable' ? 'KVM cannot run: the kernel was not started at EL2' : `KVM runs, mode ${event.mode}`;
  }
}

/** What firmware said of an erratum, and what Linux has for it, in one sentence without its full stop. */
export function formatWorkaround({ core, erratum, applied, cpucap }: ExplainedWorkaround): string {
  const done = applied ? 'firmware works around it' : 'firmware was built without its workaround';
  const linux = cpucap === undefined ? 'Linux has no capability by that number' : `Linux has ${cpucap} for it (armlens why ${cpucap})`;
  return `${/^CVE/.test(erratum) ? erratum : `erratum ${erratum}`} of ${core}: ${done}; ${linux}`;
}
