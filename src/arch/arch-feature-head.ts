/** Finds rows of architecture features by name, in any case, with or without `FEAT_`. */
export function finderIn<T extends { readonly name: string }>(rows: () => readonly T[]): (name: string) => T | undefined {
  let byLowerName: ReadonlyMap<string, T> | undefined;
  return (name) => {
    byLowerName ??= new Map(rows().map((row) => [row.name.toLowerCase(), row]));
    const lower = name.toLowerCase();
    return byLowerName.get(lower.startsWith('feat_') ? lower : `feat_${lower}`);
  };
}
