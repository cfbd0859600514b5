import type { FlatRow } from '../flat.ts';
import { Functions } from './functions.ts';
import type { Tree } from './tree.ts';

type Value = string | true | false | undefined;

const KERNEL = 'arch/arm64/kernel';
const CPUFEATURE = `${KERNEL}/cpufeature.c`;

/** Where a rule is told: the code of one file, as tokens between blanks. */
interface Told {
  readonly path: string | readonly string[];
  /** `undefined`: this kernel has no such thing. */
  readonly value: (code: Functions) => Value;
}

/** That a text stands in a file; without it, the kernel has no such thing. */
function has(path: string, text: string): Told {
  return { path, value: (code) => code.all.includes(text) || undefined };
}

/** Whether a kernel of whose function nothing is found has the thing at all. */
function inBody(path: string, name: string, value: (body: string) => Value): Told {
  return {
    path,
    value: (code) => {
      const body = code.body(name);
      return body === '' ? undefined : value(body);
    },
  };
}

/** How what merges registers asks for the feature that a register belongs to. */
function mergedBy(code: Functions, register: string, rules: readonly (readonly [asked: string, value: string])[]): Value {
  const body = code.body('update_cpu_features');
  const at = body.indexOf(` SYS_${register} `);
  if (at < 0) return undefined;
  const before = body.slice(0, at);
  const last = rules.map(([asked, value]) => ({ value, at: before.lastIndexOf(asked) })).sort((a, b) => b.at - a.at)[0]!;
  return last.at < 0 ? undefined : last.value;
}

