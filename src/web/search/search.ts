import { cpucapOfDescription } from '../../answers/explain-log.ts';
import { decodeMrs, parseEncoding, registerAt } from '../../arch/encoding.ts';
import { nearestName } from '../../nearest.ts';
import { ALL_CORES } from '../../silicon/core.ts';
import { findCoreRow } from '../../silicon/core-row.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { GUIDE_NAMES } from '../guide/pages.ts';
import { LESSON_NAMES, textNamed } from '../lesson/texts.ts';
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
  readonly view: NameView | 'machine' | 'guide' | 'lesson';
  readonly name: string;
  /** What people write, in lower case and without what they leave out. */
  readonly keys: readonly string[];
  /** Of a core and a machine: products that have the same cores. Whatever is itself called so comes first. */
  readonly products?: readonly string[];
}

/** Where a name leads, without how it is found. */
type Place = Pick<Entry, 'view' | 'name'>;

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
  return ALL_CORES.filter((core) => core.name === name).flatMap(({ names, codename, llvmCpu }) => [
    ...Object.values(names).flat(),
    // People say A76 and N1.
    name.replace(/^(?:Cortex|Neoverse)-/, ''),
    codename ?? '',
    llvmCpu ?? '',
  ]);
}

/** Products that have one of some cores. */
function productsWith(cores: readonly string[]): readonly string[] {
  return ALL_CORES.filter(({ name }) => cores.includes(name)).flatMap(({ products = [] }) => products.map(plain));
}

/** The title of a lesson as its text begins, of a page of the guide as its file's name says. */
function titleOf(view: 'guide' | 'lesson', name: string): string {
  if (view === 'lesson') return /^# (.+)/m.exec(textNamed(name) ?? '')?.[1] ?? name;
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
}

let entries: readonly Entry[] | undefined;

function allEntries(): readonly Entry[] {
  entries ??= [
    ...NAME_VIEWS.flatMap((view) =>
      NAMES[view].all().map((name) => ({
        view,
        name,
        keys: [name, ...otherNames(view, name)].filter(Boolean).map(plain),
        ...(view === 'core' ? { products: productsWith([name]) } : {}),
      })),
    ),
    ...KNOWN_MACHINES.map(({ name, title, cores, aliases = [] }) => ({
      view: 'machine' as const,
      name,
      keys: [name, title, ...aliases].map(plain),
      products: productsWith(cores),
    })),
    ...GUIDE_NAMES.filter((name) => name !== 'index').map((name) => ({
      view: 'guide' as const,
      name,
      keys: [name, titleOf('guide', name)].map(plain),
    })),
    ...LESSON_NAMES.map((name) => ({ view: 'lesson' as const, name, keys: [name, titleOf('lesson', name)].map(plain) })),
  ];
  return entries;
}

/** How well an entry fits, the less the better; `undefined`: not at all. */
function rank({ keys, view, products = [] }: Entry, wanted: string): number | undefined {
  // A register's field of one name stands in many registers.
  const late = view === 'field' || view === 'compat' ? 0.5 : 0;
  if (keys.includes(wanted)) return late;
  if (products.includes(wanted)) return 0.75;
  if (keys[0]!.startsWith(wanted)) return 1 + late + keys[0]!.length / 100;
  if ([...keys, ...products].some((key) => key.startsWith(wanted))) return 2 + late;
  if (wanted.length > 2 && [...keys, ...products].some((key) => key.includes(wanted))) return 3 + late;
  // The other way round: the question has a name in it.
  return wanted.length > 5 && keys[0]!.length > 3 && wanted.includes(keys[0]!) ? 4 + late - keys[0]!.length / 100 : undefined;
}

function hitOf({ view, name }: Place, query: Query = []): Hit {
  if (view === 'machine') {
    const title = KNOWN_MACHINES.find((row) => row.name === name)?.title ?? name;
    return { href: linkTo('machine', name, query), name: title, word: 'machine', text: name };
  }
  if (view === 'guide' || view === 'lesson') return { href: linkTo(view, name), name: titleOf(view, name), word: view, text: '' };
  return {
    href: linkTo(view, name, query),
    name,
    word: NAMES[view].word,
    text: view === 'hwcap' ? hwcapSentence(name) : NAMES[view].sentence(name),
  };
}

/** The register that an MRS or MSR of a line of assembly names. */
function operandOf(text: string): string | undefined {
  const [, read, written] = /^\s*(?:mrs\s+<?\w+>?\s*,\s*(\w+)|msr\s+(\w+)\s*,)/i.exec(text) ?? [];
  return read ?? written;
}

/** The core of a `CPU part`, with the `CPU implementer` before it if there is one; Arm's otherwise. */
function coreOfPart(text: string): string | undefined {
  const [, implementer = '0x41', part] = /(?:\b(0x[0-9a-f]{2})\b.*?)?\b(0x[0-9a-f]{3})$/i.exec(text) ?? [];
  return part === undefined ? undefined : findCoreRow({ implementer: Number(implementer), part: Number(part) })?.name;
}

/** What a question means that is no name: an encoding, the word of an MRS, a MIDR_EL1, a part, a line of the log. */
function meaning(question: string): readonly Place[] {
  const text = question.trim();
  const word = /^(?:0x)?([0-9a-f]{8})$/i.exec(text)?.[1];
  const encoding = parseEncoding(text) ?? (word === undefined ? undefined : decodeMrs(Number(`0x${word}`))?.encoding);
  const register = encoding && registerAt(encoding);
  if (register !== undefined) return [{ view: 'register', name: register }];
  const found: Place[] = [];
  const core = /^0x[0-9a-f]{8}$/i.test(text) ? NAMES.core.find(text) : coreOfPart(text);
  if (core !== undefined) found.push({ view: 'core', name: core });
  const line = /(?:detected(?: on[^:]*)?:|enabling workaround for)\s*(.+)$/i.exec(text)?.[1] ?? text;
  const cpucap = cpucapOfDescription(line.trim());
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

/** The mnemonic of a line of assembly, without its operands: `frint32z v0.2s, v1.2s`. */
function mnemonicOf(text: string): string | undefined {
  return /^\s*([a-z][a-z0-9.]+)\s+(?:<?[wxvzpbhsdq]\d|\[|\{|#)/i.exec(text)?.[1];
}

/** Where a question leads, the best places first; empty if it is empty. */
export function search(question: string): { readonly hits: readonly Hit[]; readonly near: boolean } {
  const asked = question.slice(0, LONGEST);
  const text = operandOf(asked) ?? asked;
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
