import { describe, expect, it } from 'vitest';
import { ALL_PROGRAM_VERSIONS } from '../../src/answers/conclusions.ts';
import { hwcapsOfSubject, why } from '../../src/answers/why.ts';
import { stationLines } from '../../src/formats/station-words.ts';
import { chooseVersions } from '../../src/runtime/choose.ts';
import { loadMachine } from '../../src/silicon/known-machine.ts';

const linesOf = async (subject: string, machine: string, list: string, release = '6.1'): Promise<readonly string[]> => {
  const programs = chooseVersions(list);
  const answer = why(
    subject,
    { machine: (await loadMachine(machine)).machine, layers: [], kernel: { release }, environment: {} },
    { maxBoots: 0, programs },
  );
  return answer.chain.filter(({ place }) => place === 'runtime').flatMap((station) => stationLines(station, 1));
};

describe('the last station', () => {
  it('tells that GCC 12 loses a word that the kernel prints', async () => {
    expect(await linesOf('asimddp', 'trm-neoverse-n2', 'gcc')).toEqual([
      'GCC 12',
      '  dotprod: no; it asks for asimddp (printed, but lost where the driver reads the line in pieces)',
      'GCC 14, 16',
      '  dotprod: yes',
    ]);
  });

  it('tells which programs overlook a hwcap', async () => {
    expect(await linesOf('sve', 'trm-neoverse-n2', 'llvm')).toEqual([
      'LLVM 14 has no name for it',
      'LLVM 19, 22',
      '  +sve of features: yes',
    ]);
    expect(await linesOf('sb', 'trm-neoverse-n2', 'go')).toEqual([
      'Go 1.19, 1.24 has no name for it',
      'Go 1.27',
      '  HasSB of internal/cpu: yes',
    ]);
  });

  it("names a program's own reason", async () => {
    expect(await linesOf('sha1', 'raspberry-pi-4', 'rust@1.97')).toContain('  sha2: no; it asks for sha1, sha2');
    expect((await linesOf('sve', 'ampere-altra', 'clang'))[1]).toBe(
      '  +sve: no; it asks for a core that has it: neoverse-n1 has not, and Features is not looked at',
    );
  });

  it('follows an architecture feature by the hwcaps that tell of it, and a field not at all', () => {
    expect(hwcapsOfSubject({ kind: 'arch-feature', name: 'FEAT_LSE' })).toEqual(['atomics']);
    expect(hwcapsOfSubject({ kind: 'cpucap', name: 'HAS_PAN' })).toEqual([]);
  });

  it('says the same of the present as the program concludes', async () => {
    const machine = await loadMachine('trm-neoverse-v1');
    const { chain } = why(
      'sve',
      { machine: machine.machine, layers: [], kernel: { release: '6.1' }, environment: {} },
      { maxBoots: 0, programs: ALL_PROGRAM_VERSIONS },
    );
    const rust = chain.find((station) => station.place === 'runtime' && station.program === 'Rust');
    expect(rust).toMatchObject({ fate: 'passed', names: expect.arrayContaining([{ name: 'sve', holds: true, lacks: [] }]) });
  });
});
