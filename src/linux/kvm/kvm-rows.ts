import type { Tree } from '../../logic/tree.ts';
import type { ConditionLeaf, FieldCondition, Timed } from '../release/rows.ts';

/** What a vCPU or its VM was made with. */
export type VcpuTrait =
  | 'psci'
  | 'sve'
  | 'pauth'
  | 'pauth-half'
  | 'pmu'
  | 'mte'
  | 'el2'
  | 'e2h0'
  | 'aarch32'
  | 'gicv3'
  | 'gicv2'
  | 'impid'
  | 'protected';

/** The vCPU has a feature, or its VM a capability. */
export interface VcpuCondition {
  readonly vcpu: VcpuTrait;
}

/** A comparison with a field of the boot CPU as the hardware gives it, whatever the host's kernel makes of it. */
export interface HardwareCondition {
  readonly hardware: FieldCondition;
}

/** A comparison with a field as the guest reads it. */
export interface GuestCondition {
  readonly guest: FieldCondition;
}

/** When a row of KVM applies: what other conditions say of the host, and what the vCPU is. */
export type KvmCondition = Tree<ConditionLeaf | VcpuCondition | HardwareCondition | GuestCondition>;

/** What a limit does to its fields or registers, at one release. */
export interface LimitState {
  /** The value that they get, in each field or register. */
  readonly to?: number;
  /** The greatest value, unsigned. */
  readonly atMost?: number;
  /** Of a register: the fields that stay; all others become 0. */
  readonly only?: readonly string[];
  /** The field whose value is taken over. */
  readonly like?: string;
  /** Of `like`: values that are told otherwise. */
  readonly map?: Readonly<Record<string, number>>;
  /** A function of the kernel, by our name for it. */
  readonly rule?: 'cache_levels' | 'stage2_granules';
  /** Absent: always. */
  readonly when?: KvmCondition;
}

/** What rows about fields or whole registers name. */
export interface Targets {
  readonly name: string;
  readonly fields?: readonly string[];
  readonly registers?: readonly string[];
}

/** A limit that KVM sets. Rows apply in their order, each to what the ones before it left. */
export type LimitRow = Timed<LimitState> & Targets;

/** What a protected VM reads of a field or register: the host's, at most so much. What no row names reads 0. */
export interface ProtectedState {
  readonly atMost?: number;
  readonly to?: number;
  /** How `atMost` compares; absent = unsigned. */
  readonly sign?: 'signed';
  readonly when?: KvmCondition;
}

/** A part of what a protected VM reads. */
export type ProtectedRow = Timed<ProtectedState> & Targets;

/** The bits of a register that user space may write. */
export type WritableRow = Timed<{ readonly mask: string }> & { readonly register: string };

/** How KVM_SET_ONE_REG treats values that the mask alone does not judge, at one release. */
export interface WriteState {
  /** Values that are refused. */
  readonly refuse?: readonly number[];
  /** Values that are taken for others. */
  readonly store?: Readonly<Record<string, number>>;
  /** The host's own value is accepted, and the guest's stays as it is. */
  readonly host?: true;
  /** The only values that are accepted besides the limit. */
  readonly accept?: readonly number[];
  /** Only the limit is accepted, whatever the mask says. */
  readonly fixed?: true;
  /** A value up to the limit is accepted, though no mask says so. */
  readonly lower?: true;
  readonly when?: KvmCondition;
}

/** A rule of writing one field. */
export type WriteRow = Timed<WriteState> & { readonly name: string; readonly field: string };

/** What a read gives where that is not the stored value, at one release. */
export interface ReadState {
  /**
   * A number; `hardware`: what the CPU itself gives; `undef`: an exception by KVM; `hardware-undef`: by the CPU; `reset-unknown`, `random`;
   * `pmcr`, `pmceid`: what KVM makes of the PMU; `unchanged`: the guest's register keeps what it had.
   */
  readonly gives: string | number;
  readonly when?: KvmCondition;
}

/** A register that does not read as it is stored; the first row of a register that applies decides. */
export type ReadRow = Timed<ReadState> & { readonly register: string };

/** Where the making of a vCPU stops. */
export type RefusalStep = 'create_vm' | 'mte' | 'impid' | 'gic' | 'init' | 'pmuirq' | 'pmuinit';

/** With which error a vCPU is refused, at one release. */
export interface RefusalState {
  readonly errno: number;
  readonly when?: KvmCondition;
}

/** What is refused at which step, and what is missing, as a phrase. */
export interface RefusalReason {
  readonly name: string;
  readonly step: RefusalStep;
  readonly because: string;
}

/** A vCPU that cannot be made; the first row that applies decides. */
export type RefusalRow = Timed<RefusalState> & RefusalReason;

/** When KVM_GET_REG_LIST has registers; absent: of every vCPU. */
export interface ListedState {
  readonly when?: KvmCondition;
}

/** Registers besides the ID space that KVM_GET_REG_LIST has, by the names of system registers or of the kernel's constants. */
export type ListedRow = Timed<ListedState> & { readonly name: string; readonly registers: readonly string[] };

/** A rule of KVM that is no table entry. */
export type KvmBehaviourRow = Timed<{ readonly value: string | number | boolean }> & { readonly name: string };

/** What PMCR_EL0 of a core reads after reset, where the machine's own is not known. */
export interface PmuCounterRow {
  /** Implementer and part: `0x41/0xd0c`. */
  readonly core: string;
  readonly pmcr: string;
}
