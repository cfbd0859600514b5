import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `Linux host 6.1.0-18-arm64 #1 SMP … aarch64 GNU/Linux`, without the host, or `Linux version 6.1…` of /proc/version. */
const LINE = /^\s*Linux (?:version )?(?:\S{1,64} )??(\d{1,3}\.\d{1,3}[\w.+~-]{0,80})(?= |$)/;

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
      const match = release === undefined ? LINE.exec(line.text.slice(0, 400)) : null;
      if (match === null) account.passed();
      else {
        release = match[1];
        account.read();
      }
    }
    return { value: release === undefined ? {} : { kernel: { release } }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
