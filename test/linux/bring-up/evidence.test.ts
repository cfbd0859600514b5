import { describe, expect, it } from 'vitest';
import { fieldKey } from '../../../src/bits/partial-word.ts';
import { boot } from '../../../src/linux/boot.ts';
import type { Kernel } from '../../../src/linux/kernel.ts';
import type { System } from '../../../src/linux/system.ts';
import type { Cpu } from '../../../src/silicon/machine.ts';
import type { Seen } from '../../../src/silicon/seen.ts';
import { cpu } from '../../support/booted.ts';

const KERNEL: Kernel = { release: '6.12.117', config: 'defconfig', cmdline: '' };

/** A boot of CPUs of which only what is given is known, and of which something was seen. */
function bootSeen(cpus: readonly Cpu[], seen: Seen, kernel: Kernel = KERNEL): System {
  return boot({ cpus, unlisted: 'unknown', seen: [seen] }, kernel);
}

const contradictions = ({ diagnostics }: System): readonly string[] =>
  diagnostics.filter(({ code }) => code === 'contradiction').map(({ message }) => message);

/** A field of a sanitised register: its value, or `undefined` if something of it is open. */
function field({ registers, unknown }: System, name: 'ID_AA64PFR1_EL1' | 'ID_AA64ISAR0_EL1', lsb: number): number | undefined {
  const open = unknown?.registers?.get(name)?.value ?? 0n;
  return (open >> BigInt(lsb)) & 0xfn ? undefined : Number((registers.get(name)!.value >> BigInt(lsb)) & 0xfn);
}

const NOTHING: Cpu = { registers: { MIDR_EL1: 0x611f_0221n } };

