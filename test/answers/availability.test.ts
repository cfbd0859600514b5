import { describe, expect, it } from 'vitest';
import { archFeaturesOfMachine, hwcapAvailability, longTermReleases, sight } from '../../src/answers/availability.ts';
import { KNOWN_TREES, NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

async function availability(hwcap: string, machine: string, release: string) {
  const known = await loadMachine(machine);
  return hwcapAvailability(hwcap, sight(known, release), archFeaturesOfMachine(known));
}

describe('whether a machine has a hwcap', () => {
  // The lines of the two machines that the seed compares, spec-data/machines/.
  it('ilrcpc is shown on the M1 guest under 5.10 and absent on the Kunpeng 920', async () => {
    expect(await availability('ilrcpc', 'parallels-m1', '5.10')).toBe('shown');
    expect(await availability('ilrcpc', 'kunpeng-920', '5.10')).toBe('absent');
  });

  it('ilrcpc is withheld by a kernel that does not know it: Linux has it since 4.17', async () => {
    expect(await availability('ilrcpc', 'parallels-m1', '4.16')).toBe('withheld');
    expect(await availability('ilrcpc', 'parallels-m1', '4.17')).toBe('shown');
  });

  it('what stands in a register that is not known is unknown', async () => {
    const known = await loadMachine('apple-m1-firestorm-macos');
    const bare = { ...known, machine: { cpus: [{ ...known.machine.cpus[0]!, registers: { MIDR_EL1: 0x610f0000n } }] } };
    expect(hwcapAvailability('ilrcpc', sight(bare, '6.12'), archFeaturesOfMachine(bare))).toBe('unknown');
  });

  it('a machine of different cores has what all of them have', async () => {
    // Cortex-A53 has neither LSE nor RDM, nor has Cortex-A72; both have CRC32.
    const features = archFeaturesOfMachine(await loadMachine('mixed-cortex-a53-cortex-a72'));
    expect(features.get('FEAT_CRC32')).toBe(true);
    expect(features.get('FEAT_LSE')).toBe(false);
    const mixed = archFeaturesOfMachine(await loadMachine('rk3588'));
    const little = archFeaturesOfMachine(await loadMachine('rk3588-little'));
    for (const [name, outcome] of mixed) if (outcome === true) expect([name, little.get(name)]).not.toEqual([name, false]);
  });

  it('counts cpucaps too', async () => {
    expect(sight(await loadMachine('ampere-altra'), '6.12').cpucaps.has('HAS_LSE_ATOMICS')).toBe(true);
  });
});

// https://www.kernel.org/category/releases.html: the long-term series from 4.4 on.
it('takes the newest release read of each long-term series, and the newest of all', () => {
  const series = longTermReleases().map((release) => release.split('.').slice(0, 2).join('.'));
  expect(series).toEqual([
    '4.4',
    '4.9',
    '4.14',
    '4.19',
    '5.4',
    '5.10',
    '5.15',
    '6.1',
    '6.6',
    '6.12',
    '6.18',
    parseRelease(NEWEST_RELEASE).series,
  ]);
  for (const series of ['5.10', '6.12']) {
    const read = KNOWN_TREES.map(({ release }) => release).filter((release) => release.startsWith(`${series}.`));
    const newest = Math.max(...read.map((release) => Number(release.split('.')[2])));
    expect(longTermReleases()).toContain(`${series}.${newest}`);
  }
});
