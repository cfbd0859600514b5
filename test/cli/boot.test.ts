import { describe, expect, it } from 'vitest';
import { run, widest } from '../support/fake-io.ts';

const PI =
  'MIDR_EL1: 0x410fd083\nID_AA64PFR0_EL1: 0x2222\nID_AA64ISAR0_EL1: 0x10000\nID_AA64MMFR0_EL1: 0x1124\nCNTFRQ_EL0: 0x337f980\nCTR_EL0: 0x8444c004\n';
const FILES = { 'pi.txt': PI };
const json = async (argv: readonly string[], files = FILES) => JSON.parse((await run(['boot', ...argv, '--json'], files)).out);
const debian = ['-k', '6.12.107', '-c', 'debian'] as const;

/** A machine whose CPUs are given by their fields; all others are zero. */
const machine = (...cpus: readonly object[]): string =>
  JSON.stringify({ unlisted: 'zero', cpus: cpus.map((registers) => ({ registers })) });
const PLAIN = { MIDR_EL1: '0x611f0221', ID_AA64PFR0_EL1: '0x11', ID_AA64MMFR0_EL1: '0x20', CTR_EL0: '0x8444c004' };
const REFUSED = { 'x.json': machine({ ...PLAIN, ID_AA64ISAR1_EL1: '0x10' }, PLAIN) };
const PANIC = { 'x.json': machine(PLAIN, { ...PLAIN, ID_AA64MMFR0_EL1: '0x0' }) };

