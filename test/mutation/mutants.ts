import ts from 'typescript';

/** One small change of a source text: what a slip of the pen would do. */
export interface Mutant {
  /** What it is called as long as its line says the same, wherever that stands: the line, the column in it, and what becomes what. */
  readonly name: string;
  /** Line and column, from 1 on. */
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly becomes: string;
  /** The expression that is another one with the change: the least in which operators and optional chains bind as they do in the text. */
  readonly within: ts.TextRange;
}

/** Operators and what each is mistaken for. */
const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AmpersandToken]: '|',
  [ts.SyntaxKind.BarToken]: '&',
  [ts.SyntaxKind.LessThanLessThanToken]: '>>',
  [ts.SyntaxKind.GreaterThanGreaterThanToken]: '<<',
};

/** Methods and what each is mistaken for. */
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', min: 'max', max: 'min', add: 'delete' };

/** Whether nothing is worked out at a node: it is part of a type, or the name of a property. */
function isStill(node: ts.Node): boolean {
  if (ts.isNumericLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node) return true;
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isTypeNode(at) || ts.isInterfaceDeclaration(at) || ts.isTypeAliasDeclaration(at) || ts.isImportDeclaration(at)) return true;
  }
  return false;
}

/** The place of a node, from the inside out. */
function* around(node: ts.Node): Iterable<ts.Node> {
  for (let at = node.parent; at !== undefined; at = at.parent) yield at;
}

/** Whether a number is the 1 of `a < b ? -1 : 1` in what a list is sorted by: of that, sorting asks for the sign alone. */
function isSignForSorting(node: ts.Node): boolean {
  if (!ts.isNumericLiteral(node) || node.text !== '1') return false;
  let at: ts.Node = node;
  if (ts.isPrefixUnaryExpression(at.parent) && at.parent.operator === ts.SyntaxKind.MinusToken) at = at.parent;
  if (!ts.isConditionalExpression(at.parent) || at.parent.condition === at) return false;
  while (ts.isConditionalExpression(at.parent) || ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (!ts.isArrowFunction(parent) || parent.body !== at || !ts.isCallExpression(parent.parent)) return false;
  const { expression } = parent.parent;
  return ts.isPropertyAccessExpression(expression) && /^(?:sort|toSorted)$/.test(expression.name.text);
}

/** The name that a condition finds to have no value yet. */
function unsetName(condition: ts.Expression): string | undefined {
  if (ts.isPrefixUnaryExpression(condition)) return ts.isIdentifier(condition.operand) ? condition.operand.text : undefined;
  if (!ts.isBinaryExpression(condition) || condition.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return undefined;
  return condition.right.getText() === 'undefined' && ts.isIdentifier(condition.left) ? condition.left.text : undefined;
}

/** Whether a statement only keeps, in a map of the module, what was just worked out because the map had none: else it is worked out again. */
function isKeeping(node: ts.Node, source: ts.SourceFile): boolean {
  const [, map, kept] = /^(\w+)\.set\([^()]*, (\w+)\);?$/.exec(node.getText(source)) ?? [];
  if (map === undefined || !new RegExp(`^const ${map}(?:: [^=]+)? = new (?:Weak)?Map(?:<.*>)?\\(\\);`, 'm').test(source.text)) return false;
  const branch = [...around(node)].find((at) => ts.isIfStatement(at));
  return (
    branch !== undefined && node.parent.parent === branch && node.parent === branch.thenStatement && unsetName(branch.expression) === kept
  );
}

/**
 * What a node may be mistaken for: the part of the text, and what stands there then. Left out is what changes no answer by what it is:
 * how far from zero a comparison for sorting is, and that a value is kept for the next time.
 */
function* changesOf(node: ts.Node, source: ts.SourceFile): Iterable<readonly [ts.Node, string]> {
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS[node.operatorToken.kind];
    if (other !== undefined) yield [node.operatorToken, other];
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    yield [node, `(${node.operand.getText(source)})`];
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) yield [node, 'false'];
  else if (node.kind === ts.SyntaxKind.FalseKeyword) yield [node, 'true'];
  else if (ts.isBigIntLiteral(node)) yield [node, node.text === '0n' ? '1n' : `(${node.text} + 1n)`];
  else if (ts.isNumericLiteral(node)) {
    if (!isSignForSorting(node)) yield [node, node.text === '0' ? '1' : `(${node.text} + 1)`];
  } else if (ts.isConditionalExpression(node)) {
    yield [node, `(${node.condition.getText(source)}) ? (${node.whenFalse.getText(source)}) : (${node.whenTrue.getText(source)})`];
  } else if (ts.isPropertyAccessExpression(node) && Object.hasOwn(METHODS, node.name.text) && ts.isCallExpression(node.parent)) {
    yield [node.name, METHODS[node.name.text]!];
  } else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
    if (!isKeeping(node, source)) yield [node, ';'];
  }
}

