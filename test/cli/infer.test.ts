import { expect, it } from 'vitest';
import { NEWEST_RELEASE, seriesOf } from '../../src/linux/release/known-trees.ts';
import { run, widest } from '../support/fake-io.ts';

const A72 = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid';

const cpu = (number: number, features: string, part = '0xd08', revision = 3): string =>
  `processor\t: ${number}\nBogoMIPS\t: 108.00\nFeatures\t: ${features}\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: ${part}\nCPU revision\t: ${revision}\n\n`;

it('says the kernels first, then level, cores, FEAT_* and fields, in 80 columns', async () => {
  const { code, out } = await run(['infer', A72]);
  expect(code).toBe(0);
  expect(out.split('\n')[0]).toBe(`Printed by Linux 4.11 to ${seriesOf(NEWEST_RELEASE)} and RHEL 8.`);
  expect(out).toContain('  level  Armv8.0-A\n');
  expect(out).toContain('Cortex-A72');
  expect(out).toMatch(/ID_AA64ISAR0_EL1\.AES +2 or more/);
  expect(widest(out)).toBeLessThanOrEqual(80);
});

it('takes the names as words of their own', async () => {
  expect((await run(['infer', ...A72.split(' ')])).out).toBe((await run(['infer', A72])).out);
});

it('reads /proc/cpuinfo with its MIDRs, from a file or from standard input', async () => {
  const text = [0, 1, 2, 3].map((number) => cpu(number, A72)).join('');
  const { out, code } = await run(['infer', 'cpuinfo.txt'], { 'cpuinfo.txt': text });
  expect(code).toBe(0);
  expect(out).toContain('ARM Cortex-A72 (Armv8.0-A)');
  expect((await run(['infer', '-'], { '-': text })).out).toBe(out);
});

it('reads a listing that lacks its head, or whose last CPU is cut', async () => {
  const { out } = await run(['infer', '-'], { '-': cpu(0, A72) });
  expect((await run(['infer', '-'], { '-': cpu(0, A72).replace(/^processor.*\n/, '') })).out).toBe(out);
  expect((await run(['infer', '-'], { '-': `${cpu(0, A72)}processor\t: 1\nBogoMIPS\t: 1` })).out).toBe(out);
});

it('reads the Flags of lscpu', async () => {
  expect((await run(['infer', '-'], { '-': `Vendor ID:  ARM\nFlags:      ${A72}\n` })).code).toBe(0);
});

it('names what accounts for a difference', async () => {
  const { out, code } = await run(['infer', 'fp asimd evtstrm crc32 cpuid', '--midr', '0x410fd034']);
  expect(code).toBe(0);
  expect(out).toMatch(/aes pmull sha1 sha2: .*the cryptographic\s+instructions\s+are\s+an\s+option/s);
});

it('gives exit code 1 for a line that nothing explains', async () => {
  const { out, code } = await run(['infer', 'fp asimd pmull cpuid']);
  expect(code).toBe(1);
  expect(out).toContain('Not explained');
});

it('gives exit code 1 where CPUs have different lines', async () => {
  const text = cpu(0, A72) + cpu(1, A72) + cpu(2, 'fp asimd evtstrm crc32 cpuid');
  expect((await run(['infer', '-'], { '-': text })).code).toBe(1);
});

it('says whether the kernel that a text names prints the line', async () => {
  const said = async (release: string) =>
    (await run(['infer', 'a.txt'], { 'a.txt': `$ uname -r\n${release}\n$ cat /proc/cpuinfo\nFeatures : ${A72}\n` })).err;
  expect(await said('6.1.20')).toContain('the text names Linux 6.1.20; --kernel 6.1.20 asks about that kernel alone');
  expect(await said('4.4.155')).toContain('the text names Linux 4.4.155, which does not print this line as it is');
});

it('proposes no cores of another maker than the one that the text names', async () => {
  const { out } = await run(['infer', 'a.txt'], {
    'a.txt': `Architecture: aarch64\nCPU(s): 64\nVendor ID: Phytium\nModel name: Example-2000\nFlags: ${A72}\n`,
  });
  expect(out).toContain('cores  none of the known machines');
});

it('prints JSON', async () => {
  const { out } = await run(['infer', A72, '--midr', '0x410fd083', '--kernel', '6.12.107', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    verdict: 'printed',
    releases: [{ release: '6.12.107', certain: true, prints: 'yes' }],
    cores: [{ name: 'Cortex-A72', midr: '0x00000000410fd083', fits: true }],
    witness: { agrees: true },
  });
});

it.each([
  [['infer', A72, '--midr', 'a72'], /--midr: expected a value such as 0x410fd083/],
  [['infer', A72, '--kernel', 'newest'], /newest/],
])('%j is a mistake of the caller', async (argv, message) => {
  const { code, err } = await run(argv);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

it('gives exit code 3 for a file without a Features line', async () => {
  expect((await run(['infer', '-'], { '-': '\n\n' })).code).toBe(3);
});

it('bits without a name are no names that stand there twice', async () => {
  // Bits 49 and 50 of AT_HWCAP have no name yet.
  const { err } = await run(['infer', 'words.txt'], { 'words.txt': 'AT_HWCAP:             6000000000887\nAT_HWCAP2:            0x0\n' });
  expect(err).not.toContain('twice');
  expect((await run(['infer', 'fp', 'asimd', 'fp', 'crc32'])).err).toContain('warning: fp stands there twice');
});
