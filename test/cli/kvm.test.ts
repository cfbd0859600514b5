import { describe, expect, it } from 'vitest';
import { NEWEST_RELEASE, seriesOf } from '../../src/linux/release/known-trees.ts';
import { answerFaults } from '../support/answer-schemas.ts';
import { run } from '../support/fake-io.ts';

/** A Neoverse V1 as far as it matters here: FP, SVE, a GICv3. */
const FILES = {
  'v1.txt':
    'MIDR_EL1 0x411fd402\nCTR_EL0 0xb444c004\nID_AA64PFR0_EL1 0x1101000121110112\nID_AA64ISAR0_EL1 0x1021111110212120\nID_AA64MMFR0_EL1 0x100032310\n',
};

describe('armlens kvm', () => {
  it('names the row that hides a field, and what brings it', async () => {
    const { code, out } = await run(['kvm', 'v1.txt', '-k', '6.1'], FILES);
    expect(code).toBe(0);
    expect(out).toMatch(/SVE +1 → 0 +KVM of Linux 6\.1, sve \(--vcpu sve brings\s+it\)/);
  });

  it('says in which step and with which error a vCPU is refused', async () => {
    const { code, err } = await run(['kvm', 'v1.txt', '-k', '6.1', '--vcpu', 'el2'], FILES);
    expect(code).toBe(1);
    expect(err).toContain('refuses the vCPU (KVM_ARM_VCPU_INIT) with ENOENT');
  });

  it('tries what --set asks for as a write', async () => {
    const { code, out } = await run(['kvm', 'v1.txt', '-k', '7.2', '--set', 'ID_AA64ISAR0_EL1.AES=3'], FILES);
    expect(code).toBe(1);
    expect(out).toContain('refused with EINVAL');
    expect((await run(['kvm', 'v1.txt', '-k', '7.2', '--set', 'ID_AA64ISAR0_EL1.AES=1'], FILES)).code).toBe(0);
  });

  it('prints JSON by its schema', async () => {
    const { out } = await run(['kvm', 'v1.txt', '-k', '7.2', '--vcpu', 'sve', '--set', 'ID_AA64ISAR0_EL1.AES=3', '--json'], FILES);
    expect(answerFaults(out)).toEqual([]);
  });

  it('reads a guest backwards, without its host and with it', async () => {
    const guest = { ...FILES, 'guest.txt': 'MIDR_EL1 0x411fd402\nID_AA64PFR0_EL1 0x1101000021110112\nID_AA64ISAR3_EL1 0x10\n' };
    const alone = await run(['kvm', '--fits', 'guest.txt'], guest);
    expect([alone.code, alone.out]).toEqual([
      0,
      expect.stringContaining(`Linux 6.13 to ${seriesOf(NEWEST_RELEASE)}, the vCPU made with anything`),
    ]);
    const other = { ...guest, 'guest.txt': 'MIDR_EL1 0x411fd402\nID_AA64PFR0_EL1 0x1101000121110112\n' };
    expect((await run(['kvm', '--fits', 'guest.txt'], other)).out).toContain('made with sve');
    const { out } = await run(['kvm', 'v1.txt', '--fits', 'guest.txt', '--json'], other);
    expect(answerFaults(out)).toEqual([]);
    expect(
      JSON.parse(out)
        .fits.find(({ release }: { release: string }) => release === '7.2')
        .vcpu.every((words: string[]) => words.includes('sve')),
    ).toBe(true);
  });

  it('answers a stream line by line, and puts an error where a line is none', async () => {
    const question = {
      id: 1,
      host: { kernel: { release: '7.2' }, bootEl: 2, machine: 'gic-version=3', cpus: [{ registers: {} }] },
      vcpu: { features: ['psci_0_2'], gic: 'v3' },
    };
    const { code, out } = await run(['kvm', '--ndjson', 'q'], { q: `${JSON.stringify(question)}\nnonsense\n` });
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, first.id, Object.keys(first.guest.registers).length, second.error.code]).toEqual([3, 1, 62, 'bad-json']);
  });
});

describe('--kvm', () => {
  it.each([
    [[], false],
    [['--vcpu', 'sve'], true],
  ])('with %j gives a guest SVE: %s', async (vcpu, has) => {
    const { out } = await run(['derive', 'v1.txt', '--kvm', '6.1', ...vcpu, '-k', '7.2', '--json'], FILES);
    expect(JSON.parse(out).hwcaps.names.includes('sve')).toBe(has);
  });

  it('takes the command line of the host: what it takes away is away in a guest', async () => {
    const call = ['derive', 'v1.txt', '--vcpu', 'sve', '-k', '6.12', '--json', '--kvm'];
    expect((await run([...call, '6.12,config=debian,cmdline=arm64.nosve'], FILES)).err).toContain('refuses the vCPU');
  });

  it('is where why finds that the bit was lost', async () => {
    const { out } = await run(['why', 'sve', 'v1.txt', '--kvm', '6.1', '-k', '6.1'], FILES);
    expect(out).toContain('The hypervisor hides it: KVM of Linux 6.1, sve');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '- vCPU: with SVE (--vcpu sve; QEMU: -cpu host,sve=on, as by default; Firecracker: a custom CPU template',
    );
  });

  it('lets why name the first kernel of the host that would show a field', async () => {
    const files = { 'v2.txt': `${FILES['v1.txt']}ID_AA64PFR2_EL1 0x100000000\n` };
    const { out } = await run(['why', 'fpmr', 'v2.txt', '--kvm', '6.1', '-k', '7.2'], files);
    expect(out).toContain('- host: KVM of Linux 6.12 instead of 6.1');
  });

  it('refuses --vcpu without it, and what is no part of a vCPU', async () => {
    expect((await run(['derive', 'v1.txt', '--vcpu', 'sve'], FILES)).err).toContain('--vcpu goes with --kvm');
    expect((await run(['derive', 'v1.txt', '--kvm', '6.1', '--vcpu', 'svee'], FILES)).err).toContain('did you mean sve');
  });
});

