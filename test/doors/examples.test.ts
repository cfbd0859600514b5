import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as formats from '../../src/formats/index.ts';
import * as main from '../../src/index.ts';
import * as rows from '../../src/rows/index.ts';
import { DOORS } from '../support/examples.ts';

const NAMES: Readonly<Record<string, unknown>> = { ...main, ...formats, ...rows };

type Run = (...values: readonly unknown[]) => Promise<readonly [unknown, unknown]>;
const AsyncFunction = (async () => {}).constructor as new (...args: readonly string[]) => Run;

const files = Object.values(DOORS).map((module) => `src/${module}.ts`);
const program = ts.createProgram(files, { allowImportingTsExtensions: true, noEmit: true, skipLibCheck: true, noCheck: true });
const checker = program.getTypeChecker();

/** The functions of a door, each with the code of its example. */
function functionsOf(file: string): readonly { readonly name: string; readonly example: string }[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isFunctionDeclaration(declaration)) return [];
    const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example');
    const text = ts.displayPartsToString(tag?.text);
    return [{ name: exported.name, example: /```js\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '' }];
  });
}

describe.each(files)('each function of %s has an example that says what it gives', (file) => {
  it.each(functionsOf(file))('$name', async ({ name, example }) => {
    const [, before, asked, promised] = /^([\s\S]*?)([^\n]+) \/\/ → ([^\n]+)$/.exec(example) ?? [];
    expect(`${before}${asked}`).toContain(name);
    const run = new AsyncFunction(...Object.keys(NAMES), `${before}\nreturn [${asked}, ${promised}];`);
    const [found, said] = await run(...Object.values(NAMES));
    expect(found).toEqual(said);
  });
});
