import type { CapturedInstruction } from '../answers/capture.ts';
import { mnemonicRow } from '../arch/instruction.ts';
import { given } from '../given.ts';
import { LineAccount, type TextLine, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `instruction bytes: 0x0 0x6 0x38 0xd5 …` of Go: bytes, the lowest first. */
const GO = /^\s*instruction bytes:((?: (?:0x)?[0-9a-f]{1,2}){4,64})\s*$/i;
/** `Code: 910003fd b9001fbf (d5380600)` of the kernel. */
const CODE = /\bCode:(?: [0-9a-f?]{8}){0,40} \(([0-9a-f]{8})\)/i;
/** `disInstr(arm64): unhandled instruction 0xD5380001` of Valgrind. */
const VALGRIND = /\bunhandled instruction:? 0x([0-9a-f]{8})\b/i;
/** The line at which a debugger stopped: `=> 0xaaaa0754 <main+12>:`, `->  0x7ff42e8380 <+48>:`, `>│0x7fb31a8080` in a window, and what stands there. */
const STOPPED = /^\s*(?:=>|->|[B+]{0,2}\s?>│)\s{0,8}0x[0-9a-f]{1,16}\s{0,8}(?:<[^<>]{0,300}>)?:?\s+(.{1,200})$/i;
/** A word before the mnemonic, as `disassemble /r` and objdump print it, or instead of it. */
const WORD = /^(?:\.inst\s+|\.word\s+)?(?:0x)?([0-9a-f]{8})\b(?!\s*:)(.*)$/i;
const BYTES = /^((?:[0-9a-f]{2} ){3}[0-9a-f]{2})\b(.*)$/i;
const MNEMONIC = /^([a-z][a-z0-9.]{0,20})(?:\s+(.{0,160}))?$/i;
/** `x/4xw $pc` and what it prints. */
const EXAMINE = /^\(gdb\)\s*x\/\d{0,3}(?:xw|wx|x|w)\s+\$pc\s*$/i;
const EXAMINED = /^0x[0-9a-f]{1,16}(?: <[^<>]{0,300}>)?:\s*0x([0-9a-f]{8})\b/i;
/** Where a tombstone of Android says that it was. */
const FAULT = /\bSIGILL\b.{0,60}\bfault addr 0x([0-9a-f]{4,16})/i;
/** The word there, as newer ones say; and whether the program has 64 bits. */
const AT_PC = /\(\*pc=0x([0-9a-f]{8})\)/i;
const ABI = /\bABI: '(\w{1,20})'/;
/** What logcat puts before each line of a tombstone, as it prints it, or as Android Studio does. */
const LOGCAT = /^.{0,80}?\bDEBUG(?:\s{0,4}:|\s+pid-\d{1,7}\s+[AF](?=\s)) ?/;
/** Registers of x86, in either syntax. */
const X86 = /%[a-z]{2,5}\d{0,2}\b|\b(?:[er][abcd]x|[er][sd]i|[er][sb]p|[xyz]mm\d{1,2})\b/i;
/** A row of what stands around it: an address, and words of 32 or 64 bits. */
const AROUND = /^\s*([0-9a-f]{8,16})((?: [0-9a-f]{8}| [0-9a-f]{16}){2,8})(?:\s\s.{0,100})?\s*$/i;
/** The word of a crash report of macOS, and of LLDB there. */
const EXCEPTION =
  /^\s*Exception Codes:\s+0x0{15}1, 0x0{8}([0-9a-f]{8})\s*$|\bEXC_BAD_INSTRUCTION \(code=(?:1|EXC_ARM_UNDEFINED), subcode=0x([0-9a-f]{1,8})\)/i;
/** An instruction that a sentence names: `casal w0, w1, [x2]` in backticks, "instruction ldapr", "the ldaddal instruction". */
const QUOTED = /`([a-z][a-z0-9]{1,12})((?:\s+[^`]{1,60})?)`/gi;
/** The word of one: "opcode `0x04bf5020`", not ESR_EL1 of an unknown reason. */
const OPCODE = /\b(?:opcode|instruction|encoding|insn)(?: word)?:? ?[`'"(]{0,2}0x(?!02000000)([0-9a-f]{8})\b/i;
const NAMED =
  /\binstructions?:? (?:is )?["'`]?([a-z][a-z0-9]{1,12})\b(?!["'`]? instruction)|\b([a-z][a-z0-9]{1,12})["'`]? instructions?\b/g;
const SIGNAL = /\bSIGILL\b|\billegal instruction\b|\bundefined instruction\b|\bunhandled instruction\b/i;

const fromBytes = (bytes: readonly string[]): number =>
  bytes.slice(0, 4).reduceRight((word, byte) => word * 0x100 + Number.parseInt(byte.replace(/^0x/i, ''), 16), 0);

/** The word at an address, in a row of words from another address on. */
function wordAt(address: bigint, row: RegExpExecArray): number | undefined {
  const from = BigInt(`0x${row[1]}`);
  const words = row[2]!.trim().split(' ');
  // Of 64 bits the lower half stands first in memory.
  const halves = words.flatMap((word) => (word.length === 16 ? [word.slice(8), word.slice(0, 8)] : [word]));
  const index = Number((address - from) / 4n);
  return address >= from && index < halves.length ? Number.parseInt(halves[index]!, 16) : undefined;
}

/** What a debugger shows at the place where it stopped. */
function atStop(shown: string, line: number): CapturedInstruction | undefined {
  const bytes = BYTES.exec(shown);
  const word = bytes === null ? WORD.exec(shown) : null;
  const rest = (bytes?.[2] ?? word?.[2] ?? shown).replace(/[;/].*/, '').trim();
  const code = bytes !== null ? fromBytes(bytes[1]!.split(' ')) : word === null ? undefined : Number.parseInt(word[1]!, 16);
  const mnemonic = /^\.|undefined/.test(rest) ? null : MNEMONIC.exec(rest);
  if (code === undefined && mnemonic === null) return undefined;
  return { line, ...given({ word: code, mnemonic: mnemonic?.[1]?.toLowerCase(), operands: mnemonic?.[2]?.trim() }) };
}

/** An operand that is a register. */
const REGISTER = /(?:^|[\s[{,])(?:[wxvqdshbzp]\d{1,2}|[wx]zr|sp)\b/i;

/** The instruction that a sentence names, of those that not every CPU has: with its operands, or on a line that speaks of instructions. */
function namedIn(text: string, line: number): CapturedInstruction | undefined {
  const speaks = /instruction|SIGILL|opcode/i.test(text);
  const opcode = speaks ? OPCODE.exec(text)?.[1] : undefined;
  if (opcode !== undefined) return { line, word: Number.parseInt(opcode, 16) };
  for (const [, mnemonic = '', rest = ''] of text.includes('`') ? text.matchAll(QUOTED) : []) {
    const operands = rest.trim();
    if ((speaks || REGISTER.test(operands)) && mnemonicRow(mnemonic) !== undefined)
      return { line, mnemonic: mnemonic.toLowerCase(), ...(operands === '' ? {} : { operands }) };
  }
  if (!speaks) return undefined;
  for (const [, after, before] of text.matchAll(NAMED)) {
    const mnemonic = after ?? before!;
    if (mnemonicRow(mnemonic) !== undefined) return { line, mnemonic };
  }
  return undefined;
}

