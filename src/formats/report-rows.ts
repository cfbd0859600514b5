import { given } from '../given.ts';
import { type Core, coreNamed } from '../silicon/core.ts';
import { parseMidr } from '../silicon/midr.ts';
import { archspecTarget, isArchspecTarget } from './archspec.ts';
import { coreOfPart, coresOfProduct, implementerCode } from './core-midr.ts';

/** A core of which a row of a tool tells: which it is, and the CPUs that are such ones, where it says so. */
export interface ToldCore {
  readonly implementer: number;
  readonly part: number;
  readonly variant?: number;
  readonly revision?: number;
  readonly cpus?: readonly number[];
}

/** What one row of a tool says of CPUs and their kernel. */
export interface ToldRow {
  readonly core?: ToldCore;
  readonly count?: number;
  readonly release?: string;
  /** Cores that there are, where it is not told on which CPUs. */
  readonly cores?: readonly Pick<ToldCore, 'implementer' | 'part'>[];
  /** Who made the cores, where the row does not tell which they are. */
  readonly implementer?: number;
  /** Hwcaps that are there. */
  readonly hwcaps?: readonly string[];
  /** The CPUs that the next row with a core is about. */
  readonly next?: readonly number[];
}

interface RowKind {
  readonly pattern: RegExp;
  read(found: readonly string[]): ToldRow;
  /** Whether it takes what stands around the row to tell it from any other. */
  readonly isVague?: true;
}

const APPLE = 0x61;

/** The most CPUs that one row may name. */
const MOST = 1024;

/** A core by what tools call it, with its maker's name before it or without. */
export function coreOfTool(name: string): Core | undefined {
  const plain = name.trim();
  return coreNamed(plain) ?? coreNamed(plain.replace(/^\S+ /, ''));
}

const ofNames = (names: readonly string[], count: string | number): ToldRow => ({
  cores: names.flatMap((name) => coreOfTool(name.replace(/\*\d{1,3}$/, '')) ?? []),
  count: Number(count),
});

function named(name: string, rest: Partial<ToldCore> = {}): ToldRow {
  const core = coreOfTool(name);
  return core === undefined
    ? /^Apple /.test(name)
      ? { implementer: APPLE }
      : {}
    : { core: { implementer: core.implementer, part: core.part, ...rest } };
}

