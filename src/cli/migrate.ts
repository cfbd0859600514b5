import {
  type Conflict,
  type Migration,
  type MigrationHost,
  type Move,
  type MoveFault,
  migrate as migration,
  type Remedy,
} from '../answers/migrate.ts';
import { formatHex } from '../bits/hex.ts';
import { formatFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { formatLibvirtCpu, formatOneRegWrites, formatQemuArguments } from '../formats/guest-arguments.ts';
import { formatAnswer, kernelJson } from '../formats/json.ts';
import { namedKernel } from '../linux/kernel.ts';
import { choicesHint } from '../nearest.ts';
import { type Call, type Command, type OptionSpec, textOf, textsOf } from './command.ts';
import { hostInputs, kernelOf } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { errnoName, parseKvmKernel, vcpuOf, warnBounded } from './kvm-options.ts';
import { JSON_OPTION, repeatable, SYSTEM_OPTIONS } from './options.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, wrap } from './style.ts';

const FORMATS = ['qemu', 'libvirt', 'firecracker', 'one-reg'] as const;
type Format = (typeof FORMATS)[number];

/** What makes the guest of each host the common one, in the words of a hypervisor. */
function formatted(format: Format, { vcpu, layer, common }: Migration): string {
  switch (format) {
    case 'qemu':
      return `${formatQemuArguments(vcpu!)}\n`;
    case 'libvirt':
      return formatLibvirtCpu(vcpu!);
    case 'firecracker':
      return formatFirecrackerTemplate(layer!);
    case 'one-reg':
      return formatOneRegWrites(layer!, common!.registers);
  }
}

async function hostsOf({ positionals, values, io }: Call): Promise<readonly MigrationHost[]> {
  const inputs = await hostInputs(positionals, values, io);
  if (inputs.length < 2)
    throw new CommandError(EXIT.usage, 'migrate: between which hosts? such as armlens migrate ampere-altra graviton3.txt --kvm 6.12');
  const kernels = textsOf(values, 'kvm').map(parseKvmKernel);
  if (kernels.length > 1 && kernels.length !== inputs.length)
    throw new CommandError(EXIT.usage, `--kvm: one kernel for all hosts, or one for each of the ${inputs.length}; got ${kernels.length}`);
  const names = new Map<string, number>();
  return inputs.map((input, i): MigrationHost => {
    const kernel = kernels[i] ?? kernels[0] ?? namedKernel(input.kernel);
    if (kernel === undefined) throw new CommandError(EXIT.usage, `--kvm: which kernel does the host ${input.name} run?`);
    const again = names.get(input.name) ?? 0;
    names.set(input.name, again + 1);
    const name = again === 0 ? input.name : `${input.name} (${again + 1})`;
    return { name, machine: input.machine, kernel, ...(input.environment === undefined ? {} : { environment: input.environment }) };
  });
}

function faultText({ kind, register, value, target, fields, errno, because }: MoveFault): string {
  const where = fields.length === 0 ? register : `${register} (${fields.join(', ')})`;
  const both = `${formatHex(value)}${target === undefined ? '' : `, there ${formatHex(target)}`}`;
  switch (kind) {
    case 'missing':
      return `${register}: the target does not list it`;
    case 'refused':
      return `${where}: ${both}: refused with ${errnoName(errno!)}, ${because}`;
    case 'changed':
      return `${where}: ${both}: taken, and stored otherwise`;
    case 'reads-otherwise':
      return `${where}: ${both}: taken, but the guest reads it otherwise there`;
  }
}

/** How many faults of a move are told. */
const SHOWN = 8;

function moveText({ from, to, refusal, faults, open }: Move, palette: Palette, io: Io): string {
  const way = `${printable(from)} → ${printable(to)}`;
  if (refusal !== undefined)
    return `  ${palette.bad('✗')} ${way}\n${wrap(`the vCPU cannot be made there (${refusal.row}, ${errnoName(refusal.errno)})`, io.columns, '      ')}\n`;
  if (faults.length === 0 && open !== undefined) {
    const unknown = wrap(`not known; nothing that is known forbids it. Not known of one of them: ${open.join(' ')}`, io.columns, '      ');
    return `  ${palette.dim('?')} ${way}\n${unknown}\n`;
  }
  if (faults.length === 0) return `  ${palette.good('✓')} ${way}\n`;
  const lines = faults.slice(0, SHOWN).map((fault) => `${wrap(faultText(fault), io.columns, '      ')}\n`);
  const more = faults.length - SHOWN;
  return `  ${palette.bad('✗')} ${way}: ${faults.length} ${faults.length === 1 ? 'register' : 'registers'}\n${lines.join('')}${more > 0 ? `      … and ${more} more (--json lists them)\n` : ''}`;
}

function conflictText({ register, fields, values }: Conflict): string {
  const told = values.map((value) => (value === undefined ? 'not listed' : formatHex(value))).join(', ');
  return `${register}${fields.length === 0 ? '' : ` (${[...new Set(fields)].join(', ')})`}: ${told}`;
}

function remedyText(remedy: Remedy | undefined): string {
  if (remedy === undefined) return 'No newer kernel that is known would help.';
  const upgrades = remedy.upgrades.map(({ name, release }) => `Linux ${release} on ${printable(name)}`);
  const capability = remedy.writableImpId
    ? ['a VM with KVM_CAP_ARM_WRITABLE_IMP_ID_REGS, so that MIDR_EL1, REVIDR_EL1 and AIDR_EL1 can be written']
    : [];
  return `What would do: ${[...upgrades, ...capability].join('; ')}.`;
}

function commonText(found: Migration, palette: Palette, io: Io): string {
  const { vcpu, common, layer, dropped, lost, hosts, remedy } = found;
  const head = `\n${palette.head('The widest guest that all can give')}\n`;
  if (vcpu === undefined || common === undefined) {
    const isOpen = found.moves.some(({ open }) => open !== undefined);
    return `${head}  ${isOpen ? 'not known: of no vCPU it is known that all hosts make it' : 'there is none: no vCPU can be made on all hosts'}\n`;
  }
  const without = dropped.length === 0 ? '' : `  without ${dropped.join(', ')}, which not all hosts have\n`;
  const losses = hosts
    .map(
      ({ name }, i) => `${wrap(`${printable(name)} loses ${lost[i]!.length === 0 ? 'nothing' : lost[i]!.join(' ')}`, io.columns, '  ')}\n`,
    )
    .join('');
  if (common.conflicts.length > 0) {
    const lines = common.conflicts.map((conflict) => `${wrap(conflictText(conflict), io.columns, '    ')}\n`).join('');
    return `${head}  none: these registers cannot be made alike\n${lines}${wrap(remedyText(remedy), io.columns, '  ')}\n`;
  }
  const rows = layer!.changes.map(({ register }) => [register, formatHex(common.registers.get(register)!)]);
  const writes = rows.length === 0 ? '  nothing has to be written\n' : `  written to each vCPU:\n${aligned(rows, '    ')}`;
  const qemu = `\n${palette.head('For QEMU')}\n${wrap(formatQemuArguments(vcpu), io.columns, '  ')}\n`;
  const cannot =
    rows.length === 0
      ? ''
      : `${wrap("QEMU has no property for single fields: the writes need Firecracker (--for firecracker) or a program of one's own (--for one-reg).", io.columns, '  ')}\n`;
  return `${head}${without}${writes}${losses}${qemu}${cannot}`;
}

async function page(found: Migration, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const hosts = found.hosts
    .map(({ name, kernel }, i) => `  ${printable(name)}: ${kernelTitle(kernel, found.own[i]!.host.system.release)}\n`)
    .join('');
  const moves = found.moves.map((move) => moveText(move, palette, io)).join('');
  return `${palette.head('Hosts')}\n${hosts}\n${palette.head('As guests are')}\n${moves}${commonText(found, palette, io)}`;
}

function answerObject({ moves, vcpu, dropped, common, layer, lost, remedy }: Migration): object {
  const able = vcpu !== undefined && common !== undefined && common.conflicts.length === 0;
  return {
    moves,
    vcpu,
    dropped,
    registers: common?.registers,
    open: common?.open,
    conflicts: common?.conflicts.map(({ values, ...conflict }) => ({ ...conflict, values: values.map((value) => value ?? 'absent') })),
    lost,
    remedy,
    ...(able
      ? {
          qemu: formatQemuArguments(vcpu),
          libvirt: formatLibvirtCpu(vcpu),
          firecracker: JSON.parse(formatFirecrackerTemplate(layer!)) as object,
          oneReg: formatOneRegWrites(layer!, common.registers),
        }
      : {}),
  };
}

function formatOf(text: string | undefined): Format | undefined {
  if (text === undefined) return undefined;
  const format = FORMATS.find((name) => name === text);
  if (format === undefined) throw new CommandError(EXIT.usage, `--for: there is no ${text}${choicesHint(text, FORMATS)}`);
  return format;
}

const OPTIONS: readonly OptionSpec[] = repeatable(
  SYSTEM_OPTIONS.filter(({ flags }) => !/^--(mask|template|set|env) /.test(flags)),
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
    const found = migration(
      hosts,
      kernel,
      asked?.split(',').map((word) => word.trim().toLowerCase()),
    );
    for (const guest of found.own) warnBounded(guest.host, io);
    const open = found.common?.open ?? [];
    if (open.length > 0) io.warn(wrap(`note: not compared, since not every host's input has them: ${open.join(', ')}`, io.columns));
    const able = found.common !== undefined && found.common.conflicts.length === 0;
    if (format !== undefined && !able)
      throw new CommandError(EXIT.differs, 'migrate: the hosts have no guest in common; without --for it says why');
    const head = { subject: hosts.map(({ name, kernel: own }) => ({ name, kernel: kernelJson(own) })), kernel: kernelJson(kernel) };
    const text =
      format !== undefined
        ? formatted(format, found)
        : values.json === true
          ? formatAnswer('migrate', head, answerObject(found))
          : await page(found, io);
    await io.write(text);
    return found.moves.every(({ refusal, faults, open }) => refusal === undefined && faults.length === 0 && open === undefined)
      ? EXIT.ok
      : EXIT.differs;
  },
};
