import { expect, it } from 'vitest';
import { longTermReleases, sight } from '../../src/answers/availability.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { MACHINES_BY_KIND, SIGHTINGS } from '../../src/web/card/sighting-store.ts';

it('derives every machine under every long-term kernel while somebody looks, and tells when more is known', async () => {
  let told = 0;
  const stop = SIGHTINGS.subscribe(() => told++);
  const isDone = (): boolean => MACHINES_BY_KIND.every(({ name }) => SIGHTINGS.get(name)?.sightings.size === longTermReleases().length);
  await expect.poll(isDone).toBe(true);
  await expect.poll(() => told).toBeGreaterThan(0);
  stop();
  const release = longTermReleases().find((one) => one.startsWith('5.10.'))!;
  expect(SIGHTINGS.get('kunpeng-920')?.sightings.get(release)).toEqual(sight(await loadMachine('kunpeng-920'), release));
});
