import {
  KVM_BEHAVIOUR_ROWS,
  KVM_LIMIT_ROWS,
  KVM_LISTED_ROWS,
  KVM_PROTECTED_ROWS,
  KVM_READ_ROWS,
  KVM_REFUSAL_ROWS,
  KVM_WRITABLE_ROWS,
  KVM_WRITE_ROWS,
} from '../generated/kvm.ts';
import { nearestTree, resolveRelease } from '../release/known-trees.ts';
import type { Release } from '../release/release.ts';
import type { Timed } from '../release/rows.ts';
import { doubtsAt, stateAt } from '../release/timeline.ts';
import type { Doubt } from '../system.ts';
import type { LimitState, ListedState, ProtectedState, ReadState, RefusalReason, RefusalState, Targets, WriteState } from './kvm-rows.ts';

/** The rules of KVM at one release that are no table entries; spec-data/linux/kvm/behaviour.json says what each means. */
export interface KvmBehaviour {
  readonly 'id-registers': 'physical' | 'trapped';
  readonly 'id-space-listed': 'invariant' | 'all';
  readonly 'zfr0-listed'?: 'always' | 'sve';
  readonly writes: 'invariant' | 'per-field';
  readonly 'writable-masks-told'?: boolean;
  readonly 'gic-settled-at-run'?: 'absent' | 'always';
  readonly 'ctr-trapped': 'never' | 'mismatch' | 'always' | 'no-evt' | 'no-evt-or-written';
  readonly 'cache-registers': 'physical' | 'made-up';
  readonly 'pmcr-reset': 'physical' | 'counters';
  readonly 'pmcr-listed'?: 'always' | 'pmu';
  readonly 'pmmir-listed'?: boolean;
  readonly 'undef-class'?: boolean;
  readonly 'aarch32-ignored'?: boolean;
}

/** A row at a release: what is fixed of it, with what it says then. */
export type LimitAt = LimitState & Targets;
/** A limit of a protected guest, as it holds in one release. */
export type ProtectedAt = ProtectedState & Targets;
/** What a read gives, as it holds in one release. */
export type ReadAt = ReadState & { readonly register: string };
/** What a write may do, as it holds in one release. */
export type WriteAt = WriteState & { readonly name: string; readonly field: string };
/** A refusal, as it holds in one release. */
export type RefusalAt = RefusalState & RefusalReason;

/** Registers that are listed, as it holds in one release. */
export type ListedAt = ListedState & { readonly name: string; readonly registers: readonly string[] };

/** All of KVM's rows at one release. */
export interface KvmModel {
  readonly release: Release;
  readonly behaviour: KvmBehaviour;
  readonly limits: readonly LimitAt[];
  readonly protectedLimits: readonly ProtectedAt[];
  readonly reads: readonly ReadAt[];
  readonly writes: readonly WriteAt[];
  readonly refusals: readonly RefusalAt[];
  /** What KVM_GET_REG_LIST has besides the ID space, as far as hosts differ in it. */
  readonly listed: readonly ListedAt[];
  /** The bits that user space may write, by register. */
  readonly writable: ReadonlyMap<string, bigint>;
  /** `exact` if every row is known for this release, `bounded` if `doubts` are left. */
  readonly fidelity: 'exact' | 'bounded';
  readonly doubts: readonly Doubt[];
}

function rowsAt<S extends object, At extends S>(rows: readonly Timed<S>[], release: Release): readonly At[] {
  return rows.flatMap((row) => {
    const state = stateAt<S>(row, release);
    if (state === undefined) return [];
    const kept = Object.fromEntries(Object.entries(row).filter(([key]) => FIXED.has(key)));
    return [{ ...kept, ...state } as unknown as At];
  });
}

/** The members of rows that do not change over time. */
const FIXED = new Set(['name', 'fields', 'registers', 'register', 'field', 'step']);

/** Every row with a name to call it by. */
function* namedRows(): Iterable<readonly [string, Timed<object>]> {
  for (const row of KVM_LIMIT_ROWS) yield [`KVM limit ${row.name}`, row];
  for (const row of KVM_PROTECTED_ROWS) yield [`protected KVM ${row.name}`, row];
  for (const row of KVM_WRITABLE_ROWS) yield [`KVM writable ${row.register}`, row];
  for (const row of KVM_WRITE_ROWS) yield [`KVM write ${row.name}`, row];
  for (const row of KVM_READ_ROWS) yield [`KVM read ${row.register}`, row];
  for (const row of KVM_REFUSAL_ROWS) yield [`KVM refusal ${row.name}`, row];
  for (const row of KVM_LISTED_ROWS) yield [`KVM listed ${row.name}`, row];
  for (const row of KVM_BEHAVIOUR_ROWS) yield [`KVM rule ${row.name}`, row];
}

const models = new Map<string, KvmModel>();

/**
 * KVM's rows as a release has them.
 *
 * @throws {ArmlensError} `bad-release` or `unknown-release`.
 */
export function kvmAt(text: string): KvmModel {
  const known = models.get(text);
  if (known) return known;
  const release = resolveRelease(text);
  const { lastKnown, isTree, certain } = nearestTree(release);
  const doubts = isTree ? [] : [...namedRows()].flatMap(([name, row]) => doubtsAt(name, row, release, lastKnown));
  const behaviour: Record<string, unknown> = {};
  for (const row of KVM_BEHAVIOUR_ROWS) behaviour[row.name] = stateAt<{ readonly value: unknown }>(row, release)?.value;
  const model: KvmModel = {
    release,
    behaviour: behaviour as unknown as KvmBehaviour,
    limits: rowsAt<LimitState, LimitAt>(KVM_LIMIT_ROWS, release),
    protectedLimits: rowsAt<ProtectedState, ProtectedAt>(KVM_PROTECTED_ROWS, release),
    reads: rowsAt<ReadState, ReadAt>(KVM_READ_ROWS, release),
    writes: rowsAt<WriteState, WriteAt>(KVM_WRITE_ROWS, release),
    refusals: rowsAt<RefusalState, RefusalAt>(KVM_REFUSAL_ROWS, release),
    listed: rowsAt<ListedState, ListedAt>(KVM_LISTED_ROWS, release),
    writable: new Map(
      KVM_WRITABLE_ROWS.flatMap((row) => {
        const mask = stateAt<{ readonly mask: string }>(row, release)?.mask;
        return mask === undefined ? [] : [[row.register, BigInt(mask)] as const];
      }),
    ),
    fidelity: certain && doubts.length === 0 ? 'exact' : 'bounded',
    doubts,
  };
  models.set(text, model);
  return model;
}
