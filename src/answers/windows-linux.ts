import type { Parsed } from '../diagnostic.ts';
import type { Capture } from './capture.ts';

const isWindows = ({ kernel, uname, detectVirt }: Capture): boolean =>
  /-Microsoft$/.test(kernel?.release ?? '') || /-Microsoft /.test(uname?.text ?? '') || /Subsystem/.test(detectVirt?.at.text ?? '');

/**
 * A capture without what Windows made up: under the first WSL no Linux runs, and every program is shown one core and one list of hwcaps,
 * whatever the CPU is. What is in the list is there.
 */
export function withoutWindows(capture: Capture): Parsed<Capture> {
  if (!isWindows(capture)) return { value: capture, diagnostics: [] };
  const { kernel: _, midrs: __, cores: ___, implementer: ____, environment: _____, title: ______, cpuinfo, hwcaps, ...rest } = capture;
  const message =
    'the first WSL has no kernel of Linux: Windows shows all programs the same core and the same names, so which core it is, and what it has besides, is not known';
  return {
    value: {
      ...rest,
      ...(cpuinfo && { cpuinfo: cpuinfo.map(({ processor, features }) => ({ processor, features, isPart: true as const })) }),
      ...(hwcaps && { hwcaps: { ...hwcaps, isPart: true as const } }),
    },
    diagnostics: [{ code: 'not-linux', severity: 'warning', where: 'cpus', message }],
  };
}
