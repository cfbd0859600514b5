import { describe, expect, it } from 'vitest';
import { encodingOf, formatEncoding } from '../../src/arch/encoding.ts';
import { ENCODINGS } from '../../src/arch/generated/fields.ts';
import { boot } from '../../src/linux/boot.ts';
import { fieldPlace } from '../../src/linux/bring-up/evaluate.ts';
import { BEHAVIOUR_ROWS, CORE_LIST_ROWS, OVERRIDE_ALIAS_ROWS, OVERRIDE_REGISTER_ROWS } from '../../src/linux/generated/behaviour.ts';
import { ERRATUM_ROWS, FEATURE_ROWS } from '../../src/linux/generated/cpucaps.ts';
import { COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../../src/linux/generated/hwcaps.ts';
import { KCONFIG_ROWS } from '../../src/linux/generated/kconfig.ts';
import { joinSystems } from '../../src/linux/join-systems.ts';
import { rowsInDoubt } from '../../src/linux/release/doubts.ts';
import { COMPAT_CONSTANTS, cpucapRow, fieldRows, tellingBehaviour, turnsAround } from '../../src/linux/release/history.ts';
import { kernelAt, kernelVariants } from '../../src/linux/release/kernel-at.ts';
import { MAINLINE_RELEASES, seriesTitle } from '../../src/linux/release/known-trees.ts';
import { compareMainline, parseRelease } from '../../src/linux/release/release.ts';
import { newestState } from '../../src/linux/release/row-timeline.ts';
import type { Timed } from '../../src/linux/release/rows.ts';
import { SANITISED_ROWS } from '../../src/linux/release/sanitised-rows.ts';
import type { System } from '../../src/linux/system.ts';
import { el0Open, openAtEl0 } from '../../src/process/mrs.ts';
import type { Cpu, RegisterFile, SystemRegisterName } from '../../src/silicon/machine.ts';
import { bootOf, cpu, type Fields, sanitised } from '../support/booted.ts';

// What mutants showed that no other test looked at: each of these fails if the one place it is about is changed.

describe('a test of one CPU reads what the command line left', () => {
  const tagged = cpu({ 'ID_AA64PFR1_EL1.MTE': 3 });
  const config = { CONFIG_ARM64_MTE: 'y', CONFIG_ARM64_PTR_AUTH: 'y', CONFIG_ARM64_PTR_AUTH_KERNEL: 'y' };

  it('on the boot CPU', () => {
    const signing = cpu({ 'ID_AA64ISAR1_EL1.APA': 5 });
    expect(bootOf('6.12.117', [signing], { config }).cpucaps).toContain('HAS_ADDRESS_AUTH');
    expect(bootOf('6.12.117', [signing], { config, cmdline: 'arm64.nopauth' }).cpucaps).not.toContain('HAS_ADDRESS_AUTH');
  });

  it('on the boot CPU, nothing of what was refused', () => {
    const without = cpu({ 'ID_AA64PFR1_EL1.MTE': 0, 'ID_AA64ISAR1_EL1.APA': 0 });
    const asked = bootOf('6.12.117', [without], { config, cmdline: 'id_aa64isar1.apa=5 id_aa64pfr1.mte=3' }).cpucaps;
    expect(asked.filter((name) => /ADDRESS_AUTH|MTE/.test(name))).toEqual([]);
  });

  it('on a secondary, which agrees with the boot CPU then', () => {
    const { online, panic, cpucaps } = bootOf('6.12.117', [tagged, tagged], { config, cmdline: 'arm64.nomte' });
    expect({ online, panic }).toEqual({ online: [0, 1], panic: null });
    expect(cpucaps).not.toContain('MTE');
  });
});

describe('the longest vector is kept, in quadwords less one', () => {
  const kept = (sve: number, option: string): bigint | undefined => {
    const cpus = [32, 64].map((length) => cpu({ 'ID_AA64PFR0_EL1.SVE': sve }, {}, { sveVl: [16, length] }));
    return bootOf('6.1.192', cpus, { config: { CONFIG_ARM64_SVE: option } }).registers.get('ZCR_EL1' as SystemRegisterName)?.value;
  };

  it.each([
    [1, 'y', 1n],
    [1, 'n', 0n],
    [0, 'y', 0n],
    [0, 'n', 0n],
  ])('SVE %d with CONFIG_ARM64_SVE=%s', (sve, option, value) => {
    expect(kept(sve, option)).toBe(value);
  });
});

it('CPUs are compared register by register, in the order in which the kernel takes them', () => {
  const differing: Fields = {
    'ID_AA64DFR0_EL1.TraceVer': 1,
    'ID_AA64ISAR0_EL1.AES': 2,
    'ID_AA64MMFR1_EL1.PAN': 2,
    'ID_AA64PFR0_EL1.RAS': 1,
    'ID_AA64PFR0_EL1.EL0': 2,
    'ID_DFR0_EL1.CopDbg': 6,
    'ID_ISAR5_EL1.AES': 2,
    'ID_MMFR0_EL1.VMSA': 5,
    'ID_PFR0_EL1.State0': 1,
    'MVFR0_EL1.FPSP': 2,
  };
  const both: Fields = { 'ID_AA64PFR0_EL1.EL0': 2 };
  const { log } = bootOf('6.12.117', [cpu(both), cpu(differing, { CTR_EL0: 0x8445_8004n, DCZID_EL0: 5n })]);
  expect(log.flatMap((line) => (line.code === 'sanity-check' ? [line.register] : []))).toEqual([
    'CTR_EL0',
    'DCZID_EL0',
    'ID_AA64DFR0_EL1',
    'ID_AA64ISAR0_EL1',
    'ID_AA64MMFR1_EL1',
    'ID_AA64PFR0_EL1',
    'ID_DFR0_EL1',
    'ID_ISAR5_EL1',
    'ID_MMFR0_EL1',
    'ID_PFR0_EL1',
    'MVFR0_EL1',
  ]);
});

// Linux fpsimd.c, vec_verify_vq_map(); cpufeature.c, verify_sve_features(), which looks at the longest vector first until 6.6.
describe('a late CPU whose vectors do not do', () => {
  const config = { CONFIG_ARM64_SVE: 'y' };
  const sve = (sveVl: readonly number[], more: object = {}) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl, ...more });
  const lines = (release: string, late: readonly number[]): readonly string[] =>
    bootOf(release, [sve([16, 32, 64]), sve(late, { late: true })], { config })
      .log.filter(({ phase }) => phase === 'late')
      .map(({ code }) => code);

  it.each([
    ['6.12.117', [16, 64], ['vector-lengths-missing', 'vector-length-mismatch', 'will-not-boot']],
    ['6.12.117', [16, 32], ['vector-lengths-missing', 'vector-length-mismatch', 'will-not-boot']],
    ['6.1.192', [16, 64], ['vector-lengths-missing', 'vector-length-mismatch', 'will-not-boot']],
    ['6.1.192', [16, 32], ['vector-length-mismatch', 'will-not-boot']],
    ['5.10.223', [16, 32], ['vector-length-mismatch', 'will-not-boot']],
  ] as const)('%s, %j: %j', (release, late, codes) => {
    expect(lines(release, late)).toEqual(codes);
  });
});

