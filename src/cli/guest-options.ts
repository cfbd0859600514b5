import type { Parsed } from '../diagnostic.ts';
import { parseFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { parseFieldSetting, parseMask } from '../formats/mask.ts';
import { applyGuestLayers, type GuestLayer } from '../hypervisor/guest-layer.ts';
import { textsOf, type Values } from './command.ts';
import { formatDiagnostic, type Input, warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';

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

/** The machine of an input as a guest gets it: what the options of a call say that a hypervisor does, done. */
export async function guestInput(input: Input, values: Values, io: Io): Promise<Input> {
  const layers = await guestLayers(values, io);
  if (layers.length === 0) return input;
  const title = `${input.title}, as a guest with ${layers.map(({ name }) => name).join(', ')}`;
  return { ...input, name: `${input.name} as a guest`, title, machine: applyGuestLayers(input.machine, layers).machine };
}
