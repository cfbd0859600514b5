import type { VNode } from 'preact';
import type { HidingErratum } from '../../answers/hwcap-card.ts';
import { MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { ReferenceLink } from '../catalogue/reference-link.tsx';
import { AffectedCores } from './affected-cores.tsx';

/** The errata under which kernels withdraw a hwcap. */
export function ErratumList({ errata }: { readonly errata: readonly HidingErratum[] }): VNode {
  if (errata.length === 0) return <p>No erratum takes it away; an option that is off, a command line or a hypervisor may.</p>;
  return (
    <>
      {errata.map(({ row, timeline }) => (
        <div key={row.name}>
          <p>
            <ReferenceLink kind="cpucap" name={row.name} />
            {row.description === undefined ? '' : `: ${row.description}`}, in mainline since Linux{' '}
            {timeline.find(({ series, atFirst }) => atFirst === 'present' && MAINLINE_RELEASES.includes(series))?.series ?? 'none'}. On a
            core that it affects, the kernel hides the field <ReferenceLink kind="field" name={row.hides ?? ''} /> from programs.
          </p>
          <AffectedCores affected={row.affected ?? []} />
        </div>
      ))}
    </>
  );
}
