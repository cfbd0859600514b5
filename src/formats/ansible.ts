import { type DmiField, evidenceOf, type Word } from '../answers/guest/listings.ts';
import { given } from '../given.ts';
import { readNotArm } from './foreign-cpu.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** A fact as JSON, YAML or a log of a playbook has it. */
const FACT =
  /\bansible_(architecture|kernel|processor_nproc|processor_vcpus|product_name|system_vendor|bios_vendor|virtualization_type|virtualization_role)["']? {0,4}[:=] {0,4}["']?([^"',{}[\]]{1,100})/g;

/** Facts of SMBIOS, and how dmidecode calls them. */
const SMBIOS: Readonly<Record<string, readonly [structure: string, name: string]>> = {
  product_name: ['System Information', 'Product Name'],
  system_vendor: ['System Information', 'Manufacturer'],
  bios_vendor: ['BIOS Information', 'Vendor'],
};

/** What Ansible writes where it found nothing. */
const NOTHING: ReadonlySet<string> = new Set(['NA', 'null', 'None', '']);

/** Whether a line has a fact of Ansible's that tells of the machine. */
export function isAnsibleFact(text: string): boolean {
  return text.search(FACT) >= 0;
}

/** What Ansible gathers of a host: its kernel, how many CPUs run, who made it, the hypervisor. */
export const ansibleReader: Reader = {
  name: 'ansible',
  title: "Ansible's facts",
  recognise: (head) => (new Set([...head.matchAll(FACT)].map(([, name]) => name)).size >= 2 ? 0.92 : 0),
  read(text) {
    const account = new LineAccount();
    const facts = new Map<string, string>();
    const dmi: DmiField[] = [];
    let virtual: Word | undefined;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const found = [...line.text.matchAll(FACT)];
      for (const [whole, name = '', data = ''] of found) {
        const value = data.trim();
        if (NOTHING.has(value) || facts.has(name)) continue;
        facts.set(name, value);
        const place = SMBIOS[name];
        const at = evidenceOf('', line.number, whole);
        if (place !== undefined) dmi.push({ structure: place[0], name: place[1], value, at });
        if (name === 'virtualization_type') virtual = { text: value, at };
      }
      if (found.length > 0) account.read();
      else account.passed();
    }
    const architecture = facts.get('architecture') ?? 'aarch64';
    const { lines } = account;
    if (!/^(?:aarch64|arm)/.test(architecture)) return { ...readNotArm(architecture, 'file'), lines };
    const release = /^\d{1,3}\.\d{1,3}\S{0,80}$/.exec(facts.get('kernel') ?? '')?.[0];
    // Older ones count rows of /proc/cpuinfo that an Arm kernel does not print, or counts twice.
    const count = Number(/^\d{1,5}$/.exec(facts.get('processor_nproc') ?? '')?.[0] ?? 0);
    return {
      value: given({
        kernel: release === undefined ? undefined : { release },
        cpuCount: count === 0 ? undefined : count,
        detectVirt: facts.get('virtualization_role') === 'guest' ? virtual : undefined,
        dmi: dmi.length === 0 ? undefined : { file: '', rows: dmi },
      }),
      diagnostics: account.diagnostics,
      lines,
    };
  },
};
