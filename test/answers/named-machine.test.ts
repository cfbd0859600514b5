import { expect, it } from 'vitest';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { machineNamedIn } from '../../src/answers/named-machine.ts';

it.each([
  ['Machine model: Raspberry Pi 4 Model B Rev 1.4', 'raspberry-pi-4'],
  ['compatible = "raspberrypi,4-model-b", "brcm,bcm2711";', 'raspberry-pi-4'],
  ['[ro.soc.model]: [SM8550]', 'snapdragon-8-gen-2'],
  ['      Chip: Apple M1 Pro', 'apple-m1-pro'],
  ['It is a RK3399, and an RK3588 stands beside it', 'rk3399'],
])('%s names a machine that commands take', async (text, name) => {
  expect(machineNamedIn(text)?.name).toBe(name);
  expect((await knownMachine(name)).machine.cpus.length).toBeGreaterThan(0);
});

it.each(['Linux raspberrypi 4.4.13+ #1 armv6l', 'my altra is slow', 'line 4 of 12: error 1234', 'Raspberry\nPi 4', 'cortex-a72'])(
  '%j names none',
  (text) => {
    expect(machineNamedIn(text)).toBeUndefined();
  },
);