// Linux idreg-override.c, match_options(): what a filter refuses takes the mask back.
it('an override that is refused leaves the field as the hardware has it, whatever an earlier word said', () => {
  const wide = cpu({ 'ID_AA64MMFR2_EL1.VARange': 1 });
  const range = (cmdline: string): number => sanitised(bootOf('6.12.117', [wide], { cmdline }), 'ID_AA64MMFR2_EL1.VARange');
  expect(range('id_aa64mmfr2.varange=0')).toBe(0);
  expect(range('id_aa64mmfr2.varange=0 id_aa64mmfr2.varange=1')).toBe(1);
});

describe('a word that the kernel takes on some CPUs only', () => {
  const { ID_AA64MMFR1_EL1: _, ...others } = cpu().registers;

  // Linux idreg-override.c, hvhe_filter(): kvm-arm.mode=protected asks for it, and it needs VHE.
  it.each([
    ['has VHE', cpu({ 'ID_AA64MMFR1_EL1.VH': 1 }), true, false],
    ['has none', cpu({ 'ID_AA64MMFR1_EL1.VH': 0 }), false, false],
    ['is not known', { registers: others, partly: { ID_AA64MMFR1_EL1: { value: 0n, open: 0xf00n } } }, false, true],
  ])('counts as far as it is known whether the boot CPU has what it asks for: it %s', (_, one, has, isOpen) => {
    const options = { bootEl: 2, timerHz: 1, cmdline: 'kvm-arm.mode=protected', config: { CONFIG_KVM: 'y' } } as const;
    const { cpucaps, unknown } = bootOf('7.2', [one], options);
    expect([cpucaps.includes('KVM_HVHE'), unknown?.cpucaps?.includes('KVM_HVHE') ?? false]).toEqual([has, isOpen]);
  });

  // mmfr2_varange_filter(): on a CPU with such granules PARange is 5, 48 bits, too; this one has 6.
  it('leaves open what it does besides', () => {
    const { ID_AA64MMFR0_EL1: _, ...registers } = cpu().registers;
    const one = { registers, partly: { ID_AA64MMFR0_EL1: { value: 6n, open: 0xf000_0000n } } };
    const options = { cmdline: 'arm64.nolva', config: { CONFIG_ARM64_LPA2: 'y', CONFIG_ARM64_4K_PAGES: 'y' } } as const;
    const { unknown } = bootOf('6.12.117', [one], options);
    expect(unknown!.registers!.get('ID_AA64MMFR0_EL1')!.value & 0xfn).toBe(5n ^ 6n);
  });
});

it('one algorithm is enough to sign addresses, and to sign data', () => {
  const config = { CONFIG_ARM64_PTR_AUTH: 'y' };
  const { cpucaps } = bootOf('5.10.223', [cpu({ 'ID_AA64ISAR1_EL1.APA': 1, 'ID_AA64ISAR1_EL1.GPA': 1 })], { config });
  expect(cpucaps).toEqual(expect.arrayContaining(['HAS_ADDRESS_AUTH', 'HAS_GENERIC_AUTH']));
});

