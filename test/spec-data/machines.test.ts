import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec, SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { decodeRegister } from '../../src/arch/decode.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import { findCore } from '../../src/silicon/core.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';
import { EXTRA_REGISTERS, listedWord, midrOf, type SystemRegisterName } from '../../src/silicon/machine.ts';
import { parseMidr } from '../../src/silicon/midr.ts';

interface CpuRow {
  readonly core: string;
  readonly count?: number;
  readonly assumed?: 'all' | readonly string[];
  readonly doubtful?: Readonly<Record<string, string>>;
  readonly registers: Readonly<Record<string, string>>;
  readonly sveVl?: readonly number[];
}

interface MachineFile {
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly cpus: readonly CpuRow[];
  readonly recorded?: {
    readonly features: string;
    readonly words?: readonly string[];
    readonly bogomips?: string;
    readonly cpuinfo?: string;
  };
  readonly notes: readonly string[];
}

const FOLDER = join(SPEC_DATA, 'machines');
const folders = readdirSync(FOLDER);
const machines = folders.map((folder) => ({ folder, ...readSpec<MachineFile>(`machines/${folder}/machine.json`) }));
const recorded = machines.filter((machine) => machine.recorded !== undefined);
const REGISTER_NAMES = new Set<string>([...ALL_REGISTERS.map(({ name }) => name), ...EXTRA_REGISTERS]);

const coreOf = (midr: bigint): string | undefined => findCore(parseMidr(midr))?.name;

/** Fields with a value that the architecture does not give them, and bits that no field has, where the file does not call them doubtful. */
function impossible(registers: CpuRow['registers'], doubtful: CpuRow['registers']): readonly string[] {
  return ALL_REGISTERS.flatMap(({ name }) => {
    const { fields, outsideFields } = decodeRegister(name, BigInt(registers[name] ?? 0) & ~BigInt(doubtful[name] ?? 0));
    const odd = fields.filter(({ raw, reserved }) => reserved && raw !== 0n).map(({ field, raw }) => `${name}.${field.name} = ${raw}`);
    return outsideFields === 0n ? odd : [...odd, `${name}: 0x${outsideFields.toString(16)}`];
  });
}

it('has at least 50 machines, 40 of them with a recording', () => {
  expect(machines.length).toBeGreaterThanOrEqual(50);
  expect(recorded.length).toBeGreaterThanOrEqual(40);
});

it('has machines of every kind', () => {
  const kinds = [...new Set(machines.map(({ kind }) => kind))].sort();
  expect(kinds).toEqual(['emulator', 'manual', 'reconstructed', 'recorded', 'silicon', 'vendor-model', 'virtual-machine']);
});

it('has machines with unequal cores', () => {
  expect(machines.filter(({ cpus }) => cpus.length > 1).length).toBeGreaterThanOrEqual(5);
});

it('has no two machines that a list would call alike', () => {
  const titles = machines.map(({ title }) => title.toLowerCase());
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
});

