import { describe, expect, it } from 'vitest';
import { machineOfCapture } from '../../src/answers/machine-of-capture.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { boot } from '../../src/linux/boot.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import type { Machine } from '../../src/silicon/machine.ts';
import { takenBack } from '../support/claims.ts';
import { machineOf, type RecordingRow, recordedEnvironment, recordings } from '../support/recordings.ts';

// What follows from a part of what a real kernel printed, held against the same kernel, and the newest one, on all registers.

/** Command lines that ask nothing of CPUs. */
const PLAIN = /^(?:\s*(?:console=\S+|earlycon|loglevel=8|cryptomgr\.notests))*\s*$/;

/** Boots of equal CPUs, so that one that is not told of is as the others. */
const BOOTS = recordings().filter(
  ({ kind, cpus, expected }) => kind === 'emulator-boot' && cpus.length === 1 && expected.log !== undefined,
);

/** The log as a kernel prints it, with time stamps. */
function logOf({ kernel, cpus, expected }: RecordingRow): readonly string[] {
  const count = expected.online?.length ?? 1;
  const lines = [
    `Booting Linux on physical CPU 0x0000000000 [${cpus[0]!.registers.MIDR_EL1!.replace('0x00000000', '0x')}]`,
    `Linux version ${kernel.release} (builder@host) (gcc 14.2.0) #1 SMP`,
    `Kernel command line: ${kernel.cmdline ?? ''}`,
    ...expected.log!.flatMap((line) => (line.startsWith('CPU: All') ? [`smp: Brought up 1 node, ${count} CPUs`, line] : [line])),
  ];
  return lines.map((line, i) => `[${(i / 100).toFixed(6).padStart(12)}] ${line}`);
}

const wrapped = (line: string): string =>
  line.replace(/^(.{1,72}) (.*)$/, (whole, head, rest) => (whole.length > 72 ? `${head}\n${rest}` : whole));

/** What people keep of a log, and how they show it. */
const PARTS: Readonly<Record<string, (log: readonly string[], at: number, recording: RecordingRow) => readonly string[]>> = {
  'all of it': (log) => log,
  'all of it, and a Features line behind': (log, _, { expected }) => [...log, '', `Features\t: ${expected.hwcaps!.names}`],
  'its kernel’s name, with a Features line': ([, version], _, { expected }) => [version!, `Features\t: ${expected.hwcaps!.names}`],
  'all of it in a mail': (log) => log.map(wrapped),
  'what has no kernel’s name': (log) => log.filter((line) => !line.includes('Linux version')),
  'grep CPU': (log) => log.filter((line) => line.includes('CPU')),
  'grep detected': (log) => log.filter((line) => line.includes('detected')),
  'its beginning': (log, at) => log.slice(0, at),
  'its end': (log, at) => log.slice(at),
  'all but some lines, and a mark in their place': (log, at) => [...log.slice(0, at), '[...]', ...log.slice(at + 5)],
};

async function machineToldBy(text: string): Promise<Machine | undefined> {
  return (await machineOfCapture((await readAny(text)).value))?.value.machine;
}

describe.each(Object.entries(PARTS).map(([part, take], turn) => ({ part, take, turn })))('of a log, $part', ({ take, turn }) => {
  it('nothing is said that is not so', async () => {
    const faults: string[] = [];
    for (const [i, recording] of BOOTS.entries()) {
      if (i % 3 !== turn % 3) continue;
      const log = logOf(recording);
      const text = take(log, 3 + ((i * 7) % (log.length - 4)), recording).join('\n');
      const { kernel: own } = recording;
      // Of a text that does not show the words that its kernel was started with, nobody can tell what these did.
      if (!text.includes('Kernel command line') && !PLAIN.test(own.cmdline ?? '')) continue;
      const told = await machineToldBy(text);
      if (told === undefined) continue;
      const around = recordedEnvironment(recording);
      // No text tells what the firmware answered.
      const { smccc: _, ...untold } = { ...around, openSmccc: true };
      for (const kernel of [own, { ...own, cmdline: '' }, { release: NEWEST_RELEASE }]) {
        const claims = takenBack(boot(told, kernel, untold), boot(machineOf(recording), kernel, around));
        // Those that are listed stand for all.
        const said = claims.filter((claim) => !told.uncounted || !/\bCPU \d+$/.test(claim));
        faults.push(...said.map((claim) => `${recording.name} under ${kernel.release} ${kernel.cmdline}: ${claim}`));
      }
      // Where nobody tells how the kernel was built, what it did not find says nothing of registers.
      const { release, cmdline = '' } = own;
      const unbuilt = takenBack(boot(told, { release, cmdline }, untold), boot(machineOf(recording), own, around));
      faults.push(
        ...unbuilt.filter((claim) => /^ID_\w+$/.test(claim)).map((claim) => `${recording.name}, built as nobody tells: ${claim}`),
      );
    }
    expect(faults).toEqual([]);
  });
});
