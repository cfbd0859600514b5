// Takes out of declarations what no door of the package leads to: a file is reached for the sake of one type, and has twenty.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

/** The names that a node mentions. */
function mentioned(node, names = new Set()) {
  if (ts.isIdentifier(node)) names.add(node.text);
  ts.forEachChild(node, (child) => void mentioned(child, names));
  return names;
}

/** The names that a statement declares. */
function declaredBy(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
  return statement.name === undefined ? [] : [statement.name.text];
}

/** A file of declarations: what stands in it by name, and where names of other files come from. */
class Declarations {
  constructor(path, folder) {
    this.path = path;
    this.text = readFileSync(join(folder, path), 'utf8');
    this.source = ts.createSourceFile(path, this.text, ts.ScriptTarget.Latest, true);
    this.own = new Map();
    /** Name here: [file, name there]; the name `*` is the whole file. */
    this.taken = new Map();
    /** Name outside: [file, name there]. */
    this.passedOn = new Map();
    this.stars = [];
    for (const statement of this.source.statements) this.#read(statement);
  }

  #at(specifier) {
    const { text } = specifier;
    if (!text.startsWith('.')) return undefined;
    return posix.join(posix.dirname(this.path), text).replace(/\.(js|ts)$/, '.d.ts');
  }

  #read(statement) {
    if (ts.isImportDeclaration(statement)) {
      const file = this.#at(statement.moduleSpecifier);
      const { namedBindings, name } = statement.importClause ?? {};
      if (name) this.taken.set(name.text, [file, 'default']);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) this.taken.set(namedBindings.name.text, [file, '*']);
      else for (const each of namedBindings?.elements ?? []) this.taken.set(each.name.text, [file, (each.propertyName ?? each.name).text]);
    } else if (ts.isExportDeclaration(statement)) {
      const file = statement.moduleSpecifier && this.#at(statement.moduleSpecifier);
      if (!statement.exportClause) this.stars.push(file);
      else if (ts.isNamedExports(statement.exportClause)) {
        for (const each of statement.exportClause.elements) {
          this.passedOn.set(each.name.text, [file ?? this.path, (each.propertyName ?? each.name).text, file === undefined]);
        }
      }
    } else for (const name of declaredBy(statement)) this.own.set(name, [...(this.own.get(name) ?? []), statement]);
  }
}

/**
 * Rewrites files of declarations so that they hold only what doors lead to.
 *
 * @param folder - Where they are.
 * @param doors - The files by which the package is entered, every name of which stays.
 * @param paths - All files that may be reached.
 */
export function slimDeclarations(folder, doors, paths) {
  const files = new Map(paths.map((path) => path.split(sep).join('/')).map((path) => [path, new Declarations(path, folder)]));
  const kept = new Map([...files.keys()].map((path) => [path, new Set()]));
  const whole = new Set();

  const keepAll = (path) => {
    const file = files.get(path);
    if (!file || whole.has(path)) return;
    whole.add(path);
    for (const name of [...file.own.keys(), ...file.passedOn.keys()]) keep(path, name);
    for (const star of file.stars) keepAll(star);
  };
  const keep = (path, name) => {
    const file = files.get(path);
    if (!file || kept.get(path).has(name)) return;
    if (name === '*') return keepAll(path);
    const passed = file.passedOn.get(name);
    if (passed) {
      kept.get(path).add(name);
      const [from, there, isLocal] = passed;
      return isLocal ? keepLocal(file, there) : keep(from, there);
    }
    if (file.own.has(name)) return keepLocal(file, name);
    for (const star of file.stars) keep(star, name);
  };
  const keepLocal = (file, name) => {
    const marks = kept.get(file.path);
    const mark = `:${name}`;
    if (marks.has(mark)) return;
    marks.add(mark);
    const taken = file.taken.get(name);
    if (taken) return keep(...taken);
    for (const statement of file.own.get(name) ?? []) {
      for (const other of mentioned(statement)) if (file.own.has(other) || file.taken.has(other)) keepLocal(file, other);
      for (const [, target, there] of statement.getText().matchAll(/import\(['"](\.[^'"]+)['"]\)(?:\.(\w+))?/g)) {
        keep(posix.join(posix.dirname(file.path), target).replace(/\.(js|ts)$/, '.d.ts'), there ?? '*');
      }
    }
  };
  for (const door of doors) keepAll(door);
  for (const [path, file] of files) {
    if (whole.has(path)) continue;
    const marks = kept.get(path);
    const text = file.source.statements.flatMap((statement) => slimmed(statement, marks) ?? []).join('\n');
    writeFileSync(join(folder, path), `${text}\n`);
  }
}

/** What of a statement stays, as text; `undefined`: nothing. */
function slimmed(statement, marks) {
  const whole = () => statement.getFullText().trim();
  if (ts.isImportDeclaration(statement)) {
    const names = [...(statement.importClause?.namedBindings?.elements ?? [])];
    if (names.length === 0) return whole();
    const used = names.filter(({ name }) => marks.has(`:${name.text}`));
    if (used.length === 0) return undefined;
    const isType = statement.importClause.isTypeOnly ? 'type ' : '';
    return `import ${isType}{ ${used.map((each) => each.getText()).join(', ')} } from ${statement.moduleSpecifier.getText()};`;
  }
  if (ts.isExportDeclaration(statement)) {
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return whole();
    const used = statement.exportClause.elements.filter(({ name }) => marks.has(name.text));
    if (used.length === 0 && statement.exportClause.elements.length > 0) return undefined;
    const isType = statement.isTypeOnly ? 'type ' : '';
    const from = statement.moduleSpecifier ? ` from ${statement.moduleSpecifier.getText()}` : '';
    return `export ${isType}{ ${used.map((each) => each.getText()).join(', ')} }${from};`;
  }
  return declaredBy(statement).some((name) => marks.has(`:${name}`)) ? whole() : undefined;
}
