import type { Parsed } from '../diagnostic.ts';
import type { Capture } from './capture.ts';

/** What Windows makes up. */
const INVENTED: ReadonlySet<string> = new Set(['kernel', 'midrs', 'cores', 'implementer', 'environment', 'title']);

const isWindows = ({ kernel, uname, detectVirt }: Capture): boolean =>
  /-Microsoft | Subsystem/.test(`${kernel?.release} ${uname?.text} ${detectVirt?.at.text}`);

/**
 * A capture without what Windows made up: under the first WSL no Linux runs, and every program is shown the same, whatever the CPU is. The
 * names that are shown are there.
 */
export function withoutWindows(capture: Capture): Parsed<Capture> {
  if (!isWindows(capture)) return { value: capture, diagnostics: [] };
  const rest = Object.fromEntries(Object.entries(capture).filter(([key]) => !INVENTED.has(key))) as Capture;
  const { cpuinfo, hwcaps } = rest;
  const message = 'WSL 1 shows all programs one core and a few names: which core it is, and what it has besides, is not known';
  return {
    value: {
      ...rest,
      ...(cpuinfo && { cpuinfo: cpuinfo.map(({ processor, features }) => ({ processor, features, isPart: true as const })) }),
      ...(hwcaps && { hwcaps: { ...hwcaps, isPart: true as const } }),
    },
    diagnostics: [{ code: 'not-linux', severity: 'warning', where: 'cpus', message }],
  };
}
