import type { LogMessage } from '../linux/log/log-event.ts';

/** What a line says, and the CPU that it is about. */
export type LoggedMessage = LogMessage & { readonly cpu?: number };

/** One form of a line: a pattern, and what its groups mean. */
type Form = readonly [pattern: RegExp, read: (groups: readonly string[]) => LoggedMessage | undefined];

const hex = (digits: string): bigint => BigInt(`0x${digits}`);

/** Reads a CPU list as the kernel writes it: `0-3,6`. At most 4096 CPUs. */
export function parseCpuList(text: string): readonly number[] | undefined {
  const cpus: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim());
    const [first, last] = [Number(match?.[1] ?? Number.NaN), Number(match?.[2] ?? match?.[1] ?? Number.NaN)];
    if (match === null || last < first || cpus.length + last - first >= 4096) return undefined;
    for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu);
  }
  return cpus;
}

function overrideOf([register = '', msb = '', lsb = '', what = '', digits]: readonly string[]): LoggedMessage {
  const KINDS = { 'forced to': 'forced', 'already set to': 'already-set', 'ignoring override to': 'ignored' } as const;
  const place = { code: 'override', register, msb: Number(msb), lsb: Number(lsb) } as const;
  if (digits === undefined) return { ...place, kind: 'impossible' };
  return { ...place, kind: KINDS[what as keyof typeof KINDS], value: hex(digits) };
}

/** Capabilities of the list of errata that do not name one; see Linux `arch/arm64/kernel/cpu_errata.c`, `arm64_errata[]`. */
const MITIGATIONS =
  /\berrat(?:um|a)\b|^Spectre-|^Speculative Store Bypass Disable$|^Branch predictor hardening$|^Mismatched cache |^Broken|^EL2 vector hardening$|^SSBS not fully|^Apple IMPDEF|early acknowledgement$/i;

function detectedOf([form = '', description = '']: readonly string[]): LoggedMessage {
  return { code: 'detected', description, erratum: form.startsWith('enabling') || MITIGATIONS.test(description) };
}

function conflictOf([cpu, number, description, system, own]: readonly string[]): LoggedMessage {
  const named = description === '(null)' || description === undefined ? {} : { description };
  return { code: 'conflict', cpu: Number(cpu), number: Number(number), ...named, system: system === '1', own: own === '1' };
}

const extension = (text: string): 'SVE' | 'SME' => (text === 'SME' ? 'SME' : 'SVE');

/** Everything behind `CPU features: `, or `CPU feature: ` of old kernels. */
const FEATURE_FORMS: readonly Form[] = [
  [
    /^(?:SYS_)?(\w{1,40})\[(\d{1,2}):(\d{1,2})\]: (?:(forced to|already set to|ignoring override to) ([0-9a-f]{1,16})|impossible override, ignored)$/,
    overrideOf,
  ],
  [/^detected:? CPU(\d{1,5}): Activity Monitors Unit \(AMU\)$/, ([cpu]) => ({ code: 'detected-amu', cpu: Number(cpu) })],
  [
    /^detected: (.{1,200}) on CPU([\d,-]{1,200})$/,
    ([description = '', list = '']) => {
      const cpus = parseCpuList(list);
      return cpus === undefined ? undefined : { code: 'detected-on', description, cpus };
    },
  ],
  [/^(detected(?: feature)?:|enabling workaround for) (.{1,200})$/, detectedOf],
  [/^kernel page table isolation forced (ON|OFF) by (.{1,80})$/, ([on, by = '']) => ({ code: 'kpti-forced', on: on === 'ON', by })],
  [/^kernel page table isolation disabled by kernel configuration$/, () => ({ code: 'kpti-not-configured' })],
  [/^CPU(\d{1,5}): Detected conflict for capability (\d{1,4}) \((.{0,200})\), System: (\d), CPU: (\d)$/, conflictOf],
  [
    /^SANITY CHECK: Unexpected variation in (?:SYS_)?(\w{1,40})\. Boot CPU: (?:0x)?([0-9a-f]{1,16}), CPU(\d{1,5}): (?:0x)?([0-9a-f]{1,16})$/,
    ([register = '', boot = '', cpu, own = '']) => ({ code: 'sanity-check', register, boot: hex(boot), cpu: Number(cpu), own: hex(own) }),
  ],
  [/^Unsupported CPU feature variation(?: detected)?\.?$/, () => ({ code: 'unsupported-variation' })],
  [/^CPU(\d{1,5}): missing HWCAP: (\w{1,40})$/, ([cpu, constant = '']) => ({ code: 'missing-hwcap', cpu: Number(cpu), constant })],
  [
    /^CPU(\d{1,5}): (SVE|SME): vector length support mismatch$/,
    ([cpu, name = '']) => ({ code: 'vector-length-mismatch', cpu: Number(cpu), extension: extension(name) }),
  ],
  [
    /^CPU(\d{1,5}): (VMID width|IPA range) mismatch$/,
    ([cpu, what]) => ({ code: 'narrower-for-kvm', cpu: Number(cpu), what: what as 'VMID width' | 'IPA range' }),
  ],
  [
    /^No Cache Writeback Granule information, assuming (\d{1,5})$/,
    ([assumed]) => ({ code: 'no-cache-writeback-granule', assumed: Number(assumed) }),
  ],
  [/^emulated: Privileged Access Never \(PAN\) using TTBR0_EL1 switching$/, () => ({ code: 'emulated-pan' })],
  [
    /^Asymmetric 32-bit EL0 support detected on CPU (\d{1,5}); CPU hot-unplug disabled on CPU (\d{1,5})$/,
    ([on, pinned]) => ({ code: 'asymmetric-32bit-el0', on: Number(on), pinned: Number(pinned) }),
  ],
];

