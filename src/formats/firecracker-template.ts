import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { type GuestChange, type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { VCPU_FEATURES, type VcpuFeature } from '../linux/kvm/vcpu.ts';
import { JsonReader, joinPath } from './json-reader.ts';
import { kvmIdOf, resolveKvmId } from './kvm-register-id.ts';

/** Reads `0b01xx`: each digit a bit, `x` leaves it; digits left out at the top leave theirs. */
function parseBitmap(text: string): Pick<GuestChange, 'mask' | 'value'> | undefined {
  const digits = /^0b([01x_]+)$/i.exec(text)?.[1]?.replaceAll('_', '').toLowerCase();
  if (digits === undefined || digits === '' || digits.length > 64) return undefined;
  const bits = (pattern: RegExp): bigint => BigInt(`0b${[...digits].map((digit) => (pattern.test(digit) ? '1' : '0')).join('')}`);
  return { mask: bits(/[01]/), value: bits(/1/) };
}

function formatBitmap({ mask, value }: GuestChange): string {
  const digit = (bit: bigint): string => (((mask >> bit) & 1n) === 0n ? 'x' : ((value >> bit) & 1n).toString());
  return `0b${Array.from({ length: 64 }, (_, i) => digit(BigInt(63 - i))).join('')}`;
}

function readModifier(reader: JsonReader, path: string, entry: unknown, found: Diagnostic[]): GuestChange[] {
  const modifier = reader.object(path, entry);
  if (modifier === undefined) return [];
  const id = reader.word(`${path}.addr`, modifier.addr);
  const bitmap = typeof modifier.bitmap === 'string' ? parseBitmap(modifier.bitmap) : undefined;
  if (bitmap === undefined) reader.fail(`${path}.bitmap`, '"0b…" of at most 64 digits 0, 1 and x', modifier.bitmap);
  if (id === undefined || bitmap === undefined) return [];
  const register = resolveKvmId(id);
  if (register.kind === 'known') return [guestChange(register.name, bitmap.mask, bitmap.value)];
  found.push({
    code: 'not-modelled',
    severity: 'warning',
    where: `${path}.addr`,
    message: `${formatHex(id)} is ${register.words}; left out, since no CPU feature follows from it here`,
  });
  return [];
}

function parseJson(text: string): Parsed<unknown> {
  try {
    return { value: JSON.parse(text), diagnostics: [] };
  } catch {
    return { value: undefined, diagnostics: [{ code: 'bad-json', severity: 'error', where: 'file', message: 'the text is no JSON' }] };
  }
}

/** The features of KVM_ARM_VCPU_INIT by bit: which a template turns on or off. */
function readVcpuFeatures(reader: JsonReader, value: unknown): Pick<GuestLayer, 'vcpu'> {
  if (value === undefined) return {};
  if (!Array.isArray(value)) reader.fail('vcpu_features', 'an array', value);
  const [on, off] = [new Set<VcpuFeature>(), new Set<VcpuFeature>()];
  for (const [i, entry] of (Array.isArray(value) ? (value as readonly unknown[]) : []).entries()) {
    const path = joinPath('vcpu_features', i);
    const { index, bitmap: text } = reader.object(path, entry) ?? {};
    const bitmap = typeof text === 'string' ? parseBitmap(text) : undefined;
    if (bitmap === undefined) reader.fail(`${path}.bitmap`, '"0b…" of at most 32 digits 0, 1 and x', text);
    if (index !== 0 || bitmap === undefined) continue;
    for (const [bit, name] of VCPU_FEATURES.entries()) {
      if (((bitmap.mask >> BigInt(bit)) & 1n) === 1n) (((bitmap.value >> BigInt(bit)) & 1n) === 1n ? on : off).add(name);
    }
  }
  return { vcpu: { on: [...on], off: [...off] } };
}

/**
 * Reads a CPU template of Firecracker for aarch64: `reg_modifiers`, each with a KVM register id and a bitmap, and `vcpu_features`. Registers
 * that are no ID registers are reported and left out; `kvm_capabilities` are only checks.
 *
 * @param name - What to call the layer, such as the file's name.
 * @see Firecracker, docs/cpu_templates/cpu-templates.md; Linux `Documentation/virt/kvm/api.rst`, KVM_SET_ONE_REG.
 *
 * @example
 * ```js
 * parseFirecrackerTemplate('{"reg_modifiers":[]}').value.changes // → []
 * ```
 */
export function parseFirecrackerTemplate(text: string, name: string = 'template'): Parsed<GuestLayer> {
  const json = parseJson(text);
  if (json.diagnostics.length > 0) return { value: { name, kind: 'template', changes: [] }, diagnostics: json.diagnostics };
  const reader = new JsonReader();
  const found: Diagnostic[] = [];
  const template = reader.object('', json.value) ?? {};
  const modifiers = template.reg_modifiers ?? [];
  if (!Array.isArray(modifiers)) reader.fail('reg_modifiers', 'an array', modifiers);
  const entries: readonly unknown[] = Array.isArray(modifiers) ? modifiers : [];
  const changes = entries.flatMap((entry, i) => readModifier(reader, joinPath('reg_modifiers', i), entry, found));
  const vcpu = readVcpuFeatures(reader, template.vcpu_features);
  const problems = reader.problems.map(({ path, message }) => ({ code: 'bad-value', severity: 'error', where: path, message }) as const);
  return { value: { name, kind: 'template', changes, ...vcpu }, diagnostics: [...problems, ...found] };
}

/** What Firecracker checks before it asks for a feature: the numbers of KVM_CAP_ARM_SVE, KVM_CAP_ARM_PTRAUTH_ADDRESS and _GENERIC. */
const CAPABILITIES: Readonly<Partial<Record<VcpuFeature, string>>> = { sve: '170', ptrauth_address: '171', ptrauth_generic: '172' };

/** The parts of a template that ask for features of the vCPU that Firecracker does not ask for by itself. */
function askedFeatures(features: readonly VcpuFeature[]): object {
  const asked = features.filter((name) => CAPABILITIES[name] !== undefined);
  if (asked.length === 0) return {};
  const bits = asked.reduce((mask, name) => mask | (1n << BigInt(VCPU_FEATURES.indexOf(name))), 0n);
  return {
    kvm_capabilities: asked.map((name) => CAPABILITIES[name]),
    vcpu_features: [{ index: 0, bitmap: `0b${bits.toString(2).replaceAll('0', 'x')}` }],
  };
}

/**
 * Writes a layer as a CPU template of Firecracker.
 *
 * @param features - What the vCPU is made with, of which the template asks for SVE and pointer authentication.
 * @example
 * ```js
 * JSON.parse(formatFirecrackerTemplate({ name: 'none', changes: [] })) // → { reg_modifiers: [] }
 * ```
 */
export function formatFirecrackerTemplate({ changes }: GuestLayer, features: readonly VcpuFeature[] = []): string {
  const modifiers = changes.map((change) => ({ addr: formatHex(kvmIdOf(change.register)), bitmap: formatBitmap(change) }));
  return `${JSON.stringify({ ...askedFeatures(features), reg_modifiers: modifiers }, null, 2)}\n`;
}
