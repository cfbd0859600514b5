import { describe, expect, it } from 'vitest';
import { type Baseline, type BaselineInput, baselineOf } from '../../src/answers/baseline.ts';
import type { FieldSetting } from '../../src/answers/baseline-registers.ts';
import { formatFirecrackerTemplate, parseFirecrackerTemplate } from '../../src/formats/firecracker-template.ts';
import { applyGuestLayers } from '../../src/hypervisor/guest-layer.ts';
import { boot } from '../../src/linux/boot.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import type { Machine } from '../../src/silicon/machine.ts';

const KERNEL = { release: '6.12.107' };
const input = async (name: string): Promise<BaselineInput> => ({ name, machine: (await loadMachine(name)).machine, kernel: KERNEL });
const baseline = async (...names: readonly string[]): Promise<Baseline> => baselineOf(await Promise.all(names.map(input)));
const text = ({ register, field, value }: FieldSetting): string => `${register}.${field}=${value}`;

describe('baselineOf', () => {
  it('finds what an Ampere Altra and a Kunpeng 920 share: all but half a dozen names', async () => {
    const { hwcaps, members, targets, levels } = await baseline('ampere-altra', 'kunpeng-920');
    expect(hwcaps.join(' ')).toBe('fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm dcpop asimddp');
    expect(members.map(({ extra }) => extra)).toEqual([['lrcpc'], ['jscvt', 'fcma', 'asimdfhm']]);
    expect(levels.map(({ level }) => level)).toEqual(['Armv8.2-A', 'Armv8.2-A', 'Armv8.2-A']);
    expect(targets.gcc.text).toBe('armv8.2-a+aes+dotprod+fp16+sha2');
    expect(targets.goArm64).toBe('v8.2,crypto');
    expect(targets.cpu).toBeUndefined();
  });

  it('names the fields to hide, and a template that hides them', async () => {
    const { settings, layer, guestsAlike, members } = await baseline('ampere-altra', 'kunpeng-920');
    expect(settings.map(text)).toEqual(
      expect.arrayContaining(['ID_AA64ISAR1_EL1.LRCPC=0', 'ID_AA64ISAR1_EL1.JSCVT=0', 'ID_AA64ISAR0_EL1.FHM=0']),
    );
    expect(guestsAlike).toBe(true);
    const template = parseFirecrackerTemplate(formatFirecrackerTemplate(layer));
    expect(template.diagnostics).toEqual([]);
    for (const { name } of members) {
      const guest = applyGuestLayers((await loadMachine(name)).machine, [template.value]).machine;
      expect(boot(guest, KERNEL).hwcaps.names).toEqual(members[0]!.guestHwcaps);
    }
  });

  it('finds the word that hides SVE, and says so only where it suffices', async () => {
    const { members } = await baseline('virt-cortex-a710', 'virt-cortex-a710-no-sve');
    expect(members.map(({ commandLine }) => commandLine)).toEqual([
      { words: ['arm64.nosve'], left: [], lost: [] },
      { words: [], left: [], lost: [] },
    ]);
    const { machine } = await loadMachine('virt-cortex-a710');
    const hidden = boot(machine, { ...KERNEL, cmdline: 'arm64.nosve' }).hwcaps.names;
    expect(hidden).toEqual(boot((await loadMachine('virt-cortex-a710-no-sve')).machine, KERNEL).hwcaps.names);
  });

  it('says what the command line cannot hide', async () => {
    const { members } = await baseline('apple-m1', 'apple-m2-max');
    expect(members[1]!.commandLine.words).toContain('arm64.nobti');
    expect(members[1]!.commandLine.left).toEqual(expect.arrayContaining(['i8mm', 'bf16']));
  });

  it('does not say that words of the command line take what is only not known with them, and knows fields that they leave alone', () => {
    const hwcaps = ['fp', 'asimd', 'cpuid', 'lrcpc', 'dcpop', 'paca', 'pacg', 'sve'];
    const fields = new Map([['ID_AA64ISAR1_EL1.LRCPC', 0xfffe]]);
    const told: Machine = {
      unlisted: 'unknown',
      cpus: [{ registers: {} }],
      seen: [{ hwcaps, fields, release: '6.12', config: 'defconfig', cmdline: '' }],
    };
    const bare: Machine = { cpus: [{ registers: { MIDR_EL1: 0x410f_d083n, ID_AA64PFR0_EL1: 0x11n, ID_AA64ISAR1_EL1: 0x10_0001n } }] };
    const kernel = { release: '6.12', config: 'defconfig', cmdline: '' };
    const { members } = baselineOf([told, bare].map((machine, i) => ({ name: `${i}`, machine, kernel })));
    const { words, lost, open } = members[0]!.commandLine;
    expect(words).toEqual(['arm64.nopauth', 'arm64.nosve']);
    expect(lost).toEqual([]);
    expect(open).toEqual(['fp', 'asimd', 'dcpop']);
  });

  it('warns that -mcpu of a Raspberry Pi 4 asks for cryptography', async () => {
    const { targets } = await baseline('raspberry-pi-4');
    expect(targets.gcc.text).toBe('armv8-a+crc');
    expect(targets.cpu).toMatchObject({ name: 'cortex-a72' });
    expect(targets.cpu?.lacking).toContain('FEAT_AES');
  });

  it('does not let programs use what the kernel did not switch on', () => {
    const registers = { MIDR_EL1: 0x410f_d490n, ID_AA64PFR0_EL1: 0x1_0011_0011n, ID_AA64ZFR0_EL1: 1n };
    const of = (option: 'y' | 'n') =>
      baselineOf([{ name: 'x', machine: { cpus: [{ registers }] }, kernel: { ...KERNEL, config: { CONFIG_ARM64_SVE: option } } }]);
    expect(of('y').usable).toContain('FEAT_SVE2');
    expect(of('n').archFeatures).toContain('FEAT_SVE2');
    expect(of('n').usable).not.toContain('FEAT_SVE2');
  });

  it('needs a machine', () => {
    expect(() => baselineOf([])).toThrow(expect.objectContaining({ code: 'bad-machine' }));
  });
});

