import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { archFeaturesOfHwcap } from '../../answers/hwcap-arch-features.ts';
import { formatCondition } from '../../formats/condition.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { shortLevel } from '../levels/standing.ts';
import { HWCAP_KIND } from '../name/kinds/hwcap.ts';
import { NameIndex } from '../name/name-index.tsx';
import type { ViewProps } from '../view.ts';
import type { IndexRow } from './card-index.tsx';

/** Each with what it is, its level, what shows it, and its release. */
function rows(): readonly IndexRow[] {
  return allHwcaps().map((entry) => {
    const archFeatures = archFeaturesOfHwcap(entry.name);
    const is = archFeatures.map(({ name, description }) => `${description} (${name})`).join('; ');
    const about = entry.when === undefined ? entry.reason : is;
    const shown = entry.when === undefined ? '' : formatCondition(entry.when);
    return {
      name: entry.name,
      cells: [
        <>
          {about}
          {shown !== '' && <span class="shown-when">{shown}</span>}
        </>,
        archFeatures
          .map(({ introduced }) => shortLevel(introduced.level))
          .filter((level, index, all) => all.indexOf(level) === index)
          .join(', '),
        entry.since,
      ],
      text: `${entry.constant} ${about} ${shown}`,
    };
  });
}

/** The index of hwcaps. */
export function HwcapIndex(props: ViewProps): VNode {
  const all = useMemo(rows, []);
  return (
    <NameIndex {...props} view="hwcap" kind={HWCAP_KIND} heads={['Hwcap', 'What it is, and what shows it', 'Armv', 'Linux']} rows={all} />
  );
}
