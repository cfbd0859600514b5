import { describe, expect, it } from 'vitest';
import { encodingOf } from '../../src/arch/encoding.ts';
import { isFieldPath } from '../../src/arch/field-bits.ts';
import { findRegister, registerOf } from '../../src/arch/register.ts';
import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import {
  BEHAVIOUR_ROWS,
  CORE_IDS,
  CORE_LIST_ROWS,
  OVERRIDE_ALIAS_ROWS,
  OVERRIDE_REGISTER_ROWS,
} from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../src/linux/generated/cpucaps.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../../src/linux/generated/hwcaps.ts';
import { KCONFIG_ROWS, NAMED_CONFIG_ROWS } from '../../src/linux/generated/kconfig.ts';
import { behaviourAt } from '../../src/linux/release/behaviour.ts';
import { capabilityOrderAt } from '../../src/linux/release/capability.ts';
import { gateOptions } from '../../src/linux/release/history.ts';
import type { Release } from '../../src/linux/release/release.ts';
import type { CapabilityState, ConditionLeaf, HwcapState, SanitisedFieldState } from '../../src/linux/release/rows.ts';
import { SANITISED_ROWS } from '../../src/linux/release/sanitised-rows.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import { RULES } from '../../src/linux/rules/judge-rule.ts';
import { OWN } from '../../src/linux/rules/rule.ts';
import { leavesOf } from '../../src/logic/tree.ts';
import { RELEASES } from '../support/linux-releases.ts';
import { conditionsIn, partsOf } from '../support/linux-rows.ts';

const CAPABILITY_ROWS = [...FEATURE_ROWS, ...ERRATUM_ROWS];
const ROWS_WITH_CONDITIONS = [...HWCAP_ROWS, ...COMPAT_HWCAP_ROWS, ...CAPABILITY_ROWS, ...KCONFIG_ROWS];
const parts = ROWS_WITH_CONDITIONS.flatMap((row) => [...conditionsIn(row)]);

