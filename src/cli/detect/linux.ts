import type { Capture } from '../../answers/capture.ts';
import { auxvReader, formatAuxvText, parseAuxv } from '../../formats/auxv.ts';
import { coreName } from '../../formats/core-name.ts';
import { cpuinfoReader } from '../../formats/cpuinfo.ts';
import { kernelConfigReader } from '../../formats/kernel-config.ts';
import { decodeText } from '../../formats/readers.ts';
import { kernelToldBy } from '../../formats/uname.ts';
import { SYSFS_CPU_FOLDER } from '../../process/sysfs.ts';
import type { Machine, RegisterFile, SystemRegisterName } from '../../silicon/machine.ts';
import type { Host } from './host.ts';
import { hidden, type Observation, observe, readSource } from './observation.ts';

const AUXV = '/proc/self/auxv';

/** More CPUs than any kernel takes. */
const MAX_CPUS = 4096;

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function cpuinfoSays({ cpuinfo, cpuinfo32 }: Capture): string {
  const entries = cpuinfo ?? cpuinfo32 ?? [];
  const view = cpuinfo === undefined ? ', the 32-bit view' : '';
  return `${counted(entries.length, 'CPU')}, ${counted(entries[0]?.features.length ?? 0, 'name')} in Features${view}`;
}

/** Said of a listing that an emulator of programs, such as qemu-user, leaves as it is. */
const EMULATED = ': it is of another architecture, as below an emulator of programs';

async function readCpuinfo(host: Host): Promise<Observation> {
  const path = '/proc/cpuinfo';
  const hides = 'the Features line';
  const file = await host.read(path);
  if ('refusal' in file) return hidden(path, file.refusal, hides);
  const text = decodeText(file.bytes);
  if (/^(?:vendor_id|flags|isa|cpu family)\s*:/m.test(text)) {
    return hidden(path, 'useless', `${hides}${EMULATED}`);
  }
  return observe({ path, hides, says: cpuinfoSays }, cpuinfoReader.read(text), text);
}

function auxvSays({ hwcaps, compat }: Capture): string {
  const words = hwcaps?.words ?? compat?.words ?? [];
  const width = hwcaps === undefined ? ' (of a 32-bit process)' : '';
  return `${words.map((word, i) => `AT_HWCAP${i === 0 ? '' : i + 1} 0x${word.toString(16)}`).join(', ')}${width}`;
}

async function readAuxv(host: Host): Promise<Observation> {
  const found = await readSource(host, {
    path: AUXV,
    reader: auxvReader,
    hides: 'the hwcap words, and with them hwcaps that have no name in cpuinfo',
    says: auxvSays,
  });
  const file = found.outcome === 'read' ? await host.read(AUXV) : undefined;
  if (file === undefined || 'refusal' in file) return found;
  const vector = parseAuxv(file.bytes, found.capture.hwcaps === undefined ? 32 : 64).value;
  return { ...found, text: formatAuxvText(vector) };
}

/** A file of sysfs that holds one register. */
const IDENTIFICATION: readonly (readonly [file: string, register: SystemRegisterName])[] = [
  ['midr_el1', 'MIDR_EL1'],
  ['revidr_el1', 'REVIDR_EL1'],
  ['aidr_el1', 'AIDR_EL1'],
  ['smidr_el1', 'SMIDR_EL1'],
];

async function identification(host: Host, cpu: number): Promise<RegisterFile> {
  const registers: { -readonly [name in SystemRegisterName]?: bigint } = {};
  for (const [name, register] of IDENTIFICATION) {
    const file = await host.read(`${SYSFS_CPU_FOLDER}/cpu${cpu}/regs/identification/${name}`);
    const digits = 'bytes' in file ? /^0x[0-9a-f]{1,16}$/i.exec(decodeText(file.bytes).trim())?.[0] : undefined;
    if (digits !== undefined) registers[register] = BigInt(digits);
  }
  return registers;
}

function sysfsText(cpus: readonly (readonly [number, RegisterFile])[]): string {
  return cpus
    .flatMap(([cpu, registers]) =>
      Object.entries(registers).map(([name, value]) => `cpu${cpu}: ${name} 0x${value.toString(16).padStart(16, '0')}\n`),
    )
    .join('');
}

