// Puts the modules that pages need together into one file, so that a page asks for few. What lies together is not written down but seen:
// each of the pages below is followed through all that it imports, and modules that the same of them need become one file. What none of
// them needs is left to the bundler.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../src/web/', import.meta.url));

/** What a known machine is made with, whatever page it is shown on. */
const MACHINE = ['../silicon/usual.ts'];

/** What every page is started with, and small things that most of them need. */
const SHELL = ['start.tsx', '../nearest.ts', '../given.ts', 'sentence.ts', '../bits/hex.ts', '../arch/split-word.ts'];

/** The pages that people open first, with what they fetch before anybody does anything. */
const FIRST = {
  home: ['views/home.tsx', ...MACHINE],
  hwcap: ['views/card.tsx', 'card/hwcap-card-view.tsx', ...MACHINE],
  machine: ['views/machine.tsx', 'machine/machine-page.tsx', ...MACHINE],
};

/** What all of those fetch when somebody is about to do something. */
const NEXT = ['scenario/read-layers.ts', 'why/with-programs.ts'];

/** What the pages of names fetch then. */
const REST = ['card/hwcap-rest.tsx'];

/** Pages that must not be made to fetch what only those above need. */
const OTHERS = {
  name: ['views/name.tsx'],
  desk: ['views/levels.tsx', 'views/compare.tsx', 'views/infer.tsx', 'views/guide.tsx'],
};

/** Modules with all that they import, and so on; what is fetched later is not among it. */
function reached(files, graph) {
  const seen = new Set();
  const open = files.map((file) => join(WEB, file));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

/** The pages of some of which a module is a part. */
function needing(id, pages) {
  return Object.keys(pages).filter((page) => pages[page].has(id));
}

/** What is said of architecture features: a small part of a hwcap's page brings it in any case. */
const WORDS = join(WEB, '../arch/arch-feature.ts');

/** How long a module is that brings no table with it, and costs less than a request of its own. */
const SMALL = 6000;

function isSmall(id, graph) {
  const { code, importedIds } = graph.getModuleInfo(id);
  return code !== null && code.length < SMALL && !importedIds.some((own) => own.includes('/generated/'));
}

/** Whether a module is small, and so is all of the library that it imports itself. */
function isLight(id, graph) {
  return isSmall(id, graph) && graph.getModuleInfo(id).importedIds.every((own) => own.startsWith(WEB) || isSmall(own, graph));
}

/** The file that a module comes to lie in; `null`: the bundler sees. */
function fileOf(id, { shell, first, next, rest: later, others }, graph) {
  if (shell.has(id)) return 'shell';
  const firsts = needing(id, first);
  if (firsts.length === Object.keys(first).length) return 'engine';
  if (firsts.length === 0) {
    if (next.has(id)) return 'next';
    if (!later.has(id)) return null;
    if (needing(id, others).length === 0) return id.startsWith(WEB) || isSmall(id, graph) ? 'rest' : null;
    return id.startsWith(WEB) || isLight(id, graph) ? 'parts' : null;
  }
  const rest = needing(id, others);
  if (rest.length === 0) return firsts.join('-');
  const isOfNames = firsts.join() === 'hwcap' && !rest.includes('desk');
  if (isOfNames && (id.startsWith(WEB) || (graph.getModuleInfo(id).code?.length ?? SMALL) < SMALL)) return 'names';
  if (id === WORDS) return 'catalogue';
  if (!firsts.includes('hwcap') || !isSmall(id, graph)) return null;
  return firsts.length === 1 ? 'catalogue' : 'engine';
}

/** A group for the bundler's `codeSplitting`. */
export function together() {
  let pages;
  return {
    debugName: 'together',
    includeDependenciesRecursively: false,
    name(id, graph) {
      const all = (named) => Object.fromEntries(Object.entries(named).map(([page, files]) => [page, reached(files, graph)]));
      pages ??= {
        shell: reached(SHELL, graph),
        first: all(FIRST),
        next: reached(NEXT, graph),
        rest: reached(REST, graph),
        others: all(OTHERS),
      };
      return fileOf(id, pages, graph);
    },
  };
}
