import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const JSON_TEXT = readFileSync(new URL('samples/facter.json', import.meta.url), 'utf8');
const MODELS = '$ facter processors\n{\n  count => 2,\n  isa => "aarch64",\n  models => [\n    "Cortex-A72",\n    "Cortex-A53"\n  ]\n}\n';
const FLAT =
  'hardwareisa => aarch64\nis_virtual => true\nkernelrelease => 6.8.0-1012-example\nprocessorcount => 2\nproductname => KVM Virtual Machine\nvirtual => kvm\n';

it.each([
  ['in JSON', JSON_TEXT],
  ['flat', FLAT],
])('facts of facter tell the kernel, the CPUs and the hypervisor, %s', async (_, text) => {
  const { kernel, cpuCount, detectVirt, dmi } = (await readAny(text)).value;
  expect({ kernel, cpuCount, virtual: detectVirt?.text }).toEqual({
    kernel: { release: '6.8.0-1012-example' },
    cpuCount: 2,
    virtual: 'kvm',
  });
  expect(dmi?.rows.map(({ value }) => value)).toContain('KVM Virtual Machine');
});

it('facts of facter name the model of each CPU', async () => {
  const { cpuinfo, cpuCount } = (await readAny(MODELS)).value;
  expect(cpuCount).toBe(2);
  expect(cpuinfo?.map(({ processor, part }) => [processor, part])).toEqual([
    [0, 0xd08],
    [1, 0xd03],
  ]);
});

it('a machine that is not virtual is no guest', async () => {
  expect((await readAny(JSON_TEXT.replace('"is_virtual": true', '"is_virtual": false'))).value.detectVirt).toBeUndefined();
});

it('facts of another architecture are told apart', async () => {
  const { value, diagnostics } = await readAny(JSON_TEXT.replaceAll('aarch64', 'x86_64'));
  expect(value.kernel).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toContain('not-arm');
});