// Linux cpufeature.c, has_nv1(): where a hypervisor can run in a guest, and HCR_EL2.NV1 is not fixed.
it.each<readonly [string, Fields, bigint, string, boolean]>([
  ['there', {}, 0x611f_0221n, 'kvm-arm.mode=nested', true],
  ['absent without nesting', {}, 0x611f_0221n, '', false],
  ['absent where E2H0 says so', { 'ID_AA64MMFR4_EL1.E2H0': 14 }, 0x611f_0221n, 'kvm-arm.mode=nested', false],
  ['there where E2H0 says less', { 'ID_AA64MMFR4_EL1.E2H0': 15 }, 0x611f_0221n, 'kvm-arm.mode=nested', true],
  ['absent on an M2', {}, 0x611f_0320n, 'kvm-arm.mode=nested', false],
])('NV1 is %s', (_, fields, MIDR_EL1, cmdline, has) => {
  const host = cpu({ 'ID_AA64MMFR1_EL1.VH': 1, 'ID_AA64MMFR2_EL1.NV': 2, ...fields }, { MIDR_EL1 });
  const { cpucaps } = bootOf('6.12.117', [host], { bootEl: 2, timerHz: 1_000_000, cmdline, config: { CONFIG_KVM: 'y' } });
  expect(cpucaps.includes('HAS_HCR_NV1')).toBe(has);
});

// Linux proton-pack.c: "not required" is an answer about workaround 2 alone.
it.each([
  ['2: not required', { workaround2: -2n }, false, true],
  ['2: not affected', { workaround2: 1n }, false, true],
  ['2: not supported', { workaround2: -1n }, true, true],
  ['1: not required', { workaround1: -2n }, true, true],
  ['1: not affected', { workaround1: 1n }, true, false],
] as const)('firmware that answers %s', (_, answers, v4, v2) => {
  const a72 = cpu({}, { MIDR_EL1: 0x410f_d083n });
  const { cpucaps } = bootOf('6.12.117', [a72], { smccc: { version: 0x1_0001n, ...answers } });
  expect([cpucaps.includes('SPECTRE_V4'), cpucaps.includes('SPECTRE_V2')]).toEqual([v4, v2]);
});

it.each([
  ['a length below the longest is on some CPUs only', [16, 64], [16, 32, 64], true],
  ['all CPUs have the same lengths', [16, 32, 64], [16, 32, 64], false],
  ['only a longer one is on some CPUs', [16, 32], [16, 32, 64], false],
])('guests are said to get shorter vectors: %s', (_, first, second, isSaid) => {
  const cpus = [first, second].map((sveVl) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl }));
  const { log } = bootOf('6.12.117', cpus, { config: { CONFIG_ARM64_SVE: 'y' } });
  expect(log.some(({ code }) => code === 'unvirtualisable-vector-lengths')).toBe(isSaid);
});

// A kernel that panics over a secondary CPU prints nothing after that.
it.each([
  ['nothing was seen', undefined, true],
  ['programs saw a Features line', [{ hwcaps: ['fp', 'asimd'] }], undefined],
  ['its log is whole', [{ isWholeLog: true, lines: [] }], undefined],
  ['its CPUs were seen to run', [{ online: [0, 1] }], undefined],
])('whether the kernel stops over a CPU of which nothing is known: %s', (_, seen, mayStop) => {
  const { registers } = cpu({ 'ID_AA64MMFR0_EL1.ASIDBits': 2 });
  const machine = { cpus: [{ registers }, { registers: {} }], unlisted: 'unknown' as const, ...(seen && { seen }) };
  expect(boot(machine, { release: '6.12.117' }).unknown?.panic).toBe(mayStop);
});

// Linux cpufeature.c, STRICT_BOOT_CPU_FEATURE: a secondary that lacks MTE, or has it alone, stops the kernel.
it('one field of a secondary that is not known may stop the kernel', () => {
  const partly = { ID_AA64PFR1_EL1: { value: 0n, open: 0xf00n } };
  const { registers } = cpu({}, { ID_AA64PFR1_EL1: 0n });
  const { ID_AA64PFR1_EL1: _, ...others } = registers;
  const machine = { cpus: [{ registers }, { registers: others, partly }] };
  expect(boot(machine, { release: '6.12.117', config: { CONFIG_ARM64_MTE: 'y' } })).toMatchObject({
    panic: null,
    unknown: { panic: true },
  });
});

it.each(['4.14.100', '4.18.0-193.el8'])(
  '%s that was seen to print a hwcap has its row, and that of the field that it compares',
  (release) => {
    const doubts = new Set(rowsInDoubt(kernelAt({ release }).release).map(({ name }) => name));
    const asked = HWCAP_ROWS.flatMap(({ name, when }) =>
      when !== undefined && 'field' in when && doubts.has(`field ${when.field}`) ? [{ name, ...fieldPlace(when.field) }] : [],
    );
    /** What variants of a kernel have of a hwcap and its field, each way once. */
    const ways = ({ name, register, lsb }: (typeof asked)[number], printed: readonly string[]): ReadonlySet<string> =>
      new Set(
        kernelVariants({ release }, printed).map(({ hwcaps, registers }) => {
          const kept = registers.find((one) => one.name === register)?.fields.some((field) => field.lsb === lsb);
          return `${hwcaps.some((rule) => rule.name === name)} ${kept}`;
        }),
      );
    expect(asked.filter((one) => ways(one, []).size > 1)).not.toEqual([]);
    expect(asked.filter((one) => ways(one, [one.name]).size > 1)).toEqual([]);
  },
);

it('a kernel whose rows are in doubt is also the one that it is taken for', () => {
  const kernel = { release: '6.13' };
  const taken = kernelAt(kernel);
  const variants = kernelVariants(kernel);
  expect(variants.length).toBeGreaterThan(1);
  expect(variants.map(({ behaviour }) => behaviour)).toContainEqual(taken.behaviour);
});

