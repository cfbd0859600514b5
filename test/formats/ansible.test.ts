import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const TEXT = readFileSync(new URL('samples/ansible.txt', import.meta.url), 'utf8');

it.each([
  ['as ad-hoc commands print them', TEXT],
  ['as JSON', TEXT.slice(TEXT.indexOf('{'))],
  ['as YAML', TEXT.replaceAll(/[",]/g, '')],
])('facts of Ansible tell the kernel, the CPUs that run and the hypervisor, %s', async (_, text) => {
  const { kernel, cpuCount, detectVirt, dmi } = (await readAny(text)).value;
  expect({ kernel, cpuCount, virtual: detectVirt?.text, made: dmi?.rows.map(({ value }) => value) }).toEqual({
    kernel: { release: '6.8.0-1012-example' },
    cpuCount: 2,
    virtual: 'kvm',
    made: ['EFI Development Kit II / OVMF', 'KVM Virtual Machine', 'QEMU'],
  });
});

it('a host of guests is no guest', async () => {
  expect((await readAny(TEXT.replace('"guest"', '"host"'))).value.detectVirt).toBeUndefined();
});

it('facts of another architecture are told apart', async () => {
  const { value, diagnostics } = await readAny(TEXT.replace('aarch64', 'x86_64'));
  expect(value.kernel).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toContain('not-arm');
});
