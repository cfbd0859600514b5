import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { LevelReading } from '../../answers/level.ts';
import { formatFeatureLog } from '../../formats/kernel-log.ts';
import { leastLevel } from '../../formats/level-words.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import type { System } from '../../linux/system.ts';
import { runsAArch32Programs } from '../../process/aarch32-programs.ts';
import { lazy } from '../lazy.tsx';
import { CopyButton } from './copy-button.tsx';
import { FeaturesPanel } from './features-panel.tsx';
import { goneFrom } from './gone.ts';
import { GoneNames } from './gone-names.tsx';
import { LevelPanel } from './level-panel.tsx';
import { NameLine } from './name-line.tsx';
import { SystemFindings } from './system-findings.tsx';

interface FoldProps {
  readonly title: string;
  /** A few words behind the title. */
  readonly note?: string;
  readonly isOpen?: boolean;
  children(): ComponentChildren;
}

/** A part that opens; what is in it is drawn only then. */
function Fold({ title, note, isOpen = false, children }: FoldProps): VNode {
  const [open, setOpen] = useState(isOpen);
  return (
    <details class="fold" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {title}
        {note !== undefined && <span class="soft small"> {note}</span>}
      </summary>
      {open && children()}
    </details>
  );
}

/** What the kernel prints about all this while it boots; lines that were not there at the start are marked. */
function LogPanel({ system, start }: { readonly system: System; readonly start: System | undefined }): VNode {
  const lines = formatFeatureLog(system);
  const before = start === undefined ? undefined : new Set(formatFeatureLog(start));
  const gone = [...(before ?? [])].filter((line) => !lines.includes(line));
  return (
    <>
      <pre class="wrap log">
        {lines.map((line, i) => (
          <span key={`${i} ${line}`} class={before === undefined || before.has(line) ? undefined : 'came'}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
      {gone.length > 0 && (
        <p class="small">
          Gone since the start:{' '}
          {gone.map((line) => (
            <del key={line} class="mono gone">
              {line}
            </del>
          ))}
        </p>
      )}
      <CopyButton text={lines.map((line) => `${line}\n`).join('')} of="the boot log" />
    </>
  );
}

const CpuinfoPanel = lazy(async () => (await import('./cpuinfo-panel.tsx')).CpuinfoPanel);
const El0Panel = lazy(async () => (await import('./el0-panel.tsx')).El0Panel);

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

/** Whether 32-bit programs run, and what they see, in a few words. */
function aarch32Note(system: System): string {
  const runs = runsAArch32Programs(system);
  if (runs === undefined) return 'not known whether 32-bit programs can run';
  return runs ? `${system.compat.names.length} hwcaps` : 'no 32-bit program can run';
}

/** What programs and people see of a system: live beside the registers. */
export function SeenPanel({ system, start, levels, startLevels, cpu, why, whyLink }: Props): VNode {
  const { hwcaps: openHwcaps = [], cpucaps: openCpucaps = [], compat: openCompat } = system.unknown ?? {};
  const gone = goneFrom(start.cpucaps, system.cpucaps, openCpucaps);
  const set = new Set([...system.hwcaps.names, ...openHwcaps]);
  const absent = allHwcaps().flatMap(({ name }) => (set.has(name) ? [] : [name]));
  return (
    <>
      <SystemFindings system={system} />
      <h3>/proc/cpuinfo and the auxiliary vector</h3>
      <FeaturesPanel set={system.hwcaps} start={start.hwcaps} open={openHwcaps} current={why} linkOf={whyLink} />
      <Fold title="Absent" note={`${absent.length} hwcaps: choose one to see why`}>
        {() => <NameLine head="" names={absent} start={new Set(absent)} current={why} linkOf={whyLink} />}
      </Fold>
      <Fold
        title="Level"
        note={[...new Set(levels.map((reading) => leastLevel(reading, system.unknown !== undefined)))].join(' · ')}
        isOpen
      >
        {() => <LevelPanel readings={levels} start={startLevels} isPartial={system.unknown !== undefined} />}
      </Fold>
      <Fold title="Boot log" note={`${system.log.length} lines`} isOpen>
        {() => <LogPanel system={system} start={start} />}
      </Fold>
      <Fold title="cpucaps" note={`${system.cpucaps.length} in the kernel`}>
        {() => (
          <>
            <NameLine head="" names={system.cpucaps} start={new Set(start.cpucaps)} current={why} linkOf={whyLink} />
            <GoneNames names={gone} linkOf={whyLink} />
            {openCpucaps.length > 0 && <p class="small">Not known, may be there too: {openCpucaps.join(' ')}</p>}
          </>
        )}
      </Fold>
      <Fold title="Registers at EL0" note="MRS">
        {() => <El0Panel system={system} start={start} cpu={cpu} />}
      </Fold>
      <Fold title="AArch32 view" note={aarch32Note(system)}>
        {() => <FeaturesPanel set={system.compat} start={start.compat} open={openCompat} current={undefined} />}
      </Fold>
      <Fold title="The whole of /proc/cpuinfo">{() => <CpuinfoPanel system={system} />}</Fold>
    </>
  );
}
