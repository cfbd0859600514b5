import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Suggestion, why } from '../../src/answers/why.ts';
import { boot } from '../../src/linux/boot.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { withQuery } from '../../src/web/route.ts';
import { changedQuery } from '../../src/web/scenario/apply-to-query.ts';
import { type BaseMachine, fetchMachine } from '../../src/web/scenario/base-machine.ts';
import { loadKvm, loadLayers } from '../../src/web/scenario/between-code.ts';
import { buildScenario, tryBoot } from '../../src/web/scenario/build-scenario.ts';
import { joinFiles, splitFiles } from '../../src/web/scenario/file-texts.ts';
import { packText, unpackText } from '../../src/web/scenario/pack-text.ts';
import { machineOfText } from '../../src/web/scenario/posted-machine.ts';
import { applyEdits, formatEdit, parseEdit, withEdit } from '../../src/web/scenario/register-edit.ts';
import { parseScenario, withScenario } from '../../src/web/scenario/scenario-query.ts';
import { VIEWS } from '../../src/web/view.ts';
import { runs } from '../support/runs.ts';

async function known(name: string): Promise<BaseMachine> {
  await Promise.all([loadKvm(), loadLayers()]);
  const found = await fetchMachine({ kind: 'known', name });
  if ('problem' in found) throw new Error(found.problem);
  return found.base;
}

const query = (text: string) => [...new URLSearchParams(text)] as readonly (readonly [string, string])[];

function system(text: string, base: BaseMachine) {
  const { scenario } = buildScenario(parseScenario(query(text)).value, base);
  const booted = tryBoot(scenario);
  if ('problem' in booted) throw new Error(booted.problem);
  return booted.system;
}

describe('edits', () => {
  it.each([
    ['ID_AA64ISAR1_EL1.LRCPC:2', 'ID_AA64ISAR1_EL1.LRCPC', 2n],
    ['id_aa64isar1_el1.lrcpc:0x2', 'ID_AA64ISAR1_EL1.LRCPC', 2n],
    ['ID_AA64PFR0_EL1.FP:-1', 'ID_AA64PFR0_EL1.FP', 15n],
    ['MIDR_EL1:0x410fd0c0', 'MIDR_EL1', 0x410fd0c0n],
  ])('%s is read', (text, target, value) => {
    expect(parseEdit(text)).toEqual({ target, value });
  });

  it('names CPUs as the kernel does', () => {
    expect(parseEdit('MIDR_EL1:0x1@0-2,6')).toMatchObject({ cpus: [0, 1, 2, 6] });
    expect(formatEdit({ target: 'MIDR_EL1', value: 1n, cpus: [6, 0, 1, 2] })).toBe('MIDR_EL1:0x1@0-2,6');
  });

  it.each(['', 'x', 'ID_AA64ISAR1_EL1.LRCPC', 'ID_AA64ISAR1_EL1.LRCPC:16', 'ID_AA64ISAR1_EL1.NONE:1', 'MIDR_EL1:0x1@3-1', 'MIDR_EL1:0x1@'])(
    '%j is told to be none',
    (text) => {
      expect(parseEdit(text)).toHaveProperty('problem');
    },
  );

  it('setting a field back to what it was leaves no trace', async () => {
    const { machine } = await known('rk3588');
    const field = 'ID_AA64ISAR0_EL1.AES';
    const one = withEdit(machine, [], { target: field, value: 1n });
    expect(one.map(formatEdit)).toEqual(['ID_AA64ISAR0_EL1.AES:1']);
    expect(withEdit(machine, one, { target: field, value: 2n })).toEqual([]);
  });

  it('an edit of all CPUs takes the place of one of some', async () => {
    const { machine } = await known('rk3588');
    const some = withEdit(machine, [], { target: 'ID_AA64ISAR0_EL1.AES', value: 1n, cpus: [0, 1] });
    expect(withEdit(machine, some, { target: 'ID_AA64ISAR0_EL1.AES', value: 0n })).toHaveLength(1);
  });

  it('of a machine that was only seen at work an edit changes what it names, and nothing else becomes zero', async () => {
    const { machine: seen, kernel: recorded } = await known('graviton3');
    const kernel = { release: recorded!.release! };
    const before = boot(seen, kernel).hwcaps.names;
    const names = (target: string, value: bigint): readonly string[] => boot(applyEdits(seen, [{ target, value }]), kernel).hwcaps.names;
    expect(before).toContain('atomics');
    expect(names('ID_AA64ISAR0_EL1.Atomic', 0n)).toEqual(before.filter((name) => name !== 'atomics'));
    expect(names('ID_AA64MMFR2_EL1.AT', 0n)).toEqual(before.filter((name) => name !== 'uscat'));
    expect(applyEdits(seen, []).unlisted).toBe('unknown');
  });

  it('CPUs that nothing changed stay the same objects', async () => {
    const { machine } = await known('rk3588');
    const edited = applyEdits(machine, [{ target: 'ID_AA64ISAR0_EL1.AES', value: 1n, cpus: [2] }]);
    expect(edited.cpus[2]).not.toBe(machine.cpus[2]);
    expect(edited.cpus[3]).toBe(machine.cpus[3]);
  });
});

