// Generated from spec-data/runtime/go.json by `npm run gen`. Do not edit.
import type { GoLevelRow, GoSuffixRow } from '../runtime-rows.ts';

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
