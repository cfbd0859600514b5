import type { TreeFiles } from '../../../spec-data/import/read/tree.ts';

/**
 * A kernel of our own making: the shapes that the import reads, with as few rows as show each. Registers, fields and cores are Arm's names;
 * which rows there are, and what they say, is made up.
 */
const FILES: Readonly<Record<string, string>> = {
  Makefile: 'VERSION = 8\nPATCHLEVEL = 1\nSUBLEVEL = 2\nEXTRAVERSION =\n',
  'arch/arm64/tools/sysreg': `
Sysreg	ID_AA64ISAR0_EL1	3	0	0	6	0
UnsignedEnum	7:4	AES
	0b0000	NI
	0b0001	IMP
	0b0010	PMULL
EndEnum
Res0	3:0
EndSysreg
Sysreg	ID_AA64PFR0_EL1	3	0	0	4	0
SignedEnum	19:16	FP
	0b0000	IMP
	0b1111	NI
EndEnum
UnsignedEnum	35:32	SVE
	0b0001	IMP
EndEnum
EndSysreg
Sysreg	ID_AA64ISAR1_EL1	3	0	0	6	1
Field	7:4	APA
Field	11:8	API
EndSysreg
Sysreg	ID_AA64MMFR4_EL1	3	0	0	7	4
SignedEnum	27:24	E2H0
	0b1110	NI_NV1
EndEnum
EndSysreg
Surprise	1:0
`,
  'arch/arm64/tools/cpucaps': '# ours\nHAS_SHINY\nWORKAROUND_42\nSVE\n',
  'arch/arm64/include/asm/cputype.h': `
#define MIDR_CPU_MODEL(who, part) (((who) << 24) | (0xf << 16) | ((part) << 4))
#define MIDR_CPU_VAR_REV(v, r) (((v) << 20) | (r))
#define WHO_ARM 0x41
#define MIDR_CORTEX_A53 MIDR_CPU_MODEL(WHO_ARM, 0xd03)
#define MIDR_NOVEL_CORE MIDR_CPU_MODEL(0x77, 0x123)
#define MIDR_RANGE(m, v0, r0, v1, r1) { .model = m, .rv_min = MIDR_CPU_VAR_REV(v0, r0), .rv_max = MIDR_CPU_VAR_REV(v1, r1) }
#define MIDR_ALL_VERSIONS(m) MIDR_RANGE(m, 0, 0, 0xf, 0xf)
`,
  'arch/arm64/include/uapi/asm/hwcap.h':
    '#define HWCAP_FP (1 << 0)\n#define HWCAP_PMULL (1UL << 4)\n#define HWCAP_CPUID (1 << 11)\n#define HWCAP_PACA (1 << 30)\n#define HWCAP3_SHINY (1UL << 5)\n',
  'arch/arm64/include/asm/hwcap.h':
    '#define COMPAT_HWCAP_HALF (1 << 1)\n#define COMPAT_HWCAP_NEON (1 << 12)\n#define COMPAT_HWCAP2_AES (1 << 0)\n',
  'arch/arm64/include/asm/cache.h': 'u32 read_cpuid_effective_cachetype(void);\n',
  'arch/arm64/kernel/cpuinfo.c': `
static const char *const hwcap_str[] = {
	[KERNEL_HWCAP_FP] = "fp", [KERNEL_HWCAP_PMULL] = "pmull", [KERNEL_HWCAP_CPUID] = "cpuid",
	[KERNEL_HWCAP_PACA] = "paca", [KERNEL_HWCAP_SHINY] = "shiny",
};
#define PLACE(x) const_ilog2(COMPAT_HWCAP_ ## x)
static const char *const compat_hwcap_str[] = { [PLACE(HALF)] = "half", [2] = NULL, [PLACE(NEON)] = "neon" };
static const char *const compat_hwcap2_str[] = { [const_ilog2(COMPAT_HWCAP2_AES)] = "aes" };
`,
  'arch/arm64/kernel/cpufeature.c': `
#define FIELD_OF(S, V, T, TYPE, SH, W, SAFE) { .sign = S, .visible = V, .strict = T, .type = TYPE, .shift = SH, .width = W, .safe_val = SAFE }
#define IF_ON(option) (IS_ENABLED(option) ? FTR_VISIBLE : FTR_HIDDEN)
static const struct arm64_ftr_bits isar0_fields[] = {
	FIELD_OF(FTR_UNSIGNED, FTR_VISIBLE, FTR_STRICT, FTR_LOWER_SAFE, ID_AA64ISAR0_EL1_AES_SHIFT, 4, 0),
	{ .width = 0 },
};
static const struct arm64_ftr_bits pfr0_fields[] = {
	FIELD_OF(FTR_UNSIGNED, IF_ON(CONFIG_ARM64_SVE), FTR_NONSTRICT, FTR_HIGHER_OR_ZERO_SAFE, ID_AA64PFR0_EL1_SVE_SHIFT, 4, 0),
	FIELD_OF(FTR_SIGNED, FTR_HIDDEN, FTR_STRICT, FTR_EXACT, ID_AA64PFR0_EL1_FP_SHIFT, 4, ID_AA64PFR0_EL1_FP_NI),
	FIELD_OF(FTR_SIGNED, FTR_HIDDEN, FTR_STRICT, FTR_EXACT, NOWHERE_SHIFT, 4, 0),
	{ .width = 0 },
};
static struct arm64_ftr_override pfr0_override;
static const struct entry_of { int sys_id; struct arm64_ftr_reg *reg; } arm64_ftr_regs[] = {
	{ .sys_id = SYS_ID_AA64ISAR0_EL1, .reg = &(struct arm64_ftr_reg){ .name = "x", .override = &no_override, .ftr_bits = isar0_fields } },
	{ .sys_id = SYS_ID_AA64PFR0_EL1, .reg = &(struct arm64_ftr_reg){ .override = &pfr0_override, .ftr_bits = &pfr0_fields[0] } },
	{ .sys_id = SYS_ID_NOWHERE_EL1, .reg = &(struct arm64_ftr_reg){ .ftr_bits = isar0_fields } },
};
#define AT_LEAST(reg, f, v) .sys_reg = SYS_##reg, .field_pos = reg##_##f##_SHIFT, .field_width = reg##_##f##_WIDTH, .sign = reg##_##f##_SIGNED, .min_field_value = v,
static const struct arm64_cpu_capabilities either[] = {
	{ .matches = has_user_cpuid_feature, AT_LEAST(ID_AA64ISAR1_EL1, APA, 1) },
	{ .matches = has_user_cpuid_feature, AT_LEAST(ID_AA64ISAR1_EL1, API, 2) },
	{},
};
static const struct arm64_cpu_capabilities arm64_elf_hwcaps[] = {
	{ .matches = has_user_cpuid_feature, AT_LEAST(ID_AA64ISAR0_EL1, AES, ID_AA64ISAR0_EL1_AES_PMULL) .hwcap_type = CAP_HWCAP, .hwcap = KERNEL_HWCAP_PMULL },
	{ .matches = has_user_cpuid_feature, AT_LEAST(ID_AA64PFR0_EL1, FP, 0) .hwcap_type = CAP_HWCAP, .hwcap = KERNEL_HWCAP_FP },
#ifdef CONFIG_ARM64_SVE
	{ .matches = has_sve_feature, AT_LEAST(ID_AA64ISAR0_EL1, AES, 3) .hwcap = KERNEL_HWCAP_SHINY },
#endif
	{ .matches = cpucap_multi_entry_cap_matches, .match_list = either, .hwcap = KERNEL_HWCAP_PACA },
	{ .matches = has_user_cpuid_feature, .hwcap = KERNEL_HWCAP_NAMELESS },
	{},
};
#define COMPAT_ELF_HWCAP_DEFAULT (COMPAT_HWCAP_HALF)
static const struct arm64_cpu_capabilities compat_elf_hwcaps[] = {
	{ .matches = compat_has_neon, .hwcap_type = CAP_COMPAT_HWCAP, .hwcap = COMPAT_HWCAP_NEON },
	{},
};
static const struct arm64_cpu_capabilities arm64_features[] = {
	{ .desc = "Shiny " "thing", .capability = ARM64_HAS_SHINY, .type = ARM64_CPUCAP_BOOT_CPU_FEATURE, .matches = has_shiny, AT_LEAST(ID_AA64ISAR0_EL1, AES, 1) },
	{ .capability = ARM64_HAS_RANGE, .type = ARM64_CPUCAP_SYSTEM_FEATURE, .matches = has_cpuid_feature,
	  AT_LEAST(ID_AA64MMFR4_EL1, E2H0, 0x8) .max_field_value = ID_AA64MMFR4_EL1_E2H0_NI_NV1 },
#ifdef CONFIG_ARM64_SVE
	{ .capability = ARM64_SVE,
#ifdef CONFIG_SVE_EARLY
	  .type = ARM64_CPUCAP_STRICT_BOOT_CPU_FEATURE,
#else
	  .type = ARM64_CPUCAP_SYSTEM_FEATURE,
#endif
	  .matches = has_cpuid_feature, AT_LEAST(ID_AA64PFR0_EL1, SVE, 1) },
#endif
	{ .capability = ARM64_HAS_ODDITY, .type = ARM64_CPUCAP_OF_THE_FUTURE, .matches = has_cpuid_feature },
	{},
};
static void user_feature_fixup(void)
{
	if (cpus_have_cap(ARM64_WORKAROUND_42)) { regp = get_arm64_ftr_reg(SYS_ID_AA64ISAR0_EL1); regp->user_mask &= ~GENMASK(7, 4); }
}
static void init_cpu_features(struct info *info) { if (id_aa64pfr0_32bit_el0(info->pfr0)) more(info); }
static int is_emulated(int id) { return sys_reg_CRm(id) >= 2; }
`,
  'arch/arm64/kernel/cpu_errata.c': `
static const struct midr_range forty_two[] = {
	MIDR_RANGE(MIDR_CORTEX_A53, 0, 1, 0, 4),
#ifdef CONFIG_NOVEL_ERRATUM
	MIDR_ALL_VERSIONS(MIDR_NOVEL_CORE),
#endif
	{},
};
const struct arm64_cpu_capabilities arm64_errata[] = {
#ifdef CONFIG_ARM64_ERRATUM_42
	{ .desc = "erratum 42", .capability = ARM64_WORKAROUND_42, .type = ARM64_CPUCAP_LOCAL_CPU_ERRATUM, .matches = is_affected_midr_range_list,
	  .midr_range_list = forty_two, .cpu_enable = cpu_enable_trap_ctr_access,
	  .fixed_revs = (struct arm64_midr_revidr[]){ { MIDR_CPU_VAR_REV(0, 4), 1 << 8 }, {} } },
#endif
	{}
};
`,
  'arch/arm64/kernel/pi/idreg-override.c': `
#define FIELD(n, s, f) { .name = n, .shift = s, .width = 4, .filter = f }
static const struct ftr_set_desc isar0 = { .name = "id_aa64isar0", .override = &x, .fields = {
	FIELD("aes", ID_AA64ISAR0_EL1_AES_SHIFT, NULL), { "one", 63, 1, sve_filter }, {} } };
static const struct { char alias[9]; char feature[9]; } aliases[] = { { "arm64.noaes", "id_aa64isar0.aes=0 " "id_aa64isar0.one=0" } };
`,
  'arch/arm64/kvm/sys_regs.h': '#define DESC(reg) .name = #reg, .reset = none\n',
  'arch/arm64/kvm/sys_regs.c': `
static int set_id_reg(struct vcpu *v) { return 0; }
#define MASKED(name, mask) { DESC(SYS_##name), .val = mask, }
static const struct sys_reg_desc sys_reg_descs[] = {
	MASKED(ID_AA64ISAR0_EL1, ~(ID_AA64ISAR0_EL1_RES0 | ID_AA64ISAR0_EL1_AES)),
	MASKED(ID_AA64ISAR1_EL1, SOMEWHERE_ELSE),
	{ DESC(SYS_ACTLR_EL1), .val = 7 },
};
`,
  'arch/arm64/kernel/proton-pack.c': `
static int has_spectre_v3a(void)
{
	static const struct midr_range touched[] = {
#ifdef CONFIG_ARM64_OLD
		MIDR_RANGE(MIDR_CORTEX_A53, 0, 0, 0, 4),
#endif
		MIDR_ALL_VERSIONS(MIDR_NOVEL_CORE),
		{},
	};
	return is_midr_in_range_list(touched);
}
static bool has_few(void)
{
	return is_one_of(MIDR_THUNDERX, 0, 31);
}
`,
  'arch/arm64/Kconfig': `
config ARM64_SVE
	bool "vectors"
	default y
	depends on AS_HAS_SVE && (ARM64_PAN || !EXPERT)
	help
	  default n stands in no property here.
config ARM64_ERRATUM_42
	bool "forty-two"
	default ARM64_SVE
config NOVEL_ERRATUM
	bool "novel"
	select ARM64_ERRATUM_43
config UNRELATED
	bool
`,
};

/** The made-up tree, with some files changed. */
export function madeUpTree(changes: Readonly<Record<string, (text: string) => string>> = {}): TreeFiles {
  return { read: (path) => (FILES[path] === undefined ? undefined : (changes[path] ?? ((text) => text))(FILES[path])) };
}
