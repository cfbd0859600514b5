import type { CapturedCore } from '../answers/capture.ts';
import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';
import { type FieldPath, fieldsOf, findRegister } from '../arch/register.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { findCore } from '../silicon/core.ts';
import { coresOfProduct } from './core-midr.ts';
import { MACOS_CPU_FAMILIES } from './generated/macos.ts';
import { LineAccount, type LineCount, placeOf, type TextLine, textLines } from './line-account.ts';
import type { Capture, ReadCapture, Reader } from './reader.ts';

/** A kind of core, as macOS counts them: level 0 is the fastest. */
export interface PerformanceLevel {
  readonly name?: string;
  readonly cpus?: number;
}

/** What `sysctl hw machdep.cpu` of macOS says of the CPU. */
export interface MacosSysctl {
  /** `machdep.cpu.brand_string`, such as `Apple M2`. */
  readonly brand?: string;
  readonly cpuCount?: number;
  readonly levels: readonly PerformanceLevel[];
  /** `FEAT_…` that macOS offers to programs. */
  readonly present: readonly string[];
  /** `FEAT_…` that it says are not there; the silicon may have some that macOS keeps to itself. */
  readonly absent: readonly string[];
  /** Whether `hw.cputype` is that of Arm with 64 bits: the cores are Apple's. */
  readonly isArm?: true;
  /** Values of fields that no `FEAT_…` names alone. */
  readonly fields: ReadonlyMap<FieldPath, number>;
  /** `hw.cpufamily`, 0 to 2^32 - 1. */
  readonly family?: number;
}

/** What {@link parseMacosSysctl} gives: the value, and what became of each line. */
export interface ParsedMacosSysctl extends Parsed<MacosSysctl> {
  readonly lines: LineCount;
}

/** Apple: macOS runs on no other Arm CPUs. */
const APPLE = 0x61;

/** Names from before macOS 12, and those that stand beside the FEAT names. */
const LEGACY: Readonly<Record<string, ArchFeatureName>> = {
  'hw.optional.floatingpoint': 'FEAT_FP',
  'hw.optional.AdvSIMD': 'FEAT_AdvSIMD',
  'hw.optional.arm.AdvSIMD': 'FEAT_AdvSIMD',
  'hw.optional.neon': 'FEAT_AdvSIMD',
  'hw.optional.neon_fp16': 'FEAT_FP16',
  'hw.optional.armv8_crc32': 'FEAT_CRC32',
  'hw.optional.armv8_1_atomics': 'FEAT_LSE',
  'hw.optional.armv8_2_fhm': 'FEAT_FHM',
  'hw.optional.armv8_2_sha512': 'FEAT_SHA512',
  'hw.optional.armv8_2_sha3': 'FEAT_SHA3',
  'hw.optional.armv8_3_compnum': 'FEAT_FCMA',
};

/**
 * The type of CPU of Mach-O files for Arm with 64 bits.
 *
 * @see XNU `osfmk/mach/machine.h`, `CPU_TYPE_ARM64`.
 */
const MACH_ARM64 = '16777228';

/** Parts of SME, each of which a field of its own shows: `hw.optional.arm.SME_I8I32`. */
const SME_PART = /^hw\.optional\.arm\.SME_(\w{3,20})$/;

/** The value of a field of ID_AA64SMFR0_EL1 that shows a part of SME; `undefined` if there is no such field, or several values do. */
function valueOfPart(part: string): readonly [path: FieldPath, value: number] | undefined {
  const field = fieldsOf(findRegister('ID_AA64SMFR0_EL1')!).find(({ name }) => name === part);
  const [value, ...others] = Object.keys(field?.values ?? {}).filter((one) => one !== '0');
  return value === undefined || others.length > 0 ? undefined : [`ID_AA64SMFR0_EL1.${part}` as FieldPath, Number(value)];
}

/** A number of 32 bits, which sysctl prints with a sign, or by -x in hexadecimal. */
const FAMILY = /^(?:-?\d{1,10}|0x[0-9a-f]{1,8})$/i;

const LINE = /^([A-Za-z][\w-]{0,40}(?:\.[\w%-]{1,60}){1,8}) ?(?:[:=] ?(.*))?$/;

class SysctlText {
  readonly account = new LineAccount();
  readonly #outcomes = new Map<string, boolean>();
  readonly #fields = new Map<FieldPath, number>();
  readonly #levels = new Map<number, { name?: string; cpus?: number }>();
  #brand: string | undefined;
  #cpuCount: number | undefined;
  /** Whether the last name was of no part that tells of the CPU. */
  #isElsewhere = false;
  #isArm: true | undefined;
  #family: number | undefined;

