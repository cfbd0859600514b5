import { type DmiField, evidenceOf, type Word } from '../answers/guest/capture.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { parseMidr } from '../silicon/midr.ts';
import { lscpuReader, parseLscpu } from './lscpu.ts';
import { textLines } from './text-lines.ts';

/** What lscpu says that shows a guest. */
export interface GuestFactsOfLscpu {
  readonly cpus: readonly CpuinfoEntry[];
  readonly dmi: readonly DmiField[];
  /** The hypervisor, as systemd-detect-virt calls it. */
  readonly hypervisor?: Word;
}

/** Names of lscpu that systemd-detect-virt spells otherwise. */
const RESPELT: Readonly<Record<string, string>> = { 'windows subsystem for linux': 'microsoft', oracle: 'oracle', ibm: 'powervm' };

const SMBIOS: Readonly<Record<string, readonly [structure: string, name: string]>> = {
  'BIOS Vendor ID': ['System Information', 'Manufacturer'],
  'BIOS Model name': ['System Information', 'Product Name'],
};

/** Reads of lscpu what tells of a guest: the core and its hwcaps, SMBIOS' words on the CPU, and the hypervisor that it names. */
export function guestFactsOfLscpu(text: string, file: string): GuestFactsOfLscpu {
  const { value } = lscpuReader.read(text);
  const features = value.hwcaps?.names ?? [];
  const midrs = value.midrs ?? [];
  const count = Math.max(midrs.length === 1 ? (value.cpuCount ?? 1) : midrs.length, features.length > 0 ? 1 : 0);
  const cpus = Array.from({ length: count }, (_, processor): CpuinfoEntry => {
    const midr = midrs.length === 1 ? midrs[0] : midrs[processor];
    return { processor, features, ...(midr === undefined ? {} : parseMidr(midr)) };
  });
  const dmi: DmiField[] = [];
  let hypervisor: Word | undefined;
  const { lines } = textLines(text);
  for (const { field, data } of parseLscpu(text).value) {
    const line = lines.find((one) => one.text.trimStart().startsWith(`${field}:`));
    const at = evidenceOf(file, line?.number ?? 1, line?.text ?? field);
    const place = SMBIOS[field];
    if (place !== undefined) dmi.push({ structure: place[0], name: place[1], value: data, at });
    if (field === 'Hypervisor vendor') hypervisor ??= { text: RESPELT[data.toLowerCase()] ?? data.toLowerCase(), at };
  }
  return { cpus, dmi, ...(hypervisor === undefined ? {} : { hypervisor }) };
}