describe('the query of a scenario', () => {
  it('is written as it was read', () => {
    const full = query(
      'm=rk3588&k=6.12.107&c=debian&o=CONFIG_ARM64_PAN:n&cmdline=arm64.nosve&env=el2&env=noevtstrm&set=ID_AA64ISAR0_EL1.AES:1@0-3&without=7&kvm=6.1,config=debian,cmdline=arm64.nopauth kvm-arm.mode=nvhe&vcpu=sve,mte&mask=x&template=y&guest=z',
    );
    const { value, problems } = parseScenario(full);
    expect(problems).toEqual([]);
    expect(withScenario(full, value)).toEqual(full);
    expect(VIEWS.machine.keys).toEqual(expect.arrayContaining(withScenario(full, value).map(([key]) => key)));
  });

  it('tells what it does not understand and keeps the rest', () => {
    const { value, problems } = parseScenario(query('m=rk3588&set=a:b&o=SVE&o=CONFIG_ARM64_SVE:maybe&env=zz&without=x&k=5.10'));
    expect(problems).toHaveLength(5);
    expect(problems).toContain('o=CONFIG_ARM64_SVE:maybe: maybe is no value of an option; expected y, m, n or a number.');
    expect(value).toMatchObject({ machine: { kind: 'known', name: 'rk3588' }, edits: [], options: [], release: '5.10' });
  });

  it('tells what it does not understand of KVM and keeps the rest', () => {
    const { value, problems } = parseScenario(query('kvm=6.1&vcpu=sve,warp'));
    expect(problems).toEqual([expect.stringMatching(/^vcpu=warp is not known; known are sve, /)]);
    expect(value.kvm).toEqual({ kernel: { release: '6.1' }, vcpu: ['sve'] });
    expect(parseScenario(query('vcpu=sve')).problems).toEqual(['vcpu=sve goes with kvm=RELEASE.']);
    expect(parseScenario(query('kvm=')).problems).toHaveLength(1);
  });

  it('a guest under KVM has a kernel of its own, and starts at EL1', async () => {
    const base = await known('kunpeng-920');
    const { scenario } = buildScenario(parseScenario(query('m=kunpeng-920&kvm=6.1')).value, base);
    expect(scenario).toMatchObject({
      kernel: { release: NEWEST_RELEASE },
      environment: { bootEl: 1 },
      kvm: { kernel: { release: '6.1' } },
    });
    expect(base.kernel?.release).toBe('5.10');
  });

  it('what KVM refuses to make is told', async () => {
    const base = await known('kunpeng-920');
    expect(tryBoot(buildScenario(parseScenario(query('kvm=6.1&vcpu=sve')).value, base).scenario)).toEqual({
      problem: expect.stringContaining('KVM of Linux 6.1 refuses the vCPU'),
    });
  });

  it('leaves the kernel as it was recorded, as far as nothing is said of it', async () => {
    expect(system('m=kunpeng-920', await known('kunpeng-920')).release).toBe('5.10');
    expect(system('m=kunpeng-920&k=4.4', await known('kunpeng-920')).release).toBe('4.4');
  });

  it('tells in the library’s words what cannot be booted', async () => {
    const base = await known('kunpeng-920');
    const { scenario } = buildScenario(parseScenario(query('k=5.11&c=debian')).value, base);
    expect(tryBoot(scenario)).toMatchObject({ problem: expect.stringContaining('the configuration debian is known for') });
  });

  it('leaves out a kernel, a host or a configuration that nobody knows, and tells so', () => {
    const newest = parseRelease(NEWEST_RELEASE).series;
    const { value, problems } = parseScenario(query('k=9.9&kvm=99&c=mine'));
    expect(value).toMatchObject({ machine: { name: 'parallels-m1' } });
    expect(value).not.toHaveProperty('release');
    expect(value).not.toHaveProperty('kvm');
    expect(value).not.toHaveProperty('config');
    expect(problems).toEqual([
      `Linux 9.9 is not known; known are 4.4 to ${newest}.`,
      expect.stringContaining('c=mine is no configuration'),
      expect.stringContaining('"99" is no kernel release'),
    ]);
  });

  it('keeps every CPU if all are to go', async () => {
    const { scenario, problems } = buildScenario(parseScenario(query('without=0-7')).value, await known('rk3588'));
    expect(scenario.machine.cpus).toHaveLength(8);
    expect(problems).toHaveLength(1);
  });
});