/** Whether a line is one that a report of SIGILL has. */
export function isSigillLine(text: string): boolean {
  return (
    GO.test(text) ||
    FAULT.test(text) ||
    AT_PC.test(text) ||
    EXCEPTION.test(text) ||
    CODE.test(text) ||
    VALGRIND.test(text) ||
    (STOPPED.test(text) && !/^\s*->\s/.test(text.slice(0, 3))) ||
    (/`|instruction|SIGILL|opcode/i.test(text) && namedIn(text, 0) !== undefined)
  );
}

class Report {
  readonly account = new LineAccount();
  readonly instructions: CapturedInstruction[] = [];
  /** What the program is of, if not of A64. */
  foreign: string | undefined;
  #examines = false;
  #fault: bigint | undefined;

  line(line: TextLine): void {
    const found = this.#find(line);
    this.#examines = EXAMINE.test(line.text.trim());
    if (found === undefined) this.account.passed();
    else {
      this.account.read();
      // What one tool shows twice, once as a word and once by name, is one instruction.
      const last = this.instructions.at(-1);
      if (last !== undefined && (last.word === found.word || last.word === undefined || found.word === undefined))
        this.instructions[this.instructions.length - 1] = { ...found, ...last };
      else if (this.instructions.length < MOST) this.instructions.push(found);
    }
  }

  #find({ text, number }: TextLine): CapturedInstruction | undefined {
    const plain = text.slice(0, 1000).replace(LOGCAT, '');
    const abi = ABI.exec(plain)?.[1];
    if (abi !== undefined && abi !== 'arm64') this.foreign = abi;
    const fault = FAULT.exec(plain)?.[1];
    if (fault !== undefined) this.#fault = BigInt(`0x${fault}`);
    const row = this.#fault === undefined ? null : AROUND.exec(plain);
    const there = row === null ? undefined : wordAt(this.#fault!, row);
    if (there !== undefined) return { line: number, word: there };
    const go = GO.exec(plain)?.[1];
    if (go !== undefined) return { line: number, word: fromBytes(go.trim().split(' ')) };
    const word =
      AT_PC.exec(plain)?.[1] ??
      CODE.exec(plain)?.[1] ??
      EXCEPTION.exec(plain)
        ?.slice(1)
        .find((one) => one !== undefined) ??
      VALGRIND.exec(plain)?.[1] ??
      (this.#examines ? EXAMINED.exec(plain.trim())?.[1] : undefined);
    if (word !== undefined) return { line: number, word: Number.parseInt(word, 16) };
    const stopped = STOPPED.exec(plain)?.[1];
    if (stopped !== undefined && X86.test(stopped)) {
      this.foreign = 'x86';
      return undefined;
    }
    return stopped === undefined ? namedIn(plain, number) : atStop(stopped.trim(), number);
  }
}

/** The most instructions that are kept of one text. */
const MOST = 16;

/** Reports of a SIGILL: of Go, gdb, LLDB, Valgrind, or the kernel. */
export const sigillReader: Reader = {
  name: 'sigill',
  title: 'a report of SIGILL',
  recognise(head) {
    const lines = head.split('\n', 3_000).map((line) => line.slice(0, 1000));
    const told = lines.some((line) => isSigillLine(line) || STOPPED.test(line));
    if (!lines.some((line) => SIGNAL.test(line))) return told ? 0.45 : 0;
    return told ? 0.8 : lines.some((line) => namedIn(line, 0) !== undefined) ? 0.5 : 0;
  },
  read(text) {
    const report = new Report();
    for (const line of textLines(text)) if (line.text.trim() !== '') report.line(line);
    const { instructions, account, foreign } = report;
    if (foreign !== undefined) {
      const message = `the program is of ${foreign}, and its instructions are none of A64`;
      account.add({ code: 'not-a64', severity: 'note', where: 'file', message });
      return { value: {}, diagnostics: account.diagnostics, lines: account.lines };
    }
    return { value: instructions.length === 0 ? {} : { instructions }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