it('rules of a release are asked about as far as they reach what is given', () => {
  const reaches = (words: boolean, lateCpus: boolean) =>
    new Set(tellingBehaviour({ words, lateCpus }).map((row) => (row as { readonly reach?: string }).reach));
  expect(reaches(false, false)).toEqual(new Set([undefined, 'kernel']));
  expect(reaches(true, false)).toEqual(new Set([undefined, 'kernel', 'words']));
  expect(reaches(true, true)).toEqual(new Set([undefined, 'kernel', 'words', 'late-cpus']));
});

describe('where a row changes, seen from a release', () => {
  const row = { since: '5.3', backports: [{ series: '5.2', since: '5.2.10', notIn: '5.2.4' }] };
  const texts = ({ newerUpdates, olderUpdates, newer, older }: ReturnType<typeof turnsAround>) => ({
    newerUpdates: newerUpdates.map(({ text }) => text),
    olderUpdates: olderUpdates.map(({ text }) => text),
    newer: newer.map(({ text }) => text),
    older: older.map(({ text }) => text),
  });

  it('updates of its series come apart from mainline, of which the next ones count in any case', () => {
    expect(texts(turnsAround([row], parseRelease('5.2.7')))).toEqual({
      newerUpdates: ['5.2.10'],
      olderUpdates: ['5.2.4'],
      newer: ['5.3'],
      older: ['5.1'],
    });
    expect(texts(turnsAround([], parseRelease('5.2.7')))).toMatchObject({ newer: ['5.3'], older: ['5.1'] });
    expect(texts(turnsAround([], parseRelease('5.2')))).toMatchObject({ newer: [], older: [] });
  });

  it('of mainline the release counts that brought a change, and the one before it', () => {
    const turning = { since: '5.3', until: '5.18', changes: [{ since: '5.10' }] };
    expect(texts(turnsAround([turning], parseRelease('5.6')))).toMatchObject({
      newer: ['5.9', '5.10', '5.17', '5.18'],
      older: ['5.3', '5.2'],
    });
    expect(texts(turnsAround([{ since: '4.4' }], parseRelease('4.6')))).toMatchObject({ newer: [], older: ['4.4'] });
  });

  it('an update is the last one before, if no other is told, and before the first there is none', () => {
    const since = (first: string) => [{ since: '5.3', backports: [{ series: '5.2', since: first }] }];
    expect(texts(turnsAround(since('5.2.5'), parseRelease('5.2.7'))).olderUpdates).toEqual(['5.2.5', '5.2.4']);
    expect(texts(turnsAround(since('5.2.1'), parseRelease('5.2.7'))).olderUpdates).toEqual(['5.2.1', '5.2.0']);
    expect(texts(turnsAround(since('5.2.0'), parseRelease('5.2.7'))).olderUpdates).toEqual(['5.2.0']);
  });

  it('of a release that does not tell its place only mainline is told', () => {
    expect(texts(turnsAround([row], parseRelease('5.2')))).toMatchObject({ newerUpdates: [], olderUpdates: [] });
  });

  it('so of a build that may hold more than the update that it is known to hold', () => {
    const { release } = kernelAt({ release: '5.15.0-97-generic' });
    const turning = { since: '5.16', backports: [{ series: '5.15', since: '5.15.190', notIn: '5.15.3' }] };
    expect(release.sublevel).toBeGreaterThan(3);
    expect(texts(turnsAround([turning], release))).toMatchObject({ newerUpdates: [], olderUpdates: [] });
  });
});

it.each([
  [0, true],
  [12, false],
])('a secondary whose ID_ISAR4_EL1 differs in the field at bit %d, without AArch32 at EL1, is complained of: %s', (lsb, complained) => {
  const fields = { 'ID_AA64PFR0_EL1.EL0': 2, 'ID_AA64PFR0_EL1.EL1': 1 } as const;
  const [first, second] = [0n, 1n << BigInt(lsb)].map((ID_ISAR4_EL1) => cpu(fields, { ID_ISAR4_EL1 }));
  const { log } = bootOf('6.12.117', [first!, second!]);
  expect(log.some((event) => event.code === 'sanity-check' && event.register === 'ID_ISAR4_EL1')).toBe(complained);
});

it('of what programs read, only what hangs on an unknown register is open', () => {
  const { ID_AA64ISAR0_EL1: _, ...registers } = cpu({}, { CTR_EL0: 0x8444_c004n, DCZID_EL0: 4n, ID_AA64ISAR0_EL1: 0n }).registers;
  const zeros = Object.fromEntries(Object.keys(ENCODINGS).map((name) => [name, 0n]));
  const { ID_AA64ISAR0_EL1: __, ...known } = { ...zeros, ...registers } as RegisterFile;
  const open = el0Open(boot({ cpus: [{ registers: known }], unlisted: 'unknown' }, { release: '6.12.117' }));
  expect([...open.keys()].filter((name) => name.startsWith('S3_0_'))).toEqual([formatEncoding(encodingOf('ID_AA64ISAR0_EL1'))]);
});

