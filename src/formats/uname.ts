import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `Linux host 6.1.0-18-arm64 #1 SMP … aarch64 GNU/Linux`, without the host, or `Linux version 6.1…` of /proc/version. */
const LINE = /^\s*Linux (?:version )?(?:\S{1,64} )??(\d{1,3}\.\d{1,3}[\w.+~-]{0,80})(?= |$)/;

/** What `uname -r` prints. */
const ALONE = /^\s*(\d{1,3}\.\d{1,3}\.\d{1,5}[\w.+~-]{0,80})\s*$/;

/** `Kernel: Linux 6.1.0-18-arm64` of tools that describe a system, `Linux-6.5.0-1017-aws-aarch64-with-glibc2.35` of Python. */
const TOLD =
  /^\s*[*-]?\s*(?:Kernel(?: [Vv]ersion| [Rr]elease)?\s*:\s*(?:Linux )?|(?:Python )?[Pp]latform\s*:\s*Linux-)(\d{1,3}\.\d{1,3}(?:\.\d{1,5})?(?:[\w.+~-]{0,80}?))(?=-(?:aarch64|arm64)-with|\s|$)/;

/** Whether a line of a description names the kernel. */
export function isKernelRow(text: string): boolean {
  return TOLD.test(text);
}

/** What `uname -a` or /proc/version say, alone or in a description of a system. */
export const unameReader: Reader = {
  name: 'uname',
  title: "the kernel's version",
  recognise(head) {
    const lines = [...textLines(head)].filter(({ text }) => text.trim() !== '');
    const found = lines.filter(({ text }) => LINE.test(text.slice(0, 400)));
    if (found.length !== 1) return 0;
    return lines.length === 1 ? 0.95 : /^Kernel\s*$/m.test(head) && lines.length < 100 ? 0.6 : lines.length < 10 ? 0.3 : 0;
  },
  read(text) {
    const account = new LineAccount();
    let release: string | undefined;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const plain = line.text.slice(0, 400);
      const match = release === undefined ? (LINE.exec(plain) ?? TOLD.exec(plain) ?? ALONE.exec(plain)) : null;
      if (match === null) account.passed();
      else {
        release = match[1];
        account.read();
      }
    }
    return { value: release === undefined ? {} : { kernel: { release } }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
