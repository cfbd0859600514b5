import { parseEncoding } from '../arch/encoding.ts';
import { parseWord } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { AuxvEntry } from '../process/auxv.ts';
import type { MrsResult } from '../process/mrs.ts';
import type { ProgramView } from '../process/program-view.ts';
import { type Cpu, listedMachine, type SystemRegisterName } from '../silicon/machine.ts';
import { registerOfGeneric } from '../silicon/register-at.ts';
import { hwcapWords } from './auxv.ts';
import { parseCpuinfo } from './cpuinfo.ts';
import { parseKernelLog } from './kernel-log-text.ts';
import { LineAccount, MAX_FINDINGS, type TextLine, textLines } from './line-account.ts';
import type { Capture, ReadCapture, Reader } from './reader.ts';
import { MAX_CPUS } from './register-values.ts';
import { kernelToldBy } from './uname.ts';

/** TAINT_CPU_OUT_OF_SPEC in /proc/sys/kernel/tainted. */
const CPU_OUT_OF_SPEC = 1 << 2;
/** The most entries of an auxiliary vector, and answers, that are kept. */
const MAX_ENTRIES = 256;

interface DraftCpu {
  readonly cpu: number;
  readonly mrs: Map<string, MrsResult>;
  readonly sysfs: Map<string, bigint>;
}

/** Lines of a file that the probe copied, and where each stands in the text. */
interface Copied {
  readonly lines: string[];
  readonly numbers: number[];
}

class ProbeText {
  readonly account = new LineAccount();
  readonly cpus: DraftCpu[] = [];
  readonly auxv: AuxvEntry[] = [];
  readonly answers: Map<string, number> = new Map();
  readonly copied: Readonly<Record<'cpuinfo' | 'cpuinfo32' | 'log', Copied>> = {
    cpuinfo: { lines: [], numbers: [] },
    cpuinfo32: { lines: [], numbers: [] },
    log: { lines: [], numbers: [] },
  };
  readonly kernel: { -readonly [key in keyof Kernel]?: Kernel[key] } = {};
  sveVl: readonly number[] | undefined;
  smeVl: readonly number[] | undefined;
  tainted: boolean | undefined;
  /** Whether its first line, and its last one, were there. */
  begun = false;
  complete = false;