describe('a change that the library proposes', () => {
  /** Asks why, writes each proposal into an address, and asks again of what that address names. */
  async function answers(name: string, from: string, subject: string): Promise<readonly (readonly [Suggestion, boolean])[]> {
    const base = await known(name);
    const start = parseScenario(query(from)).value;
    const { scenario } = buildScenario(start, base);
    const asked = why(subject, scenario);
    return asked.search.suggestions.map((suggestion) => {
      const changed = suggestion.changes.reduce((found, change) => changedQuery(found, change, scenario, base), start);
      const again = parseScenario(withScenario([], changed));
      expect(again.problems).toEqual([]);
      return [suggestion, why(subject, buildScenario(again.value, base).scenario, { maxBoots: 0 }).present !== asked.present];
    });
  }

  it.each([
    ['kunpeng-920', 'm=kunpeng-920&k=5.10', 'ilrcpc'],
    ['parallels-m1', 'm=parallels-m1&k=4.4', 'ilrcpc'],
    ['rk3588', 'm=rk3588&k=6.12', 'ssbs'],
    ['rk3588', 'm=rk3588&set=ID_AA64ISAR0_EL1.AES:1@4-7&without=0', 'pmull'],
    ['virt-max', 'm=virt-max&k=6.12&c=defconfig&guest=ID_AA64PFR0_EL1.SVE%3D0', 'sve'],
    ['virt-max', 'm=virt-max&cmdline=arm64.nosve', 'sve2'],
    ['virt-max', 'm=virt-max&o=CONFIG_ARM64_SVE:n', 'sve'],
    ['virt-max', 'm=virt-max', 'evtstrm'],
    ['lx2160a', 'm=lx2160a', 'HAS_VIRT_HOST_EXTN'],
    ['trm-neoverse-v1', 'm=trm-neoverse-v1&k=6.12&kvm=6.1&vcpu=pauth', 'sve'],
    ['trm-neoverse-v1', 'm=trm-neoverse-v1&k=6.12&kvm=5.10', 'paca'],
    ['virt-max', 'm=virt-max&k=7.2&kvm=6.5', 'mops'],
  ])('%s, %s: each one for %s flips the answer when it comes from an address', async (name, from, subject) => {
    const found = await answers(name, from, subject);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, flips]) => !flips)).toEqual([]);
  });
});

describe('several files of one machine', () => {
  const CPUINFO = 'processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\n';
  const UNAME = 'Linux board 5.15.85 #1 SMP aarch64 GNU/Linux\n';

  it('are one text in an address, and one machine', async () => {
    const files = [
      { path: 'cpuinfo.txt', text: CPUINFO },
      { path: 'uname.txt', text: UNAME },
    ];
    expect(splitFiles(joinFiles(files))).toEqual(files);
    const found = await machineOfText(joinFiles(files));
    expect(found).toMatchObject({ base: { kernel: { release: '5.15.85' }, takenFor: "/proc/cpuinfo, the kernel's version" } });
  });

  it('of which there is one are that text', () => {
    expect(joinFiles([{ path: 'cpuinfo.txt', text: CPUINFO }])).toBe(CPUINFO);
    expect(splitFiles(CPUINFO)).toEqual([{ path: '', text: CPUINFO }]);
  });
});

describe('text in an address', () => {
  it('is unpacked as it was packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const code = await packText(text);
        expect(code).toMatch(/^[\w-]*$/);
        expect(await unpackText(code)).toBe(text);
      }),
      { numRuns: runs(50) },
    );
  });

  it.each(['', 'A', '!!!!', 'AAAA', 'here.1'])('%j, which nobody packed, gives nothing', async (code) => {
    expect(await unpackText(code)).toBeUndefined();
  });

  it('that unfolds to more than a capture can be is not unfolded', async () => {
    expect(await unpackText(await packText('a'.repeat(3 << 20)))).toBeUndefined();
  });

  it('queries are not disturbed by it', () => {
    expect(withQuery([], 'p', 'a-_')).toEqual([['p', 'a-_']]);
  });
});
