import { type DifferenceGroup, diffSystems, type FieldDifference, type Sides, type SystemDifference } from '../answers/diff.ts';
import type { Subject } from '../answers/subject.ts';
import type { DecodedField } from '../arch/decode.ts';
import { formatHex } from '../bits/hex.ts';
import { boot } from '../linux/boot.ts';
import { type Call, type Command, GUEST_OPTIONS, JSON_OPTION, KERNELS_OPTIONS, textsOf } from './command.ts';
import { asGuest, environmentOf, hasGuestOptions, type Input, inputOf, kernelOf } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { kernelTitle } from './print-system.ts';
import { printable } from './printable.ts';
import { type Palette, paletteOf, wrap } from './style.ts';

async function subjectOf(input: Input, release: string | undefined, { values, io }: Call): Promise<Subject> {
  const kernel = await kernelOf(values, io, input, release);
  return { name: input.name, kernel, system: boot(input.machine, kernel, environmentOf(values, io, input)) };
}

/**
 * Two machines meet the same kernel, so that what differs is the silicon: the one that was named, else the one of the first
 * machine's recording. One machine meets the two kernels that were named. What a hypervisor does is done to both machines; of a single
 * one, the host is compared with the guest.
 */
async function subjectsOf(call: Call): Promise<readonly [Subject, Subject, boolean]> {
  const { positionals, values, io } = call;
  const [first, second] = positionals;
  const releases = textsOf(values, 'kernel');
  if (releases.length > 2) throw new CommandError(EXIT.usage, `--kernel: one or two, got ${releases.length}`);
  if (first === undefined) throw new CommandError(EXIT.usage, 'diff: which machines? such as armlens diff raspberry-pi-4 rk3588');
  if (second === undefined && releases.length < 2 && !hasGuestOptions(values))
    throw new CommandError(
      EXIT.usage,
      `diff ${first}: with what? name a second machine, two kernels (--kernel A --kernel B), or what a hypervisor does (--mask, --template, --set)`,
    );
  const host = await inputOf(first, io);
  const a = second === undefined ? host : await asGuest(host, values, io);
  const b = await asGuest(second === undefined ? host : await inputOf(second, io), values, io);
  const release = releases[0] ?? a.kernel?.release;
  const subjectA = await subjectOf(a, release, call);
  const subjectB = await subjectOf(b, releases[1] ?? subjectA.kernel.release, call);
  return [subjectA, subjectB, a.damaged || b.damaged];
}

function fieldObject(decoded: DecodedField | undefined): object | null {
  return decoded === undefined ? null : { raw: formatHex(decoded.raw), name: decoded.name, meaning: decoded.meaning };
}

function differenceObject({ groups, compat, identical }: SystemDifference, a: Subject, b: Subject): object {
  const subject = ({ name, kernel, system }: Subject): object => ({ name, release: system.release, config: kernel.config ?? 'defconfig' });
  return {
    a: subject(a),
    b: subject(b),
    identical,
    groups: groups.map(({ field, hwcaps, archFeatures }) => ({
      field: field === undefined ? null : { path: field.path, a: fieldObject(field.a), b: fieldObject(field.b) },
      hwcaps,
      archFeatures,
    })),
    compat,
  };
}

function shortValue(decoded: DecodedField | undefined): string {
  if (decoded === undefined) return 'unknown';
  const number = decoded.field.msb - decoded.field.lsb >= 8 ? `0x${decoded.raw.toString(16)}` : String(decoded.value);
  return decoded.name === undefined ? number : `${number} ${decoded.name}`;
}

function effects({ onlyA, onlyB }: Sides, palette: Palette, columns: number): string {
  const line = (mark: string, names: readonly string[], paint: (text: string) => string): string =>
    names.length === 0 ? '' : `${paint(wrap(names.join(' '), columns, `    ${mark} `).replaceAll(/\n {4}. /g, '\n      '))}\n`;
  return line('<', onlyA, palette.bad) + line('>', onlyB, palette.good);
}

function causeLine(field: FieldDifference, palette: Palette): string {
  return `  ${palette.strong(field.path)}  ${shortValue(field.a)} | ${shortValue(field.b)}\n`;
}

function groupText({ field, hwcaps, archFeatures }: DifferenceGroup, palette: Palette, columns: number): string {
  const cause =
    field === undefined ? `  ${palette.strong('the kernel: release, options, command line or errata')}\n` : causeLine(field, palette);
  return cause + effects(hwcaps, palette, columns) + effects(archFeatures, palette, columns);
}

async function printDifference(difference: SystemDifference, a: Subject, b: Subject, io: Io): Promise<string> {
  const palette = await paletteOf(io);
  const title = (mark: string, { name, kernel, system }: Subject): string =>
    `${mark} ${palette.strong(printable(name))} · ${kernelTitle(kernel, system.release)}\n`;
  const head = title('<', a) + title('>', b);
  if (difference.identical) return `${head}\nNo difference.\n`;
  const hasEffect = ({ hwcaps, archFeatures }: DifferenceGroup): boolean =>
    [hwcaps, archFeatures].some(({ onlyA, onlyB }) => onlyA.length + onlyB.length > 0);
  const telling = difference.groups.filter(hasEffect);
  const silent = difference.groups.filter((group) => !hasEffect(group));
  const section = (heading: string, body: string): string => (body === '' ? '' : `\n${palette.head(heading)}\n${body}`);
  return [
    head,
    section('Fields that differ, and what comes of it', telling.map((group) => groupText(group, palette, io.columns)).join('')),
    section(
      'Fields that differ without effect on hwcaps or FEAT_*',
      silent.map(({ field }) => (field === undefined ? '' : causeLine(field, palette))).join(''),
    ),
    section('AArch32 hwcaps', effects(difference.compat, palette, io.columns)),
  ].join('');
}

/** `armlens diff`: two machines under one kernel, or one machine under two. */
export const diff: Command = {
  name: 'diff',
  summary: 'two machines, or two kernels: from the field that differs to hwcaps and FEAT_*',
  args: [
    { name: '[a]', help: 'a known machine or a register dump', completion: 'input' },
    { name: '[b]', help: 'another one; left out if two kernels are compared', completion: 'input' },
  ],
  options: [...KERNELS_OPTIONS, ...GUEST_OPTIONS, JSON_OPTION],
  examples: [
    'armlens diff parallels-m1 kunpeng-920',
    'armlens diff rk3588 --kernel 5.10 --kernel 6.12.107',
    'armlens diff before.txt after.txt --kernel 7.2 --json',
  ],
  async run(call) {
    const [a, b, damaged] = await subjectsOf(call);
    const difference = diffSystems(a, b);
    const text =
      call.values.json === true
        ? `${JSON.stringify(differenceObject(difference, a, b), null, 2)}\n`
        : await printDifference(difference, a, b, call.io);
    await call.io.write(text);
    if (damaged) return EXIT.badInput;
    return difference.identical ? EXIT.ok : EXIT.differs;
  },
};
