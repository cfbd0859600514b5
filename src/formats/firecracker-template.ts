import { parseEncoding, registerAt } from '../arch/encoding.ts';
import { formatHex } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { type GuestChange, type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { genericNameOf } from '../process/mrs.ts';
import { EXTRA_REGISTERS, type SystemRegisterName } from '../silicon/machine.ts';
import { JsonReader, joinPath, showJson } from './json-reader.ts';

/** KVM's id of a 64-bit arm64 system register with all operands 0: architecture, size, and the group "system register". */
const SYSTEM_REGISTER = 0x6030_0000_0013_0000n;

/** The bits of a KVM id that tell the architecture, the size and the group. */
const ARCHITECTURE = 0xff00_0000_0000_0000n;
const GROUP = 0x0fff_0000n;
const ARM64 = 0x6000_0000_0000_0000n;
const SYSTEM_GROUP = 0x0013_0000n;

/** What other groups of KVM ids hold. */
const GROUPS: Readonly<Record<number, string>> = {
  16: 'a core register (PC, SP, general or vector registers)',
  17: 'a cache size register',
  20: 'a firmware register',
  21: 'an SVE register',
  22: 'a bitmap of firmware features',
};

/** The extra registers by their generic names. */
const EXTRA: ReadonlyMap<string, SystemRegisterName> = new Map(EXTRA_REGISTERS.map((name) => [genericNameOf(name), name]));

/** What a KVM id stands for: a register of the ID-register file, or words for what it is instead. */
function registerOfKvmId(id: bigint): SystemRegisterName | string {
  if ((id & ARCHITECTURE) !== ARM64) return 'no register of arm64';
  if ((id & GROUP) !== SYSTEM_GROUP) return GROUPS[Number((id & GROUP) >> 16n)] ?? 'a register of a group that is not known';
  const bits = Number(id & 0xffffn);
  const encoding = { op0: bits >> 14, op1: (bits >> 11) & 7, crn: (bits >> 7) & 15, crm: (bits >> 3) & 15, op2: bits & 7 };
  const name = `S${encoding.op0}_${encoding.op1}_C${encoding.crn}_C${encoding.crm}_${encoding.op2}`;
  return registerAt(encoding) ?? EXTRA.get(name) ?? `the system register ${name}, which is no ID register`;
}

/** The id by which KVM knows a register. */
export function kvmIdOf(register: SystemRegisterName): bigint {
  const { op0, op1, crn, crm, op2 } = parseEncoding(genericNameOf(register))!;
  return SYSTEM_REGISTER | BigInt((op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2);
}

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

function isRegister(found: string): found is SystemRegisterName {
  return /^[A-Z]\w+$/.test(found);
}

function readModifier(reader: JsonReader, path: string, entry: unknown, found: Diagnostic[]): GuestChange[] {
  const modifier = reader.object(path, entry);
  if (modifier === undefined) return [];
  const id = reader.word(`${path}.addr`, modifier.addr);
  const bitmap = typeof modifier.bitmap === 'string' ? parseBitmap(modifier.bitmap) : undefined;
  if (bitmap === undefined) reader.fail(`${path}.bitmap`, '"0b…" of at most 64 digits 0, 1 and x', modifier.bitmap);
  if (id === undefined || bitmap === undefined) return [];
  const register = registerOfKvmId(id);
  if (isRegister(register)) return [guestChange(register, bitmap.mask, bitmap.value)];
  found.push({
    code: 'not-modelled',
    severity: 'warning',
    where: `${path}.addr`,
    message: `${formatHex(id)} is ${register}; left out, since no CPU feature follows from it here`,
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

/** Other parts of a template that are no register: what they would do is not modelled. */
const OTHER_PARTS = ['kvm_capabilities', 'vcpu_features'];

/**
 * Reads a CPU template of Firecracker for aarch64: `reg_modifiers`, each with a KVM register id and a bitmap. Registers that are no ID
 * registers are reported and left out.
 *
 * @param name - What to call the layer, such as the file's name.
 * @see Firecracker, docs/cpu_templates/cpu-templates.md; Linux `Documentation/virt/kvm/api.rst`, KVM_SET_ONE_REG.
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
  for (const part of OTHER_PARTS) {
    if (template[part] === undefined) continue;
    found.push({
      code: 'not-modelled',
      severity: 'note',
      where: part,
      message: `${showJson(part)} is not modelled; give the fields that it hides as well`,
    });
  }
  const problems = reader.problems.map(({ path, message }) => ({ code: 'bad-value', severity: 'error', where: path, message }) as const);
  return { value: { name, kind: 'template', changes }, diagnostics: [...problems, ...found] };
}

/** Writes a layer as a CPU template of Firecracker. */
export function formatFirecrackerTemplate({ changes }: GuestLayer): string {
  const modifiers = changes.map((change) => ({ addr: formatHex(kvmIdOf(change.register)), bitmap: formatBitmap(change) }));
  return `${JSON.stringify({ reg_modifiers: modifiers }, null, 2)}\n`;
}