/** ID_AA64ISAR0_EL1 of a Neoverse N1, as its manual has it. */
const N1_ISAR0 = '0x0000100010211120';

describe('programs that make vCPUs', () => {
  const has = async (vcpu: string, ...more: readonly string[]): Promise<boolean> => {
    const { out } = await run(['derive', 'v1.txt', '--kvm', '6.12', '--vcpu', vcpu, '-k', '6.12', '--json', ...more], {
      ...FILES,
      'sve.json': '{"vcpu_features": [{"index": 0, "bitmap": "0b1xxxx"}]}',
    });
    return JSON.parse(out).hwcaps.names.includes('sve');
  };

  it('ask for SVE by themselves or not, and a template of Firecracker may', async () => {
    expect([await has('qemu'), await has('firecracker'), await has('libkrun')]).toEqual([true, false, true]);
    expect(await has('firecracker', '--template', 'sve.json')).toBe(true);
  });

  it('bring templates along, which are called by their names', async () => {
    const { out, code } = await run(['kvm', 'v1.txt', '-k', '6.12.107', '--template', 'v1n1', '--json'], FILES);
    const { writes } = JSON.parse(out) as { writes: readonly { register: string; asked: string; errno?: number }[] };
    expect(writes.find(({ register }) => register === 'ID_AA64ISAR0_EL1')).toMatchObject({ asked: N1_ISAR0 });
    expect(code).toBe(writes.some(({ errno }) => errno !== undefined) ? 1 : 0);
    expect((await run(['kvm', 'v1.txt', '-k', '6.12', '--template', 'v9'], FILES)).err).toContain('nor a template of that name (V1N1)');
  });
});

describe('a host that is known in part', () => {
  const HOST = {
    'pi.txt':
      'processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n',
  };

  it('tells no change of a field that is not known of the host', async () => {
    const { out } = await run(['kvm', 'pi.txt', '-k', '6.1'], HOST);
    expect(out).toContain("the same as the host's hardware, as far as it is known");
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/Not known of the host, wholly or in part: .*ID_AA64DFR0_EL1/);
    expect(out).not.toContain('→');
    const { registers } = JSON.parse((await run(['kvm', 'pi.txt', '-k', '6.1', '--json'], HOST)).out) as {
      registers: readonly { register: string; open?: string; changes: readonly { host?: number }[] }[];
    };
    expect(registers.flatMap(({ changes }) => changes.filter(({ host }) => host !== undefined))).toEqual([]);
    expect(registers.find(({ register }) => register === 'ID_AA64DFR0_EL1')?.open).toMatch(/^0x[\da-f]{16}$/);
  });

  it('gives a guest for certain what a text showed of the host and KVM leaves alone, and no more', async () => {
    const sve = { ...HOST, 'sve.txt': HOST['pi.txt'].replace('crc32 cpuid', 'aes pmull sha1 crc32 fphp asimdhp cpuid sve') };
    const { out } = await run(['derive', 'sve.txt', '--kvm', '6.1', '-k', '6.1', '--json'], sve);
    const { hwcaps, unknown } = JSON.parse(out) as { hwcaps: { names: string[] }; unknown?: { hwcaps?: string[] } };
    expect(hwcaps.names).toEqual(expect.arrayContaining(['aes', 'pmull', 'crc32']));
    expect([...hwcaps.names, ...(unknown?.hwcaps ?? [])]).not.toContain('sve');
    const why = (await run(['why', 'sve', 'sve.txt', '--kvm', '6.1', '-k', '6.1'], sve)).out;
    expect(why.replaceAll(/\s+/g, ' ')).toContain('sve: absent. Whatever the CPUs have, the hypervisor gives none: KVM of Linux 6.1, sve');
  });

  it('says that a vCPU may be refused where that hangs on what is not known', async () => {
    const { err, out } = await run(['kvm', 'pi.txt', '-k', '6.1', '--vcpu', 'pmu', '--json'], HOST);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      'KVM may refuse the vCPU (KVM_ARM_VCPU_INIT) with EINVAL (the host has no PMU that guests can use)',
    );
    expect(JSON.parse(out).mayRefuse).toMatchObject([{ row: 'pmu', step: 'init', errno: 22 }]);
    expect((await run(['kvm', 'pi.txt', '-k', '6.1'], HOST)).out).toContain("vCPU with psci_0_2, the host's");
  });

  it('does not say of a move that it works, or fails, where that hangs on what is not known', async () => {
    const { code, out } = await run(['migrate', 'pi.txt', 'raspberry-pi-4', '--kvm', '6.12'], HOST);
    expect(code).toBe(1);
    expect(out).toMatch(/\? pi\.txt → raspberry-pi-4\n +not known; nothing that is known forbids it/);
    expect(out).toMatch(/\? raspberry-pi-4 → pi\.txt\n/);
    expect(out).not.toMatch(/[✓✗]|there is none/);
  });
});
