import { machinesOfCores } from '../answers/infer/machines-of-cores.ts';
import { type Inference, type InferGiven, inferFeatures } from '../answers/infer.ts';
import { kvmBelow } from '../answers/kvm-hwcaps.ts';
import { knownRelease } from '../answers/machine-of-capture.ts';
import { areX86Flags } from '../formats/foreign-cpu.ts';
import { bareNames, type InferenceText, inferenceTextOf, readInferenceText } from '../formats/inference-text.ts';
import { type AnswerHead, formatAnswer, kernelJson } from '../formats/json.ts';
import type { KernelConfig } from '../linux/kernel.ts';
import type { KnownMachine } from '../silicon/known-machine.ts';
import { type Call, type Command, textOf, textsOf } from './command.ts';
import { kernelOf, warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { CONFIG_OPTION, JSON_OPTION, KERNEL_OPTION } from './options.ts';
import { printInference } from './print-inference.ts';
import { printable } from './printable.ts';
import { readCapture } from './read-capture.ts';

/** Whether words name files, folders or standard input; else they are names of hwcaps. */
async function areFiles(words: readonly string[], io: Io): Promise<boolean> {
  for (const word of words) if (word !== '-' && (/\s/.test(word) || !(await io.exists(word)))) return false;
  return true;
}

async function askedOf({ positionals, io }: Call): Promise<InferenceText> {
  const [word, ...more] = positionals;
  if (word === undefined && io.stdinIsTerminal)
    throw new CommandError(EXIT.usage, 'infer: which line? give its names, a file with /proc/cpuinfo, or - for standard input');
  const words = word === undefined ? ['-'] : [word, ...more];
  if (!(await areFiles(words, io))) {
    const text = positionals.join(' ');
    const asked = await readInferenceText(text);
    if (areX86Flags(bareNames(text))) throw new CommandError(EXIT.badInput, 'these are flags of an x86 processor, not Arm');
    return asked.names.length > 0 ? asked : { ...asked, names: bareNames(text) };
  }
  const path = words.join(', ');
  const { capture, diagnostics, taken } = await readCapture(words, io);
  for (const line of taken) io.warn(printable(line));
  const asked = inferenceTextOf(capture);
  warnAll(io, diagnostics);
  if (asked.names.length > 0) return asked;
  const name = path === '-' ? 'standard input' : path;
  const hint = capture.instructions ? `; armlens decode ${printable(name)} tells of its instruction` : '';
  throw new CommandError(EXIT.badInput, `${name}: there is no Features line in it${hint}`);
}

function midrOf(text: string): bigint {
  if (!/^0x[0-9a-f]{1,16}$/i.test(text))
    throw new CommandError(EXIT.usage, `--midr: expected a value such as 0x410fd083, got ${text.slice(0, 40)}`);
  return BigInt(text) & 0xffff_ffffn;
}

async function configOf(call: Call): Promise<string | KernelConfig | undefined> {
  return textOf(call.values, 'config') === undefined
    ? undefined
    : (await kernelOf(call.values, call.io, undefined, textOf(call.values, 'kernel') ?? '6.12')).config;
}

async function inferenceOf(call: Call): Promise<readonly [Inference, AnswerHead]> {
  const asked = await askedOf(call);
  for (const name of new Set(asked.names.filter((one, i) => asked.names.indexOf(one) < i)))
    call.io.warn(printable(`warning: ${name} stands there twice`));
  const stated = textsOf(call.values, 'midr').map(midrOf);
  const release = textOf(call.values, 'kernel');
  const named = knownRelease(asked);
  const config = await configOf(call);
  const given: InferGiven = {
    ...asked.given,
    ...(stated.length === 0 ? {} : { midrs: stated }),
    ...(release === undefined ? {} : { release }),
    ...(config === undefined ? {} : { config }),
  };
  const machines = await machinesOfCores(given);
  const kernel = release === undefined ? undefined : kernelJson({ release, ...(config === undefined ? {} : { config }) });
  const inference = inferFeatures(asked.names, given, machines);
  if (release === undefined && named !== undefined)
    call.io.warn(`note: ${namedKernel(named, inference, asked, { ...given, release: named }, machines)}`);
  return [inference, { subject: { name: asked.names.join(' ') }, kernel }];
}

/** What is to be said of the kernel that a text names, where another one may be asked about. */
function namedKernel(
  named: string,
  any: Inference,
  { names }: InferenceText,
  given: InferGiven,
  machines: readonly KnownMachine[],
): string {
  const isSame = inferFeatures(names, given, machines).verdict === any.verdict;
  if (isSame) return `the text names Linux ${named}; --kernel ${named} asks about that kernel alone`;
  return `the text names Linux ${named}, which does not print this line as it is; --kernel ${named} tells what accounts for it`;
}

/** `armlens infer`: what a Features line tells of kernel, fields, FEAT_*, level and cores. */
export const infer: Command = {
  name: 'infer',
  summary: 'a Features line → kernels that print it, field bounds, FEAT_*, levels, cores',
  args: [
    { name: '[line...]', help: 'the names, or a file or folder that has such a line; - or nothing is standard input', completion: 'file' },
  ],
  options: [
    { flags: '--midr <value>', help: 'MIDR_EL1 of a core, such as 0x410fd083; may be repeated', many: true, completion: 'none' },
    { ...KERNEL_OPTION, help: 'the release, if it is known' },
    { ...CONFIG_OPTION, help: 'its configuration, if it is known: a name, or a JSON object' },
    JSON_OPTION,
  ],
  examples: [
    'armlens infer fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid',
    'armlens infer /proc/cpuinfo --kernel 6.12.107',
    'armlens infer "fp asimd evtstrm crc32 cpuid" --midr 0x410fd034',
    'armlens infer cpuinfo.txt --json',
  ],
  guide: 'read-a-features-line',
  async run(call) {
    const [inference, head] = await inferenceOf(call);
    const json = call.values.json === true;
    await call.io.write(
      json ? formatAnswer('infer', head, { ...inference, kvm: kvmBelow(inference.line.names) }) : await printInference(inference, call.io),
    );
    return inference.verdict === 'unexplained' ? EXIT.differs : EXIT.ok;
  },
};
