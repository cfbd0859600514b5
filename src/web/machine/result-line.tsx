import type { VNode } from 'preact';
import type { System } from '../../linux/system.ts';
import { Sign } from '../catalogue/sign.tsx';
import { goneFrom } from '../seen/gone.ts';

interface Props {
  readonly system: System;
  readonly start: System;
  /** As it is told. Absent: none. */
  readonly level: string | undefined;
  readonly startLevel: string | undefined;
}

/** What came and went; of what is not known now it is not known whether it went. */
function difference(
  now: readonly string[],
  before: readonly string[],
  open?: readonly string[],
): { readonly came: readonly string[]; readonly gone: readonly string[] } {
  return { came: goneFrom(now, before), gone: goneFrom(before, now, open) };
}

/** How many names are written out; what software sees beside it has them all. */
const SHOWN = 10;

function shortened(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(' ')} … and ${more} more` : names.join(' ');
}

/** The hwcaps that came and went. */
export function HwcapChanges({
  now,
  before,
  open,
}: {
  readonly now: readonly string[];
  readonly before: readonly string[];
  readonly open?: readonly string[] | undefined;
}): VNode {
  const { came, gone } = difference(now, before, open);
  return (
    <>
      {came.length > 0 && (
        <span class="good">
          {' '}
          · came: <code>{shortened(came)}</code>
        </span>
      )}
      {gone.length > 0 && (
        <span class="bad">
          {' '}
          · gone: <code>{shortened(gone)}</code>
        </span>
      )}
    </>
  );
}

/** In one line, always in sight: what became of the hwcaps and the level. Read aloud when it changes. */
export function ResultLine({ system, start, level, startLevel }: Props): VNode {
  const { hwcaps: open = [], cpucaps: openCpucaps } = system.unknown ?? {};
  const { came, gone } = difference(system.hwcaps.names, start.hwcaps.names, open);
  const caps = difference(system.cpucaps, start.cpucaps, openCpucaps);
  const same = came.length + gone.length + caps.came.length + caps.gone.length === 0 && level === startLevel;
  return (
    <p class="result-line" role="status">
      Linux {system.release}
      {system.panic === null ? '' : ': panic'} · {system.hwcaps.names.length} hwcaps{open.length > 0 && ` and ${open.length} not known`}
      <HwcapChanges now={system.hwcaps.names} before={start.hwcaps.names} open={open} />
      {caps.came.length + caps.gone.length > 0 && ` · cpucaps +${caps.came.length} −${caps.gone.length}`}
      {' · '}
      {startLevel !== level && (
        <>
          {startLevel === undefined ? 'no level' : `level ${startLevel}`} <Sign character="→" label="to" />{' '}
        </>
      )}
      {level === undefined ? 'no level' : `level ${level}`}
      {same && <span class="soft"> · as at the start</span>}
    </p>
  );
}
