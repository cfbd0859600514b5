import { type FieldBits, fieldBits, fieldNamesOf, findFieldPath } from '../arch/field-bits.ts';
import { valueNames } from '../arch/field-values.ts';
import { ALL_BITS, type BitRange, maskOf, widthOf } from '../bits/field.ts';
import { formatHex, parseWord } from '../bits/hex.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { type GuestChange, type GuestLayer, guestChange } from '../hypervisor/guest-layer.ts';
import { nearestName } from '../nearest.ts';
import type { SystemRegisterName } from '../silicon/machine.ts';
import { JsonReader, joinPath, showJson } from './json-reader.ts';
import { findRegisterName, nearestRegister } from './register-name.ts';

/** What a line says, or what is wrong with it. */
type Read = { readonly change: GuestChange } | { readonly problem: string };

function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

function namedRegister(text: string): SystemRegisterName | { readonly problem: string } {
  return findRegisterName(text) ?? { problem: `no ID register ${text}${hint(nearestRegister(text))}` };
}

/** The value of a field by number (`2`, `0xf`, `-1`) or by the name of the value (`NI`), as an unsigned number. */
function fieldValue(text: string, field: FieldBits): bigint | { readonly problem: string } {
  const width = widthOf(field);
  const values = Object.entries(valueNames(`${field.register}.${field.name}`));
  const named = values.find(([, name]) => name !== '' && name.toLowerCase() === text.toLowerCase());
  if (named !== undefined) return BigInt(named[0]);
  const negative = /^-[1-9]\d{0,3}$/.test(text) ? BigInt(text) : undefined;
  const value = negative !== undefined && BigInt.asIntN(width, negative) === negative ? BigInt.asUintN(width, negative) : parseWord(text);
  if (value !== undefined && value >= 0n && value < 1n << BigInt(width)) return value;
  const names = values.flatMap(([key, name]) => (name === '' ? [] : [`${name} (${key})`]));
  const expected = names.length === 0 ? `a number of ${width} bits` : `${names.join(', ')} or another number of ${width} bits`;
  return { problem: `${field.name} is set to ${showJson(text)}; expected ${expected}` };
}

function fieldSetting(path: string, text: string): Read {
  const found = findFieldPath(path);
  if (found !== undefined) {
    const field = fieldBits(found);
    const value = fieldValue(text, field);
    return typeof value === 'bigint' ? { change: guestChange(field.register, maskOf(field), value << BigInt(field.lsb)) } : value;
  }
  const [registerName = '', fieldName = ''] = path.split('.');
  const register = findRegisterName(registerName);
  const names = register === undefined ? [] : fieldNamesOf(register);
  if (names.length === 0) return { problem: `no ID register ${registerName}${hint(nearestRegister(registerName))}` };
  const nearest = nearestName(fieldName, names);
  return { problem: `${register} has no field ${fieldName}${hint(nearest === undefined ? undefined : `${register}.${nearest}`)}` };
}

function rangeSetting(registerName: string, range: BitRange, text: string): Read {
  const register = namedRegister(registerName);
  if (typeof register !== 'string') return register;
  if (range.msb > 63 || range.lsb > range.msb)
    return { problem: `bits ${range.msb}:${range.lsb} are no range of a 64-bit register, highest bit first` };
  const value = parseWord(text);
  if (value === undefined || value >= 1n << BigInt(widthOf(range)))
    return { problem: `expected a number of ${widthOf(range)} bits, got ${showJson(text)}` };
  return { change: guestChange(register, maskOf(range), value << BigInt(range.lsb)) };
}

/** Reads what stands on a line: `REGISTER.FIELD = VALUE`, `REGISTER[msb:lsb] = VALUE` or `REGISTER = VALUE`. */
function readSetting(line: string): Read {
  const match = /^([A-Za-z]\w*)(?:\.(\w+)|\[(\d{1,2})(?::(\d{1,2}))?\])?\s*=\s*(\S+)$/.exec(line.trim());
  if (match === null) return { problem: `expected REGISTER.FIELD = VALUE or REGISTER[msb:lsb] = VALUE, got ${showJson(line.trim())}` };
  const [, register, field, msb, lsb = msb, value] = match as unknown as [string, string, string?, string?, string?, string?];
  if (field !== undefined) return fieldSetting(`${register}.${field}`, value!);
  return rangeSetting(register, msb === undefined ? { msb: 63, lsb: 0 } : { msb: Number(msb), lsb: Number(lsb) }, value!);
}

function problemAt(where: string, message: string): Diagnostic {
  return { code: 'bad-value', severity: 'error', where, message };
}

/**
 * Reads one setting of a field, such as `ID_AA64PFR0_EL1.SVE=0` or `ID_AA64PFR0_EL1.FP=NI`; bits (`ID_AA64PFR0_EL1[35:32]=0`) and
 * whole registers are taken too.
 *
 * @returns A layer of that name; without changes if the text could not be read.
 *
 * @example
 * ```js
 * parseFieldSetting('ID_AA64PFR0_EL1.SVE=0').value.changes[0].register // → 'ID_AA64PFR0_EL1'
 * ```
 */
