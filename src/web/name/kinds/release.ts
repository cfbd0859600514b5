import { allHwcaps } from '../../../linux/release/hwcap-catalogue.ts';
import { KNOWN_TREES, MAINLINE_RELEASES } from '../../../linux/release/known-trees.ts';
import { listed, type NameKind } from '../name-kind.ts';

function releaseSentence(name: string): string {
  const here = allHwcaps().filter(({ since }) => since === name);
  const news = here.length === 0 ? 'No hwcap is new in it' : `New hwcaps: ${listed(here.map((one) => one.name))}`;
  return `What Linux ${name} tells programs of an arm64 CPU. ${news}.`;
}

/** Releases of Linux. */
export const RELEASE_KIND: NameKind = {
  word: 'Linux release',
  plural: 'Linux releases',
  about: 'What a kernel tells programs hangs on its release: which hwcaps it knows, and which errata hide them.',
  all: () => [...MAINLINE_RELEASES],
  find: (text) => {
    const plain = text.replace(/^(?:linux )?v?/i, '');
    const tree = KNOWN_TREES.some(({ release }) => release === plain);
    return MAINLINE_RELEASES.find((one) => one === plain || (tree && plain.startsWith(`${one}.`)));
  },
  sentence: releaseSentence,
};
