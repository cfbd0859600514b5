import { namesOfLines } from '../answers/infer/line.ts';
import type { Parsed } from '../diagnostic.ts';
import { given } from '../given.ts';
import { nearestName } from '../nearest.ts';
import type { CpuinfoEntry } from '../process/cpuinfo.ts';
import { coreOfPart } from './core-midr.ts';
import { foreignCpuinfo, readNotArm } from './foreign-cpu.ts';
import { asTheyLook, isHwcapList, listedNames, lookalikeOf } from './hwcap-list.ts';
import { showJson } from './json-reader.ts';
import { LineAccount, lineShare, placeOf, type TextLine, textLines } from './line-account.ts';
import type { Capture, Reader } from './reader.ts';
import { goesOn, joinWrapped } from './wrapped-names.ts';

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function* linesOf(entry: CpuinfoEntry): Generator<string> {
  yield `processor\t: ${entry.processor}`;
  if (entry.modelName !== undefined) yield `model name\t: ${entry.modelName}`;
  if (entry.bogoMips !== undefined) yield `BogoMIPS\t: ${entry.bogoMips}`;
  yield `Features\t:${entry.features.map((name) => ` ${name}`).join('')}`;
  if (entry.implementer !== undefined) yield `CPU implementer\t: ${hex(entry.implementer, 2)}`;
  if (entry.architecture !== undefined) yield `CPU architecture: ${entry.architecture}`;
  if (entry.variant !== undefined) yield `CPU variant\t: ${hex(entry.variant, 1)}`;
  if (entry.part !== undefined) yield `CPU part\t: ${hex(entry.part, 3)}`;
  if (entry.revision !== undefined) yield `CPU revision\t: ${entry.revision}`;
}

/**
 * Writes /proc/cpuinfo byte for byte as an arm64 kernel does: each CPU followed by an empty line.
 *
 * @see Linux `arch/arm64/kernel/cpuinfo.c`, `c_show()`.
 *
 * @example
 * ```js
 * const { machine } = await loadMachine('raspberry-pi-4');
 * formatCpuinfo(cpuinfoView(boot(machine, { release: '6.8' }))).startsWith('processor\t: 0\n') // → true
 * ```
 */
export function formatCpuinfo(entries: readonly CpuinfoEntry[]): string {
  return entries.map((entry) => `${[...linesOf(entry)].join('\n')}\n\n`).join('');
}

type Draft = { -readonly [key in keyof CpuinfoEntry]?: CpuinfoEntry[key] };

/** Digits as they were before a picture of them was read: no number has the letters that look like some. */
const digitsOf = (text: string): string => text.replace(/o/gi, '0').replace(/[lI|]/g, '1');

