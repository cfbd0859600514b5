import { given } from '../../given.ts';
import type { Capture } from '../capture.ts';
import { cluesFor } from './clues.ts';
import type { Evidence } from './listings.ts';

/** A network card of a guest. */
export interface GuestNetwork {
  readonly name: string;
  readonly address: string;
  readonly driver?: string;
  /** What the first three bytes of the address tell. */
  readonly prefix?: string;
  readonly evidence: readonly Evidence[];
}

const ADDRESS = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/** Bit 1 of the first byte: the address was made up, not taken from a maker's range. */
function isLocal(address: string): boolean {
  return (Number.parseInt(address.slice(0, 2), 16) & 2) !== 0;
}

function prefixOf(address: string): { readonly prefix?: string } {
  const [row] = cluesFor('mac', address);
  if (row !== undefined) return { prefix: row.means };
  return isLocal(address) ? { prefix: 'an address that was made up (locally administered)' } : {};
}

/** The network cards: from lshw, with those that only `ip link` lists. Addresses of zero, as of `lo`, are left out. */
export function guestNetworks({ hardware, interfaces }: Capture): readonly GuestNetwork[] {
  const found = new Map<string, GuestNetwork>();
  for (const { id, fields, at } of hardware?.rows ?? []) {
    const address = (fields.get('serial') ?? '').toLowerCase();
    if (!ADDRESS.test(address)) continue;
    const driver = /driver=([\w-]+)/.exec(fields.get('configuration') ?? '')?.[1];
    const evidence = [{ ...at, text: `serial: ${address}` }];
    found.set(address, {
      name: fields.get('logical name') ?? id,
      address,
      ...given({ driver }),
      ...prefixOf(address),
      evidence,
    });
  }
  for (const { name, address, at } of interfaces?.rows ?? []) {
    if (!ADDRESS.test(address) || /^[0:]+$/.test(address)) continue;
    const before = found.get(address);
    found.set(
      address,
      before === undefined ? { name, address, ...prefixOf(address), evidence: [at] } : { ...before, evidence: [...before.evidence, at] },
    );
  }
  return [...found.values()];
}
