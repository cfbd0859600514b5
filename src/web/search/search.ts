import { allCpucaps, cpucapCard } from '../../answers/cpucap-card.ts';
import { cpucapOfDescription } from '../../answers/explain-log.ts';
import { namesOfLines } from '../../answers/infer/line.ts';
import { decodeMrs, parseEncoding, registerAt } from '../../arch/encoding.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { MAINLINE_RELEASES, mainlineOf } from '../../linux/release/known-trees.ts';
import { wordsBehind } from '../../linux/release/override-table.ts';
import { nearestNames } from '../../nearest.ts';
import { ALL_CORES, productNames } from '../../silicon/core.ts';
import { findCoreRow } from '../../silicon/core-row.ts';
import { KNOWN_MACHINES } from '../../silicon/known-machine.ts';
import { GUIDE_NAMES, guideTitle } from '../guide/pages.ts';
import { LESSON_NAMES, textNamed } from '../lesson/texts.ts';
import { hwcapSentence } from '../name/kinds/hwcap.ts';
import { NAMES } from '../name/names.ts';
import { linkTo, NAME_VIEWS, type NameView, type Query } from '../route.ts';
import { PLACES, topicsOf } from './topics.ts';

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
  readonly view: NameView | keyof typeof PLACES;
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
  return text.toLowerCase().replace(/[\s_.?-]+/g, '');
}

/** Names of a hwcap's macros, of a field without its register, of a core as others call it. */
function otherNames(view: NameView, name: string): readonly string[] {
  if (view === 'hwcap') return [`hwcap_${name}`, `hwcap2_${name}`, `hwcap3_${name}`];
  if (view === 'feat') return [name.replace(/^FEAT_/, '')];
  if (view === 'field') return [name.slice(name.indexOf('.') + 1), name.replace('_EL1.', '.')];
  if (view === 'register') return [name.replace(/_EL\d$/, '')];
  if (view === 'level')
    return [name.replace(/^Armv|-A$/g, ''), name.replace(/^Arm/, ''), name.replace(/^Arm|-A$/g, ''), name.replace(/-A$/, '')];
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
  return ALL_CORES.filter(({ name }) => cores.includes(name)).flatMap(({ products = [] }) => products.flatMap(productNames));
}

/** The title of a lesson as its text begins, of a page of the guide as the index says. */
function titleOf(view: 'guide' | 'lesson', name: string): string {
  if (view === 'lesson') return /^# (.+)/m.exec(textNamed(name) ?? '')?.[1] ?? name;
  return guideTitle(name);
}

/** A product that is no known machine and has cores of one kind, of which the library makes a machine. */
interface Product {
  readonly title: string;
  /** What it is called, without what stands between letters and digits. */
  readonly keys: readonly string[];
  readonly core: string;
}

let products: ReadonlyMap<string, Product> | undefined;

