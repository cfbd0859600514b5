import { expect, it } from 'vitest';
import { readSpec } from '../../spec-data/build/spec-file.ts';
import { conclusionObject } from '../../src/formats/conclusion.ts';
import { formatCpuinfo } from '../../src/formats/cpuinfo.ts';
import { parseProcessRecord } from '../../src/formats/process-record.ts';
import { conclude } from '../../src/runtime/conclude.ts';
import type { ProgramName } from '../../src/runtime/program.ts';

interface Recorded {
  readonly systems: readonly {
    readonly id: string;
    readonly kernel: object;
    readonly process: object;
    readonly runtime: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
  readonly cpuinfo: readonly {
    readonly features: string;
    readonly cpus: readonly (readonly [implementer: number, part: number, variant: number, revision: number])[];
    readonly version: string;
    readonly option: 'march' | 'mcpu' | 'mtune';
    readonly result: object;
  }[];
}

const { systems, cpuinfo } = readSpec<Recorded>('runtime/recorded/runtimes.json');

function processOfRecord(record: object) {
  const parsed = parseProcessRecord(JSON.stringify({ id: 1, ...record }));
  if ('error' in parsed) throw new Error(parsed.error.message);
  return parsed.record.process;
}

it.each(systems)('$id: every program concludes what it concluded in the recording', ({ kernel, process, runtime }) => {
  const seen = processOfRecord({ kernel, process });
  for (const [program, versions] of Object.entries(runtime)) {
    for (const [version, wanted] of Object.entries(versions)) {
      // A recording has no -mtune where the driver was not asked.
      const got = conclusionObject(conclude(seen, program as ProgramName, version));
      const isMap = typeof wanted === 'object' && !Array.isArray(wanted);
      expect({ program, version, got }).toEqual({ program, version, got: isMap ? expect.objectContaining(wanted as object) : wanted });
    }
  }
});

it.each(cpuinfo)('GCC $version -$option=native over a made-up text gives $result', ({ features, cpus, version, option, result }) => {
  const text = formatCpuinfo(
    cpus.map(([implementer, part, variant, revision], processor) => ({
      processor,
      bogoMips: '50.00',
      features: features.split(' '),
      implementer,
      architecture: 8,
      variant,
      part,
      revision,
    })),
  );
  const answers = conclude(processOfRecord({ process: { cpuinfo: text } }), 'gcc', version);
  expect(conclusionObject(answers)).toMatchObject({ [option]: result });
  expect((conclusionObject(answers) as Record<string, unknown>)[option]).toEqual(result);
});
