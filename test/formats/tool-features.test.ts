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
    cpuinfo: [{ part: 0xd03 }, { part: 0xd08 }],
  });
});
