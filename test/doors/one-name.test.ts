import ts from 'typescript';
import { expect, it } from 'vitest';
import { SOURCES } from '../support/sources.ts';

/** What a module declares and exports; a command of the command line is called as the function that it shows, and does not count. */
function declaredNames(source: ts.SourceFile): readonly string[] {
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations
        .filter(({ type }) => type?.getText(source) !== 'Command')
        .map(({ name }) => name.getText(source));
    return 'name' in statement ? [(statement.name as ts.Identifier).text] : [];
  });
}

it('no two modules export a name of their own that is the same', () => {
  const places = new Map<string, Set<string>>();
  for (const [file, source] of SOURCES)
    for (const name of declaredNames(source)) places.set(name, (places.get(name) ?? new Set()).add(file));
  expect(places.size).toBeGreaterThan(0);
  expect([...places].filter(([, where]) => where.size > 1).map(([name, where]) => [name, ...where])).toEqual([]);
});
