import { evidenceOf, type Remark } from '../answers/guest/listings.ts';
import type { PostedLine } from './posted/posted-line.ts';

/** What a person's words may be about, and the word that is spelt so; PSIC is a slip for PSCI. */
const SUBJECTS: readonly (readonly [Remark['subject'], RegExp])[] = [
  ['uefi', /\bUEFI\b/],
  ['acpi', /\bACPI\b/],
  ['smbios', /\bSMBIOS\b/],
  ['psci', /\bPS(?:CI|IC)\b/],
  ['breakpoints', /\b(\d{1,2}) ?个? ?(?:hardware|HW|Hardware-)[ -]?break ?points?\b/i],
];

/** What makes a mention a statement. */
const STATES =
  /支持|使用|启动|提供|有|を使|対応|\b(?:ha[sd]|have|uses?|using|with|by|via|supports?|boots?|booted|found|unterst\u00fctzt|nutzt|mit)\b/i;
const DENIES = /(?:不支持|没有|\u65e0|\b(?:no|not|without|lacks?|missing|kein|keine|ohne)(?: any| an?)?)\s{0,2}$/i;
/** How much of a line is looked at. */
const HEAD = 400;

/** What a person says of the machine in words around listings; a question says nothing. */
export function remarksIn(lines: readonly PostedLine[], file: string): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const { number, text } of lines) {
    const head = text.slice(0, HEAD);
    if (/[?\uff1f]\s*$/.test(head) || !STATES.test(head)) continue;
    for (const [subject, pattern] of SUBJECTS) {
      const found = pattern.exec(head);
      if (found === null || DENIES.test(head.slice(0, found.index))) continue;
      const count = found[1] === undefined ? {} : { count: Number(found[1]) };
      remarks.push({ subject, ...count, at: evidenceOf(file, number, text) });
    }
  }
  return remarks;
}

/** Where a person says that lspci prints nothing. */
export function emptyLspci(lines: readonly PostedLine[]): PostedLine | undefined {
  return lines.find(({ text }) => /\blspci\b.{0,12}(?:空|nothing|empty|leer)/i.test(text.slice(0, HEAD)));
}
