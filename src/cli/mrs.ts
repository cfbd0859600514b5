import {
  decodeMrs,
  encodeMrs,
  formatEncoding,
  isIdSpace,
  parseEncoding,
  registerAt,
  type SystemRegisterEncoding,
} from '../arch/encoding.ts';
import { valueName } from '../arch/field-values.ts';
import { instructionRow } from '../arch/instruction.ts';
import { formatHex } from '../bits/hex.ts';
import { formatAnswer } from '../formats/json.ts';
import { findRegisterName } from '../formats/register-name.ts';
import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';
import type { System } from '../linux/system.ts';
import type { El0Field } from '../process/el0-fields.ts';
import { genericNameOf, type MrsResult, openAtEl0, readAtEl0, readAtEl1 } from '../process/mrs.ts';
import { findProgramRegister, type ProgramRegister, programRegisterAt } from '../process/program-register.ts';
import { registerOfEncoding } from '../silicon/register-at.ts';
import { type Call, type Command, textOf, type Values } from './command.ts';
import { bitsText, decodedObject, decodeKnown, printDecoded, registerOfKvmId, unknownHint } from './decode.ts';
import { environmentOf, headOf, type Input, kernelObject, kernelOf, machineInput } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { CPU_OPTION, JSON_OPTION, SYSTEM_OPTIONS } from './options.ts';
import { formatPartial, kernelTitle } from './print-system.ts';
import { paletteOf, table, wrap } from './style.ts';

/** What was asked: an encoding, its name if Arm gave it one, and the general register of an instruction. */
interface Question {
  readonly encoding: SystemRegisterEncoding;
  readonly name?: string;
  readonly rt?: number;
}

/** An instruction word as it is printed: with or without 0x, or its four bytes, the lowest first. */
function instructionWord(text: string): number | undefined {
  if (/^(0x)?[0-9a-f]{8}$/i.test(text)) return Number(`0x${text.replace(/^0x/i, '')}`);
  const bytes = text.split(/[\s,]+/);
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0x)?[0-9a-f]{1,2}$/i.test(byte))) return undefined;
  return bytes.reduceRight((word, byte) => word * 0x100 + Number.parseInt(byte.replace(/^0x/i, ''), 16), 0);
}

function parseQuestion(text: string): Question {
  const word = instructionWord(text);
  const instruction = word === undefined ? undefined : decodeMrs(word);
  if (instruction !== undefined) return named(instruction.encoding, instruction.rt);
  const kvm = registerOfKvmId(text);
  if (kvm !== undefined) return named(parseEncoding(genericNameOf(kvm))!);
  if (word !== undefined || (/^(0x)?[0-9a-f]+$/i.test(text) && text.length > 6)) {
    const { name, archFeature } = (word === undefined ? undefined : instructionRow(word)) ?? {};
    const about = archFeature === undefined ? '' : ` (${name}: it needs ${archFeature}; armlens why ${archFeature} MACHINE)`;
    throw new CommandError(EXIT.usage, `${text} is no MRS instruction${about}; those are 0xd5200000 to 0xd53fffff, such as 0xd5380400`);
  }
  // As an assembler writes it: `mrs x0, id_aa64isar0_el1`.
  const written = /^mrs\s+[wx]\d{1,2}\s*,\s*(\w+)$/i.exec(text.trim());
  if (written !== null) return parseQuestion(written[1]!);
  const generic = parseEncoding(text);
  if (generic !== undefined) return named(generic);
  const own = findProgramRegister(text);
  if (own !== undefined) return named(parseEncoding(own.encoding)!);
  const name = findRegisterName(text);
  const encoding = name === undefined ? undefined : parseEncoding(genericNameOf(name));
  if (encoding !== undefined) return named(encoding);
  throw new CommandError(EXIT.usage, `no register ${text}${unknownHint(text)}; give a name, S3_0_C0_C4_0, or 0xd5380400`);
}

function named(encoding: SystemRegisterEncoding, rt?: number): Question {
  const name = registerOfEncoding(encoding) ?? programRegisterAt(encoding)?.name;
  return { encoding, ...given({ name, rt }) };
}

/** The answers of one CPU. */
interface Answer {
  readonly el0: MrsResult | undefined;
  readonly el1: bigint | undefined;
  /** The bits of `el0` that are not known. */
  readonly open: bigint;
}

function show(value: MrsResult | undefined, unknown: string): string {
  if (value === undefined) return unknown;
  return value === 'SIGILL' ? 'SIGILL' : formatHex(value);
}

/** How EL0 stands to a register that programs read for something else than what the CPU is. */
function programTreatment({ readable, needs, about }: ProgramRegister): string {
  if (!readable) return `SIGILL: ${about}`;
  return `${about}: a program reads it itself, and what it gives depends on the moment${needs === undefined ? '' : `; SIGILL without ${needs.feature}`}`;
}

