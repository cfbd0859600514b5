import { fieldConditionsOf } from '../../answers/field-conditions.ts';
import { type HwcapFacts, hwcapFacts } from '../../answers/hwcap-facts.ts';
import { hwcapTable } from '../../answers/hwcap-table.ts';
import { formatCondition } from '../../formats/condition.ts';
import { formatFate } from '../../formats/fate-words.ts';
import { boot } from '../../linux/boot.ts';
import { type AnyHwcap, allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { hwcapFates } from '../../runtime/hwcap-programs.ts';
import { KNOWN_MACHINES, loadMachine } from '../../silicon/known-machine.ts';
import type { Io } from '../io.ts';
import { paletteOf, table, wrap } from '../style.ts';
import { archFeatureDetails } from './arch-features.ts';
import type { Catalogue, Detail } from './catalogue.ts';
import { compatCatalogue } from './compat.ts';

function sinceText({ since, notIn }: AnyHwcap): string {
  return notIn === undefined ? `Linux ${since}` : `Linux ${since} (not in ${notIn}; between the two it is not known)`;
}

function backportText({ backports }: AnyHwcap): string {
  return backports.map(({ series, since, notIn }) => `${series} (in ${since}${notIn === undefined ? '' : `, not in ${notIn}`})`).join(', ');
}

/** The known machines that get a hwcap under the newest kernel. */
async function machinesWith(hwcap: string): Promise<readonly string[]> {
  const found = await Promise.all(
    KNOWN_MACHINES.map(async ({ name }) => {
      const { machine } = await loadMachine(name);
      return boot(machine, { release: NEWEST_RELEASE }).hwcaps.names.includes(hwcap) ? [name] : [];
    }),
  );
  return found.flat();
}

function fieldText({ entry }: HwcapFacts): string {
  return entry.when === undefined ? entry.reason : formatCondition(entry.when);
}

async function describe(facts: HwcapFacts, io: Io): Promise<Detail> {
  const { entry, archFeatures, hiddenBy } = facts;
  const palette = await paletteOf(io);
  const machines = await machinesWith(entry.name);
  const rows = [
    ['constant', `${entry.constant}: bit ${entry.bit} of ${entry.vector}`],
    ['since', sinceText(entry)],
    ['backports', backportText(entry)],
    ['when', fieldText(facts)],
    ['option', entry.config ?? ''],
    ['hidden by', hiddenBy.map(({ name, description }) => description ?? name).join('; ')],
  ].filter(([, text]) => text !== '');
  const parts = [`${palette.head(entry.name)}\n${await table(rows, io)}`];
  for (const feature of archFeatures) parts.push(`${palette.head(feature.name)}\n${await table(archFeatureDetails(feature), io)}`);
  const programs = hwcapFates(entry.name);
  parts.push(
    `${palette.head('In programs')}\n${await table(
      programs.map((fate) => [fate.title, formatFate(fate)]),
      io,
    )}`,
  );
  const who = machines.length === 0 ? 'none' : machines.join(' ');
  parts.push(`${palette.head(`Known machines that have it under Linux ${NEWEST_RELEASE}`)}\n${wrap(who, io.columns, '  ')}\n`);
  const object = { ...entry, archFeatures, hiddenBy: hiddenBy.map(({ name }) => name), machines, programs };
  return { text: parts.join('\n'), object };
}

/** The hwcaps of all releases, in the order of their bits. */
export function hwcapCatalogue(): Catalogue {
  return {
    items: hwcapTable().hwcaps.map((row, i) => {
      const entry = allHwcaps()[i]!;
      const fields = entry.when === undefined ? [] : fieldConditionsOf(entry.when);
      const where = `${entry.vector.replace('AT_', '')}[${entry.bit}]`;
      const shown = fields.map(({ field, atLeast }) => `${field} ≥ ${atLeast}`).join(' or ');
      return { name: entry.name, columns: [where, entry.since, shown], object: row };
    }),
    async detail(name, io) {
      const facts = hwcapFacts(name);
      return facts === undefined ? compatCatalogue().detail(name.replace(/^compat:/i, ''), io) : describe(facts, io);
    },
  };
}
