import type { Parsed } from '../diagnostic.ts';
import { parseFirecrackerTemplate } from '../formats/firecracker-template.ts';
import { parseFieldSetting, parseMask } from '../formats/mask.ts';
import { applyGuestLayers, type GuestLayer } from '../hypervisor/guest-layer.ts';
import { textOf, textsOf, type Values } from './command.ts';
import { formatDiagnostic, type Input, warnAll } from './input.ts';
import { CommandError, EXIT, type Io } from './io.ts';

/** A template that a program brings along, by name; else a file. */
async function templateLayer(path: string, io: Io): Promise<GuestLayer> {
  if (path === '-' || (await io.exists(path))) return fileLayer(path, parseFirecrackerTemplate, io);
  const { builtInTemplates, builtInTemplate } = await import('../answers/vmms.ts');
  const found = builtInTemplate(path);
  if (found !== undefined) return found;
  throw new CommandError(EXIT.badInput, `${path}: there is no such file, nor a template of that name (${builtInTemplates().join(', ')})`);
}

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

/** What the options of a call say that is laid over a guest: masks, then templates, then single fields. */
export async function writtenLayers(values: Values, io: Io): Promise<readonly GuestLayer[]> {
  const masks = await Promise.all(textsOf(values, 'mask').map((path) => fileLayer(path, parseMask, io)));
  const templates = await Promise.all(textsOf(values, 'template').map((path) => templateLayer(path, io)));
  return [...masks, ...templates, ...textsOf(values, 'set').map(settingLayer)];
}

/** What a guest is called: by KVM as one, and by each layer over it. */
function guestTitle(input: Input, layers: readonly GuestLayer[], values: Values): string {
  const over = layers.map(({ name }) => name);
  const release = textOf(values, 'kvm');
  const vcpu = textOf(values, 'vcpu');
  const kvm = release === undefined ? [] : [`KVM of Linux ${release}${vcpu === undefined ? '' : ` and a vCPU with ${vcpu}`}`];
  return `${input.title}, as a guest with ${[...kvm, ...over].join(', ')}`;
}

/** What a template asks of the vCPU means nothing where no KVM makes one. */
function warnVcpu(layers: readonly GuestLayer[], io: Io): void {
  for (const { name, vcpu } of layers) {
    if (vcpu === undefined || vcpu.on.length + vcpu.off.length === 0) continue;
    io.warn(`note: ${name} asks for features of the vCPU (${[...vcpu.on, ...vcpu.off].join(', ')}): they count with --kvm RELEASE`);
  }
}

/** The machine of an input as a guest gets it: what the options of a call say that a hypervisor does, done. */
export async function guestInput(input: Input, values: Values, io: Io): Promise<Input> {
  const { kvmGuestOf } = await import('./kvm-options.ts');
  const written = await writtenLayers(values, io);
  const under = await kvmGuestOf(input, values, io, written);
  if (under === undefined) warnVcpu(written, io);
  if (under === undefined && written.length === 0) return input;
  const { guestMachine } = await import('../linux/kvm/kvm-layers.ts');
  const machine = under === undefined ? input.machine : guestMachine(under);
  const guest = { ...guestHost(input, values), name: `${input.name} as a guest`, title: guestTitle(input, written, values) };
  return { ...guest, machine: applyGuestLayers(machine, written).machine };
}

/** What is known of a host's kernel and start is not its guest's: that boots at EL1, with a kernel of its own. */
export function guestHost(input: Input, values: Values): Input {
  if (values.kvm === undefined) return input;
  const { kernel: _, environment, ...rest } = input;
  return { ...rest, environment: { ...environment, bootEl: 1 } };
}
