import { expect, it } from 'vitest';
import { answerFaults } from '../support/answer-schemas.ts';
import { run } from '../support/fake-io.ts';

const BASE = 'unlisted: zero\nCTR_EL0 0xb444c004\nCLIDR_EL1 0xc3000123\nID_AA64MMFR0_EL1 0x100032310\nID_AA64DFR0_EL1 0x10305408\n';
const FILES = {
  'a.txt': `MIDR_EL1 0x410fd4f0\nID_AA64PFR0_EL1 0x1101000111111111\nID_AA64ISAR0_EL1 0x1021111110212120\n${BASE}`,
  'b.txt': `MIDR_EL1 0x410fd4f0\nID_AA64PFR0_EL1 0x1101000111111111\nID_AA64ISAR0_EL1 0x0021111110212110\n${BASE}`,
  'c.txt': `MIDR_EL1 0x410fd490\nID_AA64PFR0_EL1 0x1101000111111111\nID_AA64ISAR0_EL1 0x1021111110212120\n${BASE}`,
};
const HOSTS = ['--kvm', '7.2', '-k', '7.2'];

it('lets a guest move to where each register is taken, and not back', async () => {
  const { code, out } = await run(['migrate', 'a.txt', 'b.txt', ...HOSTS], FILES);
  expect(code).toBe(1);
  expect(out).toContain('✓ b.txt → a.txt');
  expect(out).toMatch(/✗ a\.txt → b\.txt: 1 register\n.*EINVAL.*\n.*\n? +ID_AA64ISAR0_EL1: RNDR 1 \(there 0\), AES 2 \(there 1\)/);
  expect(out).toMatch(/^A guest of b\.txt can move to a\.txt as it is; the other way it cannot\./);
  expect(out).toContain('a.txt loses pmull rng');
});

it('what reads otherwise on a target forbids no move, and is named: PMCR_EL0 between 6.1 and 6.12', async () => {
  // Cortex-A710, of which it is known how many counters it has.
  const files = { 'a.txt': FILES['a.txt'].replace('0x410fd4f0', '0x410fd470') };
  const { out } = await run(['migrate', 'a.txt', 'a.txt', '--kvm', '6.1', '--kvm', '6.12', '-k', '6.12'], files);
  expect(out).toMatch(/^A guest of a\.txt can move to a\.txt \(2\) as it is; the other way it cannot\.\s+What\s+reads otherwise/);
  expect(out).toMatch(/~ a\.txt → a\.txt \(2\): goes, 1 register changes\n +taken, but .*\n +PMCR_EL0/);
  expect(out).toContain('✗ a.txt (2) → a.txt');
});

it.each([
  ['qemu', /^-accel kvm -machine virt,gic-version=3 -cpu host,sve=on/],
  ['libvirt', /<cpu mode='host-passthrough'>\n {2}<feature policy='require' name='sve'\/>/],
  ['firecracker', /"addr": ?"0x603000000013c030"/],
  ['one-reg', /^0x603000000013c030 = 0x0021111110212110\n$/],
])('writes the common guest for %s', async (form, expected) => {
  const { code, out } = await run(['migrate', 'a.txt', 'b.txt', ...HOSTS, '--for', form], FILES);
  expect([code, out]).toEqual([1, expect.stringMatching(expected)]);
});

it('names the least that would make cores alike: MIDR_EL1 can be written since 6.15', async () => {
  const { out } = await run(['migrate', 'a.txt', 'c.txt', '--kvm', '6.12.107', '-k', '6.12.107'], FILES);
  expect(out).toContain('MIDR_EL1 (PartNum)');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('Linux 6.15 on a.txt; Linux 6.15 on c.txt; a VM with KVM_CAP_ARM_WRITABLE_IMP_ID_REGS');
});

it('prints JSON by its schema, and asks for the kernels of the hosts', async () => {
  expect(answerFaults((await run(['migrate', 'a.txt', 'c.txt', ...HOSTS, '--json'], FILES)).out)).toEqual([]);
  expect((await run(['migrate', 'a.txt', 'b.txt', '-k', '7.2'], FILES)).err).toContain('which kernel does the host a.txt run?');
  expect((await run(['migrate', 'a.txt', ...HOSTS], FILES)).code).toBe(2);
});

// Whether a host has a PMU hangs on ID_AA64DFR0_EL1.PMUVer.
it('says of no host that it cannot give what is not known of it', async () => {
  const listed = FILES['a.txt'].replace('unlisted: zero\n', '');
  const files = { 'a.txt': listed, 'b.txt': listed.replace(/ID_AA64DFR0_EL1.*\n/, '') };
  expect((await run(['migrate', 'a.txt', 'b.txt', ...HOSTS], files)).out).toContain('without pmu, which not all hosts are known to give');
});
