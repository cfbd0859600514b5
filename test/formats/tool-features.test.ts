import { expect, it } from 'vitest';
import { readAny } from '../../src/formats/read-any.ts';
import { growsLinearly } from '../support/growth.ts';

it.each([
  [
    'Box64',
    '[BOX64] Dynarec for ARM64, with extension: ASIMD CRC32 ATOMICS RNDR\n[BOX64] Running on Cortex-A76 with 4 cores, pagesize: 4096\n',
    ['FEAT_AdvSIMD', 'FEAT_CRC32', 'FEAT_LSE', 'FEAT_RNG'],
    [],
  ],
  [
    'Box64 with all in one line',
    'Dynarec for ARM64, with extension: ASIMD UXCVT FRINT_TS PageSize:4096 Running on Cortex-A76 with 4 Cores\n',
    ['FEAT_AdvSIMD', 'FEAT_FRINTTS'],
    [],
  ],
  ['an older Box64', 'Dynarec for ARM64, with extension: ASIMD AES CRC32 PageSize:4096\n', ['FEAT_AdvSIMD', 'FEAT_AES', 'FEAT_CRC32'], []],
  [
    'cpufetch, behind its logo',
    '  #####     Technology: 28nm\n  #####     Features:          NEON,CRC32\n',
    ['FEAT_AdvSIMD', 'FEAT_CRC32'],
    ['FEAT_SHA1', 'FEAT_SHA256', 'FEAT_AES'],
  ],
  // Bits 0, 2 to 6, 11 and 13: NEON, AES, SHA-1, SHA-256, PMULL, SHA-512, SHA-3, SVE.
  [
    'openssl speed',
    'CPUINFO: OPENSSL_armcap=0x287d\n',
    ['FEAT_AES', 'FEAT_SHA1', 'FEAT_SHA256', 'FEAT_PMULL', 'FEAT_SHA512', 'FEAT_SHA3', 'FEAT_SVE'],
    [],
  ],
  ['openssl info', '$ openssl info -cpusettings\nOPENSSL_armcap=0x81\n', [], ['FEAT_AES', 'FEAT_SHA1', 'FEAT_SHA256', 'FEAT_PMULL']],
  [
    "Go's struct, where false may be what it could not ask for",
    '{_:{} HasFP:true HasASIMD:true HasAES:false HasATOMICS:true HasSVE:false}\n',
    ['FEAT_FP', 'FEAT_AdvSIMD', 'FEAT_LSE'],
    [],
  ],
  [
    'BenchmarkDotNet',
    '// HardwareIntrinsics=AdvSIMD,AES,DP,RDM VectorSize=128\n',
    ['FEAT_AdvSIMD', 'FEAT_AES', 'FEAT_DotProd', 'FEAT_RDM'],
    [],
  ],
  ['XMRig', ' * CPU          Cortex-A72 (1) 64-bit -AES\n', [], ['FEAT_AES']],
  [
    "NumPy's show_config with a row for each name",
    '{\n  "SIMD Extensions": {\n    "baseline": [\n      "NEON",\n      "ASIMD"\n    ],\n    "found": [\n      "ASIMDHP"\n    ],\n    "not found": [\n      "SVE"\n    ]\n  }\n}\n',
    ['FEAT_AdvSIMD', 'FEAT_FP16'],
    ['FEAT_SVE'],
  ],
  [
    'the same in YAML',
    'SIMD Extensions:\n  baseline:\n  - NEON\n  - ASIMD\n  found:\n  - ASIMDHP\n  not found:\n  - SVE\n',
    ['FEAT_AdvSIMD', 'FEAT_FP16'],
    ['FEAT_SVE'],
  ],
  ["a program's list in capitals", 'HWCAP: FP ASIMD AES CRC32\n', ['FEAT_FP', 'FEAT_AdvSIMD', 'FEAT_AES', 'FEAT_CRC32'], []],
  [
    "the same of C's macros",
    'hwcap=HWCAP_FP|HWCAP_ASIMD|HWCAP_CRC32|HWCAP_ATOMICS\n',
    ['FEAT_FP', 'FEAT_AdvSIMD', 'FEAT_CRC32', 'FEAT_LSE'],
    [],
  ],
  ["Go's fields", 'cpu.ARM64.HasAES: true\ncpu.ARM64.HasSHA3: false\n', ['FEAT_AES'], []],
  ["folders of glibc's dynamic linker", '  tls (supported, searched)\n  atomics (AT_HWCAP; supported, searched)\n', ['FEAT_LSE'], []],
  ["Gentoo's cpuid2cpuflags", 'CPU_FLAGS_ARM: edsp neon thumb vfp-d32 crc32 v8\n', ['FEAT_AdvSIMD', 'FEAT_CRC32'], []],
  [
    "a program's own words on C's macros",
    'HWCAP_ASIMD : yes\nHWCAP_AES: 1\n  HWCAP2_SVE_EBF16 -> no\nHWCAP_SVE not supported\n',
    ['FEAT_AdvSIMD', 'FEAT_AES'],
    ['FEAT_EBF16', 'FEAT_SVE'],
  ],
  ["a program's own words on hwcaps", 'asimd = 1\natomics = 1\ncrc32 = 0\nfoo = 1\n', ['FEAT_AdvSIMD', 'FEAT_LSE'], ['FEAT_CRC32']],
  [
    "NumPy's show_config",
    'Supported SIMD extensions in this NumPy install:\n    baseline = NEON,NEON_FP16,NEON_VFPV4,ASIMD\n    found = ASIMDHP\n    not found = ASIMDDP,ASIMDFHM\n',
    ['FEAT_AdvSIMD', 'FEAT_FP16'],
    ['FEAT_DotProd', 'FEAT_FHM'],
  ],
  [
    "NumPy's show_runtime",
    "[{'simd_extensions': {'baseline': ['NEON', 'ASIMD'],\n                      'found': ['ASIMDHP'],\n                      'not_found': ['SVE']}}]\n",
    ['FEAT_AdvSIMD', 'FEAT_FP16'],
    ['FEAT_SVE'],
  ],
  ["the head of NumPy's tests", 'NumPy CPU features:  NEON ASIMD ASIMDDP* SVE?\n', ['FEAT_AdvSIMD', 'FEAT_DotProd'], ['FEAT_SVE']],
  [
    "illumos' isainfo -v",
    '$ isainfo -v\n64-bit aarch64 applications\n        lse crc32 advsimd fp\n',
    ['FEAT_LSE', 'FEAT_CRC32', 'FEAT_AdvSIMD', 'FEAT_FP'],
    [],
  ],
  ['x264', '[libx264 @ 0x106c04b50] using cpu capabilities: ARMv8 NEON DotProd I8MM\n', ['FEAT_AdvSIMD', 'FEAT_DotProd', 'FEAT_I8MM'], []],
  ['x265', 'x265 [info]: using cpu capabilities: NEON Neon_DotProd SVE\n', ['FEAT_AdvSIMD', 'FEAT_DotProd', 'FEAT_SVE'], []],
  [
    "Go's cpuid, of which a Mac's pointer authentication is not believed",
    'Name: Apple M9\nVendor ID: VendorUnknown\nLogical Cores: 4\nFeatures: AESARM,ASIMD,CRC32,GPA\n',
    ['FEAT_AES', 'FEAT_AdvSIMD', 'FEAT_CRC32'],
    [],
  ],
  ["illumos' isainfo -x", 'aarch64: fp advsimd lse dotprod\n', ['FEAT_FP', 'FEAT_AdvSIMD', 'FEAT_LSE', 'FEAT_DotProd'], []],
])('%s tells of architecture features', async (_, text, present, absent) => {
  const { archFeatures } = (await readAny(text)).value;
  expect(archFeatures).toEqual({ present, absent });
});