describe('machines known in part', () => {
  const text = (name: string, features: string): BaselineInput => ({
    name,
    kernel: { release: '6.12' },
    machine: {
      unlisted: 'unknown',
      cpus: [{ registers: { MIDR_EL1: 0x410fd083n, ...(features === '' ? {} : { ID_AA64ISAR0_EL1: BigInt(features) }) } }],
    },
  });

  it('proposes no value for a field that is not known of some machine, unless it is safe for all values', () => {
    const { settings, registers, unknown } = baselineOf([text('a', '0x0000000000211120'), text('b', '')]);
    const named = settings.map(({ register, field, value, precaution }) => `${register}.${field}=${value} ${precaution === true}`);
    // Zero is safe whatever the other machine has; 2 and 1 are not.
    expect(named).toContain('ID_AA64ISAR0_EL1.RNDR=0 true');
    expect(named.filter((one) => /\.(?:AES|SHA1|SHA2|CRC32|Atomic)=/.test(one))).toEqual([]);
    expect((unknown?.registers?.ID_AA64ISAR0_EL1 ?? 0n) & 0xff_ffffn).toBe(0xff_fff0n);
    expect(registers.ID_AA64ISAR0_EL1).toBe(0n);
  });

  it('does not say of guests what hangs on what is not known', () => {
    const { hwcaps, guestsAlike, lostByLayer, unknown, members } = baselineOf([text('a', '0x0000000000211120'), text('b', '')]);
    expect(hwcaps).not.toContain('aes');
    expect(unknown?.hwcaps).toContain('aes');
    expect(unknown?.hwcaps).not.toContain('rng');
    expect(members[0]!.extra).not.toContain('aes');
    expect({ guestsAlike, lostByLayer }).toEqual({ guestsAlike: undefined, lostByLayer: [] });
  });
});
