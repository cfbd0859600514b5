import { expect, it } from 'vitest';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { formatCpuinfo } from '../../src/formats/cpuinfo.ts';
import { boot } from '../../src/linux/boot.ts';
import type { Kernel } from '../../src/linux/kernel.ts';
import type { System } from '../../src/linux/system.ts';
import { cpuinfoView } from '../../src/process/cpuinfo.ts';
import { KNOWN_MACHINES, type KnownMachine, loadMachine } from '../../src/silicon/known-machine.ts';

const named = KNOWN_MACHINES.filter(({ recorded, kind }) => recorded && kind !== 'recorded');
const machines: readonly KnownMachine[] = await Promise.all(named.map(({ name }) => loadMachine(name)));
const printedOnly = KNOWN_MACHINES.filter(({ kind }) => kind === 'recorded');

/** One recorded part of a machine, beside what is derived. */
interface Check {
  readonly title: string;
  readonly machine: string;
  readonly got: unknown;
  readonly want: unknown;
}

function systemOf({ machine, recorded }: KnownMachine): System {
  const { release, config, cmdline, bootEl, timerHz } = recorded!;
  const kernel: Kernel = { release, config: config as NonNullable<Kernel['config']>, ...(cmdline === undefined ? {} : { cmdline }) };
  return boot(machine, kernel, { ...(bootEl === undefined ? {} : { bootEl }), ...(timerHz === undefined ? {} : { timerHz }) });
}

/** Whether the timer's frequency, which BogoMIPS is printed from, is known at all. */
function hasTimer({ machine, recorded }: KnownMachine): boolean {
  return recorded?.timerHz !== undefined || machine.cpus[0]?.registers.CNTFRQ_EL0 !== undefined;
}

function checksOf(known: KnownMachine): readonly Check[] {
  const { features, words, compatFeatures, compatWords, bogomips, cpuinfo } = known.recorded!;
  const system = systemOf(known);
  const { hwcaps, compat } = system;
  const checks: readonly Omit<Check, 'machine'>[] = [
    { title: 'Features line', got: hwcaps.names, want: features },
    { title: 'hwcap words', got: hwcaps.words, want: words },
    { title: 'AArch32 Features line', got: compat.names, want: compatFeatures },
    { title: 'AArch32 words', got: compat.words, want: compatWords },
    { title: 'BogoMIPS', got: cpuinfoView(system)[0]?.bogoMips, want: hasTimer(known) ? bogomips : undefined },
    { title: '/proc/cpuinfo', got: formatCpuinfo(cpuinfoView(system)).trim(), want: cpuinfo?.trim() },
  ];
  return checks.filter(({ want }) => want !== undefined).map((check) => ({ machine: known.name, ...check }));
}

it.each(machines.flatMap(checksOf))('$machine: its $title follows from its registers', ({ got, want }) => {
  expect(got).toEqual(want);
});

it.each(printedOnly)('$name: its Features line goes with what is usual for its cores', async ({ name }) => {
  const known = await knownMachine(name);
  const { seen: _, ...unseen } = known.machine;
  const { hwcaps, unknown } = systemOf({ ...known, machine: unseen });
  const features = known.recorded!.features;
  expect(features).toEqual(expect.arrayContaining([...hwcaps.names]));
  expect([...hwcaps.names, ...(unknown?.hwcaps ?? [])]).toEqual(expect.arrayContaining([...features]));
});
