import { given } from '../given.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';

type Section = '64-bit' | '32-bit';

/**
 * The registers behind each label, in the order of printing.
 *
 * @see Xen `xen/arch/arm/setup.c`, `processor_id()`.
 */
const LABELS: Readonly<Record<Section, ReadonlyMap<string, readonly SystemRegisterName[]>>> = {
  '64-bit': new Map([
    ['Processor Features', ['ID_AA64PFR0_EL1', 'ID_AA64PFR1_EL1']],
    ['Debug Features', ['ID_AA64DFR0_EL1', 'ID_AA64DFR1_EL1']],
    ['Auxiliary Features', ['ID_AA64AFR0_EL1', 'ID_AA64AFR1_EL1']],
    ['Memory Model Features', ['ID_AA64MMFR0_EL1', 'ID_AA64MMFR1_EL1', 'ID_AA64MMFR2_EL1', 'ID_AA64MMFR3_EL1']],
    ['ISA Features', ['ID_AA64ISAR0_EL1', 'ID_AA64ISAR1_EL1', 'ID_AA64ISAR2_EL1']],
  ]),
  '32-bit': new Map([
    ['Processor Features', ['ID_PFR0_EL1', 'ID_PFR1_EL1', 'ID_PFR2_EL1']],
    ['Debug Features', ['ID_DFR0_EL1', 'ID_DFR1_EL1']],
    ['Auxiliary Features', ['ID_AFR0_EL1']],
    ['Memory Model Features', ['ID_MMFR0_EL1', 'ID_MMFR1_EL1', 'ID_MMFR2_EL1', 'ID_MMFR3_EL1', 'ID_MMFR4_EL1', 'ID_MMFR5_EL1']],
    ['ISA Features', ['ID_ISAR0_EL1', 'ID_ISAR1_EL1', 'ID_ISAR2_EL1', 'ID_ISAR3_EL1', 'ID_ISAR4_EL1', 'ID_ISAR5_EL1', 'ID_ISAR6_EL1']],
  ]),
};

/** `(XEN) `, with a time stamp, quotation marks of mail, and the soft line ends of quoted-printable. */
const PREFIX = /^[\s>]*\(XEN\)\s?(?:\[[^\]]{1,40}\]\s?)?/;
const VALUES = /^(?:[0-9a-f]{16}|[0-9a-f]{8})(?:[ :](?:[0-9a-f]{16}|[0-9a-f]{8})){0,7}$/i;

class XenLog {
  readonly account = new LineAccount();
  readonly collector: RegisterCollector = new RegisterCollector((finding) => this.account.add(finding));
  #section: Section | undefined;
  /** The registers that values on a line of their own belong to. */
  #pending: readonly SystemRegisterName[] = [];
  /** What Xen says of itself, such as `4.14-unstable`. */
  version: string | undefined;

  #take(values: string, names: readonly SystemRegisterName[], where: string): void {
    const words = values.split(/[ :]/);
    for (const [i, word] of words.entries()) {
      const name = names[i];
      if (name !== undefined) this.collector.add(0, name, BigInt(`0x${word}`), where);
    }
    this.#pending = names.slice(words.length);
    this.account.read();
  }

  /** A line of the banner; anything else that Xen prints is passed over. */
  message(text: string, where: string): void {
    const plain = text.replace(/\s+/g, ' ').trim();
    const processor = /^Processor: ([0-9a-f]{8,16}): "/i.exec(plain);
    const version = /^Xen version (\S{1,40})/.exec(plain);
    const section = /^(64|32)-bit Execution:$/.exec(plain);
    const labelled = /^([A-Z]\w+(?: \w+)? Features): ?(.*)$/.exec(plain);
    const names = this.#section === undefined || labelled === null ? undefined : LABELS[this.#section].get(labelled[1]!);
    if (processor !== null) this.#take(processor[1]!, ['MIDR_EL1'], where);
    else if (version !== null) {
      this.version = version[1];
      this.account.read();
    } else if (section !== null) {
      this.#section = section[1] === '64' ? '64-bit' : '32-bit';
      this.account.read();
    } else if (names !== undefined && VALUES.test(labelled![2]!)) this.#take(labelled![2]!, names, where);
    else if (this.#pending.length > 0 && VALUES.test(plain)) this.#take(plain, this.#pending, where);
    else {
      this.#pending = [];
      this.account.passed();
    }
  }
}

/** What Xen prints as it boots; it lists the registers of the boot CPU, newer ones those that all CPUs have in common. */
export const xenLogReader: Reader = {
  name: 'xen-log',
  title: "Xen's boot messages",
  recognise(head) {
    if (!/^[ \t>]*\(XEN\) /m.test(head)) return 0;
    return /^[ \t>]*\(XEN\) .{0,60}(?:64-bit Execution:|Processor: [0-9a-f]{8})/m.test(head) ? 0.96 : 0.5;
  },
  read(text) {
    const log = new XenLog();
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const prefix = PREFIX.exec(line.text);
      if (prefix === null) log.account.passed();
      else log.message(line.text.slice(prefix[0].length).replace(/=$/, ''), `line ${line.number}`);
    }
    const machine = log.collector.machine();
    return {
      value: {
        ...(log.version === undefined ? {} : { title: `Xen ${log.version}` }),
        ...given({ machine }),
      },
      diagnostics: log.account.diagnostics,
      lines: log.account.lines,
    };
  },
};
