import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { nearestName } from '../nearest.ts';

/** How a `Features` line is written. */
export interface FeaturesLineStyle {
  /** What stands before the names. Default `Features\t:`, as in /proc/cpuinfo. */
  readonly head?: string;
  /** Breaks the line before this column; continued lines are indented like the first name. Default: no break. */
  readonly width?: number;
}

/**
 * Writes hwcap names as a line of /proc/cpuinfo, or as a paragraph of a given width. No line feed at the end.
 *
 * @example
 * ```js
 * formatFeaturesLine(['fp', 'asimd']) // → 'Features\t: fp asimd'
 * ```
 */
export function formatFeaturesLine(names: readonly string[], { head = 'Features\t:', width }: FeaturesLineStyle = {}): string {
  const lines = [head];
  for (const name of names) {
    const last = lines.at(-1)!;
    const breaks = width !== undefined && last.length + 1 + name.length > width && last.trim() !== '' && last !== head;
    if (breaks) lines.push(`${' '.repeat(head.length)} ${name}`);
    else lines[lines.length - 1] = `${last} ${name}`;
  }
  return lines.join('\n');
}

/**
 * Reads hwcap names from a `Features` line of /proc/cpuinfo, a `Flags:` paragraph of lscpu, or a bare list.
 *
 * @param known - The names that exist; others are kept and reported. Absent: every name is taken.
 *
 * @example
 * ```js
 * parseFeaturesLine('Features\t: fp asimd').value // → ['fp', 'asimd']
 * ```
 */
export function parseFeaturesLine(text: string, known?: ReadonlySet<string>): Parsed<readonly string[]> {
  const diagnostics: Diagnostic[] = [];
  const names = new Set<string>();
  const words = text.replace(/^\s*(?:features|flags)\s*:/i, '').split(/[\s,]+/);
  for (const [i, name] of words.filter(Boolean).entries()) {
    const where = `name ${i + 1}`;
    if (names.has(name)) diagnostics.push({ code: 'duplicate-hwcap', severity: 'warning', where, message: `${name} stands there twice` });
    else if (known !== undefined && !known.has(name)) {
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      diagnostics.push({
        code: 'unknown-hwcap',
        severity: 'warning',
        where,
        message: `no kernel prints ${JSON.stringify(name.slice(0, 40))}${hint}`,
      });
    }
    names.add(name);
  }
  return { value: [...names], diagnostics };
}