async function readIdentification(host: Host): Promise<Observation> {
  const source = `${SYSFS_CPU_FOLDER}/cpu*/regs/identification`;
  const numbers = (await host.list(SYSFS_CPU_FOLDER))
    .flatMap((name) => /^cpu(\d{1,4})$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
    .slice(0, MAX_CPUS);
  const all: (readonly [number, RegisterFile])[] = [];
  for (const cpu of numbers) all.push([cpu, await identification(host, cpu)]);
  const known = all.filter(([, { MIDR_EL1 }]) => MIDR_EL1 !== undefined);
  if (known.length === 0) return hidden(source, 'missing', 'MIDR_EL1 and REVIDR_EL1 of each CPU, by which the kernel finds errata');
  const machine: Machine = { cpus: known.map(([, registers]) => ({ registers })) };
  const cores = [...new Set(known.map(([, { MIDR_EL1 }]) => coreName(MIDR_EL1)))];
  const says = `${counted(known.length, 'CPU')}: ${cores.join(', ')}`;
  return { source, outcome: 'read', says, capture: { machine }, diagnostics: [], text: sysfsText(known) };
}

/** The name of the kernel that runs, and what was found out about it. */
interface FoundRelease {
  readonly name?: string;
  readonly observation: Observation;
}

async function readRelease(host: Host): Promise<FoundRelease> {
  const [short, long] = [await host.read('/proc/sys/kernel/osrelease'), await host.read('/proc/version')];
  const version = 'bytes' in long ? decodeText(long.bytes).trim() : '';
  const own = 'bytes' in short ? /^\d+\.\d+\S{0,80}$/.exec(decodeText(short.bytes).trim())?.[0] : undefined;
  const name = own ?? /^Linux version (\S{1,90})/.exec(version)?.[1];
  if (name === undefined) {
    const why = 'refusal' in long ? long.refusal : 'useless';
    return { observation: hidden('/proc/version', why, 'the release of the kernel') };
  }
  // A build's name may hide the stable update that the version tells.
  const kernel = kernelToldBy(name, version);
  const isTold = kernel.release !== name;
  const observation: Observation = {
    source: own === undefined || isTold ? '/proc/version' : '/proc/sys/kernel/osrelease',
    outcome: 'read',
    says: isTold ? `Linux ${name}, which is ${kernel.release}` : `Linux ${name}`,
    capture: { kernel },
    diagnostics: [],
    text: `${isTold ? version : `Linux version ${name}`}\n`,
  };
  return { name, observation };
}

async function readCmdline(host: Host): Promise<Observation> {
  const path = '/proc/cmdline';
  const file = await host.read(path);
  if ('refusal' in file)
    return hidden(path, file.refusal, 'whether the boot loader switched features off (arm64.nosve, id_aa64pfr0.sve=0, …)');
  const cmdline = decodeText(file.bytes).replace(/(?<![\0\n])[\0\n]+$/, '');
  const telling = cmdline
    .split(/\s+/)
    .filter((word) => /^(?:arm64\.|id_aa64|nokaslr|kpti|ssbd|maxcpus|nosmp|kvm-arm|mitigations)/.test(word));
  const says = telling.length === 0 ? 'no option that switches CPU features' : telling.join(' ');
  return { source: path, outcome: 'read', says, capture: { kernel: { cmdline } }, diagnostics: [], text: `${cmdline}\n` };
}

async function readConfig(host: Host, release: string | undefined): Promise<Observation> {
  const paths = [
    '/proc/config.gz',
    ...(release === undefined || release.includes('/')
      ? []
      : [`/boot/config-${release}`, `/lib/modules/${release}/config`, `/usr/lib/modules/${release}/config`]),
  ];
  const says = ({ kernel }: Capture): string =>
    `${Object.keys((kernel?.config as object | undefined) ?? {}).length} options that rules ask for`;
  const tried: Observation[] = [];
  for (const path of paths) {
    const found = await readSource(host, {
      path,
      reader: kernelConfigReader,
      hides: 'the options of the kernel, which may leave features out',
      says,
    });
    if (found.outcome === 'read') return found;
    tried.push(found);
  }
  const denied = tried.find(({ outcome }) => outcome !== 'missing');
  return denied ?? { ...tried[0]!, source: paths.join(', ') };
}

/** What the kernel says of itself. Below an emulator of programs it is the kernel of another machine. */
async function readKernel(host: Host, isEmulated: boolean): Promise<readonly Observation[]> {
  const { name, observation } = await readRelease(host);
  const found = [observation, await readCmdline(host), await readConfig(host, name)];
  if (!isEmulated) return found;
  return found.map(({ source }) => hidden(source, 'useless', 'the kernel: this one is of the machine that the emulator runs on'));
}

/** Looks at what a program without privileges can learn on Linux. */
export async function observeLinux(host: Host): Promise<readonly Observation[]> {
  const cpuinfo = await readCpuinfo(host);
  return [
    cpuinfo,
    await readAuxv(host),
    await readIdentification(host),
    ...(await readKernel(host, cpuinfo.outcome === 'useless' && cpuinfo.says.endsWith(EMULATED))),
    hidden(
      'MRS of ID registers',
      'denied',
      'which fields the silicon has beyond what is promised to programs. Linux answers MRS for a program (HWCAP_CPUID), but only from native code, and only with sanitised values',
    ),
  ];
}