describe('the whole view', () => {
  it('shows log, cpuinfo, vectors, cpucaps and sysfs in 80 columns', async () => {
    const { code, out, err } = await run(['boot', 'pi.txt', ...debian], FILES);
    expect(code).toBe(0);
    const headings = ['Log', '/proc/cpuinfo', '/proc/cpuinfo in the 32-bit view', 'Auxiliary vector', 'cpucaps', '/sys/devices/system/cpu'];
    expect(headings.map((heading) => out.indexOf(`\n${heading}\n`))).toEqual(
      headings.map((heading) => out.indexOf(`\n${heading}\n`)).sort((a, b) => a - b),
    );
    expect(out.indexOf('\nLog\n')).toBeGreaterThan(0);
    expect(out).toContain('  — the boot CPU comes up\n  Detected PIPT I-cache on CPU0\n');
    expect(out).toContain('  kvm [1]: HYP mode not available\n');
    expect(out).toMatch(/^ {2}CPU 0 {2}ARM Cortex-A72 r0p3 {2}0x00000000410fd083 {2}BogoMIPS 108\.00$/m);
    expect(out).toContain('  AT_HWCAP:             887\n');
    expect(out).toMatch(/^ {2}kernel_max {2}511$/m);
    expect(widest(out + err.replace(/^note: taken as zero.*$/m, ''))).toBeLessThanOrEqual(80);
  });

  it('says which CPUs are refused, and why', async () => {
    const { code, out } = await run(['boot', 'x.json', '-k', '6.12'], REFUSED);
    expect(code).toBe(0);
    expect(out).toContain('1 of 2 CPUs online: 0\n');
    expect(out).toMatch(/^CPU 1 is refused: capability HAS_ADDRESS_AUTH/m);
    expect(out).toContain('  CPU1: will not boot\n');
  });

  it('says that the kernel panics and shows no programs’ view', async () => {
    const { code, out } = await run(['boot', 'x.json', '-k', '6.12'], PANIC);
    expect(code).toBe(1);
    expect(out).toMatch(/^The kernel panics on CPU 1: 8-bit ASIDs/m);
    expect(out).toContain('CPU1: smaller ASID size(8) than boot CPU (16)');
    expect(out).not.toContain('/proc/cpuinfo');
    expect(out).not.toContain('Auxiliary vector');
  });

  it('says that the kernel is tainted, and which CPUs stay off', async () => {
    const files = { 'x.json': machine(PLAIN, { ...PLAIN, ID_AA64ISAR0_EL1: '0x1' }, PLAIN) };
    const { out } = await run(['boot', 'x.json', '-k', '6.12', '--cmdline', 'maxcpus=2'], files);
    expect(out).toMatch(/^The kernel is tainted/m);
    expect(out).toMatch(/^CPU 2 is not brought up$/m);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('has no part for AArch32 where no such program runs', async () => {
    const { out } = await run(['boot', 'x.json', '-k', '6.12'], { 'x.json': machine(PLAIN) });
    expect(out).not.toContain('32-bit view');
    expect(out).not.toContain('32-bit process');
  });

  it('describes a whole boot by the CPU’s own timer, or by one of 24 MHz with a note', async () => {
    const own = await run(['boot', 'pi.txt', '-k', '6.8'], FILES);
    expect(own.err).not.toContain('24 MHz');
    const assumed = await run(['boot', 'x.json', '-k', '6.8'], { 'x.json': machine(PLAIN) });
    expect(assumed.err).toContain("note: the timer's frequency is not known; taking 24 MHz");
    expect(assumed.out).toContain('BogoMIPS 48.00');
    const given = await run(['boot', 'x.json', '-k', '6.8', '--env', '{"timerHz":25000000}'], { 'x.json': machine(PLAIN) });
    expect(given.err).not.toContain('24 MHz');
    expect(given.out).toContain('BogoMIPS 50.00');
  });

  it('colours headings and warnings when asked to, and nothing else changes', async () => {
    const plain = await run(['boot', 'x.json', '-k', '6.12'], REFUSED);
    const coloured = await run(['boot', 'x.json', '-k', '6.12'], REFUSED, { color: true });
    expect(coloured.out).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour sequence
    expect(coloured.out.replace(/\u001b\[[0-9;]*m/g, '')).toBe(plain.out);
  });
});

describe('one part alone', () => {
  const raw = async (...options: string[]) => (await run(['boot', 'pi.txt', '-k', '6.8', ...options], FILES)).out;

  it('--log is the lines and nothing else, however long', async () => {
    const lines = (await raw('--log')).trimEnd().split('\n');
    expect(lines[0]).toBe('Detected PIPT I-cache on CPU0');
    expect(lines).toContain('CPU features: detected: CRC32 instructions');
    expect(lines.every((line) => /^(CPU|Detected|hw-breakpoint|kvm)/.test(line))).toBe(true);
  });

  it('--levels puts the level before each line: 2 critical, 4 warning, 6 information', async () => {
    const { out } = await run(['boot', 'x.json', '-k', '6.12', '--log', '--levels'], REFUSED);
    expect(out).toContain('<6>Detected PIPT I-cache on CPU0\n');
    expect(out).toContain('<2>CPU1: will not boot\n');
    expect(out.replaceAll(/^<\d>/gm, '')).toBe((await run(['boot', 'x.json', '-k', '6.12', '--log'], REFUSED)).out);
    expect(await raw('--log', '--levels', '--unlisted', 'zero', '--cmdline', 'id_aa64pfr1.bt=0')).toContain(
      '<4>CPU features: SYS_ID_AA64PFR1_EL1[3:0]: already set to 0\n',
    );
  });

  it('--cpuinfo is the file, byte for byte', async () => {
    expect(await raw('--cpuinfo')).toBe(
      [
        'processor\t: 0',
        'BogoMIPS\t: 108.00',
        'Features\t: fp asimd evtstrm crc32 cpuid',
        'CPU implementer\t: 0x41',
        'CPU architecture: 8',
        'CPU variant\t: 0x0',
        'CPU part\t: 0xd08',
        'CPU revision\t: 3',
        '',
        '',
      ].join('\n'),
    );
  });

  it('--cpuinfo32 is the file as setarch linux32 shows it', async () => {
    expect(await raw('--cpuinfo32')).toContain('model name\t: ARMv8 Processor rev 3 (v8l)\nBogoMIPS\t: 108.00\nFeatures\t: half thumb');
  });

  it('--auxv and --auxv32 are what the dynamic linker prints', async () => {
    expect(await raw('--auxv')).toMatch(/^AT_HWCAP: +887\nAT_CLKTCK: +100\nAT_HWCAP2: +0x0\nAT_PLATFORM: +aarch64\n$/);
    expect(await raw('--auxv32')).toMatch(/\nAT_PLATFORM: +v8l\n$/);
  });

  it('--cpucaps is one name a line', async () => {
    expect((await raw('--cpucaps')).split('\n')).toContain('HAS_CRC32');
    expect(await raw('--cpucaps')).toMatch(/^([A-Z0-9_]+\n)+$/);
  });

  it('several parts stand under headings', async () => {
    const out = await raw('--cpuinfo', '--cpucaps');
    expect(out).toContain('\n/proc/cpuinfo\n');
    expect(out).toContain('\ncpucaps\n');
    expect(out).not.toContain('\nLog\n');
  });

  it('ends with 1 and says why where there is no such part', async () => {
    const no32 = await run(['boot', 'x.json', '-k', '6.12', '--cpuinfo32'], { 'x.json': machine(PLAIN) });
    expect(no32).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--cpuinfo32: no 32-bit program can run on this system') });
    const panic = await run(['boot', 'x.json', '-k', '6.12', '--cpuinfo'], PANIC);
    expect(panic).toMatchObject({ code: 1, out: '', err: expect.stringContaining('the kernel panics on CPU 1 before any program runs') });
    const log = await run(['boot', 'x.json', '-k', '6.12', '--log'], PANIC);
    expect(log).toMatchObject({ code: 1, out: expect.stringContaining('smaller ASID') });
  });
});

describe('--json', () => {
  it('has every part, the log as data with level and text', async () => {
    const result = await json(['pi.txt', ...debian, '--unlisted', 'zero', '--env', '{"bootEl":1}']);
    expect(Object.keys(result)).toEqual(
      '$schema subject kernel timerHz online refused tainted log cpuinfo cpuinfo32 auxv auxv32 cpucaps files fidelity doubts diagnostics'.split(
        ' ',
      ),
    );
    expect(result).toMatchObject({
      subject: { name: 'pi.txt' },
      kernel: { release: '6.12.107' },
      timerHz: 54_000_000,
      online: [0],
      refused: [],
    });
    expect(result.log[0]).toEqual({
      phase: 'boot-cpu',
      cpu: 0,
      source: 'cpuinfo',
      code: 'icache-policy',
      args: { policy: 'PIPT' },
      level: 6,
      text: 'Detected PIPT I-cache on CPU0',
    });
    expect(result.auxv).toMatchObject({ AT_HWCAP: '0x0000000000000887', AT_CLKTCK: '0x0000000000000064', AT_PLATFORM: 'aarch64' });
    expect(result.files['/sys/devices/system/cpu/online']).toBe('0\n');
    expect(result.files['/proc/cpuinfo']).toBe(result.cpuinfo);
  });

  it('has only the parts that are asked for', async () => {
    const result = await json(['pi.txt', '-k', '6.8', '--cpucaps']);
    expect(result.cpucaps).toContain('HAS_CRC32');
    expect(result).not.toHaveProperty('log');
    expect(result).not.toHaveProperty('files');
  });

  it('writes 64-bit values of the log as 0x texts', async () => {
    const files = { 'x.json': machine(PLAIN, { ...PLAIN, ID_AA64ISAR0_EL1: '0x1' }) };
    const { log } = JSON.parse((await run(['boot', 'x.json', '-k', '6.12', '--log', '--json'], files)).out);
    expect(log.find(({ code }: { code: string }) => code === 'sanity-check')).toMatchObject({
      cpu: 1,
      level: 4,
      args: { register: 'ID_AA64ISAR0_EL1', boot: '0x0000000000000000', own: '0x0000000000000001' },
    });
  });

  it('leaves out what a panic does', async () => {
    const { code, out } = await run(['boot', 'x.json', '-k', '6.12', '--json'], PANIC);
    expect(code).toBe(1);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ panic: { cpu: 1, reason: expect.any(String) }, cpucaps: expect.any(Array) });
    for (const part of ['cpuinfo', 'auxv', 'files']) expect(answer).not.toHaveProperty(part);
  });

  it('lists refused CPUs with the reason', async () => {
    expect((await json(['x.json', '-k', '6.12'], REFUSED as never)).refused).toEqual([
      { cpu: 1, reason: expect.stringContaining('HAS_ADDRESS_AUTH') },
    ]);
  });
});

it.each([
  [['boot', 'pi.txt', '--cpuinf'], 2, 'did you mean --cpuinfo?'],
  [['boot', 'pi.txt', '-k', '6.1', '-c', 'debain'], 2, 'did you mean debian?'],
  [['boot', '--machine', 'rk3858'], 2, 'did you mean rk3588?'],
  [['boot', 'pi.txt', '--force'], 2, '--force goes with --sysroot'],
  [['boot', 'pi.txt', '--sysroot', ''], 2, '--sysroot: which folder?'],
  [['boot', 'missing.txt'], 3, 'missing.txt: there is no such file'],
])('%j ends with one line and %i', async (argv, code, message) => {
  expect(await run(argv, FILES)).toMatchObject({ code, out: '', err: expect.stringContaining(message) });
});

it('the help has examples', async () => {
  const { code, out } = await run(['boot', '--help']);
  expect(code).toBe(0);
  expect(out).toContain('armlens boot rk3588 --sysroot rk3588-root');
  expect(widest(out)).toBeLessThanOrEqual(80);
});

it('damaged input is read as far as it goes, and the run ends with 3', async () => {
  expect(await run(['boot', 'pi.txt', '-k', '6.8', '--cpucaps'], { 'pi.txt': `${PI}rubbish\n` })).toMatchObject({
    code: 3,
    out: expect.stringContaining('HAS_CRC32'),
  });
});

describe('a machine that is known in part', () => {
  const FILES = { 'pi.txt': 'processor\t: 0\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n' };

  it('shows apart what may be printed', async () => {
    const { out } = await run(['boot', 'pi.txt', '-k', '6.12'], FILES);
    const [certain, open] = out.split('may be printed or not');
    expect(certain).toContain('detected: CRC32 instructions');
    expect(certain).not.toContain('32-bit EL0 Support');
    expect(open).toContain('32-bit EL0 Support');
    expect(open).toMatch(/Not known whether there: .*HAS_32BIT_EL1/);
  });

  it('notes it beside a part that is written as the system does, and gives it in JSON', async () => {
    const { out, err } = await run(['boot', 'pi.txt', '-k', '6.12', '--log'], FILES);
    expect(out).not.toContain('32-bit EL0 Support');
    expect(err).toMatch(/\d+ lines more may be there/);
    const answer = JSON.parse((await run(['boot', 'pi.txt', '-k', '6.12', '--json'], FILES)).out) as { unknown: { log: string[] } };
    expect(answer.unknown.log).toContain('CPU features: detected: 32-bit EL0 Support');
  });
});
