import { encodingOf, formatEncoding } from '../arch/encoding.ts';
import { fieldBits } from '../arch/field-bits.ts';
import type { FieldPath } from '../arch/register.ts';
import { maskOf, readField } from '../bits/field.ts';
import { allOf, anyOf, type Truth } from '../logic/truth.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import type { Process } from '../process/process.ts';
import { parseMidr } from '../silicon/midr.ts';
import type { ProcessLeaf } from './runtime-rows.ts';

/** Who a core is, as far as programs look. */
type Identity = Pick<CpuinfoEntry, 'implementer' | 'part' | 'variant'>;

/** Whether a core is `0x41 0xd0c`, `0xc0 *` (any part), or `0x51 0x002 0x0` (of this variant only). What is absent is not known. */
function isCore({ implementer, part, variant }: Identity, text: string): Truth {
  const [whose, which, of] = text.split(' ');
  const is = (wanted: string | undefined, found: number | undefined): Truth => (found === undefined ? undefined : Number(wanted) === found);
  return allOf([is(whose, implementer), which === '*' || is(which, part), of === undefined || is(of, variant)]);
}

/** What MRS gives to a program that asks first whether it may. */
interface Read {
  readonly value: bigint;
  /** The bits that are not known. */
  readonly open: bigint;
}

function readNative({ el0, el0Open }: Process, name: string): Read | null | undefined {
  const value = el0?.get(name);
  if (typeof value !== 'bigint') return value === 'SIGILL' ? null : undefined;
  return { value, open: el0Open?.get(name) ?? 0n };
}

/** `undefined`: not known; `null`: the program does not ask, or gets a signal. */
function readRegister(process: Process, name: string): Read | null | undefined {
  if (process.hwcaps === undefined || process.hwcaps.has('cpuid')) return readNative(process, name);
  return process.open?.has('cpuid') ? undefined : null;
}

/** Judges what was read, if the bits that matter are known. */
function judgeRead(read: Read | null | undefined, bits: bigint, judge: (value: bigint) => boolean): Truth {
  if (read === null) return false;
  return read === undefined || (read.open & bits) !== 0n ? undefined : judge(read.value);
}

const MIDR_EL1 = 'S3_0_C0_C0_0';
const DCZID_EL0 = 'S3_3_C0_C0_7';

/** The bits of MIDR_EL1 that name a core, and its variant. */
const CORE = 0xff0f_fff0n;
const VARIANT = 0xf0_0000n;

function judgeMidr(process: Process, { midr, architecture }: Extract<ProcessLeaf, { midr: unknown }>): Truth {
  const bits = midr.some((text) => text.split(' ').length > 2) ? CORE | VARIANT : CORE;
  return judgeRead(readRegister(process, MIDR_EL1), bits, (value) => {
    const read = parseMidr(value);
    return (architecture === undefined || Number(architecture) === read.architecture) && midr.some((text) => isCore(read, text));
  });
}

function judgeField(process: Process, { field: path, atLeast }: Extract<ProcessLeaf, { field: unknown }>): Truth {
  const field = fieldBits(path as FieldPath);
  const read = readRegister(process, formatEncoding(encodingOf(field.register)));
  return judgeRead(read, maskOf(field), (value) => readField(value, field, field.sign) >= BigInt(atLeast));
}

/** Whether DC ZVA zeroes so many bytes; where it is forbidden, it zeroes none. */
function judgeZva(process: Process, bytes: number): Truth {
  const read = readNative(process, DCZID_EL0);
  return judgeRead(read, 0x1fn, (value) => (value & 0x10n) === 0n && 4 << Number(value & 0xfn) === bytes);
}

/** Whether a release, as uname tells it, is of a mainline release or a later one. */
function judgeRelease({ release }: Process, least: string): Truth {
  const numbers = /^(\d+)\.(\d+)/.exec(release ?? '');
  if (numbers === null) return undefined;
  const [major = 0, minor = 0] = least.split('.').map(Number);
  return Number(numbers[1]) > major || (Number(numbers[1]) === major && Number(numbers[2]) >= minor);
}

function judgeParts(cpuinfo: readonly CpuinfoEntry[] | undefined, parts: readonly string[]): Truth {
  if (cpuinfo === undefined) return undefined;
  return allOf([
    ...cpuinfo.map((entry) => anyOf(parts.map((text) => isCore(entry, text)))),
    ...parts.map((text) => anyOf(cpuinfo.map((entry) => isCore(entry, text)))),
  ]);
}

/** Whether the first Features line of /proc/cpuinfo has a word. */
export function hasWord({ cpuinfo, open }: Process, word: string): Truth {
  if (cpuinfo === undefined) return undefined;
  return cpuinfo[0]?.features.includes(word) === true || (open?.has(word) === true ? undefined : false);
}

/**
 * Judges what a rule asks of a process.
 *
 * @param named - Judges another name of the same answer.
 */
export function judgeLeaf(process: Process, leaf: ProcessLeaf, named: (name: string) => Truth): Truth {
  if ('hwcap' in leaf) {
    const { hwcaps, open } = process;
    return hwcaps && (hwcaps.has(leaf.hwcap) || (open?.has(leaf.hwcap) === true ? undefined : false));
  }
  if ('word' in leaf) return hasWord(process, leaf.word);
  if ('name' in leaf) return named(leaf.name);
  if ('midr' in leaf) return judgeMidr(process, leaf);
  if ('field' in leaf) return judgeField(process, leaf);
  if ('kernel' in leaf) return judgeRelease(process, leaf.kernel);
  if ('zva' in leaf) return judgeZva(process, leaf.zva);
  if ('hardware' in leaf) return anyOf(leaf.hardware.map((text) => process.hardware?.endsWith(text) === true));
  if ('parts' in leaf) return judgeParts(process.cpuinfo, leaf.parts);
  const last = process.cpuinfo?.at(-1);
  return last && anyOf(leaf.core.map((text) => isCore(last, text)));
}