describe('of the ways that a boot may have gone', () => {
  const [el1, el2] = ([1, 2] as const).map((bootEl) => bootOf('6.12.117', [cpu({ 'ID_AA64MMFR1_EL1.VH': 1 })], { bootEl }));
  const contradicted = { ...el1!, diagnostics: [{ code: 'contradiction', severity: 'warning', where: 'texts', message: '' } as const] };

  it('one that contradicts what was seen did not come about', () => {
    expect(joinSystems([contradicted, el2!])).toBe(el2);
  });

  it('ways that come to the same leave nothing open', () => {
    expect(joinSystems([el1!, { ...el1! }]).unknown).toBeUndefined();
  });

  it('what differs is open, and stands as zero', () => {
    const other = new Map([...el1!.registers].map(([name, register]) => [name, { ...register, value: register.value ^ 1n }]));
    const { registers, unknown } = joinSystems([el1!, { ...el1!, registers: other }]);
    for (const [name, { value }] of registers) expect([value & 1n, unknown?.registers?.get(name)?.value]).toEqual([0n, 1n]);
  });

  it('a CPU whose reads of CTR_EL0 trap on some is open', () => {
    const traps = (system: System, trapsCtr: boolean): System => ({ ...system, cpus: system.cpus.map((one) => ({ ...one, trapsCtr })) });
    const { cpus, unknown } = joinSystems([traps(el1!, true), traps(el1!, false)]);
    expect([cpus[0]?.trapsCtr, unknown?.trapsCtr]).toEqual([false, [0]]);
    expect(joinSystems([traps(el1!, true), traps(el2!, true)]).cpus[0]?.trapsCtr).toBe(true);
  });

  it('what their words have is what all have, also where one has more words', () => {
    const words = (...own: readonly bigint[]): System => ({ ...el1!, hwcaps: { words: own, names: [] } });
    expect(joinSystems([words(3n, 1n, 1n), words(6n, 1n)]).hwcaps.words).toEqual([2n, 1n, 0n]);
  });

  it('what a trapped read of CTR_EL0 gives is open where two differ or one does not know', () => {
    const trapped = (trappedCtr: bigint, open?: bigint): System => ({
      ...el1!,
      trappedCtr,
      ...(open === undefined ? {} : { unknown: { trappedCtr: open } }),
    });
    const { trappedCtr, unknown } = joinSystems([trapped(0b0110n), trapped(0b0011n), trapped(0b0110n, 0b1000n)]);
    expect([trappedCtr, unknown?.trappedCtr]).toEqual([0b0010n, 0b1101n]);
    expect(joinSystems([trapped(6n), trapped(6n)]).unknown).toBeUndefined();
  });

  it('MRS is emulated from the least bound of all on, and up to the greatest that is open', () => {
    const { mrsEmulatedFrom: _, ...never } = el1!;
    const from = (mrsEmulatedFrom: number): System => ({ ...never, mrsEmulatedFrom });
    const joined = (...systems: readonly System[]) => {
      const { mrsEmulatedFrom, unknown } = joinSystems(systems);
      return [mrsEmulatedFrom, unknown?.mrsEmulatedFrom];
    };
    expect([joined(from(4), from(2)), joined(never, from(4)), joined(from(4), from(4)), joined(never, never)]).toEqual([
      [2, 4],
      [4, 8],
      [4, undefined],
      [undefined, undefined],
    ]);
  });

  it('a CPU is refused that all refuse, for the reason that the first of them gives', () => {
    const refusing = (refused?: string): System => ({
      ...el1!,
      cpus: el1!.cpus.map((one) => ({ ...one, ...(refused === undefined ? {} : { refused }) })),
    });
    const refusedIn = (...reasons: readonly (string | undefined)[]) => joinSystems(reasons.map(refusing)).cpus[0]?.refused;
    expect([refusedIn('a', 'b'), refusedIn('a', undefined), refusedIn(undefined, 'b')]).toEqual(['a', undefined, undefined]);
  });

  it('one that stops leaves it open whether it does, and nothing else', () => {
    const stopped = { ...el1!, cpucaps: [], panic: { cpu: 1, reason: '' } };
    expect(joinSystems([el1!, stopped])).toMatchObject({ panic: null, cpucaps: el1!.cpucaps, unknown: { panic: true } });
    expect(joinSystems([stopped, { ...stopped }])).toMatchObject({ panic: stopped.panic });
  });

  it('none is left out if all contradict it', () => {
    expect(joinSystems([contradicted, { ...contradicted, cpucaps: [] }]).unknown?.cpucaps).toEqual(el1!.cpucaps);
  });
});

it('a release that does not keep a register has no rows of its fields', () => {
  // The tree of 6.1 has no ftr_id_aa64isar3; the one of 6.12 has.
  const kept = (release: string): boolean => fieldRows('ID_AA64ISAR3_EL1.FAMINMAX', parseRelease(release)).length > 0;
  expect([kept('6.1.192'), kept('6.12.117')]).toEqual([false, true]);
  expect(fieldRows('ID_AA64ISAR3_EL1.FAMINMAX')).not.toEqual([]);
});

it('a cpucap has its row also where a release does not have it, or none is named', () => {
  expect([parseRelease('6.1.192'), undefined].map((release) => cpucapRow('HAS_LSUI', release)?.name)).toEqual(['HAS_LSUI', 'HAS_LSUI']);
});

it('mainline goes on with .0 after the last minor release of a major one', () => {
  const next = (release: string): string | undefined => MAINLINE_RELEASES[MAINLINE_RELEASES.indexOf(release) + 1];
  expect(['4.20', '5.19', '6.19'].map(next)).toEqual(['5.0', '6.0', '7.0']);
});

it('what a row that is gone said last is what it said in the last release that had it', () => {
  const row = { since: '4.17', until: '5.14', config: 'CONFIG_A', changes: [{ since: '5.2', config: 'CONFIG_B' }] };
  expect(newestState<{ readonly config?: string }>(row)?.config).toBe('CONFIG_B');
});

