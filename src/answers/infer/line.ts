import { given } from '../../given.ts';
import { allHwcaps } from '../../linux/release/hwcap-catalogue.ts';
import { nearestName } from '../../nearest.ts';
import { allCompatHwcaps } from '../compat-hwcap.ts';

/**
 * Whose names a line has: those of an arm64 kernel for 64-bit programs (`native`) or for 32-bit ones (`aarch32`), names of both
 * (`mixed`), or names that only a 32-bit kernel prints (`arm32`).
 */
export type Vocabulary = 'native' | 'aarch32' | 'mixed' | 'arm32';

/** Something about a line, as text, that no mainline kernel does. */
export type LineOddity =
  | { readonly kind: 'repeated'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly nearest?: string }
  /** The line breaks off; `name` is what there is of its last name, which was left out. */
  | { readonly kind: 'cut'; readonly name?: string }
  /** The names are not in the kernel's order; `alphabetical` if a tool has sorted them. */
  | { readonly kind: 'order'; readonly alphabetical: boolean; readonly names: readonly string[] }
  /** A spelling of the first arm64 kernels for AArch32 programs. */
  | { readonly kind: 'old-spelling'; readonly name: string; readonly means: string };

/** A line, read. */
export interface FeaturesLine {
  readonly vocabulary: Vocabulary;
  /** The names that are known, each once, in the kernel's order. */
  readonly names: readonly string[];
  readonly oddities: readonly LineOddity[];
  /** Whether this is a part of a line, so that a name that is missing says nothing: it is cut, or has none that every kernel prints. */
  readonly isPart?: true;
  /** Names of which one that is missing says nothing. Absent: none. */
  readonly untold?: readonly string[];
}

/** Names of which every 64-bit line has some. */
const EVERYWHERE: readonly string[] = ['fp', 'asimd', 'evtstrm', 'cpuid'];

/** `swp` and `tls` as kernels around 3.10 wrote them. */
const OLD_SPELLINGS: Readonly<Record<string, string>> = { wp: 'swp', tlsi: 'tls' };

interface Vocabularies {
  readonly native: readonly string[];
  readonly compat: readonly string[];
  readonly all: ReadonlySet<string>;
  /** AArch32 names that no arm64 kernel ever sets. */
  readonly neverSet: ReadonlySet<string>;
}

function readVocabularies(): Vocabularies {
  const rows = allCompatHwcaps();
  const native = allHwcaps().map(({ name }) => name);
  const compat = rows.map(({ name }) => name);
  return {
    native,
    compat,
    all: new Set([...native, ...compat]),
    neverSet: new Set(rows.filter(({ setBy }) => setBy === 'no arm64 kernel').map(({ name }) => name)),
  };
}

let read: Vocabularies | undefined;

function vocabularies(): Vocabularies {
  read ??= readVocabularies();
  return read;
}

/** Every name that some kernel of the catalogue prints. */
export function namesOfLines(): ReadonlySet<string> {
  return vocabularies().all;
}

function vocabularyOf(names: readonly string[]): Vocabulary {
  const { native, compat, neverSet } = vocabularies();
  const has = (own: readonly string[], other: readonly string[]): boolean =>
    names.some((name) => own.includes(name) && !other.includes(name));
  const hasCompat = has(compat, native);
  if (has(native, compat)) return hasCompat ? 'mixed' : 'native';
  if (!hasCompat) return 'native';
  return names.some((name) => neverSet.has(name)) ? 'arm32' : 'aarch32';
}

function oddOrder(names: readonly string[], order: readonly string[]): LineOddity | undefined {
  const places = names.map((name) => order.indexOf(name));
  let last = -1;
  const wrong = names.filter((_, i) => {
    const isBefore = places[i]! < last;
    last = Math.max(last, places[i]!);
    return isBefore;
  });
  if (wrong.length === 0) return undefined;
  const alphabetical = names.every((name, i) => i === 0 || names[i - 1]! <= name);
  return { kind: 'order', alphabetical, names: wrong };
}

/** Sorts out the names that no kernel prints; gives the known ones. */
function knownOnly(given: readonly string[], oddities: LineOddity[]): readonly string[] {
  const known = namesOfLines();
  return given.flatMap((name, i) => {
    if (known.has(name)) return [name];
    const means = OLD_SPELLINGS[name];
    if (means !== undefined) {
      oddities.push({ kind: 'old-spelling', name, means });
      return [means];
    }
    if (i === given.length - 1 && [...known].some((whole) => whole.startsWith(name))) oddities.push({ kind: 'cut', name });
    else {
      const nearest = nearestName(name, known);
      oddities.push({ kind: 'unknown', name, ...(nearest === undefined ? {} : { nearest }) });
    }
    return [];
  });
}

/** Puts native names in the kernel's order. */
export function inNativeOrder(names: readonly string[]): readonly string[] {
  const { native } = vocabularies();
  return names.toSorted((a, b) => native.indexOf(a) - native.indexOf(b));
}

/**
 * Reads the names of a Features line as they were printed.
 *
 * @param isCut - Whether the text says that the line breaks off.
 * @param untold - Names that the text cannot tell.
 */
export function readLine(listed: readonly string[], isCut = false, untold?: readonly string[]): FeaturesLine {
  const oddities: LineOddity[] = [];
  const known = knownOnly(listed, oddities);
  const vocabulary = vocabularyOf(known);
  const { native, compat } = vocabularies();
  const order = vocabulary === 'native' || vocabulary === 'mixed' ? native : compat;
  const repeated = known.filter((name, i) => known.indexOf(name) !== i);
  const once = [...new Set(known)].filter((name) => order.includes(name));
  if (vocabulary !== 'mixed') {
    if (repeated.length > 0) oddities.push({ kind: 'repeated', names: [...new Set(repeated)] });
    const odd = oddOrder(once, order);
    if (odd !== undefined) oddities.push(odd);
  }
  const isTorn = oddities.some(({ kind }) => kind === 'cut');
  if (isCut && !isTorn) oddities.push({ kind: 'cut' });
  const isPiece = vocabulary === 'native' && once.length > 0 && !EVERYWHERE.some((name) => once.includes(name));
  const isPart = isCut || isTorn || isPiece;
  const names = once.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return { vocabulary, names, oddities, ...(isPart && { isPart }), ...given({ untold }) };
}
