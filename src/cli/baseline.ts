import { type Baseline, type BaselineInput, type BaselineMember, baselineOf } from '../answers/baseline.ts';
import type { FieldSetting } from '../answers/baseline-registers.ts';
import type { CheckedWrite } from '../answers/kvm-view.ts';
import { formatFeaturesLine } from '../formats/features-line.ts';
import { formatFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { type AnswerHead, formatAnswer } from '../formats/json.ts';
import { leastLevel } from '../formats/level-words.ts';
import { formatMask, formatMaskJson } from '../formats/mask.ts';
import type { Kernel } from '../linux/kernel.ts';
import { GOARM64_VERSION } from '../runtime/goarm64.ts';
import type { March } from '../runtime/march.ts';
import { type Call, type Command, textOf } from './command.ts';
import { asGuest, environmentOf, hostInputs, type Input, kernelObject, kernelOf, underOther } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { readingObject } from './level.ts';
import { JSON_OPTION, repeatable, SYSTEM_OPTIONS } from './options.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { type Palette, paletteOf, wrap } from './style.ts';

/** All machines meet the kernel that was named; without one, the newest that is known. */
async function inputsOf({ positionals, values, io }: Call): Promise<readonly (BaselineInput & Pick<Input, 'damaged'>)[]> {
  const inputs: Input[] = [];
  for (const host of await hostInputs(positionals, values, io)) inputs.push(await asGuest(underOther(host), values, io));
  if (inputs.length === 0)
    throw new CommandError(EXIT.usage, 'baseline: of which machines? such as armlens baseline ampere-altra kunpeng-920');
  const kernel = await kernelOf(values, io);
  return inputs.map((input) => ({
    name: input.name,
    machine: input.machine,
    kernel,
    environment: environmentOf(values, io, input),
    damaged: input.damaged,
  }));
}

function settingText({ register, field, msb, lsb, value }: FieldSetting): string {
  return `${register}${field === undefined ? `[${msb}:${lsb}]` : `.${field}`}=${value < 10n ? value : `0x${value.toString(16)}`}`;
}

/** How it is said that something is not there: where machines are known in part, it may be. */
function notThere({ unknown }: Baseline): string {
  return unknown?.hwcaps === undefined ? 'not there' : 'not there for certain';
}

function flagLines(baseline: Baseline): readonly (readonly string[])[] {
  const { gcc, llvm, goArm64, rust, cpu } = baseline.targets;
  const hints =
    cpu === undefined
      ? []
      : [
          [
            `LLVM ${llvm.version}`,
            `-mcpu=${cpu.name}${cpu.lacking.length === 0 ? '' : ` turns on what is ${notThere(baseline)}: ${cpu.lacking.join(' ')}`}`,
          ],
        ];
  return [
    [`GCC ${gcc.version}`, `-march=${gcc.text}`],
    [`LLVM ${llvm.version}`, `-march=${llvm.text}`],
    ...hints,
    [`Go ${GOARM64_VERSION}`, `GOARM64=${goArm64}`],
    [`Rust ${rust.version}`, rust.flag === '' ? 'nothing to turn on' : rust.flag],
  ];
}

/** Whether each flag was found to run on each machine. */
function provedText({ proved, members }: Baseline): string {
  const failed = proved.flatMap(({ flag, runs }) =>
    runs.filter((one) => one.runs !== true).map(({ name }) => `${flag} on ${printable(name)}`),
  );
  if (failed.length > 0) return `Not sure to run: ${failed.join('; ')}. `;
  return members.length === 1
    ? ''
    : `Code built with any of them runs on each of the ${members.length} machines (armlens runs FLAGS MACHINE). `;
}

/** What a level turns on that is not there. */
function toleratedText(baseline: Baseline, ...marches: readonly March[]): string {
  const names = [...new Set(marches.flatMap(({ tolerated }) => tolerated))];
  if (names.length === 0) return '';
  const levels = [...new Set(marches.filter(({ tolerated }) => tolerated.length > 0).map(({ text }) => text.split('+')[0]))];
  return `${levels.join(' and ')} also turn${levels.length === 1 ? 's' : ''} on ${names.join(' ')}, which is ${notThere(baseline)}; no compiler emits it unasked. `;
}

/** Why a flag turns off what nearly all cores have. */
function vectorText({ unknown }: Baseline): string {
  const names = (unknown?.hwcaps ?? []).filter((name) => name === 'fp' || name === 'asimd');
  return names.length === 0 ? '' : `What is given does not tell whether there is ${names.join(' and ')}, which nearly every core has. `;
}

function flagSection(baseline: Baseline, palette: Palette, io: Io): string {
  const { gcc, llvm, rust } = baseline.targets;
  const rows = flagLines(baseline);
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 4;
  const lines = rows.map(([name = '', flag = '']) => {
    const [first = '', ...more] = wrapFlag(flag, io.columns - width);
    return [`  ${name.padEnd(width - 2)}${first}`, ...more.map((part) => `${' '.repeat(width)}${part}`)]
      .map((line) => `${line}\n`)
      .join('');
  });
  const notes = `${provedText(baseline)}${vectorText(baseline)}${toleratedText(baseline, gcc, llvm)}${
    rust.unstable.length === 0 ? '' : `Rust knows ${rust.unstable.join(' ')} too, but a stable compiler warns of them. `
  }The names are those of these versions; an older one may not know all of them.`;
  return `\n${palette.head('For compilers')}\n${lines.join('')}${wrap(notes, io.columns, '  ')}\n`;
}

/** Breaks a flag behind `,` or before `+` where it is too long for the line; joined again, it is the flag. */
function wrapFlag(flag: string, width: number): readonly string[] {
  const lines: string[] = [''];
  for (const part of flag.split(/(?<=,)|(?=\+)(?<!,)(?<!=)|(?<= )/)) {
    if (lines.at(-1)!.length + part.length > width && lines.at(-1) !== '') lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => line.trimEnd());
}

function commandLineText({ name, extra, commandLine: { words, left, open = [] } }: BaselineMember, { unknown }: Baseline): string {
  const whose = printable(name);
  if (extra.length === 0) return `${whose}: nothing to hide${unknown?.hwcaps === undefined ? '' : ' that others are known to lack'}`;
  if (words.length === 0)
    return `${whose}: none; ${unknown?.hwcaps === undefined ? 'it cannot hide' : 'none that is known to hide'} ${left.join(' ')}`;
  const short = left.length === 0 ? '' : ` does not suffice; it leaves ${left.join(' ')}`;
  return `${whose}: ${words.join(' ')}${short}${open.length === 0 ? '' : `; what becomes of ${open.join(' ')} is not known`}`;
}

/** What a guest is under the layer, where it is known. */
function alikeText(alike: boolean | undefined): string {
  if (alike === undefined) return 'Whether guests then have the same hwcaps on each is not known.';
  return alike ? 'Guests then have the same hwcaps on each.' : 'Guests then still differ: errata go by MIDR_EL1.';
}

/** What is left open: fields that are not known of some machine, and are not set. */
function openText({ unknown }: Baseline): string {
  const registers = Object.keys(unknown?.registers ?? {}).filter((name) => name.startsWith('ID_AA64'));
  return registers.length === 0 ? '' : ` Not known of every machine, and left as it is: fields of ${registers.join(' ')}.`;
}

function guestSection(baseline: Baseline, palette: Palette, io: Io): string {
  const { settings, members, lostByLayer, guestsAlike } = baseline;
  if (members.length === 1 && settings.length === 0) return '';
  const open = openText(baseline);
  if (settings.length === 0) {
    const same = open === '' ? 'The ID registers are the same: nothing to hide.' : `What is known of the ID registers is the same.${open}`;
    return `\n${palette.head('For hypervisors')}\n${wrap(same, io.columns, '  ')}\n`;
  }
  const differing = settings.filter(({ precaution }) => precaution === undefined);
  const others = settings.length - differing.length;
  const fields = differing.length === 0 ? '' : `${wrap(differing.map(settingText).join(' '), io.columns, '  ')}\n`;
  const more = others === 0 ? '' : `${others} fields more that are not known of some machine get the value that is safe. `;
  const lost = lostByLayer.length === 0 ? '' : ` They lose ${lostByLayer.join(' ')}, which the machines do in different ways.`;
  const note = wrap(
    `${more}${alikeText(guestsAlike)}${lost}${open} Which fields KVM lets a host set depends on its kernel. --write-template FILE writes them for Firecracker, --write-mask FILE as a mask.`,
    io.columns,
    '  ',
  );
  const heading = palette.head(`For hypervisors: ${differing.length} fields to set`);
  return `\n${heading}\n${fields}${note}\n`;
}

function commandLineSection(baseline: Baseline, palette: Palette, io: Io): string {
  const { members } = baseline;
  if (members.length === 1) return '';
  const lines = members.map((member) => `${wrap(commandLineText(member, baseline), io.columns, '  ')}\n`).join('');
  return `\n${palette.head('For the command line of the kernel')}\n${lines}`;
}

/** Hwcaps of which it is not known whether all have them. */
function openNames({ unknown }: Baseline, io: Io): string {
  return unknown?.hwcaps === undefined ? '' : `${wrap(`Not known whether all have: ${unknown.hwcaps.join(' ')}`, io.columns, '  ')}\n`;
}

/** What a machine has beyond what all have, and what it has of that which others may lack. */
function moreText({ extra, system }: BaselineMember, { unknown }: Baseline): string {
  const mayHave = system.unknown?.hwcaps !== undefined;
  const open = system.hwcaps.names.filter((name) => unknown?.hwcaps?.includes(name));
  const more = extra.length === 0 ? [] : [`has ${extra.length} more: ${extra.join(' ')}`];
  const may = open.length === 0 ? [] : [`has ${open.join(' ')}, which others may have`];
  return more.length + may.length === 0 ? (mayHave ? 'is not known to have more' : 'has no more') : [...more, ...may].join('; ');
}

async function page(baseline: Baseline, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const { members, hwcaps, usable, levels, unknown } = baseline;
  const reading = levels.find((one) => one.reading === 'el0' && one.level !== undefined) ?? levels[0];
  const level = leastLevel(reading ?? {}, unknown !== undefined);
  const count = members.length === 1 ? printable(members[0]!.name) : `${members.length} machines`;
  const title = kernelTitle(members[0]!.kernel, members[0]!.system.release);
  const rows = members.map((member) => [printable(member.name), moreText(member, baseline)]);
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 4;
  const own = rows
    .map(([name = '', more = '']) => `  ${name.padEnd(width - 2)}${wrap(more, io.columns, ' '.repeat(width)).trimStart()}\n`)
    .join('');
  return [
    `${palette.head(`${level}, ${hwcaps.length} hwcaps, ${usable.length} FEAT_*: what programs have on ${count}`)}\n${title}\n`,
    members.length === 1 ? '' : own,
    `\n${palette.head('Features')}\n${formatFeaturesLine(hwcaps, { head: ' ', width: io.columns })}\n`,
    openNames(baseline, io),
    flagSection(baseline, palette, io),
    guestSection(baseline, palette, io),
    commandLineSection(baseline, palette, io),
  ].join('');
}

function memberObject({ name, extra, commandLine, guestHwcaps }: BaselineMember): object {
  return { name, extra, commandLine, guestHwcaps };
}

function baselineHead({ members }: Baseline): AnswerHead {
  return { subject: members.map(({ name }) => ({ name })), kernel: kernelObject(members[0]!.kernel) };
}

function baselineObject(baseline: Baseline): object {
  const {
    members,
    hwcaps,
    compat,
    archFeatures,
    usable,
    levels,
    targets,
    proved,
    registers,
    unknown,
    settings,
    layer,
    lostByLayer,
    guestsAlike,
  } = baseline;
  return {
    members: members.map(memberObject),
    hwcaps,
    compat,
    archFeatures,
    usable,
    levels: levels.map((reading) => readingObject(reading, members[0]!.system)),
    targets,
    proved,
    registers,
    unknown,
    guest: {
      settings: settings.map(settingText),
      mask: JSON.parse(formatMaskJson(layer)) as object,
      template: JSON.parse(formatFirecrackerTemplate(layer)) as object,
      lost: lostByLayer,
      alike: guestsAlike,
    },
  };
}

/** What KVM of a host's kernel makes of the template, on one machine. */
interface HostWrites {
  readonly name: string;
  readonly kernel: Kernel;
  readonly writes: readonly CheckedWrite[];
}

/** The writes on each machine, if the call names the kernel of the hosts. */
async function hostWrites(baseline: Baseline, inputs: readonly BaselineInput[], { values }: Call): Promise<readonly HostWrites[]> {
  const text = textOf(values, 'hostKernel');
  if (text === undefined) return [];
  const [{ kvmKernelOf }, { templateWrites }] = await Promise.all([import('./kvm-options.ts'), import('../answers/template-writes.ts')]);
  const kernel = kvmKernelOf(text);
  return inputs.map(({ name, machine, environment }) => ({
    name,
    kernel,
    writes: templateWrites(baseline.layer, machine, kernel, environment),
  }));
}

async function writesText(hosts: readonly HostWrites[], io: Io): Promise<string> {
  if (hosts.length === 0) return '';
  const [palette, { errnoName }] = [await paletteOf(io), await import('./kvm-options.ts')];
  const lines = hosts.flatMap(({ name, writes }) => {
    const refused = writes.filter(({ errno }) => errno !== undefined);
    const reasons = [...new Set(refused.map(({ errno, because }) => `with ${errnoName(errno!)} (${because})`))];
    const told = reasons.map((reason) => {
      const own = refused.filter(({ errno, because }) => reason === `with ${errnoName(errno!)} (${because})`);
      return `${own.map(({ register }) => register).join(', ')} ${reason}`;
    });
    const open = writes.filter(({ errno, stored }) => errno === undefined && stored === undefined).map(({ register }) => register);
    const outcome = [
      ...(told.length > 0 ? [`refuses ${told.join('; ')}`] : open.length === 0 ? ['takes all of it'] : []),
      ...(open.length === 0 ? [] : [`whether it takes ${open.join(', ')} is not known`]),
    ].join('; ');
    return [`${wrap(printable(`${name}: ${outcome}`), io.columns, '    ').replace('    ', '  ')}\n`];
  });
  return `\n${palette.head(`What KVM of Linux ${hosts[0]!.kernel.release} on each makes of the template`)}\n${lines.join('')}`;
}

/** What makes the machines alike as a file of its own, by the option that asks for it. */
const WRITERS = { writeTemplate: formatFirecrackerTemplate, writeMask: formatMask } as const;

/** Writes what was asked for as files; what goes to standard output goes there alone. */
async function output(baseline: Baseline, hosts: readonly HostWrites[], { values, io }: Call): Promise<void> {
  let alone = false;
  for (const [name, format] of Object.entries(WRITERS)) {
    const path = textOf(values, name);
    if (path === undefined) continue;
    const text = format(baseline.layer);
    if (path !== '-') await io.writeFile(path, text);
    else {
      await io.write(text);
      alone = true;
    }
  }
  if (alone) return;
  await io.write(
    values.json === true
      ? formatAnswer('baseline', baselineHead(baseline), {
          ...baselineObject(baseline),
          hosts: hosts.length === 0 ? undefined : hosts.map(({ name, kernel, writes }) => ({ name, kernel: kernelObject(kernel), writes })),
        })
      : (await page(baseline, io)) + (await writesText(hosts, io)),
  );
}

/** `armlens baseline`: what machines have in common. */
export const baseline: Command = {
  name: 'baseline',
  summary: 'what machines have in common: hwcaps, compiler flags, a template for guests',
  args: [{ name: '[inputs...]', help: 'known machines or register dumps', completion: 'input' }],
  options: [
    ...repeatable(SYSTEM_OPTIONS, ['machine'], 'may be repeated'),
    {
      flags: '--write-template <file>',
      help: 'write the CPU template that makes them alike, for Firecracker; - prints it alone',
      completion: 'file',
    },
    {
      flags: '--host-kernel <release>',
      help: "the hosts' kernel: tell which writes of the template its KVM refuses, on each of them",
      completion: 'kernel',
    },
    { flags: '--write-mask <file>', help: 'write it as a mask, for --mask; - prints it alone', completion: 'file' },
    JSON_OPTION,
  ],
  examples: [
    'armlens baseline ampere-altra kunpeng-920',
    'armlens baseline raspberry-pi-4 rk3588 apple-m1 --kernel 6.12.107',
    'armlens baseline ampere-altra kunpeng-920 --write-template template.json',
    'armlens baseline trm-neoverse-n1 trm-neoverse-v1 --host-kernel 6.1',
  ],
  guide: 'make-a-guest-template',
  async run(call) {
    const inputs = await inputsOf(call);
    const found = baselineOf(inputs);
    await output(found, await hostWrites(found, inputs, call), call);
    return inputs.some(({ damaged }) => damaged) ? EXIT.badInput : EXIT.ok;
  },
};
