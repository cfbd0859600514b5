import type { Token } from '../c/tokens.ts';
import type { Tree } from './tree.ts';

/** The tokens of a function's body, or of a table's initialiser; `undefined` if the file has no such name. */
function bodyOf(tokens: readonly Token[], symbol: string): readonly Token[] | undefined {
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.text !== symbol) continue;
    let at = i + 1;
    while (at < tokens.length && !(tokens[at]!.kind === 'punct' && ';{'.includes(tokens[at]!.text))) at++;
    if (tokens[at]?.text !== '{') continue;
    let depth = 0;
    const start = at;
    do {
      if (tokens[at]!.text === '{') depth++;
      if (tokens[at]!.text === '}') depth--;
      at++;
    } while (at < tokens.length && depth > 0);
    return tokens.slice(start, at);
  }
  return undefined;
}

/** The cores that a function or a table names; `undefined` if the tree has neither. */
export function namesIn(tree: Tree, path: string, symbol: string, cores: Readonly<Record<string, string>>): readonly string[] | undefined {
  const body = bodyOf(tree.file(path)?.tokens ?? [], symbol);
  if (!body) return undefined;
  const names = body.flatMap(({ kind, text }) => (kind === 'name' && text.startsWith('MIDR_') ? [text.slice('MIDR_'.length)] : []));
  return [...new Set(names.filter((name) => cores[name] !== undefined))];
}