  line(line: TextLine): void {
    const match = LINE.exec(line.text.trim());
    if (match === null) {
      // Values of other parts of the system may run over several lines. The command may stand before them, and what it complains of.
      if (this.#isElsewhere || /^sysctl\b/.test(line.text)) this.account.passed();
      else this.account.unread(line, 'a line such as "hw.optional.arm.FEAT_LSE: 1"');
      return;
    }
    const [, name = '', value = ''] = match;
    this.#isElsewhere = !/^(?:hw|machdep)\./.test(name);
    this.#entry(name, value.trim(), line);
  }

  #entry(name: string, value: string, line: TextLine): void {
    const archFeature = LEGACY[name] ?? /^hw\.optional\.arm\.(FEAT_\w{1,60})$/.exec(name)?.[1];
    const part = valueOfPart(SME_PART.exec(name)?.[1] ?? '');
    const level = /^hw\.perflevel(\d{1,2})\.(name|logicalcpu)$/.exec(name);
    if (archFeature !== undefined) this.#archFeature(archFeature, value, line);
    else if (part !== undefined && value === '1') this.#take(() => this.#fields.set(...part));
    else if (part !== undefined && value === '0') this.#absentPart(SME_PART.exec(name)![1]!, line);
    else if (name === 'hw.cpufamily' && FAMILY.test(value)) this.#take(() => (this.#family = Number(value) >>> 0));
    else if (name === 'hw.cputype' && value === MACH_ARM64) this.#take(() => (this.#isArm = true));
    else if (level !== null) this.#level(Number(level[1]), level[2]!, value, line);
    else if (name === 'machdep.cpu.brand_string') this.#take(() => (this.#brand = value.replace(' (Virtual)', '')));
    else if (name === 'hw.logicalcpu' || name === 'hw.ncpu') this.#count(value, line, (count) => (this.#cpuCount ??= count));
    else if (name === 'machdep.cpu.vendor' || /^hw\.optional\.(?:sse|avx|x86)/.test(name)) this.#foreign(name, line);
    else this.account.passed();
  }

