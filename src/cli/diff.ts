import { compareSystems } from '../answers/compare-systems.ts';
import type { Subject } from '../answers/subject.ts';
import { formatAnswer } from '../formats/json.ts';
import { boot } from '../linux/boot.ts';
import { type Call, type Command, textOf, textsOf, type Values } from './command.ts';
import { asGuest, environmentOf, hasGuestOptions, hostInputs, type Input, kernelObject, kernelOf, underOther } from './input.ts';
import { CommandError, EXIT } from './io.ts';
import { JSON_OPTION, repeatable, SYSTEM_OPTIONS } from './options.ts';
import { comparisonObject, printDifference } from './print-diff.ts';

/** The options that may be given twice, once for each side. */
const PER_SIDE = ['kernel', 'config', 'cmdline'] as const;

/** The options of one side: what was given once holds for both. */
function valuesOf(values: Values, side: 0 | 1): Values {
  const own = PER_SIDE.map((name) => [name, textsOf(values, name)[side] ?? textsOf(values, name)[0]] as const);
  return { ...values, ...Object.fromEntries(own) };
}

async function subjectOf(input: Input, values: Values, { io }: Call, release?: string): Promise<Subject> {
  const kernel = await kernelOf(values, io, input, release);
  const { name, machine } = input;
  return { name, kernel, machine, system: boot(machine, kernel, environmentOf(values, io, input)) };
}

function checkOptions([first, second, third]: readonly string[], values: Values): void {
  for (const name of PER_SIDE) {
    const { length } = textsOf(values, name);
    if (length > 2) throw new CommandError(EXIT.usage, `--${name}: one or two, got ${length}`);
  }
  if (first === undefined) throw new CommandError(EXIT.usage, 'diff: which machines? such as armlens diff raspberry-pi-4 rk3588');
  if (third !== undefined) throw new CommandError(EXIT.usage, `diff: two machines, not ${third} too (armlens baseline takes many)`);
  if (second === undefined && !hasGuestOptions(values) && PER_SIDE.every((name) => textsOf(values, name).length < 2))
    throw new CommandError(
      EXIT.usage,
      `diff ${first}: with what? name a second machine, two kernels (--kernel A --kernel B, or --config or --cmdline twice), or what a hypervisor does (--mask, --template, --set)`,
    );
}

/**
 * Two machines meet the same kernel, so that what differs is the silicon: the one that was named, else the one of the first
 * machine's recording. What is named twice (release, configuration, command line) is one for each side, of one machine or of two. What
 * a hypervisor does is done to both machines; of a single one, the host is compared with the guest.
 */
async function subjectsOf(call: Call): Promise<readonly [Subject, Subject, boolean]> {
  const { positionals, values, io } = call;
  checkOptions([...textsOf(values, 'machine'), ...positionals], values);
  const [host, other = host] = (await hostInputs(positionals, values, io)) as readonly [Input, Input?];
  const a = other === host ? host : await asGuest(host, values, io);
  // A kernel that is likely for both printed both lines.
  const b = await asGuest(host.kernelNote === undefined ? underOther(other) : other, values, io);
  const [ofA, ofB] = [valuesOf(values, 0), valuesOf(values, 1)];
  const subjectA = await subjectOf(a, ofA, call);
  const subjectB = await subjectOf(b, ofB, call, textOf(ofB, 'kernel') ?? subjectA.kernel.release);
  return [subjectA, subjectB, a.damaged || b.damaged];
}

/** `armlens diff`: two machines, two kernels, or a machine with a kernel and another with another. */
export const diff: Command = {
  name: 'diff',
  summary: 'two machines or kernels: from what differs (fields, cores, options, release) to hwcaps, FEAT_*, cpucaps and level',
  args: [
    { name: '[a]', help: 'a known machine or a register dump', completion: 'input' },
    { name: '[b]', help: 'another one; left out if two kernels are compared', completion: 'input' },
  ],
  options: [...repeatable(SYSTEM_OPTIONS, ['machine', ...PER_SIDE], 'twice: one for each side'), JSON_OPTION],
  examples: [
    'armlens diff parallels-m1 kunpeng-920',
    'armlens diff rk3588 --kernel 5.10 --kernel 6.12.107',
    'armlens diff rk3588 --kernel 6.12.107 --config defconfig --config debian',
    'armlens diff before.txt after.txt --kernel 7.2 --json',
  ],
  guide: 'compare-a-fleet',
  async run(call) {
    const [a, b, damaged] = await subjectsOf(call);
    const subjects = [a, b];
    const comparison = compareSystems(subjects);
    const head = { subject: subjects.map(({ name, kernel }) => ({ name, kernel: kernelObject(kernel) })) };
    const text =
      call.values.json === true
        ? formatAnswer('diff', head, comparisonObject(comparison))
        : await printDifference(comparison, subjects, call.io);
    await call.io.write(text);
    if (damaged) return EXIT.badInput;
    return comparison.identical ? EXIT.ok : EXIT.differs;
  },
};
