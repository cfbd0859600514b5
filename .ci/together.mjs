// Puts the modules that pages need together into one file, so that a page asks for few. What lies together is not written down but seen:
// each of the pages below is followed through all that it imports, and modules that the same of them need become one file. What none of
// them needs is left to the bundler.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARK } from './tables-outside.mjs';

const WEB = fileURLToPath(new URL('../src/web/', import.meta.url));

/** What a known machine is made with, whatever page it is shown on. */
const MACHINE = '../silicon/usual.ts';

/** What every page is started with, and small things that most of them need. */
const SHELL = [
  'start.tsx',
  '../nearest.ts',
  '../given.ts',
  'sentence.ts',
  'why/stage-names.ts',
  'catalogue/signed-text.tsx',
  '../bits/hex.ts',
  '../arch/split-word.ts',
];

/** The views that show the way of a bit, with the names that they say first, if any. */
const WAYS = ['home', 'hwcap', 'feat', 'insn', 'cpucap', 'compat'];

/** The way on the page of a name, which a list of names does without. */
const WAY = ['why/live-way.tsx', 'why/prepare-way.ts'];

/** The lists of names that say more than a sentence of each. */
const LISTS = ['card/hwcap-index.tsx', 'card/feat-index.tsx', 'card/cpucap-index.tsx', 'name/name-index.tsx'];

/** What an architecture feature that programs meet is said to be first: its page may be of another. */
const MET = 'card/met-feat-lead.tsx';

/** What a view fetches for what is asked of it: of a way, what only one of these views needs for what it shows first, and others fetch when they come to it. */
const FOLLOWED = {
  feat: ['../answers/why/asked.ts', MET],
  cpucap: ['../answers/generated/cpucap-machines.ts'],
  infer: ['../answers/infer.ts', '../answers/infer/machines-of-cores.ts', 'infer/inference-result.tsx'],
  lesson: ['lesson/lesson-page.tsx'],
};

/** The views of names without a way. */
const NAMES = ['register', 'field', 'core', 'release', 'erratum'];

/** The other views. */
const DESK = ['level', 'levels', 'compare', 'infer', 'guide', 'lesson'];

/** What is told of a bit that is lost. */
const LOSS = 'why/loss-code.ts';

/** What pages fetch when somebody is about to do something. */
const NEXT = ['scenario/read-layers.ts', 'why/with-programs.ts'];

/** What the pages of names fetch then; the first of them has what the others have, too. */
const RESTS = ['card/hwcap-rest.tsx', 'card/arch-feature-rest.tsx', 'card/cpucap-rest.tsx'];

/** What is said of all architecture features: lists of them fetch it without what else pages of names have below. */
const FEATURES = ['../arch/arch-feature.ts', '../arch/arch-features-in-brief.ts', '../formats/arch-feature-levels.ts'].map((file) =>
  join(WEB, file),
);

/** What says a thing by tables of its own, with what else needs these: too small for files of their own. */
const SAYING = {
  registers: ['../arch/register.ts', '../arch/decode.ts', 'name/kinds/register.ts', 'name/kinds/field.ts'],
  cores: ['../silicon/core.ts', 'name/kinds/core.ts'],
  met: ['../arch/program-arch-feature.ts', '../answers/hwcap-arch-features.ts'],
};
const SAID_IN = new Map(Object.entries(SAYING).flatMap(([name, files]) => files.map((file) => [join(WEB, file), name])));

/** What lists of names need, and nothing else of that with which it would lie. */
const OF_LISTS = join(WEB, 'catalogue/scroll-area.tsx');

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

