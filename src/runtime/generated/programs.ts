// Generated from spec-data/runtime/ by `npm run gen`. Do not edit.
import type { ClangCoreRow, CloneRow, GoLevelRow, GoSuffixRow, ProgramRow } from '../runtime-rows.ts';

/** Go: what it concludes. */
export const GO: ProgramRow = {
  "name": "go",
  "title": "Go",
  "versions": [
    "1.19",
    "1.24",
    "1.27",
  ],
  "builds": "Debian golang 1.19.8-2, 1.24.4-1, 1.27.3-1",
  "reads": "AT_HWCAP and AT_HWCAP2; MIDR_EL1 by MRS on the CPU on which the process starts, where the cpuid hwcap is set",
  "note": "x/sys/cpu is the copy that the release carries. On Android HasATOMICS is off whatever the hwcap says. GODEBUG=cpu.NAME=off takes a flag away.",
  "answers": [
    {"name":"internal/cpu","kind":"names","rows":[{"name":"HasAES","when":{"hwcap":"aes"}},{"name":"HasATOMICS","when":{"hwcap":"atomics"}},{"name":"HasCPUID","when":{"hwcap":"cpuid"}},{"name":"HasCRC32","when":{"hwcap":"crc32"}},{"name":"HasDIT","in":["1.24","1.27"],"when":{"hwcap":"dit"}},{"name":"HasPMULL","when":{"hwcap":"pmull"}},{"name":"HasSB","in":["1.27"],"when":{"hwcap":"sb"}},{"name":"HasSHA1","when":{"hwcap":"sha1"}},{"name":"HasSHA2","when":{"hwcap":"sha2"}},{"name":"HasSHA3","in":["1.27"],"when":{"hwcap":"sha3"}},{"name":"HasSHA512","in":["1.24","1.27"],"when":{"hwcap":"sha512"}},{"name":"IsNeoverse","in":["1.24"],"when":{"midr":["0x41 0xd0c","0x41 0xd40","0x41 0xd49","0x41 0xd4f"]}},{"name":"IsNeoverse","in":["1.27"],"when":{"midr":["0x41 0xd0c","0x41 0xd40","0x41 0xd49","0x41 0xd4f","0x41 0xd8e","0x41 0xd84","0x41 0xd83"]}},{"name":"IsNeoverseN1","in":["1.19"],"when":{"midr":["0x41 0xd0c"]}},{"name":"IsZeus","in":["1.19"],"when":{"midr":["0x41 0xd40"]}}]},
    {"name":"x/sys/cpu","kind":"names","rows":[{"name":"HasAES","when":{"hwcap":"aes"}},{"name":"HasASIMD","when":{"hwcap":"asimd"}},{"name":"HasASIMDDP","when":{"hwcap":"asimddp"}},{"name":"HasASIMDFHM","when":{"hwcap":"asimdfhm"}},{"name":"HasASIMDHP","when":{"hwcap":"asimdhp"}},{"name":"HasASIMDRDM","when":{"hwcap":"asimdrdm"}},{"name":"HasATOMICS","when":{"hwcap":"atomics"}},{"name":"HasCPUID","when":{"hwcap":"cpuid"}},{"name":"HasCRC32","when":{"hwcap":"crc32"}},{"name":"HasDCPOP","when":{"hwcap":"dcpop"}},{"name":"HasDIT","in":["1.24","1.27"],"when":{"hwcap":"dit"}},{"name":"HasEVTSTRM","when":{"hwcap":"evtstrm"}},{"name":"HasFCMA","when":{"hwcap":"fcma"}},{"name":"HasFP","when":{"hwcap":"fp"}},{"name":"HasFPHP","when":{"hwcap":"fphp"}},{"name":"HasI8MM","in":["1.24","1.27"],"when":{"hwcap":"i8mm"}},{"name":"HasJSCVT","when":{"hwcap":"jscvt"}},{"name":"HasLRCPC","when":{"hwcap":"lrcpc"}},{"name":"HasPMULL","when":{"hwcap":"pmull"}},{"name":"HasSHA1","when":{"hwcap":"sha1"}},{"name":"HasSHA2","when":{"hwcap":"sha2"}},{"name":"HasSHA3","when":{"hwcap":"sha3"}},{"name":"HasSHA512","when":{"hwcap":"sha512"}},{"name":"HasSM3","when":{"hwcap":"sm3"}},{"name":"HasSM4","when":{"hwcap":"sm4"}},{"name":"HasSVE","when":{"hwcap":"sve"}},{"name":"HasSVE2","in":["1.24","1.27"],"when":{"hwcap":"sve2"}}]},
  ],
};

/** The version whose levels these are. */
export const GO_VERSION: string = "1.26";

