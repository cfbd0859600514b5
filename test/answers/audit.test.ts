import { expect, it } from 'vitest';
import { Auditor } from '../../src/answers/audit.ts';
import { readAny } from '../../src/formats/read-any.ts';

it('a log counts CPUs by their numbers, whichever of them it still holds', async () => {
  const { value } = await readAny(
    '[    0.004837] CPU5: Booted secondary processor 0x0000000300 [0x410fd801]\n[    0.005221] CPU6: Booted secondary processor 0x0000000400 [0x410fd811]\n',
  );
  expect((await new Auditor().audit('log', ['kernel-log'], value)).cpuCount).toBe(7);
});
