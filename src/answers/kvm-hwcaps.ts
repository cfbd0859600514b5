import { MAINLINE_RELEASES } from '../linux/release/known-trees.ts';
import { KVM_HWCAPS } from './generated/kvm-hwcaps.ts';

/** What a Features line tells of KVM below it, if there is any. */
export interface KvmBelow {
  /** The mainline kernels of a host that can give a guest all of these hwcaps, in order; empty: none does. */
  readonly releases: readonly string[];
  /** What the vCPU must be made with, by the names of `--vcpu`. */
  readonly vcpu: readonly string[];
  /** The hwcaps that no host's kernel gives a guest: the line is no KVM guest's. */
  readonly never: readonly string[];
  /** Those that keep older hosts from being it, and the first kernel that gives them; the newest first. */
  readonly since: readonly { readonly hwcap: string; readonly release: string }[];
}

/**
 * Which kernels of a host, and which vCPU features, a guest under KVM needs to show these hwcaps. Names that no kernel has are left out.
 *
 * @example
 * ```js
 * kvmBelow(['fp', 'sve']).vcpu // → ['sve']
 * ```
 */
export function kvmBelow(hwcaps: readonly string[]): KvmBelow {
  const rows = hwcaps.flatMap((hwcap) => (KVM_HWCAPS[hwcap] === undefined ? [] : [{ hwcap, runs: KVM_HWCAPS[hwcap] }]));
  const place = (release: string): number => MAINLINE_RELEASES.indexOf(release);
  const isIn = (release: string, [first, last]: readonly [string, string, string?]): boolean =>
    place(first) <= place(release) && place(release) <= place(last);
  const trapped = MAINLINE_RELEASES.filter((release) => KVM_HWCAPS.fp!.some((run) => isIn(release, run)));
  const releases = trapped.filter((release) => rows.every(({ runs }) => runs.some((run) => isIn(release, run))));
  const oldest = trapped[0];
  const since = rows
    .flatMap(({ hwcap, runs: [run] }) => (run === undefined || run[0] === oldest ? [] : [{ hwcap, release: run[0] }]))
    .sort((a, b) => place(b.release) - place(a.release));
  return {
    releases,
    vcpu: [...new Set(rows.flatMap(({ runs }) => runs.at(-1)?.[2]?.split(',') ?? []))],
    never: rows.filter(({ runs }) => runs.length === 0).map(({ hwcap }) => hwcap),
    since,
  };
}