  /** A CPU that the program ran on: it sees what the first one saw, but for what is listed. */
  #cpu(text: string): boolean {
    const cpu = Number(text);
    if (!/^\d{1,5}$/.test(text) || this.cpus.length >= MAX_CPUS) return false;
    this.cpus.push({ cpu, mrs: new Map(this.cpus[0]?.mrs), sysfs: new Map() });
    return true;
  }

  #register(name: string, text: string): boolean {
    const value = /^SIGILL$|^signal \d{1,2}$/.test(text) ? 'SIGILL' : parseWord(text);
    const cpu = this.cpus.at(-1);
    if (cpu === undefined || value === undefined || parseEncoding(name) === undefined) return false;
    cpu.mrs.set(name, value);
    return true;
  }

  #identification(name: string, text: string): boolean {
    const value = parseWord(text.trim());
    if (value === undefined) return false;
    this.cpus.at(-1)?.sysfs.set(name, value);
    return this.cpus.length > 0;
  }

  #vector(text: string): boolean {
    const [, type, value = ''] = /^(\d{1,3}) (.*)$/.exec(text) ?? [];
    if (type === undefined || this.auxv.length >= MAX_ENTRIES) return false;
    const word = parseWord(value);
    this.auxv.push({ type: Number(type), value: word ?? 0n, ...(word === undefined ? { text: value } : {}) });
    return true;
  }

  #answer(text: string): boolean {
    const [, name, value] = /^(\w{1,40}) (-?\d{1,19})$/.exec(text) ?? [];
    if (name === undefined || this.answers.size >= MAX_ENTRIES) return false;
    this.answers.set(name, Number(value));
    return true;
  }

  #uname(text: string): boolean {
    const [, release, version = ''] = /^Linux (\d{1,3}\.\d{1,3}[\w.+~-]{0,80}) ?(.*)$/.exec(text) ?? [];
    if (release === undefined) return false;
    Object.assign(this.kernel, kernelToldBy(release, version));
    return true;
  }

  #lengths(text: string): readonly number[] | undefined {
    return /^(?:\d{1,3} ?)+$/.test(text) ? text.trim().split(' ').map(Number) : undefined;
  }

  #read(key: string, value: string, line: TextLine): boolean {
    switch (key) {
      case 'cpu':
        return this.#cpu(value);
      case 'auxv':
        return this.#vector(value);
      case 'answer':
        return this.#answer(value);
      case 'uname':
        return this.#uname(value);
      case 'sve':
        this.sveVl = this.#lengths(value);
        return this.sveVl !== undefined || value === '';
      case 'sme':
        this.smeVl = this.#lengths(value);
        return this.smeVl !== undefined || value === '';
      case 'tainted':
        this.tainted = (Number(value) & CPU_OUT_OF_SPEC) !== 0;
        return /^\d+$/.test(value);
      case 'cpuinfo':
      case 'cpuinfo32':
      case 'log':
        this.copied[key].lines.push(value);
        this.copied[key].numbers.push(line.number);
        return true;
      case 'end':
        this.complete = true;
        return true;
      case 'midr_el1':
      case 'revidr_el1':
      case 'smidr_el1':
      case 'aidr_el1':
        return this.#identification(key, value);
      default:
        return this.#register(key, value);
    }
  }

  line(line: TextLine): void {
    const text = line.text.replace(/(?<![\r\n])[\r\n]+$/, '');
    const at = text.indexOf(' ');
    const [key, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    if (text.trim() === '') return;
    this.begun ||= FIRST_LINE.test(text);
    // A console shows other things before and after.
    if (!this.begun || this.complete || PASSED.test(text)) this.account.passed();
    else if (this.#read(key, value, line)) this.account.read();
    else this.account.unread(line, 'a key of the probe and its value, such as "S3_0_C0_C4_0 0x0000000000000011"', 0);
  }
}

const FIRST_LINE = /^armlens-probe \d+\s*$/m;

/** Lines that are known and not needed: the head, and what says that a CPU was out of reach. */
const PASSED = /^(?:armlens-probe \d+|cpu-not-(?:reached|kept) \d+|online [\d,-]*)$/;

/** What of a register file EL0 sees: the registers that have a name here. */
function registersOf(mrs: ReadonlyMap<string, MrsResult>): Cpu['registers'] {
  const registers: { [name in SystemRegisterName]?: bigint } = {};
  for (const [generic, value] of mrs) {
    const name = registerOfGeneric(generic);
    // What every program sees of these two says nothing of the CPU.
    if (name !== undefined && name !== 'MPIDR_EL1' && name !== 'REVIDR_EL1' && typeof value === 'bigint') registers[name] = value;
  }
  return registers;
}

/** The findings of a copied file, at the lines of the text that it stands in. */
function placed(findings: readonly Diagnostic[], { numbers }: Copied): readonly Diagnostic[] {
  return findings.map((one) => ({
    ...one,
    where: one.where.replace(/^line (\d+)/, (_, line: string) => `line ${numbers[Number(line) - 1] ?? line}`),
  }));
}

function captureOf(text: ProbeText): { readonly value: Capture; readonly diagnostics: readonly Diagnostic[] } {
  const { copied, cpus, auxv, answers, sveVl, smeVl, tainted, complete } = text;
  const cpuinfo = parseCpuinfo(copied.cpuinfo.lines.join('\n'));
  const cpuinfo32 = parseCpuinfo(copied.cpuinfo32.lines.join('\n'));
  const log = parseKernelLog(copied.log.lines.join('\n'));
  const words = hwcapWords(auxv);
  const program: ProgramView = { cpus, auxv, answers, ...given({ sveVl, smeVl, tainted }) };
  const kernel = { ...log.value.kernel, ...text.kernel };
  const vectors = given({ sveVl, smeVl });
  const value: Capture = {
    ...given({ environment: log.value.environment, booted: log.value.booted, title: log.value.title }),
    ...given({ log: log.value.log?.map((event) => ({ ...event, line: copied.log.numbers[event.line - 1] ?? event.line })) }),
    ...(Object.keys(kernel).length === 0 ? {} : { kernel }),
    ...(cpus.length === 0 ? {} : { machine: listedMachine(cpus.map(({ mrs }) => ({ registers: registersOf(mrs), ...vectors }))) }),
    ...(cpus.length === 0 ? {} : { registersAs: 'el0' as const }),
    // /proc/cpuinfo stands behind the CPUs.
    ...(complete || copied.cpuinfo.lines.length > 0 ? {} : { uncounted: true as const }),
    ...(words.length === 0 ? {} : { hwcaps: { words } }),
    ...(cpuinfo.value.length === 0 ? {} : { cpuinfo: cpuinfo.value }),
    ...(cpuinfo32.value.length === 0 ? {} : { cpuinfo32: cpuinfo32.value }),
    program,
  };
  const findings = [
    ...placed(cpuinfo.diagnostics, copied.cpuinfo),
    ...placed(cpuinfo32.diagnostics, copied.cpuinfo32),
    ...placed(log.diagnostics, copied.log),
  ];
  return { value, diagnostics: findings.slice(0, MAX_FINDINGS) };
}

/** Reads what the probe prints. A text that ends early is read as far as it goes, and a finding says so. */
function readProbe(written: string): ReadCapture {
  const text = new ProbeText();
  for (const line of textLines(written)) text.line(line);
  const { value, diagnostics } = captureOf(text);
  const cut: readonly Diagnostic[] = text.complete
    ? []
    : [
        {
          code: 'cut-short',
          severity: 'warning',
          where: 'file',
          message: 'the last line of the probe, "end", is missing: it was cut short',
        },
      ];
  // A line that was copied, and then not understood, was not read.
  const misread = diagnostics.filter(({ code }) => code === 'bad-line' || code === 'outside').length;
  const { read, passed, unread } = text.account.lines;
  const lines = { read: read - misread, passed, unread: unread + misread };
  return { value, diagnostics: [...text.account.diagnostics, ...diagnostics, ...cut], lines };
}

/** What the program of `armlens probe` prints. */
export const probeReader: Reader = {
  name: 'probe',
  title: 'what the probe saw',
  recognise: (head) => (FIRST_LINE.test(head) ? 1 : 0),
  read: readProbe,
};