// Linux cpu_errata.c, has_sme_dvmsync_erratum(): a C1-Pro has it only if sanitised SME is present.
it('the erratum of SME on C1-Pro counts where all CPUs before it have SME', () => {
  const pro = cpu({ 'ID_AA64PFR1_EL1.SME': 1 }, { MIDR_EL1: 0x410f_d8b0n });
  const has = (boot: typeof pro): boolean => bootOf('7.2.13', [boot, pro]).cpucaps.includes('WORKAROUND_4193714');
  expect([has(pro), has(cpu())]).toEqual([true, false]);
});

it('a late CPU whose longest vector is too short is told how long that is', () => {
  const sve = (sveVl: readonly number[], more: object = {}) => cpu({ 'ID_AA64PFR0_EL1.SVE': 1 }, {}, { sveVl, ...more });
  const system = bootOf('6.1.192', [sve([16, 32, 64]), sve([16, 32], { late: true })], { config: { CONFIG_ARM64_SVE: 'y' } });
  expect(system.cpus[1]?.refused).toBe('the longest SVE vector of 256 bits is too short');
});

it('of any two rows in doubt each way comes about: both, none, the one, the other', () => {
  const flips: readonly ReadonlySet<object>[] = kernelVariants({ release: '6.6.50' }, []).map(
    ({ release }) => release.flipped ?? new Set(),
  );
  const rows = [...new Set(flips.flatMap((flipped) => [...flipped]))];
  const pairs = rows.flatMap((one) => rows.filter((other) => other !== one).map((other) => [one, other] as const));
  expect(pairs.length).toBeGreaterThan(1);
  for (const [one, other] of pairs) expect(flips.some((flipped) => flipped.has(one) && !flipped.has(other))).toBe(true);
  expect(flips.some((flipped) => flipped.size === 0)).toBe(true);
  expect(flips.some((flipped) => flipped.size === rows.length)).toBe(true);
});

describe('nested virtualisation', () => {
  const nested = (release: string, fields: Fields): boolean =>
    bootOf(release, [cpu({ 'ID_AA64MMFR1_EL1.VH': 1, ...fields })], {
      cmdline: 'kvm-arm.mode=nested',
      bootEl: 2,
      timerHz: 1,
    }).cpucaps.includes('HAS_NESTED_VIRT');

  // Arm ARM: NV 2 is FEAT_NV2; NV_frac 1 tells of it where NV is 0.
  it.each([
    ['7.2', { 'ID_AA64MMFR2_EL1.NV': 2 }, true],
    ['7.2', { 'ID_AA64MMFR2_EL1.NV': 1 }, false],
    ['7.2', { 'ID_AA64MMFR4_EL1.NV_frac': 1 }, true],
    ['7.2', {}, false],
  ] as const)('%s %o: %s', (release, fields, expected) => {
    expect(nested(release, fields)).toBe(expected);
  });

  it('needs every CPU', () => {
    const cpus = [2, 0].map((version) => cpu({ 'ID_AA64MMFR1_EL1.VH': 1, 'ID_AA64MMFR2_EL1.NV': version }));
    const options = { cmdline: 'kvm-arm.mode=nested', bootEl: 2, timerHz: 1 } as const;
    expect([cpus, [cpus[0]!, cpus[0]!]].map((some) => bootOf('7.2', some, options).cpucaps.includes('HAS_NESTED_VIRT'))).toEqual([
      false,
      true,
    ]);
  });
});

it('no release gives 32-bit programs swp without a test, and all give half', () => {
  expect(COMPAT_CONSTANTS & 0b11).toBe(0b10);
});

it('a series is called what people call it', () => {
  expect(['6.12', 'rhel8'].map(seriesTitle)).toEqual(['6.12', 'RHEL 8']);
});

it('what two kernels do alike is in no doubt: which ID space a trapped MRS is answered for', () => {
  const { doubts, unknown } = bootOf('6.15', [cpu()]);
  expect(doubts.length).toBeGreaterThan(0);
  expect(unknown?.mrsEmulatedFrom).toBeUndefined();
});

// Arm ARM, MPIDR_EL1: Aff0 is bits 7 to 0.
it.each([
  ['of which bit 1 is not known', { partly: { MPIDR_EL1: { value: 1n, open: 2n } } }],
  ['of which bit 4 alone is set', { MPIDR_EL1: 0x10n }],
])(
  'a thread number that is known not to be zero is one: %s',
  (_, { partly, ...registers }: { partly?: Cpu['partly']; MPIDR_EL1?: bigint }) => {
    const threaded: Cpu = { registers: { MIDR_EL1: 0x431f_0af1n, ID_AA64PFR0_EL1: 0x111n, ...registers }, ...(partly && { partly }) };
    const { cpucaps, unknown } = bootOf('5.10.251', [threaded], { bootEl: 2, config: { CONFIG_CAVIUM_TX2_ERRATUM_219: 'y' } });
    expect(cpucaps).toContain('WORKAROUND_CAVIUM_TX2_219_TVM');
    expect(unknown?.cpucaps ?? []).not.toContain('WORKAROUND_CAVIUM_TX2_219_TVM');
  },
);

