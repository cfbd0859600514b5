import { rememberPasted } from './base-machine.ts';

/** No capture of a machine is longer, in characters: a log of a large machine has some megabytes. */
export const MAX_TEXT: number = 8 << 20;

/** What is said of a text that is longer. */
export const TOO_LONG = 'This is longer than any capture of a machine.';

/** A code under which a text is found again, or why no machine could be read from it. */
export type Pasted = { readonly code: string; readonly isLong: boolean } | { readonly problem: string };

let count = 0;

/** A code under which the text is found again: itself, packed, or a number if it is too long for an address. */
async function codeOf(text: string): Promise<{ readonly code: string; readonly isLong: boolean }> {
  const { MAX_PACKED, packText } = await import('./pack-text.ts');
  const packed = await packText(text);
  if (packed.length <= MAX_PACKED) return { code: packed, isLong: false };
  count++;
  return { code: `here.${count}`, isLong: true };
}

/** Makes a machine of a pasted text and remembers it under a code for the address. It never fails. */
export async function readPasted(text: string): Promise<Pasted> {
  if (text.trim() === '') return { problem: 'There is nothing in it yet.' };
  if (text.length > MAX_TEXT) return { problem: TOO_LONG };
  const { machineOfText } = await import('./posted-machine.ts');
  const found = await machineOfText(text);
  if ('problem' in found) return found;
  const code = await codeOf(text);
  rememberPasted(code.code, found);
  return code;
}