  /** A part that is not offered, where the architecture has a name for it; the others come with SME itself. */
  #absentPart(part: string, line: TextLine): void {
    const archFeature = findArchFeatureRule(`FEAT_SME_${part}`)?.name;
    if (archFeature === undefined) this.account.read();
    else this.#archFeature(archFeature, '0', line);
  }

  #take(assign: () => void): void {
    assign();
    this.account.read();
  }

  #count(value: string, line: TextLine, assign: (count: number) => void): void {
    if (/^\d{1,5}$/.test(value)) this.#take(() => assign(Number(value)));
    else this.account.unread(line, 'a number of CPUs', line.text.indexOf(value));
  }

  #archFeature(written: string, value: string, line: TextLine): void {
    if (!/^[01]$/.test(value)) {
      this.account.unread(line, '0 or 1', line.text.length - value.length);
      return;
    }
    const name = findArchFeatureRule(written)?.name ?? written;
    const before = this.#outcomes.get(name);
    const held = value === '1';
    this.account.read();
    if (before !== undefined && before !== held) {
      const message = `${name} is ${held ? 1 : 0} here and ${held ? 0 : 1} above; what offers it is believed`;
      this.account.add({ code: 'contradiction', severity: 'warning', where: placeOf(line.number, 0), message });
    }
    this.#outcomes.set(name, held || before === true);
  }

  #level(index: number, key: string, value: string, line: TextLine): void {
    const level = this.#levels.get(index) ?? {};
    this.#levels.set(index, level);
    if (key === 'name') this.#take(() => (level.name = value));
    else this.#count(value, line, (count) => (level.cpus = count));
  }

  #foreign(name: string, line: TextLine): void {
    this.account.passed();
    if (this.account.diagnostics.some(({ code }) => code === 'not-arm')) return;
    const message = `${name} is of a Mac with an Intel CPU; run it on an Arm machine`;
    this.account.add({ code: 'not-arm', severity: 'error', where: placeOf(line.number, 0), message });
  }

  get value(): MacosSysctl {
    const of = (wanted: boolean): readonly string[] => [...this.#outcomes].filter(([, held]) => held === wanted).map(([name]) => name);
    const levels = [...this.#levels].sort(([a], [b]) => a - b).map(([, level]) => level);
    return {
      ...given({ brand: this.#brand, cpuCount: this.#cpuCount, isArm: this.#isArm, family: this.#family }),
      levels,
      present: of(true),
      absent: of(false),
      fields: this.#fields,
    };
  }
}

/**
 * Reads what `sysctl hw machdep.cpu` prints on macOS: which architecture features it offers to programs (`hw.optional.arm.FEAT_*` and
 * the older names), the brand, and how many CPUs of which kind there are. Other lines are passed over.
 *
 * @example
 * ```js
 * parseMacosSysctl('hw.optional.arm.FEAT_LSE: 1\n').value.present // → ['FEAT_LSE']
 * ```
 */
export function parseMacosSysctl(text: string): ParsedMacosSysctl {
  const reading = new SysctlText();
  for (const line of textLines(text)) if (line.text.trim() !== '') reading.line(line);
  return { value: reading.value, diagnostics: reading.account.diagnostics, lines: reading.account.lines };
}

/** The cores of the chip that a Mac is: by its brand, or by the number of its family, where one chip alone has it. */
function coresOf({ brand, family }: MacosSysctl): readonly CapturedCore[] {
  const named = brand === undefined || !/^Apple [AM]\d/.test(brand) ? [] : coresOfProduct(brand);
  const parts = chipsOf(family).length === 1 ? chipsOf(family)[0]! : [];
  return named.length > 0
    ? named.map(({ implementer, part }) => ({ implementer, part }))
    : parts.map((part) => ({ implementer: APPLE, part }));
}

function chipsOf(family: number | undefined): readonly (readonly number[])[] {
  return (family === undefined ? undefined : MACOS_CPU_FAMILIES.get(family)) ?? [];
}

/** Says of which chips one is there, where a number is that of several. */
function aboutFamily(value: MacosSysctl): readonly Diagnostic[] {
  const chips = chipsOf(value.family);
  if (chips.length < 2 || coresOf(value).length > 0) return [];
  const names = chips.map((parts) => parts.map((part) => findCore({ implementer: APPLE, part })?.name ?? `part 0x${part.toString(16)}`));
  const message = `hw.cpufamily is that of ${names.map((cores) => cores.join(' with ')).join(', or ')}: which one is not told`;
  return [{ code: 'one-of-chips', severity: 'note', where: 'file', message }];
}

function titleOf({ brand, levels, cpuCount }: MacosSysctl): string | undefined {
  if (brand === undefined) return undefined;
  const kinds = levels.flatMap(({ name, cpus }) => (cpus === undefined ? [] : [`${cpus}${name === undefined ? '' : ` ${name}`}`]));
  const counted = kinds.length > 1 ? `${kinds.join(' + ')} CPUs` : cpuCount === undefined ? '' : `${cpuCount} CPUs`;
  return counted === '' ? `${brand}, as macOS shows it` : `${brand}, as macOS shows it, ${counted}`;
}

function captureOf(value: MacosSysctl): Capture {
  const title = titleOf(value);
  const { brand, cpuCount, present, absent, fields, isArm, family } = value;
  const cores = coresOf(value);
  const isApple = present.length + absent.length + cores.length > 0 || isArm || chipsOf(family).length > 0;
  return {
    ...given({ name: brand, title }),
    ...(present.length + absent.length === 0 ? {} : { archFeatures: { present, absent } }),
    ...(isApple ? { implementer: APPLE } : {}),
    ...(cores.length === 0 ? {} : { cores }),
    ...(fields.size === 0 ? {} : { fields }),
    ...given({ cpuCount }),
  };
}

/** What `sysctl` prints on macOS. */
export const macosSysctlReader: Reader = {
  name: 'macos-sysctl',
  title: "macOS' sysctl",
  recognise(head) {
    if (/^hw\.optional\.arm/m.test(head)) return 1;
    if (/^(?:machdep\.cpu\.brand_string|hw\.perflevel\d|hw\.optional)[\w.]*[ :=]/m.test(head)) return 0.9;
    return (head.match(/^(?:hw|machdep|kern)\.\w{1,40}(?:\.\w{1,40})?[:=]/gm)?.length ?? 0) > 1 ? 0.6 : 0;
  },
  read(text): ReadCapture {
    const { value, diagnostics, lines } = parseMacosSysctl(text);
    const told = captureOf(value);
    // On Arm, Apple's framework alone runs macOS as a guest; on Intel's CPUs others do, too.
    const sign = told.implementer === APPLE ? /^.*(?:: VirtualMac|hv_vmm_present: 1\b).*/m : /^.*: VirtualMac.*/m;
    const guest = sign.exec(text)?.[0];
    const detectVirt = guest === undefined ? undefined : { text: 'apple', at: { file: '', text: guest } };
    const capture = { ...told, ...given({ detectVirt }) };
    const found: readonly Diagnostic[] =
      Object.keys(capture).length > 0
        ? [...diagnostics, ...aboutFamily(value)]
        : [
            ...diagnostics,
            { code: 'no-features', severity: 'error', where: 'file', message: 'expected lines of hw.optional and machdep.cpu' },
          ];
    return { value: capture, diagnostics: found, lines };
  },
};
