import type { RegisterDoor } from '../answers/capture.ts';
import { packEncoding, unpackEncoding } from '../arch/encoding.ts';
import type { Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Machine, SystemRegisterName } from '../silicon/machine.ts';
import { registerOfEncoding } from '../silicon/register-at.ts';
import { encodingOfAny } from './kvm-register-id.ts';
import { LineAccount, type LineCount, placeOf, type TextLine, textLines } from './line-account.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';

/** The key whose subkeys are the CPUs. */
const PROCESSORS = 'HKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor';

/** What the registry of Windows on Arm says of the CPUs. */
export interface WindowsRegistry {
  readonly machine?: Machine;
  /** Wine copies what Linux gives a program; Windows writes what its kernel read. */
  readonly registersAs: RegisterDoor;
  /** `ProcessorNameString` of the first CPU. */
  readonly processorName?: string;
  /** `Identifier` of the first CPU, such as `ARMv8 (64-bit) Family 8 Model D4B Revision   0`. */
  readonly identifier?: string;
}

/** What {@link parseWindowsRegistry} gives: the value, and what became of each line. */
export interface ParsedWindowsRegistry extends Parsed<WindowsRegistry> {
  readonly lines: LineCount;
}

/**
 * The number of a register in the name of its value, such as 0x4030 in `CP 4030`: the operands of MRS, with one bit for op0.
 *
 * @see Windows SDK, winnt.h, `ARM64_SYSREG`.
 */
function numberOf(register: SystemRegisterName): number {
  return packEncoding(encodingOfAny(register)) & 0x7fff;
}

function registerOf(number: number): SystemRegisterName | undefined {
  return number > 0x7fff ? undefined : registerOfEncoding({ ...unpackEncoding(number), op0: 2 | (number >> 14) });
}

/** `[…\CentralProcessor\0]` of an export, the same bare in `reg query`, `Hive:` and `PSPath` of PowerShell, `\\` in Wine's files. */
const KEY = /^(?:\[|PSPath ?: .*::|\p{L}{1,30}: )?(HKEY_\w{1,30}|(?:HARDWARE|Software|System)\\)(.*?)\]?(?: \d+)?$/iu;
const CPU_KEY = /CentralProcessor\\{1,2}(\d{1,4})$/i;
const CHILD = /^PSChildName ?: (\d{1,4})$/;
const QUOTED = /^"((?:[^"\\]|\\.){1,80})"=(.*)$/;
const QUERIED = /^(.{1,60}?) (REG_[A-Z_]{2,24})(?: (.*))?$/;
const PRINTED = /^(?:(\d{1,4}) )?([A-Za-z~][\w ~.-]{0,60}?) ?: ?(.*)$/;
const CP = /^CP ([0-9A-F]{4})$/i;

/** A value of a key, however it was printed. */
interface Entry {
  readonly name: string;
  /** The number, if the value is one; negative where PowerShell prints 64 bits with a sign. */
  readonly number?: bigint;
  readonly text?: string;
}

/** `hex(b):b0,d4,0f,41,00,00,00,00`: bytes from the lowest on. */
function numberOfExport(data: string): bigint | undefined {
  const dword = /^dword:([0-9a-f]{1,8})$/i.exec(data)?.[1];
  if (dword !== undefined) return BigInt(`0x${dword}`);
  const bytes = /^hex\(b\):((?:[0-9a-f]{2},){7}[0-9a-f]{2})$/i.exec(data)?.[1];
  return bytes === undefined ? undefined : BigInt(`0x${bytes.split(',').reverse().join('')}`);
}

function numberOfText(data: string): bigint | undefined {
  if (/^0x[0-9a-f]{1,16}$/i.test(data)) return BigInt(data);
  return /^-?\d{1,20}$/.test(data) ? BigInt(data) : undefined;
}

function entryOf(name: string, number: bigint | undefined, text: string): Entry {
  return { name, ...(number === undefined ? { text } : { number }) };
}

function parseEntry(plain: string): { readonly entry: Entry; readonly cpu?: number } | undefined {
  const quoted = QUOTED.exec(plain);
  if (quoted !== null) {
    const [, name = '', data = ''] = quoted;
    return { entry: entryOf(name, numberOfExport(data.trim()), data.replace(/^"(.*)"$/, '$1')) };
  }
  const queried = QUERIED.exec(plain);
  if (queried !== null) return { entry: entryOf(queried[1]!, numberOfText(queried[3] ?? ''), queried[3] ?? '') };
  const printed = PRINTED.exec(plain);
  if (printed === null) return undefined;
  const cpu = printed[1] === undefined ? {} : { cpu: Number(printed[1]) };
  return { entry: entryOf(printed[2]!, numberOfText(printed[3]!), printed[3]!), ...cpu };
}

