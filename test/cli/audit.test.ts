import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SPEC_DATA } from '../../spec-data/build/spec-file.ts';
import { CommandError, EXIT } from '../../src/cli/io.ts';
import { nodeIo } from '../../src/cli/node-io.ts';
import { run } from '../support/fake-io.ts';

const spec = (path: string): string => readFileSync(join(SPEC_DATA, path), 'utf8');
const CPUINFO = spec('machines/virt-cortex-a72/cpuinfo.txt');
const MACHINE = spec('machines/virt-cortex-a72/machine.json');

/** Three machines: a folder with two texts of one, and two files. */
const FLEET = {
  'fleet/a/machine.json': MACHINE,
  'fleet/a/cpuinfo.txt': CPUINFO,
  'fleet/b.txt': CPUINFO.replaceAll('0xd08', '0xdff'),
  'fleet/c.txt': spec('machines/virt-neoverse-n1/cpuinfo.txt'),
  'fleet/readme.txt': 'three machines\n',
};

describe('audit', () => {
  it('finds nothing to say against good records', async () => {
    const { code, out, err } = await run(['audit', 'fleet'], FLEET);
    expect(err).toBe('note: left out, since nothing of a machine could be read: fleet/readme.txt\n');
    expect(out).toMatch(/^3 machines: \d consistent, \d explained, 0 contradictory, 0 with nothing to check\n/);
    expect(out).toContain('\ncores that are not known\n  0x410fdff3  fleet/b.txt\n');
    expect(code).toBe(0);
  });

  it('goes on where a text names a kernel that is older than all that are known', async () => {
    const { code, out } = await run(['audit', 'old.txt'], { 'old.txt': `Kernel version: 3.18.120\n\n${CPUINFO}` });
    expect(out).toMatch(/^1 machine: 1 consistent/);
    expect(code).toBe(0);
  });

  it('counts CPUs by their numbers, where a text does not leave that open', async () => {
    const ofCpu = (cpu: number): string => `processor : ${cpu}\nFeatures : fp asimd evtstrm crc32 cpuid\n\n`;
    const count = async (text: string) => JSON.parse((await run(['audit', 'a.txt', '--json'], { 'a.txt': text })).out).records[0].cpuCount;
    expect(await Promise.all([ofCpu(0) + ofCpu(7), `${ofCpu(0)}...\n`].map(count))).toEqual([8, 0]);
  });

  it("calls an emulator's CPU under another core's MIDR_EL1 explained, and says so", async () => {
    const text = spec('machines/virt-max/cpuinfo.txt');
    const borrowed = text.replace(/CPU implementer.*/g, 'CPU implementer : 0x61').replace(/CPU part.*/g, 'CPU part : 0x022');
    const files = { 'a.txt': borrowed, 'b.txt': borrowed.replaceAll(' rng', '') };
    const { code, out } = await run(['audit', 'a.txt', 'b.txt', '--json'], files);
    const [a, b] = JSON.parse(out).records;
    expect(a).toMatchObject({ verdict: 'explained', contradictions: [] });
    expect(a.causes).toContainEqual({ kind: 'borrowed-midr', names: expect.arrayContaining(['sve2']) });
    expect(b.verdict).toBe('contradictory');
    expect(code).toBe(1);
    expect((await run(['audit', 'a.txt'], files)).out).toContain("\nan emulator's CPU under another core's MIDR_EL1\n  a.txt");
  });

  it('tells which record contradicts itself, and exits with 1', async () => {
    const files = { ...FLEET, 'fleet/a/cpuinfo.txt': CPUINFO.replaceAll(' cpuid', ' cpuid sve') };
    const { code, out } = await run(['audit', 'fleet', '--json'], files);
    expect(code).toBe(1);
    const { summary, records } = JSON.parse(out);
    expect(summary).toMatchObject({ records: 3, verdicts: { contradictory: 1 } });
    expect(summary.contradictions.map((one: { record: string }) => one.record)).toContain('fleet/a');
    expect(records.find((one: { name: string }) => one.name === 'fleet/a')).toMatchObject({
      formats: expect.arrayContaining(['cpuinfo', 'registers']),
      verdict: 'contradictory',
    });
  });

  it('takes texts that name different cores for different machines, and every file for one with --each', async () => {
    const files = { 'x/machine.json': MACHINE, 'x/cpuinfo.txt': FLEET['fleet/c.txt'] };
    expect((await run(['audit', 'x', '--csv'], files)).out.split('\n')).toHaveLength(4);
    const each = await run(['audit', 'fleet/a', '--csv', '--each'], FLEET);
    expect(each.out.split('\n')).toHaveLength(4);
  });

  it('writes CSV in which no cell is a formula', async () => {
    const { out, code } = await run(['audit', '=cmd.txt', '--csv'], { '=cmd.txt': CPUINFO });
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('name,formats,title,cpus,cores,release,verdict,contradictions,causes,hwcaps,unknown_hwcaps');
    expect(out.split('\n')[1]).toMatch(/^'=cmd\.txt,cpuinfo,,2,ARM Cortex-A72,,consistent,,/);
  });

  it('takes a line that is alone for a text like any other, a byte order mark or not', async () => {
    const line = `\ufeff${JSON.stringify(JSON.parse(MACHINE))}\n`;
    const { out } = await run(['audit', 'x', '--json'], { 'x/one.ndjson': line, 'x/cpuinfo.txt': CPUINFO });
    expect(JSON.parse(out).records).toMatchObject([{ name: 'x', formats: ['registers', 'cpuinfo'] }]);
  });

  it('goes on where a stream cannot be read', async () => {
    const broken = {
      // biome-ignore lint/correctness/useYield: it fails before it gives anything
      async *stream(): AsyncGenerator<Uint8Array> {
        throw new CommandError(EXIT.badInput, 'x/all.ndjson: it may not be read');
      },
    };
    const { out, err } = await run(['audit', 'x', '--csv'], { 'x/all.ndjson': '', 'x/cpuinfo.txt': CPUINFO }, broken);
    expect(out.split('\n')).toHaveLength(3);
    expect(err).toContain('x/all.ndjson');
  });

  it('reads a machine from each line of .ndjson', async () => {
    const line = JSON.stringify(JSON.parse(MACHINE));
    const { out } = await run(['audit', 'all.ndjson', '--json'], { 'all.ndjson': `${line}\n${line}\n` });
    expect(JSON.parse(out).records.map(({ name }: { name: string }) => name)).toEqual(['all.ndjson:1', 'all.ndjson:2']);
  });

  it('leaves no false alarm on the machines of the package', async () => {
    const { listFiles, readBytes, exists } = nodeIo();
    const { code, out } = await run(['audit', join(SPEC_DATA, 'machines'), '--json'], {}, { listFiles, readBytes, exists });
    expect(JSON.parse(out).summary.contradictions).toEqual([]);
    expect(JSON.parse(out).summary.verdicts.consistent).toBeGreaterThan(30);
    expect(code).toBe(0);
  });

  it.each([
    [['audit', 'nowhere'], 3, 'nowhere: there is no such file or folder'],
    [['audit', 'fleet/readme.txt'], 3, 'no machine could be read'],
    [['audit', 'fleet', '--csv', '--json'], 2, 'either --json or --csv, not both'],
  ])('%j', async (argv, status, message) => {
    const { code, err } = await run(argv, FLEET);
    expect(err).toContain(message);
    expect(code).toBe(status);
  });
});
