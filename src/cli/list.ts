import { formatAnswer } from '../formats/json.ts';
import { choicesHint, nearestName } from '../nearest.ts';
import { CATALOGUES } from './catalogue/catalogue.ts';
import type { Call, Command } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './io.ts';
import { JSON_OPTION } from './options.ts';
import { paletteOf, table } from './style.ts';

const KINDS: readonly string[] = Object.keys(CATALOGUES);

/** Other words for the kinds. */
const SYNONYMS: Readonly<Record<string, string>> = {
  feature: 'features',
  feats: 'features',
  feat: 'features',
  erratum: 'errata',
  aarch32: 'compat',
  releases: 'kernels',
  release: 'kernels',
};

function kindOf(word: string): string {
  const lower = word.toLowerCase();
  const kind = KINDS.find((plural) => plural === lower || plural === `${lower}s`) ?? SYNONYMS[lower];
  if (kind !== undefined) return kind;
  throw new CommandError(EXIT.usage, `list: there is no catalogue ${word}${choicesHint(lower, KINDS)}`);
}

async function listKinds({ values, io }: Call): Promise<ExitCode> {
  const rows: string[][] = [];
  for (const kind of KINDS) rows.push([kind, String((await CATALOGUES[kind]!()).items.length)]);
  if (values.json === true)
    await io.write(
      formatAnswer('list', { subject: { name: 'catalogue' } }, { items: rows.map(([name, count]) => ({ name, count: Number(count) })) }),
    );
  else await io.write(`${await table(rows, io)}  (armlens list KIND, armlens list KIND NAME)\n`);
  return EXIT.ok;
}

async function listOne(kind: string, name: string, { values, io }: Call): Promise<ExitCode> {
  const catalogue = await CATALOGUES[kind]!();
  const detail = await catalogue.detail(name, io);
  if (detail === undefined) {
    const nearest = nearestName(
      name,
      catalogue.items.map((item) => item.name),
    );
    throw new CommandError(
      EXIT.usage,
      `${kind} has no ${name}${nearest === undefined ? ` (armlens list ${kind} shows all)` : `; did you mean ${nearest}?`}`,
    );
  }
  await io.write(
    values.json === true ? formatAnswer('list', { subject: { name: `${kind} ${name}` } }, { items: [detail.object].flat() }) : detail.text,
  );
  return EXIT.ok;
}

/** `armlens list`: the catalogue. */
export const list: Command = {
  name: 'list',
  summary: `the catalogue: ${KINDS.join(', ')}`,
  args: [
    { name: '[kind]', help: KINDS.join(', '), completion: 'catalogue' },
    { name: '[name]', help: 'one of them, told in full', completion: 'entry' },
  ],
  options: [JSON_OPTION],
  examples: [
    'armlens list hwcaps',
    'armlens list hwcap ilrcpc',
    'armlens list field ID_AA64ISAR1_EL1.LRCPC',
    'armlens list feature FEAT_SVE2 --json',
    'armlens list machines',
  ],
  guide: 'look-things-up',
  async run(call) {
    const [word, name] = call.positionals;
    if (word === undefined) return listKinds(call);
    const kind = kindOf(word);
    if (name !== undefined) return listOne(kind, name, call);
    const { items } = await CATALOGUES[kind]!();
    const palette = await paletteOf(call.io);
    const text =
      call.values.json === true
        ? formatAnswer('list', { subject: { name: kind } }, { items: items.map(({ object }) => object) })
        : await table(
            items.map((item) => [palette.strong(item.name), ...item.columns]),
            call.io,
          );
    await call.io.write(text);
    return EXIT.ok;
  },
};
