import type { Outcome } from '../../linux/bring-up/evaluate.ts';
import type { Backport, Condition, FieldCondition, SafeRule } from '../../linux/release/rows.ts';
import type { Doubt } from '../../linux/system.ts';

/**
 * What happened to the bit at a place on its way: it passed; it was lost here; it was lost on some CPUs; or the place is told of
 * without having decided anything.
 */
export type Fate = 'passed' | 'lost' | 'partly' | 'noted';

/** CPUs that have the same core and the same value of a field. */
export interface CpuGroup {
  readonly cpus: readonly number[];
  readonly midr?: bigint;
  /** The core's name, such as `Cortex-A76`; absent if it is not known. */
  readonly core?: string;
  /** As the comparison reads it; absent: the register is not known. */
  readonly value?: number;
  /** True if what is not known is open; else it counts as zero. */
  readonly open?: true;
  /** The values that are left where the register is not known, ascending; absent if the input tells nothing of the field. */
  readonly left?: readonly number[];
  /** True if the CPU's own register is not known: the value is what all known machines with the core have. */
  readonly usual?: true;
  /** The short name of the value, such as `NI`. */
  readonly name?: string;
  readonly meaning?: string;
  /** Whether the value is what is asked for. */
  readonly enough: boolean;
}

/** What a layer of the hypervisor did to a field. */
export interface LayerEffect {
  readonly layer: string;
  /** What a vCPU may be made with so that KVM does not do it, by the name of `--vcpu`. Absent: nothing is known to. */
  readonly brings?: string;
  readonly cpus: readonly number[];
  /** Absent: unknown. */
  readonly from?: number;
  readonly to: number;
}

/** A word of the command line, and what the kernel made of it. */
export interface WordEffect {
  readonly word: string;
  /**
   * `forced`: the field was set. `already-set`: it had that value. `ignored`: it would have promised more, or is no value of the field.
   * `no-effect`: the field is not kept, so that nothing came of it. `not-known`: this kernel knows no such word. `bad-value`: the value cannot be read. `no-overrides`: this kernel takes none.
   */
  readonly outcome: 'forced' | 'already-set' | 'ignored' | 'no-effect' | 'not-known' | 'bad-value' | 'no-overrides';
  /** For a word that is not known: what was probably meant. */
  readonly meant?: string;
  /** For a word that another release knows: since when. */
  readonly since?: string;
}

/** A CPU whose registers changed what the kernel holds for the whole system. */
export interface MergeStep {
  readonly cpu: number;
  readonly core?: string;
  /** The CPU's own value. */
  readonly own: number;
  readonly from: number;
  readonly to: number;
}

/** An erratum that takes a field from EL0. */
export interface ErratumEffect {
  readonly name: string;
  readonly description?: string;
  /** The CPUs that have it, by index; those for which this kernel works around it. */
  readonly cpus: readonly number[];
  /** True if it is not known whether any CPU has it. */
  readonly open?: true;
  /** The option that turns the workaround on, if there is one, and its value. */
  readonly option?: string;
  readonly value?: string;
}

/** One Kconfig option that must be set. */
export interface OptionState {
  readonly option: string;
  readonly value: string;
  /** False if Kconfig of this release has no such option. */
  readonly offered: boolean;
  /** What Kconfig gives it by itself; absent: off, or not known. */
  readonly default?: string;
  readonly depends?: Condition;
  /** What of `depends` is not fulfilled, by option. */
  readonly unmet: readonly string[];
}

/**
 * What people who know such machines would add. `no-tag-memory`: the core has the instructions of MTE, but nobody gives it memory for
 * tags. `switched-off`: the core is built to a level that usually has SVE2, so that something switched it off. `seen-by-guest`: the
 * registers were read in a virtual machine, so that its hypervisor may already hide what the silicon has.
 */
export type Hint = 'no-tag-memory' | 'switched-off' | 'seen-by-guest';

