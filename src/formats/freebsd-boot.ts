import { findField } from '../arch/register.ts';
import { ALL_BITS, type BitRange, extractField, insertField } from '../bits/field.ts';
import { given } from '../given.ts';
import { listedMachine, type RegisterFile, type SystemRegisterName } from '../silicon/machine.ts';
import { formatRevision, parseMidr } from '../silicon/midr.ts';
import { midrByName } from './core-midr.ts';
import { FREEBSD_REGISTERS, type FreebsdRegister } from './freebsd-register.ts';
import { FREEBSD_OLD_TEXTS } from './generated/freebsd.ts';
import { LineAccount, lineShare, placeOf, type TextLine, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';
import { MAX_CPUS } from './register-values.ts';

type Draft = { -readonly [name in SystemRegisterName]?: bigint };

const BY_LABEL: ReadonlyMap<string, FreebsdRegister> = new Map(FREEBSD_REGISTERS.map((row) => [row.label, row]));

function bitsOf({ register }: FreebsdRegister, field: string): BitRange {
  return findField(`${register}.${field}`)!.field;
}

/** Which field, and which value of it, each text of a register stands for. */
function textsOf(row: FreebsdRegister): ReadonlyMap<string, readonly [field: string, value: bigint]> {
  const texts = new Map<string, readonly [string, bigint]>();
  for (const { name, values } of row.fields) {
    for (const [value, text] of Object.entries(values)) if (text !== '') texts.set(text, [name, BigInt(value)]);
  }
  return texts;
}

/** The value of a register in which no field prints anything. */
function silentValue(row: FreebsdRegister): bigint {
  let value = 0n;
  for (const { name, values } of row.fields) {
    const silent = Object.keys(values).find((key) => values[key] === '');
    if (silent !== undefined) value = insertField(value, bitsOf(row, name), BigInt(silent));
  }
  return value;
}

/** Writes a register as FreeBSD prints it at boot, without its label. */
export function formatFreebsdRegister(row: FreebsdRegister, value: bigint): string {
  const texts: string[] = [];
  let rest = value;
  for (const { name, values } of row.fields) {
    const bits = bitsOf(row, name);
    const field = extractField(value, bits);
    const text = values[String(field)] ?? `Unknown ${name}(${field.toString(16)})`;
    if (text !== '') texts.push(text);
    rest = insertField(rest, bits, 0n);
  }
  if (rest !== 0n) texts.push(`0x${rest.toString(16)}`);
  return `<${texts.join(',')}>`;
}

/** Reads what stands between `<` and `>`: the value, or the text that is of no FreeBSD that is known. */
function parseTexts(row: FreebsdRegister, list: string): { readonly value: bigint } | { readonly unknown: string } {
  const known = textsOf(row);
  let value = silentValue(row);
  for (const part of list.split(',')) {
    const text = part.trim();
    // FreeBSD 12 writes `<0>` for a register of zeros, and says what is not there: `No EL3`.
    if (text === '' || /^(?:0x)?0$|^No EL[1-3]$/.test(text)) continue;
    const found =
      known.get(text) ?? known.get(FREEBSD_OLD_TEXTS[text] ?? '') ?? known.get(text.replace(/ CTX Breakpoint(s?)$/, ' CTX BKPT$1'));
    const unknown = /^Unknown (\w{1,20})\(([0-9a-f]{1,2})\)$/.exec(text);
    if (found !== undefined) value = insertField(value, bitsOf(row, found[0]), found[1]);
    else if (unknown !== null && row.fields.some(({ name }) => name === unknown[1])) {
      value = insertField(value, bitsOf(row, unknown[1]!), BigInt(`0x${unknown[2]}`) & 0xfn);
    } else if (/^0x[0-9a-f]{1,16}$/.test(text)) value |= BigInt(text);
    else return { unknown: text };
  }
  return { value: value & ALL_BITS };
}

/** CTR_EL0 from the sizes that FreeBSD prints. */
function parseCacheType(list: string): bigint | undefined {
  let value = 1n << 31n;
  for (const part of list.split(',')) {
    const text = part.trim();
    const size = /^(\d{1,5}) byte (D-cacheline|I-cacheline|ERG|CWG)$/.exec(text);
    const words = size === null ? 0 : Math.log2(Number(size[1]) / 4);
    const LSB = { 'I-cacheline': 0n, 'D-cacheline': 16n, ERG: 20n, CWG: 24n } as const;
    const POLICIES = ['VPIPT ICache', 'AIVIVT ICache', 'VIPT ICache', 'PIPT ICache'];
    if (size !== null && Number.isInteger(words) && words >= 0 && words <= 15) value |= BigInt(words) << LSB[size[2] as keyof typeof LSB];
    else if (POLICIES.includes(text)) value |= BigInt(POLICIES.indexOf(text)) << 14n;
    else if (/^(?:IDC|Fully-coherent DCache)\b/i.test(text)) value |= 1n << 28n;
    else if (/^(?:DIC|Fully-coherent ICache)\b/i.test(text)) value |= 1n << 29n;
    else return undefined;
  }
  return value;
}

const CPU_LINE = /^CPU {0,3}(\d{1,4}): (.{1,120}?)(?: affinity:[ \d]{1,40})?$/;
const REGISTER_LINE = /^\s*([A-Z][\w ]{4,40}\d|Cache Type) = <(.{0,2000})>\s*$/;

/** Joins a list with the line that goes on with it: the break was at a blank, which is lost, unless only the joined word is one. */
function joinList(first: string, second: string): string {
  const [before, after] = [first.trimEnd(), second.trimStart()];
  const row = BY_LABEL.get(/^\s*([A-Z][\w ]{4,40}\d) = </.exec(before)?.[1] ?? '');
  const item = (glue: string): string => `${/(?<![^,<])[^,<]*$/.exec(before)![0]}${glue}${/^[^,>]*/.exec(after)![0]}`;
  const isInside = row !== undefined && 'unknown' in parseTexts(row, item(' ')) && 'value' in parseTexts(row, item(''));
  return `${before}${isInside || /[,<]$/.test(before) ? '' : ' '}${after}`;
}

class FreebsdBoot {
  readonly account = new LineAccount();
  readonly cpus: Draft[] = [];
  title: string | undefined;

  /** `ARM Cortex-A72 r0p3`, or with `(midr: 410fd083)` where the core is not known to FreeBSD. */
  #cpu(text: string, line: TextLine): undefined {
    if (this.cpus.length >= MAX_CPUS) return this.account.unread(line, `at most ${MAX_CPUS} CPUs`);
    const given = /\(midr: ([0-9a-f]{8})\)$/.exec(text);
    const named = /^(\S{1,40}) (.{1,60}) (r\d{1,2}p\d{1,2})$/.exec(text);
    const midr = given !== null ? BigInt(`0x${given[1]}`) : named === null ? undefined : midrByName(named[1]!, named[2]!, named[3]);
    // Registers that do not differ from those of the CPU before are not printed again.
    const cpu: Draft = { ...this.cpus.at(-1) };
    delete cpu.MIDR_EL1;
    this.cpus.push(midr === undefined ? cpu : { ...cpu, MIDR_EL1: midr });
    this.account.read();
    if (midr === undefined) {
      const message = `${JSON.stringify(text.slice(0, 60))} is no core that is known here, so that its MIDR_EL1 is not`;
      this.account.add({ code: 'unknown-core', severity: 'note', where: placeOf(line.number, 0), message });
    }
    return undefined;
  }

  #register(label: string, list: string, line: TextLine): undefined {
    const cpu = this.cpus.at(-1);
    const row = BY_LABEL.get(label);
    if (cpu === undefined || (row === undefined && label !== 'Cache Type')) return this.account.passed();
    if (row === undefined) {
      const value = parseCacheType(list);
      if (value === undefined) return this.account.unread(line, 'sizes such as "64 byte D-cacheline"', line.text.indexOf('<'));
      cpu.CTR_EL0 = value;
      return this.account.read();
    }
    const parsed = parseTexts(row, list);
    if ('value' in parsed) {
      cpu[row.register] = parsed.value;
      return this.account.read();
    }
    delete cpu[row.register];
    return this.account.unread(line, `what FreeBSD prints for ${row.register}`, line.text.indexOf(parsed.unknown));
  }

  /** A register whose list goes on in the next line, which a terminal or a mail program broke. */
  #open: TextLine | undefined;

  line(line: TextLine): undefined {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) this.account.passed();
    const whole = open === undefined ? line : { number: open.number, text: joinList(open.text, line.text).slice(0, 4000) };
    const last = whole.text.lastIndexOf(' = <');
    if (last !== -1 && !whole.text.includes('>', last)) {
      this.#open = whole;
      return undefined;
    }
    return this.#one(whole);
  }

  #one(line: TextLine): undefined {
    const text = line.text.replace(/^(?:<\d{1,3}>|\[[\d. ]{1,30}\] ?|[> ])*/, (lead) => (/\S/.test(lead) ? '' : lead));
    const cpu = CPU_LINE.exec(text);
    const register = REGISTER_LINE.exec(text);
    const version = /^(FreeBSD \d\S{0,40})/.exec(text);
    if (register !== null) return this.#register(register[1]!, register[2]!, line);
    if (cpu !== null && /affinity:| r\d+p\d+|midr:/.test(text)) return this.#cpu(cpu[2]!, line);
    if (version === null) return this.account.passed();
    this.title ??= version[1]!;
    return this.account.read();
  }
}

