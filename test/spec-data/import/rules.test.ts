import { expect, it } from 'vitest';
import { linuxRows } from '../../../spec-data/build/linux.ts';
import { IN_FUNCTIONS, readRules } from '../../../spec-data/import/read/rules.ts';
import { Tree } from '../../../spec-data/import/read/tree.ts';

const KERNEL = 'arch/arm64/kernel';

/** The rules of a tree of our own making, as lines. */
function rulesOf(files: Readonly<Record<string, string>>): readonly string[] {
  return readRules(new Tree({ read: (path) => files[path] })).map(({ line }) => line);
}

it('are told by the functions of a kernel', () => {
  const merged = (mpam: string): string =>
    `void update_cpu_features(void) { if (id_aa64pfr0_sve(${mpam})) { go(); } if (id_aa64pfr0_mpam(${mpam})) { taint(SYS_MPAMIDR_EL1, cpu); } }`;
  expect(rulesOf({ [`${KERNEL}/cpufeature.c`]: merged('info->reg_id_aa64pfr0') })).toEqual(['mpamidr raw', 'vector-length-registers raw']);
  expect(rulesOf({ [`${KERNEL}/cpufeature.c`]: merged('read_sanitised_ftr_reg(SYS_ID_AA64PFR0_EL1)') })).toEqual([
    'mpamidr sanitised',
    'vector-length-registers sanitised',
  ]);
  const settled = (first: string, second: string): readonly string[] =>
    rulesOf({ [`${KERNEL}/smp.c`]: `void smp_cpus_done(void) { ${first}(); ${second}(); }` });
  expect(settled('setup_cpu_features', 'hyp_mode_check')).toEqual(['system-settled before-el']);
  expect(settled('hyp_mode_check', 'setup_system_features')).toEqual(['system-settled after-el']);
  const words = (letter: string): readonly string[] =>
    rulesOf({ 'lib/kstrtox.c': `int kstrtobool(const char *s) { switch (s[0]) { case 'y': ${letter} return 1; } }` });
  expect([words(''), words("case 't':"), words("case 'e': case 't':")].flat()).toEqual([
    'boolean-words yes-no',
    'boolean-words true-false',
    'boolean-words enable-disable',
  ]);
  expect(
    rulesOf({
      [`${KERNEL}/proton-pack.c`]: 'bool is_spectre_bhb_affected(void) { return 1; } early_param("nospectre_bhb", off);',
    }),
  ).toEqual(['spectre-bhb listed', 'mitigations-off-reported where-needed', 'nospectre-bhb true']);
  expect(rulesOf({ 'kernel/cpu.c': 'void bringup_nonboot_cpus(int n) { if (num_online_cpus() >= setup_max_cpus) stop(); }' })).toEqual([
    'maxcpus-counts online',
  ]);
});

it('are none where a kernel has no such thing', () => {
  expect(
    rulesOf({ [`${KERNEL}/cpufeature.c`]: 'void update_cpu_features(void) { }', 'lib/kstrtox.c': 'int other(void) { return 0; }' }),
  ).toEqual([]);
});

it('are rules that the history has', () => {
  const names = linuxRows().behaviour.map(({ name }) => name);
  expect(IN_FUNCTIONS.filter((name) => !names.includes(name))).toEqual([]);
});
