/**
 * What Linux makes of a machine, written a second time: as plainly as can be, on big numbers, straight from the JSON of spec-data.
 *
 * It knows no refused CPU, no override, no erratum and no pseudo-register. Where those play no part it must agree with `boot()`.
 */
import { readSpec, readSpecFolder } from '../../spec-data/build/spec-file.ts';
import type { Machine } from '../../src/silicon/machine.ts';

type Json = Readonly<Record<string, unknown>>;
/** A row of spec-data with its history. */
type Row = Json & {
  since?: string;
  until?: string;
  changes?: readonly Row[];
  backports?: readonly Row[];
  series?: string;
  as?: string;
  gone?: true;
};
/** The state of a row at one release. */
type State = Record<string, unknown>;
type Options = Readonly<Record<string, string>>;
type Registers = Readonly<Record<string, bigint>>;

/** What the model says of a system. */
export interface NaiveSystem {
  readonly words: readonly bigint[];
  readonly compat: readonly bigint[];
  readonly sanitised: Registers;
}

const REGISTERS = readSpecFolder<Row & { name: string; fields: readonly (Row & { bits: [number, number] })[] }>('linux/sanitised');
const HWCAPS = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'].map((name) => readSpec<{ rows: readonly Row[] }>(`linux/hwcaps/${name}.json`).rows);
const COMPAT = readSpec<{ default: Row; rows: readonly Row[] }>('linux/hwcaps/compat.json');
const BEHAVIOUR = readSpec<{ rows: readonly (Row & { name: string })[] }>('linux/behaviour.json').rows;
const FIELDS = new Map(
  readSpecFolder<{ name: string; fields: readonly { name?: string; bits: readonly [number, number] }[] }>('arch/registers').flatMap(
    ({ name, fields }) => fields.map((field) => [`${name}.${field.name}`, field.bits] as const),
  ),
);

/** Registers that the kernel makes up, or reads only under conditions of their own. */
const LEFT_OUT = ['ZCR_EL1', 'SMCR_EL1', 'GMID_EL1', 'MPAMIDR_EL1'];

/** `6.12.117` as a number that sorts, without the third part. */
function mainline(release: string): number {
  const [major, minor] = release.split('.');
  return Number(major) * 1000 + Number.parseInt(minor!, 10);
}

function sublevel(release: string): number {
  return Number(release.split('.')[2] ?? 0);
}

function merge(state: State | undefined, step: Json): State {
  const next: State = { ...state, ...step };
  for (const [key, value] of Object.entries(step)) if (value === null) delete next[key];
  return next;
}

/** The state of a row in mainline at the time of a release. */
function inMainline(row: Row, release: string): State | undefined {
  if (row.since === undefined || mainline(release) < mainline(row.since)) return undefined;
  if (row.until !== undefined && mainline(release) >= mainline(row.until)) return undefined;
  let state: State | undefined = merge({}, row);
  for (const change of row.changes ?? []) {
    if (mainline(release) >= mainline(change.since!)) state = change.gone ? undefined : merge(state, change);
  }
  return state;
}

/** The state of a row in a stable release: mainline's, then what the series took. */
function at(row: Row, release: string): State | undefined {
  let state = inMainline(row, release);
  for (const step of row.backports ?? []) {
    const isOwn = release.startsWith(`${step.series}.`) && sublevel(release) >= sublevel(step.since!);
    if (!isOwn) continue;
    if (step.gone) state = undefined;
    else if (step.as !== undefined) state = inMainline(row, step.as);
    else state = merge(state, step);
  }
  return state;
}

function rule(name: string, release: string): unknown {
  const row = BEHAVIOUR.find((candidate) => candidate.name === name)!;
  return at(row, release)?.value;
}

function signed(value: bigint, width: number): bigint {
  return value >= 1n << BigInt(width - 1) ? value - (1n << BigInt(width)) : value;
}

