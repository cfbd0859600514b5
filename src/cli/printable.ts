/** Text from outside, made safe for a terminal: control characters and marks that turn the writing direction are shown as escapes. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\t\n]|[\u2028\u2029]/gu, (control) => `\\u{${control.codePointAt(0)!.toString(16)}}`);
}
