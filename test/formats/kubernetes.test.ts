import { describe, expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';

const LABELS = ['cpu-cpuid.ASIMD', 'cpu-cpuid.ATOMICS', 'cpu-cpuid.FP', 'cpu-cpuid.ASIMDDP'];

describe('what Kubernetes tells of a node', () => {
  it.each([
    ['described', (label: string) => `                    feature.node.kubernetes.io/${label}=true`],
    ['as JSON', (label: string) => `    "feature.node.kubernetes.io/${label}": "true",`],
    ['as YAML', (label: string) => `    feature.node.kubernetes.io/${label}: "true"`],
    ["in the worker's log", (label: string) => `2024/05/02 10:00:01 ${label} = true`],
  ])('labels %s say what is there, and nothing of what they leave out', async (_, shown) => {
    const { value } = await readAny(LABELS.map(shown).join('\n'));
    expect(value.archFeatures).toEqual({
      present: expect.arrayContaining(['FEAT_AdvSIMD', 'FEAT_LSE', 'FEAT_FP', 'FEAT_DotProd']),
      absent: [],
    });
    expect(value.hwcaps).toBeUndefined();
  });

  it('the model is the lower half of what MIDR_EL1 has below the architecture', async () => {
    const text = 'cpu-cpuid.FP=true\ncpu-model.id=53379\ncpu-model.vendor_id=ARM\nkernel-version.full=6.1.20-example\n';
    const { value } = await readAny(text.replaceAll(/^/gm, '  feature.node.kubernetes.io/'));
    expect(value).toMatchObject({ cpuinfo: [{ implementer: 0x41, part: 0xd08, revision: 3 }], kernel: { release: '6.1.20-example' } });
    expect(value.cpuinfo?.[0]?.variant).toBeUndefined();
  });

  it('a node of another architecture is not taken for an Arm one', async () => {
    const { value } = await readAny('feature.node.kubernetes.io/cpu-cpuid.AESNI=true\nfeature.node.kubernetes.io/cpu-model.id=49\n');
    expect([value.archFeatures, value.cpuinfo]).toEqual([undefined, undefined]);
  });

  it('a table of nodes has the kernel before the container runtime', async () => {
    const text =
      '$ kubectl get nodes -o wide\nNAME STATUS ROLES AGE VERSION INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME\n' +
      'one   Ready    worker   3d   v1.30.1   10.0.0.1   <none>   Example OS 12 (one)   6.1.0-18-arm64   containerd://1.7.0\n';
    expect((await readAny(text)).value.kernel?.release).toBe('6.1.0-18-arm64');
  });
});
