import { describe, expect, it } from 'vitest';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { boot } from '../../src/linux/boot.ts';
import { usualOf } from '../../src/silicon/usual.ts';

describe('knownMachine', () => {
  it.each([
    ['apple-m4', 'apple-m4-p-core'],
    ['M1', 'apple-m1'],
    ['altra', 'ampere-altra'],
    ['rpi4', 'raspberry-pi-4'],
    ['a64fx', 'qemu-a64fx'],
  ])('%s is %s', async (name, machine) => {
    expect((await knownMachine(name)).name).toBe(machine);
  });

  it.each([
    ['graviton4', 'AWS Graviton 4: one ARM Neoverse-V2'],
    ['raspberry-pi-5', 'Raspberry Pi 5: one ARM Cortex-A76'],
    ['cortex-a510', 'one ARM Cortex-A510'],
    ['A76', 'one ARM Cortex-A76'],
    ['n1', 'one ARM Neoverse-N1'],
    ['phytium', 'one Phytium FTC663'],
    ['snapdragon-8-gen-1', 'Snapdragon 8 Gen 1: one ARM Cortex-A510, ARM Cortex-A710, ARM Cortex-X2'],
  ])('%s: %s', async (name, title) => {
    expect((await knownMachine(name)).title).toBe(title);
  });

  it('leaves open what differs between chips with a core, and keeps what is alike', async () => {
    const { hwcaps, unknown } = boot((await knownMachine('cortex-a53')).machine, { release: '6.12' });
    expect(hwcaps.names).toEqual(expect.arrayContaining(['fp', 'asimd', 'crc32']));
    expect(unknown?.hwcaps).toEqual(expect.arrayContaining(['aes', 'sha2']));
    expect([...hwcaps.names, ...(unknown?.hwcaps ?? [])]).not.toContain('sve');
  });

  it('throws unknown-machine with the nearest name', async () => {
    await expect(knownMachine('graviton22')).rejects.toMatchObject({
      code: 'unknown-machine',
      message: expect.stringContaining('graviton2'),
    });
  });
});

describe('usualOf', () => {
  it('no core that is known has a CTR_EL0 of zero', async () => {
    for (const part of [0xd03, 0xd08, 0xd0b, 0xd0c]) {
      const { registers } = await usualOf({ implementer: 0x41, part });
      expect(registers.CTR_EL0?.value).toBeGreaterThan(0n);
      expect(registers.CLIDR_EL1?.value).toBeGreaterThan(0n);
    }
  });
});
