// Generated from spec-data/runtime/fmv.json by `npm run gen`. Do not edit.
import type { CloneRow, ProgramRow } from '../runtime-rows.ts';

/** function versions: what it concludes. */
export const FMV: ProgramRow = {
  "name": "fmv",
  "title": "function versions",
  "versions": [
    "libgcc 14",
    "libgcc 16",
    "compiler-rt 19",
    "compiler-rt 22",
  ],
  "builds": "libgcc.a of Debian gcc-14 14.2.0 and gcc-16 16.2.0; libclang_rt.builtins of LLVM 19.1.7 and 22.1.8",
  "reads": "AT_HWCAP and AT_HWCAP2; the older ones also ID_AA64ISAR1_EL1 and ID_AA64PFR1_EL1 by MRS, where the cpuid hwcap is set",
  "note": "The word __aarch64_cpu_features, which the resolvers of target_clones and target_version read, and __aarch64_have_lse_atomics of outline atomics. Bit 11 meant SHA1 in the older ones and means CSSC in the newer: code of the one must not meet the library of the other.",
  "answers": [
    {"name":"features","kind":"bits","rows":[{"name":"RNG","bit":0,"when":{"hwcap":"rng"}},{"name":"FLAGM","bit":1,"when":{"hwcap":"flagm"}},{"name":"FLAGM2","bit":2,"when":{"hwcap":"flagm2"}},{"name":"FP16FML","bit":3,"when":{"hwcap":"asimdfhm"}},{"name":"DOTPROD","bit":4,"when":{"hwcap":"asimddp"}},{"name":"SM4","bit":5,"when":{"hwcap":"sm4"}},{"name":"RDM","bit":6,"when":{"hwcap":"asimdrdm"}},{"name":"LSE","bit":7,"when":{"hwcap":"atomics"}},{"name":"FP","bit":8,"when":{"hwcap":"fp"}},{"name":"SIMD","bit":9,"when":{"hwcap":"fp"}},{"name":"CRC","bit":10,"when":{"hwcap":"crc32"}},{"name":"SHA1","in":["libgcc 14","compiler-rt 19"],"bit":11,"when":{"hwcap":"sha1"}},{"name":"CSSC","in":["libgcc 16","compiler-rt 22"],"bit":11,"when":{"hwcap":"cssc"}},{"name":"SHA2","bit":12,"when":{"hwcap":"sha2"}},{"name":"SHA3","bit":13,"when":{"hwcap":"sha3"}},{"name":"AES","in":["libgcc 14","compiler-rt 19"],"bit":14,"when":{"hwcap":"aes"}},{"name":"PMULL","bit":15,"when":{"hwcap":"pmull"}},{"name":"FP16","bit":16,"when":{"hwcap":"fphp"}},{"name":"DIT","bit":17,"when":{"hwcap":"dit"}},{"name":"DPB","bit":18,"when":{"hwcap":"dcpop"}},{"name":"DPB2","bit":19,"when":{"hwcap":"dcpodp"}},{"name":"JSCVT","bit":20,"when":{"hwcap":"jscvt"}},{"name":"FCMA","bit":21,"when":{"hwcap":"fcma"}},{"name":"RCPC","bit":22,"when":{"hwcap":"lrcpc"}},{"name":"RCPC2","bit":23,"when":{"hwcap":"ilrcpc"}},{"name":"FRINTTS","bit":24,"when":{"hwcap":"frint"}},{"name":"DGH","in":["libgcc 14","compiler-rt 19"],"bit":25,"when":{"hwcap":"dgh"}},{"name":"I8MM","bit":26,"when":{"hwcap":"i8mm"}},{"name":"BF16","bit":27,"when":{"hwcap":"bf16"}},{"name":"EBF16","in":["libgcc 14","compiler-rt 19"],"bit":28,"when":{"hwcap":"ebf16"}},{"name":"RPRES","in":["libgcc 14","compiler-rt 19"],"bit":29,"when":{"hwcap":"rpres"}},{"name":"SVE","bit":30,"when":{"hwcap":"sve"}},{"name":"SVE_BF16","in":["libgcc 14","compiler-rt 19"],"bit":31,"when":{"hwcap":"svebf16"}},{"name":"SVE_EBF16","in":["libgcc 14","compiler-rt 19"],"bit":32,"when":{"hwcap":"sveebf16"}},{"name":"SVE_I8MM","in":["libgcc 14","compiler-rt 19"],"bit":33,"when":{"hwcap":"svei8mm"}},{"name":"SVE_F32MM","bit":34,"when":{"hwcap":"svef32mm"}},{"name":"SVE_F64MM","bit":35,"when":{"hwcap":"svef64mm"}},{"name":"SVE2","bit":36,"when":{"hwcap":"sve2"}},{"name":"SVE_AES","in":["libgcc 14","compiler-rt 19"],"bit":37,"when":{"hwcap":"sveaes"}},{"name":"SVE_PMULL128","bit":38,"when":{"hwcap":"svepmull"}},{"name":"SVE_BITPERM","bit":39,"when":{"hwcap":"svebitperm"}},{"name":"SVE_SHA3","bit":40,"when":{"hwcap":"svesha3"}},{"name":"SVE_SM4","bit":41,"when":{"hwcap":"svesm4"}},{"name":"SME","bit":42,"when":{"hwcap":"sme"}},{"name":"MEMTAG","in":["libgcc 14","compiler-rt 19"],"bit":43,"when":{"any":[{"hwcap":"mte"},{"field":"ID_AA64PFR1_EL1.MTE","atLeast":1}]}},{"name":"MEMTAG2","bit":44,"when":{"hwcap":"mte"}},{"name":"MEMTAG3","in":["libgcc 14","compiler-rt 19"],"bit":45,"when":{"hwcap":"mte3"}},{"name":"SB","bit":46,"when":{"hwcap":"sb"}},{"name":"PREDRES","in":["libgcc 14","compiler-rt 19"],"bit":47,"when":{"field":"ID_AA64ISAR1_EL1.SPECRES","atLeast":1}},{"name":"SSBS","in":["libgcc 14","compiler-rt 19"],"bit":48,"when":{"hwcap":"ssbs"}},{"name":"SSBS2","bit":49,"when":{"hwcap":"ssbs"}},{"name":"BTI","bit":50,"when":{"hwcap":"bti"}},{"name":"LS64","in":["libgcc 14","compiler-rt 19"],"bit":51,"when":{"field":"ID_AA64ISAR1_EL1.LS64","atLeast":1}},{"name":"LS64_V","in":["libgcc 14","compiler-rt 19"],"bit":52,"when":{"field":"ID_AA64ISAR1_EL1.LS64","atLeast":2}},{"name":"LS64_ACCDATA","in":["libgcc 14","compiler-rt 19"],"bit":53,"when":{"field":"ID_AA64ISAR1_EL1.LS64","atLeast":3}},{"name":"WFXT","bit":54,"when":{"hwcap":"wfxt"}},{"name":"SME_F64","bit":55,"when":{"hwcap":"smef64f64"}},{"name":"SME_I64","bit":56,"when":{"hwcap":"smei16i64"}},{"name":"SME2","bit":57,"when":{"hwcap":"sme2"}},{"name":"RCPC3","bit":58,"when":{"hwcap":"lrcpc3"}},{"name":"MOPS","in":["compiler-rt 19","libgcc 16","compiler-rt 22"],"bit":59,"when":{"hwcap":"mops"}},{"name":"INIT","bit":63}]},
    {"name":"lseAtomics","kind":"flag","rows":[{"name":"lse","when":{"hwcap":"atomics"}}]},
  ],
};

