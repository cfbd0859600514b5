import type { Behaviour } from '../release/behaviour.ts';
import type { KernelModel } from '../release/kernel-at.ts';
import { readBoolean, readInteger, readLeadingNumber } from './values.ts';
import { normalName, splitParameters } from './words.ts';

/** The parameter that turns the event stream of the timer on or off. */
export const EVENT_STREAM_WORD = 'clocksource.arm_arch_timer.evtstrm';

/** How Spectre-v4 is dealt with. */
export type SsbdPolicy = 'force-on' | 'force-off' | 'kernel';

/** What the parameters of a command line ask for, as far as CPU features depend on it. Absent = the kernel's own choice. */
export interface BootParameters {
  /** `maxcpus=`, `nosmp`: how many CPUs the kernel brings up, an unsigned number of 32 bits; 0 = it takes no notice of secondaries. */
  readonly maxCpus?: number;
  /** `nr_cpus=`: how many CPUs there are for the kernel at all; never more than CONFIG_NR_CPUS. */
  readonly nrCpus?: number;
  /** `kpti=`: separate page tables for the kernel. */
  readonly kpti?: boolean;
  /** `mitigations=off`. */
  readonly mitigationsOff?: boolean;
  /** `nospectre_v2`. */
  readonly noSpectreV2?: true;
  /** `nospectre_bhb`. */
  readonly noSpectreBhb?: true;
  /** `ssbd=`. */
  readonly ssbd?: SsbdPolicy;
  /** What `kvm-arm.mode=` asked for, one after the other: which of it can be had hangs on how the kernel was started. */
  readonly kvmModes?: readonly string[];
  /** `nokaslr`, on kernels that do not know overrides yet. */
  readonly noKaslr?: true;
  /** `irqchip.gicv3_pseudo_nmi=`. */
  readonly pseudoNmi?: boolean;
  /** `allow_mismatched_32bit_el0`. */
  readonly mismatched32BitEl0?: true;
  /** `clocksource.arm_arch_timer.evtstrm=`: the arch timer's event stream. */
  readonly eventStream?: boolean;
  /** `lpj=`: loops per jiffy. */
  readonly loopsPerJiffy?: number;
}

/** What a parameter changes; `undefined` and absent members leave things as they were. */
type Handler = (value: string | undefined, before: BootParameters, model: Pick<KernelModel, 'behaviour' | 'option'>) => BootParameters;

const SSBD_POLICIES: readonly SsbdPolicy[] = ['force-on', 'force-off', 'kernel'];

/** `mitigations=`: what is not known changes nothing. From 6.17 on, more may follow the word. */
function mitigations(value: string, { 'mitigations-option': reads }: Behaviour): BootParameters {
  const means = (word: string): boolean => (reads === 'prefix' ? value.startsWith(word) : value === word);
  if (means('off')) return { mitigationsOff: true };
  return means('auto') || means('auto,nosmt') ? { mitigationsOff: false } : {};
}

/** How many CPUs there can be for a kernel: what the command line allows of what the configuration has room for. */
export function cpuLimit({ nrCpus }: BootParameters, { option }: Pick<KernelModel, 'option'>): number {
  if (nrCpus !== undefined) return nrCpus;
  const most = Number(option('CONFIG_NR_CPUS'));
  return most > 0 ? most : Number.POSITIVE_INFINITY;
}

function nrCpus(value: string | undefined, before: BootParameters, model: Pick<KernelModel, 'option'>): BootParameters {
  const read = readInteger(value);
  return read?.found === true && read.number > 0 && read.number < cpuLimit(before, model) ? { nrCpus: read.number } : {};
}

/** Drops what is not known, so that it changes nothing. */
function known<K extends keyof BootParameters>(name: K, value: BootParameters[K] | undefined): BootParameters {
  return value === undefined ? {} : { [name]: value };
}

/** What reads each parameter, by its name with `_` for `-`. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  nosmp: () => ({ maxCpus: 0 }),
  maxcpus: (value) => {
    const read = readInteger(value);
    return read ? { maxCpus: read.number >>> 0 } : {};
  },
  nr_cpus: nrCpus,
  kpti: (value, _, { behaviour }) => known('kpti', readBoolean(value, behaviour)),
  mitigations: (value, _, { behaviour }) => (value === undefined ? {} : mitigations(value, behaviour)),
  nospectre_v2: () => ({ noSpectreV2: true }),
  nospectre_bhb: (_value, _before, { behaviour }) => (behaviour['nospectre-bhb'] ? { noSpectreBhb: true } : {}),
  ssbd: (value) =>
    known(
      'ssbd',
      SSBD_POLICIES.find((policy) => value?.startsWith(policy)),
    ),
  'kvm_arm.mode': (value, { kvmModes = [] }) => (value === undefined ? {} : { kvmModes: [...kvmModes, value] }),
  'irqchip.gicv3_pseudo_nmi': (value, _, { behaviour }) => known('pseudoNmi', readBoolean(value, behaviour)),
  allow_mismatched_32bit_el0: (_value, _before, { behaviour }) => (behaviour['mismatched-32bit-el0'] ? { mismatched32BitEl0: true } : {}),
  [EVENT_STREAM_WORD]: (value, _, { behaviour }) =>
    behaviour['evtstrm-parameter'] ? known('eventStream', readBoolean(value, behaviour)) : {},
  // A value of 0 is as good as none.
  lpj: (value) => (value === undefined ? {} : { loopsPerJiffy: Number(readLeadingNumber(value)) }),
};

/** The parameters that count CPUs. */
const COUNTING: ReadonlySet<string> = new Set(['maxcpus', 'nosmp', 'nr_cpus']);

/** Whether a kernel that is started with these words may leave CPUs off that it could run on. */
export function mayLeaveCpusOff(cmdline: string): boolean {
  return splitParameters(cmdline).some(({ name }) => COUNTING.has(normalName(name)));
}

/** The command line that the kernel uses: the boot loader's, unless the kernel brings its own. */
export function bootargs(given: string, { option }: Pick<KernelModel, 'option'>): string {
  const own = option('CONFIG_CMDLINE');
  const builtIn = own === 'n' ? '' : own.replace(/^"(.*)"$/, '$1');
  if (option('CONFIG_CMDLINE_FORCE') === 'y' || given === '') return builtIn;
  return option('CONFIG_CMDLINE_EXTEND') === 'y' && builtIn !== '' ? `${given} ${builtIn}` : given;
}

/** Whether the first `nokaslr` in the text begins a word; how the word goes on does not matter. Only kernels without overrides look so. */
function namesNoKaslr(cmdline: string, { behaviour }: Pick<KernelModel, 'behaviour'>): boolean {
  return !behaviour.overrides && /^(?:(?!nokaslr).)*?(?:^| )nokaslr/s.test(cmdline);
}

/** Reads the parameters of a command line, one after the other, so that the last word that means something wins. */
export function readBootParameters(cmdline: string, model: Pick<KernelModel, 'behaviour' | 'option'>): BootParameters {
  let parameters: BootParameters = namesNoKaslr(cmdline, model) ? { noKaslr: true } : {};
  for (const { name, value } of splitParameters(cmdline)) {
    const change = HANDLERS[normalName(name)]?.(value, parameters, model);
    if (change) parameters = { ...parameters, ...change };
  }
  return parameters;
}