/** How the kernel treats the encoding at EL0, whatever the machine. */
function treatment({ encoding }: Question, { mrsEmulatedFrom }: Pick<System, 'mrsEmulatedFrom'>): string {
  const { op0, op1, crn, crm, op2 } = encoding;
  const own = programRegisterAt(encoding);
  if (own !== undefined) return programTreatment(own);
  if (isIdSpace(encoding)) {
    if (mrsEmulatedFrom === undefined) return 'SIGILL: this kernel emulates no MRS (that came with 4.11)';
    const identity = crm === 0 && [0, 5, 6].includes(op2);
    if (identity) return op2 === 0 ? "emulated: the CPU's own MIDR_EL1" : 'emulated: a constant, the same on every machine';
    if (crm >= mrsEmulatedFrom && crm <= 7) return 'emulated: the sanitised value, hidden fields at their safe values';
    return 'SIGILL: outside of what the kernel emulates';
  }
  if (op0 === 3 && op1 === 3 && crn === 0 && crm === 0 && (op2 === 1 || op2 === 7))
    return 'read from hardware (CTR_EL0 traps where CPUs differ)';
  if (op0 === 3 && op1 === 3 && crn === 14 && crm === 0 && op2 === 0) return 'read from hardware';
  return op0 === 3 && op1 === 3 && crn !== 0 ? 'not an ID register; what it gives depends on the moment' : 'SIGILL: not accessible at EL0';
}

function questionLines({ encoding, name, rt }: Question): readonly string[] {
  const word = encodeMrs({ encoding, rt: rt ?? 0 });
  const instruction =
    word === undefined ? '' : `MRS ${rt === 31 ? 'XZR' : `X${rt ?? 0}`}, ${name ?? formatEncoding(encoding)} is 0x${word.toString(16)}`;
  const { op0, op1, crn, crm, op2 } = encoding;
  return [`op0 ${op0}, op1 ${op1}, CRn ${crn}, CRm ${crm}, op2 ${op2}`, instruction].filter((line) => line !== '');
}

function cpuIndex(values: Values, { machine, name }: Input): number {
  const text = textOf(values, 'cpu') ?? '0';
  const index = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (machine.cpus[index] === undefined) throw new CommandError(EXIT.usage, `--cpu: ${name} has CPUs 0 to ${machine.cpus.length - 1}`);
  return index;
}

/** What was asked, as JSON output holds it. */
function asked({ encoding, name, rt }: Question): object {
  return { encoding: formatEncoding(encoding), name, rt };
}

/** The fields of a register that the kernel emulates for programs; none of those that identify a CPU. */
async function emulatedFields({ encoding }: Question, at: string, kernel: Kernel): Promise<readonly El0Field[]> {
  const register = registerAt(encoding);
  if (register === undefined || encoding.crm === 0 || !isIdSpace(encoding) || !at.startsWith('emulated')) return [];
  return (await import('../process/el0-fields.ts')).el0Fields(register, kernel);
}

/** What a program reads of fields, those together that read the same. */
async function fieldsText(register: string, fields: readonly El0Field[], io: Io): Promise<string> {
  const rows = fields.map(({ name, msb, lsb, always, hiddenBy }) => {
    const value = always === undefined ? undefined : valueName(`${register}.${name}`, always);
    const shown =
      hiddenBy.length === 0 ? 'as the CPUs have it' : `as the CPUs have it; 0 where an erratum hides it: ${hiddenBy.join('; ')}`;
    const fixed = `always ${always}${value === undefined ? '' : ` (${value})`}`;
    return [bitsText({ msb, lsb }), name, always === undefined ? shown : fixed];
  });
  return rows.length === 0 ? '' : await table(rows, io);
}

async function explain(question: Question, { values, io }: Call): Promise<ExitCode> {
  const kernel = await kernelOf(values, io);
  const { boot } = await import('../linux/boot.ts');
  const system = boot({ cpus: [{ registers: {} }] }, kernel);
  const at = treatment(question, system);
  const fields = await emulatedFields(question, at, kernel);
  if (values.json === true) {
    const head = { subject: { name: question.name ?? formatEncoding(question.encoding) }, kernel: kernelObject(kernel) };
    await io.write(formatAnswer('mrs', head, { ...asked(question), treatment: at, fields: fields.length === 0 ? undefined : fields }));
    return EXIT.ok;
  }
  const palette = await paletteOf(io);
  const lines = [
    `${palette.head(question.name ?? 'no register has this encoding')}  ${formatEncoding(question.encoding)}`,
    ...questionLines(question).map((line) => `  ${line}`),
    wrap(`at EL0 under Linux ${system.release}: ${at}`, io.columns, '  '),
    palette.dim('  (name a machine to see values: armlens mrs NAME raspberry-pi-4)'),
  ];
  await io.write(`${lines.join('\n')}\n${await fieldsText(question.name ?? '', fields, io)}`);
  return EXIT.ok;
}

async function decodedPart(question: Question, value: MrsResult | undefined, open: bigint, label: string, io: Io): Promise<string> {
  const register = registerAt(question.encoding);
  if (register === undefined || typeof value !== 'bigint') return '';
  return `\n${label}\n${await printDecoded(decodeKnown(register, value, open), io, open)}`;
}

