import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { type JsonObject, JsonReader, joinPath } from './json-reader.ts';
import { resolveKvmId } from './kvm-register-id.ts';
import { LineAccount } from './line-account.ts';
import { parseJson } from './parse-json.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';

/** A whole value in binary; `undefined` if bits are left open, or are beyond the 64 of a register. */
function parseBits(bitmap: string): bigint | undefined {
  const digits = /^0b([01_]{1,300})$/i.exec(bitmap)?.[1]?.replaceAll('_', '');
  if (digits === undefined || digits === '') return undefined;
  const value = BigInt(`0b${digits}`);
  return BigInt.asUintN(64, value) === value ? value : undefined;
}

class Fingerprint {
  readonly reader = new JsonReader();
  readonly account = new LineAccount();
  readonly #registers = new RegisterCollector((found) => this.account.add(found));
  #left = 0;

  /** Reads one modifier; of those that are no ID registers nothing follows. */
  modifier(path: string, entry: unknown): undefined {
    const modifier = this.reader.object(path, entry);
    const id = modifier === undefined ? undefined : this.reader.word(`${path}.addr`, modifier.addr);
    if (modifier === undefined || id === undefined) return;
    const { bitmap } = modifier;
    if (typeof bitmap !== 'string') return this.reader.fail(`${path}.bitmap`, '"0b…"', bitmap);
    const register = resolveKvmId(id);
    if (register.kind === 'other') {
      this.#left += 1;
      return;
    }
    const value = parseBits(bitmap);
    if (value !== undefined) this.#registers.add(0, register.name, value, `${path}.addr`);
    else if (/^0b[01x_]{1,300}$/i.test(bitmap)) this.#open(register.name, `${path}.bitmap`);
    else this.reader.fail(`${path}.bitmap`, '"0b…" with digits 0 and 1', bitmap);
  }

  #open(name: SystemRegisterName, where: string): void {
    const message = `${name} is left out: some of its bits are left open, as in a template`;
    this.account.add({ code: 'open-bits', severity: 'warning', where, message });
  }

  nothing(): void {
    this.account.add({ code: 'no-registers', severity: 'error', where: 'file', message: 'the file has no value of an ID register' });
  }

  machine(): Machine | undefined {
    return this.#registers.machine();
  }

  get diagnostics(): readonly Diagnostic[] {
    const problems = this.reader.problems
      .slice(0, 1000)
      .map(({ path, message }): Diagnostic => ({ code: 'bad-value', severity: 'error', where: path === '' ? 'file' : path, message }));
    const note: Diagnostic = {
      code: 'not-modelled',
      severity: 'note',
      where: 'reg_modifiers',
      message: `${this.#left} registers are no ID registers; left out`,
    };
    return [...problems, ...this.account.diagnostics, ...(this.#left === 0 ? [] : [note])];
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 120 ? value : undefined;
}

/** What is known of the host; the guest's own kernel is not in a fingerprint. */
function titleOf(file: JsonObject): string {
  const version = textOf(file.firecracker_version);
  const host = textOf(file.kernel_version);
  return `a guest of Firecracker${version === undefined ? '' : ` ${version}`}${host === undefined ? '' : ` on a host with kernel ${host}`}`;
}

/**
 * Reads a fingerprint of Firecracker's cpu-template-helper, or the CPU configuration in it: the registers of a guest's first CPU by
 * KVM's ids, every bit given. The kernel that it names is the host's.
 *
 * @see Firecracker, docs/cpu_templates/cpu-template-helper.md, "Fingerprint".
 *
 * @example
 * ```js
 * parseFirecrackerFingerprint('{}').value // → {}
 * ```
 */
export function parseFirecrackerFingerprint(text: string): ReadCapture {
  const json = parseJson(text);
  if (json.diagnostics.length > 0) return { value: {}, diagnostics: json.diagnostics };
  const run = new Fingerprint();
  const file = run.reader.object('', json.value) ?? {};
  const isWhole = file.guest_cpu_config !== undefined;
  const config = isWhole ? (run.reader.object('guest_cpu_config', file.guest_cpu_config) ?? {}) : file;
  const path = isWhole ? 'guest_cpu_config.reg_modifiers' : 'reg_modifiers';
  if (config.cpuid_modifiers !== undefined || config.msr_modifiers !== undefined) {
    const message = 'this is of an x86 machine: it has cpuid_modifiers';
    run.account.add({ code: 'not-arm', severity: 'error', where: isWhole ? 'guest_cpu_config' : 'file', message });
  } else if (!Array.isArray(config.reg_modifiers)) run.reader.fail(path, 'an array', config.reg_modifiers);
  else for (const [i, entry] of (config.reg_modifiers as readonly unknown[]).entries()) run.modifier(joinPath(path, i), entry);
  const machine = run.machine();
  if (machine === undefined) run.nothing();
  return {
    value: { ...given({ machine }), ...(isWhole ? { title: titleOf(file) } : {}) },
    diagnostics: run.diagnostics,
  };
}

/** Fingerprints of Firecracker. */
export const firecrackerFingerprintReader: Reader = {
  name: 'firecracker-fingerprint',
  title: "a fingerprint of Firecracker's cpu-template-helper",
  recognise(head) {
    if (!/^\ufeff?\s*\{/.test(head)) return 0;
    if (/"guest_cpu_config"\s*:/.test(head)) return 1;
    return /"(?:reg|cpuid|msr)_modifiers"\s*:/.test(head) ? 0.9 : 0;
  },
  read: parseFirecrackerFingerprint,
};
