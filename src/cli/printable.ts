/** Text from outside, made safe for a terminal: control characters and marks that turn the writing direction are shown as escapes. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\t\n]|[\u2028\u2029]/gu, (control) => `\\u{${control.codePointAt(0)!.toString(16)}}`);
}

/** The same for what must stay one line. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\t\n]/g, (control) => (control === '\n' ? '\\n' : '\\t'));
}

/** Controls but for tabs and line feeds, and marks that are not seen: what no output needs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Escapes what no output needs, in the way of JSON, so that JSON stays what it is.
 *
 * @param colored - Whether sequences that colour text may stand.
 */
export function withoutControls(text: string, colored: boolean): string {
  return text.replace(UNSEEN, (control, at: number) => {
    if (colored && control === '\x1b' && /^\[[\d;]*m/.test(text.slice(at + 1, at + 12))) return control;
    return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
