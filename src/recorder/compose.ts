import type { Capture } from '../answers/capture.ts';
import { formatHex } from '../bits/hex.ts';
import { parseLogMessage } from '../formats/kernel-log-line.ts';
import { splitMessage } from '../formats/posted/log-prefix.ts';
import { given } from '../given.ts';
import type { Kernel, KernelConfig } from '../linux/kernel.ts';
import { optionsOf } from '../linux/release/config.ts';
import { OPTION_NAMES } from '../linux/release/history.ts';
import { resolveRelease } from '../linux/release/known-trees.ts';
import { AUXV_TYPES } from '../process/auxv.ts';
import { RecorderFault } from './fault.ts';
import { type BootRecording, blocksOf, type HexWords, type RecordedParts } from './recording.ts';
import type { MetHardware } from './registers-text.ts';

/** What one boot showed. */
export interface Boot {
  /** As after `-cpu`, `-machine`. */
  readonly cpu: string;
  readonly machine: string;
  readonly smp: number;
  /** What the boot loader passed. */
  readonly append: string;
  readonly config?: KernelConfig;
  readonly hardware: MetHardware;
  /** What the probe printed, and as it was read. */
  readonly probe: string;
  readonly seen: Capture;
  /** All that the kernel's console showed. */
  readonly console: string;
}

/** Whether a configuration of that name is known for a release. */
function isKnown(config: string | KernelConfig | undefined, release: string): config is string {
  try {
    return typeof config === 'string' && optionsOf(config, resolveRelease(release)) !== undefined;
  } catch {
    return false;
  }
}

/** Named configurations, of which the one is taken that says most. */
const BASES = ['debian', 'defconfig'] as const;

/** A configuration as a named one and the options that differ from it: the fewest. */
function shortConfig(config: KernelConfig, release: string): KernelConfig {
  const options = config as Readonly<Record<string, string>>;
  const versions = BASES.filter((base) => isKnown(base, release)).map((base) => {
    const named = optionsOf(base, resolveRelease(release));
    const own = OPTION_NAMES.filter((name) => options[name] !== undefined && plain(options[name]) !== named(name));
    return { base, ...Object.fromEntries(own.map((name) => [name, plain(options[name]!)])) } as KernelConfig;
  });
  return versions.sort((a, b) => Object.keys(a).length - Object.keys(b).length)[0] ?? config;
}

/** A value as recordings hold it: text options do not matter. */
const plain = (value: string): string => (/^(?:[ymn]|\d+)$/.test(value) ? value : 'n');

function kernelOf({ seen, config, append }: Boot): Kernel {
  const release = /^\d+\.\d+(?:\.\d+)?/.exec(seen.kernel?.release ?? '')?.[0];
  if (release === undefined) throw new RecorderFault('work', 'the kernel did not say its release');
  const told = seen.kernel?.config;
  const named = config === undefined ? (isKnown(told, release) ? told : 'defconfig') : shortConfig(config, release);
  const isBare = typeof named === 'object' && Object.keys(named).length === 1 && named.base !== undefined;
  return { release, config: isBare ? named.base! : named, ...(append === '' ? {} : { cmdline: append }) };
}

/** Lines about CPU features as recordings keep them: without stamps, and without those about mitigations. */
function featureLines(probe: string): readonly string[] {
  return probe.split('\n').flatMap((line) => {
    if (!line.startsWith('log ')) return [];
    const text = splitMessage(line.slice(4)).text.trim();
    const message = parseLogMessage(text);
    const isKept = message === undefined ? text.startsWith('CPU features: ') : message.code !== 'mitigation-disabled';
    return isKept ? [text] : [];
  });
}

function userOf({ program }: Capture): RecordedParts['user'] {
  const mrs = [...(program?.cpus[0]?.mrs ?? [])];
  const values: Record<string, string> = {};
  for (const [name, value] of mrs) if (typeof value === 'bigint' && value !== 0n) values[name] = formatHex(value);
  const zero = blocksOf(mrs.filter(([, value]) => value === 0n).map(([name]) => name));
  const sigill = blocksOf(mrs.filter(([, value]) => value === 'SIGILL').map(([name]) => name));
  return { values, zero, sigill };
}

/** A kernel marks itself also because of a device that is not coherent with caches of so long lines; that is none of the CPU features. */
const TAINTED_BY_DEVICE = /ARCH_DMA_MINALIGN smaller than CTR_EL0\.CWG/;

function expectedOf({ seen, probe, console }: Boot): RecordedParts {
  const { cpuinfo, cpuinfo32, program } = seen;
  const names = cpuinfo?.[0]?.features ?? [];
  const types = [AUXV_TYPES.AT_HWCAP, AUXV_TYPES.AT_HWCAP2, AUXV_TYPES.AT_HWCAP3];
  const entries = types.map((type) => program?.auxv.find((entry) => entry.type === type));
  const words = entries.flatMap((entry) => (entry === undefined ? [] : [formatHex(entry.value)]));
  return {
    hwcaps: { ...(words.length === 0 ? {} : { words }), names: names.join(' ') },
    ...(cpuinfo32?.[0] === undefined ? {} : { compat: { names: cpuinfo32[0].features.join(' ') } }),
    ...given({
      user: userOf(seen),
      tainted: TAINTED_BY_DEVICE.test(console) ? undefined : program?.tainted,
      bogoMips: cpuinfo?.[0]?.bogoMips,
    }),
    ...(cpuinfo === undefined ? {} : { online: cpuinfo.map(({ processor }) => processor) }),
    log: featureLines(probe),
  };
}

/** A name of what was booted: release, core, options, each in small letters. */
function nameOf({ release }: Kernel, { cpu, machine, append }: Boot): string {
  const words = [
    cpu,
    ...machine.split(',').slice(1),
    ...append.split(' ').filter((word) => !/^(?:console|earlycon|loglevel|quiet)/.test(word)),
  ];
  const tail = words
    .map((word) =>
      word
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|(?<!-)-+$/g, ''),
    )
    .filter((word) => word !== '');
  return `${release}-boot-${tail.join('-')}`.slice(0, 120).replace(/(?<!-)-+$/, '');
}

/** Makes the recording of a boot. */
export function composeRecording(boot: Boot): BootRecording {
  const { hardware, smp, cpu, machine } = boot;
  const { bootEl, registers, sveVl, smeVl, smccc } = hardware;
  const kernel = kernelOf(boot);
  const timerHz = Number(BigInt((registers as HexWords).CNTFRQ_EL0 ?? '0x0'));
  const kaslr = boot.seen.environment?.kaslr;
  return {
    name: nameOf(kernel, boot),
    kind: 'emulator-boot',
    kernel,
    environment: { bootEl, timerHz, ...(kaslr === false ? { kaslr } : {}), ...given({ smccc }) },
    cpus: [{ ...(smp > 1 ? { count: smp } : {}), registers, ...given({ sveVl, smeVl }) }],
    expected: expectedOf(boot),
    source: `emulator-boots:${kernel.release} qemu-system-aarch64 -machine ${machine} -cpu ${cpu} -smp ${smp}`,
  };
}
