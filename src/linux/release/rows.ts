import type { Tree } from '../../logic/tree.ts';

/** A comparison with one field, by its path (`ID_AA64ISAR1_EL1.LRCPC`) or bits (`ZCR_EL1[3:0]`). */
export interface FieldCondition {
  readonly field: string;
  /** The least value that holds; negative only for signed comparisons. */
  readonly atLeast: number;
  /** The greatest value that holds; absent = no limit. */
  readonly atMost?: number;
  /** How the field compares; absent = unsigned. */
  readonly sign?: 'signed';
}

/** CPUs by MIDR_EL1: `CORTEX_A76 r0p0..r3p1`, or `CORTEX_A72` for every variant and revision. */
export interface MidrCondition {
  readonly midr: readonly string[];
  /** Revisions in which a bit of REVIDR_EL1 tells that the part was mended. */
  readonly fixed?: readonly FixedRevision[];
}

/** A variant and revision that is not affected when a bit of REVIDR_EL1 is set. */
export interface FixedRevision {
  readonly variant: number;
  readonly revision: number;
  readonly revidrMask: number;
}

/** An option of the kernel that is on. */
export interface OptionCondition {
  readonly config: string;
}

/** A capability that is set. */
export interface CpucapCondition {
  readonly cpucap: string;
}

/** A function of the kernel that is no comparison, by its name, with the condition that it takes besides. */
export interface RuleCondition {
  readonly rule: string;
  readonly of?: Condition;
}

/** The leaves of a {@link Condition}. */
export type ConditionLeaf = FieldCondition | MidrCondition | OptionCondition | CpucapCondition | RuleCondition;

/** When something holds, as a tree of what it depends on. */
export type Condition = Tree<ConditionLeaf>;

/** Options that must be on, as a tree: what a row is compiled under. */
export type Gate = Tree<OptionCondition>;

/** A row that changed over time. `S` is what can change; a change gives only what differs, `null` takes a property away. */
export type Timed<S> = Partial<S> & {
  /** The first mainline release that has the row; absent = no mainline release has it. */
  readonly since?: string;
  /** The last mainline release known not to have it, if the releases between the two are unknown. */
  readonly notIn?: string;
  /** The first mainline release without the row. */
  readonly until?: string;
  /** The last release known to have the row still, if the releases before `until` are unknown. */
  readonly untilNotIn?: string;
  readonly changes?: readonly RowChange<S>[];
  readonly backports?: readonly Backport<S>[];
};

/** What a mainline release changed. */
export type RowChange<S> = { readonly [K in keyof S]?: S[K] | null } & {
  readonly since: string;
  readonly notIn?: string;
  readonly gone?: true;
};

/** What a stable or vendor series has otherwise than the mainline release it grew from. */
export type Backport<S> = { readonly [K in keyof S]?: S[K] | null } & {
  readonly series: string;
  /** The first release of the series known to have it. */
  readonly since: string;
  /** The last release of the series known not to have it; absent = it may have come at any point before `since`. */
  readonly notIn?: string;
  /** The row stands as in this mainline release. */
  readonly as?: string;
  readonly gone?: true;
};

/** How a value is merged over CPUs. */
export type SafeRule = 'exact' | 'lower' | 'higher' | 'higher-or-zero';

/** What can change of a sanitised field. */
export interface SanitisedFieldState {
  readonly safe: SafeRule;
  /** The table's safe value, unsigned; absent = 0. */
  readonly safeValue?: number;
  /** Absent = unsigned. */
  readonly sign?: 'signed';
  /** Whether EL0 sees it: always, only with an option, or (absent) never. */
  readonly visible?: true | string;
  /** False = CPUs may differ without a warning; absent = strict. */
  readonly strict?: false;
}

/** A field of a sanitised register. */
export type SanitisedFieldRow = Timed<SanitisedFieldState> & { readonly name?: string; readonly bits: readonly [number, number] };

/** A register that the kernel merges over CPUs. */
export type SanitisedRegisterRow = Timed<{ readonly override?: true }> & {
  readonly name: string;
  readonly encoding: readonly [number, number, number, number, number];
  readonly fields: readonly SanitisedFieldRow[];
};

/** The same in few characters: what the architecture says of a register and of its named fields does not stand in it again. */
export type ShortSanitisedRow = Omit<SanitisedRegisterRow, 'encoding' | 'fields'> & {
  readonly encoding?: SanitisedRegisterRow['encoding'];
  readonly fields: readonly (Omit<SanitisedFieldRow, 'bits'> & { readonly bits?: SanitisedFieldRow['bits'] })[];
};

/** The words of the auxiliary vector that carry hwcaps. */
export type HwcapVector = 'AT_HWCAP' | 'AT_HWCAP2' | 'AT_HWCAP3';

/** What can change of a hwcap. */
export interface HwcapState {
  readonly when: Condition;
  /** The options without which the row is not compiled. */
  readonly config?: Gate;
}

/** A hwcap, native or AArch32. */
export type HwcapRow = Timed<HwcapState> & {
  readonly name: string;
  /** The tail of its constant, where that is not the name in capitals. */
  readonly constant?: string;
  readonly vector: HwcapVector;
  readonly bit: number;
  /** The place in the kernel's table, in which late CPUs are checked. */
  readonly tableOrder: number;
};

