import { expect, it } from 'vitest';
import { onlineText } from '../../src/cli/print-system.ts';
import { boot, loadMachine } from '../../src/index.ts';

it('says how many CPUs are online, and between what where it is not known of all', async () => {
  const cpu = { registers: { MIDR_EL1: 0x410f_d083n } };
  expect(onlineText(boot({ cpus: [cpu, cpu] }, { release: '6.12' }))).toBe('2 CPUs online');
  expect(onlineText(boot({ cpus: [cpu, cpu] }, { release: '6.12', cmdline: 'maxcpus=1' }))).toBe('1 of 2 CPUs online');
  const { machine } = await loadMachine('apple-m2');
  expect(onlineText(boot(machine, { release: '6.12' }))).toBe('1 to 8 of 8 CPUs online');
});
