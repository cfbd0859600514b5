import { describe, expect, it } from 'vitest';
import { instructionRow, mnemonicRow } from '../../src/arch/instruction.ts';

/** What an assembler makes of a line, by the extension without which it refuses the line; `undefined`: it takes the line for Armv8.0-A. */
const ASSEMBLED: readonly (readonly [feature: string | undefined, lines: readonly (readonly [word: string, line: string])[]])[] = [
  [
    'FEAT_LSE',
    [
      ['c8a07c41', 'cas x0, x1, [x2]'],
      ['88e1fc14', 'casal w1, w20, [x0]'],
      ['48207c82', 'casp x0, x1, x2, x3, [x4]'],
      ['f8200041', 'ldadd x0, x1, [x2]'],
      ['b8e00041', 'ldaddal w0, w1, [x2]'],
      ['f820303f', 'stset x0, [x1]'],
      ['f8208041', 'swp x0, x1, [x2]'],
    ],
  ],
  [
    'FEAT_LRCPC',
    [
      ['f8bfc2e8', 'ldapr x8, [x23]'],
      ['38bfc108', 'ldaprb w8, [x8]'],
    ],
  ],
  [
    'FEAT_LRCPC2',
    [
      ['d9408020', 'ldapur x0, [x1, #8]'],
      ['99004020', 'stlur w0, [x1, #4]'],
    ],
  ],
  [
    'FEAT_CRC32',
    [
      ['9ac25c20', 'crc32cx w0, w1, x2'],
      ['1ac24020', 'crc32b w0, w1, w2'],
    ],
  ],
  [
    'FEAT_AES',
    [
      ['4e284820', 'aese v0.16b, v1.16b'],
      ['4e286820', 'aesmc v0.16b, v1.16b'],
    ],
  ],
  ['FEAT_PMULL', [['0ee2e020', 'pmull v0.1q, v1.1d, v2.1d']]],
  [
    'FEAT_SHA1',
    [
      ['5e020020', 'sha1c q0, s1, v2.4s'],
      ['5e280820', 'sha1h s0, s1'],
    ],
  ],
  [
    'FEAT_SHA256',
    [
      ['5e024020', 'sha256h q0, q1, v2.4s'],
      ['5e282820', 'sha256su0 v0.4s, v1.4s'],
    ],
  ],
  [
    'FEAT_SHA512',
    [
      ['ce628020', 'sha512h q0, q1, v2.2d'],
      ['cec08020', 'sha512su0 v0.2d, v1.2d'],
    ],
  ],
  [
    'FEAT_SHA3',
    [
      ['ce628c20', 'rax1 v0.2d, v1.2d, v2.2d'],
      ['ce020c20', 'eor3 v0.16b, v1.16b, v2.16b, v3.16b'],
      ['ce220c20', 'bcax v0.16b, v1.16b, v2.16b, v3.16b'],
      ['ce820c20', 'xar v0.2d, v1.2d, v2.2d, #3'],
    ],
  ],
  [
    'FEAT_SM3',
    [
      ['ce420c20', 'sm3ss1 v0.4s, v1.4s, v2.4s, v3.4s'],
      ['ce428020', 'sm3tt1a v0.4s, v1.4s, v2.s[0]'],
      ['ce62c020', 'sm3partw1 v0.4s, v1.4s, v2.4s'],
    ],
  ],
  [
    'FEAT_SM4',
    [
      ['cec08420', 'sm4e v0.4s, v1.4s'],
      ['ce62c820', 'sm4ekey v0.4s, v1.4s, v2.4s'],
    ],
  ],
  [
    'FEAT_DotProd',
    [
      ['4e829420', 'sdot v0.4s, v1.16b, v2.16b'],
      ['6fa2e020', 'udot v0.4s, v1.16b, v2.4b[1]'],
    ],
  ],
  [
    'FEAT_I8MM',
    [
      ['4e82a420', 'smmla v0.4s, v1.16b, v2.16b'],
      ['6e82a420', 'ummla v0.4s, v1.16b, v2.16b'],
      ['4e82ac20', 'usmmla v0.4s, v1.16b, v2.16b'],
      ['4e829c20', 'usdot v0.4s, v1.16b, v2.16b'],
      ['4f02f020', 'sudot v0.4s, v1.16b, v2.4b[0]'],
    ],
  ],
  [
    'FEAT_BF16',
    [
      ['6e42fc20', 'bfdot v0.4s, v1.8h, v2.8h'],
      ['4f62f020', 'bfdot v0.4s, v1.8h, v2.2h[1]'],
      ['6e42ec20', 'bfmmla v0.4s, v1.8h, v2.8h'],
      ['2ec2fc20', 'bfmlalb v0.4s, v1.8h, v2.8h'],
      ['1e634020', 'bfcvt h0, s1'],
      ['0ea16820', 'bfcvtn v0.4h, v1.4s'],
    ],
  ],
  [
    'FEAT_FCMA',
    [
      ['6e82cc20', 'fcmla v0.4s, v1.4s, v2.4s, #90'],
      ['6e82e420', 'fcadd v0.4s, v1.4s, v2.4s, #90'],
    ],
  ],
  ['FEAT_JSCVT', [['1e7e0020', 'fjcvtzs w0, d1']]],
  [
    'FEAT_RDM',
    [
      ['6e828420', 'sqrdmlah v0.4s, v1.4s, v2.4s'],
      ['7e828c20', 'sqrdmlsh s0, s1, s2'],
      ['6fa2d020', 'sqrdmlah v0.4s, v1.4s, v2.s[1]'],
    ],
  ],
  [
    'FEAT_FP16',
    [
      ['1ee22820', 'fadd h0, h1, h2'],
      ['1fc20c20', 'fmadd h0, h1, h2, h3'],
      ['4e421420', 'fadd v0.8h, v1.8h, v2.8h'],
      ['9ef80020', 'fcvtzs x0, h1'],
      ['4e798820', 'frintn v0.8h, v1.8h'],
    ],
  ],
  [
    'FEAT_FHM',
    [
      ['4e22ec20', 'fmlal v0.4s, v1.4h, v2.4h'],
      ['6ea2cc20', 'fmlsl2 v0.4s, v1.4h, v2.4h'],
      ['4f820020', 'fmlal v0.4s, v1.4h, v2.h[0]'],
    ],
  ],
  [
    'FEAT_FlagM',
    [
      ['d500401f', 'cfinv'],
      ['ba010423', 'rmif x1, #2, #3'],
      ['3a00080d', 'setf8 w0'],
    ],
  ],
  [
    'FEAT_FlagM2',
    [
      ['d500403f', 'xaflag'],
      ['d500405f', 'axflag'],
    ],
  ],
  [
    'FEAT_FRINTTS',
    [
      ['1e684020', 'frint32z d0, d1'],
      ['6e21f820', 'frint64x v0.4s, v1.4s'],
    ],
  ],
  ['FEAT_SB', [['d50330ff', 'sb']]],
  [
    'FEAT_PAuth',
    [
      ['dac10020', 'pacia x0, x1'],
      ['dac123e0', 'paciza x0'],
      ['dac143e0', 'xpaci x0'],
      ['d71f0801', 'braa x0, x1'],
      ['d65f0bff', 'retaa'],
      ['f8200420', 'ldraa x0, [x1]'],
      ['9ac23020', 'pacga x0, x1, x2'],
    ],
  ],
  [
    'FEAT_MTE',
    [
      ['9adf1020', 'irg x0, x1'],
      ['9ac21420', 'gmi x0, x1, x2'],
      ['91810820', 'addg x0, x1, #16, #2'],
      ['d9200820', 'stg x0, [x1]'],
      ['d9600020', 'ldg x0, [x1]'],
    ],
  ],
  [
    'FEAT_LS64',
    [
      ['f83fd040', 'ld64b x0, [x2]'],
      ['f83f9040', 'st64b x0, [x2]'],
    ],
  ],
  ['FEAT_WFxT', [['d5031000', 'wfet x0']]],
  [
    'FEAT_MOPS',
    [
      ['19010440', 'cpyfp [x0]!, [x1]!, x2!'],
      ['19c20420', 'setp [x0]!, x1!, x2'],
    ],
  ],
  ['FEAT_DPB', [['d50b7c20', 'dc cvap, x0']]],
  ['FEAT_DPB2', [['d50b7d20', 'dc cvadp, x0']]],
  ['FEAT_SPECRES', [['d50b7380', 'cfp rctx, x0']]],
  [
    'FEAT_SVE',
    [
      ['2518e3e0', 'ptrue p0.b'],
      ['04bf5020', 'rdvl x0, #1'],
      ['25a11c00', 'whilelo p0.s, x0, x1'],
      ['a540a000', 'ld1w { z0.s }, p0/z, [x0]'],
      ['45228020', 'match p0.b, p0/z, z1.b, z2.b'],
    ],
  ],
  [
    'FEAT_SME',
    [
      ['d503477f', 'smstart'],
      ['80812000', 'fmopa za0.s, p0/m, p1/m, z0.s, z1.s'],
    ],
  ],
  ['FEAT_DIT', [['d503415f', 'msr DIT, #1']]],
  ['FEAT_SSBS2', [['d503413f', 'msr SSBS, #1']]],
  [
    undefined,
    [
      ['8b020020', 'add x0, x1, x2'],
      ['f9400020', 'ldr x0, [x1]'],
      ['1e23c020', 'fcvt h0, s1'],
      ['6e22dc20', 'fmul v0.4s, v1.4s, v2.4s'],
      ['4e629c20', 'mul v0.8h, v1.8h, v2.8h'],
      ['a9bf7bfd', 'stp x29, x30, [sp, #-16]!'],
      ['d65f03c0', 'ret'],
      ['d503201f', 'nop'],
      ['d503233f', 'paciasp'],
      ['d503245f', 'bti c'],
      ['c85ffc20', 'ldaxr x0, [x1]'],
      ['c800fc41', 'stlxr w0, x1, [x2]'],
      ['c87f0440', 'ldxp x0, x1, [x2]'],
      ['c8dffc20', 'ldar x0, [x1]'],
      ['0e22e020', 'pmull v0.8h, v1.8b, v2.8b'],
      ['f9800000', 'prfm pldl1keep, [x0]'],
      ['f8626820', 'ldr x0, [x1, x2]'],
      ['3822c820', 'strb w0, [x1, w2, sxtw]'],
      ['9ac20c20', 'sdiv x0, x1, x2'],
      ['dac01020', 'clz x0, x1'],
      ['dac00020', 'rbit x0, x1'],
    ],
  ],
  [
    'FEAT_CSSC',
    [
      ['dac02020', 'abs x0, x1'],
      ['dac01c20', 'cnt x0, x1'],
      ['dac01820', 'ctz x0, x1'],
      ['91c00c20', 'smax x0, x1, #3'],
      ['9ac26c20', 'umin x0, x1, x2'],
    ],
  ],
];