describe('a Features line', () => {
  const line = ['fp', 'asimd', 'evtstrm', 'aes', 'cpuid'];

  it('settles every hwcap that the kernel has, and the fields behind them', () => {
    const system = bootSeen([NOTHING], { release: '6.12.117', hwcaps: line });
    expect(system.hwcaps.names).toEqual(line);
    expect(system.unknown?.hwcaps).toBeUndefined();
    expect(field(system, 'ID_AA64ISAR0_EL1', 4)).toBe(1);
    expect(contradictions(system)).toEqual([]);
  });

  it.each([{ config: 'defconfig' }, { cmdline: '' }])('lacks names that an option or a word may hide, which %j does not tell', (told) => {
    const system = bootSeen([NOTHING], { release: '6.12.117', hwcaps: line }, { release: '6.12.117', ...told });
    expect(system.hwcaps.names).toEqual(line);
    expect(system.unknown?.hwcaps).toBeUndefined();
    expect(field(system, 'ID_AA64PFR1_EL1', 0)).toBeUndefined();
  });

  it.each(['6.12.116', 'unknown', 'nonsense'])('of %s says of 6.12.117 what it has, and nothing of what it lacks', (release) => {
    const { hwcaps, unknown } = bootSeen([NOTHING], { release, hwcaps: line });
    expect(hwcaps.names).toContain('aes');
    expect(unknown?.hwcaps).toContain('sha1');
  });

  it.each([
    [{ cmdline: '' }, {}, true],
    [{ cmdline: 'quiet' }, {}, false],
    [{ cmdline: 'quiet' }, { cmdline: 'quiet' }, true],
    [{ cmdline: 'quiet' }, { cmdline: 'debug' }, false],
    [{}, { cmdline: 'quiet' }, true],
    [{ config: 'defconfig' }, {}, true],
    [{ config: 'debian-6.12-arm64' }, {}, false],
  ])('with %j is of a kernel with %j: %s', (seen, kernel, counts) => {
    const { unknown } = bootSeen([NOTHING], { release: '6.12.117', hwcaps: line, ...seen }, { ...KERNEL, ...kernel });
    expect(unknown?.hwcaps?.includes('sha1')).toBe(counts ? undefined : true);
  });

  it('of no release is one of the kernel that is asked about', () => {
    expect(bootSeen([NOTHING], { hwcaps: line }).hwcaps.names).toContain('aes');
  });

  it.each(['4.4.200', '4.9.148'])(
    'of a release of which tables are not known exactly, %s, is what its programs see all the same',
    (release) => {
      const printed = ['fp', 'asimd', 'evtstrm', 'aes', 'pmull', 'crc32'];
      const system = bootSeen([NOTHING], { release, hwcaps: printed }, { release, config: 'defconfig' });
      expect([system.hwcaps.names, system.unknown?.hwcaps, contradictions(system)]).toEqual([printed, undefined, []]);
    },
  );

  it('that does not go with a register is told, and the register counts', () => {
    const system = bootSeen([cpu({ 'ID_AA64ISAR0_EL1.AES': 0 }, { ID_AA64ISAR0_EL1: 0n })], { hwcaps: line });
    expect(contradictions(system)).toEqual([expect.stringContaining('a Features line has aes')]);
    expect(system.hwcaps.names).not.toContain('aes');
  });

  it('that has what either of two fields would give, where neither does, is told', () => {
    const system = bootSeen([cpu({}, { ID_AA64ISAR1_EL1: 0n })], { hwcaps: [...line, 'pacg'] }, { release: '5.10.223' });
    expect(contradictions(system)).toContainEqual(expect.stringContaining('a Features line has pacg'));
  });

  it('with a name that the kernel does not have is told', () => {
    expect(contradictions(bootSeen([NOTHING], { hwcaps: [...line, 'nosuch'] }))).toEqual([expect.stringContaining('has nosuch')]);
  });

  it('that lacks what a register has is told', () => {
    expect(contradictions(bootSeen([cpu({ 'ID_AA64ISAR0_EL1.CRC32': 1 })], { hwcaps: line }))).toContainEqual(
      expect.stringContaining('lacks crc32'),
    );
  });

  it('settles what the boot CPU was found to have, where all CPUs go with it', () => {
    const without = bootSeen([NOTHING, NOTHING], { hwcaps: line, online: [0, 1] });
    expect([without.cpucaps, without.unknown?.cpucaps].map((names) => names?.includes('MTE'))).toEqual([false, false]);
    expect(bootSeen([NOTHING, NOTHING], { hwcaps: [...line, 'mte'], online: [0, 1] }).cpucaps).toContain('MTE');
  });

  // notes, section 2: from 6.13 on, and in 6.12.117, what ID_AA64ZFR0_EL1 gives needs the capability SVE.
  it('of which a part is seen shows the capability that a hwcap in it needs', () => {
    expect(bootSeen([NOTHING], { hwcaps: ['svepmull'], isPart: true }).cpucaps).toContain('SVE');
    expect(bootSeen([NOTHING], { hwcaps: ['aes'], isPart: true }).cpucaps).not.toContain('SVE');
  });

  it('says nothing of a field that the command line touches', () => {
    const kernel = { ...KERNEL, cmdline: 'id_aa64pfr1.bt=0' };
    expect(bootSeen([NOTHING], { hwcaps: line }, kernel).unknown?.cpucaps).toContain('MTE');
  });
});

describe('fields that any kernel told of', () => {
  const one = new Map([['ID_AA64ISAR0_EL1.CRC32', 1 << 1]]);

  it('have one of the values that are left', () => {
    const system = bootSeen([NOTHING], { release: 'unknown', fields: one });
    expect(system.hwcaps.names).toContain('crc32');
    expect(field(system, 'ID_AA64ISAR0_EL1', 16)).toBe(1);
  });

  it('that do not go with a register are told', () => {
    const system = bootSeen([cpu({}, { ID_AA64ISAR0_EL1: 0n })], { release: 'unknown', fields: one });
    expect(contradictions(system)).toEqual([expect.stringContaining('ID_AA64ISAR0_EL1.CRC32')]);
  });

  it('do not count where the command line asks for another value', () => {
    const fields = new Map([['ID_AA64PFR1_EL1.MTE', 1 << 2]]);
    const system = bootSeen([NOTHING], { release: 'unknown', fields }, { ...KERNEL, cmdline: 'arm64.nomte' });
    expect(system.hwcaps.names).not.toContain('mte');
    expect(contradictions(system)).toEqual([]);
  });

  it('of a register that the kernel does not track say nothing', () => {
    const fields = new Map([['ID_AA64MMFR3_EL1.S1PIE', 1]]);
    expect(contradictions(bootSeen([NOTHING], { release: 'unknown', fields }, { release: '5.10.223' }))).toEqual([]);
  });
});