interface Pending {
  readonly name: SystemRegisterName;
  readonly value: bigint;
  readonly where: string;
}

class RegistryText {
  readonly account = new LineAccount();
  readonly #registers = new RegisterCollector((found) => this.account.add(found));
  readonly #names = new Map<string, string>();
  #isWine = false;
  /** The CPU of the key at hand; `undefined` where it is not known yet, `null` in keys of other things. */
  #cpu: number | null | undefined;
  /** Values of a block of PowerShell, which names its CPU at the end. */
  #pending: Pending[] = [];
  /** The first line of a value that runs over several. */
  #open: { readonly line: TextLine; readonly parts: string[] } | undefined;
  #unnumbered = 0;
  /** Whether the CPU was named behind its values, so that it ends with the block. */
  #namedBehind = false;

  line(line: TextLine): void {
    const plain = line.text.replace(/[\s\0]+/g, ' ').trim();
    if (plain === '') this.#endBlock();
    else if (this.#open !== undefined) this.#continue(plain);
    else if (/^"[^"]*"=hex/i.test(plain) && plain.endsWith('\\')) this.#open = { line, parts: [plain.slice(0, -1).trim()] };
    else this.#whole(plain, line);
  }

  #continue(plain: string): void {
    const open = this.#open!;
    this.account.passed();
    open.parts.push(plain.replace(/\\$/, '').trim());
    if (plain.endsWith('\\')) return;
    this.#open = undefined;
    this.#whole(open.parts.join(''), open.line);
  }

  #whole(plain: string, line: TextLine): void {
    const key = KEY.exec(plain);
    const child = CHILD.exec(plain)?.[1];
    if (key !== null) this.#startKey(plain, `${key[1]}${key[2]}`);
    else if (child !== undefined) this.#named(Number(child));
    else if (/^(?:Windows Registry Editor|REGEDIT4|WINE REGISTRY|@=|Name Property|---|End of search|#|;|PS[A-Z]\w+ ?:)/i.test(plain)) {
      this.#isWine ||= /^WINE REGISTRY/i.test(plain);
      this.account.passed();
    } else this.#entry(plain, line);
  }