describe('an override of a field that is not known', () => {
  const booted = (cmdline: string) =>
    boot({ cpus: [{ ...cpu(), partly: { ID_AA64PFR1_EL1: { value: 0n, open: 0xfn } } }] }, { release: '6.12.117', cmdline });
  const notes = (lines: readonly { readonly code: string }[] = []): readonly unknown[] =>
    lines.flatMap((line) => (line.code === 'override' && 'kind' in line ? [line.kind] : []));

  it('prints one of several lines, of which it is not known which', () => {
    const { log, unknown } = booted('arm64.nobti');
    expect(notes(log)).toEqual([]);
    expect(notes(unknown?.log)).toEqual(['already-set', 'forced']);
  });

  it('may be refused, and leaves the field open then', () => {
    const { log, unknown, registers } = booted('id_aa64pfr1.bt=1');
    expect(notes(log)).toEqual([]);
    expect(notes(unknown?.log)).toContain('ignored');
    expect(registers.get('ID_AA64PFR1_EL1')?.value).toBe(0n);
    expect(unknown?.registers?.get('ID_AA64PFR1_EL1')?.value).toBe(1n);
  });
});

/** Every row that changes an answer, by the name that doubts call it by. */
const NAMED_ROWS: readonly (readonly [string, Timed<object>])[] = [
  ...HWCAP_ROWS.map((row) => [`hwcap ${row.name}`, row] as const),
  ...COMPAT_HWCAP_ROWS.map((row) => [`AArch32 hwcap ${row.name}`, row] as const),
  ...FEATURE_ROWS.map((row) => [`cpucap ${row.name}`, row] as const),
  ...ERRATUM_ROWS.map((row) => [`erratum ${row.name}`, row] as const),
  ...ERRATUM_ROWS.flatMap(({ name, affected = [] }) => affected.map((row) => [`erratum ${name} on ${row.midr}`, row] as const)),
  ...CORE_LIST_ROWS.flatMap(({ name, cores }) => cores.map((row) => [`list ${name} with ${row.midr}`, row] as const)),
  ...SANITISED_ROWS.map((row) => [`register ${row.name}`, row] as const),
  ...SANITISED_ROWS.flatMap(({ name, fields }) =>
    fields.flatMap((row) => (row.name === undefined ? [] : [[`field ${name}.${row.name}`, row] as const])),
  ),
  ...OVERRIDE_REGISTER_ROWS.flatMap(({ name, fields }) => fields.map((row) => [`override ${name}.${row.name}`, row] as const)),
  ...OVERRIDE_ALIAS_ROWS.map((row) => [`override ${row.name}`, row] as const),
  ...BEHAVIOUR_ROWS.map((row) => [`rule ${row.name}`, row] as const),
  ...KCONFIG_ROWS.map((row) => [`option ${row.name}`, row] as const),
];

// How a release as a whole stands to what was read, as the first of its doubts says.
it.each([
  ['5.10.99999', /^updates of 5\.10 after the last one read$/],
  ['4.12.5', /^updates of 4\.12 after the last one read$/],
  ['6.16.4', /^release 6\.16\.4$/],
  ['6.18-rc1', /^release 6\.18-rc1$/],
  ['5.10.0-32-arm64', /^(?:sublevel of 5\.10\.0-32|updates of 5\.10\.0-32 beyond .*)$/],
  ['5.15.0-97-generic', /^updates of 5\.15\.0-97 beyond 5\.15\.136, which it holds$/],
  ['5.15.0-97-nosuch', /^sublevel of 5\.15\.0-97$/],
])('what is in doubt of %s as a whole', (text, row) => {
  expect(kernelAt({ release: text }).doubts[0]?.row).toMatch(row);
});

it('a build whose update is not known is the newest that was read of its series, or of a series that was not the series', () => {
  const since = (release: string): string | undefined => kernelAt({ release }).doubts[0]?.since;
  expect(since('5.15.0-97-nosuch')).toMatch(/^5\.15\.\d+$/);
  expect(since('6.16.0-9-nosuch')).toBe('6.16');
});

it.each(['5.10.223', '5.10.222', '6.12.117'])('nothing is in doubt of %s as a whole', (text) => {
  expect(kernelAt({ release: text }).doubts.filter(({ row }) => /^(?:release|updates|sublevel) /.test(row))).toEqual([]);
});

it('what a series took between two of its updates is told of those between', () => {
  const told = new Map<string, ReadonlySet<string>>();
  const kinds = new Set<string>();
  for (const [name, { backports = [] }] of NAMED_ROWS) {
    for (const { series, since, notIn } of backports) {
      const [before, after] = [notIn, since].map((text) => (text === undefined ? undefined : parseRelease(text).sublevel));
      // Builds of a vendor have numbers of their own.
      if (before === undefined || after === undefined || after - before < 2 || !/^\d/.test(series)) continue;
      const between = `${series}.${before + 1}`;
      const names = told.get(between) ?? new Set(rowsInDoubt(parseRelease(between)).map((row) => row.name));
      told.set(between, names);
      expect([...names], `${name} at ${between}`).toContain(name);
      kinds.add(name.split(' ')[0]!);
    }
  }
  expect(kinds.size).toBeGreaterThan(3);
});

it('whatever row lies between two releases is told of those between', () => {
  const told = new Map(MAINLINE_RELEASES.map((text) => [text, new Set(rowsInDoubt(parseRelease(text)).map(({ name }) => name))]));
  const seen = new Set<string>();
  for (const [name, { notIn, since }] of NAMED_ROWS) {
    if (notIn === undefined || since === undefined) continue;
    const [before, after] = [parseRelease(notIn), parseRelease(since)];
    for (const text of MAINLINE_RELEASES) {
      const release = parseRelease(text);
      if (compareMainline(before, release) >= 0 || compareMainline(release, after) >= 0) continue;
      expect([...told.get(text)!], `${name} at ${text}`).toContain(name);
      seen.add(name.split(' ')[0]!);
    }
  }
  expect(seen).toContain('field');
  expect(seen).toContain('override');
});