describe('a log', () => {
  const found = (detected: readonly string[], more: Partial<Seen> = {}): Seen => ({
    online: [0, 1],
    detected,
    lines: detected.map((description) => ({ code: 'detected', description, erratum: false })),
    ...more,
  });

  it('that reports a capability makes it certain, and its line', () => {
    const { cpucaps, log, unknown, hwcaps } = bootSeen([NOTHING, NOTHING], found(['CRC32 instructions']));
    expect(cpucaps).toContain('HAS_CRC32');
    expect(hwcaps.names).toContain('crc32');
    expect(log).toContainEqual(expect.objectContaining({ code: 'detected', description: 'CRC32 instructions' }));
    expect(unknown?.log).not.toContainEqual(expect.objectContaining({ description: 'CRC32 instructions' }));
  });

  it('that reports what the boot CPU has tells the field of all that run, which go with it', () => {
    const { hwcaps, unknown } = bootSeen([NOTHING, NOTHING], found(['Memory Tagging Extension']));
    expect(hwcaps.names).toContain('mte');
    expect(unknown?.hwcaps).not.toContain('mte');
  });

  // Linux 4.9 cpu_errata.c names ARM errata 819472 in a row of their own, with the same workaround as others.
  it('that reports one of several errata makes their workaround certain', () => {
    const kernel = { release: '4.9.115', config: 'defconfig' };
    expect(bootSeen([{ registers: {} }], found(['ARM errata 819472'], { online: [0] }), kernel).cpucaps).toContain(
      'WORKAROUND_CLEAN_CACHE',
    );
  });

  it('that tells of vector lengths shows that the kernel uses SVE', () => {
    const lines = [{ code: 'maximum-vector-length', extension: 'SVE', bytes: 32 } as const];
    const { cpucaps, hwcaps } = bootSeen([NOTHING, NOTHING], { online: [0, 1], detected: [], lines });
    expect(cpucaps).toContain('SVE');
    expect(hwcaps.names).toContain('sve');
  });

  it.each([
    ['', 1],
    ['id_aa64mmfr1.vh=0', undefined],
  ])('that reports a function of the boot CPU tells of the fields it asks for, with %j', (cmdline, vh) => {
    const seen = { release: '6.12.117', detected: ['Virtualization Host Extensions'], isWholeLog: false, cmdline };
    const system = boot({ cpus: [NOTHING, NOTHING], unlisted: 'unknown', seen: [seen] }, { ...KERNEL, cmdline }, { bootEl: 2 });
    const open = ((system.unknown?.registers?.get('ID_AA64MMFR1_EL1')?.sets?.get(fieldKey(8, 4)) ?? 1) & 1) === 1;
    expect(open).toBe(vh === undefined);
  });

  // Linux 7.2, has_sme_dvmsync_erratum() is asked of each CPU: SME is there as far as the CPUs go that came before.
  it('that reports what some CPU has says nothing of what its function asks of the system', () => {
    const kernel = { release: '7.2.13', config: { base: 'defconfig', CONFIG_ARM64_SME: 'y' } } as const;
    const seen = found(['C1-Pro SME DVMSync early acknowledgement'], { release: '7.2.13' });
    const { hwcaps, unknown } = boot({ cpus: [NOTHING, { registers: {} }], unlisted: 'unknown', seen: [seen] }, kernel);
    expect([hwcaps.names.includes('sme'), unknown?.hwcaps?.includes('sme')]).toEqual([false, true]);
  });

  it.each([
    [{ config: 'defconfig', cmdline: '' }, true],
    [{ cmdline: '' }, undefined], // CONFIG_ARM64_SVE
    [{ config: 'defconfig' }, undefined], // arm64.nosve
  ])('that is whole lacks what the CPUs lack, where %j tells that nothing hid it', (told, isKnown) => {
    const { unknown } = bootSeen([NOTHING, NOTHING], found([], { release: '6.12.117', isWholeLog: true, varies: false }), {
      release: '6.12.117',
      ...told,
    });
    const open = unknown?.registers?.get('ID_AA64PFR0_EL1')?.value ?? 0n;
    expect(((open >> 32n) & 0xfn) === 0n || undefined).toBe(isKnown);
  });

  it('that is whole lacks a capability that an option alone could have hidden', () => {
    const lacks = (config: string | undefined): bigint => {
      const seen = found([], { release: '6.12.117', isWholeLog: true, varies: false });
      const { unknown } = bootSeen([NOTHING, NOTHING], seen, { release: '6.12.117', cmdline: '', ...(config && { config }) });
      return ((unknown?.registers?.get('ID_AA64MMFR1_EL1')?.value ?? 0n) >> 20n) & 0xfn;
    };
    // PAN: no word of the command line is for it.
    expect(lacks('defconfig')).toBe(0n);
    expect(lacks(undefined)).not.toBe(0n);
  });

  it('that is not whole says nothing of what it does not report', () => {
    const { unknown } = bootSeen([NOTHING, NOTHING], found([]));
    expect(unknown?.cpucaps).toEqual(expect.arrayContaining(['HAS_CRC32', 'MTE']));
  });

  it('that is whole reports all that there is', () => {
    const system = bootSeen([NOTHING, NOTHING], found(['CRC32 instructions'], { isWholeLog: true, varies: false }));
    expect(system.unknown?.cpucaps ?? []).not.toContain('MTE');
    expect(system.unknown?.tainted).toBeUndefined();
    expect(system.unknown?.log?.filter(({ phase }) => phase !== 'after' && phase !== 'late')).toBeUndefined();
    // No CPU has it, so that the least over all of them is below.
    expect([system.hwcaps.names, system.unknown?.hwcaps].map((names) => names?.includes('mte'))).toEqual([false, false]);
  });

  it('that complains of CPUs that differ tells of the mark on the kernel', () => {
    expect(bootSeen([NOTHING, NOTHING], found([], { isWholeLog: true, varies: true })).tainted).toBe(true);
  });

  it('that does not go with a register is told', () => {
    const plain = cpu({}, { ID_AA64ISAR0_EL1: 0n });
    expect(contradictions(bootSeen([plain], found(['CRC32 instructions'], { online: [0] })))).toEqual([
      expect.stringContaining('a log reports HAS_CRC32'),
    ]);
    const checked = cpu({ 'ID_AA64ISAR0_EL1.CRC32': 1 });
    expect(contradictions(bootSeen([checked], found([], { online: [0], isWholeLog: true })))).toContainEqual(
      expect.stringContaining('does not report HAS_CRC32'),
    );
  });

  // Until 5.10 SSBS is looked for on each CPU by itself.
  it('that reports what some CPU has says nothing of the others, and one that does not report it speaks of all', () => {
    const ssbs = (detected: readonly string[]): readonly boolean[] => {
      const { hwcaps, unknown } = bootSeen([NOTHING, NOTHING], found(detected, { isWholeLog: true }), {
        release: '5.4.18',
        config: 'defconfig',
      });
      const mayLack = ((unknown?.registers?.get('ID_AA64PFR1_EL1')?.sets?.get(fieldKey(4, 4)) ?? 1) & 1) === 1;
      return [hwcaps.names.includes('ssbs'), unknown?.hwcaps?.includes('ssbs') === true, mayLack];
    };
    expect(ssbs(['Speculative Store Bypassing Safe (SSBS)'])).toEqual([false, true, true]);
    expect(ssbs([])).toEqual([false, false, true]);
  });

  it('tells which CPUs came up', () => {
    expect(bootSeen([NOTHING, NOTHING], found([], { online: [0] })).online).toEqual([0]);
    expect(bootSeen([NOTHING, NOTHING], found([])).online).toEqual([0, 1]);
  });
});
