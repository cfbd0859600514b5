import { describe, expect, it } from 'vitest';
import { type Inference, type InferGiven, inferFeatures, newestPrinter } from '../../src/answers/infer.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { parseRelease } from '../../src/linux/release/release.ts';
import { KNOWN_MACHINES, loadMachine } from '../../src/silicon/known-machine.ts';
import { growsLinearly } from '../support/growth.ts';

const machines = await Promise.all(KNOWN_MACHINES.map(({ name }) => loadMachine(name)));
const inferred = new Map<string, Inference>();

/** What a line tells; several tests look at the same one. */
function infer(line: string, given: InferGiven = {}): Inference {
  const key = JSON.stringify([line, given], (_, value) => (typeof value === 'bigint' ? String(value) : value));
  const inference = inferred.get(key) ?? inferFeatures(line.split(' ').filter(Boolean), given, machines);
  inferred.set(key, inference);
  return inference;
}

/** The two lines of the seed. */
const M1 =
  'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 asimddp sha512 asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp flagm2 frint';
const KUNPENG = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma dcpop asimddp asimdfhm';
const A72 = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid';
const N1 = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp';

const prints = (inference: Inference, release: string) => inference.releases.find((one) => one.release === release)?.prints;

it('a line without cpuid is from before 4.11, where every kernel began to print it', () => {
  const { ranges } = infer('fp asimd evtstrm aes pmull sha1 sha2 crc32');
  expect(ranges).toEqual([{ from: '4.4', to: '4.10' }]);
});

it('frint is printed from 5.4 on: 5.3 has the name, but does not keep the field', () => {
  const m1 = infer(M1);
  expect([prints(m1, '5.2.1'), prints(m1, '5.3.1'), prints(m1, '5.4.18'), prints(m1, '7.2.13')]).toEqual(['no', 'no', 'yes', 'yes']);
});

it('the first line of the seed: fields, FEAT_* and level', () => {
  const { fields, archFeatures, newest } = infer(M1);
  expect(fields.find(({ path }) => path === 'ID_AA64ISAR1_EL1.LRCPC')).toMatchObject({ min: 2, usual: { min: 2, max: 3 } });
  expect(fields.find(({ path }) => path === 'ID_AA64ISAR0_EL1.SM4')).toMatchObject({ min: 0, max: 0 });
  expect(archFeatures.certain).toEqual(expect.arrayContaining(['FEAT_LSE2', 'FEAT_LRCPC2', 'FEAT_FlagM2', 'FEAT_PAuth', 'FEAT_SSBS2']));
  expect(archFeatures.impossible).toEqual(['FEAT_SM3', 'FEAT_SM4']);
  expect(newest).toMatchObject({ release: NEWEST_RELEASE, levels: { lowest: 'Armv8.4-A', highest: 'Armv8.4-A' } });
});

it('paca says that one of three algorithms is there, not which', () => {
  const { fields, archFeatures } = infer(M1);
  expect(fields.map(({ path }) => path).filter((path) => /\.(AP[AI]3?)$/.test(path))).toEqual([]);
  expect(archFeatures.certain).not.toContain('FEAT_PACIMP');
});

it('the second line of the seed fits the TaiShan core of Kunpeng 920', () => {
  const { cores, verdict } = infer(KUNPENG);
  expect(verdict).toBe('printed');
  expect(cores.map(({ name }) => name)).toContain('TaiShan-v110');
});

it('a missing sve bounds the field only if the kernel is built with SVE, as usual', () => {
  const sve = infer(N1, { release: '6.12.107' }).fields.find(({ path }) => path === 'ID_AA64PFR0_EL1.SVE');
  expect(sve).toMatchObject({ min: 0, max: 15, usual: { min: 0, max: 0 } });
});

it('ssbs missing on a Neoverse N1: printed by kernels that know the erratum, which is named', () => {
  const { verdict, causes, ranges } = infer(N1, { midrs: [0x413f_d0c1n] });
  expect(verdict).toBe('printed');
  expect(causes).toContainEqual(expect.objectContaining({ kind: 'erratum', erratum: 'WORKAROUND_SPECULATIVE_SSBS', names: ['ssbs'] }));
  expect(ranges).toContainEqual({ from: '6.11', to: parseRelease(NEWEST_RELEASE).series });
});

