/** Names that are in one list and not in another; of those that are `open` there it is not known whether they are. */
export function goneFrom(before: readonly string[], now: readonly string[], open: readonly string[] = []): readonly string[] {
  return before.filter((name) => !now.includes(name) && !open.includes(name));
}
