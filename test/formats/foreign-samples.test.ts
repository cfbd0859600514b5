import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { Cpu } from '../../src/silicon/machine.ts';

async function cpusOf(machine: string, indices: readonly number[]): Promise<readonly Cpu[]> {
  const { cpus } = (await loadMachine(machine)).machine;
  return indices.map((index) => cpus.at(index)!);
}

/** What was read of each CPU: not what is usual for its core. */
const registersOf = (cpus: readonly Cpu[] | undefined) =>
  cpus?.map(({ registers, usual = [] }) =>
    Object.fromEntries(Object.entries(registers).filter(([name]) => !(usual as readonly string[]).includes(name))),
  );

/** Samples in the form of other tools, written from machines of the package: which, and of which CPUs. */
const SAMPLES: readonly (readonly [file: string, format: string, machine: string, cpus: readonly number[]])[] = [
  ['windows-export.reg', 'windows-registry', 'rk3588', [0, -1]],
  ['windows-reg-query.txt', 'windows-registry', 'rk3588', [0, -1]],
  ['windows-powershell.txt', 'windows-registry', 'rk3588', [0, -1]],
  ['kvm-one-reg.txt', 'kvm-one-reg', 'rk3588', [0, -1]],
  ['registers-wide.csv', 'csv', 'rk3588', [0, -1]],
  ['registers-long.csv', 'csv', 'rk3588', [0, -1]],
  ['registers-rows.json', 'register-json', 'rk3588', [0, -1]],
  ['registers-by-cpu.json', 'register-json', 'rk3588', [0, -1]],
  ['firecracker-fingerprint.json', 'firecracker-fingerprint', 'qemu-neoverse-v1', [0]],
  ['gdb.txt', 'gdb', 'qemu-cortex-a72', [0, 0]],
  ['lldb.txt', 'gdb', 'qemu-cortex-a72', [0]],
];

describe.each(SAMPLES)('%s', (file, format, machine, cpus) => {
  it(`is recognised as ${format} and read without loss`, async () => {
    const { value, diagnostics, lines, recognition } = await readAny(readFileSync(new URL(`samples/${file}`, import.meta.url)));
    expect(recognition?.reader.name).toBe(format);
    expect(registersOf(value.machine?.cpus)).toEqual(registersOf(await cpusOf(machine, cpus)));
    expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(lines?.unread ?? 0).toBe(0);
  });
});

it('macOS: names of the sysctl become architecture features', async () => {
  const { value, recognition } = await readAny(readFileSync(new URL('samples/macos-sysctl.txt', import.meta.url)));
  expect(recognition?.reader.name).toBe('macos-sysctl');
  expect(value.title).toBe('Apple M1, as macOS shows it, 4 Performance + 4 Efficiency CPUs');
  expect(value.cpuCount).toBe(8);
  expect(value.archFeatures?.present).toContain('FEAT_LSE2');
  // The M1 has neither: https://github.com/apple-oss-distributions/xnu, hw.optional.arm on an M1.
  expect(value.archFeatures?.absent).toEqual(expect.arrayContaining(['FEAT_BF16', 'FEAT_I8MM', 'FEAT_BTI']));
});

it('QEMU: a transcript gives the vector lengths, the features and the number of CPUs', async () => {
  const { value, recognition, diagnostics } = await readAny(readFileSync(new URL('samples/qmp.txt', import.meta.url)));
  expect(recognition?.reader.name).toBe('qmp');
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({
    name: 'max',
    machine: { cpus: [{ sveVl: [16, 32, 64] }] },
    archFeatures: { present: ['FEAT_PAuth', 'FEAT_AA64', 'FEAT_PMUv3', 'FEAT_SVE'], absent: ['FEAT_SME'] },
    cpuCount: 2,
  });
});

it('a .config gives the release and the options that rules ask for', async () => {
  const { value, recognition, lines } = await readAny(readFileSync(new URL('samples/kernel.config', import.meta.url)));
  expect(recognition?.reader.name).toBe('kernel-config');
  expect(lines?.unread).toBe(0);
  expect(value.kernel).toMatchObject({
    release: '6.12.107',
    config: { CONFIG_ARM64_SVE: 'y', CONFIG_ARM64_SME: 'n', CONFIG_ARM64_PTR_AUTH: 'y' },
  });
  // A fragment leaves what it does not name to its base.
  expect(value.kernel?.config).not.toHaveProperty('CONFIG_ARM64_MTE');
});
