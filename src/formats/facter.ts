import { type DmiField, evidenceOf, type Word } from '../answers/guest/listings.ts';
import { given } from '../given.ts';
import { coreNamed } from '../silicon/core.ts';
import { readNotArm } from './foreign-cpu.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** A fact: `isa => "aarch64",` as facter prints it, `"isa": "aarch64",` as it does in JSON. */
const ROW = /^\s*"?([a-z]\w{1,40})"?(?: => |": )(?:"([^"]{0,200})"|([{[])|([^\s{}[\]",][^{}[\]",]{0,100}))?,?\s*$/;
/** An element of a list of texts. */
const ITEM = /^\s*"([^"]{0,200})",?\s*$/;
const CLOSE = /^\s*[}\]],?\s*$/;

/** Facts of SMBIOS by their path, the old flat names too, and how dmidecode calls them. */
const SMBIOS: Readonly<Record<string, readonly [structure: string, name: string]>> = {
  'dmi.manufacturer': ['System Information', 'Manufacturer'],
  manufacturer: ['System Information', 'Manufacturer'],
  'dmi.product.name': ['System Information', 'Product Name'],
  productname: ['System Information', 'Product Name'],
  'dmi.bios.vendor': ['BIOS Information', 'Vendor'],
  bios_vendor: ['BIOS Information', 'Vendor'],
};

/** What facter calls otherwise than systemd-detect-virt. */
const RESPELT: Readonly<Record<string, string>> = {
  hyperv: 'microsoft',
  virtualbox: 'oracle',
  xenu: 'xen',
  xenhvm: 'xen',
};

const MARK = /^\s*"?(?:processors|processorcount|hardwareisa|physicalprocessorcount|physicalcount|facterversion|is_virtual)"?(?: => |": )/;

/** Whether a line is a fact of facter's by itself. */
export function isFacterRow(text: string): boolean {
  return MARK.test(text);
}

/** Facts by their path, each with its line; elements of a list have their number. */
class Facts {
  readonly account = new LineAccount();
  readonly values = new Map<string, { readonly value: string; readonly number: number; readonly line: string }>();
  readonly #path: string[] = [];
  #items = 0;

  line(text: string, number: number): void {
    const row = ROW.exec(text);
    const item = ITEM.exec(text)?.[1];
    if (row !== null) {
      const [, name = '', quoted, open, bare] = row;
      const value = quoted ?? bare;
      const path = [...this.#path, name].join('.');
      if (value !== undefined && !this.values.has(path)) this.values.set(path, { value, number, line: text.trim() });
      if (open !== undefined && this.#path.length < MOST_DEEP) this.#path.push(name);
      this.#items = 0;
    } else if (item !== undefined) {
      this.values.set([...this.#path, this.#items++].join('.'), { value: item, number, line: text.trim() });
    } else if (CLOSE.test(text)) this.#path.pop();
    if (row !== null || item !== undefined) this.account.read();
    else this.account.passed();
  }

  of(...paths: readonly string[]): string | undefined {
    return paths.map((path) => this.values.get(path)?.value).find((value) => value !== undefined);
  }
}

const MOST_DEEP = 20;
/** The most processors whose models are read. */
const MOST = 4096;

/** What Puppet's facter tells of a machine: its CPUs, kernel, maker, and the hypervisor. */
export const facterReader: Reader = {
  name: 'facter',
  title: "facter's facts",
  recognise(head) {
    const marks = new Set(head.split('\n', 4000).flatMap((line) => MARK.exec(line.slice(0, 300))?.[0].trim() ?? []));
    return marks.size >= 2 || (marks.size === 1 && /\bisa"?(?: => |": )/.test(head)) ? 0.92 : 0;
  },
  read(text) {
    const facts = new Facts();
    for (const { text: line, number } of textLines(text)) if (line.trim() !== '') facts.line(line.slice(0, 1000), number);
    const { diagnostics, lines } = facts.account;
    const architecture = facts.of('os.architecture', 'processors.isa', 'architecture', 'hardwareisa', 'isa') ?? 'aarch64';
    if (!/^(?:aarch64|arm|unknown)/.test(architecture)) return { ...readNotArm(architecture, 'file'), lines };
    const release = /^\d{1,3}\.\d{1,3}\S{0,80}$/.exec(facts.of('kernelrelease') ?? '')?.[0];
    const count = Number(/^\d{1,5}$/.exec(facts.of('processors.count', 'processorcount', 'count') ?? '')?.[0] ?? 0);
    const cpuinfo = Array.from({ length: Math.min(count, MOST) }, (_, processor) => {
      const core = coreNamed(facts.of(`processors.models.${processor}`, `models.${processor}`, `processor${processor}`) ?? '');
      return core === undefined ? [] : [{ processor, features: [], implementer: core.implementer, part: core.part }];
    }).flat();
    const dmi = Object.entries(SMBIOS).flatMap(([path, [structure, name]]): readonly DmiField[] => {
      const fact = facts.values.get(path);
      return fact === undefined ? [] : [{ structure, name, value: fact.value, at: evidenceOf('', fact.number, fact.line) }];
    });
    const virtual = facts.values.get('virtual');
    const isGuest = facts.of('is_virtual') === 'true' && virtual !== undefined;
    const word: Word | undefined = isGuest
      ? { text: RESPELT[virtual.value] ?? virtual.value, at: evidenceOf('', virtual.number, virtual.line) }
      : undefined;
    return {
      value: given({
        kernel: release === undefined ? undefined : { release },
        cpuCount: count === 0 ? undefined : count,
        cpuinfo: cpuinfo.length === 0 ? undefined : cpuinfo,
        detectVirt: word,
        dmi: dmi.length === 0 ? undefined : { file: '', rows: dmi },
      }),
      diagnostics,
      lines,
    };
  },
};
