import { ADD_ON_ROWS } from '../generated/guest.ts';
import type { Capture, Evidence } from './capture.ts';
import type { AddOnRow } from './tables.ts';

/** An add-on that a guest has. */
export interface AddOn {
  readonly row: AddOnRow;
  /** As it was found. */
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

/** Modules, processes and folders by the same spelling: `hv-vmbus` is `hv_vmbus`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/\.(?:ko|service)(?:\.\w+)?$/, '');
}

let byName: ReadonlyMap<string, AddOnRow> | undefined;

/** The add-ons in a capture: modules that are loaded, and names in folders that were listed. In the order of the table. */
export function addOnsOf({ modules, folders }: Capture): readonly AddOn[] {
  byName ??= new Map(ADD_ON_ROWS.flatMap((row) => row.names.map((name) => [plain(name), row] as const)));
  const found = new Map<AddOnRow, { name: string; evidence: Evidence[] }>();
  for (const { name, at } of [...(modules?.rows ?? []), ...(folders?.rows ?? [])]) {
    const row = byName.get(plain(name));
    if (row === undefined) continue;
    const before = found.get(row);
    if (before === undefined) found.set(row, { name, evidence: [at] });
    else if (before.evidence.length < 4) before.evidence.push(at);
  }
  return ADD_ON_ROWS.flatMap((row) => {
    const one = found.get(row);
    return one === undefined ? [] : [{ row, ...one }];
  });
}
