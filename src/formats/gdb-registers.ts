import { ALL_BITS } from '../bits/field.ts';
import type { Parsed } from '../diagnostic.ts';
import type { Machine } from '../silicon/machine.ts';
import { LineAccount, type LineCount, placeOf, squeeze, type TextLine, textLines } from './line-account.ts';
import type { ReadCapture, Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';
import { findRegisterName } from './register-name.ts';

/** What {@link parseGdbRegisters} gives: the machine, and what became of each line. */
export interface ParsedGdbRegisters extends Parsed<Machine> {
  readonly lines: LineCount;
}

/** `MIDR_EL1  0x410fd083  1091555459` of gdb; `MIDR_EL1 = 0x410fd083` of LLDB. */
const REGISTER = /^([A-Za-z]\w{0,63}) (?:= )?(0x[0-9a-f]{1,32}|-?\d{1,20})(?: |$)/i;
/** Registers whose value is a structure, and those that cannot be read. */
const OTHER_VALUE = /^[A-Za-z]\w{0,63} (?:= )?(?:[{<(["]|0x[0-9a-f]{33}|error:|unavailable|inf |nan|-?\d[\d.e+-]* )/i;
/** `Thread 2 (Thread 1.2 (CPU#1 [halted ])):` and `* thread #2, name = 'CPU#1'`: QEMU makes a thread of each CPU. */
const THREAD = /^\*? ?thread #?(\d{1,5})\b/i;
const QEMU_CPU = /CPU#(\d{1,4})/;
const ASIDE =
  /^(?:gef|pwndbg|--Type|[A-Za-z ]{3,60}(?:Registers)?:$|\d{1,4} registers were|#\d|frame #|\[|Using host|Remote debugging|warning:|[{}])/i;

/** `(12) MIDR_EL1 (/64): 0x00000000410fd083` of OpenOCD. */
const OPENOCD = /^\(\d{1,4}\) (\w{1,64}) \(\/\d{1,3}\): (0x[0-9a-f]{1,32})/i;

class RegisterListing {
  readonly account = new LineAccount();
  readonly registers = new RegisterCollector((found) => this.account.add(found));
  #cpu = 0;
  /** How many structures of a value are open that runs over several lines. */
  #depth = 0;

  line(line: TextLine): void {
    const squeezed = squeeze(line.text);
    const plain = squeezed.replace(/^\((?:gdb|lldb)\) ?/, '').replace(OPENOCD, '$1 $2');
    if (this.#depth > 0) {
      this.#deepen(plain);
      this.account.passed();
      return;
    }
    const thread = THREAD.exec(plain);
    const match = REGISTER.exec(plain);
    if (thread !== null) this.#thread(plain, Number(thread[1]));
    else if (match !== null) this.#register(match[1]!, match[2]!, line);
    else if (OTHER_VALUE.test(plain)) {
      this.#deepen(plain);
      this.account.passed();
    } else if (/^\((?:gdb|lldb|\d{1,4})\)/.test(squeezed) || ASIDE.test(plain)) this.account.passed();
    else this.account.unread(line, 'NAME 0x… as gdb prints it, or NAME = 0x… as LLDB does');
  }

  #deepen(plain: string): void {
    for (const mark of plain.match(/[{}]/g) ?? []) this.#depth = Math.max(0, this.#depth + (mark === '{' ? 1 : -1));
  }

  #thread(plain: string, number: number): void {
    this.account.passed();
    this.#cpu = Number(QEMU_CPU.exec(plain)?.[1] ?? Math.max(0, number - 1));
  }

  #register(written: string, digits: string, line: TextLine): void {
    const name = findRegisterName(written.replace(/_RESERVED$/, ''));
    const value = BigInt(digits);
    if (name === undefined) this.account.passed();
    else if (value > ALL_BITS || value < -(1n << 63n)) this.account.unread(line, `${name} with at most 64 bits`, line.text.indexOf(digits));
    else {
      this.account.read();
      this.registers.add(this.#cpu, name, BigInt.asUintN(64, value), placeOf(line.number, Math.max(0, line.text.indexOf(written))));
    }
  }
}

/**
 * Reads what `info registers` of gdb prints (with `all` or `system` too, and under `thread apply all`), `register read` of LLDB, or `reg` of OpenOCD. The
 * stub of QEMU and hardware debuggers give system registers by name; general, vector and other system registers are passed over.
 *
 * @example
 * ```js
 * Array.isArray(parseGdbRegisters('').diagnostics) // → true
 * ```
 */
export function parseGdbRegisters(text: string): ParsedGdbRegisters {
  const listing = new RegisterListing();
  for (const line of textLines(text)) if (line.text.trim() !== '') listing.line(line);
  return { value: listing.registers.machine() ?? { cpus: [] }, diagnostics: listing.account.diagnostics, lines: listing.account.lines };
}

/** How many lines look like gdb's and LLDB's. */
function likeness(head: string): { readonly gdb: number; readonly lldb: number; readonly lines: number } {
  const lines = head.split('\n', 400).filter((line) => line.trim() !== '');
  const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line.slice(0, 300))).length;
  return {
    gdb: count(/^(?:[A-Za-z]\w{0,63} {1,40}0x[0-9a-f]{1,16}[ \t]{1,40}(?:-?\d|0x|[[<{(])|\(\d{1,4}\) \w{1,64} \(\/\d{1,3}\):)/i),
    lldb: count(/^ {0,40}[A-Za-z]\w{0,63} = (?:0x|\{)/i),
    lines: lines.length,
  };
}

/** Registers as debuggers print them. */
export const gdbRegistersReader: Reader = {
  name: 'gdb',
  title: 'registers as a debugger prints them (gdb, LLDB, OpenOCD)',
  recognise(head) {
    const { gdb, lldb, lines } = likeness(head);
    if (lldb > 2 && /^(?:General Purpose Registers|[A-Za-z ]{3,40} Registers):/m.test(head)) return 1;
    // Devices on the virtio bus are listed with two numbers, too.
    if (/^virtio\d+ 0x/m.test(head)) return 0;
    if (gdb > 1 && gdb >= lines / 2) return 0.99;
    return gdb > 0 ? 0.4 : 0;
  },
  read(text): ReadCapture {
    const { value, diagnostics, lines } = parseGdbRegisters(text);
    if (value.cpus.length > 0) return { value: { machine: value }, diagnostics, lines };
    const message = 'no ID register is listed; with QEMU, "info all-registers" lists the system registers too';
    return { value: {}, diagnostics: [...diagnostics, { code: 'no-registers', severity: 'error', where: 'file', message }], lines };
  },
};