/** What an answer rests on, where the capture does not have the register, or that which CTR_EL0.IDC is judged by. */
function assumptionLines({ name }: Question, { el0, el1 }: Answer, { diagnostics }: System): readonly string[] {
  const basis = name === 'CTR_EL0' && el0 !== el1 ? [name, 'CLIDR_EL1'] : [name];
  const assumed = typeof el0 === 'bigint' ? diagnostics.filter(({ code, where }) => code === 'assumed-zero' && basis.includes(where)) : [];
  return assumed.map(({ where }) => `       (${where} is not known of every CPU; what is unknown was taken as zero)`);
}

async function printAnswer(question: Question, answered: Answer, system: System, title: string, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { el0, el1, open } = answered;
  const lines = [
    `${palette.head(question.name ?? 'no register has this encoding')}  ${formatEncoding(question.encoding)}`,
    ...questionLines(question).map((line) => `  ${line}`),
    palette.dim(`  ${title}`),
    `  EL0  ${palette.strong(open !== 0n && typeof el0 === 'bigint' ? `${formatPartial(el0, open)}  (? = not known)` : show(el0, open === 0n ? 'depends on the moment' : 'not known: it depends on the moment, or is SIGILL'))}`,
    wrap(treatment(question, system), io.columns, '       '),
    ...assumptionLines(question, answered, system),
    `  EL1  ${palette.strong(show(el1, 'unknown: the capture does not have it'))}`,
  ];
  const same = el0 === el1 && open === 0n;
  const decoded = same
    ? await decodedPart(question, el1, 0n, 'Both', io)
    : (await decodedPart(question, el0, open, 'At EL0', io)) + (await decodedPart(question, el1, 0n, 'At EL1', io));
  return `${lines.join('\n')}\n${decoded}`;
}

async function answer(question: Question, input: Input, { values, io }: Call): Promise<ExitCode> {
  const kernel = await kernelOf(values, io, input);
  const { boot } = await import('../linux/boot.ts');
  const system = boot(input.machine, kernel, environmentOf(values, io, input));
  const cpu = cpuIndex(values, input);
  const found: Answer = {
    el0: readAtEl0(system, question.encoding, cpu),
    open: openAtEl0(system, question.encoding, cpu),
    el1: readAtEl1(input.machine.cpus[cpu]?.registers ?? {}, question.encoding),
  };
  if (values.json === true) {
    const register = registerAt(question.encoding);
    const part = (value: MrsResult | undefined, open: bigint): unknown =>
      typeof value !== 'bigint' || register === undefined ? value : decodedObject(decodeKnown(register, value, open));
    const told = {
      ...asked(question),
      treatment: treatment(question, system),
      cpu,
      el0: part(found.el0, found.open),
      el0Open: found.open === 0n ? undefined : found.open,
      el1: part(found.el1, 0n),
    };
    await io.write(formatAnswer('mrs', headOf(input, kernel), told));
  } else
    await io.write(await printAnswer(question, found, system, `${input.title} · ${kernelTitle(kernel, system.release)} · CPU ${cpu}`, io));
  return input.damaged ? EXIT.badInput : EXIT.ok;
}

/** What is asked, and of which input: the bytes of an instruction may be words of their own. */
function wordsOf(positionals: readonly string[]): readonly [what: string, input: string | undefined] {
  const bytes = positionals.slice(0, 4).join(' ');
  const [what = '', input, ...more] = instructionWord(bytes) === undefined ? positionals : [bytes, ...positionals.slice(4)];
  if (more.length > 0) throw new CommandError(EXIT.usage, 'mrs: too many words; it takes 2, or the 4 bytes of an instruction and an input');
  return [what, input];
}

/** `armlens mrs`: what one instruction gives. */
export const mrs: Command = {
  name: 'mrs',
  summary: 'what MRS of a register, encoding or instruction word gives at EL0 and at EL1',
  args: [
    {
      name: '<what>',
      help: 'a register name, S3_0_C0_C4_0, a KVM id, or an instruction word such as 0xd5380400 (or its bytes)',
      completion: 'register',
    },
    {
      name: '[input...]',
      help: 'a known machine, a file or folder; without one, what holds for every machine is told',
      completion: 'input',
    },
  ],
  options: [...SYSTEM_OPTIONS, CPU_OPTION, JSON_OPTION],
  examples: [
    'armlens mrs ID_AA64PFR0_EL1 raspberry-pi-4',
    'armlens mrs 0xd5380400 --kernel 4.9',
    'armlens mrs 0x0 0x6 0x38 0xd5 rk3588',
    'armlens mrs ID_AA64MMFR0_EL1 --kernel 6.1',
    'armlens mrs S3_3_C0_C0_1 registers.txt --kernel 6.12.107',
  ],
  guide: 'read-a-dump',
  async run(call) {
    const [what, word] = wordsOf(call.positionals);
    const question = parseQuestion(what);
    if (word === undefined && textOf(call.values, 'machine') === undefined) return explain(question, call);
    return answer(question, await machineInput(word, call.values, call.io), call);
  },
};
