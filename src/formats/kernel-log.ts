import { isWholeBoot } from '../linux/environment.ts';
import type { LogEvent, LogMessage, LogSource } from '../linux/log/log-event.ts';
import type { Behaviour } from '../linux/release/behaviour.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import { formatCpuList } from '../process/cpu-list.ts';

/** A value in a SANITY CHECK line: at least 14 digits after `0x`. */
function sanityHex(value: bigint): string {
  return `0x${value.toString(16).padStart(14, '0')}`;
}

function overrideText(event: LogMessage & { code: 'override' }): string {
  const place = `SYS_${event.register}[${event.msb}:${event.lsb}]`;
  const value = BigInt.asUintN(64, event.value ?? 0n).toString(16);
  switch (event.kind) {
    case 'forced':
      return `${place}: forced to ${value}`;
    case 'already-set':
      return `${place}: already set to ${value}`;
    case 'ignored':
      return `${place}: ignoring override to ${value}`;
    case 'impossible':
      return `${place}: impossible override, ignored`;
  }
}

function detectedText({ description, erratum }: LogMessage & { code: 'detected' }, style: Behaviour['detected-message']): string {
  if (style !== 'detected' && erratum) return `enabling workaround for ${description}`;
  return style === 'detected-feature-enabling-workaround' ? `detected feature: ${description}` : `detected: ${description}`;
}

function kvmText({ mode }: LogMessage & { code: 'kvm' }, behaviour: Behaviour): string {
  switch (mode) {
    case 'unavailable':
      return 'HYP mode not available';
    case 'vhe':
      return 'VHE mode initialized successfully';
    case 'nvhe':
      return behaviour['nvhe-named'] === true ? 'Hyp nVHE mode initialized successfully' : 'Hyp mode initialized successfully';
    case 'hvhe':
      return 'Hyp hVHE mode initialized successfully';
    case 'protected':
      return 'Protected nVHE mode initialized successfully';
    case 'protected-hvhe':
      return 'Protected hVHE mode initialized successfully';
  }
}

/** Everything that stands behind `CPU features: `. */
function featureText(event: LogEvent, behaviour: Behaviour): string | undefined {
  switch (event.code) {
    case 'override':
      return overrideText(event);
    case 'detected':
      return detectedText(event, behaviour['detected-message']);
    case 'detected-amu':
      return `detected CPU${event.cpu}: Activity Monitors Unit (AMU)`;
    case 'detected-on':
      return `detected: ${event.description} on CPU${formatCpuList(event.cpus)}`;
    case 'kpti-forced':
      return `kernel page table isolation forced ${event.on ? 'ON' : 'OFF'} by ${event.by}`;
    case 'kpti-not-configured':
      return 'kernel page table isolation disabled by kernel configuration';
    case 'conflict':
      return `CPU${event.cpu}: Detected conflict for capability ${event.number} (${event.description ?? '(null)'}), System: ${Number(event.system)}, CPU: ${Number(event.own)}`;
    case 'sanity-check':
      return `SANITY CHECK: Unexpected variation in SYS_${event.register}. Boot CPU: ${sanityHex(event.boot)}, CPU${event.cpu}: ${sanityHex(event.own)}`;
    case 'unsupported-variation':
      return 'Unsupported CPU feature variation detected.';
    case 'missing-hwcap':
      return `CPU${event.cpu}: missing HWCAP: ${event.constant}`;
    case 'vector-length-mismatch':
      return `CPU${event.cpu}: ${event.extension}: vector length support mismatch`;
    case 'narrower-for-kvm':
      return `CPU${event.cpu}: ${event.what} mismatch`;
    case 'no-cache-writeback-granule':
      return `No Cache Writeback Granule information, assuming ${event.assumed}`;
    case 'emulated-pan':
      return 'emulated: Privileged Access Never (PAN) using TTBR0_EL1 switching';
    case 'asymmetric-32bit-el0':
      return `Asymmetric 32-bit EL0 support detected on CPU ${event.on}; CPU hot-unplug disabled on CPU ${event.pinned}`;
    default:
      return undefined;
  }
}

