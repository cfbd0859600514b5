import { tokensOf } from '../c/tokens.ts';
import type { FlatRow } from '../flat.ts';
import { CAPABILITY_TABLES, capabilityName } from './capabilities.ts';
import { Functions } from './functions.ts';
import { registerOf } from './registers.ts';
import { membersOf, type Tree, word } from './tree.ts';

const CPUFEATURE = 'arch/arm64/kernel/cpufeature.c';

type Value = string | number | boolean | undefined;

/** How each rule shows in the code. `undefined` says that it cannot be told. */
const RULES: Readonly<Record<string, (functions: Functions, tree: Tree) => Value>> = {
  'aarch32-registers-initialised': (f) => {
    const body = f.body('init_cpu_features');
    if (body === '') return undefined;
    return body.includes('id_aa64pfr0_32bit_el0') ? 'boot-cpu-el0' : 'always';
  },
  'aarch32-registers-updated': (f) => {
    const body = f.body('update_cpu_features');
    if (body === '') return undefined;
    const own = body.includes('id_aa64pfr0_32bit_el0 ( info -> reg_id_aa64pfr0') || body.includes('id_aa64pfr0_32bit_el0 ( pfr0 )');
    const system =
      /system_supports_32bit_el0 \( \)|id_aa64pfr0_32bit_el0 \( read_sanitised_ftr_reg/.test(body) ||
      f.body('update_32bit_cpu_features').includes('id_aa64pfr0_32bit_el0 ( pfr0 )');
    if (own && /system_supports_32bit_el0 \( \) (&&|\))|id_aa64pfr0_32bit_el0 \( read_sanitised_ftr_reg/.test(body))
      return 'cpu-and-system-el0';
    return own ? 'cpu-el0' : system ? 'system-el0' : 'always';
  },
  'hwcap-needs-visible-field': (f) => f.body('has_user_cpuid_feature') !== '',
  'mrs-emulation-from-crm': (f) => {
    const body = f.body('is_emulated');
    if (body === '') return undefined;
    const from = / sys_reg_CRm \( id \) >= (\d+) /.exec(body);
    return from ? Number(from[1]) : undefined;
  },
  'ctr-effective-idc': (_f, tree) => /read_cpuid_effective_cachetype/.test(tree.text('arch/arm64/include/asm/cache.h') ?? ''),
  'ctr-trapped': (_f, tree) => /cpu_enable_trap_ctr_access/.test(tree.text('arch/arm64/kernel/cpu_errata.c') ?? ''),
  'compat-needs-32bit-el0': (f) => /system_supports_32bit_el0 \( \) \) (\{ )?setup_elf_hwcaps \( compat_elf_hwcaps/.test(f.all),
  'cpuid-hwcap': (f) => / (cpu_set_(named_)?feature \( (HWCAP_)?CPUID|elf_hwcap \|= HWCAP_CPUID)/.test(f.body('setup_elf_hwcaps')),
  overrides: (f) => f.body('init_cpu_ftr_reg').includes('override'),
  'impossible-override-message': (f) => f.all.includes('impossible override, ignored'),
  'mismatched-32bit-el0': (f) => f.all.includes('allow_mismatched_32bit_el0'),
  'capability-order': (f) => {
    const body =
      f.body('setup_boot_cpu_capabilities') +
      f.body('setup_cpu_features') +
      f.body('setup_system_capabilities') +
      f.body('update_cpu_capabilities');
    if (f.body('update_cpu_capabilities').includes('ARM64_NCAPS')) return 'index';
    const errata = body.indexOf('arm64_errata');
    const features = body.indexOf('arm64_features');
    if (errata < 0) return f.body('update_cpu_capabilities').includes('arm64_errata') ? 'errata-then-features' : 'per-table call';
    return errata < features ? 'errata-then-features' : 'features-then-errata';
  },
  'detected-message': (f) => {
    const body = f.all;
    if (!body.includes('enabling workaround for')) return 'detected';
    return body.includes('"detected feature:"') ? 'detected-feature-enabling-workaround' : 'detected-enabling-workaround';
  },
};

/** What a fixup takes from EL0's view, or from the AArch32 hwcaps, for an erratum. */
function* fixups(functions: Functions, tree: Tree): Iterable<FlatRow> {
  for (const name of ['user_feature_fixup', 'elf_hwcap_fixup', 'setup_elf_hwcaps', 'setup_system_features']) {
    const pieces = functions
      .body(name)
      .split(/cpus?_have_(?:\w+_)?cap \( /)
      .slice(1);
    for (const piece of pieces) {
      const capability = capabilityName(/^\w+/.exec(piece)?.[0] ?? '');
      yield* hides(piece, capability, tree, CPUFEATURE);
      const cleared = / compat_elf_hwcap2 &= ~ COMPAT_HWCAP2_(\w+) /.exec(piece);
      if (cleared)
        yield { key: `${capability} clears`, line: `${capability} clears AArch32 ${cleared[1]!.toLowerCase()}`, where: CPUFEATURE };
    }
  }
}

/** A field whose bits a piece of code takes out of the mask of what EL0 sees. */
function* hides(code: string, capability: string, tree: Tree, where: string): Iterable<FlatRow> {
  const hidden = / user_mask &= ~ ([^;]+) ;/.exec(code);
  const register = / get_arm64_ftr_reg \( (\w+) \)/.exec(code);
  if (!hidden || !register) return;
  const mask = tree.constantOrNot(tokensOf(` ${hidden[1]}`)) ?? maskOf(tree, hidden[1]!);
  if (mask === undefined || mask <= 0n) {
    tree.miss('behaviour', where, `what ${capability} hides`, capability);
    return;
  }
  const bits = mask.toString(2);
  yield {
    key: `${capability} hides`,
    line: `${capability} hides ${registerOf(register[1]!)}[${bits.length - 1}:${bits.length - bits.lastIndexOf('1') - 1}]`,
    where,
  };
}

/** The mask of a field that headers give by its place only. */
function maskOf(tree: Tree, name: string): bigint | undefined {
  const shift = tree.valueOf(name.replace(/_MASK$/, '_SHIFT'));
  return shift === undefined || !name.endsWith('_MASK') ? undefined : 15n << shift;
}

/** What the workarounds of errata do: make reads of CTR_EL0 trap (besides the mismatch that the trap is for), hide a field. */
function* enabled(tree: Tree): Iterable<FlatRow> {
  const { path, table } = CAPABILITY_TABLES.errata;
  const file = tree.file(path);
  const functions = new Functions(file?.tokens ?? []);
  for (const entry of file?.declared.get(table)?.entries ?? []) {
    const members = membersOf(entry);
    const name = capabilityName(word(members, 'capability') ?? '');
    const enables = word(members, 'cpu_enable') ?? word(members, 'enable');
    if (enables === 'cpu_enable_trap_ctr_access' && !name.startsWith('MISMATCHED_')) {
      yield { key: `${name} traps`, line: `${name} traps CTR_EL0`, where: `${path}:${entry.line}` };
    } else if (enables !== undefined) yield* hides(functions.body(enables), name, tree, path);
  }
}

/** The rules that are no table entries, as far as the code tells them by itself. */
export function readBehaviour(tree: Tree, registers: readonly FlatRow[], kconfig: readonly FlatRow[]): readonly FlatRow[] {
  const file = tree.file(CPUFEATURE);
  if (!file) return [];
  const functions = new Functions(file.tokens);
  const rows: FlatRow[] = [];
  for (const [key, rule] of Object.entries(RULES)) {
    const value = rule(functions, tree);
    if (value !== undefined) rows.push({ key, line: `${key} ${value}`, state: { value }, where: CPUFEATURE });
    else if (key !== 'mrs-emulation-from-crm') tree.miss('behaviour', CPUFEATURE, 'how the code has it', key);
  }
  rows.push(...fixups(functions, tree), ...enabled(tree));
  const sme = kconfig.find(({ key }) => key === 'CONFIG_ARM64_SME');
  if (sme?.line.includes('CONFIG_BROKEN'))
    rows.push({ key: 'CONFIG_ARM64_SME', line: 'CONFIG_ARM64_SME is broken', ...(sme.where ? { where: sme.where } : {}) });
  for (const { key, where } of registers)
    if (/^(ZCR|SMCR)_EL1$/.test(key)) rows.push({ key, line: `tracks ${key}`, ...(where ? { where } : {}) });
  return rows;
}
