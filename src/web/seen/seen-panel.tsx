import type { VNode } from 'preact';
import type { LevelReading } from '../../answers/level.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import type { System } from '../../linux/system.ts';
import { lazy } from '../lazy.tsx';
import { El0Panel } from './el0-panel.tsx';
import { FeaturesPanel } from './features-panel.tsx';
import { Fold } from './fold.tsx';
import { GoneNames } from './gone-names.tsx';
import { LevelPanel } from './level-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { NameLine } from './name-line.tsx';
import { SystemFindings } from './system-findings.tsx';

const CpuinfoPanel = lazy(async () => (await import('./cpuinfo-panel.tsx')).CpuinfoPanel);

interface Props {
  readonly system: System;
  /** The system at the start, before anything was changed. */
  readonly start: System;
  readonly levels: readonly LevelReading[];
  readonly startLevels: readonly LevelReading[];
  readonly cpu: number;
  readonly why: string | undefined;
  whyLink(name: string): string;
}

function has32Bit({ cpucaps }: System): boolean {
  return cpucaps.some((name) => name.startsWith('HAS_32BIT_EL0'));
}

/** What programs and people see of a system: live beside the registers. */
export function SeenPanel({ system, start, levels, startLevels, cpu, why, whyLink }: Props): VNode {
  const gone = start.cpucaps.filter((name) => !system.cpucaps.includes(name));
  const set = new Set(system.hwcaps.names);
  const absent = allHwcaps().flatMap(({ name }) => (set.has(name) ? [] : [name]));
  return (
    <>
      <SystemFindings system={system} />
      <h3>/proc/cpuinfo and the auxiliary vector</h3>
      <FeaturesPanel set={system.hwcaps} start={start.hwcaps} current={why} linkOf={whyLink} />
      <Fold title="Absent" note={`${absent.length} hwcaps: choose one to see why`}>
        {() => <NameLine head="" names={absent} start={new Set(absent)} current={why} linkOf={whyLink} />}
      </Fold>
      <Fold title="Level" note={levels.map(({ level }) => level ?? 'unknown').join(' · ')} isOpen>
        {() => <LevelPanel readings={levels} start={startLevels} />}
      </Fold>
      <Fold title="Boot log" note={`${system.log.length} lines`} isOpen>
        {() => <LogPanel system={system} start={start} />}
      </Fold>
      <Fold title="cpucaps" note={`${system.cpucaps.length} in the kernel`}>
        {() => (
          <>
            <NameLine head="" names={system.cpucaps} start={new Set(start.cpucaps)} current={why} linkOf={whyLink} />
            <GoneNames names={gone} linkOf={whyLink} />
          </>
        )}
      </Fold>
      <Fold title="Registers at EL0" note="MRS">
        {() => <El0Panel system={system} start={start} cpu={cpu} />}
      </Fold>
      <Fold title="AArch32 view" note={has32Bit(system) ? `${system.compat.names.length} hwcaps` : 'no 32-bit program can run'}>
        {() => <FeaturesPanel set={system.compat} start={start.compat} current={undefined} />}
      </Fold>
      <Fold title="The whole of /proc/cpuinfo">{() => <CpuinfoPanel system={system} />}</Fold>
    </>
  );
}
