import { VECTOR_LENGTHS } from '../answers/migrate/vector-lengths.ts';
import {
  type Conflict,
  type Migration,
  type MigrationHost,
  type Move,
  type MoveFault,
  migrate as migration,
  type Remedy,
} from '../answers/migrate.ts';
import { askedByItself, vmmIds } from '../answers/vmms.ts';
import { fieldsOf, findRegister } from '../arch/register.ts';
import { readField, widthOf } from '../bits/field.ts';
import { formatHex } from '../bits/hex.ts';
import { formatFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { formatLibvirtCpu, formatOneRegWrites, formatQemuArguments } from '../formats/guest-arguments.ts';
import { formatAnswer } from '../formats/json.ts';
import { given } from '../given.ts';
import { type Kernel, namedKernel } from '../linux/kernel.ts';
import { hasTrait } from '../linux/kvm/vcpu.ts';
import { choicesHint } from '../nearest.ts';
import { type Call, type Command, type OptionSpec, textOf, textsOf } from './command.ts';
import { hostInputs, kernelObject, kernelOf } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { errnoName, kvmKernelOf, refusalText, vcpuOf, warnBounded } from './kvm-options.ts';
import { JSON_OPTION, KERNEL_OPTION, repeatable, SYSTEM_OPTIONS } from './options.ts';
import { formatPartial, kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

const FORMATS = ['qemu', 'libvirt', 'firecracker', 'one-reg'] as const;
type Format = (typeof FORMATS)[number];

/** The vector lengths that must be named, since a host has more of them, in bytes. */
function namedLengths({ own, common }: Migration): readonly number[] | undefined {
  const named = common?.sveVl;
  return own.every(({ host }) => host.options.sveVl?.length === named?.length) ? undefined : named;
}

/** The common guest as Firecracker makes it, which gives no vCPU a PMU. */
function forFirecracker(found: Migration, kernel: Kernel): Migration {
  if (found.vcpu === undefined || !hasTrait(found.vcpu, 'pmu')) return found;
  const words = ['sve', 'pauth'].filter((word) => !found.dropped.includes(word) && hasTrait(found.vcpu!, word as 'sve' | 'pauth'));
  return migration(found.hosts, kernel, words);
}

/** What makes the guest of each host the common one, in the words of a hypervisor. */
function formatted(format: Format, found: Migration): string {
  const { vcpu, layer, common } = found;
  switch (format) {
    case 'qemu':
      return `${formatQemuArguments(vcpu!, namedLengths(found))}\n`;
    case 'libvirt':
      return formatLibvirtCpu(vcpu!, namedLengths(found));
    case 'firecracker':
      return formatFirecrackerTemplate(layer!, vcpu!.features);
    case 'one-reg':
      return formatOneRegWrites(layer!, common!.registers);
  }
}

async function hostsOf({ positionals, values, io }: Call): Promise<readonly MigrationHost[]> {
  const inputs = await hostInputs(positionals, values, io);
  if (inputs.length < 2)
    throw new CommandError(EXIT.usage, 'migrate: between which hosts? such as armlens migrate ampere-altra graviton3.txt --kvm 6.12');
  const kernels = textsOf(values, 'kvm').map(kvmKernelOf);
  if (kernels.length === 0 && inputs.some(({ kernel }) => namedKernel(kernel) !== undefined))
    io.warn(
      wrap('note: the hosts run the kernels that their inputs name (--kvm RELEASE is another; -k is the kernel of the guests)', io.columns),
    );
  if (kernels.length > 1 && kernels.length !== inputs.length)
    throw new CommandError(EXIT.usage, `--kvm: one kernel for all hosts, or one for each of the ${inputs.length}; got ${kernels.length}`);
  const names = new Map<string, number>();
  return inputs.map((input, i): MigrationHost => {
    const kernel = kernels[i] ?? kernels[0] ?? namedKernel(input.kernel);
    if (kernel === undefined) throw new CommandError(EXIT.usage, `--kvm: which kernel does the host ${input.name} run?`);
    const again = names.get(input.name) ?? 0;
    names.set(input.name, again + 1);
    const name = again === 0 ? input.name : `${input.name} (${again + 1})`;
    return { name, machine: input.machine, kernel, ...given({ environment: input.environment }) };
  });
}

/** Fields in which two values of a register differ: the guest's, and the target's behind it. */
function differences(register: string, value: bigint, target: bigint, open: bigint): string {
  const fields = findRegister(register);
  const told = (fields === undefined ? [] : fieldsOf(fields)).flatMap((field) => {
    const [here, there] = [value, target].map((word) => readField(word, field, 'unsigned')) as [bigint, bigint];
    const shown = (found: bigint): string => (widthOf(field) > 4 ? `0x${found.toString(16)}` : String(found));
    return here === there ? [] : [`${field.name} ${shown(here)} (there ${shown(there)})`];
  });
  return told.length === 0 ? `${formatPartial(value, open)} (there ${formatPartial(target, open)})` : told.join(', ');
}

function reasonOf({ kind, errno, because }: MoveFault): string {
  switch (kind) {
    case 'missing':
      return 'KVM_GET_REG_LIST of the target does not have it (QEMU: cpreg_vmstate_array_len; Firecracker: ENOENT):';
    case 'refused':
      return `refused with ${errnoName(errno!)}: ${because}`;
    case 'changed':
      return 'taken, and stored otherwise:';
    case 'reads-otherwise':
      return 'taken, but the guest reads it otherwise there:';
  }
}

function faultText({ register, value, target, open = 0n }: MoveFault): string {
  return value === undefined || target === undefined ? register : `${register}: ${differences(register, value, target, open)}`;
}

/** How many registers are told that are not compared. */
const TOLD = 10;

/** How many faults of a move are told. */
const SHOWN = 12;

/** What of a reason is of one register, and so would tell each apart from the others. */
function sharedReason(fault: MoveFault): string {
  return reasonOf(fault).replace(/bits [0-9:]+ would promise/, 'it would promise');
}

/** The mark of a move with faults, and in how many registers they are. */
function faultsTitle(move: Move, way: string, palette: Palette): string {
  const count = `${move.faults.length} ${move.faults.length === 1 ? 'register' : 'registers'}`;
  if (canGo(move) === false) return `${palette.bad('✗')} ${way}: ${count}`;
  if (move.open !== undefined)
    return `${palette.dim('?')} ${way}: not known; if it goes, ${count} ${move.faults.length === 1 ? 'changes' : 'change'}`;
  return `${palette.dim('~')} ${way}: goes, ${count} ${move.faults.length === 1 ? 'changes' : 'change'}`;
}

function moveText(move: Move, palette: Palette, io: Io): string {
  const { from, to, refusal, faults, open } = move;
  const way = `${printable(from)} → ${printable(to)}`;
  if (refusal !== undefined)
    return `  ${palette.bad('✗')} ${way}\n${wrap(`KVM refuses there ${refusalText(refusal)}`, io.columns, '      ')}\n`;
  if (faults.length === 0 && open !== undefined) {
    const left = open.length - SHOWN;
    const names = `${open.slice(0, SHOWN).join(', ')}${left > 0 ? ` and ${left} more (--json lists them)` : ''}`;
    const unknown = wrap(`not known; nothing that is known forbids it. Not known of one of them: ${names}`, io.columns, '      ');
    return `  ${palette.dim('?')} ${way}\n${unknown}\n`;
  }
  if (faults.length === 0) return `  ${palette.good('✓')} ${way}\n`;
  const shown = faults.slice(0, SHOWN);
  const lines = [...new Set(shown.map(sharedReason))].flatMap((reason) => [
    `${wrap(reason, io.columns, '      ')}\n`,
    ...shown.filter((fault) => sharedReason(fault) === reason).map((fault) => `${wrap(faultText(fault), io.columns, '        ')}\n`),
  ]);
  const more = faults.length - SHOWN;
  return `  ${faultsTitle(move, way, palette)}\n${lines.join('')}${more > 0 ? `      … and ${more} more (--json lists them)\n` : ''}`;
}

function conflictText({ register, fields, values, open = 0n }: Conflict): string {
  if (register === VECTOR_LENGTHS) return `${register}: they have no vector length in common`;
  const told = values.map((value) => (value === undefined ? 'not listed' : formatPartial(value, open))).join(', ');
  return `${register}${fields.length === 0 ? '' : ` (${[...new Set(fields)].join(', ')})`}: ${told}`;
}

const CAPABILITY =
  'a VM with KVM_CAP_ARM_WRITABLE_IMP_ID_REGS, so that MIDR_EL1, REVIDR_EL1 and AIDR_EL1 can be written (Firecracker asks for it; of QEMU that is not known)';

function remedyText(remedy: Remedy | undefined): string {
  if (remedy === undefined) return 'No newer kernel that is known would help.';
  const upgrades = remedy.upgrades.map(({ name, release }) => `Linux ${release} on ${printable(name)}`);
  const without = remedy.without.length === 0 ? [] : [`a vCPU without ${remedy.without.join(', ')}`];
  return `What would do: ${[...upgrades, ...(remedy.writableImpId ? [CAPABILITY] : []), ...without].join('; ')}.`;
}

/** Whether a fault forbids a move; what is taken, and stored or read otherwise, does not. */
function forbids({ kind }: MoveFault): boolean {
  return kind === 'missing' || kind === 'refused';
}

/** Whether guests can go from one host to another as they are; `undefined`: not known. */
function canGo({ refusal, faults, open }: Move): boolean | undefined {
  if (refusal !== undefined || faults.some(forbids)) return false;
  return open === undefined ? true : undefined;
}

/** The answer in a sentence: whether guests can move as they are, and whether there is one that can. */
function headline({ moves, common, layer, dropped, remedy, left }: Migration): string {
  const verdicts = moves.map(canGo);
  const stuck = left.filter((move) => canGo(move) === false);
  const able = common !== undefined && common.conflicts.length === 0;
  const isChanged = (layer?.changes.length ?? 0) + dropped.length > 0;
  const known = common !== undefined && common.open.length > 0 ? ', as far as it is known' : '';
  const other = able
    ? isChanged
      ? stuck.length === 0
        ? `One that is started with less can go to all of them${known}; it stands below.`
        : `One that is started with less comes closer, and yet cannot go ${stuck.length === moves.length ? 'either' : 'every way'}: below.`
      : ''
    : common === undefined
      ? ''
      : `No other guest can either${remedy === undefined ? '' : '; what would change that stands below'}.`;
  const [there, back] = verdicts;
  const names = moves[0] === undefined ? [] : [printable(moves[0].from), printable(moves[0].to)];
  const way =
    moves.length > 2
      ? manyWays(verdicts)
      : there === true && back === true
        ? `Guests can move between ${names.join(' and ')} as they are.`
        : there === true || back === true
          ? oneWay(there === true ? names : [...names].reverse(), there === true ? back : there)
          : there === false && back === false
            ? `No guest can move between ${names.join(' and ')} as it is.`
            : `Whether guests can move between ${names.join(' and ')} as they are is not known${there === false || back === false ? ` of one way; ${there === false ? names.join(' to ') : [...names].reverse().join(' to ')} they cannot` : ''}.`;
  const isOther = moves.some((move) => move.faults.length > 0 && canGo(move) !== false);
  return [way, isOther ? 'What reads otherwise there is named below.' : '', other].filter(Boolean).join(' ');
}

function oneWay([from, to]: readonly string[], back: boolean | undefined): string {
  return `A guest of ${from} can move to ${to} as it is; ${back === false ? 'the other way it cannot' : 'of the other way it is not known'}.`;
}

function manyWays(verdicts: readonly (boolean | undefined)[]): string {
  const free = verdicts.filter((verdict) => verdict === true).length;
  const open = verdicts.filter((verdict) => verdict === undefined).length;
  const unknown = open === 0 ? '' : `; of ${open} it is not known`;
  return `Guests can move as they are on ${free === verdicts.length ? 'all' : free === 0 ? 'none' : free} of the ${verdicts.length} ways between these hosts${unknown}.`;
}

function commonText(found: Migration, palette: Palette, io: Io): string {
  const { vcpu, common, layer, dropped, lost, hosts, remedy, left } = found;
  const head = `\n${palette.head('The widest guest that all can give')}\n`;
  if (vcpu === undefined || common === undefined) {
    const isOpen = found.moves.some(({ open }) => open !== undefined);
    const controllers = new Set(found.own.map((guest) => guest.vcpu.gic));
    const why = controllers.size > 1 ? 'they have no interrupt controller in common' : 'no vCPU can be made on all hosts';
    return `${head}  ${isOpen ? 'not known: of no vCPU it is known that all hosts make it' : `there is none: ${why}`}\n`;
  }
  const without = dropped.length === 0 ? '' : `  without ${dropped.join(', ')}, which not all hosts are known to give alike\n`;
  const lengths = namedLengths(found);
  const vectors =
    lengths === undefined || lengths.length === 0
      ? ''
      : `  with SVE vectors of ${lengths.map((bytes) => bytes * 8).join(', ')} bits only\n`;
  const onVm = vcpu.writableImpId === true ? `${wrap(`on ${CAPABILITY}`, io.columns, '  ')}\n` : '';
  const nothing = common.open.length === 0 ? 'nothing' : 'nothing that is known';
  const losses = hosts
    .map(({ name }, i) => `${wrap(`${printable(name)} loses ${lost[i]!.join(' ') || nothing}`, io.columns, '  ')}\n`)
    .join('');
  if (common.conflicts.length > 0) {
    const lines = common.conflicts.map((conflict) => `${wrap(conflictText(conflict), io.columns, '    ')}\n`).join('');
    return `${head}  none: these registers cannot be made alike\n${lines}${wrap(remedyText(remedy), io.columns, '  ')}\n`;
  }
  const rows = layer!.changes.map(({ register }) => [register, formatHex(common.registers.get(register)!)]);
  const writes = rows.length === 0 ? '  nothing has to be written\n' : `  written to each vCPU:\n${aligned(rows, '    ')}`;
  const still =
    left.length === 0
      ? ''
      : `\n${palette.head(left.some((move) => canGo(move) === false) ? 'What it still cannot do' : 'What still reads otherwise')}\n${left.map((move) => moveText(move, palette, io)).join('')}`;
  const qemu = `\n${palette.head('For QEMU')}\n${wrap(formatQemuArguments(vcpu, lengths), io.columns, '  ')}\n`;
  const cannot =
    rows.length === 0
      ? ''
      : `${wrap("QEMU has no property for single fields: the writes need Firecracker (--for firecracker) or a program of one's own (--for one-reg).", io.columns, '  ')}\n`;
  return `${head}${onVm}${without}${vectors}${writes}${losses}${still}${qemu}${cannot}`;
}

async function page(found: Migration, guests: Kernel, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const hosts = found.hosts
    .map(({ name, kernel }, i) => `  ${printable(name)}: ${kernelTitle(kernel, found.own[i]!.host.system.release)}\n`)
    .join('');
  const moves = found.moves.map((move) => moveText(move, palette, io)).join('');
  return `${palette.strong(wrap(headline(found), io.columns))}\n\n${palette.head('Hosts')}\n${hosts}  guests on them: ${kernelTitle(guests, guests.release)}\n\n${palette.head('As guests are')}\n${moves}${commonText(found, palette, io)}`;
}

function answerObject(found: Migration, kernel: Kernel): object {
  const { moves, vcpu, dropped, common, layer, lost, remedy } = found;
  const able = vcpu !== undefined && common !== undefined && common.conflicts.length === 0;
  return {
    moves,
    vcpu,
    dropped,
    registers: common?.registers,
    open: common?.open,
    sveVl: common?.sveVl,
    left: found.left,
    conflicts: common?.conflicts.map(({ values, ...conflict }) => ({ ...conflict, values: values.map((value) => value ?? 'absent') })),
    lost,
    remedy,
    ...(able
      ? {
          qemu: formatQemuArguments(vcpu, namedLengths(found)),
          libvirt: formatLibvirtCpu(vcpu, namedLengths(found)),
          firecracker: JSON.parse(formatted('firecracker', forFirecracker(found, kernel))) as object,
          oneReg: formatOneRegWrites(layer!, common.registers),
        }
      : {}),
  };
}

/** What the words of QEMU and libvirt cannot say of the common guest. */
function notInQemu(format: 'qemu' | 'libvirt', count: number): string {
  const registers = count === 1 ? 'a register that differs between the hosts is' : `${count} registers that differ between the hosts are`;
  const name = format === 'qemu' ? 'QEMU' : 'libvirt';
  return `this is the vCPU alone; ${registers} not made alike by it, since ${name} has no words for single fields: --for one-reg has the writes`;
}

/** A word of `--vcpu`; a program stands for what it asks for by itself. */
function wordsOf(text: string): readonly string[] {
  const word = text.trim().toLowerCase();
  return vmmIds().includes(word) ? askedByItself(word) : word === '' ? [] : [word];
}

function formatOf(text: string | undefined): Format | undefined {
  if (text === undefined) return undefined;
  const format = FORMATS.find((name) => name === text);
  if (format === undefined) throw new CommandError(EXIT.usage, `--for: there is no ${text}${choicesHint(text, FORMATS)}`);
  return format;
}

const OPTIONS: readonly OptionSpec[] = repeatable(
  SYSTEM_OPTIONS.filter(({ flags }) => !/^--(mask|template|set|env) /.test(flags)).map((option) =>
    option === KERNEL_OPTION ? { ...option, help: 'the release that guests run; by default the newest known' } : option,
  ),
  ['machine', 'kvm'],
  'may be repeated',
);

/** `armlens migrate`: where a guest can move. */
export const migrate: Command = {
  name: 'migrate',
  summary: 'whether guests can move between hosts, and the widest guest that all of them can give',
  args: [{ name: '[hosts...]', help: 'known machines or register dumps', completion: 'input' }],
  options: [
    ...OPTIONS,
    { flags: '--for <vmm>', help: `print only the common guest: ${FORMATS.join(', ')}`, completion: 'none' },
    JSON_OPTION,
  ],
  examples: [
    'armlens migrate trm-neoverse-n1 trm-neoverse-v1 --kvm 6.12.107',
    'armlens migrate trm-neoverse-v1 trm-neoverse-v1 --kvm 6.1 --kvm 7.2',
    'armlens migrate trm-neoverse-v1 trm-neoverse-v2 --kvm 7.2 --for firecracker',
  ],
  guide: 'guests-under-kvm',
  async run(call) {
    const { values, io } = call;
    const format = formatOf(textOf(values, 'for'));
    const asked = textOf(values, 'vcpu');
    if (asked !== undefined) vcpuOf(values);
    const hosts = await hostsOf(call);
    const kernel = await kernelOf(values, io);
    const found = migration(hosts, kernel, asked === undefined ? undefined : [...new Set(asked.split(',').flatMap(wordsOf))]);
    warnBounded(
      found.own.map(({ host }) => host),
      io,
    );
    const open = found.common?.open ?? [];
    if (open.length > 0) {
      const told = [...open.slice(0, TOLD), ...(open.length > TOLD ? [`and ${open.length - TOLD} more (--json lists them)`] : [])];
      io.warn(wrap(`note: not compared, since not every host's input has them: ${told.join(', ')}`, io.columns));
    }
    const able = found.common !== undefined && found.common.conflicts.length === 0;
    if (format !== undefined && !able)
      throw new CommandError(EXIT.differs, 'migrate: the hosts have no guest in common; without --for it says why');
    const count = found.layer?.changes.length ?? 0;
    if ((format === 'qemu' || format === 'libvirt') && count > 0) io.warn(wrap(`note: ${notInQemu(format, count)}`, io.columns));
    const head = { subject: hosts.map(({ name, kernel: own }) => ({ name, kernel: kernelObject(own) })), kernel: kernelObject(kernel) };
    const text =
      format !== undefined
        ? formatted(format, format === 'firecracker' ? forFirecracker(found, kernel) : found)
        : values.json === true
          ? formatAnswer('migrate', head, answerObject(found, kernel))
          : await page(found, kernel, io);
    await io.write(text);
    return found.moves.every((move) => canGo(move) === true) ? EXIT.ok : EXIT.differs;
  },
};