/** Writes what FreeBSD prints of a machine's CPUs at boot; of registers it does not print nothing is written. */
export function formatFreebsdBoot(cpus: readonly RegisterFile[], nameOf: (midr: bigint) => string | undefined): string {
  const lines: string[] = [];
  for (const [i, registers] of cpus.entries()) {
    const midr = registers.MIDR_EL1 ?? 0n;
    const name = nameOf(midr);
    const shown =
      name === undefined
        ? `Unknown Implementer (midr: ${midr.toString(16).padStart(8, '0')})`
        : `${name} ${formatRevision(parseMidr(midr))}`;
    lines.push(`CPU${String(i).padStart(3)}: ${shown} affinity: ${String(i).padStart(2)}`);
    for (const row of FREEBSD_REGISTERS) {
      const value = registers[row.register];
      if (value === undefined || (i > 0 && cpus[i - 1]?.[row.register] === value)) continue;
      lines.push(`${row.label.padStart(27)} = ${formatFreebsdRegister(row, value)}`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** What FreeBSD prints as it boots. */
export const freebsdBootReader: Reader = {
  name: 'freebsd-boot',
  title: "FreeBSD's boot messages",
  recognise(head) {
    const hasRegister = /^[ \t]*(?:Instruction Set Attributes|Processor Features|Memory Model Features) \d = </m.test(head);
    const share = lineShare(head, (line) => (REGISTER_LINE.test(line) || CPU_LINE.test(line) ? 'cpu' : 'other'))('cpu');
    if (!hasRegister) return /^FreeBSD is a registered trademark/m.test(head) ? 0.6 : 0;
    return 0.9 + 0.09 * share;
  },
  read(text) {
    const log = new FreebsdBoot();
    for (const line of textLines(text)) if (line.text.trim() !== '') log.line(line);
    const { cpus, title } = log;
    return {
      value: {
        ...given({ title }),
        ...(cpus.length === 0 ? {} : { machine: listedMachine(cpus.map((registers) => ({ registers }))) }),
      },
      diagnostics: log.account.diagnostics,
      lines: log.account.lines,
    };
  },
};