/** What target_clones may name, from the lowest priority to the highest. */
export const CLONE_ROWS: readonly CloneRow[] = [
  {"name":"rng","bit":"RNG"},
  {"name":"flagm","bit":"FLAGM"},
  {"name":"flagm2","bit":"FLAGM2"},
  {"name":"lse","bit":"LSE"},
  {"name":"fp","bit":"FP"},
  {"name":"simd","bit":"SIMD"},
  {"name":"dotprod","bit":"DOTPROD"},
  {"name":"sm4","bit":"SM4"},
  {"name":"rdm rdma","bit":"RDM"},
  {"name":"crc","bit":"CRC"},
  {"name":"sha2","bit":"SHA2"},
  {"name":"sha3","bit":"SHA3"},
  {"name":"aes","bit":"PMULL"},
  {"name":"fp16","bit":"FP16"},
  {"name":"fp16fml","bit":"FP16FML"},
  {"name":"dit","bit":"DIT"},
  {"name":"dpb","bit":"DPB"},
  {"name":"dpb2","bit":"DPB2"},
  {"name":"jscvt","bit":"JSCVT"},
  {"name":"fcma","bit":"FCMA"},
  {"name":"rcpc","bit":"RCPC"},
  {"name":"rcpc2","bit":"RCPC2"},
  {"name":"rcpc3","bit":"RCPC3"},
  {"name":"frintts","bit":"FRINTTS"},
  {"name":"i8mm","bit":"I8MM"},
  {"name":"bf16","bit":"BF16"},
  {"name":"sve","bit":"SVE"},
  {"name":"f32mm","bit":"SVE_F32MM"},
  {"name":"f64mm","bit":"SVE_F64MM"},
  {"name":"sve2","bit":"SVE2"},
  {"name":"sve2-aes","bit":"SVE_PMULL128"},
  {"name":"sve2-bitperm","bit":"SVE_BITPERM"},
  {"name":"sve2-sha3","bit":"SVE_SHA3"},
  {"name":"sve2-sm4","bit":"SVE_SM4"},
  {"name":"sme","bit":"SME"},
  {"name":"memtag","bit":"MEMTAG2"},
  {"name":"sb","bit":"SB"},
  {"name":"ssbs","bit":"SSBS2"},
  {"name":"bti","bit":"BTI"},
  {"name":"wfxt","bit":"WFXT"},
  {"name":"sme-f64f64","bit":"SME_F64"},
  {"name":"sme-i16i64","bit":"SME_I64"},
  {"name":"sme2","bit":"SME2"},
  {"name":"mops","bit":"MOPS"},
  {"name":"cssc","bit":"CSSC"},
];

/** The libraries that these names hold for. */
export const CLONE_VERSIONS: readonly string[] = [
  "libgcc 16",
  "compiler-rt 22",
];
