import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { hasCoreOf, machinesOfCores } from '../../src/answers/infer/machines-of-cores.ts';
import { inferFeatures } from '../../src/answers/infer.ts';
import { INFER_EXAMPLES } from '../../src/web/infer/examples.ts';
import { parseInferQuery, queryOfText, textOfQuery } from '../../src/web/infer/infer-query.ts';
import { InferenceResult } from '../../src/web/infer/inference-result.tsx';
import { formatRoute } from '../../src/web/route.ts';
import { InferenceVerdict, InferView } from '../../src/web/views/infer.tsx';

// The head and one CPU of a Raspberry Pi 4's /proc/cpuinfo, spec-data/machines/raspberry-pi-4.
const PI_4 =
  'processor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm crc32 cpuid\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n';

function shownFor(names: string, midrs: readonly bigint[] = []): string {
  const question = { names: names.split(' '), given: { midrs }, problems: [] };
  const inference = inferFeatures(question.names, question.given);
  return renderToString(
    <>
      <InferenceVerdict inference={inference} />
      <InferenceResult question={question} inference={inference} coresTried={true} />
    </>,
  );
}

describe('the question in an address', () => {
  it('holds the names and the cores of a pasted /proc/cpuinfo, not its text', async () => {
    const query = await queryOfText([['k', '6.1']], PI_4);
    expect(query).toEqual([
      ['k', '6.1'],
      ['line', 'fp asimd evtstrm crc32 cpuid'],
      ['midr', '0x410fd083'],
    ]);
    expect(formatRoute({ view: 'infer', name: '', query })).toBe('./infer/?k=6.1&line=fp+asimd+evtstrm+crc32+cpuid&midr=0x410fd083');
  });

  it('asks the same when what it shows is read again', async () => {
    for (const { query } of INFER_EXAMPLES) {
      const again = await queryOfText([], textOfQuery(query));
      expect(again.filter(([key]) => key === 'line')).toEqual(query.filter(([key]) => key === 'line'));
    }
  });

  it('keeps the lines of other CPUs', async () => {
    const other = 'processor\t: 1\nFeatures\t: fp asimd cpuid\n';
    const { given } = parseInferQuery(await queryOfText([], `${PI_4}\n${PI_4.replace(': 0', ': 2')}\n${other}`));
    expect(given.otherLines).toEqual([['fp', 'asimd', 'cpuid']]);
  });

  it('holds who made the cores, and asks the machines of that maker as the command does', async () => {
    const query = await queryOfText([], 'Architecture: aarch64\nCPU(s): 8\nVendor ID: Apple\nFlags: fp asimd evtstrm crc32 cpuid\n');
    expect(query).toContainEqual(['maker', '0x61']);
    const { given } = parseInferQuery(query);
    const machines = await machinesOfCores(given);
    expect(machines.length).toBeGreaterThan(0);
    expect(machines.every((machine) => hasCoreOf(0x61, machine))).toBe(true);
  });

  it('says that a line is cut', async () => {
    const query = await queryOfText([], 'Features : fp asimd evtstrm crc32 …');
    expect(query).toEqual([['line', 'fp asimd evtstrm crc32 …']]);
    const { names, given } = parseInferQuery(query);
    expect(names).toEqual(['fp', 'asimd', 'evtstrm', 'crc32']);
    expect(given.isPart).toBe(true);
  });

  it('is cut where a text is larger than any line', async () => {
    const query = await queryOfText([], `Features : ${'x'.repeat(100)} ${'fp '.repeat(100_000)}`);
    const { names } = parseInferQuery(query);
    expect(names.length).toBeLessThanOrEqual(300);
    expect(names[0]?.length).toBeLessThanOrEqual(41);
    expect(formatRoute({ view: 'infer', name: '', query }).length).toBeLessThan(2_000);
  });

  it('tells what is no MIDR_EL1', () => {
    expect(parseInferQuery([['midr', '<b>']]).problems).toEqual(['<b> is no MIDR_EL1; 0x410fd083 is one.']);
  });
});

describe('what a line tells', () => {
  it('of a Raspberry Pi 4: kernels, level, fields, architecture features', () => {
    const html = shownFor('fp asimd evtstrm crc32 cpuid');
    // cpuid is printed since 4.11, asimdrdm and later names are missing on this core.
    expect(html).toContain('Printed by Linux 4.11');
    expect(html).toContain('Armv8.0-A');
    expect(html).toContain('href="./field/ID_AA64ISAR0_EL1.CRC32/"');
    expect(html).toContain('href="./feat/FEAT_CRC32/"');
  });

  it('a name that no kernel has is not explained, and shown as text', () => {
    const html = shownFor('fp asimd <script>alert(1)</script>');
    expect(html).toContain('Not explained');
    expect(html).not.toContain('<script>');
  });

  it('a line of a 32-bit kernel is told as such', () => {
    expect(shownFor('half thumb fastmult vfp edsp neon vfpv3 tls vfpv4 idiva idivt vfpd32 lpae evtstrm crc32')).toMatch(/32-bit/);
  });
});

it('the view without a question has a place to paste and examples', () => {
  const html = renderToString(<InferView route={{ view: 'infer', name: '', query: [] }} navigate={() => undefined} />);
  expect(html).toContain('<textarea');
  expect(html).toContain('midr=0x410fd083');
});
