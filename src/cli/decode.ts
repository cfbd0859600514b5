import { type DecodedField, type DecodedRegister, decodeRegister } from '../arch/decode.ts';
import { formatEncoding } from '../arch/encoding.ts';
import { ALL_REGISTERS, type RegisterName } from '../arch/register.ts';
import { type BitRange, extractField } from '../bits/field.ts';
import { formatHex, parseWord } from '../bits/hex.ts';
import { type PartialWord, UNKNOWN_WORD } from '../bits/partial-word.ts';
import { type AnswerHead, formatAnswer } from '../formats/json.ts';
import { resolveKvmId } from '../formats/kvm-register-id.ts';
import { findRegisterName, nearestRegister } from '../formats/register-name.ts';
import { given } from '../given.ts';
import { choicesHint } from '../nearest.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { type Call, type Command, textOf } from './command.ts';
import { asGuest, capturedInput, environmentOf, headOf, type Input, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { CPU_OPTION, JSON_OPTION, SYSTEM_OPTIONS } from './options.ts';
import { formatPartial } from './print-system.ts';
import { printable } from './printable.ts';
import type { CaptureInput } from './read-capture.ts';
import { paletteOf, table, wrap } from './style.ts';

function fieldObject({ field, raw, value, name, meaning, reserved, archFeatures }: DecodedField): object {
  const { msb, lsb } = field;
  return { name: field.name, bits: [msb, lsb], raw: Number(raw), value: Number(value), valueName: name, meaning, reserved, archFeatures };
}

/** A register field by field, without the fields of which a bit is open. */
export function decodeKnown(register: RegisterName, value: bigint, open: bigint): DecodedRegister {
  const decoded = decodeRegister(register, value);
  return { ...decoded, fields: decoded.fields.filter(({ field }) => extractField(open, field) === 0n) };
}

/** A decoded register as JSON output holds it. Fields wider than 53 bits give their number as text. */
export function decodedObject({ register, value, fields, outsideFields }: DecodedRegister): object {
  const wide = (decoded: DecodedField): object =>
    decoded.raw > BigInt(Number.MAX_SAFE_INTEGER)
      ? { ...fieldObject(decoded), raw: decoded.raw, value: decoded.raw }
      : fieldObject(decoded);
  return { register: register.name, value, fields: fields.map(wide), outsideFields };
}

/** The place of a field: `55:52`, or `4` for a single bit. */
export function bitsText({ msb, lsb }: BitRange): string {
  return msb === lsb ? String(msb) : `${msb}:${lsb}`;
}

function shownValue({ raw, value, field }: DecodedField): string {
  if (field.msb - field.lsb >= 7) return `0x${raw.toString(16)}`;
  return value < 0n ? `${raw} (${value})` : String(raw);
}

/** The bits of MIDR_EL1 that name a core; without them there is no name. */
const NAMING = 0xffff_ffffn;

async function coreText(midr: bigint): Promise<string> {
  const { coreName } = await import('../formats/core-name.ts');
  return coreName(midr);
}

/** Writes a decoded register as a heading and a table of fields; `open`: the bits that are not known. */
export async function printDecoded(decoded: DecodedRegister, io: Io, open: bigint = 0n): Promise<string> {
  const palette = await paletteOf(io);
  const rows = decoded.fields.map((entry) => {
    const { name, meaning, reserved, archFeatures, field } = entry;
    const told = reserved ? palette.bad('reserved') : [name, meaning].filter(Boolean).join(': ');
    const features = archFeatures.length === 0 ? '' : ` [${archFeatures.join(' ')}]`;
    return [bitsText(field), field.name, shownValue(entry), `${told}${features}`];
  });
  const outside =
    decoded.outsideFields === 0n ? '' : `  ${palette.bad(`bits outside of all fields are set: ${formatHex(decoded.outsideFields)}`)}\n`;
  const core = decoded.register.name === 'MIDR_EL1' && (open & NAMING) === 0n ? `  ${await coreText(decoded.value)}\n` : '';
  const { name, longName } = decoded.register;
  const shown = `${name} = ${formatPartial(decoded.value, open)}`;
  const gap = shown.length + 2 + longName.length > io.columns ? '\n  ' : '  ';
  const head = `${palette.head(name)}${shown.slice(name.length)}${gap}${palette.dim(longName)}`;
  return `${head}\n${await table(rows, io)}${core}${outside}`;
}

/** `; did you mean X?` for a register's name, or nothing. */
export function unknownHint(text: string): string {
  const nearest = nearestRegister(text);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** The register of a KVM id: `0x603000000013c020`. */
export function registerOfKvmId(text: string): SystemRegisterName | undefined {
  const id = parseWord(text);
  const found = id === undefined ? undefined : resolveKvmId(id);
  return found?.kind === 'known' ? found.name : undefined;
}

/** The register that a person named, if it is one with fields. */
function namedRegister(text: string): RegisterName {
  const name = findRegisterName(text) ?? registerOfKvmId(text);
  if (name !== undefined && isDescribed(name)) return name;
  throw new CommandError(EXIT.usage, `no register ${text}${unknownHint(text)}`);
}

const DESCRIBED: readonly string[] = ALL_REGISTERS.map(({ name }) => name);

function isDescribed(name: string): name is RegisterName {
  return DESCRIBED.includes(name);
}

/** A register, as far as its value is known. */
interface Decoded extends DecodedRegister {
  /** The bits that are not known. */
  readonly open?: bigint;
}

async function output(head: AnswerHead, decoded: readonly Decoded[], { values, io }: Call): Promise<void> {
  if (values.json === true) {
    const registers = decoded.map((one) => ({ ...decodedObject(one), ...given({ open: one.open || undefined }) }));
    await io.write(formatAnswer('decode', head, { registers }));
    return;
  }
  if (decoded.length === 0) io.warn('note: no register in it whose value is known; armlens derive shows what follows from the rest');
  const parts: string[] = [];
  for (const one of decoded) parts.push(await printDecoded(one, io, one.open));
  await io.write(parts.join('\n'));
}

/** Who may read a register: the silicon's own value, the kernel's system-wide one, what a program gets. */
const READERS = ['silicon', 'kernel', 'el0'] as const;

/** How registers are read, as `--as` says: from the CPU itself, or in the system that a kernel makes of it. */
async function readerOf({ values, io }: Call, input: Input, cpu: number): Promise<(name: RegisterName) => PartialWord | undefined> {
  const text = textOf(values, 'as') ?? 'silicon';
  const reader = READERS.find((name) => name === text);
  if (reader === undefined) throw new CommandError(EXIT.usage, `--as: there is no reader ${text}${choicesHint(text, READERS)}`);
  const own = (name: RegisterName): bigint | undefined => input.machine.cpus[cpu]?.registers[name];
  const known = (value: unknown, open = 0n): PartialWord | undefined =>
    typeof value === 'bigint' ? { value: value & ~open, open } : undefined;
  if (reader === 'silicon') return (name) => known(own(name));
  const [{ boot }, { openAtEl0, readAtEl0 }, { encodingOf }] = await Promise.all([
    import('../linux/boot.ts'),
    import('../process/mrs.ts'),
    import('../arch/encoding.ts'),
  ]);
  const system = boot(input.machine, await kernelOf(values, io, input), environmentOf(values, io, input));
  if (reader === 'kernel') return (name) => known(system.registers.get(name)?.value, system.unknown?.registers?.get(name)?.value);
  return (name) => {
    const encoding = encodingOf(name);
    return own(name) === undefined ? undefined : known(readAtEl0(system, encoding, cpu), openAtEl0(system, encoding, cpu));
  };
}

/** What a report of SIGILL shows: which instruction, and what it needs. */
async function decodeInstructions(name: string, { capture, taken }: CaptureInput, { values, io }: Call): Promise<ExitCode> {
  const [{ explainInstruction }, { formatInstruction, formatNeeds }] = await Promise.all([
    import('../answers/explain-instruction.ts'),
    import('../formats/instruction-words.ts'),
  ]);
  for (const line of taken) io.warn(printable(line));
  const explained = (capture.instructions ?? []).map((one) => explainInstruction(one, capture));
  if (values.json === true) {
    const instructions = explained.map(({ word, encoding, ...one }) => ({
      ...one,
      ...given({
        word: word === undefined ? undefined : `0x${word.toString(16).padStart(8, '0')}`,
        encoding: encoding && formatEncoding(encoding),
      }),
      needs: formatNeeds({ word, encoding, ...one } as (typeof explained)[number]),
    }));
    await io.write(formatAnswer('decode', { subject: { name } }, { registers: [], instructions }));
    return EXIT.ok;
  }
  const palette = await paletteOf(io);
  for (const one of explained)
    await io.write(
      `${palette.head(printable(formatInstruction(one)))}\n${wrap(printable(`line ${one.line}: ${formatNeeds(one)}`), io.columns, '  ')}\n`,
    );
  return EXIT.ok;
}

/** A text that a call names, if it is one: a file, a folder or standard input. */
async function textInput({ positionals: [word], values, io }: Call): Promise<CaptureInput | undefined> {
  if (word === undefined || (word !== '-' && !(await io.exists(word)))) return undefined;
  return (await import('./read-capture.ts')).readCapture(word, io, textOf(values, 'from'));
}

async function decodeMachine(call: Call): Promise<ExitCode> {
  const [word] = call.positionals;
  const text = await textInput(call);
  if (text?.capture.instructions !== undefined) return decodeInstructions(word!, text, call);
  const input = await (text === undefined
    ? machineInput(word, call.values, call.io)
    : asGuest(await capturedInput(word!, text, call.io), call.values, call.io));
  const wanted = Number(textOf(call.values, 'cpu') ?? 0);
  const cpu = input.machine.cpus[wanted];
  if (cpu === undefined) throw new CommandError(EXIT.usage, `--cpu: ${input.name} has CPUs 0 to ${input.machine.cpus.length - 1}`);
  const read = await readerOf(call, input, wanted);
  const decoded = DESCRIBED.filter(isDescribed).flatMap((name) => {
    const { value, open } = read(name) ?? UNKNOWN_WORD;
    const known = decodeKnown(name, value, open);
    return known.fields.length === 0 && open !== 0n ? [] : [{ ...known, open }];
  });
  await output(headOf(input), decoded, call);
  return input.damaged ? EXIT.badInput : EXIT.ok;
}

/** What was asked, where `NAME=VALUE` in one word is as good as two. */
function nameAndValue(words: Call['positionals']): readonly (string | undefined)[] {
  const [word, value] = words;
  const joined = value === undefined ? word?.match(/^([^=:]+)[=:](.+)$/) : null;
  return joined && findRegisterName(joined[1]!) !== undefined ? joined.slice(1) : [word, value];
}

/** The words of the auxiliary vector, first to last. */
const VECTORS = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'];

/** A word of the auxiliary vector: the names of its bits. The dynamic linker prints it without `0x`. */
async function decodeHwcapWord(vector: string, text: string, { values, io }: Call): Promise<ExitCode> {
  if (!/^(?:0x)?[0-9a-f]{1,16}$/i.test(text))
    throw new CommandError(EXIT.badInput, `${text}: expected a word in hex digits, such as 0x887`);
  const value = BigInt(`0x${text.replace(/^0x/i, '')}`);
  const { hwcapNamesOf } = await import('../linux/release/hwcap-catalogue.ts');
  const names = hwcapNamesOf(VECTORS.map((one) => (one === vector ? value : 0n)));
  if (values.json === true) {
    await io.write(formatAnswer('decode', { subject: { name: vector } }, { registers: [], hwcaps: { vector, value, names } }));
    return EXIT.ok;
  }
  const palette = await paletteOf(io);
  await io.write(`${palette.head(vector)} = ${formatHex(value)}\n${wrap(names.join(' '), io.columns, '  ')}\n`);
  return EXIT.ok;
}

/** `armlens decode`: a register's value, field by field. */
export const decode: Command = {
  name: 'decode',
  summary: 'a register value, or all registers of a machine → fields and their meaning',
  args: [
    {
      name: '[what]',
      help: 'a register name or KVM id, or AT_HWCAP; or a known machine, a file or folder, of which all registers are decoded',
      completion: 'register',
    },
    { name: '[value]', help: 'the value of the register, such as 0x1101000010110111', completion: 'none' },
  ],
  options: [
    ...SYSTEM_OPTIONS,
    CPU_OPTION,
    {
      flags: '--as <reader>',
      help: `who reads the registers of a machine: ${READERS.join(', ')} (default silicon)`,
      completion: { choices: READERS },
    },
    JSON_OPTION,
  ],
  examples: [
    'armlens decode ID_AA64ISAR1_EL1 0x0000011110211202',
    'armlens decode midr 0x410fd083',
    'armlens decode AT_HWCAP 0x887',
    'armlens decode parallels-m1',
    'armlens decode rk3588 --as el0 --kernel 6.12.107',
  ],
  guide: 'read-a-dump',
  async run(call) {
    const [name, text] = nameAndValue(call.positionals);
    if (name === undefined || text === undefined) {
      if (name !== undefined && findRegisterName(name) !== undefined && !(await call.io.exists(name))) {
        throw new CommandError(EXIT.usage, `decode ${name}: which value? such as armlens decode ${name} 0x11`);
      }
      return decodeMachine(call);
    }
    const value = parseWord(text);
    const vector = /^(?:AT_)?(HWCAP[23]?)$/i.exec(name)?.[1]?.toUpperCase();
    if (vector !== undefined) return decodeHwcapWord(`AT_${vector}`, text, call);
    if (value === undefined)
      throw new CommandError(EXIT.badInput, `${text}: expected a number of at most 64 bits, such as 0x1101000010110111`);
    const decoded = decodeRegister(namedRegister(name), value);
    await output({ subject: { name: decoded.register.name } }, [decoded], call);
    return EXIT.ok;
  },
};
