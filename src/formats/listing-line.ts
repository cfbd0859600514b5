import type { Diagnostic } from '../diagnostic.ts';

/** The finding for a line of a listing that cannot be read. */
export function unreadLine(number: number, text: string, expected: string): Diagnostic {
  const message = `expected ${expected}, got ${JSON.stringify(text.slice(0, 40))}`;
  return { code: 'bad-line', severity: 'warning', where: `line ${number}`, message };
}
