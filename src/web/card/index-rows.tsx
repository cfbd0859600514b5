import { allCpucaps, cpucapCard, cpucapDescription } from '../../answers/cpucap-card.ts';
import { archFeaturesOfHwcap } from '../../answers/hwcap-facts.ts';
import { ALL_ARCH_FEATURES } from '../../arch/arch-feature.ts';
import { formatCondition } from '../../formats/condition.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { shortLevel } from '../levels/standing.ts';
import type { IndexRow } from './card-index.tsx';

/** Makes a list when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The rows of the index of hwcaps: what it is, level, what shows it, release. */
export const hwcapRows: () => readonly IndexRow[] = once(() =>
  allHwcaps().map((entry) => {
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
  }),
);

/** The rows of the index of architecture features: what it is, level, hwcaps. */
export const archFeatureRows: () => readonly IndexRow[] = once(() =>
  ALL_ARCH_FEATURES.map(({ name, description, introduced, category, linuxHwcaps = [] }) => ({
    name,
    cells: [description, shortLevel(introduced.level), linuxHwcaps.length > 0 && <code key="hwcaps">{linuxHwcaps.join(' ')}</code>],
    text: `${description} ${introduced.level} ${category} ${linuxHwcaps.join(' ')}`,
  })),
);

/** The rows of the index of cpucaps: log lines, table. */
export const cpucapIndexRows: () => readonly IndexRow[] = once(() =>
  allCpucaps().map((name) => {
    const card = cpucapCard(name)!;
    const lines = cpucapDescription(card);
    const kind = card.rows.some(({ erratum }) => erratum) ? 'erratum' : 'capability';
    return { name, cells: [lines, kind], text: `${lines} ${kind}` };
  }),
);
