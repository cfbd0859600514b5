// Generated from spec-data/runtime/clang.json by `npm run gen`. Do not edit.
import type { ClangCoreRow, ProgramRow } from '../runtime-rows.ts';

/** Clang -mcpu=native: what it concludes. */
export const CLANG: ProgramRow = {
  "name": "clang",
  "title": "Clang -mcpu=native",
  "versions": [
    "19",
  ],
  "builds": "clang-19 19.1.7",
  "reads": "what LLVM 19 calls the CPU, and nothing else",
  "note": "The features are the fixed list of that core, whatever Features says. -march=native gives the base architecture of the name. +outline-atomics and -fmv follow the libraries beside the compiler and are left out.",
  "answers": [
  ],
};

/** The version of LLVM that names the core. */
export const CLANG_NAMED_BY: string = "19";

/** The fixed features of each core. */
export const CLANG_CORES: readonly ClangCoreRow[] = [
  {"name":"a64fx","list":"+v8.2a +aes +complxnum +crc +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rdm +sha2 +sve"},
  {"name":"ampere1","list":"+v8.6a +aes +bf16 +ccidx +complxnum +crc +dotprod +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +neon +pauth +perfmon +rand +ras +rcpc +rdm +sb +sha2 +sha3 +ssbs"},
  {"name":"ampere1a","list":"+v8.6a +aes +bf16 +ccidx +complxnum +crc +dotprod +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +rand +ras +rcpc +rdm +sb +sha2 +sha3 +sm4 +ssbs"},
  {"name":"ampere1b","list":"+v8.7a +aes +bf16 +ccidx +complxnum +crc +cssc +dotprod +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +rand +ras +rcpc +rdm +sb +sha2 +sha3 +sm4 +ssbs +wfxt"},
  {"name":"carmel","list":"+v8.2a +aes +crc +fp-armv8 +fullfp16 +lse +neon +ras +rdm +sha2"},
  {"name":"cortex-a34","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a35","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a510","list":"+v9a +am +bf16 +ccidx +complxnum +crc +dotprod +ete +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a520","list":"+v9.2a +am +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a520ae","list":"+v9.2a +am +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a53","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a55","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2"},
  {"name":"cortex-a57","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a65","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"cortex-a65ae","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"cortex-a710","list":"+v9a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a715","list":"+v9a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a72","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a720","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a720ae","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a725","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-a73","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"cortex-a75","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2"},
  {"name":"cortex-a76","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"cortex-a76ae","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"cortex-a77","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"cortex-a78","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +spe +ssbs"},
  {"name":"cortex-a78ae","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +spe +ssbs"},
  {"name":"cortex-a78c","list":"+v8.2a +aes +crc +dotprod +flagm +fp-armv8 +fullfp16 +lse +neon +pauth +perfmon +ras +rcpc +rdm +sha2 +spe +ssbs"},
  {"name":"cortex-x1","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +spe +ssbs"},
  {"name":"cortex-x1c","list":"+v8.2a +aes +crc +dotprod +flagm +fp-armv8 +fullfp16 +lse +lse2 +neon +pauth +perfmon +ras +rcpc +rcpc-immo +rdm +sha2 +spe +ssbs"},
  {"name":"cortex-x2","list":"+v9a +am +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-x3","list":"+v9a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-x4","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"cortex-x925","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"exynos-m3","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"exynos-m4","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rdm +sha2"},
  {"name":"falkor","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +rdm +sha2"},
  {"name":"generic","list":"+v8a +ete +fp-armv8 +neon +trbe"},
  {"name":"kryo","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"neoverse-e1","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +ssbs"},
  {"name":"neoverse-n1","list":"+v8.2a +aes +crc +dotprod +fp-armv8 +fullfp16 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +spe +ssbs"},
  {"name":"neoverse-n2","list":"+v9a +bf16 +ccidx +complxnum +crc +dotprod +ete +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +ras +rcpc +rdm +sb +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"neoverse-n3","list":"+v9.2a +bf16 +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +predres +rand +ras +rcpc +rdm +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"neoverse-v1","list":"+v8.4a +aes +bf16 +ccdp +ccidx +complxnum +crc +dotprod +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +neon +pauth +perfmon +rand +ras +rcpc +rdm +sha2 +sha3 +sm4 +spe +ssbs +sve"},
  {"name":"neoverse-v2","list":"+v9a +bf16 +ccidx +complxnum +crc +dotprod +ete +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +lse +mte +neon +pauth +perfmon +rand +ras +rcpc +rdm +spe +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"neoverse-v3","list":"+v9.2a +bf16 +brbe +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +ls64 +lse +mte +neon +pauth +perfmon +predres +rand +ras +rcpc +rdm +rme +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"neoverse-v3ae","list":"+v9.2a +bf16 +brbe +ccidx +complxnum +crc +dotprod +ete +flagm +fp-armv8 +fp16fml +fullfp16 +i8mm +jsconv +ls64 +lse +mte +neon +pauth +perfmon +predres +rand +ras +rcpc +rdm +rme +sb +spe +spe-eef +ssbs +sve +sve2 +sve2-bitperm +trbe"},
  {"name":"oryon-1","list":"+v8.6a +aes +bf16 +ccidx +complxnum +crc +dotprod +fp-armv8 +i8mm +jsconv +lse +neon +pauth +perfmon +rand +ras +rcpc +rdm +sha2 +sha3 +sm4 +spe +ssbs"},
  {"name":"saphira","list":"+v8.4a +aes +ccidx +crc +fp-armv8 +lse +neon +perfmon +ras +rcpc +rdm +sha2 +spe"},
  {"name":"thunderx2t99","list":"+v8.1a +aes +crc +fp-armv8 +lse +neon +rdm +sha2"},
  {"name":"thunderxt88","list":"+v8a +aes +crc +fp-armv8 +neon +perfmon +sha2"},
  {"name":"tsv110","list":"+v8.2a +aes +complxnum +crc +dotprod +fp-armv8 +fp16fml +fullfp16 +jsconv +lse +neon +perfmon +ras +rdm +sha2 +spe"},
];
