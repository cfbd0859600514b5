import type { VNode } from 'preact';
import { allCpucaps, cpucapCard } from '../../answers/cpucap-card.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { KNOWN_TREES, MAINLINE_RELEASES } from '../../linux/release/known-trees.ts';
import { FactList } from '../catalogue/facts.tsx';
import { ReferenceLinks } from '../catalogue/reference-link.tsx';
import { RELEASE_KIND } from '../name/kinds/release.ts';
import { type NamePageProps, namedView } from '../name/named-view.tsx';
import { linkTo } from '../route.ts';
import type { LoadedView } from '../view.ts';

/** What became new in a mainline release, and what of it is known. */
function ReleasePage({ name }: NamePageProps): VNode {
  const at = MAINLINE_RELEASES.indexOf(name);
  const hwcaps = allHwcaps().filter(({ since }) => since === name);
  const cpucaps = allCpucaps().filter((one) => cpucapCard(one)!.rows.every(({ row }) => row.since === name));
  const trees = KNOWN_TREES.filter(({ release }) => release === name || release.startsWith(`${name}.`));
  const beside = [MAINLINE_RELEASES[at - 1], MAINLINE_RELEASES[at + 1]].filter((one) => one !== undefined);
  return (
    <FactList
      facts={[
        ['New hwcaps', hwcaps.length === 0 ? 'none' : <ReferenceLinks kind="hwcap" names={hwcaps.map((one) => one.name)} />],
        ['New cpucaps', cpucaps.length === 0 ? 'none' : <ReferenceLinks kind="cpucap" names={cpucaps} />],
        ['Read and recorded', trees.map(({ release }) => release).join(', ')],
        ['Before and after', <ReferenceLinks key="beside" kind="release" names={beside} />],
        [
          'See it',
          <a key="see" href={linkTo('machine', '', [['k', name]])}>
            a machine under Linux {name}
          </a>,
        ],
      ]}
    />
  );
}

/** The view of releases. */
export const RELEASE: LoadedView = namedView({ view: 'release', kind: RELEASE_KIND, Page: ReleasePage });
