import { describe, expect, it } from 'vitest';
import { ArmlensError } from '../../src/errors.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';

describe('loadMachine', () => {
  it('gives a big.LITTLE machine CPU by CPU, the little ones first', async () => {
    const { machine, kind } = await loadMachine('apple-m1');
    expect(kind).toBe('silicon');
    expect(machine.cpus.map(({ registers }) => registers.MIDR_EL1)).toEqual([
      ...Array<bigint>(4).fill(0x611f_0221n),
      ...Array<bigint>(4).fill(0x611f_0231n),
    ]);
  });

  it('gives vector lengths, hwcap words and the text of /proc/cpuinfo of a recorded boot', async () => {
    const { machine, recorded } = await loadMachine('virt-neoverse-n2');
    expect(machine.cpus).toHaveLength(2);
    expect(machine.cpus[1]?.sveVl).toEqual([16]);
    expect(recorded?.release).toBe('6.12.107');
    expect(recorded?.words).toEqual([0xefff_ffffn, 0x3_f3ffn]);
    expect(recorded?.features.slice(0, 3)).toEqual(['fp', 'asimd', 'evtstrm']);
    expect(recorded?.cpuinfo?.split('\n')[0]).toBe('processor\t: 0');
  });

  it('leaves registers that nobody read absent', async () => {
    const { machine } = await loadMachine('apple-m4-p-core');
    expect(Object.keys(machine.cpus[0]?.registers ?? {})).toHaveLength(5);
    expect(machine.cpus[0]?.registers.ID_AA64MMFR0_EL1).toBeUndefined();
  });

  it('throws unknown-machine and points to the nearest name', async () => {
    const failed = await loadMachine('kunpeng-902').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ArmlensError);
    expect(failed).toMatchObject({ code: 'unknown-machine', message: 'no machine kunpeng-902; did you mean kunpeng-920?' });
  });

  it('does not take a name of Object.prototype for a machine', async () => {
    await expect(loadMachine('constructor')).rejects.toMatchObject({ code: 'unknown-machine' });
  });
});

it.each(KNOWN_MACHINES)('$name loads as its row in the catalogue says', async (row) => {
  const { name, title, kind, machine, recorded } = await loadMachine(row.name);
  expect({ name, title, kind, cpuCount: machine.cpus.length, recorded: recorded !== undefined }).toEqual({
    name: row.name,
    title: row.title,
    kind: row.kind,
    cpuCount: row.cpuCount,
    recorded: row.recorded,
  });
});
