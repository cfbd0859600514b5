import { useMemo } from 'preact/hooks';
import { type LevelOverlay, levelOverlay } from '../../answers/level-overlay.ts';
import type { System } from '../../linux/system.ts';
import { formatRoute, queryValue, type Route } from '../route.ts';
import { buildScenario, tryBoot } from '../scenario/build-scenario.ts';
import { parseScenario } from '../scenario/scenario-query.ts';
import { useMachine } from '../scenario/use-machine.ts';

/** A machine laid over the levels, as far as the address names one. */
export interface ChosenMachine {
  readonly title?: string;
  readonly release?: string;
  readonly overlay?: LevelOverlay;
  readonly system?: System;
  readonly problems: readonly string[];
}

/** Whether an address names a machine at all. */
export function namesMachine({ query }: Route): boolean {
  return queryValue(query, 'm') !== undefined || queryValue(query, 'p') !== undefined;
}

/** Boots the machine that the address names; while it is being fetched, the one before stays. */
export function useLevelOverlay(route: Route): ChosenMachine {
  const { value: query, problems } = useMemo(() => parseScenario(route.query), [route.query]);
  const found = useMachine(query);
  const isNamed = namesMachine(route);
  const key = formatRoute({ ...route, name: '', query: route.query.filter(([own]) => own !== 'q') });
  return useMemo((): ChosenMachine => {
    if (!isNamed || found === undefined) return { problems: [] };
    if ('problem' in found) return { problems: [found.problem] };
    const { scenario, problems: more } = buildScenario(query, found.base);
    const booted = tryBoot(scenario);
    const head = { title: found.base.title, release: scenario.kernel.release };
    if ('problem' in booted) return { ...head, problems: [...problems, ...more, `${booted.problem}.`] };
    return { ...head, overlay: levelOverlay(booted.system), system: booted.system, problems: [...problems, ...more] };
  }, [key, found, isNamed]);
}
