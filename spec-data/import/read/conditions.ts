import type { Condition, FieldCondition, FixedRevision, Gate } from '../../../src/linux/release/rows.ts';
import { allOf } from '../c/gates.ts';
import type { Entry } from '../c/initializer.ts';
import type { Token } from '../c/tokens.ts';
import { FIELD_PATHS_BY_BITS } from './field-names.ts';
import { registerOf } from './registers.ts';
import { type CFile, type Members, member, membersOf, type Tree } from './tree.ts';

/** What a function of the kernel that matches capabilities asks, where that can be said as a condition. */
interface Matcher {
  /** The comparison of the entry itself, and a cpucap besides. */
  readonly compares?: true;
  readonly cpucap?: string;
  /** The entry's list, any of which is enough. */
  readonly anyOf?: true;
  /** The entry's CPUs. */
  readonly cpus?: true;
  /** A condition of its own. */
  readonly is?: Condition;
  /** A list of CPUs in the function's own file, any of which is enough too. */
  readonly orCpus?: string;
  /** A list of CPUs that is all the function asks; taken where the history spells them out, else it stays a rule. */
  readonly onlyCpus?: string;
}

const NEON: Condition = {
  all: [
    { field: 'MVFR1_EL1.SIMDSP', atLeast: 1 },
    { field: 'MVFR1_EL1.SIMDInt', atLeast: 1 },
    { field: 'MVFR1_EL1.SIMDLS', atLeast: 1 },
  ],
};

/** The functions that are read as conditions; every other one stays a rule with its name, which someone has to read. */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  has_cpuid_feature: { compares: true },
  has_user_cpuid_feature: { compares: true },
  has_sve_feature: { compares: true, cpucap: 'SVE' },
  has_sme_feature: { compares: true, cpucap: 'SME' },
  has_feature_flag: { compares: true },
  cpucap_multi_entry_cap_matches: { anyOf: true },
  multi_entry_cap_matches: { anyOf: true },
  is_affected_midr_range: { cpus: true },
  is_affected_midr_range_list: { cpus: true },
  compat_has_neon: { is: NEON },
  has_bbml3: { is: { field: 'ID_AA64MMFR2_EL1.BBM', atLeast: 3 }, orCpus: 'supports_bbml3_list' },
  has_bbml2_noabort: { onlyCpus: 'supports_bbml2_noabort_list' },
  // Its model is the one that its name says.
  is_kryo_midr: { is: { rule: 'is_kryo_midr' } },
};

/** CPUs of a list, with the options of each. */
export interface Cpus {
  readonly cpus: readonly { readonly midr: string; readonly config?: Gate }[];
  readonly fixed: readonly FixedRevision[];
}

/** What an entry of a capability table asks. */
export interface Asked {
  readonly when?: Condition;
  readonly cpus?: Cpus;
}

/** Reads the conditions of struct arm64_cpu_capabilities. */
export class ConditionReader {
  readonly #tree: Tree;
  readonly #file: CFile;
  readonly #table: string;

  constructor(tree: Tree, file: CFile, table: string) {
    this.#tree = tree;
    this.#file = file;
    this.#table = table;
  }

