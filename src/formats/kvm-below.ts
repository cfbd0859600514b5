import type { KvmBelow } from '../answers/kvm-hwcaps.ts';
import { MAINLINE_RELEASES } from '../linux/release/known-trees.ts';

/** Runs of releases as people write them: `6.5 to 6.11`. */
export function releaseRuns(releases: readonly string[]): string {
  const runs: string[][] = [];
  for (const release of releases) {
    const place = MAINLINE_RELEASES.indexOf(release);
    const last = runs.at(-1);
    if (last !== undefined && MAINLINE_RELEASES.indexOf(last.at(-1)!) === place - 1) last.push(release);
    else runs.push([release]);
  }
  return runs.map((run) => (run.length === 1 ? run[0]! : `${run[0]} to ${run.at(-1)}`)).join(', ');
}

/** What a Features line tells of KVM below it, in a sentence or two. */
export function formatKvmBelow({ releases, vcpu, never, since }: KvmBelow): string {
  if (never.length > 0)
    return `No guest of KVM's prints this: no host's kernel that is known gives a guest ${never.slice(0, 3).join(', ')}.`;
  if (releases.length === 0) return "No guest of KVM's prints this: no host's kernel that is known gives a guest all of it.";
  const [newest] = since;
  const because = newest === undefined ? '' : ` (for ${newest.hwcap})`;
  const made = vcpu.length === 0 ? 'any vCPU' : `a vCPU made with ${vcpu.join(', ')}`;
  return `If it is a guest under KVM: a host with Linux ${releaseRuns(releases)}${because}, and ${made}.`;
}