/** What each of the pages reaches, and sets of them. */
function sights(graph) {
  const page = (name) => reached([`views/${name}.tsx`, ...(FOLLOWED[name] ?? [])], graph);
  const ways = new Map(WAYS.map((name) => [name, new Set([...page(name), ...reached([...WAY, MACHINE], graph)])]));
  return {
    shell: reached(SHELL, graph),
    entry: reached(['main.tsx'], graph),
    machine: reached(['views/machine.tsx', 'machine/machine-page.tsx', MACHINE], graph),
    ways,
    bare: reached([...[...WAYS, ...NAMES].filter((name) => name !== 'home').map((name) => `views/${name}.tsx`), ...LISTS], graph),
    names: new Map(NAMES.map((name) => [name, page(name)])),
    desk: new Map(DESK.map((name) => [name, page(name)])),
    loss: reached([LOSS], graph),
    met: reached([MET], graph),
    next: reached(NEXT, graph),
    rests: RESTS.map((file) => reached([file], graph)),
  };
}

const needing = (id, pages) => [...pages].filter(([, ids]) => ids.has(id)).map(([name]) => name);

/** How long a module is that brings no table with it, and costs less than a request of its own. */
const SMALL = 2000;

/** Whether a module is small and needs nothing that does not lie in what every page with a machine has. */
function isLight(id, seen, graph) {
  const { code, importedIds } = graph.getModuleInfo(id);
  return (
    !id.includes('/generated/') &&
    code !== null &&
    code.length < SMALL &&
    importedIds.every((own) => /^(?:shell|engine)$/.test(fileOf(own, seen, graph) ?? ''))
  );
}

const bringsTable = (id, graph) => graph.getModuleInfo(id).importedIds.some((own) => own.startsWith(MARK));

/** The file that a module comes to lie in; `null`: the bundler sees. */
function fileOf(id, seen, graph) {
  const { shell, entry, machine, ways, bare, names, desk, loss, next, rests } = seen;
  if (id.startsWith(MARK)) return null;
  if (id.includes('rolldown/runtime')) return 'shell';
  if (shell.has(id)) return 'shell';
  if (entry.has(id) && id.endsWith('.css')) return null;
  if (FEATURES.includes(id)) return 'features';
  if (id === OF_LISTS) return 'engine';
  if (id === join(WEB, MET)) return null;
  if (SAID_IN.has(id)) return SAID_IN.get(id);
  const [own, plain, others] = [needing(id, ways), needing(id, names), needing(id, desk)];
  if (own.length >= ways.size - 1) {
    const isOfWay = plain.length === 0 && !bare.has(id) && (own.length < ways.size || !machine.has(id));
    return isOfWay ? 'way' : 'engine';
  }
  const some = own.length + (machine.has(id) ? 1 : 0);
  if (some > 0 && some + plain.length > 1 && isLight(id, seen, graph)) return 'engine';
  const later = rests.filter((ids) => ids.has(id)).length + (next.has(id) ? 1 : 0);
  if (own.join() === 'feat' && (machine.has(id) || others.length + later > 0)) return 'levels';
  if (own.length === 0 && loss.has(id)) return 'loss';
  const isOfFew = own.every((view) => view === 'cpucap' || view === 'compat');
  const isOfAsking = isOfFew && (others.includes('infer') || others.includes('compare'));
  if (isOfAsking && machine.has(id) && others.includes('infer')) return 'asking';
  if (isOfAsking && !machine.has(id) && later + plain.length > 1) return 'few';
  if (own.length === 0 && machine.has(id) && next.has(id)) return 'seen';
  if (machine.has(id)) return own.length > 0 ? null : others.length > 0 ? 'desk' : 'machine';
  if (own.length > 0 && plain.length + others.length === 0) return own.join('-');
  if (own.length === 0 && next.has(id)) return 'next';
  if (own.length + plain.length + others.length === 0) return rests[0].has(id) ? 'rest' : null;
  return isOfFew && later + plain.length > 1 && !bringsTable(id, graph) ? 'parts' : null;
}

/** A group for the bundler's `codeSplitting`. */
export function together() {
  let seen;
  return {
    debugName: 'together',
    includeDependenciesRecursively: false,
    name(id, graph) {
      seen ??= sights(graph);
      return fileOf(id, seen, graph);
    },
  };
}
