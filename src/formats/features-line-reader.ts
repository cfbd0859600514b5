import { areX86Flags, readNotArm } from './foreign-cpu.ts';
import { listedNames } from './hwcap-list.ts';
import { LineAccount, lineShare, textLines } from './line-account.ts';
import { formOfLine, namesInSentence } from './posted/forms.ts';
import type { Reader } from './reader.ts';
import { joinWrapped } from './wrapped-names.ts';

const HEAD = /^\s*(?:features|flags)\s*:(?!\s*\w+:)/i;
const NAMES = /^\s*[a-z][a-z0-9]{0,19}(?:[\s,]+[a-z0-9]{1,20})*(?:\s*(?:\.{2,}|…))?\s*$/;

const OTHER = {
  code: 'another-machine',
  severity: 'note',
  message: 'another Features line, of another machine or time, is left out',
} as const;

/** Whether a line has the names of a Features line, and other ones than the line that was read. */
function isOther(line: string, text: string): boolean {
  const names = namesInSentence(text);
  return (
    names !== undefined &&
    names !==
      line
        .trim()
        .split(/[\s,]+/)
        .join(' ')
  );
}

/** One Features or Flags line alone, as grep prints it, or a list of names of hwcaps. */
export const featuresLineReader: Reader = {
  name: 'features-line',
  title: 'a Features line',
  recognise(head) {
    const share = lineShare(head, (line) => (HEAD.test(line) || formOfLine(line) === 'features-line' ? 'names' : 'other'))('names');
    return share === 0 ? 0 : 0.5 + 0.2 * share;
  },
  read(text) {
    const account = new LineAccount();
    let line: string | undefined;
    let open = false;
    for (const { text: one, number } of textLines(text)) {
      if (one.trim() === '') open = false;
      else if (line === undefined && (HEAD.test(one) || formOfLine(one) === 'features-line')) {
        line = HEAD.test(one) ? one.replace(HEAD, '') : (namesInSentence(one) ?? one);
        open = true;
        account.read();
      } else if (open && line !== undefined && NAMES.test(one)) {
        line = joinWrapped(line, one);
        account.read();
      } else {
        open = false;
        if (line !== undefined && isOther(line, one)) account.add({ ...OTHER, where: `line ${number}` });
        account.passed();
      }
    }
    const hwcaps = listedNames(line ?? '');
    if (areX86Flags(hwcaps.names)) return { ...readNotArm('x86', 'file'), lines: account.lines };
    return { value: hwcaps.names.length === 0 ? {} : { hwcaps }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