/** What every station on the way of a bit says. */
export interface Place {
  readonly fate: Fate;
  /** Where the fact stands: a source id of spec-data/sources.json and a place. */
  readonly source: string;
}

/** What a station says that is about a field. */
export interface FieldPlace extends Place {
  readonly field: string;
  /** What is asked of the field; `wanted` is false if it must not hold. */
  readonly needs: FieldCondition;
  readonly wanted: boolean;
}

/** A name by which a program tells of a bit. */
export interface RuntimeName {
  /** Which of the program's answers it stands in; absent where there is but one. */
  readonly answer?: string;
  readonly name: string;
  /** `undefined`: not known. */
  readonly holds: boolean | undefined;
  /** What keeps it from holding: hwcaps, words of Features, cores; empty if it does. */
  readonly lacks: readonly string[];
}

/** One station on the bit's way; they stand in the order of travel. */
export type Station =
  | (FieldPlace & {
      readonly place: 'silicon';
      readonly groups: readonly CpuGroup[];
      readonly hints: readonly Hint[];
      /** True if another field would do as well. */
      readonly alternative?: true;
    })
  | (FieldPlace & { readonly place: 'hypervisor'; readonly effects: readonly LayerEffect[] })
  | (FieldPlace & {
      readonly place: 'override';
      readonly words: readonly WordEffect[];
      /** Absent: unknown. */
      readonly from?: number;
      readonly to: number;
    })
  | (FieldPlace & {
      readonly place: 'sanitise';
      /** Absent: this release does not keep the field, and holds zero. */
      readonly rule?: SafeRule;
      /** What the boot CPU gave. */
      readonly first: number;
      readonly steps: readonly MergeStep[];
      /** What the kernel holds for the system. */
      readonly value: number;
      /** True if that follows from what a kernel printed: what the CPUs gave is not known. */
      readonly told?: true;
    })
  | (FieldPlace & { readonly place: 'visibility'; readonly visible: boolean; readonly option?: string; readonly value?: string })
  | (Place & { readonly place: 'erratum'; readonly field: string; readonly errata: readonly ErratumEffect[] })
  | (Place & { readonly place: 'configuration'; readonly options: readonly OptionState[] })
  | (Place & {
      readonly place: 'release';
      readonly release: string;
      /** Whether this release has the name in its tables. */
      readonly known: boolean;
      readonly since?: string;
      readonly until?: string;
      readonly backports: readonly Pick<Backport<object>, 'series' | 'since'>[];
      readonly doubts: readonly Doubt[];
    })
  | (Place & { readonly place: 'condition'; readonly outcome: Outcome; readonly via?: string; readonly cpus?: readonly number[] })
  | (Place & {
      readonly place: 'kernel';
      readonly reason: string;
      /** The words of the command line that turn it on or off. */
      readonly words: readonly string[];
    })
  | (Place & {
      readonly place: 'views';
      readonly el0: boolean | undefined;
      /** `set` is absent where it is not known. */
      readonly hwcaps: readonly { readonly name: string; readonly set?: boolean }[];
    })
  | (Place & {
      readonly place: 'cpus';
      readonly refused: readonly { readonly cpu: number; readonly reason: string }[];
      readonly panic: boolean;
    })
  | (Place & {
      readonly place: 'runtime';
      /** The program's title, and its versions that make the same of it. */
      readonly program: string;
      readonly versions: readonly string[];
      /** Empty: the program has no name for it. */
      readonly names: readonly RuntimeName[];
    });

/** Whether it is known that silicon has a bit that is lost behind it: of no field that is needed anything is open. */
export function isOnSilicon(chain: readonly Station[]): boolean {
  const stations = chain.flatMap((station) => (station.place === 'silicon' ? [station] : []));
  const isFound = stations.some(({ alternative, fate }) => alternative === true && fate === 'passed');
  return stations.every(({ alternative, groups }) => (alternative === true && isFound) || groups.every(({ open }) => open !== true));
}