it.each(['export OPENSSL_armcap=0\n', 'OPENSSL_armcap=0x0 ./server\n', 'CPUINFO: OPENSSL_armcap=0x0 env:0\n'])(
  'what someone tells OpenSSL to take tells nothing: %s',
  async (text) => {
    expect((await readAny(text)).value.archFeatures).toBeUndefined();
  },
);

it.each([
  ['aarch64: ', 'abcdef012 ab34 '],
  ['Dynarec for ARM64, with extension: ', 'ABCDEF AB34 '],
  ['Features:   NEON', ',SHA1'],
  ['[BOX64] Running on A B ', 'Cortex-A76 '],
])('takes no longer for words that end as no list of a tool does: %s', async (head, words) => {
  const make = (size: number): string => `${head}${words.repeat(Math.ceil(size / words.length))}'`;
  expect(await growsLinearly(readAny, make, 1 << 8)).toBe(true);
});

it('cpufetch counts the CPUs of each kind of core', async () => {
  const kind = (core: string, count: number): string => `   ##   Microarchitecture: ${core}\n   ##   Cores:             ${count} cores\n`;
  expect((await readAny(kind('Cortex-A53', 4) + kind('Cortex-A72', 2))).value).toMatchObject({
    cpuCount: 6,
    cores: [{ part: 0xd03 }, { part: 0xd08 }],
  });
});