  #startKey(plain: string, path: string): void {
    this.account.passed();
    const cpu = CPU_KEY.exec(path.replace(/(?<![\]\s])[\]\s]+$/, ''))?.[1];
    if (/^PSPath/.test(plain)) {
      if (cpu !== undefined) this.#named(Number(cpu), false);
      return;
    }
    this.#flush();
    if (cpu !== undefined) this.#cpu = Number(cpu);
    else this.#cpu = /CentralProcessor$/i.test(path) ? undefined : null;
  }

  /** PowerShell names the CPU behind its values. */
  #named(cpu: number, counts: boolean = true): void {
    if (counts) this.account.passed();
    this.#give(cpu);
    this.#cpu = cpu;
    this.#namedBehind = true;
  }

  #endBlock(): void {
    this.#flush();
    if (this.#namedBehind) this.#cpu = undefined;
    this.#namedBehind = false;
  }

  #entry(plain: string, line: TextLine): void {
    const parsed = parseEntry(plain);
    if (parsed === undefined) {
      // PowerShell breaks long values and indents the rest.
      if (/^\s{12}/.test(line.text)) this.account.passed();
      else this.account.unread(line, 'a key, or a name and a value');
      return;
    }
    const { entry, cpu } = parsed;
    if (cpu !== undefined) {
      this.#flush();
      this.#cpu = cpu;
    }
    const number = CP.exec(entry.name)?.[1];
    if (this.#cpu === null || number === undefined) this.#other(entry, line);
    else this.#register(Number.parseInt(number, 16), entry, line);
  }

  #other({ name, text }: Entry, line: TextLine): void {
    if (text !== undefined && /^(?:ProcessorNameString|Identifier|VendorIdentifier)$/.test(name)) {
      if (!this.#names.has(name)) this.#names.set(name, text.trim());
      if (/^(?:Genuine|Authentic)|Intel64|AMD64|x86 Family/i.test(text)) {
        const message = `${JSON.stringify(text.slice(0, 40))} is no Arm CPU`;
        this.account.add({ code: 'not-arm', severity: 'error', where: placeOf(line.number, 0), message });
      }
      this.account.read();
    } else this.account.passed();
  }

  #register(number: number, { name, number: value }: Entry, line: TextLine): void {
    const register = registerOf(number);
    const where = placeOf(line.number, Math.max(0, line.text.indexOf(name)));
    const fits = value !== undefined && value >= -(1n << 63n) && value < 1n << 64n;
    if (!fits) this.account.unread(line, `a number of 64 bits for ${name}`);
    else if (register === undefined) this.account.passed();
    else {
      this.account.read();
      this.#pending.push({ name: register, value: BigInt.asUintN(64, value), where });
      if (typeof this.#cpu === 'number') this.#give(this.#cpu);
    }
  }

  #give(cpu: number): void {
    for (const { name, value, where } of this.#pending) this.#registers.add(cpu, name, value, where);
    this.#pending = [];
  }

  /** A block ends: values of a CPU that nothing names go to the next one. */
  #flush(): void {
    if (this.#pending.length > 0) this.#give(this.#unnumbered++);
    if (typeof this.#cpu === 'number' && this.#cpu >= this.#unnumbered) this.#unnumbered = this.#cpu + 1;
  }

  finish(): WindowsRegistry {
    if (this.#open !== undefined) this.account.unread(this.#open.line, 'the rest of a value that runs over several lines');
    this.#flush();
    const machine = this.#registers.machine();
    const processorName = this.#names.get('ProcessorNameString');
    const identifier = this.#names.get('Identifier');
    return {
      ...given({ machine }),
      registersAs: this.#isWine ? 'el0' : 'hardware',
      ...given({ processorName, identifier }),
    };
  }
}

/**
 * Reads what the registry of Windows on Arm says below `HARDWARE\DESCRIPTION\System\CentralProcessor`: an export (`.reg`), what
 * `reg query /s` prints, what PowerShell's `Get-ItemProperty` or `Get-Item` prints, or Wine's `system.reg`. The values `CP 4000`,
 * `CP 4030`, … are registers, numbered by their encoding. They are what the kernel of Windows reads at EL1, which below a hypervisor
 * (virtualisation-based security brings one) is what that lets through; whether Windows leaves out anything by itself is not documented.
 * Values under Wine are what Linux gives a program by trapped MRS.
 *
 * @example
 * ```js
 * Array.isArray(parseWindowsRegistry('Windows Registry Editor Version 5.00\r\n').diagnostics) // → true
 * ```
 */
export function parseWindowsRegistry(text: string): ParsedWindowsRegistry {
  const reading = new RegistryText();
  for (const line of textLines(text)) reading.line(line);
  const value = reading.finish();
  return { value, diagnostics: reading.account.diagnostics, lines: reading.account.lines };
}

function bytesOf(value: bigint): string {
  return (value.toString(16).padStart(16, '0').match(/../g) ?? []).reverse().join(',');
}

/**
 * Writes a machine as an export of the registry of Windows, which `reg import` and Wine read.
 *
 * @example
 * ```js
 * formatWindowsRegistry({ cpus: [{ registers: { MIDR_EL1: 0x410fd083n } }] }).startsWith('Windows Registry Editor') // → true
 * ```
 */
export function formatWindowsRegistry({ cpus }: Machine): string {
  const keys = cpus.map(({ registers }, i) => {
    const values = Object.entries(registers).map(
      ([name, value]) =>
        [
          numberOf(name as SystemRegisterName)
            .toString(16)
            .toUpperCase()
            .padStart(4, '0'),
          bytesOf(value),
        ] as const,
    );
    return `[${PROCESSORS}\\${i}]\r\n${values.map(([number, bytes]) => `"CP ${number}"=hex(b):${bytes}\r\n`).join('')}\r\n`;
  });
  return `Windows Registry Editor Version 5.00\r\n\r\n${keys.join('')}`;
}

/** What the registry of Windows says of its CPUs. */
export const windowsRegistryReader: Reader = {
  name: 'windows-registry',
  title: 'the registry of Windows (CentralProcessor), as an export or as a shell prints it',
  recognise(head) {
    if (/"?CP 4[0-9A-F]{3}"?(?:=| {1,40}(?:REG_|:))/i.test(head)) return 1;
    if (/CentralProcessor/i.test(head)) return 0.9;
    return /^(?:\ufeff?Windows Registry Editor Version|REGEDIT4|WINE REGISTRY)/.test(head) ? 0.8 : 0;
  },
  read(text): ReadCapture {
    const { value, diagnostics, lines } = parseWindowsRegistry(text);
    const { machine, registersAs, processorName, identifier } = value;
    const name = processorName ?? identifier;
    return {
      value: {
        ...(machine === undefined ? {} : { machine, registersAs }),
        ...(name === undefined ? {} : { name: name.replace(/\s+/g, ' '), title: `${name.replace(/\s+/g, ' ')}, as Windows shows it` }),
      },
      diagnostics,
      lines,
    };
  },
};
