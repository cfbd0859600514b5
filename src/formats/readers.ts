import { ArmlensError } from '../errors.ts';
import { given } from '../given.ts';
import { didYouMean } from '../nearest.ts';
import { LISTING_READERS } from './listing-readers.ts';
import type { Reader } from './reader.ts';

/** A reader that is fetched only when it is wanted. */
export interface ReaderRow {
  readonly name: string;
  load(): Promise<Reader>;
}

/** Every form that can be read. Of two that are equally sure the first one is taken. */
export const READERS: readonly ReaderRow[] = [
  { name: 'probe', load: async () => (await import('./probe.ts')).probeReader },
  { name: 'registers', load: async () => (await import('./register-dump.ts')).registerDumpReader },
  { name: 'cpuinfo', load: async () => (await import('./cpuinfo.ts')).cpuinfoReader },
  { name: 'auxv', load: async () => (await import('./auxv.ts')).auxvReader },
  { name: 'lscpu', load: async () => (await import('./lscpu.ts')).lscpuReader },
  { name: 'kernel-log', load: async () => (await import('./kernel-log-text.ts')).kernelLogReader },
  { name: 'features-line', load: async () => (await import('./features-line-reader.ts')).featuresLineReader },
  { name: 'libcpuid', load: async () => (await import('./libcpuid.ts')).libcpuidReader },
  { name: 'xen-log', load: async () => (await import('./xen-log.ts')).xenLogReader },
  { name: 'arm-cpu-info', load: async () => (await import('./arm-cpu-info.ts')).armCpuInfoReader },
  { name: 'freebsd-boot', load: async () => (await import('./freebsd-boot.ts')).freebsdBootReader },
  { name: 'netbsd-boot', load: async () => (await import('./netbsd-boot.ts')).netbsdBootReader },
  { name: 'openbsd-boot', load: async () => (await import('./openbsd-boot.ts')).openbsdBootReader },
  { name: 'jvm-error', load: async () => (await import('./jvm-error.ts')).jvmErrorReader },
  { name: 'sigill', load: async () => (await import('./sigill.ts')).sigillReader },
  { name: 'cpu-z', load: async () => (await import('./cpu-z.ts')).cpuZReader },
  { name: 'coreinfo', load: async () => (await import('./coreinfo.ts')).coreinfoReader },
  { name: 'lscpu-table', load: async () => (await import('./lscpu-table.ts')).lscpuTableReader },
  { name: 'firmware-log', load: async () => (await import('./firmware-log.ts')).firmwareLogReader },
  { name: 'arch-features', load: async () => (await import('./arch-feature-list.ts')).archFeatureListReader },
  { name: 'hostnamectl', load: async () => (await import('./hostnamectl.ts')).hostnamectlReader },
  { name: 'uname', load: async () => (await import('./uname.ts')).unameReader },
  { name: 'windows-registry', load: async () => (await import('./windows-registry.ts')).windowsRegistryReader },
  { name: 'bsd-sysctl', load: async () => (await import('./bsd-sysctl.ts')).bsdSysctlReader },
  { name: 'libvirt', load: async () => (await import('./libvirt.ts')).libvirtReader },
  { name: 'system-report', load: async () => (await import('./system-report.ts')).systemReportReader },
  { name: 'kubernetes', load: async () => (await import('./kubernetes.ts')).kubernetesReader },
  { name: 'ansible', load: async () => (await import('./ansible.ts')).ansibleReader },
  { name: 'facter', load: async () => (await import('./facter.ts')).facterReader },
  { name: 'sysfs-cpu', load: async () => (await import('./sysfs-cpu.ts')).sysfsCpuReader },
  { name: 'macos-sysctl', load: async () => (await import('./macos-sysctl.ts')).macosSysctlReader },
  { name: 'kernel-config', load: async () => (await import('./kernel-config.ts')).kernelConfigReader },
  { name: 'kvm-one-reg', load: async () => (await import('./kvm-one-reg.ts')).kvmOneRegReader },
  { name: 'firecracker-fingerprint', load: async () => (await import('./firecracker-fingerprint.ts')).firecrackerFingerprintReader },
  { name: 'qmp', load: async () => (await import('./qmp.ts')).qmpReader },
  { name: 'qemu-error', load: async () => (await import('./qemu-error.ts')).qemuErrorReader },
  { name: 'gdb', load: async () => (await import('./gdb-registers.ts')).gdbRegistersReader },
  { name: 'csv', load: async () => (await import('./register-csv.ts')).registerCsvReader },
  { name: 'register-json', load: async () => (await import('./register-json.ts')).registerJsonReader },
  ...LISTING_READERS.map((reader) => ({ name: reader.name, load: async () => reader })),
];

