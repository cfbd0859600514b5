import { describe, expect, it } from 'vitest';
import { type Runs, runsOn } from '../../src/answers/runs.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import { processOf } from '../../src/process/process.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

const systemOf = async (name: string, kernel: Kernel = { release: '6.12' }) => ({
  system: boot((await loadMachine(name)).machine, kernel),
  kernel,
});
const runs = async (flags: string, name: string, builtOn?: string): Promise<Runs> =>
  runsOn(flags, {
    ...(await systemOf(name)),
    ...(builtOn === undefined ? {} : { builtOn: processOf((await systemOf(builtOn)).system) }),
  });
const lacks = ({ builds }: Runs, by: RegExp) => builds.find((build) => by.test(build.by))?.lacks.map(({ archFeature }) => archFeature);

describe('runsOn', () => {
  it('tells compilers apart: cortex-a72 has AES for LLVM, and not for GCC; the Raspberry Pi 4 has none', async () => {
    const found = await runs('-mcpu=cortex-a72', 'raspberry-pi-4');
    expect(found.builds.map((build) => [build.by.split(' ')[0], build.runs])).toEqual([
      ['GCC', true],
      ['LLVM', false],
    ]);
    expect(lacks(found, /LLVM/)).toEqual(['FEAT_AES', 'FEAT_PMULL', 'FEAT_SHA1', 'FEAT_SHA256']);
    expect(found.runs).toBe(false);
  });

  it('names the word that asks for what is not there', async () => {
    const found = await runs('-O2 -march=armv8.2-a+sve2', 'ampere-altra');
    expect(found.builds[0]?.lacks).toContainEqual(expect.objectContaining({ archFeature: 'FEAT_SVE2', from: '+sve2' }));
    expect(found.ignored).toEqual(['-O2']);
  });

  it('takes back what +no… takes back, with all that stands on it', async () => {
    expect((await runs('-march=armv9-a+nosve', 'qemu-neoverse-v1')).builds[0]?.lacks.map(({ archFeature }) => archFeature)).not.toContain(
      'FEAT_SVE2',
    );
    expect((await runs('-mcpu=cortex-a72+nocrypto', 'raspberry-pi-4')).runs).toBe(true);
  });

  it('what was built natively on one machine traps on its sister', async () => {
    expect((await runs('-mcpu=native', 'ampere-altra', 'ampere-altra')).runs).toBe(true);
    const found = await runs('-march=native', 'ampere-altra', 'qemu-neoverse-v1');
    expect(found.builds.map(({ by }) => by)).toEqual(['GCC 12', 'GCC 14', 'GCC 16']);
    expect(lacks(found, /GCC 16/)).toContain('FEAT_SVE');
  });

  it('a guest without SVE gets SVE code from Clang, which looks at the name alone', async () => {
    const { machine } = await loadMachine('qemu-neoverse-v1');
    const hidden = {
      cpus: machine.cpus.map((cpu) => ({
        ...cpu,
        registers: { ...cpu.registers, ID_AA64PFR0_EL1: (cpu.registers.ID_AA64PFR0_EL1 ?? 0n) & ~(0xfn << 32n) },
      })),
    };
    const kernel = { release: '6.12' };
    const system = boot(hidden, kernel);
    const found = runsOn('-mcpu=native', { system, kernel, builtOn: processOf(system) });
    expect(found.builds.find(({ by }) => by === 'GCC 16')?.runs).toBe(true);
    expect(lacks(found, /Clang/)).toContain('FEAT_SVE');
  });

  it('says nothing is known of flags that no compiler knows', async () => {
    const found = await runs('-march=armv8.2-a+sve3', 'ampere-altra');
    expect(found.runs).toBeUndefined();
    expect(found.unknown.map(({ message }) => message)).toEqual(expect.arrayContaining(['no extension +sve3; did you mean sve?']));
  });

  it('a version of a function is chosen by the highest feature that another one lacks', async () => {
    const { clones } = await runs('__attribute__((target_clones("default","sve","sve2","dotprod+i8mm")))', 'qemu-neoverse-v1');
    expect(clones).toEqual([
      { library: 'libgcc 16', version: 'sve', open: [] },
      { library: 'compiler-rt 22', version: 'sve', open: [] },
    ]);
  });

  it.each(['-O2', '-march=native', 'target_clones("avx2","default")'])('%s: refuses what says nothing', async (flags) => {
    await expect(runs(flags, 'ampere-altra')).rejects.toMatchObject({ code: 'bad-value' });
  });

  it('the most that runs does run', async () => {
    for (const name of ['raspberry-pi-4', 'ampere-altra', 'apple-m1', 'trm-neoverse-n2', 'trm-c1-ultra']) {
      const { most } = await runs('GOARM64=v8.0', name);
      for (const flags of Object.values(most))
        if (flags !== '') expect({ name, flags, runs: (await runs(flags, name)).runs }).toEqual({ name, flags, runs: true });
    }
  });
});