it('ssbs printed on a Neoverse N1: not by a kernel with the workaround', () => {
  const inference = infer(`${N1} ssbs`, { midrs: [0x413f_d0c1n] });
  expect([prints(inference, '6.6.31'), prints(inference, '6.6.63')]).toEqual(['yes', 'with-options']);
  const built = infer(`${N1} ssbs`, { midrs: [0x413f_d0c1n], release: '6.6.63', config: 'defconfig' });
  expect(built.releases).toEqual([{ release: '6.6.63', certain: true, prints: 'no' }]);
});

it('a Cortex-A53 without cryptography: an option of the core', () => {
  const { verdict, causes } = infer('fp asimd evtstrm crc32 cpuid', { midrs: [0x410f_d034n] });
  expect(verdict).toBe('explained');
  expect(causes).toMatchObject([{ kind: 'hidden', subject: 'crypto', names: ['aes', 'pmull', 'sha1', 'sha2'] }]);
});

it('names of newer kernels under a stated older one: a vendor has taken them back', () => {
  const { verdict, causes, witness } = infer(`${M1} i8mm bf16 bti ecv`, { release: '5.10.7-android13-4' });
  expect(verdict).toBe('explained');
  expect(causes).toEqual([{ kind: 'vendor-kernel', evidence: 'backport', names: ['ecv'], base: '5.10.7', vendor: 'Android' }]);
  expect(witness).toMatchObject({ agrees: true });
});

it.each([
  ['half thumb fastmult vfp edsp neon vfpv3 tls vfpv4 idiva idivt lpae evtstrm aes pmull sha1 sha2 crc32', 'aarch32', 'aarch32-program'],
  ['half thumb fastmult vfp edsp neon vfpv3 tls vfpv4 idiva idivt vfpd32 lpae evtstrm crc32', 'arm32', 'arm32-kernel'],
  ['fp asimd aes pmull sha1 sha2 crc32 wp half thumb fastmult vfp edsp neon vfpv3 tlsi vfpv4 idiva idivt', 'mixed', 'vendor-kernel'],
])('%s is read as %s', (line, vocabulary, kind) => {
  const inference = infer(line);
  expect(inference.line.vocabulary).toBe(vocabulary);
  expect(inference.causes[0]?.kind).toBe(kind);
  expect(inference.verdict).not.toBe('unexplained');
});

it.each([
  ['pmull without aes: one field decides both', 'fp asimd evtstrm pmull cpuid', 'contradicts-line'],
  ['a name that does not exist', 'fp asimd evtstrm zzzzzz cpuid', 'unknown-name'],
])('%s stays unexplained', (_, line, because) => {
  const { verdict, causes } = infer(line);
  expect(verdict).toBe('unexplained');
  expect(causes).toContainEqual(expect.objectContaining({ kind: 'unexplained', because }));
});

it.each([
  [
    'sorted names',
    'aes asimd atomics cpuid crc32 evtstrm fp pmull sha1 sha2',
    { kind: 'edited', oddity: { kind: 'order', alphabetical: true } },
  ],
  ['a name twice', 'fp asimd asimd evtstrm', { kind: 'vendor-kernel', evidence: 'repeated', names: ['asimd'] }],
  ['a misspelt name', 'fp asimd evtstrm aes pmull sha1 sha22 crc32', { kind: 'misspelt', name: 'sha22', nearest: 'sha2' }],
])('%s is told', (_, line, cause) => {
  const { verdict, causes } = infer(line);
  expect(causes).toMatchObject([cause]);
  expect(verdict).toBe('explained');
});

describe("an emulator's CPU under another core's MIDR_EL1", () => {
  /** Linux 6.12.107 in QEMU, `-cpu max,midr=0x410fd050` and `midr=0x410fd461`, of which a workaround for Cortex-A510 hides bf16. */
  const MAX_AS_A55 =
    'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp sve2 sveaes svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svef32mm svef64mm svebf16 i8mm bf16 dgh rng bti ecv afp rpres wfxt ebf16 sveebf16 mops hbc';
  const MAX_AS_A510 =
    'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg dcpodp sve2 sveaes svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svef32mm svef64mm svebf16 i8mm dgh rng bti ecv afp rpres wfxt sveebf16 mops hbc';
  const release = '6.12.107';
  const A55 = 0x410f_d050n;

  it.each([
    ['Cortex-A55', MAX_AS_A55, A55, 'dit'],
    ['Cortex-A510', MAX_AS_A510, 0x410f_d461n, 'mops'],
  ])('%s: the line that the emulator prints is accounted for', (_, line, midr, name) => {
    const { verdict, causes } = infer(line, { midrs: [midr], release });
    expect(verdict).toBe('explained');
    expect(causes).toContainEqual({ kind: 'borrowed-midr', names: expect.arrayContaining([name]), midr });
  });

  it.each([
    ['a line that lacks a name of it', MAX_AS_A55.replace(' rng', ''), [A55]],
    ['a line with a name more', `${A72} sve2`, [A55]],
    ['one without what a workaround for another core hides', MAX_AS_A510, [A55]],
    ['one with ssbs, which a workaround for Neoverse-N2 hides', MAX_AS_A55, [0x410f_d490n]],
    ['two kinds of cores', MAX_AS_A55, [A55, 0x410f_d080n]],
  ])('%s is not', (_, line, midrs) => {
    const { verdict, causes } = infer(line, { midrs, release });
    expect(verdict).toBe('unexplained');
    expect(causes.map(({ kind }) => kind)).not.toContain('borrowed-midr');
  });
});