/** Reads a decimal or `0x` number up to a bound. */
function parseNumber(said: string, max: number): number | undefined {
  const text = digitsOf(said);
  if (!/^(0x[0-9a-f]{1,8}|[0-9]{1,10})$/i.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

const NUMBERS: ReadonlyMap<string, readonly ['implementer' | 'architecture' | 'variant' | 'part' | 'revision', number]> = new Map([
  ['cpu implementer', ['implementer', 0xff]],
  ['cpu architecture', ['architecture', 0xff]],
  ['cpu variant', ['variant', 0xf]],
  ['cpu part', ['part', 0xfff]],
  ['cpu revision', ['revision', 0xf]],
] as const);

/** The key that someone meant who typed it with a letter or two wrong; `cpu model` and `cpu mhz` are near none. */
function typed(key: string): string {
  const meant = nearestName(
    key.slice(4),
    [...NUMBERS.keys()].map((name) => name.slice(4)),
  );
  return `cpu ${meant !== undefined && Math.abs(meant.length - (key.length - 4)) <= 1 ? meant : key}`;
}

/** Lines of other kernels, or of vendors, that say nothing about the CPU's features. */
const IGNORED: ReadonlySet<string> = new Set([
  'processor name',
  'hardware',
  'revision',
  'serial',
  'model',
  'cpu',
  'bios model name',
  'cpu physical',
  'cpu param',
  'cpu mhz',
  'cpu frequency',
  'machine',
  'board',
  'chip',
  'device',
  'radio',
  'msm hardware',
  'address sizes',
]);

/** Numbers of ARMv4 to ARMv7 in `CPU architecture`, as 32-bit kernels print them. */
const ARCHITECTURES: ReadonlyMap<string, number> = new Map([
  ['aarch64', 8],
  ['4t', 4],
  ['5t', 5],
  ['5te', 5],
  ['5tej', 5],
  ['6tej', 6],
]);

/** The most names of a Features line that are kept. No kernel has more than 192. */
const MAX_NAMES = 1000;

/** The most CPUs that are kept of one text. */
const MAX_ENTRIES = 4096;

/** Tools put commas between names. */
const NAME_ENDS = /[\s,]+/;

/** Whether words may be names of hwcaps, also of a kernel that is not known yet; a sentence is none. */
function hasHwcap(value: string): boolean {
  const known = namesOfLines();
  const words = value.split(NAME_ENDS).filter(Boolean);
  return words.some((word) => known.has(word)) || words.every((word) => /^[a-z\d_]+$/.test(word));
}

/** White space in front of a key that should start a line. */
const JOINED = /\s(?=(?:processor|bogomips|features|cpu (?:implementer|architecture|variant|part|revision))\s{0,8}:)/i;

class CpuinfoText {
  readonly account = new LineAccount();
  /** The line that the text may be cut within. */
  readonly #openAt: number | undefined;
  /** The CPU whose names end where the text does, so that there may be more of them. */
  open: Draft | undefined;
  readonly entries: Draft[] = [];
  readonly #numbers = new Set<number>();
  /** Lines that stand before all CPUs and hold for each of them. */
  readonly shared: Draft = {};
  /** Parts that stand there without the number of a CPU, as grep and sort leave them: each is of a kind of core. */
  readonly parts = new Set<number>();
  /** Other rows that stand there so, with more than one value: which part they go with is not told. */
  readonly unpaired = new Set<string>();
  /** What the text calls the machine. */
  title: string | undefined;
  /** Names that were misread, as the text has them. */
  readonly #misread = new Set<string>();
  /** Whose `Features` line stood just before, if one did: mail and forums break long lines. */
  #features: Draft | undefined;
  /** Set by an empty line or a fence: unknown lines that follow are a person's words around the listing. */
  #apart = true;
  /** Whether there are words within it that no kernel prints. */
  isEdited = false;

  constructor(openAt: number | undefined) {
    this.#openAt = openAt;
  }

  #bad(line: TextLine, expected: string): undefined {
    const colon = line.text.indexOf(':') + 1;
    const value = line.text.slice(colon).trimStart();
    const where = placeOf(line.number, line.text.length - value.length);
    const message = `expected ${expected}, got ${showJson(value.trim())}`;
    // Nothing that breaks off is a mistake.
    if (line.number === this.#openAt)
      this.account.reject({ code: 'outside', severity: 'note', where, message: `${message}: the text breaks off` });
    else this.account.reject({ code: 'bad-value', severity: 'error', where, message });
  }

  #start(value: string, line: TextLine): undefined {
    const processor = parseNumber(value, 0xffff);
    if (processor === undefined) {
      this.isEdited ||= value === '' && this.entries.length > 0;
      // `Processor : AArch64 Processor rev 2 (aarch64)` heads the listings of old kernels.
      if (this.entries.length > 0 && !/\brev \d/.test(value)) return this.#bad(line, 'the number of a CPU');
      return this.account.passed();
    }
    if (this.entries.length >= MAX_ENTRIES) return this.#bad(line, `at most ${MAX_ENTRIES} CPUs`);
    this.account.read();
    if (this.#numbers.has(processor)) {
      const message = `processor ${processor} stands here for the second time`;
      this.account.add({ code: 'duplicate-cpu', severity: 'warning', where: placeOf(line.number, 0), message });
    }
    this.#apart = false;
    this.#numbers.add(processor);
    this.entries.push({ processor });
  }

  #other(key: string, value: string, line: TextLine): undefined {
    if (key === 'hardware' || key === 'model') this.title ??= /^[A-Z]/i.test(value) ? value : undefined;
    if (IGNORED.has(key)) return this.account.passed();
    if (this.#apart) return this.#words(line);
    const message = `${showJson(key)} is not read`;
    this.account.reject({ code: 'unknown-line', severity: 'note', where: placeOf(line.number, 0), message });
  }

  #words(line: TextLine): undefined {
    const message = `${showJson(line.text.trim())} stands outside of the listing`;
    this.account.reject({ code: 'outside', severity: 'note', where: placeOf(line.number, 0), message });
  }

  #kind(member: keyof Draft, value: number): void {
    if (member === 'part') this.parts.add(value);
    else if (this.shared[member] !== undefined && this.shared[member] !== value) this.unpaired.add(member);
  }

  #pair(key: string, value: string, line: TextLine): undefined {
    const target = this.entries.at(-1) ?? this.shared;
    const number = NUMBERS.get(key) ?? (/^cpu \w{3,16}$/.test(key) ? NUMBERS.get(typed(key)) : undefined);
    if (number !== undefined) {
      const [member, max] = number;
      const parsed = (member === 'architecture' ? ARCHITECTURES.get(value.toLowerCase()) : undefined) ?? parseNumber(value, max);
      // A kernel prints as many digits as the field has.
      const isCut = line.number === this.#openAt && !/[en]$/.test(member) && value.length < 2 + max.toString(16).length;
      if (parsed === undefined || isCut) return this.#bad(line, `a number up to 0x${max.toString(16)}`);
      if (target === this.shared) this.#kind(member, parsed);
      if (target !== this.shared || target[member] === undefined) target[member] = parsed;
    } else if (key === 'features' && !hasHwcap(value)) return this.#other(key, value, line);
    else if (key === 'features' || isHwcapList(value)) {
      this.#noteLooks(value, line);
      this.#names(target, value);
      if (line.number === this.#openAt) this.open = target;
    } else if (key === 'model name') target.modelName = value;
    else if (key === 'bogomips') {
      // So spelled it is a vendor's, who prints twice the CPU's frequency; the kernel itself prints the timer's as BogoMIPS.
      if (/\bbogomips\b/.test(line.text)) return this.account.passed();
      if (!/^\d{1,12}\.\d\d$/.test(digitsOf(value))) return this.#bad(line, 'a number with two decimals');
      target.bogoMips = digitsOf(value);
    } else return this.#other(key, value, line);
    this.#apart = false;
    this.account.read();
  }

  /** Takes the names of a `Features` line, with what another line of it goes on with. */
  #names(target: Draft, text: string): void {
    const { names, isPart = target.isPart } = listedNames(text, MAX_NAMES);
    Object.assign(target, { features: names }, given({ isPart }));
    this.#features = target;
  }

  /** Says once of each name that was misread for what it is taken. */
  #noteLooks(text: string, line: TextLine): void {
    for (const word of text.split(NAME_ENDS)) {
      const name = lookalikeOf(word);
      if (name === undefined || this.#misread.has(word)) continue;
      this.#misread.add(word);
      const where = placeOf(line.number, line.text.indexOf(word));
      this.account.add({
        code: 'misread-name',
        severity: 'note',
        where,
        message: `${showJson(word)} is taken for ${name}, which it looks like`,
      });
    }
  }

  /** A line without a colon: the rest of a broken `Features` line, a person's words around the listing, or an error in it. */
  #bare(line: TextLine, continued: Draft | undefined): undefined {
    if (continued?.features !== undefined && goesOn(continued.features.join(' '), asTheyLook(line.text))) {
      this.#noteLooks(line.text, line);
      this.#names(continued, joinWrapped(continued.features.join(' '), line.text.trim()));
      return this.account.read();
    }
    if (/^\s*(?:Hardware|Serial)\s+\S/.test(line.text)) return this.account.passed();
    if (/^\s*(?:`{3}|-{2,}|={2,}|[$#>] ?)/.test(line.text)) {
      this.#apart = true;
      return this.account.passed();
    }
    // A text may break off as the next CPU begins.
    this.isEdited ||= this.entries.length > 0 && (!this.#apart || 'processor'.startsWith(line.text.trim()));
    if (this.#apart) this.#words(line);
    else {
      this.account.unread(line, '"name : value"');
    }
  }

  /** Reads a line; pastes may have lost the line ends between some of its entries. */
  line(line: TextLine): undefined {
    const parts = JOINED.test(line.text) ? line.text.split(JOINED).filter((part) => part.trim() !== '') : [line.text];
    for (const text of parts) this.#one(parts.length === 1 ? line : { ...line, text });
    return undefined;
  }

  #one(line: TextLine): undefined {
    const text = line.text.trim();
    const continued = this.#features;
    this.#features = undefined;
    if (text === '') {
      this.#apart = true;
      return;
    }
    const colon = line.text.indexOf(':');
    if (colon < 0) return this.#bare(line, continued);
    const key = line.text
      .slice(0, colon)
      .replace(/^[\s>|*]+/, '')
      .trim()
      .toLowerCase();
    const value = line.text.slice(colon + 1).trim();
    if (key === 'processor') this.#start(value, line);
    else this.#pair(key, value, line);
  }
}

const SPREAD = ['modelName', 'bogoMips', 'features', 'implementer', 'architecture', 'variant', 'part', 'revision'] as const;

/** What only the last CPU says, or what stands before all, holds for each of them: old kernels print it once. */
function spread({ entries: listed, shared, parts, unpaired, open }: CpuinfoText): readonly CpuinfoEntry[] {
  const common: Draft = { ...shared };
  // A listing of one CPU may lack its head.
  const isHeadless = listed.length === 0 && (shared.features !== undefined || shared.part !== undefined);
  const kinds = parts.size > 1 ? [...parts].map((part, processor) => ({ processor, part })) : [{ processor: 0 }];
  const entries: readonly Draft[] = isHeadless ? kinds : listed;
  for (const member of unpaired) delete common[member as keyof Draft];
  const last = entries.at(-1);
  for (const member of SPREAD) {
    const only = entries.length > 1 && entries.every((entry) => (entry[member] !== undefined) === (entry === last));
    if (only && last !== undefined)
      Object.assign(common, { [member]: last[member] }, member === 'features' && given({ isPart: last.isPart }));
  }
  return entries.map((entry, i) => {
    const before = entries[i - 1];
    const cut = entry === last && breaksOff(entry, before, entry === open) ? { isPart: true as const } : {};
    // A kernel prints a part with three digits, and the revision below it.
    const isTorn = before?.revision !== undefined && entry.revision === undefined && Number(entry.part) < 0x100;
    return withImplementer({ features: [], ...common, ...entry, ...cut, ...(isTorn && { part: undefined }) } as CpuinfoEntry);
  });
}

/**
 * Whether a text ends within the names of its last CPU: it has not all of those of the CPU before, and nothing that stands behind them. Of
 * the only CPU it may where not even the line ends.
 */
function breaksOff({ features = [], implementer, part }: Draft, before: Draft | undefined, isOpen: boolean): boolean {
  const names = before?.features;
  if (isOpen) return names === undefined || features.length < names.length;
  if (names === undefined || implementer !== undefined || part !== undefined || before?.part === undefined) return false;
  const last = features.length - 1;
  return last >= 0 && last < names.length && features.every((name, i) => (i === last ? names[i]!.startsWith(name) : name === names[i]));
}

/** Whether the text ends within the core of the last CPU, or before it, though the CPU before has one: others may follow. */
function endsEarly(entries: readonly CpuinfoEntry[]): boolean {
  const { architecture, revision } = entries.at(-1)!;
  const before = entries.at(-2);
  return revision === undefined && (before === undefined ? architecture : before.revision) !== undefined;
}

/** A part that an excerpt shows alone names the core, if one implementer alone has it. */
function withImplementer(entry: CpuinfoEntry): CpuinfoEntry {
  if (entry.implementer !== undefined || entry.part === undefined) return entry;
  return { ...entry, ...given({ implementer: coreOfPart(entry.part)?.implementer }) };
}

/**
 * CPUs of which the fields of MIDR_EL1 stand once, as kernels before 3.19 print them: of the CPU that reads, whatever the others are.
 */
function withoutCores(entries: readonly CpuinfoEntry[], { entries: listed }: CpuinfoText): Pick<Capture, 'cpuinfo' | 'cores'> {
  const [told] = entries;
  const isOnce = listed.length > 1 && listed.slice(0, -1).every(({ part }) => part === undefined);
  if (!isOnce || told?.implementer === undefined || told.part === undefined) return { cpuinfo: entries };
  const { implementer, part, variant, revision } = told;
  return {
    cpuinfo: entries.map(({ implementer: _, part: __, variant: ___, revision: ____, ...rest }) => rest),
    cores: [{ implementer, part, ...given({ variant, revision }) }],
  };
}

function readText(text: string, openAt?: number): CpuinfoText {
  const reading = new CpuinfoText(openAt);
  for (const line of textLines(text)) reading.line(line);
  return reading;
}

/**
 * Reads /proc/cpuinfo of an arm64 kernel, of its 32-bit view, or of a 32-bit Arm kernel. Lines that old kernels print once for all
 * CPUs are given to each of them.
 *
 * @example
 * ```js
 * parseCpuinfo('processor\t: 0\nFeatures\t: fp asimd\n').value[0].features // → ['fp', 'asimd']
 * ```
 */
export function parseCpuinfo(text: string): Parsed<readonly CpuinfoEntry[]> {
  const reading = readText(text);
  return { value: spread(reading), diagnostics: reading.account.diagnostics };
}

/**
 * Whether a listing is what a 32-bit program sees: `half` and `thumb` are no hwcaps of 64-bit programs. Where no names tell, the model
 * does; vendors' kernels show `ARMv8 Processor` to all programs.
 */
export function isCompatCpuinfo(entries: readonly CpuinfoEntry[]): boolean {
  if (entries.some(({ features }) => features.includes('asimd'))) return false;
  return entries.some(({ features, modelName }) => features.some((name) => COMPAT_ONLY.has(name)) || /^ARMv\d/.test(modelName ?? ''));
}

const COMPAT_ONLY: ReadonlySet<string> = new Set(['swp', 'half', 'thumb', 'fastmult', 'vfp', 'neon', 'tls', 'idiva', 'edsp']);

const KEYS = /^[\s>|*]*(?:processor|bogomips|features|cpu (?:implementer|architecture|variant|part|revision)|model name)\s{0,40}:/i;

/** /proc/cpuinfo of any Arm kernel. */
export const cpuinfoReader: Reader = {
  name: 'cpuinfo',
  title: '/proc/cpuinfo',
  recognise(head) {
    const share = lineShare(head, (line) => (KEYS.test(line) ? 'key' : 'other'))('key');
    const has = (key: string): boolean => new RegExp(`^[ \\t>|*]*${key}\\s{0,40}:`, 'im').test(head);
    if (!has('processor')) return has('Features') && (has('CPU implementer') || has('BogoMIPS')) ? 0.5 + 0.4 * share : 0;
    // The form is known, but nothing in it is about Arm.
    if (foreignCpuinfo(head) !== undefined) return 0.9;
    return has('Features') || has('CPU implementer') || has('CPU part') ? 0.6 + 0.38 * share : 0.3 * share;
  },
  read(text, { openAt } = {}) {
    const foreign = foreignCpuinfo(text);
    if (foreign !== undefined) return readNotArm(foreign, 'file');
    const reading = readText(text, openAt);
    const entries = spread(reading);
    const { diagnostics, lines } = reading.account;
    const { title } = reading;
    return {
      value: {
        ...(title === undefined ? {} : { title: title.slice(0, 200) }),
        ...(entries.length === 0 ? {} : isCompatCpuinfo(entries) ? { cpuinfo32: entries } : withoutCores(entries, reading)),
        // Where one is left out, others behind the last may be, and where somebody put in words of their own they may stand for CPUs.
        ...(entries.length > 0 &&
          (reading.entries.length === 0 ||
            reading.isEdited ||
            endsEarly(entries) ||
            entries.some(({ processor }) => processor >= entries.length)) && {
            uncounted: true as const,
          }),
      },
      diagnostics,
      lines,
    };
  },
};
