/** What can be read of a page, without its marks. */
export function textOf(html: string): string {
  return html
    .replace(/<wbr\/?>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');
}