function range(first: string, last = first): readonly number[] {
  const [from, to] = [Number(first), Number(last)];
  return to < from || to - from >= MOST ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

const withCpus = ({ core }: ToldRow, cpus: readonly number[]): ToldRow => ({ core: { ...core!, cpus } });

function ofMidr(digits: string): ToldRow {
  const { implementer, part, variant, revision } = parseMidr(BigInt(`0x${digits}`) & 0xffff_ffffn);
  return { core: { implementer, part, variant, revision } };
}

/** Julia names the core as LLVM does, which on a Mac takes the oldest that it knows for any: that tells who made it. */
function ofLlvm(name: string): ToldRow {
  const row = /^apple-/.test(name) ? undefined : named(name);
  return row === undefined || row.core?.implementer === APPLE ? { implementer: APPLE } : row;
}

/** A core by its name, or the cores of a product of which Apple's names are those of. */
function ofProduct(name: string): ToldRow {
  const alone = named(name);
  if (alone.core !== undefined || !/^Apple [AM]\d/.test(name)) return alone;
  const cores = coresOfProduct(name).map(({ implementer, part }) => ({ implementer, part }));
  return { implementer: APPLE, ...(cores.length === 0 ? {} : { cores }) };
}

/** Windows names a CPU by the part of MIDR_EL1 and, in one number, its variant and revision; the vendor is that of the chip. */
function ofWindows([, model, revision, vendor]: readonly string[]): ToldRow {
  const core = coreOfPart(Number.parseInt(model!, 16), vendor);
  const number = Number.parseInt(revision!, 16);
  if (core === undefined) return {};
  return { core: { implementer: core.implementer, part: core.part, variant: (number >> 8) & 0xf, revision: number & 0xf } };
}

/** A core by the fields of MIDR_EL1, if they are that. */
function ofFields(implementer: number, variant: number, part: number, revision: number): ToldRow {
  return implementer < 256 && variant < 16 && part < 4096 && revision < 16 ? { core: { implementer, part, variant, revision } } : {};
}

const ROWS: readonly RowKind[] = [
  {
    // Geekbench names a core by the fields of MIDR_EL1, in decimal.
    pattern: /\bimplementer (\d{1,3}) architecture \d{1,2} variant (\d{1,2}) part (\d{1,4}) revision (\d{1,2})\b/,
    read: ([, ...fields]) => ofFields(...(fields.map(Number) as [number, number, number, number])),
  },
  {
    // cpu_features as JSON
    pattern: /"implementer": ?(\d{1,3}),\s?"variant": ?(\d{1,2}),\s?"part": ?(\d{1,4}),\s?"revision": ?(\d{1,2})\b/,
    read: ([, ...fields]) => ofFields(...(fields.map(Number) as [number, number, number, number])),
  },
  {
    // A CPU of sbc-bench's table: its number, cluster, policy, speeds (none in a guest), core and revision.
    pattern: /^\s*(\d{1,3})(?:\s+(?:\d{1,5}|-)){4}\s+([A-Z][\w-]{1,30}(?: [\w-]{1,20})?) \/ r(1?\d)p(1?\d)\b/,
    read: ([, cpu, name, variant, revision]) =>
      named(name!, { variant: Number(variant) & 0xf, revision: Number(revision) & 0xf, cpus: range(cpu!) }),
  },
  {
    // neofetch and fastfetch, behind a logo: `CPU: Apple Icestorm-M1 + Firestorm-M1 (8) @ 3.20 GHz`, `Cortex-A55*4 + Cortex-A76*4 (8)`
    pattern: /(?:^ ?|\s\s)CPU: (?:(\S.{0,120}?) )?\((\d{1,4})(?: cores)?\)(?: @ [\d.]+ ?GHz)?\s*$/,
    read: ([, names = '', count]) => ({ ...ofNames(names.split(/ ?\+ ?/), count!), ...ofProduct(names) }),
  },
  // Node.js of each CPU, and Godot behind all else: `- Cortex-A76 (4 threads)`
  { pattern: /^\s*(?:#\s*)?model: '?((?:Apple |Cortex|Neoverse)[\w -]{1,20}?)'?,?\s*$/, read: ([, name]) => ofProduct(name!) },
  {
    pattern: /^\s*Godot v.{3,300} - (\S.{1,40}?) \((\d{1,4}) [Tt]hreads\)/,
    read: ([, name, count]) => ({ ...ofProduct(name!), count: Number(count) }),
  },
  {
    // screenfetch counts CPUs before their speed: `CPU: Ampere Ampere-1a @ 192x 3.2GHz`.
    pattern: /(?:^ ?|\s\s)CPU: (\S.{0,120}?) @ (\d{1,4})x [\d.]{1,8} ?GHz\s*$/,
    read: ([, name, count]) => ofNames([name!], count!),
  },
  {
    // Box64: `Running on Cortex-A76 with 4 cores`
    pattern: /^(?:.{0,250}(?:\]|:\d+) )?\s*Running on ([A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,3}) with (\d{1,3}) [Cc]ores?\b/,
    read: ([, names, count]) => ofNames(names!.split(' '), count!),
  },
  {
    // AIDA64 for Android has all kinds in a row: `Core Architecture  4x ARM Cortex-A55 @ 2210 MHz, 1x ARM Cortex-X1 @ 2912 MHz`, other apps a
    // row for each: `Architecture: 4x ARM Cortex-A55 @ 1.80 GHz`, `3x ARM Cortex-A77 @ 2.42 GHz`, `2x Cortex-X1`.
    pattern:
      /^\s*(?:(?:(?:CPU )?Core )?Architecture(?:\s*:\s*|\s+))?(\d{1,2} ?x (?:ARM )?(?:Cortex|Neoverse)-(?:.{3,200} [MG]Hz|\w{2,5}))\s*$/,
    read: ([, list]) => {
      const kinds = [...list!.matchAll(/(\d{1,2}) ?x ((?:ARM )?[A-Z][\w-]{2,20})(?: @|$)/g)];
      const count = kinds.reduce((sum, [, one]) => sum + Number(one), 0);
      return ofNames(
        kinds.map(([, , name]) => name!),
        kinds.length > 1 ? count : 0,
      );
    },
  },
  {
    // yabs, bench.sh, nench, XMRig, and Proxmox: `CPU(s) 4 x Neoverse-N1 (1 Socket)`
    pattern:
      /^\s*(?:Processor|CPU Model|(?:\* )?CPU(?:\(s\))?)(?:\s*:\s*|\s+)(?:(\d{1,4}) ?x )?(?:ARM )?((?:Cortex|Neoverse)-[A-Z]\w{1,5})(?: \(\d{1,3}(?: Sockets?\)\s*|\) 64-bit\b.*)|\s*)$/,
    read: ([, count = 0, name]) => ofNames([name!], count),
  },
  // Homebrew, which counts in words
  { pattern: /^\s*CPU: [\w-]{3,16}-core 64-bit arm_[a-z_]{4,30}\s*$/, read: () => ({ implementer: APPLE }) },
  {
    // The Phoronix Test Suite
    pattern: /\bProcessor: +ARMv8 (\S{3,20})(?: @ [\d.]{1,8}GHz)? \((\d{1,4}) Cores?\)/,
    read: ([, name, count]) => ofNames([name!], count!),
  },
  {
    // BenchmarkDotNet, and VS Code: `CPUs: Apple M1 (8 x 24)`
    pattern: /^\s*(?:CPUs: )?(Apple [AM]\d.{0,12}?)(?:, \d CPU, | \()(\d{1,4}) (?:logical|x \d)/,
    read: ([, name, count]) => ({ count: Number(count), ...ofProduct(name!) }),
  },
  {
    // A device tree's CPU, and what sysfs has of it.
    pattern: /\bcompatible(?: ?= ?<?"|:)arm,((?:cortex|neoverse)-[a-z]\d{1,3}\w{0,2})(?:"|\s*$)/i,
    read: ([, name]) => ofNames([name!], 0),
  },
  {
    // hardinfo2: `2x ARM Processor [imp:0x61 part:0x024 r2p0 arch:8] + 8x …`
    pattern: /\b\d{1,3}x ARM Processor \[imp:0x.{0,300}/,
    read: ([text]) => {
      const kinds = [...text!.matchAll(/\b(\d{1,3})x ARM Processor \[imp:0x([0-9a-f]{2}) part:0x([0-9a-f]{3}) r/g)];
      return {
        cores: kinds.map(([, , implementer, part]) => ({
          implementer: Number.parseInt(implementer!, 16),
          part: Number.parseInt(part!, 16),
        })),
        count: kinds.reduce((sum, [, count]) => sum + Number(count), 0),
      };
    },
  },
  {
    // hwloc
    pattern:
      /^(?=.{0,300}\bCPUImplementer=0x([0-9a-f]{1,2})\b)(?=.{0,300}\bCPUPart=0x([0-9a-f]{1,3})\b)(?=.{0,300}\bCPUVariant=0x([0-9a-f])\b)(?=.{0,300}\bCPURevision=(\d{1,2})\b)(?:.{0,300}\bOSName=Linux OSRelease=(\d\S{1,80}))?/,
    read: ([, implementer, part, variant, revision, release]) => ({
      ...ofFields(Number.parseInt(implementer!, 16), Number.parseInt(variant!, 16), Number.parseInt(part!, 16), Number(revision)),
      ...given({ release }),
    }),
  },
  // Xen's `xl info` in the first domain, and crash
  { pattern: /^(?:release {10,}| {5}RELEASE): (\d\S{0,60}(?:arm64|aarch64)\S{0,20})\s*$/, read: ([, release]) => ({ release: release! }) },
  {
    // What cpufetch says of a core that it does not know
    pattern: /\bIM=0x0*([0-9A-F]{1,2}) P=0x0*([0-9A-F]{1,3}) V=0x0*([0-9A-F]) R=0x0*([0-9A-F])\b/i,
    read: ([, ...fields]) => {
      const [implementer, part, variant, revision] = fields.map((digits) => Number.parseInt(digits, 16)) as [
        number,
        number,
        number,
        number,
      ];
      return ofFields(implementer, variant, part, revision);
    },
  },
  {
    // The header of perf's recordings.
    pattern: /^#? ?cpuid : 0x([0-9a-f]{8,16})\s*$/i,
    read: ([, digits]) => ofMidr(digits!),
  },
  { pattern: /^# os release : (\d\S{1,80})\s*$/, read: ([, release]) => ({ release: release! }) },
  {
    // cpuinfo of PyTorch in its log, and cpufetch of each CPU.
    pattern: /\bparsed processor (\d{1,4}) MIDR 0x([0-9a-f]{8})\b|^\s*\[Core (\d{1,4})\] 0x([0-9A-F]{8}) /,
    read: ([, cpu, digits, ...other]) => withCpus(ofMidr(digits ?? other[1]!), range(cpu ?? other[0]!)),
  },
  {
    // cpu-info of PyTorch.
    pattern: /^\s*\d{1,4}: \d{1,3} processors? \((\d{1,4})(?:-(\d{1,4}))?\), ([A-Z][\w -]{2,40}?)\s*$/,
    read: ([, first, last, name]) => named(name!, { cpus: range(first!, last) }),
  },
  {
    // And its clusters, which name the maker of cores that it does not know.
    pattern: /^\s*\d{1,3}: \d{1,4} processors? \(\d{1,4}(?:-(\d{1,4}))?\),\s+\d{1,4}: \d{1,4} cores? \([\d-]{1,9}\), (\w{3,12}) \S.{0,40}$/,
    read: ([, last, maker]) => given({ count: last === undefined ? undefined : Number(last) + 1, implementer: implementerCode(maker!) }),
  },
  {
    // UnixBench has a row for each CPU, and one of its names below.
    pattern: /^\s*CPU (\d{1,4}): ((?:ARM )?[A-Z][\w-]{1,30}) \(\d{1,7}\.\d bogomips\)\s*$/,
    read: ([, cpu, name]) => named(name!, { cpus: range(cpu!) }),
  },
  {
    pattern: /\bARM(?:v8 \(64-bit\)|64) Family \d{1,2} Model ([0-9A-F]{1,3}) Revision {1,4}([0-9A-F]{1,3})(?:,? +([A-Z]\w{1,20})\b)?/,
    read: ofWindows,
  },
  {
    // Counts of Steam, UnixBench, macOS, Geekbench and py-cpuinfo, and of llama.cpp, which tells how many threads it starts, and how many run at once
    pattern:
      /^\s*(?:(?=\d{1,4} (?:logical processors|CPUs in system))|Total Number of Cores: |Count: (?=\d+\s*$)|Topology\s{2,40}\d Processors?, (?:\d{1,4} Cores?, (?=\d{1,4} T))?|.{0,80}\bsystem_info: n_threads = \d{1,4}(?: \([^)]{1,60}\))? \/ )([1-9]\d{0,3})\b/,
    read: ([, count]) => ({ count: Number(count) }),
    isVague: true,
  },
  {
    // Julia and envinfo of Node.js, which name the CPU as the system does; Julia counts CPUs below where it is verbose.
    pattern: /^\s*CPU: (?:(?:(\d{1,4}) ×|\((\d{1,4})\) (?:arm64|aarch64)) |(?=Apple [AM]\d.{0,20}: *$))(\S.{0,60}?):? *$/,
    read: ([, count = 0, other = count, name]) => ({ count: Number(other), ...ofProduct(name!) }),
  },
  {
    // Counts of perf, crash, of the cpuid of Go, of 7-Zip, of Julia, and of `docker info` as JSON
    pattern:
      /^(?:# nrcpus online : | {8}CPUS: (?=\d{1,4}$)|Logical ?Cores: |.{0,40}# CPU hardware threads: {1,8}|\s*"NCPU" ?: |\s*#(?:\d{1,4}-)?(?=\d{1,4} +\d{1,5} MHz ))([1-9]\d{0,3})\b/,
    read: ([, count]) => ({ count: Number(count) }),
  },
  {
    // cpuid of Go, PyTorch's cpu-info, Steam, and macOS' system_profiler
    pattern: /^\s*(?:Name|Brand Raw|CPU Brand|Chip|\d{1,2}): {1,4}((?:Apple|Cortex|Neoverse)\S{0,20}(?: \w{1,12}){0,3})\s*$/,
    read: ([, name]) => ofProduct(name!),
  },
  {
    pattern: /^(?:Physical ?Cores: |Threads ?Per ?Core: |Julia Version )\d\S{0,40}\s*$|^\s*"Architecture" ?: "\w{3,20}",?\s*$/,
    read: () => ({}),
  },
  { pattern: /(?:\blibLLVM\S{0,20} \(ORCJIT, |^\s*Host CPU: )([a-z][\w-]{2,30})\b/, read: ([, name]) => ofLlvm(name!) },
  {
    // psrinfo of illumos
    pattern: /^\s*The physical processor has (\d{1,4}) virtual processors? \((\d{1,4})(?:-(\d{1,4}))?/,
    read: ([, count, first, last]) => ({ count: Number(count), next: range(first!, last) }),
  },
  { pattern: /\bAArch64 \(midr ([0-9a-f]{8}) revidr [0-9a-f]{8}\)/, read: ([, digits]) => ofMidr(digits!) },
  {
    pattern: /^\s+(?:ARM )?((?:Cortex|Neoverse)-[A-Z]\d{1,3}\w{0,2}) r(\d{1,2})p(\d{1,2})\s*$/,
    read: ([, name, variant, revision]) => named(name!, { variant: Number(variant) & 0xf, revision: Number(revision) & 0xf }),
    isVague: true,
  },
];

/** What a row of a tool says of CPUs; `undefined` if it is none. */
export function toldRow(text: string): ToldRow | undefined {
  const target = archspecTarget(text);
  if (target !== undefined) return target;
  for (const { pattern, read } of ROWS) {
    const found = pattern.exec(text);
    if (found !== null) return read(found);
  }
  return undefined;
}

/** Whether a row tells of CPUs by itself. */
export function isToldRow(text: string): boolean {
  return isArchspecTarget(text) || ROWS.some(({ pattern, isVague }) => !isVague && pattern.test(text));
}
