// Generated from spec-data/machines/ by `npm run gen`. Do not edit.

/** Hwcaps that the first machine of the explorer has not, by one that has: where their way is shown. */
export const HWCAP_MACHINES: Readonly<Record<string, string>> = {
  'apple-m2-max': 'i8mm bf16 bti ecv',
  'apple-m4-p-core': 'sme',
  'graviton3': 'sm3 sm4 sve svei8mm svebf16 dgh rng',
  'nvidia-grace': 'sve2 sveaes svepmull svebitperm svesha3 svesm4',
  'dgx-spark': 'afp wfxt',
  'trm-c1-ultra': 'mte mte3 smei8i32 smef16f32 smeb16f32 smef32f32 rprfm sme2 smei16i32 smebi32i32 mops hbc lrcpc3',
  'trm-neoverse-v3': 'ls64',
  'virt-max': 'svef32mm svef64mm rpres smei16i64 smef64f64 smefa64 ebf16 sveebf16',
  'qemu-max': 'gcs cssc sve2p1 sme2p1 smeb16b16 smef16f16 sveb16b16 lse128',
};
