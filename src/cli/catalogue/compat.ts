import type { CompatHwcap } from '../../answers/compat-hwcap.ts';
import { KNOWN } from '../../answers/known.ts';
import { formatCondition } from '../../formats/condition.ts';
import { paletteOf, table } from '../style.ts';
import type { Catalogue } from './catalogue.ts';

function whenText({ when, setBy }: CompatHwcap): string {
  return when === undefined ? setBy : formatCondition(when);
}

/** The hwcaps of AArch32, in the order of their bits. */
export function compatCatalogue(): Catalogue {
  return {
    items: KNOWN.compat.all().map((entry) => ({
      name: entry.name,
      columns: [`${entry.vector.replace('AT_', '')}[${entry.bit}]`, entry.since ?? '', whenText(entry)],
      object: entry,
    })),
    async detail(name, io) {
      const found = KNOWN.compat.find(name);
      if (found === undefined) return undefined;
      const palette = await paletteOf(io);
      const rows = [
        ['bit', `${found.bit} of ${found.vector} of 32-bit programs`],
        ['since', found.since === undefined ? '' : `Linux ${found.since}`],
        ['set by', found.setBy],
        ['when', found.when === undefined ? '' : formatCondition(found.when)],
      ].filter(([, text]) => text !== '');
      return { text: `${palette.head(found.name)}\n${await table(rows, io)}`, object: found };
    },
  };
}
