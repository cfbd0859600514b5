import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { joinPath, showJson } from './json-reader.ts';
import { kvmIdOf, resolveKvmId } from './kvm-register-id.ts';
import { LineAccount, type LineCount, placeOf, type TextLine, textLines } from './line-account.ts';
import { parseJson } from './parse-json.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';

/** KVM's id of an arm64 register: architecture 6, the size, the group, the operands. */
const ID = /(?<![0-9a-z])0x60[2-8]0[0-9a-f]{12}(?![0-9a-z])/i;

/** The same as C sources and the kernel's selftests write it. */
const MACRO = /\bARM64_SYS_REG\((\d), ?(\d), ?(\d{1,2}), ?(\d{1,2}), ?(\d)\)/;

/** A value; where the digits are bare, a letter or a full width of 16 makes them hexadecimal. */
const VALUE = /(?<![0-9a-z_])(0x[0-9a-f]{1,32}|0b[01]{1,128}|[0-9a-f]{16}|\d{1,20})(?![0-9a-z_])/i;

/** `vcpu 0`, `CPU1:`, alone on the line or before the id. */
const CPU = /(?<![a-z])v?cpu ?[#:=]? ?(\d{1,4})(?![0-9a-z])/i;

/** What may stand between an id and its value: signs, and words such as `value:` or the register's name; no sentence. */
const BETWEEN = /^[\s\w"'`=:,;|()[\]<>/*-]{0,80}$/;
/** Words of an error: numbers behind them are no values. */
const ERROR = /\b(?:error|fail|invalid|denied|errno|cannot|could not)/i;

/** The value that follows an id; `undefined` if there is none of 64 bits. */
function valueIn(text: string): bigint | undefined {
  const found = VALUE.exec(text);
  const digits = found?.[1];
  if (digits === undefined || ERROR.test(text) || !BETWEEN.test(text.slice(0, found!.index))) return undefined;
  const value = BigInt(/^0[xb]/i.test(digits) || !/^[0-9a-f]{16}$/i.test(digits) ? digits : `0x${digits}`);
  return BigInt.asUintN(64, value) === value ? value : undefined;
}

interface Located {
  readonly id: bigint;
  readonly start: number;
  readonly end: number;
}

function locate(text: string): Located | undefined {
  const plain = ID.exec(text);
  if (plain !== null) return { id: BigInt(plain[0]), start: plain.index, end: plain.index + plain[0].length };
  const macro = MACRO.exec(text);
  if (macro === null) return undefined;
  const [op0, op1, crn, crm, op2] = macro.slice(1).map(Number) as [number, number, number, number, number];
  const packed = (op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2;
  return { id: 0x6030_0000_0013_0000n | BigInt(packed & 0xffff), start: macro.index, end: macro.index + macro[0].length };
}

interface Reading {
  readonly account: LineAccount;
  readonly registers: RegisterCollector;
  /** Registers whose id stands without a value. */
  readonly bare: { readonly name: string; readonly line: number }[];
  cpu: number;
}

function readLine(reading: Reading, line: TextLine): void {
  const { account, registers } = reading;
  const located = locate(line.text);
  const cpu = CPU.exec(located === undefined ? line.text : line.text.slice(0, located.start))?.[1];
  if (cpu !== undefined) reading.cpu = Number(cpu);
  if (located === undefined) {
    if (cpu === undefined && !/^\s*([#;{}[\]]|\/[/*]|$)/.test(line.text)) account.unread(line, 'a KVM register id and its value');
    else account.passed();
    return;
  }
  const found = resolveKvmId(located.id);
  const value = valueIn(line.text.slice(located.end));
  if (found.kind === 'other') account.passed();
  else if (value === undefined) reading.bare.push({ name: found.name, line: line.number });
  else {
    registers.add(reading.cpu, found.name, value, placeOf(line.number, located.start));
    account.read();
  }
}

/** How many registers are named that have no value. */
const NAMED = 12;

/** Tells of ids without values, as KVM_GET_REG_LIST and messages of a hypervisor have them. */
function tellBare({ account, bare }: Reading): void {
  const [first] = bare;
  if (first === undefined) return;
  const names = [...new Set(bare.map(({ name }) => name))];
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const message = `no value of 64 bits stands behind the id of ${names.slice(0, NAMED).join(', ')}${more}`;
  account.reject({ code: 'id-without-value', severity: 'note', where: placeOf(first.line, 0), message });
  for (let i = 1; i < bare.length; i++) account.passed();
}

/** An id alone, as a key or a value of JSON. */
const WHOLE_ID = /^0x60[2-8]0[0-9a-f]{12}$/i;

/** Reads ids and values anywhere in JSON: `{"id": "0x6030…", "value": "0x…"}`, or the id as a key. */
function readJson(value: unknown, registers: RegisterCollector, account: LineAccount): void {
  const open: { readonly value: unknown; readonly path: string }[] = [{ value, path: '' }];
  const take = (id: string, given: unknown, path: string): void => {
    const found = resolveKvmId(BigInt(id));
    const word =
      typeof given === 'string' ? valueIn(given) : Number.isSafeInteger(given) ? BigInt.asUintN(64, BigInt(given as number)) : undefined;
    if (found.kind === 'known' && word !== undefined) registers.add(0, found.name, word, path);
    else if (found.kind === 'known') {
      const message = `expected ${found.name} as a number of 64 bits, got ${showJson(given)}`;
      account.add({ code: 'bad-value', severity: 'error', where: path, message });
    }
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const entries = Object.entries(next.value);
    const id = entries.find(([, part]) => typeof part === 'string' && WHOLE_ID.test(part));
    const given = entries.find(([key]) => /^(?:value|val|data|contents|reg_value)$/i.test(key));
    if (id !== undefined && given !== undefined) take(id[1] as string, given[1], next.path === '' ? 'file' : next.path);
    for (const [key, part] of entries.reverse()) {
      // A path names the place; deep down it would grow without bound.
      const path = next.path.length > 200 ? next.path : joinPath(next.path, Array.isArray(next.value) ? Number(key) : key);
      if (WHOLE_ID.test(key)) take(key, part, path);
      else open.push({ value: part, path });
    }
  }
}

/** What {@link parseKvmOneRegs} gives: the machine, and what became of each line. */
export interface ParsedKvmOneRegs extends Parsed<Machine> {
  readonly lines: LineCount;
}

/**
 * Reads lists of KVM register ids and values, one a line: `0x603000000013c020 = 0x…`. Core, firmware and vector registers are passed
 * over. What stands between id and value does not matter; `vcpu N` starts another CPU. JSON is read too, with ids as texts.
 *
 * @example
 * ```js
 * parseKvmOneRegs('0x603000000013c000 = 0x410fd083\n').value.cpus[0].registers.MIDR_EL1 // → 0x410fd083n
 * ```
 */
export function parseKvmOneRegs(text: string): ParsedKvmOneRegs {
  const account = new LineAccount();
  const registers = new RegisterCollector((found: Diagnostic) => account.add(found));
  const reading: Reading = { account, registers, bare: [], cpu: 0 };
  const json = isJson(text) ? parseJson(text) : undefined;
  if (json !== undefined && json.diagnostics.length === 0) readJson(json.value, registers, account);
  else for (const line of textLines(text)) if (line.text.trim() !== '') readLine(reading, line);
  tellBare(reading);
  return { value: registers.machine() ?? { cpus: [] }, diagnostics: account.diagnostics, lines: account.lines };
}

/**
 * Writes a machine as KVM counts its registers: an id and a value a line, several CPUs below lines `vcpu N`.
 *
 * @example
 * ```js
 * formatKvmOneRegs({ cpus: [{ registers: { MIDR_EL1: 0x410fd083n } }] }).includes('0x603000000013c000') // → true
 * ```
 */
export function formatKvmOneRegs({ cpus }: Machine): string {
  return cpus
    .map(({ registers }, i) => {
      const lines = Object.entries(registers).map(
        ([name, value]) => `${formatHex(kvmIdOf(name as SystemRegisterName))} = ${formatHex(value)}\n`,
      );
      return `${cpus.length > 1 ? `vcpu ${i}\n` : ''}${lines.join('')}`;
    })
    .join('');
}

function isJson(text: string): boolean {
  return /^\ufeff?\s*(?:\[|\{\s*")/.test(text.slice(0, 4096));
}

/** Lists of KVM register ids. */
export const kvmOneRegReader: Reader = {
  name: 'kvm-one-reg',
  title: 'a list of KVM register ids and values',
  recognise(head) {
    if (/"(?:guest_cpu_config|reg_modifiers)"\s*:/.test(head)) return 0;
    return locate(head) === undefined ? 0 : 0.9;
  },
  read(text): ReadCapture {
    const { value, diagnostics, lines } = parseKvmOneRegs(text);
    return { value: value.cpus.length === 0 ? {} : { machine: value }, diagnostics, lines };
  },
};
