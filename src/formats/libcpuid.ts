import { formatHex } from '../bits/hex.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { LineAccount, lineShare, placeOf, type TextLine, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';
import { findRegisterName } from './register-name.ts';

/** `_________________ Logical CPU #0 _________________` */
const HEADING = /^_{3,40} Logical CPU #(\d{1,4}) _{3,40}\s*$/;
const LINE = /^arm_(\w{2,32})=([0-9a-f]{1,16})\s*$/i;

/** Lines of the file that are not about a CPU's registers. */
const PASSED = /^(?:version=|build_date=|sysname=|release=|machine=|delimiter=|[a-z_]{2,24}(?:\[\d{1,3}\])?=|-{3,})/;

/** Writes a machine as libcpuid's raw files hold it: registers without their exception level, 16 digits each. */
export function formatLibcpuid({ cpus }: Machine): string {
  return cpus
    .map(({ registers }, i) => {
      const rows = Object.entries(registers).map(
        ([name, value]) => `arm_${name.toLowerCase().replace(/_el[0-3]$/, '')}=${formatHex(value).slice(2)}\n`,
      );
      return `_________________ Logical CPU #${i} _________________\n${rows.join('')}`;
    })
    .join('');
}

function readLine(line: TextLine, cpu: number, collector: RegisterCollector, account: LineAccount): void {
  const match = LINE.exec(line.text);
  const name = match === null ? undefined : findRegisterName(match[1]!);
  if (match !== null && name !== undefined) {
    collector.add(cpu, name satisfies SystemRegisterName, BigInt(`0x${match[2]}`), placeOf(line.number, 0));
    account.read();
  } else if (PASSED.test(line.text)) account.passed();
  else account.unread(line, 'arm_REGISTER= and 16 hex digits');
}

/** The file in which libcpuid keeps what it read of each CPU. On Linux it reads at EL0, so that the kernel's view is in it. */
export const libcpuidReader: Reader = {
  name: 'libcpuid',
  title: "libcpuid's raw data",
  recognise(head) {
    const share = lineShare(head, (line) => (LINE.test(line) ? 'register' : HEADING.test(line) ? 'heading' : 'other'));
    return share('register') === 0 ? 0 : 0.4 + 0.59 * (share('register') + share('heading'));
  },
  read(text) {
    const account = new LineAccount();
    const collector = new RegisterCollector((finding) => account.add(finding));
    let cpu = 0;
    /** Behind a rule of dashes test files go on with what libcpuid makes of the registers. */
    let ended = false;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      ended ||= /^-{10,}$/.test(line.text);
      if (ended) {
        account.passed();
        continue;
      }
      const heading = HEADING.exec(line.text);
      if (heading === null) readLine(line, cpu, collector, account);
      else {
        cpu = Number(heading[1]);
        account.read();
      }
    }
    const machine = collector.machine();
    return {
      value: machine === undefined ? {} : { machine, registersAs: 'el0' },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