/** The levels of GOARM64, each after those it includes. */
export const GO_LEVEL_ROWS: readonly GoLevelRow[] = [
  {"name":"v8.0"},
  {"name":"v8.1","includes":["v8.0"],"adds":["FEAT_CRC32","FEAT_LSE"],"conditional":[{"archFeature":"FEAT_RDM","when":"FEAT_AdvSIMD"}]},
  {"name":"v8.2","includes":["v8.1"],"adds":["FEAT_DPB"]},
  {"name":"v8.3","includes":["v8.2"],"adds":["FEAT_LRCPC","FEAT_PAuth"],"conditional":[{"archFeature":"FEAT_FCMA","when":"FEAT_FP"},{"archFeature":"FEAT_JSCVT","when":"FEAT_FP"}]},
  {"name":"v8.4","includes":["v8.3"],"adds":["FEAT_DIT","FEAT_FlagM","FEAT_LRCPC2","FEAT_LSE2"],"conditional":[{"archFeature":"FEAT_DotProd","when":"FEAT_AdvSIMD"},{"archFeature":"FEAT_FHM","when":"FEAT_FP16"}]},
  {"name":"v8.5","includes":["v8.4"],"adds":["FEAT_BTI","FEAT_DPB2","FEAT_SB"],"conditional":[{"archFeature":"FEAT_FRINTTS","when":"FEAT_FP"}]},
  {"name":"v8.6","includes":["v8.5"],"adds":["FEAT_ECV","FEAT_I8MM"],"conditional":[{"archFeature":"FEAT_BF16","when":"FEAT_FP"}]},
  {"name":"v8.7","includes":["v8.6"],"adds":["FEAT_WFxT"],"conditional":[{"archFeature":"FEAT_AFP","when":"FEAT_FP"},{"archFeature":"FEAT_MTE3","when":"FEAT_MTE_ASYNC"}]},
  {"name":"v8.8","includes":["v8.7"],"adds":["FEAT_HBC","FEAT_MOPS"]},
  {"name":"v8.9","includes":["v8.8"],"adds":["FEAT_CSSC"]},
  {"name":"v9.0","includes":["v8.5"]},
  {"name":"v9.1","includes":["v9.0","v8.6"]},
  {"name":"v9.2","includes":["v9.1","v8.7"]},
  {"name":"v9.3","includes":["v9.2","v8.8"]},
  {"name":"v9.4","includes":["v9.3","v8.9"],"conditional":[{"archFeature":"FEAT_SME2p1","when":"FEAT_SME2"},{"archFeature":"FEAT_SVE2p1","when":"FEAT_SVE2"}]},
  {"name":"v9.5","includes":["v9.4"],"conditional":[{"archFeature":"FEAT_FAMINMAX","when":"FEAT_FP"},{"archFeature":"FEAT_LUT","when":"FEAT_AdvSIMD"}]},
];

/** What may stand behind a level. */
export const GO_SUFFIX_ROWS: readonly GoSuffixRow[] = [
  {"name":"lse","archFeatures":["FEAT_LSE"],"impliedFrom":"v8.1"},
  {"name":"crypto","archFeatures":["FEAT_AES","FEAT_PMULL","FEAT_SHA1","FEAT_SHA256"]},
];