/** The names used under a key of a condition, each once. */
function used(key: 'field' | 'cpucap' | 'rule' | 'config' | 'midr'): readonly string[] {
  return [...new Set(parts.flatMap((part) => (part as unknown as Record<string, string | readonly string[]>)[key] ?? []))].filter(
    (name) => typeof name === 'string',
  );
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

describe('hwcaps', () => {
  it('never reuse a bit, nor a name: each has one row over all releases, and none takes evtstrm (2) or cpuid (11)', () => {
    for (const rows of [HWCAP_ROWS, COMPAT_HWCAP_ROWS]) {
      expect(repeated(rows.map(({ vector, bit }) => `${vector}.${bit}`))).toEqual([]);
      expect(repeated(rows.map(({ name }) => name))).toEqual([]);
    }
    expect(HWCAP_ROWS.filter(({ vector, bit }) => vector === 'AT_HWCAP' && (bit === 2 || bit === 11))).toEqual([]);
  });

  it('have each their own place in the table', () => {
    for (const rows of [HWCAP_ROWS, COMPAT_HWCAP_ROWS]) {
      expect(rows.map(({ tableOrder }) => tableOrder).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
    }
  });

  it('of AArch32 are printed by their own name', () => {
    for (const release of RELEASES) {
      for (const row of COMPAT_HWCAP_ROWS) {
        if (!stateAt(row, release)) continue;
        const names = COMPAT_BIT_NAME_ROWS.filter(({ vector, bit }) => vector === row.vector && bit === row.bit);
        expect(
          names.map((name) => stateAt<{ readonly name?: string }>(name, release)?.name),
          `${row.name} in ${release.text}`,
        ).toEqual([row.name]);
      }
    }
  });
});

/** The tracked field that covers exactly these bits of a register. */
function trackedField(path: string, release: Release): SanitisedFieldState | undefined {
  const { register, lsb, width } = fieldPlace(path);
  const row = SANITISED_ROWS.find(({ name }) => name === register);
  if (!row || !stateAt(row, release)) return undefined;
  for (const field of row.fields) {
    const state = stateAt<SanitisedFieldState>(field, release);
    if (state && field.bits[0] === lsb + width - 1 && field.bits[1] === lsb) return state;
  }
  return undefined;
}

/** Every hwcap of every release with each field that it tests. */
function* hwcapFields(): Iterable<{ readonly release: Release; readonly name: string; readonly state: HwcapState; readonly path: string }> {
  for (const release of RELEASES) {
    for (const row of [...HWCAP_ROWS, ...COMPAT_HWCAP_ROWS]) {
      const state = stateAt<HwcapState>(row, release);
      if (!state) continue;
      for (const part of partsOf(state.when)) if ('field' in part) yield { release, name: row.name, state, path: part.field };
    }
  }
}

describe('the fields that hwcaps test', () => {
  // Linux 5.3 had HWCAP2_FRINT but no FRINTTS in its table of ID_AA64ISAR1_EL1, so that the hwcap could not hold; 5.4 mended it.
  it('are merged over CPUs in every release with the hwcap, except for frint in 5.3', () => {
    const missing = [...hwcapFields()].filter(({ path, release }) => trackedField(path, release) === undefined);
    expect(missing.map(({ release, name }) => `${release.text} ${name}`)).toEqual(['5.3 frint', '5.3.1 frint']);
  });

  it('are visible to EL0 where a hwcap needs that, always or with an option that the hwcap needs too', () => {
    const hidden = [...hwcapFields()].filter(({ release, state, path }) => {
      if (!behaviourAt(BEHAVIOUR_ROWS, release)['hwcap-needs-visible-field']) return false;
      const visible = trackedField(path, release)?.visible;
      const needed = [
        ...gateOptions(state.config),
        ...[...partsOf(state.when)].flatMap((part) => ('cpucap' in part ? configsOf(part.cpucap, release) : [])),
      ];
      return visible !== true && (visible === undefined || !needed.includes(visible));
    });
    expect(hidden.map(({ release, name, path }) => `${release.text} ${name} ${path}`)).toEqual([]);
  });
});

function configsOf(cpucap: string, release: Release): readonly string[] {
  return CAPABILITY_ROWS.filter(({ name }) => name === cpucap).flatMap((row) => {
    return gateOptions(stateAt<CapabilityState>(row, release)?.config);
  });
}

/** Registers that the kernel tracks and spec-data/arch does not describe: no program and no hwcap reads them. */
const NOT_IN_ARCH = ['ZCR_EL1', 'SMCR_EL1', 'MPAMIDR_EL1', 'CNTFRQ_EL0'];

describe('sanitised registers', () => {
  it('are in the architecture, but for four', () => {
    expect(SANITISED_ROWS.map(({ name }) => name).filter((name) => findRegister(name) === undefined)).toEqual(NOT_IN_ARCH);
  });

  it.each(SANITISED_ROWS.filter(({ name }) => !NOT_IN_ARCH.includes(name)))(
    '$name has the encoding and the fields of the architecture',
    ({ name, encoding, fields }) => {
      const { op0, op1, crn, crm, op2 } = encodingOf(registerOf(name).name);
      expect(encoding).toEqual([op0, op1, crn, crm, op2]);
      for (const field of fields) {
        if (field.name === undefined) continue;
        const path = `${name}.${field.name}`;
        expect(isFieldPath(path), path).toBe(true);
        const { lsb, width } = fieldPlace(path);
        expect([lsb + width - 1, lsb], path).toEqual(field.bits);
      }
    },
  );

  it.each(SANITISED_ROWS)('$name never has two fields over one bit', ({ fields }) => {
    for (const release of RELEASES) {
      let seen = 0n;
      for (const field of fields) {
        if (!stateAt<SanitisedFieldState>(field, release)) continue;
        const [msb, lsb] = field.bits;
        const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
        expect(seen & mask, `[${field.bits.join(':')}] in ${release.text}`).toBe(0n);
        seen |= mask;
      }
    }
  });

  it('have no field in a release that lacks the register', () => {
    const stray = SANITISED_ROWS.flatMap((row) =>
      RELEASES.filter((release) => !stateAt(row, release) && row.fields.some((field) => stateAt(field, release))).map(
        (release) => `${row.name} ${release.text}`,
      ),
    );
    expect(stray).toEqual([]);
  });
});

describe('conditions name only what exists:', () => {
  it('fields of the architecture, also where errata hide them', () => {
    const paths = [...used('field'), ...CAPABILITY_ROWS.flatMap(({ hides }) => hides ?? [])];
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter((path) => !isFieldPath(path))).toEqual([]);
  });

  it('cpucaps that have a row', () => {
    expect(used('cpucap').filter((name) => !CAPABILITY_ROWS.some((row) => row.name === name))).toEqual([]);
  });

  it('rules that can be judged, and every rule that can be judged is named', () => {
    const asked = Object.values(RULES).flatMap(({ asks }) => (asks === undefined ? [] : leavesOf<ConditionLeaf>(asks)));
    const facts = asked.flatMap(({ leaf }) => ('rule' in leaf && leaf.rule !== OWN.rule ? [leaf.rule] : []));
    expect([...new Set([...used('rule'), ...facts])].sort()).toEqual(Object.keys(RULES).sort());
  });

  it('cores with a part number, and every such core is named', () => {
    const affected = ERRATUM_ROWS.flatMap(({ affected: rows = [] }) => rows.map(({ midr }) => midr));
    const names = new Set(
      [...used('midr'), ...affected, ...CORE_LIST_ROWS.flatMap(({ cores }) => cores.map(({ midr }) => midr))].map(
        (midr) => midr.split(' ')[0]!,
      ),
    );
    expect([...names].sort()).toEqual(Object.keys(CORE_IDS).sort());
  });

  it('options that Kconfig declares or a named configuration sets', () => {
    const gates = [
      ...used('config'),
      ...SANITISED_ROWS.flatMap(({ fields }) => fields.flatMap(({ visible }) => (typeof visible === 'string' ? visible : []))),
    ];
    const known = new Set([...KCONFIG_ROWS.map(({ name }) => name), ...NAMED_CONFIG_ROWS.flatMap(({ options }) => Object.keys(options))]);
    // On these five other options depend; they are off unless somebody sets them.
    expect(gates.filter((name) => !known.has(name)).sort()).toEqual([
      'CONFIG_BROKEN',
      'CONFIG_COMPILE_TEST',
      'CONFIG_CPU_BIG_ENDIAN',
      'CONFIG_EXPERT',
      'CONFIG_UPROBES',
    ]);
  });
});

/** Whether the options of a gate are declared by this release. */
function isDeclared(gate: CapabilityState['config'], release: Release): boolean {
  return gateOptions(gate).every((option) => KCONFIG_ROWS.some((row) => row.name === option && stateAt(row, release) !== undefined));
}

describe('capabilities', () => {
  it('have a number in every release that has them, unless they depend on an option that the release does not declare', () => {
    for (const release of RELEASES) {
      const order = capabilityOrderAt(release);
      expect(repeated(order), release.text).toEqual([]);
      const missing = CAPABILITY_ROWS.filter((row) => {
        const state = stateAt<CapabilityState>(row, release);
        return state && !order.includes(row.name) && isDeclared(state.config, release);
      });
      expect(
        missing.map(({ name }) => name),
        release.text,
      ).toEqual([]);
    }
  });

  it('have a condition in every release that has them: their own, or CPUs', () => {
    const empty = RELEASES.flatMap((release) =>
      CAPABILITY_ROWS.filter((row) => {
        const state = stateAt<CapabilityState>(row, release);
        return state && state.when === undefined && !(row.affected ?? []).some((affected) => stateAt(affected, release));
      }).map(({ name }) => `${release.text} ${name}`),
    );
    expect(empty).toEqual([]);
  });

  it('clear only hwcaps of AT_HWCAP2 of AArch32', () => {
    const names = CAPABILITY_ROWS.flatMap(({ clearsCompat }) => clearsCompat ?? []);
    expect(names).toEqual(['aes']);
    expect(names.filter((name) => !COMPAT_HWCAP_ROWS.some((row) => row.name === name && row.vector === 'AT_HWCAP2'))).toEqual([]);
  });
});

it('every alias of the command line expands to fields that the same release can override', () => {
  const wrong = RELEASES.flatMap((release) =>
    OVERRIDE_ALIAS_ROWS.flatMap((row) =>
      (stateAt<{ readonly expands: readonly string[] }>(row, release)?.expands ?? []).filter((word) => !isOverride(word, release)),
    ).map((word) => `${release.text} ${word}`),
  );
  expect(wrong).toEqual([]);
});

function isOverride(word: string, release: Release): boolean {
  const [, register, field] = /^(\w+)\.(\w+)=\d$/.exec(word)!;
  const row = OVERRIDE_REGISTER_ROWS.find(({ name }) => name === register)?.fields.find(({ name }) => name === field);
  return row !== undefined && stateAt(row, release) !== undefined;
}
