import { analyse } from 'scslre';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { growsLinearly } from './support/growth.ts';
import { SOURCES } from './support/sources.ts';

interface Pattern {
  /** The first place where it stands. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

function patternsOf(node: ts.Node, file: ts.SourceFile): readonly Pattern[] {
  const below: Pattern[] = [];
  ts.forEachChild(node, (child) => {
    below.push(...patternsOf(child, file));
  });
  if (node.kind !== ts.SyntaxKind.RegularExpressionLiteral) return below;
  const { source, flags } = /^\/(?<source>.*)\/(?<flags>\w*)$/s.exec(node.getText(file))!.groups!;
  return [{ place: `${file.fileName}: /${source!.slice(0, 80)}`, source: source!, flags: flags! }, ...below];
}

/** Every regular expression of the project once. */
const PATTERNS = [
  ...new Map([...SOURCES.values()].flatMap((file) => patternsOf(file, file)).map((one) => [one.source + one.flags, one])).values(),
];

// Texts come from anywhere: a pattern that looks at them in more than linear time is a page that hangs.
describe('no regular expression takes more than linear time', () => {
  it('by its form: no two of its parts share what is repeated, and none is tried anew from within itself', () => {
    const superLinear = PATTERNS.filter(({ source, flags }) => analyse({ source, flags }).reports.length > 0);
    expect(superLinear.map(({ place }) => place)).toEqual([]);
    expect(PATTERNS.length).toBeGreaterThan(0);
  });

  it.each(['0.', 'a ', 'a.b', '-1', '["', '\t', '<', ': ', '\n', '| ', '[    0.000000] ', 'a=', 'CPU '])(
    'where %j is repeated',
    async (piece) => {
      const slow: string[] = [];
      for (const { place, source, flags } of PATTERNS) {
        const pattern = new RegExp(source, flags.replace('y', ''));
        const work = (text: string): unknown => text.replace(pattern, '');
        if (!(await growsLinearly(work, (size) => piece.repeat(size / piece.length), 1 << 9))) slow.push(place);
      }
      expect(slow).toEqual([]);
    },
  );
});
