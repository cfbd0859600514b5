import { ALL_BITS } from '../bits/field.ts';
import { formatHex } from '../bits/hex.ts';
import type { Cpu, SystemRegisterName } from '../silicon/machine.ts';
import { showJson } from './json-reader.ts';
import { LineAccount, placeOf, squeeze, type TextLine, textLines } from './line-account.ts';
import { findRegisterName, isForeignRegister, nearestRegister } from './register-name.ts';
import { foreignRegister, MAX_CPUS } from './register-values.ts';

type Draft = { -readonly [name in SystemRegisterName]?: bigint };

/** `cpu 1`, `CPU1:`, `processor : 1`, `[cpu1]`, `___ Logical CPU #1 ___`, `Core 1 (Cortex-A53)`. */
const HEADING = /^[ _#[=*-]*(?:logical )?(?:cpu|processor|core) ?[:=#]? ?(\d{1,4}) ?(?:\([^()]*\))?[ _#\]:=*-]*$/i;

/** What people, tools and kernels put before a name: a time stamp, a bullet, a quotation mark, a CPU. */
const LEAD = /^(?:<\d{1,2}>|\[ ?\d{1,9}\.\d{1,9}\]|[>|*`"'-]| )*(?:cpu ?#?(\d{1,4}) ?[:,|] ?)?/i;

/** A name, something between, and a value in hexadecimal, with or without `0x`. */
const LINE = /^[`"']?([A-Za-z]\w{1,63})(?:\[63:0\])?[`"']?(?: ?(?:[:=|,]|->|=>|==) ?| )[`"']?(0x)?([0-9a-f_]+)[`"']?(?: ?[|#;/(,].*| )?$/i;

/** A name and 64 binary digits in groups of four. */
const BINARY = /^([A-Za-z]\w{1,63}) ?: ?((?:[01]{4}[ -]{1,3}){15}[01]{4}) ?$/;

/** What `grep . /sys/devices/system/cpu/cpu0/regs/identification/*` prints. */
const SYSFS = /^\S*\/cpu(\d{1,4})\/regs\/identification\/(\w{1,32}) ?[: ] ?(0x)?([0-9a-f]{1,16})$/i;

/** One row of a capture: a register's value as it is written. */
interface Row {
  readonly name: string;
  readonly value: bigint | undefined;
  /** The CPU that the line itself names. */
  readonly cpu?: number;
  /** Whether the value is certain to be hexadecimal. */
  readonly sure: boolean;
  /** How many digits are written. */
  readonly width?: number;
}

function parseValue(digits: string, base: 'hex' | 'decimal'): bigint | undefined {
  const plain = digits.replaceAll('_', '');
  if (plain === '' || plain.length > 64) return undefined;
  const value = BigInt(base === 'hex' ? `0x${plain}` : plain);
  return value > ALL_BITS ? undefined : value;
}

/** Names of registers have a `_` or a digit, but for some, such as the trace unit's TRCDEVARCH. */
function rowOf(plain: string): Row | undefined {
  const file = SYSFS.exec(plain);
  if (file !== null) return { name: file[2]!, value: parseValue(file[4]!, 'hex'), cpu: Number(file[1]), sure: true };
  const lead = LEAD.exec(plain)!;
  const cpu = lead[1] === undefined ? {} : { cpu: Number(lead[1]) };
  const match = LINE.exec(plain.slice(lead[0].length));
  if (match === null || !(/_|\d|^TRC[A-Z]/.test(match[1]!) || findRegisterName(match[1]!) !== undefined)) return undefined;
  const [, name = '', prefix, digits = ''] = match;
  // Only a frequency is written in decimal.
  if (prefix === undefined && /^cntfrq/i.test(name) && /^[1-9]\d{6,9}$/.test(digits)) {
    return { name, value: parseValue(digits, 'decimal'), ...cpu, sure: true };
  }
  return {
    name,
    value: parseValue(digits, 'hex'),
    ...cpu,
    sure: prefix !== undefined || /^(?:.{8}|.{16}|0+)$/.test(digits.replaceAll('_', '')),
    width: digits.replaceAll('_', '').length,
  };
}

/** A register and its value anywhere in a line. */
const INLINE =
  /(?<![\w.])((?:SYS_)?[A-Z]\w{2,40}_EL[0-3]|MVFR[0-2])(?:\[63:0\])?[`"'*]{0,3} ?(?:[:=]{1,2}|is|->|sys_val =|value:?)? ?[`"'*]{0,3}0x([0-9a-f](?:_?[0-9a-f]){0,15})(?:u?ll?)?(?![0-9a-z_])/gi;

/** Registers of a line that says other things too: `midr: ID_AA64PFR0_EL1=0x… ID_AA64ISAR0_EL1=0x…`. */
function rowsIn(plain: string): readonly Row[] {
  return [...plain.slice(0, 4000).matchAll(INLINE)]
    .filter(([, name]) => findRegisterName(name!.replace(/^SYS_/i, '')) !== undefined)
    .map(([, name, digits]) => ({ name: name!, value: parseValue(digits!, 'hex'), sure: true }));
}

/** How many values with all digits show that a text writes them so. */
const FEWEST_WHOLE = 3;

/** How many misspelt names get a proposal. */
const MAX_HINTS = 50;

/** Comments, fences, and the head of a table in Markdown. */
const REMARK = /^(?:[#;]|\/\/|```|\|? ?:?-{3,}|\|? ?(?:system )?(?:register|name|field)s? ?\| ?\w*values?\b)/i;

/** A line that says what a register is that is not listed. */
const UNLISTED = /^unlisted ?[:= ] ?(zero|unknown)$/i;

class RegisterText {
  readonly account = new LineAccount();
  /** Whether registers that are not listed read as zero, as the text says; otherwise they are unknown. */
  unlisted: 'unknown' | undefined = 'unknown';
  readonly #cpus: Draft[] = [];
  readonly #numbered = new Map<number, Draft>();
  /** Set once a register was given bit by bit: such listings explain each field on indented lines, which are passed over. */
  #explained = false;
  #hints = 0;

  get cpus(): readonly Cpu[] {
    return this.#cpus.filter((cpu) => Object.keys(cpu).length > 0).map((registers) => ({ registers }));
  }

  #start(): Draft | undefined {
    if (this.#cpus.length >= MAX_CPUS) return undefined;
    const cpu: Draft = {};
    this.#cpus.push(cpu);
    return cpu;
  }

  #cpu(number: number | undefined): Draft | undefined {
    if (number === undefined) return this.#cpus.at(-1) ?? this.#start();
    const known = this.#numbered.get(number);
    if (known !== undefined) return known;
    const cpu = this.#start();
    if (cpu !== undefined) this.#numbered.set(number, cpu);
    return cpu;
  }

  /** The register that may be meant; looked for only so often, as the search is slow and a text may be all wrong. */
  #nearest(plain: string): SystemRegisterName | undefined {
    if (this.#hints >= MAX_HINTS) return undefined;
    this.#hints += 1;
    return nearestRegister(plain);
  }

  #unknown(plain: string, where: string): undefined {
    const nearest = this.#nearest(plain);
    const foreign = isForeignRegister(plain);
    if (foreign) this.account.passed();
    if (foreign && this.#explained) return;
    if (foreign) return this.account.add(foreignRegister(where, plain, nearest));
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    this.account.reject({ code: 'bad-register-name', severity: 'error', where, message: `${showJson(plain)} is no register name${hint}` });
  }

  #add({ name: written, value, cpu: number, sure }: Row, line: TextLine): undefined {
    const plain = written.replace(/^(?:mrs|arm|sys)_/i, '');
    const where = placeOf(line.number, Math.max(0, line.text.indexOf(written)));
    const name = findRegisterName(plain);
    if (name === undefined) return this.#unknown(plain, where);
    const cpu = this.#cpu(number);
    const before = cpu?.[name];
    if (cpu === undefined || value === undefined)
      return this.account.unread(line, cpu === undefined ? `at most ${MAX_CPUS} CPUs` : 'at most 16 hex digits');
    this.account.read();
    if (before !== undefined && before !== value) {
      const message = `${name} is ${formatHex(before)} already; ${formatHex(value)} is left out (start another CPU with a line "cpu N")`;
      this.account.add({ code: 'duplicate-register', severity: 'error', where, message });
      return;
    }
    cpu[name] = value;
    if (!sure) {
      const message = `${name} has no 0x before its value; it is taken as hexadecimal`;
      this.account.add({ code: 'assumed-hexadecimal', severity: 'warning', where, message });
    }
  }

  /** Nothing that breaks off is a mistake. */
  breakOff({ number, text }: TextLine): undefined {
    const message = `${showJson(text.trim())} is not read: the text breaks off`;
    this.account.reject({ code: 'outside', severity: 'note', where: placeOf(number, 0), message });
  }

  line(line: TextLine): undefined {
    const plain = squeeze(line.text);
    if (plain === '') return;
    const unlisted = UNLISTED.exec(plain)?.[1];
    if (unlisted !== undefined) {
      this.unlisted = unlisted.toLowerCase() === 'zero' ? undefined : 'unknown';
      return this.account.read();
    }
    if (HEADING.test(plain)) {
      if (this.#start() === undefined) this.account.unread(line, `at most ${MAX_CPUS} CPUs`);
      else this.account.read();
      return;
    }
    if (REMARK.test(plain) || (this.#explained && /^\s/.test(line.text))) return this.account.passed();
    const binary = BINARY.exec(plain);
    if (binary !== null) {
      this.#explained = true;
      return this.#add({ name: binary[1]!, value: BigInt(`0b${binary[2]!.replace(/[ -]/g, '')}`), sure: true }, line);
    }
    const row = rowOf(plain);
    const rows = row?.value === undefined ? rowsIn(plain) : [row];
    if (rows.length === 0) this.account.unread(line, 'NAME: 0x… with at most 16 hex digits');
    for (const one of rows) this.#add(one, line);
  }
}

/** The last line that says something, if its value is only the beginning of one: all others are written with all of their digits. */
function cutLineOf(lines: readonly TextLine[]): TextLine | undefined {
  const at = lines.findLastIndex(({ text }) => text.trim() !== '');
  const last = lines[at];
  const { width = 16 } = (last && rowOf(squeeze(last.text))) ?? {};
  // Most texts end with a whole value, and their lines are looked at once.
  if (width >= 16) return undefined;
  const before = lines.slice(0, at).flatMap(({ text }) => rowOf(squeeze(text)) ?? []);
  return before.length >= FEWEST_WHOLE && before.every((row) => row.width === 16) ? last : undefined;
}

/** Reads lines of registers; see `parseRegisterDump`. */
export function readRegisterLines(text: string): {
  readonly cpus: readonly Cpu[];
  readonly unlisted: 'unknown' | undefined;
  readonly account: LineAccount;
} {
  const reading = new RegisterText();
  const lines = [...textLines(text)];
  const cut = cutLineOf(lines);
  for (const line of lines) {
    if (line === cut) reading.breakOff(line);
    else reading.line(line);
  }
  return { cpus: reading.cpus, unlisted: reading.unlisted, account: reading.account };
}

/** How a line looks to someone who wonders whether a text is a register dump. */
export function registerLineKind(text: string): 'register' | 'heading' | 'remark' | 'other' {
  const plain = squeeze(text);
  if (HEADING.test(plain) || UNLISTED.test(plain)) return 'heading';
  if (REMARK.test(plain)) return 'remark';
  const name = BINARY.exec(plain)?.[1] ?? rowOf(plain)?.name;
  return name !== undefined && findRegisterName(name.replace(/^(?:mrs|arm|sys)_/i, '')) !== undefined ? 'register' : 'other';
}
