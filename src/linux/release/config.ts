import { ArmlensError } from '../../errors.ts';
import { judge } from '../../logic/judge.ts';
import { didYouMean } from '../../nearest.ts';
import { KCONFIG_BEYOND_ROWS, KCONFIG_ROWS, NAMED_CONFIG_ROWS } from '../generated/kconfig.ts';
import type { Kernel, KernelConfig } from '../kernel.ts';
import { type Release, readRelease } from './release.ts';
import type { KconfigRow, KconfigState, OptionCondition } from './rows.ts';
import { stateAt } from './timeline.ts';

/** Reads an option of a kernel: `y`, `m`, a number as text, or `n` if it is not set. */
export type Options = (name: string) => string;

/** The names that {@link Kernel.config} takes. */
export const CONFIG_NAMES: readonly string[] = [...new Set(NAMED_CONFIG_ROWS.map(({ name }) => name))];

/** The configuration behind a kernel that names none. */
const DEFAULT_CONFIG = 'defconfig';

function serves(series: string | undefined, release: Release): boolean {
  return series === undefined || series === release.series;
}

/** Whether a configuration is known by name for a release. */
export function isKnownConfig(name: string, release: string): boolean {
  const read = readRelease(release);
  return read !== undefined && NAMED_CONFIG_ROWS.some((row) => row.name === name && serves(row.series, read));
}

/** The newest series for which a configuration is known by name; `undefined` for one that is known for all releases, or for none. */
export function newestSeriesWith(name: string): string | undefined {
  return NAMED_CONFIG_ROWS.findLast((row) => row.name === name)?.series;
}

/** The options of a named configuration; one that was recorded per series serves only those series. */
function namedOptions(name: string, release: Release): Readonly<Record<string, string>> {
  const rows = NAMED_CONFIG_ROWS.filter((row) => row.name === name);
  if (rows.length === 0) {
    throw new ArmlensError(
      'bad-config',
      `there is no configuration named ${JSON.stringify(name.slice(0, 60))}; known are ${CONFIG_NAMES.join(', ')}${didYouMean(name, CONFIG_NAMES)}`,
    );
  }
  const row = rows.find(({ series }) => serves(series, release));
  if (!row) {
    const series = rows.map((candidate) => candidate.series).join(', ');
    throw new ArmlensError(
      'bad-config',
      `the configuration ${name} is known for ${series}, not for ${release.text}; use defconfig or give the options`,
    );
  }
  return row.options;
}

/** The rows of Kconfig by what asks for them: their own name, and the options that they select at some time. */
interface KconfigIndex {
  readonly named: ReadonlyMap<string, readonly KconfigRow[]>;
  readonly selectors: ReadonlyMap<string, readonly KconfigRow[]>;
}

let index: KconfigIndex | undefined;

function kconfigIndex(): KconfigIndex {
  if (index !== undefined) return index;
  const [named, selectors] = [new Map<string, KconfigRow[]>(), new Map<string, KconfigRow[]>()];
  const add = (rows: Map<string, KconfigRow[]>, name: string, row: KconfigRow): void => {
    const others = rows.get(name);
    if (others === undefined) rows.set(name, [row]);
    else if (others.at(-1) !== row) others.push(row);
  };
  for (const row of [...KCONFIG_ROWS, ...KCONFIG_BEYOND_ROWS]) {
    add(named, row.name, row);
    for (const step of [row, ...(row.changes ?? []), ...(row.backports ?? [])])
      for (const selected of step.selects ?? []) add(selectors, selected, row);
  }
  index = { named, selectors };
  return index;
}

/** What Kconfig gives an option that nobody set: its default if its dependencies hold, or y if a set option selects it. */
function kconfigOptions(release: Release, given: Readonly<Record<string, string>>): Options {
  const { named, selectors } = kconfigIndex();
  // Of the options few are asked for, so that each is looked at only then.
  const stateOf = (row: KconfigRow): KconfigState | undefined => stateAt<KconfigState>(row, release);
  const selects = (row: KconfigRow, name: string): boolean => stateOf(row)?.selects?.includes(name) === true && option(row.name) === 'y';
  const known = new Map<string, string>();
  const option: Options = (name) => {
    const set = Object.hasOwn(given, name) ? given[name] : undefined;
    if (set !== undefined) return set;
    const before = known.get(name);
    if (before !== undefined) return before;
    const row = named.get(name)?.findLast((one) => stateOf(one) !== undefined);
    const state = row && stateOf(row);
    const own = state?.default !== undefined && (state.depends === undefined || judge(state.depends, isSet)) ? state.default : 'n';
    const value = own === 'n' && selectors.get(name)?.some((row) => selects(row, name)) ? 'y' : own;
    known.set(name, value);
    return value;
  };
  const isSet = ({ config }: OptionCondition): boolean => option(config) !== 'n';
  return option;
}

/**
 * The options of a kernel: those given, over its base, over what Kconfig gives by itself at that release.
 *
 * @throws {ArmlensError} `bad-config` for a name that is not known, or not known for that release.
 */
export function optionsOf(config: string | KernelConfig | undefined, release: Release): Options {
  if (config === undefined || typeof config === 'string') return kconfigOptions(release, namedOptions(config ?? DEFAULT_CONFIG, release));
  const { base, ...given } = config as Record<string, string>;
  return kconfigOptions(release, { ...namedOptions(base ?? DEFAULT_CONFIG, release), ...given });
}

/** A key that tells the configurations of two kernels apart. */
export function configKey({ config }: Kernel): string {
  return typeof config === 'object' ? JSON.stringify(config) : (config ?? DEFAULT_CONFIG);
}

/**
 * The configuration of a kernel when it is booted as another release: options that were given hold there too, a configuration by name is
 * that of its own release.
 */
export function configUnder({ release: own, config }: Partial<Kernel>, release: string): Kernel['config'] {
  if (own === release || config === undefined) return config;
  if (typeof config === 'string') return own === undefined ? config : undefined;
  const { base, ...options } = config as Readonly<Record<string, string>>;
  return own === undefined && base !== undefined ? config : options;
}
