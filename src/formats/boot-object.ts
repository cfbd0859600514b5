import type { LogEvent } from '../linux/log/log-event.ts';
import { logLevel } from '../linux/log/log-level.ts';
import { kernelAt } from '../linux/release/kernel-at.ts';
import type { System } from '../linux/system.ts';
import { AUXV_TYPES, type Auxv, auxvView } from '../process/auxv.ts';
import { cpuinfoView, hasPersonality } from '../process/cpuinfo.ts';
import { formatCpuinfo } from './cpuinfo.ts';
import { formatLogEvent } from './kernel-log.ts';
import { type ResultField, unknownObject } from './result.ts';
import { sysrootFiles } from './sysroot.ts';

/** Every part of a boot that can be selected. */
export const BOOT_PARTS = ['log', 'cpuinfo', 'cpuinfo32', 'auxv', 'auxv32', 'cpucaps', 'files'] as const;

/** One of {@link BOOT_PARTS}. */
export type BootPart = (typeof BOOT_PARTS)[number];

/** A line of the log: phase, CPU, code and what it is filled in with, then level and text. */
function logObject(event: LogEvent, text: string): object {
  const { phase, cpu, source, code, ...args } = event;
  return { phase, cpu, source, code, args, level: logLevel(event), text };
}

function auxvObject({ entries }: Auxv): object {
  const names = new Map(Object.entries(AUXV_TYPES).map(([name, type]) => [type as number, name]));
  return Object.fromEntries(entries.map(({ type, value, text }) => [names.get(type) ?? `${type}`, text ?? value]));
}

function partOf(part: BootPart, system: System): unknown {
  switch (part) {
    case 'log': {
      const { behaviour } = kernelAt(system.kernel);
      return system.log.map((event) => logObject(event, formatLogEvent(event, behaviour)));
    }
    case 'cpuinfo':
      return formatCpuinfo(cpuinfoView(system));
    case 'cpuinfo32':
      return formatCpuinfo(cpuinfoView(system, { personality: 'PER_LINUX32' }));
    case 'auxv':
      return auxvObject(auxvView(system, { bits: 64 }));
    case 'auxv32':
      return auxvObject(auxvView(system, { bits: 32 }));
    case 'cpucaps':
      return system.cpucaps;
    case 'files':
      return Object.fromEntries(sysrootFiles(system));
  }
}

/** What may be open of a part. */
const OPEN_FIELDS: Readonly<Partial<Record<BootPart, readonly ResultField[]>>> = {
  log: ['log'],
  cpuinfo: ['hwcaps'],
  cpuinfo32: ['compat'],
  auxv: ['hwcaps'],
  auxv32: ['compat'],
  cpucaps: ['cpucaps'],
};

/** The parts that exist only once programs run, which they never do on a system that panics. */
const AFTER_BOOT: ReadonlySet<BootPart> = new Set(['cpuinfo', 'cpuinfo32', 'auxv', 'auxv32', 'files']);

/**
 * Whether a part can be read on a system: most of them cannot if it panics, and the AArch32 ones need AArch32.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('apple-m1');
 * hasBootPart(boot(machine, { release: '6.8' }), 'cpuinfo32') // → false
 * ```
 */
export function hasBootPart(system: System, part: BootPart): boolean {
  if (system.panic !== null && AFTER_BOOT.has(part)) return false;
  return !part.endsWith('32') || hasPersonality(system, 'PER_LINUX32');
}

/**
 * A boot as JSON output holds it. A part that cannot be read on this system is absent.
 *
 * @param parts - The parts to hold; by default all.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * bootObject(boot(machine, { release: '6.8' }), ['cpucaps']).online // → [0, 1, 2, 3]
 * ```
 */
export function bootObject(system: System, parts: readonly BootPart[] = BOOT_PARTS): Readonly<Record<string, unknown>> {
  const { cpus, online, tainted, panic, fidelity, doubts, diagnostics } = system;
  return {
    timerHz: system.environment.timerHz,
    online,
    refused: cpus.flatMap(({ index, refused }) => (refused === undefined ? [] : [{ cpu: index, reason: refused }])),
    tainted,
    panic,
    ...Object.fromEntries(
      BOOT_PARTS.filter((part) => parts.includes(part) && hasBootPart(system, part)).map((part) => [part, partOf(part, system)]),
    ),
    unknown: unknownObject(system, ['online', 'panic', 'tainted', ...parts.flatMap((part) => OPEN_FIELDS[part] ?? [])]),
    fidelity,
    doubts,
    diagnostics,
  };
}
