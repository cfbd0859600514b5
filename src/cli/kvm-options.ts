import { askedByItself, vmmIds } from '../answers/vmms.ts';
import type { KvmScenario } from '../answers/why.ts';
import { parseKvmKernel } from '../formats/kvm-kernel.ts';
import { given } from '../given.ts';
import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import type { Kernel } from '../linux/kernel.ts';
import {
  bootHost,
  type KvmGuest,
  makesVcpu,
  makeVcpu,
  onHost,
  openRefusals,
  refusalOf,
  type VcpuRefusal,
} from '../linux/kvm/guest-under-kvm.ts';
import type { KvmHost } from '../linux/kvm/kvm-host.ts';
import { mergeVcpus, PLAIN_VCPU, VCPU_OPTIONS, type Vcpu, vcpuWithLayers } from '../linux/kvm/vcpu.ts';
import { choicesHint } from '../nearest.ts';
import { textOf, type Values } from './command.ts';
import type { Input } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { wrap } from './style.ts';

/** The host's kernel that `--kvm` names. */
export function kvmKernelOf(text: string): Kernel {
  const kernel = parseKvmKernel(text);
  if (kernel !== undefined) return kernel;
  throw new CommandError(EXIT.usage, `--kvm: expected RELEASE[,config=NAME][,cmdline=WORDS], got ${text.slice(0, 60)}`);
}

/** What programs named in `--vcpu` ask for besides, as far as the host gives it for certain. */
function asPrograms(host: KvmHost, values: Values, vcpu: Vcpu): Vcpu {
  const named = (textOf(values, 'vcpu') ?? '').split(',').map((word) => word.trim().toLowerCase());
  const wanted = named.filter((word) => vmmIds().includes(word)).flatMap(askedByItself);
  return wanted.reduce((now, trait) => {
    const more = mergeVcpus(now, VCPU_OPTIONS[trait]!);
    return makesVcpu(host, onHost(more, host)) === true ? more : now;
  }, vcpu);
}

/** What `--vcpu` asks for, over what every vCPU has; what programs ask for by themselves hangs on the host: see {@link vcpuFor}. */
export function vcpuOf(values: Values): Vcpu {
  const words = (textOf(values, 'vcpu') ?? '').split(',').map((word) => word.trim());
  const asked = words.filter(Boolean).flatMap((word) => {
    const option = VCPU_OPTIONS[word.toLowerCase()];
    if (option !== undefined) return [option];
    if (vmmIds().includes(word.toLowerCase())) return [];
    throw new CommandError(EXIT.usage, `--vcpu: there is no ${word}${choicesHint(word, [...Object.keys(VCPU_OPTIONS), ...vmmIds()])}`);
  });
  return mergeVcpus(PLAIN_VCPU, ...asked);
}

/** What `--vcpu` and layers ask for on a host. */
export function vcpuFor(host: KvmHost, values: Values, layers: readonly GuestLayer[]): Vcpu {
  return vcpuWithLayers(asPrograms(host, values, vcpuOf(values)), layers);
}

const ERRNOS: Readonly<Record<number, string>> = { 2: 'ENOENT', 7: 'E2BIG', 19: 'ENODEV', 22: 'EINVAL' };

/** An error as C names it. */
export function errnoName(errno: number): string {
  return ERRNOS[errno] ?? `error ${errno}`;
}

const STEPS: Readonly<Record<string, string>> = {
  create_vm: 'the VM (KVM_CREATE_VM)',
  mte: 'KVM_CAP_ARM_MTE',
  impid: 'KVM_CAP_ARM_WRITABLE_IMP_ID_REGS',
  gic: "the VM's interrupt controller (KVM_CREATE_DEVICE)",
  init: 'the vCPU (KVM_ARM_VCPU_INIT)',
  pmuirq: "the vCPU's PMU",
  pmuinit: "the vCPU's PMU",
};

/** What KVM refuses, and with which error. */
export function refusalText({ step, errno, because }: VcpuRefusal): string {
  return `${STEPS[step]} with ${errnoName(errno)} (${because})`;
}

/** Makes a vCPU on a host; where it is not known whether the host does, that is said. */
export function vcpuOn(host: KvmHost, asked: Vcpu, io: Io): KvmGuest {
  const vcpu = onHost(asked, host);
  const refusal = refusalOf(host, vcpu);
  if (refusal === undefined) {
    for (const open of openRefusals(host, vcpu)) {
      const doubt = `note: KVM may refuse ${refusalText(open)}: that hangs on what is not known of the host; what follows holds if it does not`;
      io.warn(wrap(doubt, io.columns));
    }
    return makeVcpu(host, vcpu);
  }
  throw new CommandError(EXIT.differs, `KVM of Linux ${host.model.release.text} refuses ${refusalText(refusal)}`);
}

/** The vCPU that `--kvm` and `--vcpu` ask for on a machine; `undefined` without `--kvm`. */
export async function kvmGuestOf(input: Input, values: Values, io: Io, layers: readonly GuestLayer[] = []): Promise<KvmGuest | undefined> {
  const text = textOf(values, 'kvm');
  if (text === undefined) {
    if (values.vcpu !== undefined) throw new CommandError(EXIT.usage, '--vcpu goes with --kvm RELEASE');
    return undefined;
  }
  const host = bootHost(input.machine, kvmKernelOf(text), input.environment ?? {});
  warnBounded([host], io);
  return vcpuOn(host, vcpuFor(host, values, layers), io);
}

/** KVM as `why` takes it: the host's kernel and the vCPU; `undefined` without `--kvm`. */
export async function kvmScenarioOf(input: Input, values: Values, io: Io, layers: readonly GuestLayer[]): Promise<KvmScenario | undefined> {
  const guest = await kvmGuestOf(input, values, io, layers);
  if (guest === undefined) return undefined;
  const { kernel } = guest.host.system;
  return { kernel, vcpu: vcpuFor(guest.host, values, layers), ...given({ environment: input.environment }) };
}

/** Tells that what KVM does on hosts lies between releases that are known exactly; once, where hosts run the same. */
export function warnBounded(hosts: readonly KvmHost[], io: Io): void {
  const notes = hosts.flatMap(({ model: { doubts, fidelity, release } }) => {
    if (fidelity === 'exact') return [];
    const rows = doubts
      .slice(0, 6)
      .map(({ row, notIn, since }) => `  ${row}: known from ${since} on${notIn === undefined ? '' : `, not in ${notIn}`}`);
    const head = `note: KVM of Linux ${release.text} lies between releases that are known exactly${rows.length === 0 ? '' : '; in doubt:'}`;
    return [[head, ...rows, ...(doubts.length > 6 ? [`  … and ${doubts.length - 6} more`] : [])].join('\n')];
  });
  for (const note of new Set(notes)) io.warn(note);
}
