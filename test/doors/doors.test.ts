import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { DOORS } from '../support/examples.ts';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> };

/** The names that a module exports, types among them. */
function exportedNames(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
    return statement.exportClause.elements.map(({ name }) => name.text);
  });
}

describe.each(Object.entries(DOORS))('the door %s', (door, module) => {
  const names = exportedNames(`src/${module}.ts`);

  it('is one of the package', () => {
    expect(exports).toHaveProperty([door.replace('armlens', '.')], { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` });
  });

  it('has exactly these names; one more is a minor change of the version, one less a major one', async () => {
    await expect(`${names.toSorted().join('\n')}\n`).toMatchFileSnapshot(`./${door.replace('/', '-')}.txt`);
  });

  it('has no name of another door', () => {
    for (const [other, path] of Object.entries(DOORS)) {
      if (other === door) continue;
      const others = new Set(exportedNames(`src/${path}.ts`));
      expect(names.filter((name) => others.has(name))).toEqual([]);
    }
  });
});
