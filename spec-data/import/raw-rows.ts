import type { Release } from '../../src/linux/release/release.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import type { Docs, Json } from './docs.ts';
import type { TableName } from './flat.ts';
import { WORD } from './lines.ts';

/** A row of spec-data, where it stands. */
export interface RawRow {
  readonly file: string;
  readonly row: Json;
}

const VECTORS = ['AT_HWCAP', 'AT_HWCAP2', 'AT_HWCAP3'] as const;

/** Splits `NAME[7:4]`. */
export function fieldKey(key: string): { readonly register: string; readonly bits: readonly [number, number] } {
  const [, register = '', msb, lsb] = /^(\w+)\[(\d+):(\d+)\]$/.exec(key)!;
  return { register, bits: [Number(msb), Number(lsb)] };
}

/** The file that a table's rows stand in; of a row that may not be there yet. */
export function fileOf(table: TableName, key: string, state: Json): string {
  if (table === 'registers') return `linux/sanitised/${key}.json`;
  if (table === 'fields') return `linux/sanitised/${fieldKey(key).register}.json`;
  if (table === 'hwcaps') return `linux/hwcaps/${state.vector}.json`;
  if (table === 'compat-hwcaps' || table === 'compat-words') return 'linux/hwcaps/compat.json';
  if (table === 'capability-order') return 'linux/cpucap-order.json';
  if (table === 'rules') return 'linux/behaviour.json';
  return `linux/${table}.json`;
}

function named(rows: readonly Json[], name: string, release: Release): Json | undefined {
  const found = rows.filter((row) => row.name === name);
  return found.find((row) => stateAt(row, release) !== undefined) ?? found[0];
}

/** The row of a key, whatever releases have it. */
export function rawRow(docs: Docs, table: TableName, key: string, release: Release): RawRow | undefined {
  const at = (file: string, row: Json | undefined): RawRow | undefined => (row === undefined ? undefined : { file, row });
  const rows = (file: string): readonly Json[] => docs.read(file).rows;
  switch (table) {
    case 'registers': {
      const file = fileOf(table, key, {});
      return docs.has(file) ? at(file, docs.read(file)) : undefined;
    }
    case 'fields': {
      const file = fileOf(table, key, {});
      if (!docs.has(file)) return undefined;
      const { bits } = fieldKey(key);
      return at(
        file,
        docs.read(file).fields.find((field: Json) => field.bits[0] === bits[0] && field.bits[1] === bits[1]),
      );
    }
    case 'hwcaps':
      for (const vector of VECTORS) {
        const found = at(`linux/hwcaps/${vector}.json`, named(rows(`linux/hwcaps/${vector}.json`), key, release));
        if (found) return found;
      }
      return undefined;
    case 'compat-hwcaps':
      return at('linux/hwcaps/compat.json', named(rows('linux/hwcaps/compat.json'), key, release));
    case 'compat-words': {
      const doc = docs.read('linux/hwcaps/compat.json');
      return at(
        'linux/hwcaps/compat.json',
        key === 'default' ? doc.default : doc.bitNames.find((row: Json) => `${WORD[row.vector as 'AT_HWCAP']}.${row.bit}` === key),
      );
    }
    case 'overrides': {
      const doc = docs.read('linux/overrides.json');
      if (key.endsWith(' ='))
        return at(
          'linux/overrides.json',
          doc.aliases.find((row: Json) => `${row.name} =` === key),
        );
      const [register, field] = key.split('.');
      const fields = doc.registers.find((row: Json) => row.name === register)?.fields;
      return at(
        'linux/overrides.json',
        fields?.find((row: Json) => row.name === field),
      );
    }
    case 'cpucaps':
    case 'errata':
    case 'core-lists':
    case 'kconfig':
    case 'behaviour':
    case 'rules': {
      const file = fileOf(table, key, {});
      return at(file, named(rows(file), key, release));
    }
    case 'cpuinfo-order':
    case 'capability-order':
      return undefined;
  }
}
