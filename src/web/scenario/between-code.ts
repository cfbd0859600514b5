import type { LayeredScenario } from '../../answers/why/boot-layered.ts';
import type { Scenario } from '../../answers/why/scenario.ts';
import type { ScenarioQuery } from './scenario-query.ts';
import type * as UnderKvm from './under-kvm.ts';

/** What stands in under-kvm.ts: KVM's rules, which only pages with a guest need. */
type KvmCode = typeof UnderKvm;

/** What KVM of a host says of the vCPUs that it can make. */
export interface HostSight {
  /** What it refuses to make a vCPU with, by the names of `--vcpu`. */
  readonly refused: ReadonlySet<string>;
  /** Whether what it does lies between releases that are known exactly. */
  readonly isBounded: boolean;
}

/** What stands in read-layers.ts: the readers of masks, templates and settings, which only pages with one need. */
type LayerCode = typeof import('./read-layers.ts');

/** What an address says that a hypervisor hides. */
export type LayerTexts = Pick<ScenarioQuery, 'mask' | 'template' | 'settings'>;

/** What an address has between silicon and kernel. */
export type Between = Partial<LayerTexts & Pick<ScenarioQuery, 'kvm'>>;

let code: KvmCode | undefined;
let readers: LayerCode | undefined;

/** Whether an address hides anything. */
function hasLayers({ mask, template, settings = [] }: Between): boolean {
  return mask !== undefined || template !== undefined || settings.length > 0;
}

/** Fetches the rules of KVM. */
export async function loadKvm(): Promise<void> {
  code ??= await import('./under-kvm.ts');
}

/** Fetches the readers of what a hypervisor hides. */
export async function loadLayers(): Promise<void> {
  readers ??= await import('./read-layers.ts');
}

/** Does something as soon as what a hypervisor hides can be read: at once, if it can be already. Whoever cannot fetch the readers tells so. */
export function whenLayers(show: () => void): void {
  if (readers === undefined) void loadLayers().then(show, show);
  else show();
}

/** Fetches what is needed for that which stands between silicon and kernel. */
export async function loadBetween(between: Between): Promise<void> {
  await Promise.all([between.kvm === undefined ? undefined : loadKvm(), hasLayers(between) ? loadLayers() : undefined]);
}

/** Whether {@link loadBetween} has nothing to fetch. */
export function isBetweenReady(between: Between): boolean {
  return (between.kvm === undefined || code !== undefined) && (!hasLayers(between) || readers !== undefined);
}

/** The readers of what a hypervisor hides; `undefined` if nothing is hidden. */
export function layerCode(texts: LayerTexts): LayerCode | undefined {
  if (!hasLayers(texts)) return undefined;
  if (readers === undefined) throw new Error('the readers of layers were not fetched');
  return readers;
}

/** The rules of KVM; `undefined` until {@link loadKvm} has fetched them. */
export function kvmCode(): KvmCode | undefined {
  return code;
}

/**
 * The scenario with KVM's limits as layers. What KVM refuses to make is told as the library tells it.
 *
 * @throws {ArmlensError} `bad-value` if KVM refuses the vCPU.
 */
export function layeredOf({ kvm, ...scenario }: Scenario): LayeredScenario {
  if (kvm === undefined) return scenario;
  if (code === undefined) throw new Error('the rules of KVM were not fetched');
  return code.layered({ kvm, ...scenario });
}
