/** Ends a message of the library as a sentence, where it does not already. */
export function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
