import { allErrata, type CpucapCard, cpucapCard, cpucapDescription, type Erratum, isErratumCard } from '../../answers/cpucap-card.ts';
import { KNOWN } from '../../answers/known.ts';
import { formatCondition } from '../../formats/condition.ts';
import type { CapabilityRow } from '../../linux/release/rows.ts';
import type { Io } from '../io.ts';
import { paletteOf, table, wrap } from '../style.ts';
import type { Catalogue, Detail } from './catalogue.ts';

function sinceText({ since, until, backports = [] }: CapabilityRow): string {
  const mainline = since === undefined ? 'no mainline release' : `Linux ${since}`;
  const taken = backports.filter(({ gone }) => gone !== true).map((row) => row.since);
  return `${mainline}${until === undefined ? '' : ` to before ${until}`}${taken.length === 0 ? '' : `; ${taken.join(', ')}`}`;
}

function rowsOf({ rows }: CpucapCard): readonly (readonly string[])[] {
  return rows.flatMap(({ row, about, erratum, newest }) =>
    [
      [erratum ? 'erratum' : 'is', newest.description ?? about ?? ''],
      ['since', sinceText(row)],
      ['when', newest.when === undefined ? '' : formatCondition(newest.when)],
      ['cores', (row.affected ?? []).map(({ midr }) => midr).join(', ')],
      ['hides', row.hides ?? ''],
    ].filter(([, text]) => text !== ''),
  );
}

async function describe(card: CpucapCard, io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  const object = { name: card.name, rows: card.rows.map(({ row, timeline: _timeline, rules: _rules, ...rest }) => ({ ...row, ...rest })) };
  return { text: `${palette.head(card.name)}\n${await table(rowsOf(card), io)}`, object };
}

/** The capabilities of all kernels, errata among them. */
export function cpucapCatalogue(): Catalogue {
  return {
    items: KNOWN.cpucap.all().map(({ name }) => {
      const card = cpucapCard(name)!;
      const kind = isErratumCard(card) ? 'erratum' : 'capability';
      return { name, columns: [kind, cpucapDescription(card)], object: { name, kind, description: cpucapDescription(card) } };
    }),
    async detail(text, io) {
      const found = KNOWN.cpucap.find(text);
      return found === undefined ? undefined : describe(cpucapCard(found.name)!, io);
    },
  };
}

/** The errata that a text names: by words of its name (`1418040`), its cpucap, or an option. */
function findErrata(text: string): readonly Erratum[] {
  const plain = text.toLowerCase();
  const exact = allErrata().filter(({ name, cpucap }) => name.toLowerCase() === plain || cpucap.toLowerCase() === plain);
  return exact.length > 0 ? exact : allErrata().filter(({ name }) => name.toLowerCase().split(/\W+/).includes(plain));
}

async function describeErrata(errata: readonly Erratum[], io: Io): Promise<Detail> {
  const palette = await paletteOf(io);
  const texts = errata.map(({ name, cpucap, row }) => {
    const cores = (row.affected ?? []).map(({ midr }) => midr).join(', ');
    const lines = [
      `sets ${cpucap}`,
      sinceText(row),
      cores === '' ? '' : `cores: ${cores}`,
      row.hides === undefined ? '' : `hides ${row.hides}`,
    ];
    const shown = lines.filter(Boolean).map((line) => wrap(line, io.columns, '  '));
    return `${palette.head(name)}\n${shown.join('\n')}\n`;
  });
  return { text: texts.join('\n'), object: errata.map(({ row: { name: _, ...row }, ...rest }) => ({ ...rest, ...row })) };
}

/** The errata of the kernels' tables. */
export function erratumCatalogue(): Catalogue {
  return {
    items: allErrata().map(({ name, cpucap, row }) => ({
      name,
      columns: [[...new Set((row.affected ?? []).map(({ midr }) => midr.split(' ')[0]!))].join(' ')],
      object: { name, cpucap, since: row.since, affected: (row.affected ?? []).map(({ midr }) => midr) },
    })),
    async detail(text, io) {
      const errata = findErrata(text);
      return errata.length === 0 ? undefined : describeErrata(errata, io);
    },
  };
}