/** Rust: what it concludes. */
export const RUST: ProgramRow = {
  "name": "rust",
  "title": "Rust",
  "versions": [
    "1.85",
    "1.97",
  ],
  "builds": "Debian rustc + libstd-rust-dev:arm64 1.85.1, 1.97.1",
  "reads": "AT_HWCAP and AT_HWCAP2; neither /proc/cpuinfo nor MRS",
  "note": "is_aarch64_feature_detected!. No difference was seen between the versions; one from before 2024 knows none of flagm2, cssc, mops, sme*, fp8*. pauth-lr and tme are never true on Linux. flag tells how the compiler takes the name after -C target-feature.",
  "answers": [
    {"kind":"names","rows":[{"name":"aes","flag":"stable","when":{"all":[{"hwcap":"aes"},{"name":"neon"}]}},{"name":"asimd","flag":"none","when":{"name":"neon"}},{"name":"bf16","flag":"stable","when":{"hwcap":"bf16"}},{"name":"bti","flag":"stable","when":{"hwcap":"bti"}},{"name":"crc","flag":"stable","when":{"hwcap":"crc32"}},{"name":"cssc","flag":"unstable","when":{"hwcap":"cssc"}},{"name":"dit","flag":"stable","when":{"hwcap":"dit"}},{"name":"dotprod","flag":"stable","when":{"hwcap":"asimddp"}},{"name":"dpb","flag":"stable","when":{"hwcap":"dcpop"}},{"name":"dpb2","flag":"stable","when":{"hwcap":"dcpodp"}},{"name":"ecv","flag":"unstable","when":{"hwcap":"ecv"}},{"name":"f32mm","flag":"stable","when":{"all":[{"hwcap":"svef32mm"},{"name":"sve"}]}},{"name":"f64mm","flag":"stable","when":{"all":[{"hwcap":"svef64mm"},{"name":"sve"}]}},{"name":"faminmax","flag":"unstable","when":{"hwcap":"faminmax"}},{"name":"fcma","flag":"stable","when":{"all":[{"hwcap":"fcma"},{"name":"neon"}]}},{"name":"fhm","flag":"stable","when":{"all":[{"hwcap":"fphp"},{"hwcap":"asimdfhm"}]}},{"name":"flagm","flag":"stable","when":{"hwcap":"flagm"}},{"name":"flagm2","flag":"unstable","when":{"hwcap":"flagm2"}},{"name":"fp","flag":"none","when":{"hwcap":"fp"}},{"name":"fp16","flag":"stable","when":{"all":[{"hwcap":"fphp"},{"name":"fp"}]}},{"name":"fp8","flag":"unstable","when":{"all":[{"hwcap":"f8cvt"},{"name":"faminmax"},{"name":"lut"},{"name":"bf16"}]}},{"name":"fp8dot2","flag":"unstable","when":{"all":[{"hwcap":"f8dp2"},{"name":"fp8dot4"}]}},{"name":"fp8dot4","flag":"unstable","when":{"all":[{"hwcap":"f8dp4"},{"name":"fp8fma"}]}},{"name":"fp8fma","flag":"unstable","when":{"all":[{"hwcap":"f8fma"},{"name":"fp8"}]}},{"name":"fpmr","flag":"none","when":{"hwcap":"fpmr"}},{"name":"frintts","flag":"stable","when":{"hwcap":"frint"}},{"name":"hbc","flag":"unstable","when":{"hwcap":"hbc"}},{"name":"i8mm","flag":"stable","when":{"hwcap":"i8mm"}},{"name":"jsconv","flag":"stable","when":{"all":[{"hwcap":"jscvt"},{"name":"fp"}]}},{"name":"lse","flag":"stable","when":{"hwcap":"atomics"}},{"name":"lse128","flag":"unstable","when":{"all":[{"hwcap":"lse128"},{"name":"lse"}]}},{"name":"lse2","flag":"unstable","when":{"hwcap":"uscat"}},{"name":"lut","flag":"unstable","when":{"hwcap":"lut"}},{"name":"mops","flag":"unstable","when":{"hwcap":"mops"}},{"name":"mte","flag":"stable","when":{"hwcap":"mte"}},{"name":"neon","flag":"stable","when":{"all":[{"name":"fp"},{"hwcap":"asimd"},{"any":[{"not":{"hwcap":"fphp"}},{"hwcap":"asimdhp"}]}]}},{"name":"paca","flag":"stable","when":{"hwcap":"paca"}},{"name":"pacg","flag":"stable","when":{"hwcap":"pacg"}},{"name":"pmull","flag":"none","when":{"hwcap":"pmull"}},{"name":"rand","flag":"stable","when":{"hwcap":"rng"}},{"name":"rcpc","flag":"stable","when":{"hwcap":"lrcpc"}},{"name":"rcpc2","flag":"stable","when":{"all":[{"hwcap":"ilrcpc"},{"name":"rcpc"}]}},{"name":"rcpc3","flag":"unstable","when":{"all":[{"hwcap":"lrcpc3"},{"name":"rcpc2"}]}},{"name":"rdm","flag":"stable","when":{"hwcap":"asimdrdm"}},{"name":"sb","flag":"stable","when":{"hwcap":"sb"}},{"name":"sha2","flag":"stable","when":{"all":[{"hwcap":"sha1"},{"hwcap":"sha2"},{"name":"neon"}]}},{"name":"sha3","flag":"stable","when":{"all":[{"hwcap":"sha512"},{"hwcap":"sha3"},{"name":"sha2"}]}},{"name":"sm4","flag":"stable","when":{"all":[{"hwcap":"sm3"},{"hwcap":"sm4"},{"name":"neon"}]}},{"name":"sme","flag":"unstable","when":{"all":[{"hwcap":"sme"},{"name":"bf16"}]}},{"name":"sme-b16b16","flag":"unstable","when":{"all":[{"hwcap":"smeb16b16"},{"name":"sve-b16b16"},{"name":"sme2"}]}},{"name":"sme-f16f16","flag":"unstable","when":{"all":[{"hwcap":"smef16f16"},{"name":"sme2"}]}},{"name":"sme-f64f64","flag":"unstable","when":{"all":[{"hwcap":"smef64f64"},{"name":"sme"}]}},{"name":"sme-f8f16","flag":"unstable","when":{"all":[{"hwcap":"smef8f16"},{"name":"sme-f8f32"}]}},{"name":"sme-f8f32","flag":"unstable","when":{"all":[{"hwcap":"smef8f32"},{"name":"sme2"},{"name":"fp8"}]}},{"name":"sme-fa64","flag":"unstable","when":{"all":[{"hwcap":"smefa64"},{"name":"sme"},{"name":"sve2"}]}},{"name":"sme-i16i64","flag":"unstable","when":{"all":[{"hwcap":"smei16i64"},{"name":"sme"}]}},{"name":"sme-lutv2","flag":"unstable","when":{"hwcap":"smelutv2"}},{"name":"sme2","flag":"unstable","when":{"all":[{"hwcap":"sme2"},{"name":"sme"}]}},{"name":"sme2p1","flag":"unstable","when":{"all":[{"hwcap":"sme2p1"},{"name":"sme2"}]}},{"name":"ssbs","flag":"stable","when":{"hwcap":"ssbs"}},{"name":"ssve-fp8dot2","flag":"unstable","when":{"all":[{"hwcap":"smesf8dp2"},{"name":"ssve-fp8dot4"}]}},{"name":"ssve-fp8dot4","flag":"unstable","when":{"all":[{"hwcap":"smesf8dp4"},{"name":"ssve-fp8fma"}]}},{"name":"ssve-fp8fma","flag":"unstable","when":{"all":[{"hwcap":"smesf8fma"},{"name":"sme2"},{"name":"fp8"}]}},{"name":"sve","flag":"stable","when":{"all":[{"hwcap":"sve"},{"name":"neon"}]}},{"name":"sve-b16b16","flag":"unstable","when":{"all":[{"hwcap":"sveb16b16"},{"name":"bf16"}]}},{"name":"sve2","flag":"stable","when":{"all":[{"hwcap":"sve2"},{"name":"sve"}]}},{"name":"sve2-aes","flag":"stable","when":{"all":[{"hwcap":"sveaes"},{"hwcap":"svepmull"},{"name":"aes"},{"name":"sve2"}]}},{"name":"sve2-bitperm","flag":"stable","when":{"all":[{"hwcap":"svebitperm"},{"hwcap":"sve2"}]}},{"name":"sve2-sha3","flag":"stable","when":{"all":[{"hwcap":"svesha3"},{"name":"sha3"},{"name":"sve2"}]}},{"name":"sve2-sm4","flag":"stable","when":{"all":[{"hwcap":"svesm4"},{"name":"sm4"},{"name":"sve2"}]}},{"name":"sve2p1","flag":"unstable","when":{"all":[{"hwcap":"sve2p1"},{"name":"sve2"}]}},{"name":"wfxt","flag":"unstable","when":{"hwcap":"wfxt"}}]},
  ],
};

