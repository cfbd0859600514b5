import type { AuxvEntry } from '../process/auxv.ts';
import { kernelToldBy } from './uname.ts';

/** `auxv[0x1].a_type=0x10` and its value, as glibc's `ld.so --list-diagnostics` prints each entry. */
const ENTRY = /^auxv\[(0x[0-9a-f]{1,4})\]\.a_(type|val)=0x([0-9a-f]{1,16})\s*$/;
/** MIDR_EL1 of a kind of CPU, and the kernel, in the same output. */
const MIDR = /^aarch64\.processor\[0x[0-9a-f]{1,4}\]\.midr_el1=0x([0-9a-f]{1,16})\s*$/;
const KERNEL = /^uname\.(release|version)="([^"]{1,200})"\s*$/;
/** What else stands there: `name=value`, `name[0x0]="text"`. */
const OTHER =
  /^(?:dl_\w{1,40}|auxv\[0x[0-9a-f]{1,4}\]\.a_val_string|(?:env|env_filtered|path|uname|version|aarch64|cpu_features|rtld)[\w.[\]]{0,80})=\S?/;

/** The most values of a kind that are kept. */
const MOST = 256;

/** Whether a line is one of those that the dynamic linker prints of the CPUs and of the auxiliary vector. */
export function isDiagnosticsRow(text: string): boolean {
  return ENTRY.test(text.trim()) || MIDR.test(text.trim()) || /^\s*aarch64\.(?:cpu_features|processor)\b/.test(text);
}

/** Whether a line of that output says nothing that is needed. */
export function isOtherDiagnostic(text: string): boolean {
  return OTHER.test(text.trim());
}

/** Reads what the dynamic linker prints of the CPUs, of the kernel and of the auxiliary vector, line by line. */
export class LinkerDiagnostics {
  /** The entries of the words asked for, the last first. */
  readonly entries: AuxvEntry[] = [];
  readonly #midrs = new Set<bigint>();
  readonly #words: readonly number[];
  #type: { readonly index: string; readonly value: number } | undefined;
  #release: string | undefined;
  #version: string | undefined;

  /** @param words - The types of entries that are kept. */
  constructor(words: readonly number[]) {
    this.#words = words;
  }

  get midrs(): readonly bigint[] | undefined {
    return this.#midrs.size === 0 ? undefined : [...this.#midrs];
  }

  get kernel(): ReturnType<typeof kernelToldBy> | undefined {
    return this.#release === undefined ? undefined : kernelToldBy(this.#release, this.#version ?? '');
  }

  /** Takes a line: whether a value was taken from it, or it is known and not needed; `undefined`: it is none of these lines. */
  take(text: string): 'read' | 'passed' | undefined {
    const plain = text.trim();
    const [, index, member, digits] = ENTRY.exec(plain) ?? [];
    if (index !== undefined) return this.#entry(index, member === 'type', digits!);
    const midr = MIDR.exec(plain)?.[1];
    if (midr !== undefined) {
      if (this.#midrs.size < MOST) this.#midrs.add(BigInt(`0x${midr}`));
      return 'read';
    }
    const [, part, said] = KERNEL.exec(plain) ?? [];
    if (part === undefined) return undefined;
    if (part === 'release') this.#release ??= said;
    else this.#version ??= said;
    return 'read';
  }

  #entry(index: string, isType: boolean, digits: string): 'read' | 'passed' {
    const type = this.#type?.index === index ? this.#type.value : undefined;
    if (isType) this.#type = { index, value: Number.parseInt(digits, 16) };
    if (isType || type === undefined || !this.#words.includes(type)) return 'passed';
    if (this.entries.length < MOST) this.entries.unshift({ type, value: BigInt(`0x${digits}`) });
    return 'read';
  }
}
