import type { Diagnostic } from '../diagnostic.ts';
import { type AnswerHead, formatAnswer } from '../formats/json.ts';
import { given } from '../given.ts';
import { type Call, type Command, textOf } from './command.ts';
import { observeMacos, observeWindows } from './detect/elsewhere.ts';
import type { Host } from './detect/host.ts';
import { observeLinux } from './detect/linux.ts';
import type { Observation } from './detect/observation.ts';
import { boundTexts, combine, elsewhereText, printReport, RECIPES } from './detect/report.ts';
import { warnAll } from './input.ts';
import { CommandError, EXIT, type ExitCode } from './io.ts';
import { JSON_OPTION } from './options.ts';

/** Whether a process of that architecture runs on an Arm CPU. A Mac and Windows also run programs of another one. */
function mayBeArm({ architecture, platform }: Host): boolean {
  return architecture === undefined || /^arm/.test(architecture) || platform === 'darwin' || platform === 'win32';
}

async function observe(host: Host): Promise<readonly Observation[]> {
  if (host.platform === 'darwin') return observeMacos(host);
  if (host.platform === 'win32') return observeWindows(host);
  return observeLinux(host);
}

function isArm(host: Host, observations: readonly Observation[]): boolean {
  if (!mayBeArm(host)) return false;
  if (host.platform !== 'darwin' && host.platform !== 'win32') return true;
  return !observations.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'not-arm'));
}

async function save(folder: string, observations: readonly Observation[], { values, io }: Call): Promise<void> {
  const files = observations.flatMap(({ source, text }) =>
    text === undefined ? [] : [[`${source.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '')}.txt`, text] as const],
  );
  await io.writeFolder(folder, new Map(files), values.force === true);
  io.warn(`${folder}: ${files.length} files written`);
}

/** It is about this machine, or a tree that was copied from another. */
function headOf({ values }: Call): AnswerHead {
  return { subject: { name: textOf(values, 'root') ?? 'this machine' } };
}

async function notHere(host: Host, call: Call): Promise<ExitCode> {
  const { values, io } = call;
  const architecture = host.architecture ?? 'another architecture';
  if (values.json === true)
    await io.write(formatAnswer('detect', headOf(call), { arm: false, platform: host.platform, architecture, instead: RECIPES }));
  else await io.write(elsewhereText(architecture));
  return EXIT.differs;
}

function findingsOf(observations: readonly Observation[]): readonly Diagnostic[] {
  return observations.flatMap(({ diagnostics }) => diagnostics);
}

function reportObject({ platform, architecture }: Host, observations: readonly Observation[]): object {
  const capture = combine(observations);
  return {
    arm: true,
    platform,
    ...given({ architecture }),
    sources: observations.map(({ source, outcome, says }) => ({ source, outcome, says })),
    capture,
    ...(capture.archFeatures === undefined ? {} : { fields: boundTexts(capture) }),
    diagnostics: findingsOf(observations),
  };
}

async function detectHere(call: Call): Promise<ExitCode> {
  const { values, io } = call;
  const root = textOf(values, 'root');
  if (root === '') throw new CommandError(EXIT.usage, '--root: which folder?');
  if (root !== undefined && !(await io.exists(root))) throw new CommandError(EXIT.badInput, `${root}: there is no such folder`);
  const host = await io.host(root);
  const observations = mayBeArm(host) ? await observe(host) : [];
  if (!isArm(host, observations)) return notHere(host, call);
  const known = observations.some(({ outcome }) => outcome === 'read');
  if (values.json === true) await io.write(formatAnswer('detect', headOf(call), reportObject(host, observations)));
  else {
    warnAll(io, findingsOf(observations));
    await io.write(await printReport(observations, io));
  }
  const folder = textOf(values, 'save');
  if (folder !== undefined && folder !== '') await save(folder, observations, call);
  return known ? EXIT.ok : EXIT.badInput;
}

/** `armlens detect`: what this machine tells of its CPU, and what it does not. */
export const detect: Command = {
  name: 'detect',
  summary: 'what this machine tells of its CPU, and what stays hidden',
  args: [],
  options: [
    { flags: '--root <dir>', help: 'look at a tree copied from a Linux machine, or written by boot --sysroot', completion: 'folder' },
    { flags: '--save <dir>', help: 'keep what was read as files below a folder', completion: 'folder' },
    { flags: '--force', help: 'let --save write into a folder that is not empty' },
    JSON_OPTION,
  ],
  examples: ['armlens detect', 'armlens detect --json', 'armlens detect --root rk3588-root', 'armlens detect --save my-machine'],
  guide: 'read-a-dump',
  run: detectHere,
};
