import { decodeRegister } from '../arch/decode.ts';
import { ALL_REGISTERS, type RegisterName } from '../arch/register.ts';
import { formatHex } from '../bits/hex.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { listedMachine, type RegisterFile, type SystemRegisterName } from '../silicon/machine.ts';
import { registerOfEncoding } from '../silicon/register-at.ts';
import { LineAccount, lineShare, placeOf, type TextLine, textLines } from './line-account.ts';
import { isQemuError } from './posted/forms.ts';
import type { Reader } from './reader.ts';

/** What QEMU says when KVM refuses a register of a guest that comes in: its operands, the value that came, and the one that is there. */
const LINE =
  /Could not set register op0: ?(\d) op1: ?(\d) crn: ?(\d{1,2}) crm: ?(\d{1,2}) op2: ?(\d) to (?:0x)?([0-9a-f]{1,16}) \(is (?:0x)?([0-9a-f]{1,16})\)/i;

/** What QEMU and libvirt say where a guest cannot have its CPU, and what is behind it. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /'host-passthrough' for aarch64 qemu/,
    'a guest of the type qemu is emulated; where kvm was wanted, /dev/kvm is not there, or not for libvirt',
  ],
  [/'host-model' for aarch64 kvm/, 'this libvirt has no host-model on Arm: KVM takes host-passthrough'],
  [/KVM is not supported for/, "KVM runs the host's own cores only: -cpu host"],
  [/CPU model with PVR/, 'libvirt has no name for the part of the host, which harms no guest'],
];

/** Which fields differ, in words. */
function differenceOf(name: RegisterName, came: bigint, is: bigint): string {
  const fields = decodeRegister(name, came ^ is).fields.filter(({ raw }) => raw !== 0n);
  const words = fields.map(({ field: { name: field, msb, lsb } }) => `${field} (bits ${msb === lsb ? msb : `${msb}:${lsb}`})`);
  return words.length === 0 ? 'no field' : words.join(', ');
}

class QemuErrors {
  readonly account = new LineAccount();
  readonly registers: { -readonly [name in SystemRegisterName]?: bigint } = {};

  readonly #said = new Set<string>();

  line(line: TextLine): undefined {
    const match = LINE.exec(line.text);
    if (match === null) return this.#other(line);
    const [op0 = 0, op1 = 0, crn = 0, crm = 0, op2 = 0] = match.slice(1, 6).map(Number);
    const [came, is] = [BigInt(`0x${match[6]}`), BigInt(`0x${match[7]}`)];
    const name = registerOfEncoding({ op0, op1, crn, crm, op2 });
    this.account.read();
    if (name !== undefined) this.registers[name] = is;
    this.account.add(this.#finding(line, name, came, is));
  }

  #other(line: TextLine): undefined {
    const message = REASONS.find(([pattern]) => pattern.test(line.text))?.[1];
    if (message === undefined) return this.account.passed();
    this.account.read();
    // A log repeats it.
    if (!this.#said.has(message)) this.account.add({ code: 'cpu-refused', severity: 'note', where: placeOf(line.number, 0), message });
    this.#said.add(message);
  }

  #finding(line: TextLine, name: SystemRegisterName | undefined, came: bigint, is: bigint): Diagnostic {
    const described = ALL_REGISTERS.find((row) => row.name === name)?.name;
    const where = placeOf(line.number, 0);
    if (described === undefined)
      return { code: 'register-refused', severity: 'note', where, message: 'no register that is known here was refused' };
    const message = `${described} came as ${formatHex(came)} and is ${formatHex(is)} on this host, which KVM does not change: they differ in ${differenceOf(described, came, is)}`;
    return { code: 'register-refused', severity: 'note', where, message };
  }
}

/** What QEMU prints when a guest cannot be taken over: the values are those of the host that refused. And what libvirt refuses. */
export const qemuErrorReader: Reader = {
  name: 'qemu-error',
  title: "QEMU's or libvirt's errors about CPUs",
  recognise: (head) => 0.95 * Math.min(1, 2 * lineShare(head, (line) => (isQemuError(line) ? 'error' : 'other'))('error')),
  read(text) {
    const reading = new QemuErrors();
    for (const line of textLines(text)) if (line.text.trim() !== '') reading.line(line);
    const registers: RegisterFile = reading.registers;
    const { diagnostics, lines } = reading.account;
    return { value: Object.keys(registers).length === 0 ? {} : { machine: listedMachine([{ registers }]) }, diagnostics, lines };
  },
};