const LINES = ASSEMBLED.flatMap(([feature, lines]) => lines.map(([word, line]) => ({ feature, word, line })));

describe('an instruction word', () => {
  it.each(LINES)('$word ($line) is of $feature', ({ feature, word }) => {
    expect(instructionRow(Number.parseInt(word, 16))?.archFeature).toBe(feature);
  });

  it('0 to 0xffff are no instructions', () => {
    expect(instructionRow(0)).toMatchObject({ name: 'never an instruction' });
    expect(instructionRow(0)?.archFeature).toBeUndefined();
  });
});

describe('a mnemonic', () => {
  it.each([
    ['casal', 'FEAT_LSE'],
    ['ldaddal', 'FEAT_LSE'],
    ['ldaprb', 'FEAT_LRCPC'],
    ['usdot', 'FEAT_I8MM'],
    ['ptrue', 'FEAT_SVE'],
    ['rdsvl', 'FEAT_SME'],
  ])('%s is of %s', (mnemonic, feature) => {
    expect(mnemonicRow(mnemonic)?.archFeature).toBe(feature);
  });

  it.each(['fadd', 'sdot', 'mul', 'ldr', 'cnt', 'abs', 'nop'])('%s may be of any CPU, or of several features', (mnemonic) => {
    expect(mnemonicRow(mnemonic)).toBeUndefined();
  });
});
