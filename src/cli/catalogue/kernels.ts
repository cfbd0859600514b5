import { given } from '../../given.ts';
import { CONFIG_NAMES } from '../../linux/release/config.ts';
import { NAMED_CONFIG_ROWS } from '../../linux/release/history.ts';
import { KNOWN_TREES, nearestTree, resolveRelease } from '../../linux/release/known-trees.ts';
import { TREE_SOURCES } from '../../linux/release/tree-sources.ts';
import { paletteOf, table, wrap } from '../style.ts';
import type { Catalogue } from './catalogue.ts';

/** The kernel trees that were read. Any release between them resolves too. */
export function kernelCatalogue(): Catalogue {
  return {
    items: KNOWN_TREES.map(({ release, mainline }) => ({
      name: release,
      columns: [mainline ? 'mainline' : 'backports', TREE_SOURCES[release]?.note ?? ''],
      object: { release, mainline, ...TREE_SOURCES[release] },
    })),
    async detail(text, io) {
      const release = resolveRelease(text);
      const tree = TREE_SOURCES[release.text]?.tree;
      const { certain } = nearestTree(release);
      const standing =
        tree !== undefined
          ? 'known exactly'
          : certain
            ? 'between releases that are known'
            : 'outside of what was read of its series: answers say what is in doubt';
      const palette = await paletteOf(io);
      const lines = [
        `${palette.head(`Linux ${release.text}`)}  series ${release.series}`,
        wrap(standing, io.columns, '  '),
        ...(tree === undefined ? [] : [wrap(`read from ${tree}`, io.columns, '  ')]),
      ];
      return {
        text: `${lines.join('\n')}\n`,
        object: { release: release.text, series: release.series, standing, ...given({ tree }) },
      };
    },
  };
}

/** The configurations with a name. */
export function configCatalogue(): Catalogue {
  const rowsOf = (name: string) => NAMED_CONFIG_ROWS.filter((row) => row.name === name);
  const seriesOf = (name: string): string =>
    rowsOf(name)
      .map(({ series }) => series ?? 'every release')
      .join(', ');
  return {
    items: CONFIG_NAMES.map((name) => ({
      name,
      columns: [seriesOf(name)],
      object: { name, recordings: rowsOf(name).map(({ series }) => series ?? null) },
    })),
    async detail(name, io) {
      const rows = rowsOf(name);
      if (rows.length === 0) return undefined;
      const palette = await paletteOf(io);
      const parts: string[] = [];
      for (const { series, options } of rows) {
        const entries = Object.entries(options);
        const body = entries.length === 0 ? '  what Kconfig gives by itself\n' : await table(entries, io);
        parts.push(`${palette.head(name)}  ${series === undefined ? 'every release' : `Linux ${series}`}\n${body}`);
      }
      return { text: parts.join('\n'), object: rows };
    },
  };
}
