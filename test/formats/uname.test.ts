import { describe, expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';

const VERSIONS = [
  ['6.1.0-13-arm64', '#1 SMP Debian 6.1.55-1 (2023-09-29)', { release: '6.1.55', config: 'debian' }],
  ['6.1.0-13-cloud-arm64', '#1 SMP Debian 6.1.55-1 (2023-09-29)', { release: '6.1.55', config: 'debian-cloud' }],
  ['6.12.107+deb13-rt-arm64', '#1 SMP PREEMPT_RT Debian 6.12.107-1 (2026-03-02)', { release: '6.12.107', config: 'debian-rt' }],
  ['6.12.107+deb13-arm64-16k', '#1 SMP Debian 6.12.107-1 (2026-03-02)', { release: '6.12.107', config: 'debian-16k' }],
  // Debian has it since 6.12 only.
  ['6.1.0-13-arm64-16k', '#1 SMP Debian 6.1.55-1 (2023-09-29)', { release: '6.1.55' }],
  ['6.6.13+bpo-arm64', '#1 SMP Debian 6.6.13-1~bpo12+1 (2024-02-15)', { release: '6.6.13' }],
  ['6.1.55', '#1 SMP Debian 6.1.55-1 (2023-09-29)', { release: '6.1.55' }],
  ['5.15.0-97-generic', '#107-Ubuntu SMP Wed Feb 7 13:27:37 UTC 2024', { release: '5.15.0-97-generic' }],
] as const;

describe("Debian's own version tells the stable update and the configuration", () => {
  it.each(VERSIONS)('%s %s', async (release, version, kernel) => {
    const texts = [
      `Linux vm ${release} ${version} aarch64 GNU/Linux\n`,
      `[    0.000000] Linux version ${release} (a@b) (gcc-12 (Debian 12.2.0-14) 12.2.0) ${version}\n`,
      `armlens-probe 1\nuname Linux ${release} ${version} aarch64\ncpu 0\nS3_0_C0_C4_0 0x11\nend\n`,
    ];
    for (const text of texts) expect((await readAny(new TextEncoder().encode(text))).value.kernel).toEqual(kernel);
  });
});

it.each([
  "[{'numpy_version': '2.0.0',\n  'uname': uname_result(system='Linux', node='box', release='6.6.9-example', version='#1 SMP', machine='aarch64')},\n {'simd_extensions': {'baseline': ['NEON', 'ASIMD'],\n  'found': ['ASIMDHP'],\n  'not_found': []}}]\n",
  'nodeInfo:\n  architecture: arm64\n  kernelVersion: 6.6.9-example\nlabels:\n  feature.node.kubernetes.io/cpu-cpuid.ASIMD: "true"\n',
])('a structure names the kernel beside what it says of the CPU', async (text) => {
  const { value } = await readAny(text);
  expect(value.kernel?.release).toBe('6.6.9-example');
  expect(value.hwcaps ?? value.archFeatures).toBeDefined();
});

it.each([
  'root@router:~# ubus call system board\n{\n\t"kernel": "6.6.9-example",\n\t"model": "Board"\n}\n',
  'node_uname_info{machine="aarch64",nodename="box",release="6.6.9-example",sysname="Linux"} 1\n',
  '|Item|Value|\n|---|---|\n|GPU|off|\n|System|Linux arm64 6.6.9-example|\n',
  "GOARM64='v8.0'\nuname -sr: Linux 6.6.9-example\nDebian GNU/Linux 12\n",
  'System uname: Linux-6.6.9-example-aarch64-with-glibc2.38\nKiB Mem:     7983236 total\n',
  'environment:\n  kernel: Linux\n  kernel_architecture: aarch64\n  kernel_version: 6.6.9-example\n',
  'Welcome to Armbian 23.8.1 Bookworm with Linux 6.6.9-example\n',
  'os_name | Linux\n-- | --\nos_version | 6.6.9-example\narch | aarch64\n',
])('a row names the kernel: %j', async (text) => {
  expect((await readAny(text)).value.kernel?.release).toBe('6.6.9-example');
});

it('OSHI names the kernel as the build of a distribution', async () => {
  const { value } = await readAny('os info: GNU/Linux Ubuntu 20.04.5 LTS (Focal Fossa) build 5.15.0-1022-example\n');
  expect(value.kernel?.release).toBe('5.15.0-1022-example');
});

it.each([
  ['the image that was started, if nothing else does', '', '6.12.40-example'],
  ['the log, whatever the image is called', '[    0.000000] Linux version 6.1.20 (a@b)\n', '6.1.20'],
])('%s names the kernel', async (_, version, release) => {
  const log = `${version}[    0.000000] Kernel command line: BOOT_IMAGE=(hd0,gpt2)/vmlinuz-6.12.40-example root=/dev/sda2 ro\n`;
  const { value } = await readAny(`${log}[    0.003244] CPU features: detected: CRC32 instructions\n`);
  expect((await machineOfCapture(value))?.value.kernel?.release).toBe(release);
});

const LINE = '\n\nFeatures\t: fp asimd evtstrm crc32 cpuid\n';

it.each([
  ['Kernel 6.8.0-31-generic, Ubuntu 24.04.', '6.8.0-31-generic'],
  ['A board, a vendor\u2019s system, kernel 5.10.120-tegra. It crashes.', '5.10.120-tegra'],
  ["I'm running kernel 6.1.0-rpi7-rpi-v8 on a board.", '6.1.0-rpi7-rpi-v8'],
  ['This is a board (4.9.201-tegra, Ubuntu 18.04):', '4.9.201-tegra'],
  ['It crashes at once on 5.15.0-1053-aws, see below.', '5.15.0-1053-aws'],
  ['uname -r is 6.6.31+rpt-rpi-v8', '6.6.31+rpt-rpi-v8'],
])('a sentence names the kernel that runs: %s', async (words, release) => {
  const { value, diagnostics } = await readAny(words + LINE);
  expect([value.kernel?.release, value.sources?.kernel]).toEqual([release, 'a sentence']);
  expect(diagnostics).toMatchObject([{ code: 'kernel-in-words', severity: 'note', where: 'line 1' }]);
});

it('a heading asks for the kernel, which stands below', async () => {
  const { value } = await readAny(`### Kernel Version\n\n5.15.57.1-example\n\n### CPU${LINE}`);
  expect(value.kernel?.release).toBe('5.15.57.1-example');
});

it.each([
  'It worked with kernel 5.15.0-91-generic, not with 6.8.0-31-generic.',
  'I run kernel 6.8.0-31-generic.\nA friend has kernel 5.15.0-91-generic.',
  'On kernel 5.15.0-91-generic it is fine.',
  'It was fixed in kernel 6.8.0-40-generic.',
  'That came first with kernel 6.8.0-31-generic.',
  'The flag was introduced with kernel 6.8.0-31-generic.',
  'The host runs kernel 6.8.0-31-generic.',
  'Are you on kernel 6.8.0-31-generic?',
  'Running with gcc 13.2.0-23ubuntu4.',
  'Running on Linux with glibc 2.39.0-0ubuntu8.',
  'I run linux-image-6.8.0-31-generic.',
  'The other box (6.8.0-31-generic) works, my board does not.',
])('a sentence that may mean another kernel names none: %s', async (words) => {
  const { value, diagnostics } = await readAny(words + LINE);
  expect([value.kernel, diagnostics]).toEqual([undefined, []]);
});

it('a kernel in words goes behind one that a listing tells', async () => {
  const { value } = await readAny(`Kernel 6.8.0-31-generic, see below.\n\n$ uname -r\n6.1.0-18-arm64\n${LINE}`);
  expect(value.kernel?.release).toBe('6.1.0-18-arm64');
});

it.each(['  -march=   armv8.2-a+crypto\n  -mcpu=    neoverse-n1\n', 'target_arch="aarch64"\ntarget_feature="crc"\n'])(
  'what a compiler builds for is no machine: %j',
  async (text) => {
    expect((await readAny(text)).diagnostics).toMatchObject([{ code: 'unknown-format', message: expect.stringContaining('armlens runs') }]);
  },
);

it.each([
  'Le noyau : 5.15.0-1049-oracle. Merci.',
  'Ядро: 5.15.0-1049-oracle',
  'Núcleo Linux: 5.15.0-1049-oracle',
  '커널 버전: 5.15.0-1049-oracle',
])('a row names the kernel in other languages: %s', async (words) => {
  expect((await readAny(words + LINE)).value.kernel?.release).toBe('5.15.0-1049-oracle');
});

it.each([
  ['jetson_release', 'Platform:\n - Distribution: Ubuntu 20.04 focal\n - Release: 5.10.120-tegra\n', '5.10.120-tegra'],
  ['pveversion', 'proxmox-ve: 8.2.0 (running kernel: 6.6.30-edge-rockchip)\npve-manager: 8.2.4\n', '6.6.30-edge-rockchip'],
])('%s names the kernel', async (_, text, release) => {
  expect((await readAny(text)).value.kernel?.release).toBe(release);
});