it('whether caches need cleaning is asked of all CPUs together', () => {
  const [needs, needsNot] = ([0, 1] as const).map((idc) => cpu({ 'CTR_EL0.IDC': idc }));
  expect(bootOf('6.12.117', [needsNot!, needsNot!]).cpucaps).toContain('HAS_CACHE_IDC');
  expect(bootOf('6.12.117', [needsNot!, needs!]).cpucaps).not.toContain('HAS_CACHE_IDC');
  expect(bootOf('6.12.117', [needs!, needsNot!]).cpucaps).not.toContain('HAS_CACHE_IDC');
});

it('a name that a line lacks says nothing of a field that its kernel hides', () => {
  const { ID_AA64PFR0_EL1: _, ...registers } = cpu().registers;
  const seen = [{ hwcaps: ['fp', 'asimd', 'evtstrm', 'cpuid'] }];
  const sve = (config: 'y' | 'n'): bigint => {
    const kernel = { release: '6.12.117', config: { base: 'defconfig', CONFIG_ARM64_SVE: config } } as const;
    const { unknown } = boot({ cpus: [{ registers }], unlisted: 'unknown', seen }, kernel);
    return ((unknown?.registers?.get('ID_AA64PFR0_EL1')?.value ?? 0n) >> 32n) & 0xfn;
  };
  expect([sve('y'), sve('n')]).toEqual([0n, 0xfn]);
});

it('of CTR_EL0, whose reads are trapped, what the kernel tells is open, and of other registers what the CPU has', () => {
  const config = { base: 'defconfig', CONFIG_ARM64_ERRATUM_1542419: 'y' } as const;
  const zeros = Object.fromEntries(Object.keys(ENCODINGS).map((name) => [name, 0n]));
  const { CTR_EL0: _, ...registers }: RegisterFile = { ...zeros, ...cpu({}, { MIDR_EL1: 0x413f_d0c1n }).registers };
  const partly = { CTR_EL0: { value: 0xa444_c004n, open: 0xf_0000n } };
  const system = boot({ cpus: [{ registers, partly }], unlisted: 'unknown' }, { release: '6.12.117', config });
  expect(system.cpus[0]!.trapsCtr).toBe(true);
  expect(openAtEl0(system, encodingOf('CTR_EL0'))).toBe(0xf_0000n);
  expect(openAtEl0(system, encodingOf('DCZID_EL0'))).toBe(0n);
});

it('a CPU of which no vector lengths are told has all that there are', () => {
  const config = { base: 'defconfig', CONFIG_ARM64_SME: 'y' } as const;
  const { log } = bootOf('6.6.63', [cpu({ 'ID_AA64PFR0_EL1.SVE': 1, 'ID_AA64PFR1_EL1.SME': 1 })], { config });
  const bytes = log.flatMap((line) => (line.code === 'maximum-vector-length' || line.code === 'default-vector-length' ? [line] : []));
  expect(bytes.map((line) => [line.extension, line.code, line.bytes])).toEqual([
    ['SVE', 'maximum-vector-length', 256],
    ['SVE', 'default-vector-length', 64],
    ['SME', 'maximum-vector-length', 256],
    ['SME', 'default-vector-length', 32],
  ]);
});

// Linux cpufeature.c, user_feature_fixup(): of ID_AA64PFR1_EL1 only SSBS is taken, on a core that may have the erratum.
it('of what programs read, only a field that an erratum may take is open', () => {
  const registers = { ...cpu().registers, ID_AA64PFR1_EL1: 0x21n };
  const { MIDR_EL1: _, ...others } = registers;
  const partly = { MIDR_EL1: { value: 0x410f_d0b0n, open: 0x10n } };
  const system = boot({ cpus: [{ registers: others, partly }] }, { release: '6.12.117', config: { CONFIG_ARM64_BTI: 'y' } });
  expect(openAtEl0(system, encodingOf('ID_AA64PFR1_EL1'))).toBe(0x20n);
});

// Linux cpufeature.c, init_cpu_ftr_reg(): a register that nobody filled has no strict bits.
it('a secondary that alone has MPAM is not complained of for its MPAMIDR_EL1', () => {
  const { log } = bootOf('6.13.7', [cpu({}, { MPAMIDR_EL1: 3n }), cpu({ 'ID_AA64PFR0_EL1.MPAM': 1 }, { MPAMIDR_EL1: 1n << 17n })]);
  const registers = log.flatMap((line) => (line.code === 'sanity-check' ? [line.register] : []));
  expect(registers).toEqual(['ID_AA64PFR0_EL1']);
});

// cpufeature.c, has_no_hw_prefetch(): of old asked once, after all CPUs came up, of the MIDR_EL1 of the one that asks. 0x0a1 is a ThunderX.
it.each([
  [0x430f_0a10n, true],
  [0x410f_d034n, false],
])('what is asked of the system about its core is asked of the boot CPU, also where nothing else of it is known: %s', (MIDR_EL1, has) => {
  const { cpucaps, unknown } = boot({ cpus: [{ registers: { MIDR_EL1 } }], unlisted: 'unknown' }, { release: '4.9.115' });
  expect([cpucaps, unknown?.cpucaps ?? []].map((names) => names.includes('HAS_NO_HW_PREFETCH'))).toEqual([has, false]);
});
