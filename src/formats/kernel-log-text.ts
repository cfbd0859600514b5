import { bootedCpu } from '../answers/booted-cpu.ts';
import type { CapturedLogLine } from '../answers/capture.ts';
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Environment } from '../linux/environment.ts';
import type { Kernel } from '../linux/kernel.ts';
import { parseDmesg } from './dmesg.ts';
import { parseLogMessage } from './kernel-log-line.ts';
import { LineAccount, lineShare, placeOf, type TextLine, textLines } from './line-account.ts';
import { splitMessage } from './posted/log-prefix.ts';
import type { Capture, ReadCapture, Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';
import { findRegisterName } from './register-name.ts';
import { kernelToldBy } from './uname.ts';

/** How many lines about CPU features are kept. */
const MAX_EVENTS = 20_000;

/** The most CPUs that a kernel numbers. */
const MAX_CPU = 4095;

/** Lines of the kernel about its CPUs that hold nothing that is needed here. */
const ABOUT_CPUS =
  /^(?:Booting Linux on physical CPU|CPU\d{1,5}: (?:Booted|shutdown|failed|thread|using|enabling|found redistributor|cluster|update)|CPU topology|CPU capacity|smp: |SMP: |Brought up|alternatives: |Detected|GICv?\d?: )/;

/** How messages begin that are read, and that are long enough to be broken. */
const BEGINNING =
  /^(?:CPU features?: |CPU\d{1,5}: |CPU: (?:All CPU|\d{1,4} (?:UID|PID): )|Booting Linux on|Kernel command line: |Detected |Linux version |smp: Brought)/;

/** The line of an oops that names the kernel: `CPU: 0 PID: 10 Comm: init Not tainted 6.1.0-18-arm64 #1`. */
const CRASHED =
  /^CPU: \d{1,4} (?:UID: \d{1,10} )?PID: \d{1,10} Comm: .{1,60} (?:Not tainted|Tainted: [A-Z ]{1,60}) *(\d{1,3}\.\d{1,3}\.\d[\w.+~-]{0,80}) #\d/;

/** A register that a module prints: `MIDR_EL1 = 0x00000000414fd0b1`, with the CPU before it or without. */
const REGISTER = /^(?:.{0,40}\bCPU ?(\d+)\W{1,3}|\w+: )?((?:MIDR|CTR|ID_AA64\w+)_EL[01])\W{1,10}(0x[0-9a-f]{1,16})$/i;

/** The exception level at which a kernel was entered that prints a line, if it tells. */
function enteredAt(event: CapturedLogLine['event']): 1 | 2 | undefined {
  if (event.code === 'started-at-el') return event.el === 1 || event.el === 2 ? event.el : undefined;
  if (event.code === 'kvm') return event.mode === 'unavailable' ? 1 : 2;
  return event.code === 'detected' && event.description === 'Virtualization Host Extensions' ? 2 : undefined;
}

class KernelLog {
  readonly account = new LineAccount();
  readonly #collector: RegisterCollector = new RegisterCollector((finding) => this.account.add(finding));
  readonly #events: CapturedLogLine[] = [];
  readonly #kernel: { -readonly [key in keyof Kernel]?: Kernel[key] } = {};
  readonly #environment: { -readonly [key in keyof Environment]: Environment[key] } = {};
  #title: string | undefined;
  /** What is to be said of the line before, unless this one goes on with it. */
  #doubt: Diagnostic | undefined;
  /** The line before, if nothing was taken from it. */
  #unread: { readonly line: TextLine; readonly text: string } | undefined;
  #cpuCount: number | undefined;
  /** Whether the line before was the command line, behind a stamp. */
  #cmdlineStamped = false;
  readonly #booted = new Map<number, bigint>();
  readonly #present = new Set<ArchFeatureName>();

  #register(cpu: number, written: string, value: bigint, line: TextLine): void {
    const name = findRegisterName(written);
    if (name !== undefined && cpu <= MAX_CPU) this.#collector.add(cpu, name, value, placeOf(line.number, 0));
  }

  /** Lines that give a value of a register, of the kernel or of its environment. */
  #value(text: string, line: TextLine): boolean {
    const booted = bootedCpu(text);
    if (booted !== undefined) {
      this.#register(booted.cpu, 'MIDR_EL1', booted.midr, line);
      if (booted.cpu <= MAX_CPU) this.#booted.set(booted.cpu, booted.midr);
      return true;
    }
    const version = /^Linux version (\d{1,3}\.\d{1,3}[\w.+~/-]{0,80})/.exec(text);
    const crashed = CRASHED.exec(text);
    const cmdline = /^(?:Kernel command line: |(?=[\w.]+=\S+ .*\b(?:root|console)=))(.*)$/.exec(text);
    const model = /^(?:OF: fdt: |efi: )?Machine model: (.{1,200})$/.exec(text);
    // PSTATE of a crash: the kernel sets these where all CPUs have them; the others a program may set, or a lone CPU has.
    for (const [, name] of /^pstate: [0-9a-f]{8,16} \(/.test(text) ? text.matchAll(/\+(PAN|UAO)\b/g) : [])
      this.#present.add(`FEAT_${name as 'PAN' | 'UAO'}`);
    const timer = /^arch_timer: cp15 timer\(s\) running at (\d{1,4}\.\d\d)MHz/.exec(text);
    const up = /^(?:smp: Brought up|Brought up) (?:\d{1,4} nodes?, )?(\d{1,5}) CPUs?$/.exec(text);
    const register = REGISTER.exec(text);
    if (register !== null) this.#register(Number(register[1] ?? 0), register[2]!, BigInt(register[3]!), line);
    else if (version !== null) {
      if (this.#kernel.release === undefined) Object.assign(this.#kernel, kernelToldBy(version[1]!, text));
    } else if (crashed !== null) this.#kernel.release ??= crashed[1]!;
    else if (cmdline !== null) this.#kernel.cmdline ??= cmdline[1]!.trim();
    else if (model !== null) this.#title ??= model[1]!;
    // The kernel rounds to 10 kHz; the usual frequencies are whole multiples of that.
    else if (timer !== null) this.#environment.timerHz ??= Math.round(Number(timer[1]) * 100) * 10_000;
    else if (up !== null) this.#cpuCount = Number(up[1]);
    else if (/^KASLR (?:en|dis)abled/.test(text)) this.#environment.kaslr = text.startsWith('KASLR enabled');
    else return false;
    return true;
  }

  #event(text: string, line: TextLine): boolean {
    const event = parseLogMessage(text);
    if (event === undefined) return false;
    if (this.#events.length < MAX_EVENTS) this.#events.push({ line: line.number, text, event });
    if (event.code === 'sanity-check') {
      this.#register(0, event.register, event.boot, line);
      if (event.cpu !== undefined && event.cpu > 0) this.#register(event.cpu, event.register, event.own, line);
    }
    const bootEl = enteredAt(event);
    if (bootEl !== undefined) this.#environment.bootEl ??= bootEl;
    return true;
  }

  line(line: TextLine): void {
    const { text: message, stamped } = splitMessage(line.text.slice(0, 2000));
    const text = message.trim();
    const before = this.#unread;
    this.#unread = undefined;
    // A line without a stamp may be the rest of the one before, which a mail program or a terminal broke; what looks like a prefix, too.
    if (!stamped && before !== undefined && this.#joined(before, [message, line.text.slice(0, 2000)])) return;
    if (text === '') return;
    if (stamped) this.settle();
    // A mail program breaks a command line, too.
    const goesOnWithWords = !stamped && this.#cmdlineStamped && /^[\w.-]+=/.test(text);
    if (goesOnWithWords) this.#kernel.cmdline += ` ${text}`;
    else this.#cmdlineStamped = stamped && /^Kernel command line: /.test(text);
    if (goesOnWithWords || this.#value(text, line) || this.#event(text, line)) {
      this.#unread = undefined;
      this.account.read();
      return;
    }
    const goesOn = this.#unread !== undefined && !BEGINNING.test(text);
    if (!goesOn) this.#unread = { line, text: message };
    // A crash prints all capabilities as one number.
    if (!/^CPU features?: (?!0x)/.test(text)) {
      this.account.passed();
      return;
    }
    const what = `this line about CPU features is of no kernel that is known here: ${JSON.stringify(text.slice(0, 80))}`;
    this.#doubt = { code: 'unknown-log-line', severity: 'note', where: placeOf(line.number, line.text.indexOf(text)), message: what };
  }

  /** Tells of a line about CPU features that no kernel prints, once it is certain that nothing goes on with it. */
  settle(): void {
    if (this.#doubt !== undefined) this.account.reject(this.#doubt);
    this.#doubt = undefined;
  }

  /** Reads a message that was broken over several lines: at a blank, which may be lost, or inside a word. */
  #joined({ line, text }: { readonly line: TextLine; readonly text: string }, rests: readonly string[]): boolean {
    const parts = [...new Set(rests.map((rest) => rest.trim()).filter((rest) => rest !== ''))];
    const whole = parts.flatMap((rest) => [`${text.trimEnd()} ${rest}`, `${text.trimEnd()}${rest}`]);
    const found = whole.find((one) => this.#value(one, line) || this.#event(one, line));
    if (found !== undefined) {
      this.#doubt = undefined;
      this.account.read();
    } else if (parts.length > 0 && BEGINNING.test(text.trim())) this.#unread = { line, text: whole[0]!.slice(0, 2000) };
    return found !== undefined;
  }

  /** The CPUs that a log counts as brought up, if it names none beyond them. */
  get #online(): readonly number[] | undefined {
    const count = Math.min(this.#cpuCount ?? 0, MAX_CPU + 1);
    const isPlain = count > 0 && [...this.#booted.keys()].every((cpu) => cpu < count);
    return isPlain ? Array.from({ length: count }, (_, cpu) => cpu) : undefined;
  }

  get capture(): Capture {
    const machine = this.#collector.machine();
    return {
      ...given({ title: this.#title, machine }),
      ...(Object.keys(this.#kernel).length === 0 ? {} : { kernel: this.#kernel }),
      ...(Object.keys(this.#environment).length === 0 ? {} : { environment: this.#environment }),
      ...(this.#present.size === 0 ? {} : { archFeatures: { present: [...this.#present], absent: [] } }),
      ...(this.#events.length === 0 ? {} : { log: this.#events }),
      ...given({ cpuCount: this.#cpuCount, online: this.#online, booted: this.#booted.size === 0 ? undefined : this.#booted }),
    };
  }
}

/**
 * Reads a kernel's log: dmesg, syslog, `journalctl -k`, a serial console's recording, with or without time stamps. Of the registers
 * it has MIDR_EL1 of each CPU, and whole values only where CPUs differ (`SANITY CHECK`).
 */
export function parseKernelLog(text: string): ReadCapture {
  const log = new KernelLog();
  for (const line of textLines(text)) log.line(line);
  log.settle();
  const { value: rows } = parseDmesg(text, '');
  const messages = rows.length === 0 ? {} : { messages: { file: '', rows } };
  return { value: { ...log.capture, ...messages }, diagnostics: log.account.diagnostics, lines: log.account.lines };
}

/** `dmesg -T`. */
const DATED = /^\s*\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] /;

/** The log of an arm64 Linux kernel. */
export const kernelLogReader: Reader = {
  name: 'kernel-log',
  title: "the kernel's log",
  recognise(head) {
    const share = lineShare(head, (line) => {
      const { text: message, stamped } = splitMessage(line);
      const text = message.trim();
      if (/^Linux version \d|^Booting Linux on physical CPU|^Kernel command line: /.test(text)) return 'sure';
      if (parseLogMessage(text) !== undefined || ABOUT_CPUS.test(text)) return 'cpu';
      return stamped || DATED.test(line) || (text.length < line.trim().length && /\bkernel\b/.test(line.slice(0, 200)))
        ? 'stamped'
        : 'other';
    });
    if (share('sure') > 0) return 0.93;
    if (share('cpu') > 0) return 0.5 + 0.4 * (share('cpu') + share('stamped'));
    return 0.6 * share('stamped');
  },
  read: parseKernelLog,
};
