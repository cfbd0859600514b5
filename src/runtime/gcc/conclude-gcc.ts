import { inPrintOrder } from '../../linux/release/hwcap-catalogue.ts';
import { judge } from '../../logic/judge.ts';
import { leavesOf } from '../../logic/tree.ts';
import type { CpuinfoEntry } from '../../process/cpuinfo.ts';
import type { Process } from '../../process/process.ts';
import { type Answer, UNRESOLVED } from '../judge-program.ts';
import { type GccCore, type GccDriver, gccDriver } from './driver-tables.ts';
import { addedText, minimisedText, type Wish } from './extension-text.ts';
import { featureWords, type SeenCores, seenCores } from './read-cpuinfo.ts';

/** The options that may say `native`. */
export const GCC_OPTIONS = ['march', 'mcpu', 'mtune'] as const;

type GccOption = (typeof GCC_OPTIONS)[number];
type Became = Pick<Answer, 'names' | 'option'>;

const DROPPED: Became = { names: [] };

/** The first row of the cores; one for a variant only is not taken where there are several. */
function findCore({ cores }: GccDriver, { implementer, parts, variants }: SeenCores): GccCore | undefined {
  const one = parts.length > 1 || variants.length === 1 ? variants[0] : undefined;
  return cores.find((core) => {
    const own = (core.part ?? '').split(' ').filter(Boolean).map(Number);
    if (Number(core.implementer) !== implementer || own.length !== parts.length || !parts.every((part) => own.includes(part))) return false;
    return core.variant === undefined || Number(core.variant) === one;
  });
}

/** What the words of a Features line turn on; what cannot be told from them stays as the core has it, if the driver keeps that. */
function wantedOf({ extensions, fallback }: GccDriver, words: ReadonlySet<string>, given: ReadonlySet<string>): ReadonlySet<string> {
  const wanted = extensions.filter(({ name, when }) => {
    if (when === undefined) return fallback !== undefined && given.has(name);
    return judge(when, (leaf) => 'word' in leaf && words.has(leaf.word));
  });
  return new Set(wanted.map(({ name }) => name));
}

/** The level of a core that GCC 12 does not know. */
const OLDEST = 'Armv8.0-A';

/** GCC 12: an architecture or a core, and the least set of extensions. */
function oldBecame(driver: GccDriver, seen: SeenCores, words: ReadonlySet<string>, option: GccOption): Became {
  const single = option === 'march' ? { ...seen, parts: seen.parts.slice(0, 1) } : seen;
  const core = findCore(driver, single);
  if (core === undefined && single.parts.length > 1) return DROPPED;
  const arch = driver.arches.get(core?.level ?? OLDEST)!;
  if (option === 'mtune') return core === undefined ? { names: [arch.name], option: 'arch' } : { names: [core.name], option: 'tune' };
  const base = option === 'march' || core === undefined ? arch : core;
  const wish: Wish = { given: base.extensions, wanted: wantedOf(driver, words, base.extensions) };
  return { names: [base.name + minimisedText(driver, wish)], option: base === arch ? 'arch' : 'cpu' };
}

/** GCC 14 and newer: always a core. */
function newBecame(driver: GccDriver, seen: SeenCores, words: ReadonlySet<string>): Became {
  const core = findCore(driver, seen) ?? driver.cores.find(({ name }) => name === driver.fallback)!;
  const wish: Wish = { given: core.extensions, wanted: wantedOf(driver, words, core.extensions) };
  const always = new Set(core.level === 'Armv8-R' ? [] : ['crc']);
  return { names: [core.name + addedText(driver, wish, always)], option: 'cpu' };
}

function became(driver: GccDriver, cpuinfo: readonly CpuinfoEntry[], features: readonly string[], option: GccOption): Became {
  const seen = seenCores(cpuinfo, driver);
  if (seen === undefined || (option === 'mtune' && !driver.tune)) return DROPPED;
  const words = featureWords(features, driver);
  if (driver.march === 'arch') return oldBecame(driver, seen, words, option);
  return features.length === 0 ? DROPPED : newBecame(driver, seen, words);
}

/** How many words may be open for all cases to be gone through. */
const MOST_OPEN = 6;

/** The Features lines that are possible; `undefined` if they are too many to be told. */
function possibleLines(
  driver: GccDriver,
  features: readonly string[],
  open: readonly string[],
): readonly (readonly string[])[] | undefined {
  const asked = new Set(
    driver.extensions.flatMap(({ when }) =>
      when === undefined ? [] : leavesOf(when).map(({ leaf }) => ('word' in leaf ? leaf.word : '')),
    ),
  );
  const telling = open.filter((word) => asked.has(word) || driver.piece !== undefined);
  if (telling.length > MOST_OPEN) return undefined;
  return telling.reduce<readonly (readonly string[])[]>(
    (lines, word) => lines.flatMap((line) => [line, inPrintOrder([...line, word])]),
    [features],
  );
}

/** What an option became; where that is open, the texts of which one is it. */
function concludeOption(driver: GccDriver, { cpuinfo, open = new Set() }: Process, name: GccOption): Answer {
  const unresolved: Answer = { name, kind: 'option', names: [], open: [UNRESOLVED] };
  // Each block has all three lines, so that what is absent is not known.
  if (!cpuinfo?.every(({ implementer, part, variant }) => ![implementer, part, variant].includes(undefined))) return unresolved;
  const features = cpuinfo.find((entry) => entry.features.length > 0)?.features ?? [];
  const lines = possibleLines(driver, features, [...open]);
  if (lines === undefined) return unresolved;
  const cases = lines.map((line) => became(driver, cpuinfo, line, name));
  const texts = new Set(cases.map(({ names }) => names[0] ?? ''));
  return texts.size === 1 ? { name, kind: 'option', open: [], ...cases[0]! } : { name, kind: 'option', names: [], open: [...texts] };
}

/**
 * What a version of GCC makes of `-march=native`, `-mcpu=native` and `-mtune=native`.
 *
 * @see GCC `gcc/config/aarch64/driver-aarch64.cc`, `host_detect_local_cpu()`.
 */
export function concludeGcc(process: Process, version: string): readonly Answer[] {
  const driver = gccDriver(version);
  return GCC_OPTIONS.map((name) => concludeOption(driver, process, name));
}