it('CPUs with different lines are not one arm64 kernel', () => {
  expect(infer(A72, { otherLines: [['fp', 'asimd']] }).verdict).toBe('unexplained');
});

it('a distribution that tells no stable update stands for every update of its series', () => {
  const { releases } = infer(M1, { release: '5.15.0-1051-aws' });
  expect(releases.map(({ release }) => release)).toEqual(
    expect.arrayContaining(['5.15.0-1051', '5.15.16', '5.15.85', '5.15.158', '5.15.167']),
  );
  expect(releases.filter(({ release }) => !release.startsWith('5.15.'))).toEqual([]);
});

it('one of which it is known what it holds, for that and what came later', () => {
  const { releases } = infer(M1, { release: '5.15.0-97-generic' });
  const names = releases.map(({ release }) => release);
  expect(names).toEqual(expect.arrayContaining(['5.15.0-97', '5.15.158', '5.15.167']));
  expect(names).not.toContain('5.15.85');
});

it('a configuration that is known for some series only leaves the others out', () => {
  const { releases } = infer(A72, { config: 'debian' });
  expect(new Set(releases.map(({ release }) => release.split(/[.-]/).slice(0, 2).join('.')))).toEqual(
    new Set(['5.10', '6.1', '6.12', '7.2']),
  );
});

it.each([
  ['the seed', M1, []],
  ['a Neoverse N1 with the erratum', N1, [0x413fd0c1n]],
  ['one that no Neoverse N1 of today prints', `${N1} ssbs`, [0x413fd0c1n]],
  ['an old kernel', A72.replace(' cpuid', ''), [0x410fd083n]],
  ['names of an SVE machine without sve', `${N1} sve2`, []],
] as const)('the newest kernel that prints a line is the one that the whole answer ends with: %s', (_, line, midrs) => {
  const own = machines.filter(({ machine }) => machine.cpus.some(({ registers: { MIDR_EL1 = 0n } }) => midrs.includes(MIDR_EL1 as never)));
  const { verdict, witness, releases, rangesByCores } = inferFeatures(line.split(' '), { midrs }, own);
  expect(newestPrinter(line.split(' '), { midrs }, own)).toEqual(verdict === 'printed' ? witness : undefined);
  if (verdict !== 'printed' || rangesByCores) return;
  expect(witness?.kernel.release).toBe(releases.findLast(({ prints, certain }) => certain && prints === 'yes')?.release);
});

it('work grows in proportion to the lines of CPUs', async () => {
  const work = (otherLines: readonly (readonly string[])[]) =>
    inferFeatures(`${N1} ssbs`.split(' '), { otherLines, midrs: [0x412f_d050n, 0x414f_d0b0n] }, machines);
  expect(await growsLinearly(work, (size) => Array.from({ length: size }, () => N1.split(' ')), 4)).toBe(true);
});

it('sme2 printed makes FEAT_SME2 certain; its absence beside sme, on a kernel that knows it, impossible', () => {
  const sme = 'fp asimd evtstrm cpuid sve sme smefa64';
  expect(infer(`${sme} sme2`, { release: '6.8' }).archFeatures.certain).toContain('FEAT_SME2');
  expect(infer(sme, { release: '6.8' }).archFeatures.impossible).toContain('FEAT_SME2');
  expect(infer(sme, { release: '6.1' }).archFeatures.impossible).not.toContain('FEAT_SME2');
});

it('where no level fits the nearest is told, with what it asks for', () => {
  const { levels } = infer('fp asimd evtstrm cpuid sve sme', { release: '6.8' });
  expect(levels.possible).toEqual([]);
  expect(levels.nearest).toMatchObject({ level: 'Armv9.2-A', missing: expect.arrayContaining(['FEAT_CRC32']) });
});
