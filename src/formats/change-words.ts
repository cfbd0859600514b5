import type { Change, Suggestion } from '../answers/why.ts';
import { cpucapRow } from '../linux/release/history.ts';
import { formatCondition } from './condition.ts';
import { formatCpus, ofCore } from './cpu-list.ts';
import { vcpuWords } from './vcpu-words.ts';

/** Writes what of the surroundings would be otherwise. */
function environmentWords({ set }: Change & { readonly kind: 'environment' }): string {
  if (set.bootEl !== undefined)
    return `start the kernel at EL${set.bootEl}${set.bootEl === 2 ? ' (as the host, not as a guest)' : ' (as a guest)'}`;
  if (set.eventStream !== undefined) return `a timer that ${set.eventStream ? 'offers' : 'does not offer'} an event stream`;
  return set.nvhe === true ? 'a CPU on which the kernel cannot stay at EL2 (no VHE)' : 'a CPU on which the kernel stays at EL2 (VHE)';
}

function cmdlineWords({ drop, add }: Change & { readonly kind: 'cmdline' }): string {
  if (drop !== undefined && add !== undefined) return `command line: write ${add} instead of ${drop}`;
  return drop === undefined ? `command line: add ${add}` : `command line: take ${drop} away`;
}

function configWords({ option, from, to, depends }: Change & { readonly kind: 'config' }): string {
  if (to !== 'y') return `kernel configuration: without ${option} (now ${from})`;
  const needs = depends === undefined ? '' : `; Kconfig offers it only with ${formatCondition(depends)}`;
  return `kernel configuration: ${option}=y (now ${from})${needs}`;
}

function releaseWords({ from, to, direction, sameSeries, config }: Change & { readonly kind: 'release' }, alone: boolean): string {
  if (!alone) return `kernel: Linux ${to} instead of ${from}`;
  const nearest = `the nearest ${direction} ${sameSeries ? 'update of the series' : 'mainline release'} known to change the answer`;
  const among = config === undefined ? '' : `, of those whose ${config} configuration is known`;
  return `kernel: Linux ${to} instead of ${from} (${nearest}${among})`;
}

/** Writes one change as a phrase; `alone` tells whether it flips the answer by itself. */
export function formatChange(change: Change, cpuCount: number, alone: boolean = true): string {
  switch (change.kind) {
    case 'field':
      return `silicon: ${change.field} = ${change.value}${change.name === undefined ? '' : ` (${change.name})`} on ${formatCpus(change.cpus, cpuCount)}`;
    case 'config':
      return configWords(change);
    case 'cmdline':
      return cmdlineWords(change);
    case 'release':
      return releaseWords(change, alone);
    case 'without-cpus':
      return `machine: without ${formatCpus(change.cpus, cpuCount)}${ofCore(change.core)}`;
    case 'without-layer':
      return `hypervisor: without ${change.layer}`;
    case 'vcpu':
      return `vCPU: ${vcpuWords(change.add)}`;
    case 'host-release':
      return `host: KVM of Linux ${change.to} instead of ${change.from}${alone ? ' (the nearest newer mainline release known to change the answer)' : ''}`;
    case 'environment':
      return `surroundings: ${environmentWords(change)}`;
  }
}

/**
 * Writes changes that belong together.
 *
 * @example
 * ```js
 * formatSuggestion({ changes: [{ kind: 'cmdline', drop: 'arm64.nosve' }] }, 1) // → 'command line: take arm64.nosve away'
 * ```
 */
export function formatSuggestion({ changes, sigill, losesWorkarounds = [] }: Suggestion, cpuCount: number): string {
  const words = changes.map((change) => formatChange(change, cpuCount, changes.length === 1)).join('; and ');
  const workarounds = losesWorkarounds.map((name) => cpucapRow(name)?.description ?? name);
  const cautions = [
    ...(sigill ? ['programs that use it then get SIGILL, as a CPU that runs does not have it'] : []),
    ...(workarounds.length > 0 ? [`the CPUs are then left without the workaround of an erratum they have: ${workarounds.join('; ')}`] : []),
  ];
  return cautions.length === 0 ? words : `${words}. Beware: ${cautions.join('; ')}`;
}
