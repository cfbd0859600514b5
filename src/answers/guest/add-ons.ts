import type { Capture } from '../capture.ts';
import { ADD_ON_ROWS } from '../generated/guest.ts';
import type { Evidence } from './listings.ts';
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
    .replace(/\.(?:ko|service|sh)(?:\.\w+)?$/, '');
}

let byName: ReadonlyMap<string, AddOnRow> | undefined;

/** Whether a word of a text can be nothing but an add-on of one hypervisor: `prl_vid`. */
export function isAddOnName(word: string): boolean {
  const row = rowOf(word);
  return row?.hypervisor !== undefined && row.shared !== true && /[_-]/.test(word);
}

function rowOf(name: string): AddOnRow | undefined {
  byName ??= new Map(ADD_ON_ROWS.flatMap((row) => row.names.map((one) => [plain(one), row] as const)));
  return byName.get(plain(name));
}

/** The add-ons in a capture: modules that are loaded, and names in folders that were listed. In the order of the table. */
export function addOnsOf({ modules, folders }: Capture): readonly AddOn[] {
  const found = new Map<AddOnRow, { name: string; evidence: Evidence[] }>();
  for (const { name, at } of [...(modules?.rows ?? []), ...(folders?.rows ?? [])]) {
    const row = rowOf(name);
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