/** What is no table and yet a rule, as the code of a function shows it. */
const RULES: Readonly<Record<string, Told>> = {
  'ctr-trapped-everywhere': inBody(
    `${KERNEL}/cpu_errata.c`,
    'cpu_enable_trap_ctr_access',
    (body) => !body.includes('arm64_ftr_reg_ctrel0'),
  ),
  'relaxed-aarch32-el1': has(CPUFEATURE, ' relax_cpu_ftr_reg '),
  'mmfr4-not-updated': {
    path: CPUFEATURE,
    value: (code) => {
      const [made, merged] = ['init_cpu_features', 'update_cpu_features'].map((name) => code.body(name).includes('SYS_ID_AA64MMFR4_EL1'));
      return (made && !merged) || undefined;
    },
  },
  'evtstrm-parameter': has('drivers/clocksource/arm_arch_timer.c', '"clocksource.arm_arch_timer.evtstrm"'),
  'override-value': {
    path: [`${KERNEL}/pi/idreg-override.c`, `${KERNEL}/idreg-override.c`],
    value: (code) => (code.all.includes(' parse_hexdigit ') ? 'hex-digit' : code.all.includes(' kstrtou64 ') ? 'number' : undefined),
  },
  mpamidr: {
    path: CPUFEATURE,
    value: (code) =>
      code.body('detect_ftr_has_mpam') !== ''
        ? 'sanitised-or-frac'
        : mergedBy(code, 'MPAMIDR_EL1', [
            ['id_aa64pfr0_mpam ( info ->', 'raw'],
            ['id_aa64pfr0_mpam ( read_sanitised', 'sanitised'],
          ]),
  },
  gmid: {
    path: CPUFEATURE,
    value: (code) =>
      mergedBy(code, 'GMID_EL1', [
        ['id_aa64pfr1_mte ( info ->', 'raw'],
        ['gmid_el1_accessible ( info )', 'overridden'],
      ]),
  },
  'strict-boot-panics': has(`${KERNEL}/cpufeature.c`, 'cpucap_panic_on_conflict'),
  'vector-length-registers': inBody(CPUFEATURE, 'update_cpu_features', (body) => {
    const asked = / id_aa64pfr0_sve \( (info|read_sanitised_ftr_reg) /.exec(body)?.[1];
    return asked === undefined ? undefined : asked === 'info' ? 'raw' : 'sanitised';
  }),
  'spectre-bhb': {
    path: `${KERNEL}/proton-pack.c`,
    value: (code) =>
      code.body('is_spectre_bhb_affected') === '' ? undefined : code.body('is_spectre_bhb_safe') === '' ? 'listed' : 'unless-safe',
  },
  vpipt: has(`${KERNEL}/cpuinfo.c`, '"VPIPT"'),
  'system-settled': inBody(`${KERNEL}/smp.c`, 'smp_cpus_done', (body) => {
    const settled = Math.max(body.indexOf(' setup_cpu_features '), body.indexOf(' setup_system_features '));
    const level = body.indexOf(' hyp_mode_check ');
    return settled < 0 || level < 0 ? undefined : settled < level ? 'before-el' : 'after-el';
  }),
  'nvhe-named': { path: 'arch/arm64/kvm/arm.c', value: (code) => /"%s%sVHE(%s)? mode initialized/.test(code.all) || undefined },
  'mitigations-off-reported': {
    path: `${KERNEL}/proton-pack.c`,
    value: (code) => (code.body('spectre_print_disabled_mitigations') === '' ? 'where-needed' : 'always'),
  },
  'nospectre-bhb': has(`${KERNEL}/proton-pack.c`, '"nospectre_bhb"'),
  'mitigations-option': inBody('kernel/cpu.c', 'mitigations_parse_cmdline', (body) =>
    body.includes(' mitigations_parse_global_opt ') ? 'prefix' : 'word',
  ),
  'boolean-words': {
    path: 'lib/kstrtox.c',
    value: (code) => {
      const body = code.body('kstrtobool');
      if (body === '') return undefined;
      return body.includes(' case 101 ') ? 'enable-disable' : body.includes(' case 116 ') ? 'true-false' : 'yes-no';
    },
  },
  'single-hides-possible': inBody(`${KERNEL}/smp.c`, 'smp_init_cpus', (body) => body.includes(' setup_max_cpus ') || undefined),
  'kvm-ipa-check': inBody(CPUFEATURE, 'verify_hyp_capabilities', (body) =>
    /mmfr0 = read_sanitised_ftr_reg \( SYS_ID_AA64MMFR0_EL1/.test(body) ? 'sanitised' : /parange/i.test(body) ? 'own' : undefined,
  ),
  'maxcpus-counts': inBody('kernel/cpu.c', 'bringup_nonboot_cpus', (body) =>
    / num_online_cpus \( \) >= setup_max_cpus /.test(body) ? 'online' : 'tried',
  ),
  'sysfs-identification': has(`${KERNEL}/cpuinfo.c`, '"identification"'),
  'sysfs-smidr': has(`${KERNEL}/cpuinfo.c`, ' cpuregs_attr_smidr_el1 '),
  'sysfs-aidr': has(`${KERNEL}/cpuinfo.c`, ' cpuregs_attr_aidr_el1 '),
  'varange-keeps-parange': {
    path: `${KERNEL}/pi/idreg-override.c`,
    value: (code) => {
      const body = code.body('mmfr2_varange_filter');
      return (body !== '' && !/parange_48/i.test(body)) || undefined;
    },
  },
  'compat-model-name': has(`${KERNEL}/cpuinfo.c`, '"model name\\t: ARMv8 Processor rev'),
};

/** The names of the rules that are told by the code of one function. */
export const IN_FUNCTIONS: readonly string[] = Object.keys(RULES);

/** The files besides those of the tables. */
export const RULE_FILES: readonly string[] = ['drivers/clocksource/arm_arch_timer.c', 'kernel/cpu.c', 'lib/kstrtox.c'];

/** The rules that functions show. A kernel without such a thing, or without its file, has no row. */
export function readRules(tree: Tree): readonly FlatRow[] {
  const rows: FlatRow[] = [];
  for (const [key, { path, value: told }] of Object.entries(RULES)) {
    const paths = typeof path === 'string' ? [path] : path;
    const file = paths.map((each) => tree.file(each)).find((each) => each !== undefined);
    const value = file && told(new Functions(file.tokens));
    if (file && value !== undefined) rows.push({ key, line: `${key} ${value}`, state: { value }, where: file.path });
  }
  return rows;
}