/** The names that `--from` takes. */
export const FORMAT_NAMES: readonly string[] = READERS.map(({ name }) => name);

/** What a text was taken for. */
export interface Recognition {
  readonly reader: Reader;
  /** 0 to 1. */
  readonly confidence: number;
  /** The next best form, if another one may fit. */
  readonly runnerUp?: { readonly reader: Reader; readonly confidence: number };
}

/** How much of a text is looked at to recognise it, in characters or bytes. */
const HEAD = 1 << 16;

/** From here on no other reader is asked. */
const SURE = 0.95;

/** Below this a text is taken for nothing. */
const DOUBT = 0.1;

/** A text, or bytes of which it is not known whether they are text. */
export type ReadInput = string | Uint8Array;

/**
 * Makes text of bytes: UTF-8, or UTF-16 if it says so or looks like it, as Windows writes it. Bytes that are no text become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (b === 0 && d === 0 && a !== 0 && c !== 0)) return new TextDecoder('utf-16le').decode(bytes);
  if ((a === 0xfe && b === 0xff) || (a === 0 && c === 0 && b !== 0 && d !== 0)) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function confidenceOf(reader: Reader, text: string, bytes: Uint8Array | undefined): number {
  const byText = reader.recognise(text);
  const byBytes = bytes === undefined ? 0 : (reader.bytes?.recognise(bytes) ?? 0);
  return Math.max(byText, byBytes);
}

/**
 * Finds out what form an input has: the best reader and the next best; `undefined` if none fits.
 *
 * @example
 * ```js
 * (await recogniseFormat('processor\t: 0\nFeatures\t: fp asimd\n')).reader.name // → 'cpuinfo'
 * ```
 */
export async function recogniseFormat(input: ReadInput): Promise<Recognition | undefined> {
  const bytes = typeof input === 'string' ? undefined : input.subarray(0, HEAD);
  // Many blank lines say what one says, and a pattern that begins with blanks would go through them from each anew.
  const text = (typeof input === 'string' ? input.slice(0, HEAD) : decodeText(bytes!)).replace(/\n\s*\n/g, '\n\n');
  const found: { readonly reader: Reader; readonly confidence: number }[] = [];
  for (const row of READERS) {
    const reader = await row.load();
    const confidence = confidenceOf(reader, text, bytes);
    if (confidence >= DOUBT) found.push({ reader, confidence });
    if (confidence >= SURE) break;
  }
  const [best, second] = found.sort((a, b) => b.confidence - a.confidence);
  return best === undefined ? undefined : { ...best, ...given({ runnerUp: second }) };
}

/**
 * The reader of a form.
 *
 * @throws {ArmlensError} `unknown-name` if there is none of that name.
 */
export async function readerNamed(name: string): Promise<Reader> {
  const row = READERS.find((candidate) => candidate.name === name);
  if (row === undefined) {
    throw new ArmlensError('unknown-name', `no format ${name}${didYouMean(name, FORMAT_NAMES)}; known are ${FORMAT_NAMES.join(', ')}`);
  }
  return row.load();
}
