// Generated from spec-data/linux/{cpucaps,errata}.json by `npm run gen`. Do not edit.

/** What a cpucap is, by its name, where the kernel prints nothing when it finds it. */
export const CPUCAP_WORDS: Readonly<Record<string, string>> = {
  "ALWAYS_BOOT": "Holds on every system, from the boot CPU on",
  "ALWAYS_SYSTEM": "Holds on every system, once all early CPUs are up",
  "ALT_PAN_NOT_UAO": "PAN without UAO: the kernel lifts PAN around accesses to programs' memory",
  "HAS_32BIT_EL0_DO_NOT_USE": "AArch32 programs run, on every CPU or where CPUs may differ on some",
  "HAS_FPSIMD": "Floating point and Advanced SIMD",
  "HAS_NO_FPSIMD": "Neither floating point nor Advanced SIMD",
  "HAS_ADDRESS_AUTH": "Addresses can be signed, with whichever algorithm",
  "HAS_GENERIC_AUTH": "Data can be signed, with whichever algorithm",
  "HAS_GIC_PRIO_RELAXED_SYNC": "Interrupts can be unmasked by priority without a barrier",
  "HAS_TCR2": "TCR2_EL1, the second control register of translation",
  "HARDEN_BRANCH_PREDICTOR": "The branch predictor is hardened against Spectre-v2",
  "HARDEN_BP_POST_GUEST_EXIT": "The branch predictor is hardened when a guest exits",
  "WORKAROUND_4311569": "Erratum 4311569 of an interconnect of Arm"
};