/** The compiler whose flags are known. */
export const RUST_FLAG_VERSION: string = "1.95.0";

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

/** LLVM: what it concludes. */
export const LLVM_PROGRAM: ProgramRow = {
  "name": "llvm",
  "title": "LLVM",
  "versions": [
    "14",
    "19",
    "22",
  ],
  "builds": "libllvm14 14.0.6, libllvm19 19.1.7, libllvm22 22.1.8",
  "reads": "/proc/cpuinfo: the first Features line; implementer, part and variant of the last processor block",
  "note": "LLVMGetHostCPUName and LLVMGetHostCPUFeatures. 22 reads the file that LLVM_CPUINFO names.",
  "answers": [
    {"name":"cpu","kind":"first","rows":[{"name":"cortex-a53","when":{"hardware":["MSM8994","MSM8996"]}},{"name":"exynos-m4","when":{"core":["0x53 0x003 0x1"]}},{"name":"exynos-m3","when":{"core":["0x53 *"]}},{"name":"cortex-x925","in":["22"],"when":{"parts":["0x41 0xd85","0x41 0xd87"]}},{"name":"a64fx","when":{"core":["0x46 0x001"]}},{"name":"ampere1","when":{"core":["0xc0 0xac3"]}},{"name":"ampere1a","in":["19","22"],"when":{"core":["0xc0 0xac4"]}},{"name":"ampere1b","in":["19","22"],"when":{"core":["0xc0 0xac5"]}},{"name":"ampere1c","in":["22"],"when":{"core":["0xc0 0xac7"]}},{"name":"apple-m1","in":["22"],"when":{"core":["0x61 0x020","0x61 0x021","0x61 0x022","0x61 0x023","0x61 0x024","0x61 0x025","0x61 0x028","0x61 0x029"]}},{"name":"apple-m2","in":["22"],"when":{"core":["0x61 0x030","0x61 0x031","0x61 0x032","0x61 0x033","0x61 0x034","0x61 0x035","0x61 0x038","0x61 0x039"]}},{"name":"apple-m3","in":["22"],"when":{"core":["0x61 0x048","0x61 0x049"]}},{"name":"arm1136j-s","when":{"core":["0x41 0xb36"]}},{"name":"arm1156t2-s","when":{"core":["0x41 0xb56"]}},{"name":"arm1176jz-s","when":{"core":["0x41 0xb76"]}},{"name":"arm926ej-s","when":{"core":["0x41 0x926"]}},{"name":"c1-nano","in":["22"],"when":{"core":["0x41 0xd8a"]}},{"name":"c1-premium","in":["22"],"when":{"core":["0x41 0xd90"]}},{"name":"c1-pro","in":["22"],"when":{"core":["0x41 0xd8b"]}},{"name":"c1-ultra","in":["22"],"when":{"core":["0x41 0xd8c"]}},{"name":"carmel","when":{"core":["0x4e 0x004"]}},{"name":"cortex-a15","when":{"core":["0x41 0xc0f"]}},{"name":"cortex-a17","in":["19","22"],"when":{"core":["0x41 0xc0e"]}},{"name":"cortex-a320","in":["22"],"when":{"core":["0x41 0xd8f"]}},{"name":"cortex-a34","when":{"core":["0x41 0xd02"]}},{"name":"cortex-a35","when":{"core":["0x41 0xd04"]}},{"name":"cortex-a5","in":["19","22"],"when":{"core":["0x41 0xc05"]}},{"name":"cortex-a510","in":["19","22"],"when":{"core":["0x41 0xd46"]}},{"name":"cortex-a520","in":["19","22"],"when":{"core":["0x41 0xd80"]}},{"name":"cortex-a520ae","in":["19","22"],"when":{"core":["0x41 0xd88"]}},{"name":"cortex-a53","when":{"core":["0x41 0xd03"]}},{"name":"cortex-a55","in":["19","22"],"when":{"core":["0x41 0xd05"]}},{"name":"cortex-a57","when":{"core":["0x41 0xd07"]}},{"name":"cortex-a65","in":["19","22"],"when":{"core":["0x41 0xd06"]}},{"name":"cortex-a65ae","in":["19","22"],"when":{"core":["0x41 0xd43"]}},{"name":"cortex-a7","in":["19","22"],"when":{"core":["0x41 0xc07"]}},{"name":"cortex-a710","in":["19","22"],"when":{"core":["0x41 0xd47"]}},{"name":"cortex-a715","in":["19","22"],"when":{"core":["0x41 0xd4d"]}},{"name":"cortex-a72","when":{"core":["0x41 0xd08"]}},{"name":"cortex-a720","in":["19","22"],"when":{"core":["0x41 0xd81"]}},{"name":"cortex-a720ae","in":["19","22"],"when":{"core":["0x41 0xd89"]}},{"name":"cortex-a725","in":["19","22"],"when":{"core":["0x41 0xd87"]}},{"name":"cortex-a73","when":{"core":["0x41 0xd09","0x51 0x800","0x51 0x801"]}},{"name":"cortex-a75","when":{"core":["0x41 0xd0a","0x51 0x802","0x51 0x803"]}},{"name":"cortex-a76","when":{"core":["0x41 0xd0b","0x51 0x804","0x51 0x805"]}},{"name":"cortex-a76ae","in":["19","22"],"when":{"core":["0x41 0xd0e"]}},{"name":"cortex-a77","when":{"core":["0x41 0xd0d"]}},{"name":"cortex-a78","when":{"core":["0x41 0xd41"]}},{"name":"cortex-a78ae","in":["19","22"],"when":{"core":["0x41 0xd42"]}},{"name":"cortex-a78c","in":["19","22"],"when":{"core":["0x41 0xd4b"]}},{"name":"cortex-a8","when":{"core":["0x41 0xc08"]}},{"name":"cortex-a9","when":{"core":["0x41 0xc09"]}},{"name":"cortex-m0","when":{"core":["0x41 0xc20"]}},{"name":"cortex-m23","in":["19","22"],"when":{"core":["0x41 0xd20"]}},{"name":"cortex-m3","when":{"core":["0x41 0xc23"]}},{"name":"cortex-m33","in":["19","22"],"when":{"core":["0x41 0xd21"]}},{"name":"cortex-m4","when":{"core":["0x41 0xc24"]}},{"name":"cortex-m52","in":["19","22"],"when":{"core":["0x41 0xd24"]}},{"name":"cortex-m55","when":{"core":["0x41 0xd22"]}},{"name":"cortex-m7","in":["19","22"],"when":{"core":["0x41 0xc27"]}},{"name":"cortex-m85","in":["19","22"],"when":{"core":["0x41 0xd23"]}},{"name":"cortex-r52","in":["19","22"],"when":{"core":["0x41 0xd13"]}},{"name":"cortex-r52plus","in":["19","22"],"when":{"core":["0x41 0xd16"]}},{"name":"cortex-r8","in":["19","22"],"when":{"core":["0x41 0xc18"]}},{"name":"cortex-r82","in":["19","22"],"when":{"core":["0x41 0xd15"]}},{"name":"cortex-r82ae","in":["19","22"],"when":{"core":["0x41 0xd14"]}},{"name":"cortex-x1","when":{"core":["0x41 0xd44"]}},{"name":"cortex-x1c","when":{"core":["0x41 0xd4c"]}},{"name":"cortex-x2","in":["19","22"],"when":{"core":["0x41 0xd48"]}},{"name":"cortex-x3","in":["19","22"],"when":{"core":["0x41 0xd4e"]}},{"name":"cortex-x4","in":["19","22"],"when":{"core":["0x41 0xd82"]}},{"name":"cortex-x925","in":["19","22"],"when":{"core":["0x41 0xd85"]}},{"name":"falkor","when":{"core":["0x51 0xc00"]}},{"name":"fujitsu-monaka","in":["22"],"when":{"core":["0x46 0x003"]}},{"name":"krait","when":{"core":["0x51 0x06f"]}},{"name":"kryo","when":{"core":["0x51 0x201","0x51 0x205","0x51 0x211"]}},{"name":"mpcore","when":{"core":["0x41 0xb02"]}},{"name":"neoverse-e1","in":["19","22"],"when":{"core":["0x41 0xd4a"]}},{"name":"neoverse-n1","when":{"core":["0x41 0xd0c"]}},{"name":"neoverse-n2","when":{"core":["0x41 0xd49"]}},{"name":"neoverse-n2","in":["19","22"],"when":{"core":["0x6d 0xd49"]}},{"name":"neoverse-n3","in":["19","22"],"when":{"core":["0x41 0xd8e"]}},{"name":"neoverse-v1","when":{"core":["0x41 0xd40"]}},{"name":"neoverse-v2","in":["19","22"],"when":{"core":["0x41 0xd4f"]}},{"name":"neoverse-v3","in":["19","22"],"when":{"core":["0x41 0xd84"]}},{"name":"neoverse-v3ae","in":["19","22"],"when":{"core":["0x41 0xd83"]}},{"name":"olympus","in":["22"],"when":{"core":["0x4e 0x010"]}},{"name":"oryon-1","in":["19","22"],"when":{"core":["0x51 0x001"]}},{"name":"saphira","when":{"core":["0x51 0xc01"]}},{"name":"star-mc1","in":["22"],"when":{"core":["0x63 0x132"]}},{"name":"thunderx2t99","when":{"core":["0x42 0x0af","0x42 0x516","0x43 0x0af","0x43 0x516"]}},{"name":"thunderxt88","when":{"core":["0x42 0x0a1","0x43 0x0a1"]}},{"name":"tsv110","when":{"core":["0x48 0xd01"]}},{"name":"generic"}]},
    {"name":"features","kind":"names","rows":[{"name":"+aes","in":["22"],"when":{"all":[{"word":"aes"},{"word":"pmull"}]}},{"name":"+crc","when":{"word":"crc32"}},{"name":"+crypto","in":["14","19"],"when":{"all":[{"word":"aes"},{"word":"pmull"},{"word":"sha1"},{"word":"sha2"}]}},{"name":"+fp-armv8","when":{"word":"fp"}},{"name":"+lse","in":["19","22"],"when":{"word":"atomics"}},{"name":"+neon","when":{"word":"asimd"}},{"name":"+rand","in":["22"],"when":{"word":"rng"}},{"name":"+sha2","in":["22"],"when":{"all":[{"word":"sha1"},{"word":"sha2"}]}},{"name":"+sha3","in":["22"],"when":{"word":"sha3"}},{"name":"+sm4","in":["22"],"when":{"word":"sm4"}},{"name":"+sve","in":["19","22"],"when":{"word":"sve"}},{"name":"+sve-aes","in":["22"],"when":{"word":"sveaes"}},{"name":"+sve-sha3","in":["22"],"when":{"word":"svesha3"}},{"name":"+sve-sm4","in":["22"],"when":{"word":"svesm4"}},{"name":"+sve2","in":["19","22"],"when":{"word":"sve2"}},{"name":"-aes","in":["22"],"when":{"not":{"name":"+aes"}}},{"name":"-rand","in":["22"],"when":{"not":{"name":"+rand"}}},{"name":"-sha2","in":["22"],"when":{"not":{"name":"+sha2"}}},{"name":"-sve","in":["22"],"when":{"not":{"name":"+sve"}}}]},
  ],
};

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

