import { applyGuestLayers } from '../../hypervisor/guest-layer.ts';
import { type BootObserver, possibleSystems, watchBoot } from '../../linux/boot.ts';
import type { System } from '../../linux/system.ts';
import type { Scenario } from './scenario.ts';

/** A scenario in which all that lies between silicon and kernel stands in its layers. */
export type LayeredScenario = Omit<Scenario, 'kvm'> & { readonly kvm?: never };

/** Boots what is above the layers of a scenario. */
export function bootLayered({ machine, layers, kernel, environment }: LayeredScenario, observer: BootObserver = {}): System {
  return watchBoot(applyGuestLayers(machine, layers).machine, kernel, environment, observer);
}

/** The systems of which {@link bootLayered} gives what they have in common, without their logs. */
export function possibleLayered({ machine, layers, kernel, environment }: LayeredScenario): Iterable<System> {
  return possibleSystems(applyGuestLayers(machine, layers).machine, kernel, environment);
}