describe.each(machines)('$folder', ({ folder, name, kind, cpus, notes }) => {
  it('has the name of its folder', () => {
    expect(name).toBe(folder);
  });

  it('lists known registers with values of 64 bits', () => {
    for (const { registers } of cpus) {
      expect(Object.keys(registers).filter((register) => !REGISTER_NAMES.has(register))).toEqual([]);
      expect(Object.values(registers).filter((value) => !/^0x[0-9a-f]{16}$/.test(value))).toEqual([]);
    }
  });

  it('has the registers from which most hwcaps come, or a line of hwcaps', () => {
    const needed = kind === 'recorded' ? ['MIDR_EL1'] : ['ID_AA64ISAR0_EL1', 'ID_AA64PFR0_EL1'];
    for (const { registers } of cpus) expect(Object.keys(registers)).toEqual(expect.arrayContaining(needed));
  });

  it('names the core of each MIDR_EL1, or notes that the number misleads', () => {
    for (const { core, registers } of cpus) {
      const named = coreOf(BigInt(registers.MIDR_EL1 ?? 0));
      if (named !== core) expect(notes.filter((note) => note.includes('MIDR_EL1') && note.includes(`named ${named}`))).toHaveLength(1);
    }
  });

  it('marks values that nobody read, and only then', () => {
    const assumed = cpus.flatMap((cpu) => cpu.assumed ?? []);
    if (kind === 'reconstructed') expect(assumed).toContain('all');
    if (kind === 'manual') expect(assumed).toEqual(['MIDR_EL1']);
    if (kind === 'silicon' || kind === 'virtual-machine') expect(assumed).toEqual([]);
  });

  it('trusts no word of a source that cannot be true', () => {
    for (const { doubtful = {}, registers } of cpus) {
      expect(Object.keys(registers)).toEqual(expect.arrayContaining(Object.keys(doubtful)));
      if (kind === 'manual') expect(impossible(registers, doubtful)).toEqual([]);
    }
  });

  it('knows nothing of bits that are doubtful', async () => {
    const loaded = (await loadMachine(name)).machine.cpus;
    for (const { core, doubtful = {} } of cpus)
      for (const [register, mask] of Object.entries(doubtful)) {
        const words = loaded
          .filter((cpu) => coreOf(midrOf(cpu) ?? 0n) === core)
          .map((cpu) => listedWord(cpu, register as SystemRegisterName));
        expect(words.map((word) => word && word.open & BigInt(mask))).toEqual(words.map(() => BigInt(mask)));
      }
  });

  it('leaves out MPIDR_EL1, which no two CPUs share, where it stands for several', () => {
    for (const { count, registers } of cpus) if (count !== undefined) expect(registers).not.toHaveProperty('MPIDR_EL1');
  });

  it('knows vector lengths only of CPUs with SVE', () => {
    for (const { registers, sveVl } of cpus) {
      const sve = (BigInt(registers.ID_AA64PFR0_EL1 ?? 0) >> 32n) & 15n;
      if (sveVl !== undefined) expect(sve).toBeGreaterThan(0n);
    }
  });
});

describe.each(recorded)(
  'the recording of $folder',
  ({ folder, cpus, recorded: { features, words, bogomips, cpuinfo } = { features: '' } }) => {
    it('names each hwcap once', () => {
      const names = features.split(' ');
      expect(names).toEqual([...new Set(names)]);
    });

    it('has as many bits in its words as names in its line', () => {
      if (words === undefined) return;
      const ones = words.map((word) => BigInt(word).toString(2).replaceAll('0', '').length);
      expect(ones.reduce((sum, count) => sum + count, 0)).toBe(features.split(' ').length);
    });

    it('has a BogoMIPS of twice the timer in MHz, where both are known', () => {
      for (const { registers } of cpus) {
        if (bogomips === undefined || registers.CNTFRQ_EL0 === undefined) continue;
        expect(Number(bogomips)).toBe((2 * Number(registers.CNTFRQ_EL0)) / 1e6);
      }
    });

    it('agrees with the whole text of /proc/cpuinfo, if there is one', () => {
      expect(existsSync(join(FOLDER, folder, 'cpuinfo.txt'))).toBe(cpuinfo !== undefined);
      if (cpuinfo === undefined) return;
      const text = readFileSync(join(FOLDER, folder, cpuinfo), 'utf8');
      const lines = [...text.matchAll(/^Features\t: (.*)$/gm)].map(([, line]) => line);
      expect(lines).toHaveLength(cpus.reduce((sum, { count = 1 }) => sum + count, 0));
      expect(new Set(lines)).toEqual(new Set([features]));
    });
  },
);

describe('the two machines that started it', () => {
  const lineOf = (name: string) => machines.find((machine) => machine.name === name)?.recorded?.features;

  it('are marked as reconstructed', () => {
    const kinds = machines.filter(({ name }) => name === 'parallels-m1' || name === 'kunpeng-920').map(({ kind }) => kind);
    expect(kinds).toEqual(['reconstructed', 'reconstructed']);
  });

  it('keep the line that the guest on the M1 printed', () => {
    expect(lineOf('parallels-m1')).toBe(
      'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 asimddp sha512 ' +
        'asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint',
    );
  });

  it('keep the line that the Kunpeng 920 printed', () => {
    expect(lineOf('kunpeng-920')).toBe(
      'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma dcpop asimddp asimdfhm',
    );
  });
});
