import { beforeAll, describe, expect, it } from 'vitest';
import { findWhySubject, why } from '../../src/answers/why.ts';
import { type FoundMachine, fetchMachine } from '../../src/web/scenario/base-machine.ts';
import { loadKvm, loadLayers } from '../../src/web/scenario/between-code.ts';
import { buildScenario } from '../../src/web/scenario/build-scenario.ts';
import { machineOfText } from '../../src/web/scenario/posted-machine.ts';
import { parseScenario } from '../../src/web/scenario/scenario-query.ts';
import { LOSS } from '../../src/web/why/loss.ts';
import { stagesOf } from '../../src/web/why/stages.ts';
import { withPrograms } from '../../src/web/why/with-programs.ts';

/** What each part of the way says, as `title said: words`. */
async function way(address: string, name: string, own?: FoundMachine): Promise<readonly string[]> {
  const query = parseScenario([...new URLSearchParams(address)]).value;
  const found = own ?? (await fetchMachine(query.machine, query));
  if ('problem' in found) throw new Error(found.problem);
  const answer = withPrograms(why(findWhySubject(name), buildScenario(query, found.base).scenario, { maxBoots: 0 }));
  return stagesOf(answer, query.kvm?.kernel.release).map(({ title, said, words }) => `${title} ${said}: ${words}`);
}

describe('the parts of a way say what is true', () => {
  beforeAll(() => Promise.all([loadKvm(), loadLayers(), LOSS.load()]).then(() => undefined));

  it('what a guest alone read is not said to be lost in silicon, nor is nothing said to be in between', async () => {
    const [silicon, hypervisor] = await way('m=apple-m1-vm-ubuntu', 'FEAT_VHE');
    expect(silicon).toBe('Silicon not known: read in a guest alone');
    expect(hypervisor).toBe('Hypervisor lost by here: a guest reads VH = 0');
    expect(await way('m=apple-m1-vm-ubuntu', 'FEAT_LSE2')).toContain('Hypervisor passes: passes it on');
    expect(await way('m=raspberry-pi-4', 'FEAT_VHE')).toContain('Hypervisor does not arrive: nothing in between');
  });

  it('what a kernel keeps to itself does not arrive at programs', async () => {
    for (const name of ['FEAT_VHE', 'FEAT_PAN', 'ID_AA64MMFR1_EL1.VH'])
      expect(await way('m=ampere-altra', name), name).toContain('Process does not arrive: programs never see it');
  });

  it('programs learn of an architecture feature by its hwcap, or by ID registers', async () => {
    expect(await way('m=ampere-altra', 'FEAT_LSE')).toContain('Process passes: atomics is set in AT_HWCAP');
    expect(await way('m=virt-max&k=6.12&o=CONFIG_ARM64_SVE:n', 'FEAT_SVE')).toContain(
      'Process does not arrive: sve is not set in AT_HWCAP',
    );
    expect(await way('m=rk3588', 'ID_AA64ISAR0_EL1.Atomic')).toContain('Process passes: ID registers show it to programs');
  });

  it('of several fields that would do, silicon shows those that decide', async () => {
    expect((await way('m=apple-m1-vm-ubuntu', 'paca'))[0]).toBe('Silicon passes: API = 2');
  });

  // Linux 4.16 prints this line on a Neoverse V1, which has pointer authentication.
  it('of what a line does not tell it is not said that silicon has it', async () => {
    const line =
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm\n';
    const lone = await machineOfText(line);
    expect((await way('', 'paca', lone)).map((text) => text.replace(/:.*/, ''))).toEqual([
      'Silicon not known',
      'Hypervisor not known',
      'Kernel not known',
      'Process does not arrive',
      'Runtimes does not arrive',
    ]);
    const older = await way('k=4.16', 'paca', lone);
    expect(older[0]).toMatch(/^Silicon not known/);
    expect(older[2]).toBe('Kernel lost here: Linux 4.16 does not know it');
  });

  it('a level at which the kernel starts that nothing tells is open', async () => {
    const text = await machineOfText('MIDR_EL1 0x410fd0c0\nID_AA64PFR0_EL1 0x1100000010111112\nID_AA64MMFR1_EL1 0x10212122\n');
    expect((await way('k=6.12', 'HAS_VIRT_HOST_EXTN', text))[2]).toBe('Kernel not known: Linux 6.12');
    expect((await way('k=6.12&env=el2', 'HAS_VIRT_HOST_EXTN', text))[2]).toBe('Kernel passes: Linux 6.12 keeps it');
  });
});
