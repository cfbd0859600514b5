import { ALL_ARCH_FEATURES, type ArchFeature, findArchFeature } from '../../arch/arch-feature.ts';
import { formatArchFeatureLevels } from '../../formats/arch-feature-levels.ts';
import { formatIdentification } from '../../formats/identification.ts';
import type { Io } from '../io.ts';
import { paletteOf, table } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

/** The lines that tell of a feature, as rows of label and text. */
export function archFeatureDetails(feature: ArchFeature): readonly string[][] {
  const { identification, identifiedElsewhere, requires, linuxHwcaps, llvm, gcc } = feature;
  const rows = [
    ['is', feature.description],
    ['level', formatArchFeatureLevels(feature)],
    [
      'shown by',
      identification === undefined
        ? identifiedElsewhere
          ? 'registers outside the ID space'
          : 'no ID register'
        : formatIdentification(identification),
    ],
    ['needs', requires?.join(' ') ?? ''],
    ['hwcaps', linuxHwcaps?.join(' ') ?? ''],
    ['LLVM', llvm === undefined ? '' : `${llvm.targetFeature}${llvm.march === undefined ? '' : `; -march=…+${llvm.march}`}`],
    ['GCC', gcc === undefined ? '' : gcc.map((name) => `-march=…+${name}`).join(' ')],
    ['status', feature.status === 'current' ? '' : feature.status],
  ];
  return rows.filter(([, text]) => text !== '');
}

async function describe(feature: ArchFeature, io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  return { text: `${palette.head(feature.name)}\n${await table(archFeatureDetails(feature), io)}`, object: feature };
}

/** The architecture features. */
export function archFeatureCatalogue(): Catalogue {
  return {
    items: ALL_ARCH_FEATURES.map((feature) => ({
      name: feature.name,
      columns: [feature.introduced.level, feature.description],
      object: feature,
    })),
    async detail(name, io) {
      const feature = findArchFeature(name);
      return feature === undefined ? undefined : describe(feature, io);
    },
  };
}
