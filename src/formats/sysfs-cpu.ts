import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import { cpusIn } from './cpu-list.ts';
import { LineAccount, lineShare, placeOf, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `/sys/devices/system/cpu/online:0-3`, as `grep .` prints files that hold a line. */
const ROW = /^\s*\/sys\/devices\/system\/cpu\/(online|offline|possible|present|vulnerabilities\/[\w-]{1,40}):\s{0,4}(.{0,200})$/;

/** Whether a line is a file of that folder, with what it holds. */
export function isSysfsCpuRow(text: string): boolean {
  return ROW.test(text);
}

const VULNERABILITIES: Omit<Diagnostic, 'where'> = {
  code: 'vulnerabilities',
  severity: 'note',
  message: 'which vulnerabilities a kernel works around follows from firmware and lists of cores, and tells nothing of features',
};

/** Files of /sys/devices/system/cpu that are of all CPUs: which of them run, and what the kernel says of vulnerabilities. */
export const sysfsCpuReader: Reader = {
  name: 'sysfs-cpu',
  title: 'files of /sys/devices/system/cpu',
  recognise(head) {
    const share = lineShare(head, (line) => (ROW.test(line) ? 'row' : 'other'))('row');
    return share === 0 ? 0 : 0.5 + 0.45 * share;
  },
  read(text) {
    const account = new LineAccount();
    let online: readonly number[] | undefined;
    let present: readonly number[] | undefined;
    let told = false;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const [, name, value = ''] = ROW.exec(line.text.slice(0, 400)) ?? [];
      if (name === 'online') online ??= cpusIn(value.trim());
      else if (name === 'present') present ??= cpusIn(value.trim());
      if (name === 'online' || name === 'present') account.read();
      else account.passed();
      if (name?.startsWith('vulnerabilities') && !told) account.add({ ...VULNERABILITIES, where: placeOf(line.number, 0) });
      told ||= name?.startsWith('vulnerabilities') === true;
    }
    return {
      value: given({ online, cpuCount: present?.length }),
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