it.each([
  [
    "perf's header",
    '# hostname : box\n# os release : 6.6.9-example\n# nrcpus online : 4\n# cpuid : 0x00000000413fd0c1\n',
    { release: '6.6.9-example', cpuCount: 4, part: 0xd0c, variant: 3, revision: 1 },
  ],
  ["PyTorch's cpu-info", 'Cores:\n\t0: 1 processor (0), ARM Cortex-A76\n\t1: 1 processor (1), ARM Cortex-A76\n', { part: 0xd0b }],
  [
    "Windows' systeminfo",
    '    [01]: ARMv8 (64-bit) Family 8 Model D4B Revision 1 Qualcomm Technologies Inc ~2400 Mhz\n',
    { part: 0xd4b, revision: 1 },
  ],
  ["Julia's versioninfo", '  CPU: 8 × Neoverse-V1\n  LLVM: libLLVM-16.0.6 (ORCJIT, neoverse-v1)\n', { cpuCount: 8, part: 0xd40 }],
  [
    "illumos' psrinfo",
    'The physical processor has 2 virtual processors (0-1)\n  ARM Cortex-A53 r0p4\n',
    { cpuCount: 2, part: 0xd03, revision: 4 },
  ],
])('%s names the core', async (_, text, { release, cpuCount, ...core }: Record<string, unknown>) => {
  const { value } = await readAny(text);
  expect(value.cpuinfo?.[0]).toMatchObject(core);
  expect([value.kernel?.release, value.cpuCount]).toEqual([release, cpuCount]);
});

it('a verdict on something else is passed over', async () => {
  const { lines } = await readAny('HWCAP_ASIMD: yes\nverbose = 1\nHWCAP_SVE: no\n');
  expect(lines).toEqual({ read: 2, passed: 1, unread: 0 });
});

it.each([
  ['behind the name', 'LSE: ✅\nSVE: ❌\nAES ✔️\n'],
  ['before it', '- ✅ FEAT_LSE\n- :x: FEAT_SVE\n- ✓ FEAT_AES\n'],
  ["a kernel's own tests", '# LSE present\nok 1 cpuinfo_match_LSE\n# AES present\n# SVE not present\n'],
  ['in a table', '| Feature | Supported |\n|---|---|\n| LSE | :white_check_mark: |\n| SVE | ✗ |\n| AES | ☑ |\n'],
])('ticks, crosses and words are verdicts: %s', async (_, text) => {
  const { value } = await readAny(text);
  expect(value.archFeatures).toEqual({ present: ['FEAT_LSE', 'FEAT_AES'], absent: ['FEAT_SVE'] });
});

it('ticks beside what every kind of CPU may have tell of no Arm machine', async () => {
  expect((await readAny('✓ AES\n✗ AVX\n')).value).toEqual({});
});

it('takes no core from the name that an older LLVM has for any chip of Apple’s, but from the chip’s own', async () => {
  const { value } = await readAny('  CPU: 8 × Apple M1\n  LLVM: libLLVM-11.0.1 (ORCJIT, cyclone)\n');
  expect([value.cpuinfo, value.cpuCount]).toEqual([undefined, 8]);
  expect(value.cores?.map(({ part }) => part)).toEqual([0x22, 0x23]);
});

it.each([
  ['archspec cpu', '$ archspec cpu\nneoverse_v1\n', 0x41, ['FEAT_SVE', 'FEAT_BF16']],
  ['a file of its own', 'cortex_a72\n', 0x41, ['FEAT_CRC32']],
  ["conda's virtual package", '     virtual packages : __archspec=1=neoverse_v1\n            __glibc=2.31=0\n', 0x41, ['FEAT_SVE']],
  ['spack arch', '[me@node ~]$ spack arch\nlinux-rocky9-a64fx\n', 0x46, ['FEAT_SVE', 'FEAT_FCMA']],
])('archspec’s target tells the maker and what is there, and no core: %s', async (_, text, implementer, some) => {
  const { value } = await readAny(text);
  expect([value.implementer, value.cpuinfo, value.cores]).toEqual([implementer, undefined, undefined]);
  expect(value.archFeatures?.present).toEqual(expect.arrayContaining(some));
  expect(value.archFeatures?.absent).toEqual([]);
});

it.each(['a64fx\n', '$ archspec cpu\naarch64\n', '$ archspec cpu\nzen3\n'])('%j tells nothing', async (text) => {
  const { archFeatures, implementer } = (await readAny(text)).value;
  expect([archFeatures, implementer]).toEqual([undefined, undefined]);
});