/** Products by the name of their machine, `aws-graviton-4`. What has several kinds of cores is led to them: which boots first is not known. */
function allProducts(): ReadonlyMap<string, Product> {
  if (products !== undefined) return products;
  const known = new Set(KNOWN_MACHINES.flatMap(({ name, aliases = [] }) => [name, ...aliases].map(plain)));
  const found = new Map<string, Product>();
  const mixed = new Set<string>();
  for (const core of ALL_CORES) {
    for (const product of core.products ?? []) {
      const keys = productNames(product);
      if (keys.some((name) => known.has(name))) continue;
      const title = product.replace(/ \(.*/, '');
      const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      if (found.has(name)) mixed.add(name);
      found.set(name, { title, keys, core: core.name });
    }
  }
  for (const name of mixed) found.delete(name);
  products = found;
  return found;
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
    ...[...allProducts()].map(([name, { keys }]) => ({ view: 'machine' as const, name, keys })),
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
  // A register's field of one name stands in many registers, and M1 is a machine before it is the end of a core's name.
  const late = view === 'field' || view === 'compat' ? 0.5 : view === 'machine' ? -0.125 : 0;
  if (keys.includes(wanted)) return late;
  if (products.includes(wanted)) return 0.75;
  if (keys[0]!.startsWith(wanted)) return 1 + late + keys[0]!.length / 100;
  if ([...keys, ...products].some((key) => key.startsWith(wanted))) return 2 + late;
  return wanted.length > 2 && [...keys, ...products].some((key) => key.includes(wanted)) ? 3 + late : undefined;
}

/** Words of questions about guests. */
const OF_GUESTS = new Set(['guest', 'guests', 'kvm', 'vm', 'vcpu', 'virtualmachine', 'qemu']);

/** The most words that a name has. */
const LONGEST_NAME = 5;

/** Words that are names, too, and are seldom meant so. */
const SMALL_WORDS = new Set(
  'a an and at by can cpu do does for get has have how i in is it level machine machines me my no not of on or the to under use vs what which why'.split(
    ' ',
  ),
);

/** The names that stand in a question, in its order: for each the entries that are called so, the best first. */
function namesIn(question: string): readonly (readonly Entry[])[] {
  const words = question
    // `c7g.large` is two words, 6.12 one.
    .split(/[^\w./+]+|\.(?=[a-z])/i)
    .map(plain)
    .filter(Boolean);
  const found: (readonly Entry[])[] = [];
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length--) {
      const name = words.slice(at, at + length).join('');
      if (SMALL_WORDS.has(words[at]!) || SMALL_WORDS.has(words[at + length - 1]!) || name.length < 2) continue;
      const own = allEntries()
        .map((entry) => ({ entry, rank: entry.keys.includes(name) || entry.products?.includes(name) ? rank(entry, name) : undefined }))
        .filter((one): one is { entry: Entry; rank: number } => one.rank !== undefined)
        .sort((a, b) => a.rank - b.rank);
      if (own.length === 0) continue;
      found.push(own.map(({ entry }) => entry));
      at += length - 1;
      break;
    }
  }
  return found;
}

function machineTitle(name: string): string {
  return KNOWN_MACHINES.find((row) => row.name === name)?.title ?? allProducts().get(name)?.title ?? name;
}

/** What a machine is: its name, or of a product its cores. */
function machineText(name: string): string {
  const product = allProducts().get(name);
  return product === undefined ? name : `One ${product.core}: what all known machines with that core have.`;
}

/** Whether a machine is itself one that such a question is about: its name says so. */
function isItselfGuest({ keys }: Entry): boolean {
  return keys.some((key) => [...OF_GUESTS].some((word) => key.includes(word)));
}

const OF_KVM = 'What KVM of a host gives of it, and what would bring it.';

/** What becomes of a bit in a guest. */
function underKvm(bit: Entry | undefined, release: string = MAINLINE_RELEASES.at(-1)!): readonly Hit[] {
  if (bit === undefined) return [];
  const href = linkTo(bit.view, bit.name, [['kvm', release]]);
  return [{ href, name: `${bit.name} in a guest`, word: 'way', text: OF_KVM }];
}

/** The release of Linux that a question states, of those that have no page, too: `6.1.20`. */
function statedRelease(question: string): string | undefined {
  return question.split(/\s+/).find((word) => MAINLINE_RELEASES.includes(mainlineOf(word) ?? ''));
}

