// Generated from spec-data/runtime/go.json by `npm run gen`. Do not edit.
import type { GoLevelRow, GoSuffixRow, ProgramRow } from '../runtime-rows.ts';

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