/** Whether a node stands first in its parent, so that parentheses around it would end an optional chain or lose a `this`. */
function headsChain(node: ts.Node): boolean {
  const { parent } = node;
  const links = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isCallExpression(parent);
  return (links || ts.isNonNullExpression(parent)) && parent.expression === node;
}

/** The expression around a node that changes with it. */
function aroundOf(node: ts.Node): ts.Node {
  let at = ts.isExpressionStatement(node) ? node.expression : node;
  while (headsChain(at) || (ts.isBinaryExpression(at) && ts.isBinaryExpression(at.parent))) at = at.parent;
  return at;
}

/** A change in few words. */
export function inFewWords({ was, becomes }: Pick<Mutant, 'was' | 'becomes'>): string {
  return [was, becomes].map((words) => words.replace(/\s+/g, ' ').slice(0, 60)).join(' → ');
}

/** The mutants of a source text, in the order in which they stand there. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const lines = text.split('\n');
  const mutants: Mutant[] = [];
  const times = new Map<string, number>();
  const named = (mutant: Omit<Mutant, 'name'>): Mutant => {
    const line = lines[mutant.line - 1]!;
    const name = `${line.trim()} @${mutant.column - line.search(/\S/)} ${inFewWords(mutant)}`;
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return { ...mutant, name: nth === 1 ? name : `${name} #${nth}` };
  };
  const visit = (node: ts.Node): void => {
    if (!isStill(node)) {
      for (const [part, becomes] of changesOf(node, source)) {
        const start = part.getStart(source);
        const { line, character } = source.getLineAndCharacterOfPosition(start);
        const around = aroundOf(node);
        const within = { pos: around.getStart(source), end: around.end };
        const was = text.slice(start, part.end);
        mutants.push(named({ line: line + 1, column: character + 1, start, end: part.end, was, becomes, within }));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** The text with one mutant in it. */
export function mutated(text: string, { start, end, becomes }: Mutant): string {
  return text.slice(0, start) + becomes + text.slice(end);
}

/** What stands in the place of `within` if a mutant is awake. */
function awake(text: string, mutant: Mutant): string {
  const { was, becomes, within } = mutant;
  return becomes === ';' ? 'undefined' : mutated(text, mutant).slice(within.pos, within.end + becomes.length - was.length);
}

/**
 * The text with many mutants in it, each under a number: all sleep but the one of whose number the global function `mutantIs` says that
 * it is awake, so that one text serves for all of them.
 */
export function switchable(text: string, numbered: readonly (readonly [number, Mutant])[]): string {
  const outerFirst = numbered.toSorted(([, a], [, b]) => b.within.end - a.within.end);
  const inserted = [
    ...numbered.map(([, { within }]) => [within.end, '))'] as const),
    ...outerFirst.map(([number, mutant]) => [mutant.within.pos, `(mutantIs(${number}) ? (${awake(text, mutant)}) : (`] as const),
  ].toSorted(([a], [b]) => a - b);
  let out = '';
  let at = 0;
  for (const [place, words] of inserted) {
    out += text.slice(at, place) + words;
    at = place;
  }
  return out + text.slice(at);
}
