import { macosSysctlReader } from '../../formats/macos-sysctl.ts';
import { windowsRegistryReader } from '../../formats/windows-registry.ts';
import type { Host } from './host.ts';
import { hidden, type Observation, observe } from './observation.ts';

/** Looks at what macOS tells a program. */
export async function observeMacos(host: Host): Promise<readonly Observation[]> {
  const path = 'sysctl hw machdep.cpu';
  const hides = 'everything: macOS tells of the CPU only here';
  const text = await host.run('/usr/sbin/sysctl', ['hw', 'machdep.cpu']);
  const registers = hidden(
    'ID registers',
    'denied',
    'which core it is in which revision, and all fields that macOS has no name for: it answers MRS of no ID register',
  );
  if (text === undefined) return [hidden(path, 'failed', hides), registers];
  const says = ({ archFeatures, cpuCount }: Observation['capture']): string =>
    `${archFeatures?.present.length ?? 0} architecture features offered, ${archFeatures?.absent.length ?? 0} not, ${cpuCount ?? 'an unknown number of'} CPUs`;
  return [observe({ path, hides, says }, macosSysctlReader.read(text), text), registers];
}

const PROCESSORS = 'HKLM\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor';

/** Looks at what Windows tells a program. */
export async function observeWindows(host: Host): Promise<readonly Observation[]> {
  const path = `reg query ${PROCESSORS} /s`;
  const hides = 'the ID registers, which Windows writes there at boot';
  const text = await host.run('reg.exe', ['query', PROCESSORS, '/s']);
  if (text === undefined) return [hidden(path, 'failed', hides)];
  const says = ({ machine }: Observation['capture']): string => {
    const cpus = machine?.cpus ?? [];
    return `${cpus.length} CPUs with ${Object.keys(cpus[0]?.registers ?? {}).length} registers each`;
  };
  const found = observe({ path, hides, says }, windowsRegistryReader.read(text), text);
  const beyond = hidden(
    'registers that Windows does not write',
    'missing',
    'newer ID registers: which ones are written depends on the build of Windows. Below a hypervisor (virtualisation-based security) they are its view',
  );
  return [found, beyond];
}