/** One field of the kernel's table. */
interface Field {
  readonly lsb: number;
  readonly width: number;
  readonly mask: bigint;
  readonly state: State;
}

function fieldsAt(name: string, release: string): readonly Field[] {
  const register = REGISTERS.find((candidate) => candidate.name === name)!;
  return register.fields.flatMap(({ bits: [msb, lsb], ...row }) => {
    const state = at(row as Row, release);
    const width = msb - lsb + 1;
    return state ? [{ lsb, width, mask: ((1n << BigInt(width)) - 1n) << BigInt(lsb), state }] : [];
  });
}

function read(value: bigint, { lsb, width, mask, state }: Field): bigint {
  const plain = (value & mask) >> BigInt(lsb);
  return state.sign === 'signed' ? signed(plain, width) : plain;
}

/** The safe value for two that differ. */
function safe(state: State, one: bigint, other: bigint): bigint {
  const lesser = one < other ? one : other;
  const greater = one < other ? other : one;
  if (state.safe === 'lower') return lesser;
  if (state.safe === 'higher') return greater;
  if (state.safe === 'higher-or-zero') return one === 0n || other === 0n ? 0n : greater;
  return BigInt((state.safeValue as number | undefined) ?? 0);
}

function isAArch32(name: string): boolean {
  return name.startsWith('MVFR') || (name.startsWith('ID_') && !name.startsWith('ID_AA64'));
}

/** CTR_EL0 as the kernel counts it: 32 bits, IDC set where no cache level needs cleaning. */
function rawOf(registers: Partial<Registers>, name: string, release: string): bigint {
  const value = registers[name] ?? 0n;
  if (name !== 'CTR_EL0') return value;
  const ctr = value % (1n << 32n);
  const clidr = registers.CLIDR_EL1 ?? 0n;
  const [louu, loc, louis] = [27n, 24n, 21n].map((shift) => (clidr >> shift) % 8n);
  const needsNoClean = loc === 0n || (louis === 0n && louu === 0n);
  return rule('ctr-effective-idc', release) === true && needsNoClean ? ctr | (1n << 28n) : ctr;
}

/** Whether a CPU gives a register to the system's copy. `el0` is the lowest EL0 field so far. */
function gives(name: string, release: string, cpu: bigint, el0: bigint, isBoot: boolean): boolean {
  if (!isAArch32(name)) return isBoot || name !== 'ID_AA64MMFR4_EL1' || rule('mmfr4-not-updated', release) !== true;
  if (isBoot) return rule('aarch32-registers-initialised', release) === 'always' || cpu === 2n;
  const updated = rule('aarch32-registers-updated', release);
  return (
    updated === 'always' || (updated === 'cpu-el0' && cpu === 2n) || (updated === 'system-el0' && el0 === 2n) || (cpu === 2n && el0 === 2n)
  );
}

function sanitise({ cpus }: Machine, release: string): Registers {
  const names = REGISTERS.filter((register) => at(register, release) && !LEFT_OUT.includes(register.name)).map(({ name }) => name);
  return Object.fromEntries(
    names.map((name) => [
      name,
      sanitiseOne(
        name,
        cpus.map(({ registers }) => registers as Registers),
        release,
      ),
    ]),
  );
}

function sanitiseOne(name: string, cpus: readonly Registers[], release: string): bigint {
  const fields = fieldsAt(name, release);
  let value = 0n;
  let el0 = 15n;
  for (const [index, cpu] of cpus.entries()) {
    const own = (cpu.ID_AA64PFR0_EL1 ?? 0n) & 15n;
    if (own < el0) el0 = own;
    if (!gives(name, release, own, el0, index === 0)) continue;
    const raw = rawOf(cpu, name, release);
    let next = 0n;
    for (const field of fields) {
      const [mine, ours] = [read(raw, field), read(value, field)];
      const result = index === 0 || mine === ours ? mine : safe(field.state, mine, ours);
      next |= (result << BigInt(field.lsb)) & field.mask;
    }
    value = next;
  }
  return value;
}