export function parseFieldSetting(text: string): Parsed<GuestLayer> {
  const read = readSetting(text);
  if ('problem' in read) return { value: { name: text, kind: 'setting', changes: [] }, diagnostics: [problemAt('', read.problem)] };
  return { value: { name: text.replaceAll(/\s+/g, ''), kind: 'setting', changes: [read.change] }, diagnostics: [] };
}

function parseLines(text: string): Parsed<readonly GuestChange[]> {
  const changes: GuestChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const plain = line.replace(/(?:#|;|\/\/).*/, '');
    if (plain.trim() === '') continue;
    const read = readSetting(plain);
    if ('change' in read) changes.push(read.change);
    else diagnostics.push(problemAt(`line ${i + 1}`, read.problem));
  }
  return { value: changes, diagnostics };
}

function readEntry(reader: JsonReader, path: string, entry: unknown): GuestChange[] {
  const object = reader.object(path, entry);
  if (object === undefined) return [];
  const register = typeof object.register === 'string' ? namedRegister(object.register) : { problem: '' };
  if (typeof register !== 'string') {
    reader.fail(`${path}.register`, 'the name of an ID register', object.register);
    return [];
  }
  const mask = reader.word(`${path}.mask`, object.mask);
  const value = reader.word(`${path}.value`, object.value);
  if (mask === undefined || value === undefined) return [];
  if ((value & ~mask) !== 0n) reader.fail(`${path}.value`, 'no bit outside of mask', object.value);
  return [guestChange(register, mask, value)];
}

function parseJson(text: string): Parsed<readonly GuestChange[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { value: [], diagnostics: [{ code: 'bad-json', severity: 'error', where: 'file', message: 'the text is no JSON' }] };
  }
  const reader = new JsonReader();
  const entries = Array.isArray(json) ? json : reader.object('', json)?.changes;
  if (!Array.isArray(entries)) reader.fail('changes', 'an array of {register, mask, value}', entries);
  const changes = (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, i) => readEntry(reader, joinPath('changes', i), entry));
  return { value: changes, diagnostics: reader.problems.map(({ path, message }) => problemAt(path, message)) };
}

/**
 * Reads a mask file: what a hypervisor makes of ID registers. As text it has a setting a line (`ID_AA64PFR0_EL1.SVE = 0`,
 * `ID_AA64ISAR1_EL1[55:52] = 0b0000`, `ID_AA64ZFR0_EL1 = 0`; `#` starts a comment); as JSON, an array (or `changes`) of
 * `{"register", "mask", "value"}` with the bits in place.
 *
 * @param name - What to call the layer, such as the file's name.
 *
 * @example
 * ```js
 * parseMask('ID_AA64PFR0_EL1[35:32] = 0\n').value.changes[0].register // → 'ID_AA64PFR0_EL1'
 * ```
 */
export function parseMask(text: string, name: string = 'mask'): Parsed<GuestLayer> {
  const plain = text.replace(/^\ufeff/, '');
  const { value: changes, diagnostics } = /^\s*[{[]/.test(plain) ? parseJson(plain) : parseLines(plain);
  return { value: { name, kind: 'mask', changes }, diagnostics };
}

/** The runs of neighbouring bits that a change sets, from the top. */
function runsOf({ mask }: GuestChange): BitRange[] {
  const runs: BitRange[] = [];
  let msb: number | undefined;
  for (let bit = 63; bit >= -1; bit--) {
    const set = bit >= 0 && ((mask >> BigInt(bit)) & 1n) === 1n;
    if (set) msb ??= bit;
    else if (msb !== undefined) {
      runs.push({ msb, lsb: bit + 1 });
      msb = undefined;
    }
  }
  return runs;
}

/**
 * Writes a layer as the text of a mask file: a line for each run of bits.
 *
 * @example
 * ```js
 * formatMask({ name: 'none', changes: [] }) // → ''
 * ```
 */
export function formatMask({ changes }: GuestLayer): string {
  return changes
    .flatMap((change) =>
      runsOf(change).map((range) => {
        const value = (change.value & maskOf(range)) >> BigInt(range.lsb);
        return `${change.register}[${range.msb}:${range.lsb}] = 0x${value.toString(16)}\n`;
      }),
    )
    .join('');
}

/**
 * Writes a layer as the JSON of a mask file; nothing is lost on the way.
 *
 * @example
 * ```js
 * JSON.parse(formatMaskJson({ name: 'none', changes: [] })) // → { changes: [] }
 * ```
 */
export function formatMaskJson({ changes }: GuestLayer): string {
  const entries = changes.map(({ register, mask, value }) => ({ register, mask: formatHex(mask & ALL_BITS), value: formatHex(value) }));
  return `${JSON.stringify({ changes: entries }, null, 2)}\n`;
}