/** glibc: what it concludes. */
export const GLIBC: ProgramRow = {
  "name": "glibc",
  "title": "glibc",
  "versions": [
    "2.36",
    "2.41",
    "2.43",
  ],
  "builds": "Debian libc6 2.36-9+deb12u14, 2.41-12+deb13u5, 2.43-7",
  "reads": "AT_HWCAP and AT_HWCAP2, MIDR_EL1 by MRS on the CPU on which the process starts, DCZID_EL0; from 2.41 on also the release that uname tells",
  "note": "Which implementation of a string function is chosen. memmove goes with memcpy, but stays generic where memcpy is oryon1. There are no folders under glibc-hwcaps for AArch64. The tunable glibc.cpu.name stands in for MIDR_EL1.",
  "answers": [
    {"name":"memcpy","kind":"first","rows":[{"name":"mops","when":{"hwcap":"mops"}},{"name":"a64fx","when":{"all":[{"hwcap":"sve"},{"midr":["0x46 0x001"]}]}},{"name":"sve","in":["2.36"],"when":{"hwcap":"sve"}},{"name":"sve","in":["2.41","2.43"],"when":{"all":[{"hwcap":"sve"},{"kernel":"6.2"}]}},{"name":"generic","in":["2.41","2.43"],"when":{"hwcap":"sve"}},{"name":"thunderx","in":["2.36"],"when":{"midr":["0x43 0x0a1"]}},{"name":"thunderx2","in":["2.36"],"when":{"midr":["0x43 0x0af","0x42 0x516"]}},{"name":"oryon1","in":["2.41","2.43"],"when":{"midr":["0x51 0x001","0x51 0x002 0x0"]}},{"name":"generic"}]},
    {"name":"memset","kind":"first","rows":[{"name":"mops","when":{"hwcap":"mops"}},{"name":"a64fx","when":{"all":[{"hwcap":"sve"},{"midr":["0x46 0x001"]},{"zva":256}]}},{"name":"sve_zva64","in":["2.36"],"when":{"all":[{"hwcap":"sve"},{"zva":64}]}},{"name":"sve_zva64","in":["2.41","2.43"],"when":{"all":[{"hwcap":"sve"},{"zva":64},{"kernel":"6.2"}]}},{"name":"oryon1","in":["2.41","2.43"],"when":{"all":[{"midr":["0x51 0x001","0x51 0x002 0x0"]},{"zva":64}]}},{"name":"generic","in":["2.41","2.43"],"when":{"midr":["0x51 0x001","0x51 0x002 0x0"]}},{"name":"kunpeng","when":{"midr":["0x48 0xd01"]}},{"name":"emag","when":{"midr":["0x50 0x000"]}},{"name":"zva64","when":{"zva":64}},{"name":"generic"}]},
    {"name":"memchr","kind":"first","rows":[{"name":"nosimd","when":{"midr":["0x50 0x000"]}},{"name":"generic"}]},
    {"name":"strlen","kind":"first","rows":[{"name":"mte","when":{"hwcap":"mte"}},{"name":"asimd"}]},
    {"name":"legacyHwcapDirs","kind":"names","in":["2.36"],"rows":[{"name":"aarch64"},{"name":"tls"},{"name":"atomics","when":{"hwcap":"atomics"}}]},
  ],
};