/** What a question asks that has several names in it: two machines, or a machine and something that it has or not. */
function asksOf(names: readonly (readonly Entry[])[], isOfGuests: boolean, stated: string | undefined): readonly Hit[] {
  const [first, second] = names.flatMap((own) => own.find(({ view }) => view === 'machine') ?? []);
  const one = (...views: readonly NameView[]): Entry | undefined => names.flat().find(({ view }) => views.some((own) => own === view));
  const release = one('release')?.name ?? stated;
  if (first === undefined) return isOfGuests ? underKvm(one('hwcap', 'feat'), release) : [];
  const title = machineTitle(first.name);
  const at = release === undefined ? '' : `@${release}`;
  if (second !== undefined)
    return [
      {
        href: linkTo('compare', '', [
          ['s', `${first.name}${at}`],
          ['s', `${second.name}${at}`],
        ]),
        name: `${title} and ${machineTitle(second.name)}`,
        word: 'comparison',
        text: 'What differs, and what comes of it for programs.',
      },
    ];
  const kernel: Query = release === undefined ? [] : [['k', release]];
  const name = one('hwcap', 'feat', 'cpucap');
  if (name !== undefined && isOfGuests && !isItselfGuest(first)) {
    const query: Query = [
      ['kvm', release ?? MAINLINE_RELEASES.at(-1)!],
      ['why', name.name],
    ];
    return [{ href: linkTo('machine', first.name, query), name: `${name.name} in a guest of ${title}`, word: 'why', text: OF_KVM }];
  }
  if (name !== undefined) {
    const href = linkTo('machine', first.name, [...kernel, ['why', name.name]]);
    return [{ href, name: `${name.name} on ${title}`, word: 'why', text: 'Whether it has it, where it is lost, and what would bring it.' }];
  }
  const level = one('level');
  if (level !== undefined) {
    const text = `What ${title} lacks for it.`;
    return [{ href: linkTo('level', level.name, [['m', first.name]]), name: `${level.name} and ${title}`, word: 'level', text }];
  }
  if (release === undefined) return [];
  return [{ href: linkTo('machine', first.name, kernel), name: `${title}, Linux ${release}`, word: 'machine', text: first.name }];
}

/** Names whose sentences have all words of a question in them, for a question that has no name in it. */
function describedBy(question: string): readonly Entry[] {
  const words = question.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? [];
  if (words.length === 0) return [];
  return allEntries().filter(({ view, name }) => {
    if (view !== 'hwcap' && view !== 'feat' && view !== 'cpucap' && view !== 'register') return false;
    const sentence = NAMES[view].sentence(name).toLowerCase();
    return words.every((word) => sentence.includes(word));
  });
}

