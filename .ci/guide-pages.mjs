// A page of the guide (Markdown) as a module that the explorer fetches when it is read: its title, its neighbours in the order of the
// index, and its text as a tree of elements, so that no markup is ever put into the page as text.
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lexer } from 'marked';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GUIDE = join(ROOT, 'src', 'guide');
const { homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** Code of at most so many characters stays on one line, on a narrow screen too. */
const WHOLE = 24;
const REPOSITORY = homepage.replace(/#.*/, '');

/** Another page of the guide leads to its view, what lies elsewhere in the repository to where that is kept. */
function addressOf(href) {
  if (/^[a-z]+:/i.test(href)) return href;
  const path = relative(ROOT, join(GUIDE, href));
  const page = /^src\/guide\/([\w-]+)\.md$/.exec(path.replaceAll('\\', '/'))?.[1];
  if (page !== undefined) return page === 'index' ? '#/guide' : `#/guide/${page}`;
  return `${REPOSITORY}/blob/main/${path.replaceAll('\\', '/')}`;
}

function unescaped(text) {
  const names = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => names[name]);
}

function inline(tokens = []) {
  return tokens.flatMap((token) => {
    if (token.type === 'text' || token.type === 'escape') return token.tokens ? inline(token.tokens) : [unescaped(token.text)];
    if (token.type === 'codespan') return [['code', token.text.length <= WHOLE ? { class: 'whole' } : null, unescaped(token.text)]];
    if (token.type === 'strong' || token.type === 'em') return [[token.type, null, ...inline(token.tokens)]];
    if (token.type === 'link') return [['a', { href: addressOf(token.href) }, ...inline(token.tokens)]];
    if (token.type === 'br') return [['br', null]];
    throw new Error(`a page of the guide has “${token.raw}”, which is not rendered`);
  });
}

/** Texts in a row as one. */
function joined(nodes) {
  const all = [];
  for (const node of nodes) {
    if (typeof node === 'string' && typeof all.at(-1) === 'string') all.push(all.pop() + node);
    else if (node !== '') all.push(node);
  }
  return all;
}

/** Code with the command lines marked; a block that is a file begins with its name. */
function code({ lang = '', text }) {
  const [kind, name] = lang.split(' ');
  const lines = text.split('\n').flatMap((line, i) => {
    const end = i === text.split('\n').length - 1 ? '' : '\n';
    return kind === 'console' && line.startsWith('$ ') ? [['b', null, line], end] : [line + end];
  });
  const pre = ['pre', { tabIndex: 0 }, ['code', null, ...joined(lines)]];
  return name === undefined ? pre : ['figure', null, ['figcaption', null, name], pre];
}

function table({ header, rows }, heading) {
  const head = ['thead', null, ['tr', null, ...header.map((cell) => ['th', { scope: 'col' }, ...inline(cell.tokens)])]];
  const cells = (row) =>
    row.map((cell, i) => (i === 0 ? ['th', { scope: 'row' }, ...inline(cell.tokens)] : ['td', null, ...inline(cell.tokens)]));
  const body = ['tbody', null, ...rows.map((row) => ['tr', null, ...cells(row)])];
  return ['section', { class: 'scroll', tabIndex: 0, 'aria-label': `${heading}, table by ${header[0].text}` }, ['table', null, head, body]];
}

function blocks(tokens) {
  let heading = '';
  return tokens.flatMap((token) => {
    if (token.type === 'heading') heading = token.text;
    if (token.type === 'heading') return [[`h${token.depth}`, null, ...inline(token.tokens)]];
    if (token.type === 'paragraph') return [['p', null, ...inline(token.tokens)]];
    if (token.type === 'text') return inline(token.tokens);
    if (token.type === 'code') return [code(token)];
    if (token.type === 'table') return [table(token, heading)];
    if (token.type === 'list')
      return [[token.ordered ? 'ol' : 'ul', null, ...token.items.map((item) => ['li', null, ...blocks(item.tokens)])]];
    if (token.type === 'space' || (token.type === 'html' && token.text.startsWith('<!--'))) return [];
    throw new Error(`a page of the guide has “${token.raw.slice(0, 60)}”, which is not rendered`);
  });
}

function titleOf(name) {
  return /^# (.*)/.exec(readFileSync(join(GUIDE, `${name}.md`), 'utf8'))[1];
}

/** The pages before and behind one, as the index has them. */
function neighbours(name) {
  const order = [...readFileSync(join(GUIDE, 'index.md'), 'utf8').matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, page]) => page);
  const at = order.indexOf(name);
  const of = (page) => (page === undefined || at === -1 ? undefined : { name: page, title: titleOf(page) });
  return { before: of(order[at - 1]), after: of(order[at + 1]) };
}

/** The page of a Markdown text, as data: title, neighbours, tree. */
export function guidePage(name, text) {
  return { title: titleOf(name), ...neighbours(name), nodes: blocks(lexer(text)) };
}

/** Makes a module of each page that the explorer imports. */
export function guidePages() {
  return {
    name: 'armlens-guide',
    transform(text, id) {
      if (!id.endsWith('.md')) return undefined;
      const page = guidePage(basename(id, '.md'), text);
      return { code: `export const page = JSON.parse(${JSON.stringify(JSON.stringify(page))});`, map: null, moduleType: 'js' };
    },
  };
}