/** A bit of an AArch32 word: its name in /proc/cpuinfo, or a hole that is never printed. */
export type BitNameRow = Timed<{ readonly name?: string; readonly hole?: true }> & { readonly vector: HwcapVector; readonly bit: number };

/** The kernel's names for scope and late-CPU rules of a capability. */
export type CapabilityType =
  | 'system-feature'
  | 'local-cpu-erratum'
  | 'weak-local-cpu-feature'
  | 'boot-restricted-cpu-local-feature'
  | 'boot-cpu-feature'
  | 'strict-boot-cpu-feature'
  | 'early-local-cpu-feature'
  | 'scope-system'
  | 'scope-local-cpu'
  | 'unscoped';

/** What can change of a cpucap or an erratum. */
export interface CapabilityState {
  /** What the kernel prints when it detects it; absent = nothing. */
  readonly description?: string;
  readonly type: CapabilityType;
  readonly config?: Gate;
  readonly when?: Condition;
  readonly fixed?: readonly FixedRevision[];
  /** Whether the log names the CPUs that have it. */
  readonly perCpu?: true;
}

/** CPUs that an erratum affects, or that a list names, over time. */
export type AffectedRow = Timed<{ readonly config?: Gate }> & { readonly midr: string };

/** A list of cores that rules judge by. */
export interface CoreListRow {
  readonly name: string;
  readonly cores: readonly AffectedRow[];
}

/** A cpucap or an erratum. */
export type CapabilityRow = Timed<CapabilityState> & {
  readonly name: string;
  readonly affected?: readonly AffectedRow[];
  /** The field that the erratum takes from EL0's view, and with it the hwcaps that need it visible. */
  readonly hides?: string;
  /** The AArch32 hwcap of AT_HWCAP2 that the erratum clears. */
  readonly clearsCompat?: string;
  /** Whether the erratum makes reads of CTR_EL0 at EL0 trap. */
  readonly trapsCtr?: true;
};

/** A field that the command line can override. */
export type OverrideFieldRow = Timed<{ readonly bits: readonly [number, number]; readonly filter?: string }> & { readonly name: string };

/** The fields of one register that the command line can override. */
export interface OverrideRegisterRow {
  /** As the command line spells it. */
  readonly name: string;
  /** The ID register; absent = a software-only one. */
  readonly register?: string;
  readonly fields: readonly OverrideFieldRow[];
}

/** A word that stands for overrides. */
export type OverrideAliasRow = Timed<{ readonly expands: readonly string[] }> & { readonly name: string };

/** What can change of a Kconfig option. */
export interface KconfigState {
  /** Its value when its dependencies hold; absent = n. */
  readonly default?: string;
  readonly depends?: Gate;
  /** Whether it also needs something of the compiler or assembler, which named configurations take as given. */
  readonly toolchain?: true;
  readonly selects?: readonly string[];
}

/** A Kconfig option that changes an answer. */
export type KconfigRow = Timed<KconfigState> & { readonly name: string };

/** A rule of the kernel that is no table entry, with its value over time. */
export type BehaviourRow = Timed<{ readonly value: string | number | boolean }> & {
  readonly name: string;
  /**
   * Set if the rule does not reach all that a kernel makes of any machine: it is of what is shown, of what the kernel keeps for itself
   * (and not of hwcaps), of words or of late CPUs only.
   */
  readonly reach?: 'shown' | 'kernel' | 'words' | 'late-cpus';
};

/** A kernel tree that was read, or a release that was recorded. */
export interface KnownTree {
  readonly release: string;
  /** Whether it stands for its mainline release in the history. */
  readonly mainline: boolean;
}

/** The builds of a distribution that name no stable update. */
export interface BuildRow {
  readonly series: string;
  /** What may stand behind the number: `generic lowlatency …`. */
  readonly flavours: string;
  /** Whether the distribution takes single commits of any kernel besides. */
  readonly takesMore: boolean;
  /** `BUILD:SUBLEVEL …` by rising numbers: from this build on, this sublevel is held with all before it. */
  readonly holds: string;
}

/** An edit of the list of capabilities, which is the order in which they are numbered. */
export interface OrderEdit {
  readonly since: string;
  readonly notIn?: string;
  readonly series?: string;
  readonly remove?: readonly string[];
  /** Names to insert, in this order; no `after` = at the front. */
  readonly add?: readonly { readonly name: string; readonly after?: string }[];
}

/** An {@link OrderEdit} in few characters: names in one text; those to insert as a text for each run, which begins with the name that it follows. */
export type ShortOrderEdit = Omit<OrderEdit, 'remove' | 'add'> & { readonly remove?: string; readonly add?: readonly string[] };

/** The AArch32 hwcaps that hold without any test. */
export type CompatDefaultRow = Timed<{ readonly value: number }>;

/** A configuration with a name: options over what Kconfig gives by itself. */
export interface NamedConfigRow {
  readonly name: string;
  /** The series it was recorded for; absent = it serves every release. */
  readonly series?: string;
  readonly options: Readonly<Record<string, string>>;
}