const VECTOR_LENGTHS = { minimum: 'minimum-vector-length', maximum: 'maximum-vector-length', default: 'default-vector-length' } as const;

function kvmMode(text: string): (LogMessage & { code: 'kvm' })['mode'] | undefined {
  if (/^(?:HYP|Hyp) mode not available/.test(text)) return 'unavailable';
  if (/^VHE mode initialized successfully/.test(text)) return 'vhe';
  if (/^Hyp (?:nVHE )?mode initialized successfully/.test(text)) return 'nvhe';
  if (/^Hyp hVHE mode initialized successfully/.test(text)) return 'hvhe';
  if (/^Protected nVHE mode initialized successfully/.test(text)) return 'protected';
  return /^Protected hVHE mode initialized successfully/.test(text) ? 'protected-hvhe' : undefined;
}

/** Lines with a prefix of their own. */
const OTHER_FORMS: readonly Form[] = [
  [/^Detected ([\w/]{3,20}) I-cache on CPU(\d{1,5})$/, ([policy = '', cpu]) => ({ code: 'icache-policy', policy, cpu: Number(cpu) })],
  [
    /^CPU(\d{1,5}): Unknown ASID size \((\d{1,4})\); assuming 8-bit$/,
    ([cpu, field]) => ({ code: 'unknown-asid-size', cpu: Number(cpu), field: Number(field) }),
  ],
  [
    /^CPU(\d{1,5}): smaller ASID size\((\d{1,4})\) than boot CPU \((\d{1,4})\)$/,
    ([cpu, own, boot]) => ({ code: 'smaller-asid', cpu: Number(cpu), own: Number(own), boot: Number(boot) }),
  ],
  [/^CPU(\d{1,5}): will not boot$/, ([cpu]) => ({ code: 'will-not-boot', cpu: Number(cpu) })],
  [
    /^(SVE|SME): cpu(\d{1,5}): (Required vector length\(s\) missing|Unsupported vector length\(s\) present)$/,
    ([name = '', cpu, text]) => ({
      code: text?.startsWith('Required') ? 'vector-lengths-missing' : 'vector-lengths-unsupported',
      extension: extension(name),
      cpu: Number(cpu),
    }),
  ],
  [
    /^(SVE|SME): (minimum|maximum) available vector length (\d{1,5}) bytes per vector$/,
    ([name = '', which, bytes]) => ({
      code: VECTOR_LENGTHS[which as keyof typeof VECTOR_LENGTHS],
      extension: extension(name),
      bytes: Number(bytes),
    }),
  ],
  [
    /^(SVE|SME): (default) vector length (\d{1,5}) bytes per vector$/,
    ([name = '', , bytes]) => ({ code: 'default-vector-length', extension: extension(name), bytes: Number(bytes) }),
  ],
  [
    /^(SVE|SME): unvirtualisable vector lengths present$/,
    ([name = '']) => ({ code: 'unvirtualisable-vector-lengths', extension: extension(name) }),
  ],
  [
    /^(spectre-v2|spectre-v4|spectre-bhb) mitigation disabled by (command[- ]line|compile time) option$/,
    ([mitigation, by]) => ({
      code: 'mitigation-disabled',
      mitigation: mitigation as 'spectre-v2' | 'spectre-v4' | 'spectre-bhb',
      ...(by === 'compile time' ? { by: 'configuration' } : {}),
    }),
  ],
  [/^CPU: All CPU\(s\) started at EL([12])$/, ([el]) => ({ code: 'started-at-el', el: Number(el) })],
  [
    /^hw-breakpoint: found (\d{1,3}) breakpoint and (\d{1,3}) watchpoint registers\.$/,
    ([breakpoints, watchpoints]) => ({ code: 'breakpoints', breakpoints: Number(breakpoints), watchpoints: Number(watchpoints) }),
  ],
  [
    /^kvm ?\[\d{1,5}\]: (.{1,80})$/,
    ([text = '']) => {
      const mode = kvmMode(text);
      return mode === undefined ? undefined : { code: 'kvm', mode };
    },
  ],
];

/**
 * Reads a line about CPU features, without time stamp and level, as any arm64 kernel words it.
 *
 * @returns `undefined` if it is none.
 */
export function parseLogMessage(text: string): LoggedMessage | undefined {
  const plain = text.slice(0, 400);
  const feature = /^CPU features?: /.exec(plain);
  const body = feature === null ? plain : plain.slice(feature[0].length);
  for (const [pattern, read] of feature === null ? OTHER_FORMS : FEATURE_FORMS) {
    const match = pattern.exec(body);
    const message = match === null ? undefined : read(match.slice(1));
    if (message !== undefined) return message;
  }
  return undefined;
}
