import { expect, it } from 'vitest';
import { onlineText } from '../../src/cli/print-system.ts';
import { boot } from '../../src/index.ts';

it('says how many CPUs are online, and between what where it is not known of all', () => {
  const cpu = { registers: { MIDR_EL1: 0x410f_d083n } };
  expect(onlineText(boot({ cpus: [cpu, cpu] }, { release: '6.12' }))).toBe('2 CPUs online');
  expect(onlineText(boot({ cpus: [cpu, cpu] }, { release: '6.12', cmdline: 'maxcpus=1' }))).toBe('1 of 2 CPUs online');
  const partly = { unlisted: 'unknown', cpus: [cpu, { registers: { MIDR_EL1: 0x410f_d034n } }] } as const;
  expect(onlineText(boot(partly, { release: '6.12' }))).toBe('1 to 2 of 2 CPUs online');
});