/** OpenSSL: what it concludes. */
export const OPENSSL: ProgramRow = {
  "name": "openssl",
  "title": "OpenSSL",
  "versions": [
    "3.0",
    "3.5",
    "3.6",
  ],
  "builds": "Debian openssl 3.0.20, 3.5.9, 3.6.5 (`openssl info -cpusettings`)",
  "reads": "AT_HWCAP and AT_HWCAP2; MIDR_EL1 by MRS on the CPU of the first use, where the cpuid hwcap is set",
  "note": "OPENSSL_armcap, as `openssl info -cpusettings` prints it. The environment variable OPENSSL_armcap replaces all of it.",
  "answers": [
    {"kind":"bits","rows":[{"name":"NEON","bit":0,"when":{"hwcap":"asimd"}},{"name":"AES","bit":2,"when":{"all":[{"name":"NEON"},{"hwcap":"aes"}]}},{"name":"SHA1","bit":3,"when":{"all":[{"name":"NEON"},{"hwcap":"sha1"}]}},{"name":"SHA256","bit":4,"when":{"all":[{"name":"NEON"},{"hwcap":"sha2"}]}},{"name":"PMULL","bit":5,"when":{"all":[{"name":"NEON"},{"hwcap":"pmull"}]}},{"name":"SHA512","bit":6,"when":{"all":[{"name":"NEON"},{"hwcap":"sha512"}]}},{"name":"CPUID","bit":7,"when":{"all":[{"name":"NEON"},{"hwcap":"cpuid"}]}},{"name":"RNG","in":["3.5","3.6"],"bit":8,"when":{"hwcap":"rng"}},{"name":"SM3","in":["3.5","3.6"],"bit":9,"when":{"all":[{"name":"NEON"},{"hwcap":"sm3"}]}},{"name":"SM4","in":["3.5","3.6"],"bit":10,"when":{"all":[{"name":"NEON"},{"hwcap":"sm4"}]}},{"name":"SHA3","in":["3.5","3.6"],"bit":11,"when":{"all":[{"name":"NEON"},{"hwcap":"sha3"}]}},{"name":"UNROLL8_EOR3","in":["3.5"],"bit":12,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd49","0x41 0xd4f","0x6d 0xd49","0xc0 *"],"architecture":"0xf"}]}},{"name":"UNROLL8_EOR3","in":["3.6"],"bit":12,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd49","0x41 0xd4f","0x41 0xd8e","0x41 0xd84","0x6d 0xd49","0x51 0x001","0xc0 *"],"architecture":"0xf"}]}},{"name":"SVE","in":["3.5","3.6"],"bit":13,"when":{"hwcap":"sve"}},{"name":"SVE2","in":["3.5","3.6"],"bit":14,"when":{"hwcap":"sve2"}},{"name":"HAVE_SHA3_AND_WORTH_USING","in":["3.5"],"bit":15,"when":{"all":[{"name":"SHA3"},{"midr":["0x61 0x022","0x61 0x023","0x61 0x024","0x61 0x025","0x61 0x028","0x61 0x029","0x61 0x032","0x61 0x033","0x61 0x034","0x61 0x035","0x61 0x038","0x61 0x039"],"architecture":"0xf"}]}},{"name":"HAVE_SHA3_AND_WORTH_USING","in":["3.6"],"bit":15,"when":{"all":[{"name":"SHA3"},{"midr":["0x61 0x022","0x61 0x023","0x61 0x024","0x61 0x025","0x61 0x028","0x61 0x029","0x61 0x032","0x61 0x033","0x61 0x034","0x61 0x035","0x61 0x038","0x61 0x039","0x51 0x001"],"architecture":"0xf"}]}},{"name":"UNROLL12_EOR3","in":["3.5"],"bit":16,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd4f","0xc0 *"],"architecture":"0xf"}]}},{"name":"UNROLL12_EOR3","in":["3.6"],"bit":16,"when":{"all":[{"name":"SHA3"},{"midr":["0x41 0xd40","0x41 0xd4f","0x41 0xd84","0xc0 *"],"architecture":"0xf"}]}}]},
  ],
};

