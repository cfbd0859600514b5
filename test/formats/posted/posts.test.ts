import { expect, it } from 'vitest';
import { machineOfCapture } from '../../../src/answers/machine-of-capture.ts';
import { readAny } from '../../../src/formats/read-any.ts';

const LSCPU =
  'Architecture: aarch64\nCPU(s): 2\nOn-line CPU(s) list: 0,1\nVendor ID: ARM\nModel name: Neoverse-N1\nStepping: r3p1\nFlags: fp asimd cpuid\n';

it('words and rows of something else behind an lscpu are no mistakes in it', async () => {
  const { diagnostics } = await readAny(`${LSCPU}Some other info...\nMACHINE: box\nARCH: aarch64\nJulia Version 1.10.4\nPlatform Info:\n`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('a core that stands for all CPUs says nothing beside MIDR_EL1 of the same core', async () => {
  const { value } = await readAny(`${LSCPU}\n  LLVM: libLLVM-15.0.7 (ORCJIT, neoverse-n1)\n`);
  expect([value.midrs, value.cpuinfo, value.uncounted]).toEqual([[0x413f_d0c1n], undefined, undefined]);
});

it('a kernel whose builder put a slash in its name is a release', async () => {
  const { value } = await readAny('Linux phone 4.14.262-fast-v2.5/faee9bac #1 SMP PREEMPT Sat Jan 15 10:31:32 UTC 2022 aarch64 Android\n');
  expect(value.kernel?.release).toBe('4.14.262-fast-v2.5/faee9bac');
});

it('a JVM counts the CPUs beside an excerpt of /proc/cpuinfo', async () => {
  const { value } = await readAny(
    'processor\t: 0\nFeatures\t: fp asimd cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\nCPU:total 46 (initial active 46) 0x41:0x0:0xd08:3, simd, crc\n',
  );
  expect([value.cpuCount, value.cpuinfo?.length]).toEqual([46, 1]);
});

it('Kubernetes counts the CPUs that a node has, not those that pods may take', async () => {
  const label = 'Labels:  feature.node.kubernetes.io/cpu-cpuid.ASIMD=true\n';
  expect((await readAny(`${label}Capacity:\n  cpu:   4\nAllocatable:\n  cpu:   3\n`)).value.cpuCount).toBe(4);
  expect((await readAny(`${label}Allocatable:\n  cpu:   3\n`)).value.cpuCount).toBeUndefined();
});

it('OpenBSD’s half precision and SSBS are read', async () => {
  const { value } = await readAny('cpu0 at mainbus0 mpidr 0: ARM Neoverse N1 r4p1\ncpu0: DP,RASv1p1,AdvSIMD+HP,FP+HP,SSBS+MSR\n');
  expect(value.archFeatures?.present).toEqual(
    expect.arrayContaining(['FEAT_DotProd', 'FEAT_RASv1p1', 'FEAT_FP16', 'FEAT_FP', 'FEAT_SSBS2']),
  );
});

it('keys of a tombstone show that addresses are authenticated', async () => {
  const text =
    "ABI: 'arm64'\npac_enabled_keys: 000000000000000f (PR_PAC_APIAKEY)\nsignal 4 (SIGILL), code 1 (ILL_ILLOPC), fault addr 0x7178\n";
  expect((await readAny(text)).value.archFeatures?.present).toEqual(['FEAT_PAuth']);
});

it.each([
  ['each CPU has its line', 2, true],
  ['CPUs lack theirs', 4, false],
])('a log is whole where %s', async (_, cpus, isWhole) => {
  const log = [
    'Linux version 6.1.0 (a@b)',
    'Detected PIPT I-cache on CPU0',
    'Detected PIPT I-cache on CPU1',
    `smp: Brought up 1 node, ${cpus} CPUs`,
    'CPU: All CPU(s) started at EL2',
  ];
  const { value } = await readAny(log.map((line) => `[    0.000000] ${line}\n`).join(''));
  expect((await machineOfCapture(value))!.value.machine.seen?.[0]?.isWholeLog).toBe(isWhole);
});

it('WSL 1 is a container on Windows, not a guest', async () => {
  const { value } = await readAny(`${LSCPU}Hypervisor vendor: Windows Subsystem for Linux\nVirtualization type: container\n`);
  expect(value.detectVirt?.text).toBe('wsl');
});

it('a log that breaks off does not count the CPUs', async () => {
  const { value } = await readAny(
    '[    0.000000] Booting Linux on physical CPU 0x0 [0x410fd083]\n[    0.000000] Linux version 6.1.0 (a@b)\n',
  );
  expect((await machineOfCapture(value))!.value.machine.uncounted).toBe(true);
});

it('firmware names the core that it runs on', async () => {
  const { value } = await readAny('INFO:    BL31: cortex_a53: CPU workaround for 855873 was applied\n');
  expect(value.cores).toEqual([{ implementer: 0x41, part: 0xd03 }]);
});
