import type { Diagnostic } from '../diagnostic.ts';

/** A message of the library without what it says of the command's options, which a page has not, and of KVM's rows by their names. */
export function onPage(text: string): string {
  return text
    .replace(/ \((?:armlens [^()]*|--[^();]*)\)/g, '')
    .replace(/\(--[\w-]+(?: \w+)?; /g, '(')
    .replace(/; name one by --\w+/g, '')
    .replace(/(KVM of Linux \d[\w.]*), [\w.-]+(?=$|:| (?:sets?|changes|and)\b)/g, '$1');
}

/** Where in a text something was found, and what; that it is somewhere in the text a reader who gave but one knows. */
export function findingWords({ where, message }: Pick<Diagnostic, 'where' | 'message'>): string {
  return where === '' || where === 'file' ? onPage(message) : `${where}: ${onPage(message)}`;
}

/** Ends a message of the library as a sentence, where it does not already. */
export function sentence(text: string): string {
  const own = onPage(text);
  return /[.?!…]$/.test(own) ? own : `${own}.`;
}
