import { expect, it } from 'vitest';
import { levelOverlay } from '../../src/answers/level-overlay.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

async function overlay(machine: string, release: string) {
  return levelOverlay(boot((await loadMachine(machine)).machine, { release }));
}

// Cortex-A72 TRM: Armv8.0-A with CRC32; no LSE, no PAN.
it('a Raspberry Pi 4 is Armv8.0-A and misses FEAT_LSE for the next level, by its registers', async () => {
  const { readings, outcomes, missing } = await overlay('raspberry-pi-4', '6.12');
  expect(readings[0]?.level).toBe('Armv8.0-A');
  expect(missing.registers.get('FEAT_LSE')).toMatchObject({ level: 'Armv8.1-A', state: 'absent' });
  expect(missing.registers.has('FEAT_CRC32')).toBe(false);
  expect(outcomes.get('FEAT_CRC32')?.[0]).toBe(true);
  expect(outcomes.get('FEAT_LSE')).toEqual([false, false, false]);
});

it('by its hwcaps nothing is told of what has no hwcap: FEAT_PAN', async () => {
  const { outcomes } = await overlay('ampere-altra', '6.12');
  expect(outcomes.get('FEAT_PAN')?.[0]).toBe(true);
  expect(outcomes.get('FEAT_PAN')?.[2]).toBeUndefined();
});

// Linux 4.17 began to print ilrcpc.
it('an old kernel does not show by hwcaps what the registers have', async () => {
  expect((await overlay('parallels-m1', '4.16')).outcomes.get('FEAT_LRCPC2')).toEqual([true, true, false]);
  expect((await overlay('parallels-m1', '4.17')).outcomes.get('FEAT_LRCPC2')).toEqual([true, true, true]);
});
