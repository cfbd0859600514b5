import { describe, expect, it } from 'vitest';
import { formatLogEvent } from '../../src/formats/kernel-log.ts';
import { parseCpuList, parseLogMessage } from '../../src/formats/kernel-log-line.ts';
import { boot } from '../../src/linux/boot.ts';
import { kernelAt } from '../../src/linux/release/kernel-at.ts';
import { machineOf, recordedEnvironment, recordings } from '../support/recordings.ts';

it.each(recordings().map((recording) => [recording.name, recording] as const))('%s: parse reads what format wrote', (_, recording) => {
  const system = boot(machineOf(recording), recording.kernel, recordedEnvironment(recording));
  const { behaviour } = kernelAt(recording.kernel);
  for (const event of system.log) {
    // The line does not tell in which phase and by which part of the kernel it was printed, and only some tell the CPU.
    const { phase: _phase, source: _source, cpu: _cpu, ...message } = event;
    const { cpu, ...read } = parseLogMessage(formatLogEvent(event, behaviour)) ?? { code: 'none' };
    const unsigned = 'value' in message && message.value !== undefined ? { ...message, value: BigInt.asUintN(64, message.value) } : message;
    expect(read).toEqual(unsigned);
    if (cpu !== undefined) expect(cpu).toBe(event.cpu);
  }
});

describe('lines of other kernels', () => {
  it.each([
    // Wording of Linux 4.4 to 4.19, arch/arm64/kernel/cpufeature.c and cpuinfo.c.
    [
      'CPU features: detected feature: GIC system register CPU interface',
      { code: 'detected', description: 'GIC system register CPU interface', erratum: false },
    ],
    ['CPU features: enabling workaround for ARM erratum 832075', { code: 'detected', description: 'ARM erratum 832075', erratum: true }],
    ['CPU features: Unsupported CPU feature variation.', { code: 'unsupported-variation' }],
    ['kvm [1]: Hyp mode initialized successfully', { code: 'kvm', mode: 'nvhe' }],
  ])('%s', (line, message) => {
    expect(parseLogMessage(line)).toEqual(message);
  });

  it.each(['', 'usb 1-1: new device', 'CPU features: something new', 'CPU1: Booted secondary processor [410fd034]'])(
    '%j is none',
    (line) => {
      expect(parseLogMessage(line)).toBeUndefined();
    },
  );
});

it.each([
  ['0-3,6', [0, 1, 2, 3, 6]],
  ['7', [7]],
  ['', undefined],
  ['3-1', undefined],
  ['0-99999', undefined],
])('reads the CPU list %j', (text, cpus) => {
  expect(parseCpuList(text)).toEqual(cpus);
});
