import { archFeaturesToldBy } from '../answers/arch-feature-hwcaps.ts';
import type { CapturedCore } from '../answers/capture.ts';
import { type DmiField, evidenceOf, type Word } from '../answers/guest/listings.ts';
import { namesOfLines } from '../answers/infer/line.ts';
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { type Core, findCore } from '../silicon/core.ts';
import { coreAlone } from './core-alone.ts';
import { listedNames } from './hwcap-list.ts';
import { LineAccount, placeOf, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';
import { coreOfTool, isToldRow, type ToldRow, toldRow } from './report-rows.ts';
import { isToolFeatures, type ToolFeatures, toolFeatures } from './tool-features.ts';
import { kernelIn } from './uname.ts';
import { joinWrapped } from './wrapped-names.ts';

/** inxi names cores by their device tree's names. */
const VARIANT = /\bvariant(?:-\d)?: ([a-z][\w-]{1,30})/g;
/** And names the architecture before the kernel. */
const SCREEN_KERNEL = /(?:^|\s)Kernel: aarch64 (?:Linux )?\d/;
/** What fastfetch, Incus and Windows call a virtual machine; Windows names its maker in a row of its own. */
const HOST =
  /(?:^|\s\s)(?:Host|(?:\w+ )?(?:Model|Product)(?: Name)?)(?:[:\t]|\s{9})\s*((?:Amazon EC2 (?!\S*metal)|KVM|QEMU|VMware(?! ESXi)|Parallels|Apple Virtualization|Virtual(?:Box| Machine)).{0,100}?)\s*$|^System Manufacturer[:\t]\s*(\S.{0,100}?)\s*$/;
/** yabs and bench.sh, which ask systemd-detect-virt; of a container it tells nothing of what is below. */
const VIRTUALISED = /^\s*(?:VM Type|Virtualization)\s+: (KVM|AMAZON|QEMU|XEN|VMWARE|ORACLE|MICROSOFT|PARALLELS|APPLE|GOOGLE|NONE)\s*$/i;
const KERNEL = /(?:^|\s)(?:Kernel(?: Version)?: (?:aarch64 )?(?:Linux )?|Operating System {2,}Linux )(\d\.\d{1,3}[\w.+~-]{0,80})(?=\s|$)/;
/** A system that is not Linux, with rows of macOS' system_profiler: its kernel is none of those. */
const OTHER_SYSTEM =
  /^\s*(?:Model Identifier: [A-Z]|Total Number of Cores: \d)|(?:^ ?|\s\s)(?:OS: (?:\w{3,9}BSD|macOS|Mac OS X)\b.{0,60}|(?:Kernel: )?Darwin \d[\d.]{1,12} )(?:aarch64|arm64)\s*$/;
/** NumPy's lists with a row for each name, in JSON or YAML. */
const LISTS = /^\s*"?SIMD Extensions"?: ?\{?\s*$/;
const LIST = /^\s*"?(baseline|found|not found)"?: ?\[?\s*$/;
const LISTED = /^\s*"?([A-Z][A-Z0-9_]{2,11})"?,?\s*$/;
const FEATURES = /^\s*(?:CPU )?Features:\s(.*)$/;
/** inxi has what SMBIOS tells: `Type: Kvm System: QEMU product: KVM Virtual Machine v: virt-6.2`. */
const MACHINE = /\bType: \S.{0,30} System: (\S.{0,60}?) product: (\S.{0,60}?)(?: v: | serial: |$)/;

/** inxi counts cores in words or figures: `CPU: Quad Core`, `Info: 6-core`, `Topology: 6-Core (2-Die)`, `Info: 2x 4-core`. */
const COUNTED =
  /\b(?:CPU|Topology|Info): {1,8}(?:(\d{1,2})x )?(?:(\d{1,3})[ -]core|(single|dual|triple|quad|penta|hexa|hepta|octa|deca|dodeca)[ -]core)\b(?! \+)/i;
/** And those of each kind: `variant: cpus: 1x cores: 4 smt: N/A variant: cpus: 2x cores: 2`. */
const CLUSTERS = /\bvariant: cpus: (\d{1,2})x cores: (\d{1,3})\b/g;
const WORDS: Readonly<Record<string, number>> = {
  single: 1,
  dual: 2,
  triple: 3,
  quad: 4,
  penta: 5,
  hexa: 6,
  hepta: 7,
  octa: 8,
  deca: 10,
  dodeca: 12,
};

/** cpufetch, behind a logo: `Microarchitecture: Cortex-A55`, and how many there are of it. */
const KIND_OF_CORE = /(?:^|\s\s)Microarchitecture:\s+([A-Z][\w-]{1,30}(?: [\w-]{1,24})?)\s*$/;
const COUNT_OF_KIND = /(?:^|\s\s)Cores:\s{2,}(\d{1,3}) cores?\b/;

/** Geekbench has a row for each kind of core, and names the one on which it ran. */
const CLUSTER = /^\s*Cluster [2-9]\s{2,}\d/;

/** Google's cpu_features gives fields of MIDR_EL1 twice: `part            : 3336 (0xD08)`; and names of hwcaps with commas. Node.js has an object of it. */
const TWICE = /^\s*(implementer|variant|part|revision)\s*: {1,12}(\d{1,10})(?: \(0x[0-9A-Fa-f]{1,8}\)|,)\s*$/;
const FLAGS = /^\s*(?:\{.{1,200})?"?flags"?\s*: ?\[?("?[a-z0-9]{1,20}"?(?:,"?[a-z0-9]{1,20}"?)*)\]?\}?\s*$/;
const FLAG = /^\s*([a-z][a-z0-9]{1,19}): true,?\s*$/;
/** What it takes for the implementer on macOS: the type of CPU of Mach-O files for Arm with 64 bits. */
const MACH_ARM64 = 0x0100_000c;
const APPLE = 0x61;

/** Whether a line of a report tells of the CPU by itself. */
export function isReportRow(text: string): boolean {
  return (
    TWICE.exec(text)?.[1] === 'implementer' ||
    isToolFeatures(text) ||
    isToldRow(text) ||
    KIND_OF_CORE.test(text) ||
    SCREEN_KERNEL.test(text) ||
    OTHER_SYSTEM.test(text) ||
    LISTS.test(text) ||
    HOST.test(text) ||
    VIRTUALISED.test(text) ||
    MACHINE.test(text) ||
    /\b(?:model: .{0,60}|Info: .{0,60})variant(?:-1)?: [a-z]/.test(text) ||
    /\bKernel: \d\S{1,80} (?:arch: )?aarch64 bits: 64\b/.test(text)
  );
}

/** The most names of a line that are kept. */
const MAX_NAMES = 1000;

class Report {
  readonly account = new LineAccount();
  readonly entries = new Map<number, CpuinfoEntry>();
  readonly cores: Core[] = [];
  readonly present: ArchFeatureName[] = [];
  readonly absent: ArchFeatureName[] = [];
  readonly dmi: DmiField[] = [];
  /** What one line says is there, and another is not. */
  readonly #disputed = new Set<ArchFeatureName>();
  /** Fields that stand alone, of one core. */
  readonly #twice = new Map<string, number>();
  release: string | undefined;
  cpuCount: number | undefined;
  names: string | undefined;
  detectVirt: Word | undefined;
  #open = false;
  isLinux = true;
  /** The list that is open. */
  #list: string | undefined;
  /** The CPUs that the next row with a core is about. */
  #next: readonly number[] | undefined;
  #implementer: number | undefined;
  /** How many CPUs a row says that run. */
  #runs: number | undefined;
  /** Whether rows name CPUs by their numbers. */
  #isNumbered = false;
  /** Whether there is more than one kind of core. */
  #isMixed = false;
  /** Whether kinds of core are told, each with how many there are. */
  #hasKinds = false;

  #core(name: string): void {
    const core = coreOfTool(name);
    if (core !== undefined && !this.cores.includes(core)) this.cores.push(core);
  }

  #dmi(name: string, value: string, line: number, text: string): void {
    this.dmi.push({ structure: 'System Information', name, value, at: evidenceOf('', line, text) });
  }

  #told({ core, cores = [], count, release, hwcaps = [], next, implementer }: ToldRow): void {
    for (const one of cores) {
      const found = findCore(one);
      if (found !== undefined && !this.cores.includes(found)) this.cores.push(found);
    }
    const present = [...new Set(hwcaps.flatMap(archFeaturesToldBy))];
    this.present.push(...present.filter((name) => !this.present.includes(name)));
    if (core !== undefined) {
      const { cpus = this.#next, ...midr } = core;
      this.#next = undefined;
      this.#isNumbered ||= cpus !== undefined;
      // A row without numbers may be of the same core as one before.
      const isKnown = [...this.entries.values()].some(({ implementer, part }) => implementer === midr.implementer && part === midr.part);
      for (const processor of cpus ?? (isKnown ? [] : [this.entries.size]))
        this.entries.set(processor, { processor, features: [], architecture: 8, ...midr });
    }
    if (next !== undefined) this.#next = next;
    this.#implementer ??= implementer;
    // Rows of CPUs count them up.
    if (count) this.#runs = this.cpuCount = Math.max(count, this.cpuCount ?? 0);
    if (release !== undefined) this.release ??= release;
  }

  #archFeatures({ present, absent }: ToolFeatures, line: number): void {
    const both = [...present.filter((name) => this.absent.includes(name)), ...absent.filter((name) => this.present.includes(name))];
    this.present.push(...present.filter((name) => !this.present.includes(name)));
    this.absent.push(...absent.filter((name) => !this.absent.includes(name)));
    for (const name of both) {
      if (this.#disputed.has(name)) continue;
      this.#disputed.add(name);
      const [here, above] = present.includes(name) ? ['there', 'not there'] : ['not there', 'there'];
      const message = `${name} is ${here} by this line, and ${above} by one above: it is taken for not known`;
      this.account.add({ code: 'contradiction', severity: 'warning', where: placeOf(line, 0), message });
    }
  }

  /** Takes what a line says of the CPU and its kernel; `false` if it says nothing. */
  #take(text: string, number: number): boolean {
    const host = HOST.exec(text);
    const machine = MACHINE.exec(text);
    const virtualised = VIRTUALISED.exec(text)?.[1];
    if (virtualised !== undefined) this.detectVirt ??= { text: virtualised.toLowerCase(), at: evidenceOf('', number, text) };
    const release = KERNEL.exec(text)?.[1] ?? kernelIn(text);
    const variants = [...text.matchAll(VARIANT)];
    const counted = COUNTED.exec(text);
    const clusters = [...text.matchAll(CLUSTERS)];
    const twice = TWICE.exec(text);
    const told = toolFeatures(text);
    const said = toldRow(text);
    if (said !== undefined) this.#told(said);
    if (OTHER_SYSTEM.test(text)) this.isLinux = false;
    this.#isMixed ||= CLUSTER.test(text);
    const kind = KIND_OF_CORE.exec(text)?.[1];
    const ofKind = COUNT_OF_KIND.exec(text)?.[1];
    if (told !== undefined) this.#archFeatures(told, number);
    if (kind !== undefined) this.#core(kind);
    if (kind !== undefined) this.#hasKinds = true;
    if (ofKind !== undefined && this.#hasKinds) this.cpuCount = (this.cpuCount ?? 0) + Number(ofKind);
    if (release !== undefined) this.release ??= release;
    if (counted !== null) this.cpuCount ??= Number(counted[1] ?? 1) * (WORDS[counted[3]?.toLowerCase() ?? ''] ?? Number(counted[2]));
    if (clusters.length > 0) this.cpuCount ??= clusters.reduce((sum, [, of, each]) => sum + Number(of) * Number(each), 0);
    if (twice !== null) this.#twice.set(twice[1]!, Number(twice[2]));
    const flag = this.#twice.size === 0 ? undefined : FLAG.exec(text)?.[1];
    if (flag !== undefined) this.present.push(...archFeaturesToldBy(flag));
    for (const [, name] of variants) this.#core(name!);
    if (host !== null) this.#dmi(host[1] === undefined ? 'Manufacturer' : 'Product Name', (host[1] ?? host[2])!, number, text);
    if (machine !== null) {
      this.#dmi('Manufacturer', machine[1]!, number, text);
      this.#dmi('Product Name', machine[2]!, number, text);
    }
    return (
      [host, machine, counted, twice].some((one) => one !== null) ||
      [release, told, kind, ofKind, said, virtualised, flag].some(Boolean) ||
      variants.length > 0
    );
  }

  /** Makes a CPU of the fields that stand alone. */
  #addTwice(): void {
    const of = (name: string, most: number): number | undefined => {
      const value = this.#twice.get(name);
      return value === undefined || value > most ? undefined : value;
    };
    const [implementer, part] = [of('implementer', 0xff), of('part', 0xfff)];
    if (implementer === undefined || part === undefined || this.entries.size > 0) return;
    const rest = given({ variant: of('variant', 0xf), revision: of('revision', 0xf) });
    this.entries.set(0, { processor: 0, features: [], implementer, architecture: 8, part, ...rest });
  }

  line(row: string, number: number): void {
    const listed = this.#list === undefined ? undefined : LISTED.exec(row)?.[1];
    if (listed === undefined) this.#list = LIST.exec(row)?.[1];
    const text = listed === undefined ? row : `${this.#list}: ${listed}`;
    const flags = this.#twice.size === 0 && !text.includes('"implementer"') ? undefined : FLAGS.exec(text)?.[1]?.replaceAll('"', '');
    const features = toolFeatures(text) === undefined ? (FEATURES.exec(text)?.[1] ?? flags) : undefined;
    const isNames = (words: string): boolean =>
      words
        .trim()
        .split(/[\s,]+/)
        .some((word) => namesOfLines().has(word));
    if (features !== undefined && isNames(features)) {
      this.#take(text, number);
      this.names = features;
      this.#open = true;
    } else if (this.#open && this.names !== undefined && /^\s[a-z0-9\s]+$/.test(text) && isNames(text))
      this.names = joinWrapped(this.names, text);
    else {
      this.#open = false;
      if (!this.#take(text, number)) {
        if (text.trim() !== '') this.account.passed();
        return;
      }
    }
    this.account.read();
  }

  get value(): Capture {
    const { cores, release, cpuCount, dmi } = this;
    const isMac = this.#twice.get('implementer') === MACH_ARM64;
    // On macOS the names are what the tool thought to ask for.
    const names = isMac ? undefined : this.names;
    if (isMac) this.present.push(...(this.names?.split(',').flatMap(archFeaturesToldBy) ?? []));
    else this.#addTwice();
    // Of which revision they are is not told.
    const kinds = cores.map(({ implementer, part }) => ({ implementer, part }));
    // Nor, of several, which CPUs are which.
    const cpuinfo = [...this.entries.values()];
    const listed: Capture = this.#isNumbered
      ? { cpuinfo }
      : this.#isMixed
        ? { cores: cpuinfo.map(({ processor, features, architecture, ...core }) => core as CapturedCore) }
        : { cpuinfo, uncounted: true };
    const told = cpuinfo.length > 0 ? listed : kinds.length === 1 ? coreAlone(kinds[0]!) : kinds.length === 0 ? {} : { cores: kinds };
    const [present, absent] = [this.present, this.absent].map((names) =>
      [...new Set(names)].filter((name) => !this.#disputed.has(name)),
    ) as [ArchFeatureName[], ArchFeatureName[]];
    return {
      // What such a tool counts runs.
      ...given({
        cpuCount,
        online:
          (kinds.length === 0 && this.#runs === undefined) || cpuCount === undefined
            ? undefined
            : Array.from({ length: cpuCount }, (_, cpu) => cpu),
      }),
      ...given({ implementer: isMac ? APPLE : cpuinfo.length + kinds.length === 0 ? this.#implementer : undefined }),
      ...(release === undefined || !this.isLinux ? {} : { kernel: { release } }),
      ...told,
      ...(names === undefined ? {} : { hwcaps: listedNames(names, MAX_NAMES) }),
      ...(present.length + absent.length === 0 ? {} : { archFeatures: { present, absent } }),
      ...(dmi.length === 0 ? {} : { dmi: { file: '', rows: dmi } }),
      ...given({ detectVirt: this.detectVirt }),
    };
  }
}

/** What tools that describe a system say of its CPU: inxi, neofetch, Geekbench, sbc-bench, cpufetch, cpu_features, AIDA64, Box64, OpenSSL. */
export const systemReportReader: Reader = {
  name: 'system-report',
  title: "a tool's report of the system",
  recognise(head) {
    const marked = head.split('\n', 400).filter((line) => isReportRow(line.slice(0, 400))).length;
    return marked === 0 ? 0 : 0.92;
  },
  read(text) {
    const report = new Report();
    for (const { text: one, number } of textLines(text)) report.line(one.slice(0, 1000), number);
    const { value, account, isLinux } = report;
    return { value, diagnostics: account.diagnostics, lines: account.lines, ...(!isLinux && { isElsewhere: true }) };
  },
};