function hitOf({ view, name }: Place, query: Query = []): Hit {
  if (name === '' && view in PLACES) {
    const { title, about } = PLACES[view as keyof typeof PLACES];
    return { href: linkTo(view), name: title, word: 'view', text: about };
  }
  if (view === 'machine')
    return { href: linkTo('machine', name, query), name: machineTitle(name), word: 'machine', text: machineText(name) };
  if (view === 'guide' || view === 'lesson') return { href: linkTo(view, name), name: titleOf(view, name), word: view, text: '' };
  const { plural, about, word, sentence } = NAMES[view as NameView];
  if (name === '') return { href: linkTo(view), name: plural, word: 'all', text: about };
  return {
    href: linkTo(view, name, query),
    name,
    word,
    text: view === 'hwcap' ? hwcapSentence(name) : sentence(name),
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

/** The fields that words of the command line override, such as `id_aa64pfr0.sve=0`. */
function overridden(words: readonly string[]): readonly Place[] {
  return words.flatMap((word) => {
    const path = word.replace(/=.*/, '').toUpperCase().replace('.', '_EL1.');
    const name = NAMES.field.all().find((one) => one.toUpperCase() === path);
    return name === undefined ? [] : [{ view: 'field' as const, name }];
  });
}

/** Hwcaps and cpucaps that hang on an option of the kernel. */
function withOption(option: string): readonly Place[] {
  const hwcaps = allHwcaps().filter(({ config }) => config === option);
  const cpucaps = allCpucaps().filter((name) => cpucapCard(name)?.rows.some(({ row }) => JSON.stringify(row).includes(`"${option}"`)));
  return [...hwcaps.map(({ name }) => ({ view: 'hwcap' as const, name })), ...cpucaps.map((name) => ({ view: 'cpucap' as const, name }))];
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
  const override = wordsBehind(text.toLowerCase().replace(/=.*/, ''));
  if (override !== undefined) found.push(...overridden(override), { view: 'guide', name: 'ask-why' });
  const option = /^CONFIG_\w+$/i.exec(text)?.[0].toUpperCase();
  if (option !== undefined) found.push(...withOption(option));
  const line = /(?:detected(?: on[^:]*)?:|enabling workaround for)(.+)$/i.exec(text)?.[1] ?? text;
  const cpucap = cpucapOfDescription(line.trim());
  if (cpucap !== undefined) found.push({ view: 'cpucap', name: cpucap.name });
  return found;
}

/** The nearest names, for a question that nothing fits: two of each kind, the nearest of all first, those that only have it as a part last. */
function nearMisses(wanted: string): readonly Entry[] {
  const found = [...NAME_VIEWS, 'machine' as const].flatMap((view) => {
    const own = allEntries().filter((entry) => entry.view === view);
    const all = new Set(own.flatMap((entry) => entry.keys.filter((one) => one.length > 2)));
    return nearestNames(wanted, all, 2)
      .flatMap((key) => own.filter((entry) => entry.keys.includes(key)).map((entry) => ({ key, entry })))
      .slice(0, 2);
  });
  const keys = [...new Set(found.map(({ key }) => key))];
  const near = nearestNames(wanted, keys, keys.length);
  const placeOf = (key: string): number => (near.includes(key) ? near.indexOf(key) : near.length);
  return found.sort((a, b) => placeOf(a.key) - placeOf(b.key)).map(({ entry }) => entry);
}

/** The mnemonic of a line of assembly, without its operands: `frint32z v0.2s, v1.2s`. */
function mnemonicOf(text: string): string | undefined {
  const word = /^\s*([a-z][a-z0-9.]+)\s+(?:<?[wxvzpbhsdq]\d|\[|\{|#)/i.exec(text)?.[1];
  return word === undefined || NAMES.insn.find(word) === undefined ? undefined : word;
}

/** So many names of hwcaps, and nothing else, are a Features line, not a question about one of them. */
const LEAST_OF_LINE = 3;

/** What a Features line tells, for a text that is one, with its head or without. */
function lineHits(text: string): readonly Hit[] {
  const head = /^\s*features\s*:/i.exec(text)?.[0];
  const names = text
    .slice(head?.length)
    .split(/[\s,]+/)
    .filter(Boolean);
  const known = namesOfLines();
  const isLine = head === undefined ? names.length >= LEAST_OF_LINE && names.every((name) => known.has(name)) : names.length > 0;
  if (!isLine) return [];
  const href = linkTo('infer', '', [['line', names.join(' ')]]);
  return [{ href, name: 'What this Features line tells', word: 'infer', text: `${names.length} names: cores, kernels, level.` }];
}

/** What a search leads to. */
export interface Found {
  readonly hits: readonly Hit[];
  /** How many there are with those that are not shown. */
  readonly count: number;
  /** Whether nothing fits, and the hits are only near. */
  readonly near: boolean;
}

/** Where a question leads, the best places first; empty if it is empty. */
export function search(question: string): Found {
  const asked = question.slice(0, LONGEST);
  const text = operandOf(asked) ?? asked;
  const wanted = plain(mnemonicOf(text) ?? text);
  if (wanted === '') return { hits: [], count: 0, near: false };
  const lines = lineHits(question);
  const meant = meaning(text);
  const ranked = allEntries()
    .flatMap((entry) => {
      const own = rank(entry, wanted);
      return own === undefined ? [] : [{ entry, own }];
    })
    .sort((a, b) => a.own - b.own);
  const exact = ranked.filter(({ own }) => own < 1);
  const isName = exact.length > 0 || meant.length > 0;
  const names = isName ? [] : namesIn(asked);
  const words = isName ? [] : asked.split(/[^\w./-]+/).map((word) => plain(word.replaceAll('/', '')));
  const topics = [wanted.replaceAll('/', ''), ...words].flatMap(topicsOf);
  const found: Place[] = [
    ...exact.map(({ entry }) => entry),
    ...meant,
    ...names.flatMap((own) => own.slice(0, 3)),
    ...topics,
    ...ranked.map(({ entry }) => entry),
  ];
  if (found.length === 0) found.push(...describedBy(asked));
  const near = found.length + lines.length === 0;
  const shown = near ? nearMisses(wanted) : found;
  const unique = new Map(shown.map((one) => [`${one.view} ${one.name}`, one] as const));
  const isOfGuests = words.some((word) => OF_GUESTS.has(word));
  const first = lines.length > 0 ? lines : asksOf(names, isOfGuests, statedRelease(asked));
  const places = [...unique.values()];
  return {
    hits: [...first, ...places.slice(0, MOST).map((one) => hitOf(one))].slice(0, MOST),
    count: first.length + places.length,
    near,
  };
}
