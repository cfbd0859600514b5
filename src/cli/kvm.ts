import { type KvmFit, kvmFits } from '../answers/kvm-fits.ts';
import { type CheckedWrite, checkWrites, type KvmRegisterView, kvmView } from '../answers/kvm-view.ts';
import { formatHex } from '../bits/hex.ts';
import { formatAnswer } from '../formats/json.ts';
import { releaseRuns } from '../formats/kvm-below.ts';
import { bootHost, type KvmGuest, openRefusals } from '../linux/kvm/guest-under-kvm.ts';
import { type Call, type Command, type OptionSpec, textOf } from './command.ts';
import { writtenLayers } from './guest-options.ts';
import { environmentOf, headOf, hostInput, type Input, inputOf, kernelOf } from './input.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { errnoName, vcpuFor, vcpuOn, warnBounded } from './kvm-options.ts';
import { JSON_OPTION, MACHINE_ARGUMENT, SYSTEM_OPTIONS } from './options.ts';
import { formatPartial, kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { aligned, type Palette, paletteOf, table, wrap } from './style.ts';

/** What this command does with options that others lay over a guest: it tries them as writes. */
const TRIED: Readonly<Record<string, string>> = {
  '--mask <file>': 'a mask, tried as writes to the vCPU; may be repeated, as the next two',
  '--template <file>': 'a CPU template of Firecracker, tried as writes to the vCPU',
  '--set <field=value>': 'one field, tried as a write to the vCPU',
};

/** The kernel is the host's here, so that there is no `--kvm`. */
const OPTIONS: readonly OptionSpec[] = SYSTEM_OPTIONS.filter(({ flags }) => !flags.startsWith('--kvm ')).map((option) => {
  const help = TRIED[option.flags];
  return help === undefined ? option : { ...option, help };
});

function changeRows({ changes }: KvmRegisterView): readonly (readonly string[])[] {
  return changes
    .filter(({ host }) => host !== undefined)
    .map(({ field, host, guest, by }) => [`  ${field.split('.')[1]}`, `${host} → ${guest}`, by.at(-1) ?? '']);
}

function registerRows(view: KvmRegisterView): readonly (readonly string[])[] {
  const read = typeof view.read === 'bigint' ? formatPartial(view.read, view.open ?? 0n) : view.read;
  return [[view.register, read, ''], ...changeRows(view)];
}

/** What a guest reads whatever the host has: fields of 64-bit identification registers that are not known of the host. */
async function settledText(views: readonly KvmRegisterView[], io: Io): Promise<string> {
  const rows = views.flatMap(({ register, changes }) => {
    const settled = changes.filter(({ host }) => host === undefined);
    if (settled.length === 0 || !register.startsWith('ID_AA64')) return [];
    const values = [...new Set(settled.map(({ guest }) => guest))];
    const names = (value: number): string =>
      settled
        .filter(({ guest }) => guest === value)
        .map(({ field }) => field.split('.')[1])
        .join(' ');
    return [[register, values.map((value) => `${names(value)} = ${value}`).join(', ')]];
  });
  return rows.length === 0 ? '' : `\n  Whatever the host has, the guest reads:\n${await table(rows, io)}`;
}

async function differing(views: readonly KvmRegisterView[], { host }: KvmGuest, palette: Palette, io: Io): Promise<string> {
  const changed = views.filter(({ changes }) => changes.some(({ host: before }) => before !== undefined));
  const open = views.filter((view) => view.open !== undefined).map(({ register }) => register);
  const unknown =
    open.length === 0
      ? ''
      : `${await settledText(views, io)}\n${wrap(`Not known of the host, wholly or in part: ${open.join(' ')}`, io.columns, '  ')}\n`;
  const known = open.length === 0 ? '' : ', as far as it is known';
  if (changed.length === 0) return `\n${palette.head('What the guest reads')}\n  the same as the host's hardware${known}\n${unknown}`;
  const stored = views.filter(
    ({ register, oneReg, openOneReg, read, open }) =>
      oneReg !== read && typeof read === 'bigint' && open === undefined && openOneReg === undefined && host.knows(register),
  );
  const note =
    stored.length === 0
      ? ''
      : `\n  KVM_GET_ONE_REG shows otherwise before the first run:\n${aligned(
          stored.map(({ register, oneReg }) => [register, formatHex(oneReg)]),
          '    ',
        )}`;
  return `\n${palette.head('What the guest reads otherwise than the host')}\n${await table(changed.flatMap(registerRows), io)}${note}${unknown}`;
}

function writableText(views: readonly KvmRegisterView[], { host }: KvmGuest, palette: Palette, io: Io): string {
  const head = `\n${palette.head('What user space may write')}\n`;
  if (host.model.behaviour.writes === 'invariant')
    return `${head}${wrap('before Linux 6.6 each register takes only the value that it has, but for single fields', io.columns, '  ')}\n`;
  const rows = views.flatMap(({ register, writable }) => (writable === undefined ? [] : [[register, `mask ${formatHex(writable)}`]]));
  return `${head}${aligned(rows)}${wrap('within the mask a field goes no further than the value that the vCPU starts with', io.columns, '  ')}\n`;
}

function writeText({ register, asked, stored, open = 0n, errno, because }: CheckedWrite, io: Io): string {
  const [shown, outcome] = [
    formatPartial(asked, open),
    errno !== undefined
      ? `refused with ${errnoName(errno)}: ${because}`
      : stored === undefined
        ? 'accepted or refused, which hangs on what is not known of the host'
        : stored === asked
          ? 'accepted'
          : `accepted, stored as ${formatPartial(stored, open)}`,
  ];
  const line = `  ${register.padEnd(16)}  ${shown}  ${outcome}`;
  return line.length <= io.columns ? `${line}\n` : `  ${register.padEnd(16)}  ${shown}\n${wrap(outcome, io.columns, '    ')}\n`;
}

function checkedText(writes: readonly CheckedWrite[], palette: Palette, io: Io): string {
  return [...new Set(writes.map(({ layer }) => layer))]
    .map(
      (layer) =>
        `\n${palette.head(`What becomes of ${printable(layer)}`)}\n${writes
          .filter((write) => write.layer === layer)
          .map((write) => writeText(write, io))
          .join('')}`,
    )
    .join('');
}

async function page(
  input: Input,
  guest: KvmGuest,
  views: readonly KvmRegisterView[],
  writes: readonly CheckedWrite[],
  io: Io,
): Promise<string> {
  const palette = await paletteOf(io);
  const { host, vcpu } = guest;
  const made = [
    ...(vcpu.features ?? []),
    ...(vcpu.mte ? ['mte'] : []),
    ...(vcpu.protected ? ['protected'] : []),
    vcpu.gic === null ? 'no interrupt controller' : (vcpu.gic ?? "the host's interrupt controller"),
  ];
  const title = palette.strong(wrap(`A guest on ${printable(input.title.replace(/^A /, 'a '))}`, io.columns));
  const features = made.join(', ').replace(/\bv([23])\b/, 'GICv$1');
  const setting = `${kernelTitle(host.system.kernel, host.system.release)} as the host · vCPU with ${features}`;
  const lines = `${title}\n${wrap(setting, io.columns)}\n`;
  return `${lines}${checkedText(writes, palette, io)}${await differing(views, guest, palette, io)}${writableText(views, guest, palette, io)}`;
}

function answerObject({ host, vcpu }: KvmGuest, registers: readonly KvmRegisterView[], writes: readonly CheckedWrite[]): object {
  const { fidelity, doubts } = host.model;
  const mayRefuse = openRefusals(host, vcpu);
  const rest = { ...(mayRefuse.length === 0 ? {} : { mayRefuse }), ...(writes.length === 0 ? {} : { writes }) };
  return { vcpu, fidelity, doubts, registers, ...rest };
}

async function kvmOne(call: Call): Promise<ExitCode> {
  const { positionals, values, io } = call;
  const input = await hostInput(positionals, values, io);
  const kernel = await kernelOf(values, io, input);
  const host = bootHost(input.machine, kernel, environmentOf(values, io, input));
  const layers = await writtenLayers(values, io);
  const guest = vcpuOn(host, vcpuFor(host, values, layers), io);
  const writes = checkWrites(guest, layers);
  const views = kvmView(guest);
  warnBounded([host], io);
  const text =
    values.json === true
      ? formatAnswer('kvm', headOf(input, kernel), answerObject(guest, views, writes))
      : await page(input, guest, views, writes, io);
  await io.write(text);
  if (input.damaged) return EXIT.badInput;
  return writes.some(({ errno }) => errno !== undefined) ? EXIT.differs : EXIT.ok;
}

function vcpuWords(choices: readonly (readonly string[])[], known: boolean): string {
  if (!known) return choices[0]?.length ? `made with ${choices[0].join(', ')}` : 'made with anything';
  return choices.map((words) => (words.length === 0 ? 'nothing besides' : words.join('+'))).join(' or ');
}

function fitsText(fits: readonly KvmFit[], known: boolean, palette: Palette, io: Io): string {
  const fitting = fits.filter(({ misfits, vcpu }) => misfits.length === 0 && vcpu.length > 0);
  const head = palette.head('Kernels of the host that fit what the guest reads');
  if (fitting.length === 0) {
    const nearest = [...fits].sort((a, b) => a.misfits.length - b.misfits.length)[0]!;
    const lines = nearest.misfits.slice(0, 6).map(({ register, value, because }) => `    ${register} ${formatHex(value)}: ${because}\n`);
    return `${head}\n  none as KVM of mainline gives it; the nearest is Linux ${nearest.release}:\n${lines.join('')}`;
  }
  const words = new Set(fitting.map(({ vcpu }) => vcpuWords(vcpu, known)));
  const lines = [...words].map((vcpu) => {
    const releases = fitting.filter((fit) => vcpuWords(fit.vcpu, known) === vcpu).map(({ release }) => release);
    return `${wrap(`Linux ${releaseRuns(releases)}, the vCPU ${vcpu}`, io.columns, '  ')}\n`;
  });
  return `${head}\n${lines.join('')}`;
}

/** What a guest reads, backwards: which kernels of the host and which vCPUs fit. */
async function readBack({ positionals, values, io }: Call): Promise<ExitCode> {
  const guest = await inputOf(textOf(values, 'fits')!, io);
  const host = positionals[0] === undefined && values.machine === undefined ? undefined : await hostInput(positionals[0], values, io);
  const fits = kvmFits(guest.machine.cpus[0]?.registers ?? {}, host?.machine);
  const found = fits.some(({ misfits, vcpu }) => misfits.length === 0 && vcpu.length > 0);
  await io.write(
    values.json === true ? formatAnswer('kvm', headOf(guest), { fits }) : fitsText(fits, host !== undefined, await paletteOf(io), io),
  );
  return found ? EXIT.ok : EXIT.differs;
}

/** `armlens kvm`: what KVM of a host kernel gives a guest. */
export const kvm: Command = {
  name: 'kvm',
  summary: 'what KVM of a host kernel gives a guest, and what user space may write',
  args: [MACHINE_ARGUMENT],
  options: [
    ...OPTIONS,
    {
      flags: '--fits <guest>',
      help: 'backwards: which kernels of the host (of any, if none is named) and vCPUs fit the ID registers of this guest',
      completion: 'file',
    },
    { flags: '--ndjson', help: 'a stream: one JSON record a line in, one result a line out' },
    JSON_OPTION,
  ],
  examples: [
    'armlens kvm trm-neoverse-v1 -k 6.1',
    'armlens kvm trm-neoverse-v1 -k 6.12.107 -c debian --vcpu sve,pauth',
    'armlens kvm trm-neoverse-v1 -k 6.1 --set ID_AA64PFR0_EL1.CSV2=0',
    'armlens kvm --fits guest-registers.txt',
    'armlens kvm --ndjson < questions.ndjson',
  ],
  guide: 'guests-under-kvm',
  async run(call) {
    if (call.values.ndjson !== true) return call.values.fits === undefined ? kvmOne(call) : readBack(call);
    const given = [
      'machine',
      'unlisted',
      'from',
      'kernel',
      'config',
      'cmdline',
      'env',
      'mask',
      'template',
      'set',
      'vcpu',
      'fits',
      'json',
    ].find((name) => call.values[name] !== undefined);
    if (given !== undefined) throw new CommandError(EXIT.usage, `--ndjson takes no --${given}: each record brings its own`);
    const { kvmStream } = await import('./kvm-stream.ts');
    return kvmStream(call.io, call.positionals[0] ?? '-');
  },
};
