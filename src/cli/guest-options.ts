import { parseFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { parseFieldSetting, parseMask } from '../formats/mask.ts';
import type { Parsed } from '../diagnostic.ts';
import type { GuestLayer } from '../hypervisor/guest-layer.ts';
import { type OptionSpec, textsOf, type Values } from './command.ts';
import { formatDiagnostic, warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';

/** The options that say what a hypervisor does to the machine. */
export const GUEST_OPTIONS: readonly OptionSpec[] = [
  { flags: '--mask <file>', help: "a hypervisor's mask: lines REGISTER[msb:lsb] = value", many: true, completion: 'file' },
  { flags: '--template <file>', help: 'a CPU template of Firecracker', many: true, completion: 'file' },
  { flags: '--set <field=value>', help: 'one field as a guest sees it, such as ID_AA64PFR0_EL1.SVE=0', many: true, completion: 'none' },
];

async function fileLayer(path: string, parse: (text: string, name: string) => Parsed<GuestLayer>, io: Io): Promise<GuestLayer> {
  if (path !== '-' && !(await io.exists(path))) throw new CommandError(EXIT.badInput, `${path}: there is no such file`);
  const { value, diagnostics } = parse(await io.read(path), path === '-' ? 'standard input' : path);
  const worst = diagnostics.find(({ severity }) => severity === 'error');
  if (worst !== undefined) throw new CommandError(EXIT.badInput, `${path}: ${formatDiagnostic(worst)}`);
  warnAll(io, diagnostics);
  return value;
}

function settingLayer(text: string): GuestLayer {
  const { value, diagnostics } = parseFieldSetting(text);
  const [problem] = diagnostics;
  if (problem !== undefined) throw new CommandError(EXIT.usage, `--set: ${problem.message}`);
  return value;
}

/** What the options of a call say that a hypervisor does: masks, then templates, then single fields. */
export async function guestLayers(values: Values, io: Io): Promise<readonly GuestLayer[]> {
  const masks = await Promise.all(textsOf(values, 'mask').map((path) => fileLayer(path, parseMask, io)));
  const templates = await Promise.all(textsOf(values, 'template').map((path) => fileLayer(path, parseFirecrackerTemplate, io)));
  return [...masks, ...templates, ...textsOf(values, 'set').map(settingLayer)];
}