  #miss(line: number, why: string, row?: string): void {
    this.#tree.miss(this.#table, `${this.#file.path}:${line}`, why, row);
  }

  /** The comparison that an entry makes with a field; of each set of options its own, if `#if` chooses. */
  comparison(members: Members, row: string): Condition | undefined {
    const registers = members.of.get('sys_reg');
    if (!registers) return undefined;
    if (registers.length === 1) return this.#compared(members, row, undefined);
    const parts = registers.flatMap((entry) => {
      const compared = this.#compared(members, row, entry.gates);
      const gate = allOf(entry.gates);
      return compared ? [gate ? ({ all: [gate, compared] } as Condition) : compared] : [];
    });
    return { any: parts };
  }

  #compared(members: Members, row: string, gates: readonly Gate[] | undefined): FieldCondition | undefined {
    const tokensOf = (name: string): readonly Token[] | undefined => {
      const entries = members.of.get(name);
      if (gates === undefined) return entries?.at(-1)?.value.tokens;
      return entries?.find((entry) => JSON.stringify(entry.gates) === JSON.stringify(gates))?.value.tokens;
    };
    const number = (name: string): number | undefined => {
      const tokens = tokensOf(name);
      const value = tokens && this.#tree.constantOrNot(tokens);
      return value === undefined ? undefined : Number(value);
    };
    const symbol = tokensOf('sys_reg')?.at(0)?.text;
    const shift = number('field_pos');
    const least = number('min_field_value') ?? 0;
    const width = tokensOf('field_width') ? number('field_width') : 4;
    if (
      symbol === undefined ||
      shift === undefined ||
      width === undefined ||
      (tokensOf('min_field_value') && number('min_field_value') === undefined)
    ) {
      this.#miss(members.line, `its comparison with ${symbol ?? 'a register'}`, row);
      return undefined;
    }
    const sign = tokensOf('sign');
    const signed = sign !== undefined && (sign[0]?.text === 'FTR_SIGNED' || (this.#tree.constantOrNot(sign) ?? 0n) !== 0n);
    const asField = (value: number): number => (signed && value >= 2 ** (width - 1) ? value - 2 ** width : value);
    const most = number('max_field_value');
    const greatest = signed ? 2 ** (width - 1) - 1 : 2 ** width - 1;
    return {
      field: fieldPath(registerOf(symbol), shift + width - 1, shift),
      atLeast: asField(least),
      ...(most === undefined || asField(most) === greatest ? {} : { atMost: asField(most) }),
      ...(signed ? { sign: 'signed' as const } : {}),
    };
  }

  /** What an entry asks: its comparison, its CPUs, its list, or a function that stays a rule. */
  asked(members: Members, row: string): Asked {
    const matches = member(members, 'matches');
    const name = matches?.value.tokens.find(({ kind }) => kind === 'name')?.text;
    const matcher = name === undefined ? undefined : MATCHERS[name];
    const comparison = this.comparison(members, row);
    const cpus = this.cpus(members, row);
    if (matcher?.onlyCpus && this.#tree.spelledOut.has(row)) return { when: { midr: this.#listedHere(matcher.onlyCpus, members, row) } };
    if (matcher?.is) return { when: this.#orCpus(matcher.is, matcher.orCpus, members, row) };
    if (matcher?.cpus && cpus) return { cpus };
    if (matcher?.anyOf) return { when: this.#list(members, row) };
    if (matcher?.compares && comparison) return { when: matcher.cpucap ? { all: [{ cpucap: matcher.cpucap }, comparison] } : comparison };
    if (name === undefined) return cpus ? { cpus } : comparison ? { when: comparison } : {};
    return { when: { rule: name, ...(comparison ? { of: comparison } : {}) }, ...(cpus ? { cpus } : {}) };
  }

  #orCpus(is: Condition, list: string | undefined, members: Members, row: string): Condition {
    if (list === undefined) return is;
    return { any: [is, { midr: this.#listedHere(list, members, row) }] };
  }

  /** The CPUs of a list that stands in the file. */
  listed(list: string, row: string): Cpus['cpus'] {
    return (this.#file.declared.get(list)?.entries ?? []).flatMap((entry) => this.#range(entry, row));
  }

  #listedHere(list: string, members: Members, row: string): readonly string[] {
    if (!this.#file.declared.has(list)) this.#miss(members.line, `its list of CPUs ${list}`, row);
    return this.listed(list, row).map(({ midr }) => midr);
  }

  #list(members: Members, row: string): Condition {
    const value = member(members, 'match_list')?.value;
    const entries = value && (value.list ?? this.#declared(value.tokens));
    if (!entries) {
      this.#miss(members.line, 'its list of matches', row);
      return { any: [] };
    }
    const any = entries.flatMap((entry): Condition[] => {
      const inner = membersOf(entry);
      if (inner.of.size === 0) return [];
      const { when, cpus } = this.asked(inner, row);
      const parts: Condition[] = [...inner.gates];
      const named =
        cpus && cpus.cpus.length > 0
          ? ({ midr: cpus.cpus.map(({ midr }) => midr), ...(cpus.fixed.length > 0 ? { fixed: cpus.fixed } : {}) } as Condition)
          : undefined;
      if (when && 'rule' in when && named) parts.push({ ...when, of: named });
      else parts.push(...(when ? [when] : []), ...(named ? [named] : []));
      return parts.length === 0 ? [] : [parts.length === 1 ? parts[0]! : { all: parts }];
    });
    return any.length === 1 ? any[0]! : { any };
  }

  #declared(tokens: readonly Token[]): readonly Entry[] | undefined {
    const name = tokens.find(({ kind }) => kind === 'name')?.text;
    return name === undefined ? undefined : this.#file.declared.get(name)?.entries;
  }

  /** The CPUs that an entry names, one or a list. */
  cpus(members: Members, row: string): Cpus | undefined {
    const fixed = this.#fixed(members, row);
    const list = member(members, 'midr_range_list')?.value;
    if (list) {
      const entries = list.list ?? this.#declared(list.tokens);
      if (entries) return { cpus: entries.flatMap((entry) => this.#range(entry, row)), fixed };
      this.#miss(members.line, `its list of CPUs ${list.tokens.map(({ text }) => text).join('')}`, row);
    }
    const range = member(members, 'midr_range');
    if (range?.value.list) return { cpus: this.#range({ ...range, gates: [] }, row), fixed };
    const model = member(members, 'midr_range.model') ?? member(members, 'midr_model');
    if (!model) return undefined;
    const name = coreName(model.value.tokens);
    const limits = ['midr_range_min', 'midr_range_max'].map((each) => {
      const tokens = member(members, each)?.value.tokens;
      return tokens && this.#tree.constantOrNot(tokens);
    });
    if (name === undefined) this.#miss(members.line, 'its CPU', row);
    return name === undefined ? undefined : { cpus: [{ midr: revisions(name, limits[0], limits[1]) }], fixed };
  }

  #range(entry: Entry, row: string): Cpus['cpus'] {
    const members = membersOf(entry, ['model', 'rv_min', 'rv_max']);
    if (members.of.size === 0) return [];
    const name = coreName(member(members, 'model')?.value.tokens ?? []);
    const [low, high] = ['rv_min', 'rv_max'].map((each) => {
      const tokens = member(members, each)?.value.tokens;
      return tokens && this.#tree.constantOrNot(tokens);
    });
    if (name === undefined) {
      if (members.of.has('model')) this.#miss(entry.line, 'a CPU of its list', row);
      return [];
    }
    const gate = allOf(members.gates);
    return [{ midr: revisions(name, low, high), ...(gate ? { config: gate } : {}) }];
  }

  #fixed(members: Members, row: string): readonly FixedRevision[] {
    const entries = member(members, 'fixed_revs')?.value.list ?? [];
    return entries.flatMap((entry) => {
      const inner = membersOf(entry, ['midr_rv', 'revidr_mask']);
      const [rv, mask] = ['midr_rv', 'revidr_mask'].map((each) => {
        const tokens = member(inner, each)?.value.tokens;
        return tokens && this.#tree.constantOrNot(tokens);
      });
      if (inner.of.size === 0) return [];
      if (rv === undefined || mask === undefined) {
        this.#miss(entry.line, 'a revision that is mended', row);
        return [];
      }
      return [{ variant: variantOf(rv), revision: Number(rv & 15n), revidrMask: Number(mask) }];
    });
  }
}

/** A field by its name in the architecture, or by its bits. */
export function fieldPath(register: string, msb: number, lsb: number): string {
  const bits = `${register}[${msb}:${lsb}]`;
  return FIELD_PATHS_BY_BITS.get(bits) ?? bits;
}

function coreName(tokens: readonly Token[]): string | undefined {
  const name = tokens.filter(({ text }) => text !== '(' && text !== ')');
  return name.length === 1 && name[0]!.text.startsWith('MIDR_') ? name[0]!.text.slice('MIDR_'.length) : undefined;
}

/** The variant of a packed variant and revision: bits 23 to 20, as in MIDR_EL1. */
function variantOf(rv: bigint): number {
  return Number((rv >> 20n) & 15n);
}

const ALL_REVISIONS = 15n | (15n << 20n);

function revisions(core: string, low: bigint | undefined, high: bigint | undefined): string {
  if (high === undefined || ((low ?? 0n) === 0n && high === ALL_REVISIONS)) return core;
  const text = (rv: bigint): string => `r${variantOf(rv)}p${rv & 15n}`;
  return `${core} ${text(low ?? 0n)}..${text(high)}`;
}
