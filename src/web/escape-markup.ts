/** A text as it stands in markup, between tags or in a quoted value. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!);
}
