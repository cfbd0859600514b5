// Writes tables of the library column by column where that packs better: all values of a key stand together, each key once.
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

const packed = (text) => gzipSync(text, { level: 9 }).length;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of rows in an order that none of them contradicts; `undefined` if there is none. */
function keysOf(rows) {
  const before = new Map(rows.flatMap(Object.keys).map((key) => [key, new Set()]));
  for (const row of rows) Object.keys(row).forEach((key, index, keys) => void (index > 0 && before.get(key).add(keys[index - 1])));
  const ordered = [];
  while (before.size > 0) {
    const next = [...before.keys()].find((key) => [...before.get(key)].every((other) => !before.has(other)));
    if (next === undefined) return undefined;
    ordered.push(next);
    before.delete(next);
  }
  return ordered;
}

/** What a file reads its columns by: `null` stands where a row has no such key. */
const READER =
  'const rows=t=>{const c=JSON.parse(t);return c[0][1].map((_,i)=>Object.fromEntries(c.flatMap(([k,v])=>v[i]===null?[]:[[k,v[i]]])))};';

/** What reading a file's columns costs, packed. */
const COST = 100;

/** The columns of a table as text, and what they save; `undefined` if they would not say the same. */
function columnsOf(value) {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return undefined;
  // Within a value `null` may stand; as a value of a row it stands for none.
  const holds = (one) =>
    /^(?:string|number|boolean)$/.test(typeof one) ||
    (typeof one === 'object' && one !== null && Object.values(one).every((own) => own === null || holds(own)));
  if (!value.every((row) => Object.values(row).every(holds))) return undefined;
  const text = JSON.stringify(keysOf(value)?.map((key) => [key, value.map((row) => row[key] ?? null)]));
  return text && { text, saved: packed(JSON.stringify(value)) - packed(text) };
}

/** The initializers of a module's constants, by name. */
function initializersOf(code) {
  const { statements } = ts.createSourceFile('table.js', code, ts.ScriptTarget.Latest, true);
  const declared = statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(declared.flatMap(({ name, initializer }) => (initializer === undefined ? [] : [[name.text, initializer]])));
}

/** Whether a constant is read of columns by now. */
const isInColumns = (initializer) => ts.isCallExpression(initializer) && ts.isIdentifier(initializer.expression);

/** A module of tables, those of them in columns that pack better so. One that is so by now stays. */
export async function inColumns(code) {
  const initializers = initializersOf(code);
  if ([...initializers.values()].some(isInColumns)) return code;
  const tables = Object.entries(await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`).catch(() => ({})));
  const better = tables.flatMap(([name, value]) => {
    const columns = columnsOf(value);
    return columns !== undefined && columns.saved > 0 && initializers.has(name) ? [{ ...columns, at: initializers.get(name) }] : [];
  });
  if (better.reduce((sum, { saved }) => sum + saved, 0) < COST) return code;
  const written = better
    .toSorted((a, b) => b.at.pos - a.at.pos)
    .reduce((text, { at, text: columns }) => {
      const literal = `\`${columns.replace(/[`\\]|\$\{/g, '\\$&')}\``;
      return `${text.slice(0, at.getStart())}rows(${literal})${text.slice(at.end)}`;
    }, code);
  return READER + written;
}