/** Judges conditions of hwcaps for one system. */
class Judge {
  readonly release: string;
  readonly options: Options;
  readonly sanitised: Registers;

  constructor(release: string, options: Options, sanitised: Registers) {
    this.release = release;
    this.options = options;
    this.sanitised = sanitised;
  }

  /** Whether EL0 sees any bit of a field. */
  sees(register: string, mask: bigint): boolean {
    return fieldsAt(register, this.release).some(({ mask: own, state }) => {
      const visible = typeof state.visible === 'string' ? this.options[state.visible] === 'y' : state.visible === true;
      return visible && (own & mask) !== 0n;
    });
  }

  holds(condition: Json): boolean {
    if (Array.isArray(condition.all)) return condition.all.every((part) => this.holds(part as Json));
    if (Array.isArray(condition.any)) return condition.any.some((part) => this.holds(part as Json));
    if (condition.cpucap === 'SVE') return this.#present('SVE', 'ID_AA64PFR0_EL1', 32n);
    if (condition.cpucap === 'SME') return this.#present('SME', 'ID_AA64PFR1_EL1', 24n);
    return this.#compare(condition as unknown as { field: string; atLeast: number; sign?: string });
  }

  #present(name: string, register: string, shift: bigint): boolean {
    return this.options[`CONFIG_ARM64_${name}`] === 'y' && ((this.sanitised[register]! >> shift) & 15n) > 0n;
  }

  #compare({ field, atLeast, sign }: { field: string; atLeast: number; sign?: string }): boolean {
    const bits = FIELDS.get(field as `${string}.${string}`);
    if (!bits) throw new Error(`spec-data has no field ${field}`);
    const [msb, lsb] = bits;
    const width = msb - lsb + 1;
    const register = field.split('.')[0]!;
    const plain = ((this.sanitised[register] ?? 0n) >> BigInt(lsb)) & ((1n << BigInt(width)) - 1n);
    const value = sign === 'signed' || rule('signed-comparison', this.release) === true ? signed(plain, width) : plain;
    if (value < BigInt(atLeast)) return false;
    const mask = ((1n << BigInt(width)) - 1n) << BigInt(lsb);
    return rule('hwcap-needs-visible-field', this.release) !== true || this.sees(register, mask);
  }

  /** The bits of the rows that hold. */
  bits(rows: readonly Row[]): bigint {
    let word = 0n;
    for (const row of rows) {
      const state = at(row, this.release);
      const isOn = state && (state.config === undefined || this.options[state.config as string] === 'y');
      if (isOn && this.holds(state.when as Json)) word |= 1n << BigInt(row.bit as number);
    }
    return word;
  }
}

/** Boots a machine on a release, with all options given. */
export function naiveBoot(machine: Machine, release: string, options: Options): NaiveSystem {
  const sanitised = sanitise(machine, release);
  const judge = new Judge(release, options, sanitised);
  const eventStream = options.CONFIG_ARM_ARCH_TIMER_EVTSTREAM === 'y';
  const words = HWCAPS.map((rows) => judge.bits(rows));
  if (eventStream) words[0]! |= 1n << 2n;
  if (rule('cpuid-hwcap', release) === true) words[0]! |= 1n << 11n;
  const runsAArch32 = rule('compat-needs-32bit-el0', release) !== true || (sanitised.ID_AA64PFR0_EL1! & 15n) >= 2n;
  const compat = [BigInt(at(COMPAT.default, release)!.value as number), 0n];
  for (const word of [0, 1]) {
    const rows = COMPAT.rows.filter(({ vector }) => vector === ['AT_HWCAP', 'AT_HWCAP2'][word]);
    if (runsAArch32) compat[word]! |= judge.bits(rows);
  }
  if (eventStream) compat[0]! |= 1n << 21n;
  return { words, compat, sanitised };
}
