import { ALL_ARCH_FEATURES, type ArchFeature, findArchFeature, type Identification } from '../../arch/arch-feature.ts';
import type { Io } from '../io.ts';
import { paletteOf, table } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

function formatParts(parts: readonly Identification[], word: string): string {
  return parts
    .map((part) => ('all' in part || 'any' in part ? `(${formatIdentification(part)})` : formatIdentification(part)))
    .join(` ${word} `);
}

/** Writes how ID registers show a feature: `ID_AA64ISAR1_EL1.LRCPC ≥ 2`. */
export function formatIdentification(identification: Identification): string {
  if ('field' in identification) {
    const { field } = identification;
    if ('atLeast' in identification) return `${field} ≥ ${identification.atLeast}`;
    if ('equals' in identification) return `${field} = ${identification.equals}`;
    if ('below' in identification) return `${field} < ${identification.below}`;
    return `${field} is ${identification.oneOf.join(' or ')}`;
  }
  if ('all' in identification) return formatParts(identification.all, 'and');
  if ('any' in identification) return formatParts(identification.any, 'or');
  if ('not' in identification) return `not (${formatIdentification(identification.not)})`;
  if ('archFeature' in identification) return identification.archFeature;
  if ('level' in identification) return identification.level;
  return identification.always ? 'always' : 'never';
}

/** From which level on a feature may be there, and from which it must. */
export function levelText({ introduced, optionalFrom, mandatoryFrom, mandatoryConditional }: ArchFeature): string {
  const parts: string[] = [introduced.level];
  if (optionalFrom !== undefined) parts.push(`optional from ${optionalFrom}`);
  if (mandatoryFrom !== undefined) parts.push(`mandatory from ${mandatoryFrom}`);
  for (const { from, when } of mandatoryConditional ?? []) parts.push(`mandatory from ${from} with ${formatIdentification(when)}`);
  return parts.join('; ');
}

/** The lines that tell of a feature, as rows of label and text. */
export function archFeatureRows(feature: ArchFeature): readonly string[][] {
  const { identification, identifiedElsewhere, requires, linuxHwcaps, llvm, gcc } = feature;
  const rows = [
    ['is', feature.description],
    ['level', levelText(feature)],
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
  return { text: `${palette.head(feature.name)}\n${await table(archFeatureRows(feature), io)}`, object: feature };
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
