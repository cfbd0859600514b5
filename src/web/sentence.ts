/** A message of the library without what it says of the command's options, which a page has not. */
export function onPage(text: string): string {
  return text
    .replace(/ \((?:armlens [^()]*|--[^();]*)\)/g, '')
    .replace(/\(--[\w-]+(?: \w+)?; /g, '(')
    .replace(/; name one by --\w+/g, '');
}

/** Ends a message of the library as a sentence, where it does not already. */
export function sentence(text: string): string {
  const own = onPage(text);
  return /[.?!…]$/.test(own) ? own : `${own}.`;
}