/** google/cpu_features: what it concludes. */
export const CPU_FEATURES: ProgramRow = {
  "name": "cpu_features",
  "title": "google/cpu_features",
  "versions": [
    "2026-06",
  ],
  "builds": "read from the source, not recorded",
  "reads": "AT_HWCAP and AT_HWCAP2; the Features line where the auxiliary vector cannot be read",
  "note": "GetAarch64Info().features.",
  "answers": [
    {"kind":"names","rows":[{"name":"AARCH64_FP","when":{"hwcap":"fp"}},{"name":"AARCH64_ASIMD","when":{"hwcap":"asimd"}},{"name":"AARCH64_EVTSTRM","when":{"hwcap":"evtstrm"}},{"name":"AARCH64_AES","when":{"hwcap":"aes"}},{"name":"AARCH64_PMULL","when":{"hwcap":"pmull"}},{"name":"AARCH64_SHA1","when":{"hwcap":"sha1"}},{"name":"AARCH64_SHA2","when":{"hwcap":"sha2"}},{"name":"AARCH64_CRC32","when":{"hwcap":"crc32"}},{"name":"AARCH64_ATOMICS","when":{"hwcap":"atomics"}},{"name":"AARCH64_FPHP","when":{"hwcap":"fphp"}},{"name":"AARCH64_ASIMDHP","when":{"hwcap":"asimdhp"}},{"name":"AARCH64_CPUID","when":{"hwcap":"cpuid"}},{"name":"AARCH64_ASIMDRDM","when":{"hwcap":"asimdrdm"}},{"name":"AARCH64_JSCVT","when":{"hwcap":"jscvt"}},{"name":"AARCH64_FCMA","when":{"hwcap":"fcma"}},{"name":"AARCH64_LRCPC","when":{"hwcap":"lrcpc"}},{"name":"AARCH64_DCPOP","when":{"hwcap":"dcpop"}},{"name":"AARCH64_SHA3","when":{"hwcap":"sha3"}},{"name":"AARCH64_SM3","when":{"hwcap":"sm3"}},{"name":"AARCH64_SM4","when":{"hwcap":"sm4"}},{"name":"AARCH64_ASIMDDP","when":{"hwcap":"asimddp"}},{"name":"AARCH64_SHA512","when":{"hwcap":"sha512"}},{"name":"AARCH64_SVE","when":{"hwcap":"sve"}},{"name":"AARCH64_ASIMDFHM","when":{"hwcap":"asimdfhm"}},{"name":"AARCH64_DIT","when":{"hwcap":"dit"}},{"name":"AARCH64_USCAT","when":{"hwcap":"uscat"}},{"name":"AARCH64_ILRCPC","when":{"hwcap":"ilrcpc"}},{"name":"AARCH64_FLAGM","when":{"hwcap":"flagm"}},{"name":"AARCH64_SSBS","when":{"hwcap":"ssbs"}},{"name":"AARCH64_SB","when":{"hwcap":"sb"}},{"name":"AARCH64_PACA","when":{"hwcap":"paca"}},{"name":"AARCH64_PACG","when":{"hwcap":"pacg"}},{"name":"AARCH64_DCPODP","when":{"hwcap":"dcpodp"}},{"name":"AARCH64_SVE2","when":{"hwcap":"sve2"}},{"name":"AARCH64_SVEAES","when":{"hwcap":"sveaes"}},{"name":"AARCH64_SVEPMULL","when":{"hwcap":"svepmull"}},{"name":"AARCH64_SVEBITPERM","when":{"hwcap":"svebitperm"}},{"name":"AARCH64_SVESHA3","when":{"hwcap":"svesha3"}},{"name":"AARCH64_SVESM4","when":{"hwcap":"svesm4"}},{"name":"AARCH64_FLAGM2","when":{"hwcap":"flagm2"}},{"name":"AARCH64_FRINT","when":{"hwcap":"frint"}},{"name":"AARCH64_SVEI8MM","when":{"hwcap":"svei8mm"}},{"name":"AARCH64_SVEF32MM","when":{"hwcap":"svef32mm"}},{"name":"AARCH64_SVEF64MM","when":{"hwcap":"svef64mm"}},{"name":"AARCH64_SVEBF16","when":{"hwcap":"svebf16"}},{"name":"AARCH64_I8MM","when":{"hwcap":"i8mm"}},{"name":"AARCH64_BF16","when":{"hwcap":"bf16"}},{"name":"AARCH64_DGH","when":{"hwcap":"dgh"}},{"name":"AARCH64_RNG","when":{"hwcap":"rng"}},{"name":"AARCH64_BTI","when":{"hwcap":"bti"}},{"name":"AARCH64_MTE","when":{"hwcap":"mte"}},{"name":"AARCH64_ECV","when":{"hwcap":"ecv"}},{"name":"AARCH64_AFP","when":{"hwcap":"afp"}},{"name":"AARCH64_RPRES","when":{"hwcap":"rpres"}},{"name":"AARCH64_MTE3","when":{"hwcap":"mte3"}},{"name":"AARCH64_SME","when":{"hwcap":"sme"}},{"name":"AARCH64_SME_I16I64","when":{"hwcap":"smei16i64"}},{"name":"AARCH64_SME_F64F64","when":{"hwcap":"smef64f64"}},{"name":"AARCH64_SME_I8I32","when":{"hwcap":"smei8i32"}},{"name":"AARCH64_SME_F16F32","when":{"hwcap":"smef16f32"}},{"name":"AARCH64_SME_B16F32","when":{"hwcap":"smeb16f32"}},{"name":"AARCH64_SME_F32F32","when":{"hwcap":"smef32f32"}},{"name":"AARCH64_SME_FA64","when":{"hwcap":"smefa64"}},{"name":"AARCH64_WFXT","when":{"hwcap":"wfxt"}},{"name":"AARCH64_EBF16","when":{"hwcap":"ebf16"}},{"name":"AARCH64_SVE_EBF16","when":{"hwcap":"sveebf16"}},{"name":"AARCH64_CSSC","when":{"hwcap":"cssc"}},{"name":"AARCH64_RPRFM","when":{"hwcap":"rprfm"}},{"name":"AARCH64_SVE2P1","when":{"hwcap":"sve2p1"}},{"name":"AARCH64_SME2","when":{"hwcap":"sme2"}},{"name":"AARCH64_SME2P1","when":{"hwcap":"sme2p1"}},{"name":"AARCH64_SME_I16I32","when":{"hwcap":"smei16i32"}},{"name":"AARCH64_SME_BI32I32","when":{"hwcap":"smebi32i32"}},{"name":"AARCH64_SME_B16B16","when":{"hwcap":"smeb16b16"}},{"name":"AARCH64_SME_F16F16","when":{"hwcap":"smef16f16"}},{"name":"AARCH64_MOPS","when":{"hwcap":"mops"}},{"name":"AARCH64_HBC","when":{"hwcap":"hbc"}},{"name":"AARCH64_SVE_B16B16","when":{"hwcap":"sveb16b16"}},{"name":"AARCH64_LRCPC3","when":{"hwcap":"lrcpc3"}},{"name":"AARCH64_LSE128","when":{"hwcap":"lse128"}},{"name":"AARCH64_FPMR","when":{"hwcap":"fpmr"}},{"name":"AARCH64_LUT","when":{"hwcap":"lut"}},{"name":"AARCH64_FAMINMAX","when":{"hwcap":"faminmax"}},{"name":"AARCH64_F8CVT","when":{"hwcap":"f8cvt"}},{"name":"AARCH64_F8FMA","when":{"hwcap":"f8fma"}},{"name":"AARCH64_F8DP4","when":{"hwcap":"f8dp4"}},{"name":"AARCH64_F8DP2","when":{"hwcap":"f8dp2"}},{"name":"AARCH64_F8E4M3","when":{"hwcap":"f8e4m3"}},{"name":"AARCH64_F8E5M2","when":{"hwcap":"f8e5m2"}},{"name":"AARCH64_SME_LUTV2","when":{"hwcap":"smelutv2"}},{"name":"AARCH64_SME_F8F16","when":{"hwcap":"smef8f16"}},{"name":"AARCH64_SME_F8F32","when":{"hwcap":"smef8f32"}},{"name":"AARCH64_SME_SF8FMA","when":{"hwcap":"smesf8fma"}},{"name":"AARCH64_SME_SF8DP4","when":{"hwcap":"smesf8dp4"}},{"name":"AARCH64_SME_SF8DP2","when":{"hwcap":"smesf8dp2"}},{"name":"AARCH64_POE","when":{"hwcap":"poe"}}]},
  ],
};
