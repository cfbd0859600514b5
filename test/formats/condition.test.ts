import { expect, it } from 'vitest';
import { formatCondition } from '../../src/formats/condition.ts';
import type { Condition } from '../../src/linux/release/rows.ts';

const LRCPC: Condition = { field: 'ID_AA64ISAR1_EL1.LRCPC', atLeast: 2 };
const SVE: Condition = { cpucap: 'SVE' };

it.each<[Condition, string]>([
  [LRCPC, 'ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2)'],
  [{ field: 'ID_AA64PFR0_EL1.FP', atLeast: -1, sign: 'signed' }, 'ID_AA64PFR0_EL1.FP ≥ -1 (NI) signed'],
  [{ field: 'ID_AA64PFR0_EL1.FP', atLeast: -1, atMost: -1 }, 'ID_AA64PFR0_EL1.FP = -1 (NI)'],
  [{ field: 'ZCR_EL1[3:0]', atLeast: 1, atMost: 3 }, 'ZCR_EL1[3:0] in 1..3'],
  [{ all: [SVE, { any: [LRCPC, SVE] }] }, 'cpucap SVE and (ID_AA64ISAR1_EL1.LRCPC ≥ 2 (LRCPC2) or cpucap SVE)'],
  [{ not: { config: 'CONFIG_ARM64_SVE' } }, 'not CONFIG_ARM64_SVE'],
  [{ midr: ['CORTEX_A72', 'CORTEX_A57 r0p1..r1p3'] }, 'core is CORTEX_A72 or CORTEX_A57 r0p1..r1p3'],
  [{ rule: 'has_always' }, 'always (has_always)'],
  [{ rule: 'has_useable_gicv3_cpuif', of: SVE }, 'cpucap SVE (has_useable_gicv3_cpuif)'],
  [{ rule: 'cpufeature_pan_not_uao' }, 'cpucap HAS_PAN and not cpucap HAS_UAO (cpufeature_pan_not_uao)'],
])('%j', (condition, text) => {
  expect(formatCondition(condition)).toBe(text);
});