/** What a mitigation was switched off by. Kernels that report all of them at the end spell it in one way. */
function switchName({ mitigation, by }: Extract<LogEvent, { code: 'mitigation-disabled' }>, behaviour: Behaviour): string {
  if (by === 'configuration') return 'compile time';
  return mitigation === 'spectre-v4' || behaviour['mitigations-off-reported'] === 'always' ? 'command-line' : 'command line';
}

/** Everything that has a prefix of its own. */
function otherText(event: LogEvent, behaviour: Behaviour): string {
  switch (event.code) {
    case 'icache-policy':
      return `Detected ${event.policy} I-cache on CPU${event.cpu}`;
    case 'unknown-asid-size':
      return `CPU${event.cpu}: Unknown ASID size (${event.field}); assuming 8-bit`;
    case 'smaller-asid':
      return `CPU${event.cpu}: smaller ASID size(${event.own}) than boot CPU (${event.boot})`;
    case 'will-not-boot':
      return `CPU${event.cpu}: will not boot`;
    case 'vector-lengths-missing':
      return `${event.extension}: cpu${event.cpu}: Required vector length(s) missing`;
    case 'vector-lengths-unsupported':
      return `${event.extension}: cpu${event.cpu}: Unsupported vector length(s) present`;
    case 'minimum-vector-length':
      return `${event.extension}: minimum available vector length ${event.bytes} bytes per vector`;
    case 'maximum-vector-length':
      return `${event.extension}: maximum available vector length ${event.bytes} bytes per vector`;
    case 'default-vector-length':
      return `${event.extension}: default vector length ${event.bytes} bytes per vector`;
    case 'unvirtualisable-vector-lengths':
      return `${event.extension}: unvirtualisable vector lengths present`;
    case 'mitigation-disabled':
      return `${event.mitigation} mitigation disabled by ${switchName(event, behaviour)} option`;
    case 'started-at-el':
      return `CPU: All CPU(s) started at EL${event.el}`;
    case 'breakpoints':
      return `hw-breakpoint: found ${event.breakpoints} breakpoint and ${event.watchpoints} watchpoint registers.`;
    case 'kvm':
      return `kvm [1]: ${kvmText(event, behaviour)}`;
    default:
      return '';
  }
}

/** Writes one line of the log as that kernel words it, without time stamp. */
export function formatLogEvent(event: LogEvent, behaviour: Behaviour): string {
  const text = featureText(event, behaviour);
  return text === undefined ? otherText(event, behaviour) : `CPU features: ${text}`;
}

/**
 * Writes the log of a boot, one line an element; only lines of the given parts of the kernel, if any are given.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * formatLog(boot(machine, { release: '6.8' })).some((line) => line.includes('CRC32')) // → true
 * ```
 */
export function formatLog(system: System, sources?: readonly LogSource[]): readonly string[] {
  const { behaviour } = kernelAt(system.kernel);
  return system.log
    .filter(({ source }) => sources === undefined || sources.includes(source))
    .map((event) => formatLogEvent(event, behaviour));
}

/** What a whole boot prints about CPU features, and what the CPU feature code prints by itself. */
const BOOT_SOURCES: readonly LogSource[] = ['cpufeature', 'cpuinfo', 'fpsimd', 'smp', 'hw-breakpoint', 'kvm'];
const FEATURE_CODE_SOURCES: readonly LogSource[] = ['cpufeature', 'cpuinfo', 'fpsimd', 'proton-pack'];

/**
 * Writes the lines about CPU features: of a whole boot those that recordings of boots keep, which leaves the mitigations out; if only
 * the CPU feature code is described, all that it prints.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * formatFeatureLog(boot(machine, { release: '6.8' })).includes('CPU features: detected: CRC32 instructions') // → true
 * ```
 */
export function formatFeatureLog(system: System): readonly string[] {
  return formatLog(system, isWholeBoot(system.environment) ? BOOT_SOURCES : FEATURE_CODE_SOURCES);
}

/** The lines about CPU features that may or may not have been printed. */
export function formatOpenLog(system: System): readonly string[] {
  const open = system.unknown?.log;
  if (open === undefined) return [];
  const certain = new Set(formatFeatureLog(system));
  return [...new Set(formatFeatureLog({ ...system, log: open }))].filter((line) => !certain.has(line));
}
