import { KNOWN } from '../../answers/known.ts';
import { type ArchFeatureName, archFeaturesAllowedEarlier, findArchFeature } from '../../arch/arch-feature.ts';
import type { ArchLevel } from '../../arch/level.ts';
import { formatIdentification } from '../../formats/identification.ts';
import type { Io } from '../io.ts';
import { paletteOf, table, wrap } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

/** What a name is, and the hwcaps that tell of it. */
function row(name: ArchFeatureName, condition = ''): readonly string[] {
  const { description = '', linuxHwcaps = [] } = findArchFeature(name) ?? {};
  return [name, `${description}${condition}`, linuxHwcaps.join(' ')];
}

async function section(title: string, rows: readonly (readonly string[])[], io: Io): Promise<string> {
  if (rows.length === 0) return '';
  const palette = await paletteOf(io);
  const shown = rows.some(([, , hwcaps]) => hwcaps !== '') ? rows : rows.map((cells) => cells.slice(0, 2));
  return `\n${palette.head(title)}\n${await table(shown, io)}`;
}

async function describe(level: ArchLevel, io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  const { name, implies = [], mandatory = [], conditional = [], optional = [], removed = [] } = level;
  const parts = [
    `${palette.head(name)}${implies.length === 0 ? '' : `  all of ${implies.join(' and ')}, and`}\n`,
    await section(
      'Mandatory',
      mandatory.map((one) => row(one)),
      io,
    ),
    await section(
      'Mandatory on a condition',
      conditional.map(({ archFeature, when }) => row(archFeature, `, with ${formatIdentification(when)}`)),
      io,
    ),
    await section(
      'Came with it, and was allowed from an earlier level on',
      archFeaturesAllowedEarlier(level).map((one) => row(one)),
      io,
    ),
    optional.length === 0 ? '' : `\n${palette.head('Optional')}\n${wrap(optional.join(' '), io.columns, '  ')}\n`,
    removed.length === 0 ? '' : `\n${palette.head('No longer allowed')}\n${wrap(removed.join(' '), io.columns, '  ')}\n`,
  ];
  return { text: parts.join(''), object: level };
}

/** The levels of the architecture, and what each adds. */
export function levelCatalogue(): Catalogue {
  return {
    items: KNOWN.level.all().map((level) => ({
      name: level.name,
      columns: [`${(level.mandatory ?? []).length} mandatory`, (level.mandatory ?? []).join(' ')],
      object: level,
    })),
    async detail(name, io) {
      const level = KNOWN.level.find(name);
      return level === undefined ? undefined : describe(level, io);
    },
  };
}
