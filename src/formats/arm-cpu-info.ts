import { fieldsOf, findRegister, type RegisterName } from '../arch/register.ts';
import { extractField, insertField, maskOf } from '../bits/field.ts';
import type { PartialWord } from '../bits/partial-word.ts';
import { type Cpu, listedMachine, type RegisterFile } from '../silicon/machine.ts';
import { LineAccount, lineShare, type TextLine, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** The registers that the tool shows, by its name for them, and in its order. */
const REGISTERS: ReadonlyMap<string, RegisterName> = new Map([
  ['ISAR0', 'ID_AA64ISAR0_EL1'],
  ['ISAR1', 'ID_AA64ISAR1_EL1'],
  ['ISAR2', 'ID_AA64ISAR2_EL1'],
  ['MMFR0', 'ID_AA64MMFR0_EL1'],
  ['MMFR1', 'ID_AA64MMFR1_EL1'],
  ['MMFR2', 'ID_AA64MMFR2_EL1'],
  ['MMFR3', 'ID_AA64MMFR3_EL1'],
  ['MMFR4', 'ID_AA64MMFR4_EL1'],
  ['PFR0', 'ID_AA64PFR0_EL1'],
  ['PFR1', 'ID_AA64PFR1_EL1'],
  ['PFR2', 'ID_AA64PFR2_EL1'],
  ['SMFR0', 'ID_AA64SMFR0_EL1'],
  ['ZFR0', 'ID_AA64ZFR0_EL1'],
  ['DFR0', 'ID_AA64DFR0_EL1'],
  ['DFR1', 'ID_AA64DFR1_EL1'],
]);

/** `MMFR0 | 31:28 |  0000 |  4KB granule supported.`, newer: with the field's name in a column of its own. */
const ROW =
  /^ {0,4}(?:ID_AA64)?([A-Z]{2,5}\d)(?:_EL1)?\s{0,16}\|(?:\s{0,4}[A-Za-z]\w{0,20}\s{0,20}\|)?\s{0,4}(\d{1,2})(?::(\d{1,2}))?\s{0,4}\|\s{0,4}([01]{1,16})\s{0,4}\|/;

/** Lines of the table that hold no value: rules, headings, and descriptions that go on. */
const PASSED = /^[-|\s]*$|^\s{0,20}\|\s{0,20}\||^\s*(?:ArmCpuInfo|Register|Reg)\b|^\s{0,20}(?:\||[A-Z]\w+\s*\|\s*\|)/;

/** The rows of a register that were read: their bits, and which bits these are. */
interface Shown {
  readonly value: bigint;
  readonly mask: bigint;
}

function readRow(line: TextLine, registers: Map<RegisterName, Shown>, account: LineAccount): undefined {
  const match = ROW.exec(line.text.slice(0, 400));
  const register = match === null ? undefined : REGISTERS.get(match[1]!);
  const [msb, lsb] = [Number(match?.[2]), Number(match?.[3] ?? match?.[2])];
  if (match === null || register === undefined) {
    if (PASSED.test(line.text)) return account.passed();
    return account.unread(line, 'a row such as "ISAR0 |  7:4  |  0010 | FEAT_AES and FEAT_PMULL implemented."');
  }
  const value = BigInt(`0b${match[4]}`);
  if (msb > 63 || lsb > msb || value >> BigInt(msb - lsb + 1) !== 0n) return account.unread(line, 'bits of a register and as many digits');
  const shown = registers.get(register) ?? { value: 0n, mask: 0n };
  registers.set(register, { value: insertField(shown.value, { msb, lsb }, value), mask: shown.mask | maskOf({ msb, lsb }) });
  return account.read();
}

/** The CPU of a table. Fields that a version of the tool does not show are not known; other bits are zero. */
function cpuOf(shown: ReadonlyMap<RegisterName, Shown>): Cpu {
  const registers: Partial<Record<RegisterName, bigint>> = {};
  const partly: Partial<Record<RegisterName, PartialWord>> = {};
  for (const [name, { value, mask }] of shown) {
    const described = fieldsOf(findRegister(name)!).reduce((bits, field) => bits | maskOf(field), 0n);
    const open = described & ~mask;
    if (open === 0n) registers[name] = value;
    else partly[name] = { value, open };
  }
  return { registers, ...(Object.keys(partly).length > 0 && { partly }) };
}

/** Writes registers as the tool shows them; fields of Arm, a row each, from bit 0 up. */
export function formatArmCpuInfo(registers: RegisterFile): string {
  const rows: string[] = [];
  for (const [short, name] of REGISTERS) {
    const value = registers[name];
    const descriptor = findRegister(name);
    if (value === undefined || descriptor === undefined) continue;
    for (const { name: field, msb, lsb } of [...fieldsOf(descriptor)].reverse()) {
      const bits = extractField(value, { msb, lsb })
        .toString(2)
        .padStart(msb - lsb + 1, '0');
      rows.push(`${short.padEnd(5)} | ${`${msb}:${lsb}`.padEnd(5)} | ${bits.padStart(5)} | ${field}`);
    }
    rows.push('------|-------|-------|----------------------------------------------');
  }
  return rows.map((row) => `${row}\n`).join('');
}

/** Whether a line is a row of the table, or its heads. */
export function isArmCpuInfoRow(text: string): boolean {
  return ROW.test(text) || /^ {0,4}Reg(?:ister)? {1,16}\|/.test(text);
}

/** What ArmCpuInfo, a tool for the UEFI shell, prints: a row for each field. Fields that it does not know are not known. */
export const armCpuInfoReader: Reader = {
  name: 'arm-cpu-info',
  title: "ArmCpuInfo's table",
  recognise(head) {
    const share = lineShare(head, (line) => (ROW.test(line.slice(0, 400)) ? 'row' : PASSED.test(line) ? 'passed' : 'other'));
    return share('row') === 0 ? 0 : 0.5 + 0.48 * (share('row') + share('passed'));
  },
  read(text) {
    const account = new LineAccount();
    const registers = new Map<RegisterName, Shown>();
    for (const line of textLines(text)) if (line.text.trim() !== '') readRow(line, registers, account);
    return {
      value: registers.size === 0 ? {} : { machine: listedMachine([cpuOf(registers)]) },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
