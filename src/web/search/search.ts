import { cpucapOfDescription } from '../../answers/explain-log.ts';
import { decodeMrs, parseEncoding, registerAt } from '../../arch/encoding.ts';
import { nearestName } from '../../nearest.ts';
import { ALL_CORES } from '../../silicon/core.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { hwcapSentence, NAMES } from '../name/names.ts';
import { linkTo, NAME_VIEWS, type NameView, type Query } from '../route.ts';

/** A place that a search leads to. */
export interface Hit {
  readonly href: string;
  readonly name: string;
  /** What kind of thing it is: `hwcap`. */
  readonly word: string;
  /** What it is. */
  readonly text: string;
}

interface Entry {
  readonly view: NameView | 'machine';
  readonly name: string;
  /** What people write, in lower case and without what they leave out. */
  readonly keys: readonly string[];
}

/** The longest question that is looked for; what is longer is a text. */
const LONGEST = 200;

/** How many places are shown. */
const MOST = 12;

/** Words as they are compared: `Raspberry Pi-4` and `raspberry_pi4` are the same. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** Names of a hwcap's macros, of a field without its register, of a core as others call it. */
function otherNames(view: NameView, name: string): readonly string[] {
  if (view === 'hwcap') return [`hwcap_${name}`, `hwcap2_${name}`, `hwcap3_${name}`];
  if (view === 'feat') return [name.replace(/^FEAT_/, '')];
  if (view === 'field') return [name.slice(name.indexOf('.') + 1), name.replace('_EL1.', '.')];
  if (view === 'register') return [name.replace(/_EL\d$/, '')];
  if (view === 'level') return [name.replace(/^Armv|-A$/g, ''), name.replace(/^Arm/, '')];
  if (view === 'release') return [`linux ${name}`, `v${name}`];
  if (view === 'erratum') return [`erratum ${name}`, `arm erratum ${name}`];
  if (view !== 'core') return [];
  return ALL_CORES.filter((core) => core.name === name).flatMap(({ names, products = [], codename, llvmCpu }) => [
    ...Object.values(names).flat(),
    ...products,
    codename ?? '',
    llvmCpu ?? '',
  ]);
}

/** What people call a machine: its name, its title, and products that have its cores. */
function machineKeys({ name, title, cores, aliases = [] }: (typeof KNOWN_MACHINES)[number]): readonly string[] {
  const products = ALL_CORES.filter((core) => cores.includes(core.name)).flatMap((core) => core.products ?? []);
  return [name, title, ...aliases, ...products].map(plain);
}

let entries: readonly Entry[] | undefined;

function allEntries(): readonly Entry[] {
  entries ??= [
    ...NAME_VIEWS.flatMap((view) =>
      NAMES[view].all().map((name) => ({ view, name, keys: [name, ...otherNames(view, name)].filter(Boolean).map(plain) })),
    ),
    ...KNOWN_MACHINES.map((row) => ({ view: 'machine' as const, name: row.name, keys: machineKeys(row) })),
  ];
  return entries;
}

/** How well an entry fits, the less the better; `undefined`: not at all. */
function rank({ keys, view }: Entry, wanted: string): number | undefined {
  // A register's field of one name stands in many registers.
  const late = view === 'field' || view === 'compat' ? 0.5 : 0;
  if (keys.includes(wanted)) return late;
  if (keys[0]!.startsWith(wanted)) return 1 + late + keys[0]!.length / 100;
  if (keys.some((key) => key.startsWith(wanted))) return 2 + late;
  if (wanted.length > 2 && keys.some((key) => key.includes(wanted))) return 3 + late;
  // The other way round: the question has a name in it.
  return wanted.length > 5 && keys[0]!.length > 3 && wanted.includes(keys[0]!) ? 4 + late - keys[0]!.length / 100 : undefined;
}

function hitOf({ view, name }: Pick<Entry, 'view' | 'name'>, query: Query = []): Hit {
  if (view === 'machine') {
    const title = KNOWN_MACHINES.find((row) => row.name === name)?.title ?? name;
    return { href: linkTo('machine', name, query), name: title, word: 'machine', text: name };
  }
  return {
    href: linkTo(view, name, query),
    name,
    word: NAMES[view].word,
    text: view === 'hwcap' ? hwcapSentence(name) : NAMES[view].sentence(name),
  };
}

/** What a question means that is no name: an encoding, the word of an MRS, a MIDR_EL1, a line of the log. */
function meaning(text: string): readonly Pick<Entry, 'view' | 'name'>[] {
  const encoding =
    parseEncoding(text.trim()) ?? (/^0x[0-9a-f]{8}$/i.test(text.trim()) ? decodeMrs(Number(text.trim()))?.encoding : undefined);
  const register = encoding && registerAt(encoding);
  if (register !== undefined) return [{ view: 'register', name: register }];
  const found: Pick<Entry, 'view' | 'name'>[] = [];
  const core = /^0x[0-9a-f]{8}$/i.test(text.trim()) ? NAMES.core.find(text.trim()) : undefined;
  if (core !== undefined) found.push({ view: 'core', name: core });
  const line = /(?:detected(?: on[^:]*)?:|enabling workaround for)\s*(.+)$/i.exec(text)?.[1] ?? text;
  const cpucap = cpucapOfDescription(line.trim().replace(/^GIC system register CPU interface$/, line.trim()));
  if (cpucap !== undefined) found.push({ view: 'cpucap', name: cpucap.name });
  return found;
}

/** The nearest names of all kinds, for a question that nothing fits. */
function nearMisses(wanted: string): readonly Entry[] {
  return [...NAME_VIEWS, 'machine' as const].flatMap((view) => {
    const own = allEntries().filter((entry) => entry.view === view);
    const key = nearestName(
      wanted,
      own.flatMap(({ keys }) => keys.filter((one) => one.length > 2)),
    );
    return key === undefined ? [] : own.filter(({ keys }) => keys.includes(key)).slice(0, 2);
  });
}

/** The MRS and MSR of a line of assembly, without its operands: `frint32z v0.2s, v1.2s`. */
function mnemonicOf(text: string): string | undefined {
  return /^\s*([a-z][a-z0-9.]+)\s+(?:<?[wxvzpbhsdq]\d|\[|\{|#)/i.exec(text)?.[1];
}

/** Where a question leads, the best places first; empty if it is empty. */
export function search(question: string): { readonly hits: readonly Hit[]; readonly near: boolean } {
  const text = question.slice(0, LONGEST);
  const wanted = plain(mnemonicOf(text) ?? text);
  if (wanted === '') return { hits: [], near: false };
  const meant = meaning(text);
  const ranked = allEntries()
    .flatMap((entry) => {
      const own = rank(entry, wanted);
      return own === undefined ? [] : [{ entry, own }];
    })
    .sort((a, b) => a.own - b.own);
  const exact = ranked.filter(({ own }) => own < 1);
  const found = [...exact.map(({ entry }) => entry), ...meant, ...ranked.map(({ entry }) => entry)];
  const near = found.length === 0;
  const shown = near ? nearMisses(wanted) : found;
  const unique = new Map(shown.map((one) => [`${one.view} ${one.name}`, one] as const));
  return { hits: [...unique.values()].slice(0, MOST).map((one) => hitOf(one)), near };
}
