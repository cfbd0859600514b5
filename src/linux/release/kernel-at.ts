import { ArmlensError } from '../../errors.ts';
import { leavesOf } from '../../logic/tree.ts';
import type { SystemRegisterName } from '../../silicon/machine.ts';
import { BEHAVIOUR_ROWS } from '../generated/behaviour.ts';
import { COMPAT_BIT_NAME_ROWS, COMPAT_DEFAULT_ROWS, COMPAT_HWCAP_ROWS, HWCAP_ROWS } from '../generated/hwcaps.ts';
import type { Kernel } from '../kernel.ts';
import type { Doubt } from '../system.ts';
import { type Behaviour, behaviourAt } from './behaviour.ts';
import { type Capability, capabilitiesAt, gateHolds } from './capability.ts';
import { configKey, type Options, optionsOf } from './config.ts';
import { coreListsAt } from './core-lists.ts';
import { doubtsOfRelease, rowsInDoubt } from './doubts.ts';
import { nearestTree, resolveRelease } from './known-trees.ts';
import { type OverrideTable, overrideTableAt } from './override-table.ts';
import type { Release } from './release.ts';
import type { Condition, HwcapRow, HwcapState, HwcapVector, MidrCondition, SafeRule, SanitisedFieldState } from './rows.ts';
import { SANITISED_ROWS } from './sanitised-rows.ts';
import { stateAt } from './timeline.ts';

/** One field of a tracked register, at one release. */
export interface TrackedField {
  readonly lsb: number;
  readonly width: number;
  /** The field's bits, in place. */
  readonly mask: bigint;
  readonly signed: boolean;
  readonly safe: SafeRule;
  /** The table's safe value, unsigned. */
  readonly safeValue: bigint;
  readonly visible: boolean;
  readonly strict: boolean;
}

/** A register that the kernel merges over CPUs, at one release. */
export interface TrackedRegister {
  readonly name: SystemRegisterName | 'ZCR_EL1' | 'SMCR_EL1';
  readonly fields: readonly TrackedField[];
  /** The bits that any field covers; all others read as zero system-wide. */
  readonly covered: bigint;
  /** The bits in which CPUs may not differ without a warning: all but those of non-strict fields. */
  readonly strictMask: bigint;
  /** The bits that EL0 sees. */
  readonly userMask: bigint;
  /** What EL0 sees of hidden fields: their safe values. */
  readonly userValue: bigint;
}

/** A hwcap of one release whose options are on. */
export interface HwcapRule {
  readonly name: string;
  readonly vector: HwcapVector;
  readonly bit: number;
  /** What the log calls it, such as `KERNEL_HWCAP_SVE2`. */
  readonly constant: string;
  readonly when: Condition;
}

/** All tables and rules of one kernel: the only place that looks at releases. */
export interface KernelModel {
  readonly release: Release;
  readonly option: Options;
  readonly behaviour: Behaviour;
  readonly registers: readonly TrackedRegister[];
  /** In the order of the kernel's table. */
  readonly hwcaps: readonly HwcapRule[];
  readonly compatHwcaps: readonly HwcapRule[];
  /** The hwcap words that this release has: 1, 2 or 3. */
  readonly hwcapWords: number;
  /** AT_HWCAP of AArch32 before any test. */
  readonly compatDefault: bigint;
  /** What /proc/cpuinfo calls the bits of the AArch32 words, in the order in which it prints them. */
  readonly compatNames: readonly { readonly word: number; readonly bit: number; readonly name: string }[];
  /** In the order in which the kernel numbers and tests them. */
  readonly capabilities: readonly Capability[];
  /** The same by name. Before 5.0, several errata may share one. */
  readonly capabilitiesNamed: ReadonlyMap<string, readonly Capability[]>;
  /** Their names, each once, in the same order. */
  readonly capabilityNames: readonly string[];
  /** Those that take a field from EL0, and those that clear an AArch32 hwcap. */
  readonly hiding: readonly Capability[];
  readonly clearing: readonly Capability[];
  /** The lists of cores that rules judge by. */
  readonly coreLists: ReadonlyMap<string, MidrCondition>;
  readonly overrides: OverrideTable;
  readonly fidelity: 'exact' | 'bounded';
  readonly doubts: readonly Doubt[];
}

function trackedField(bits: readonly [number, number], state: SanitisedFieldState, option: Options): TrackedField {
  const [msb, lsb] = bits;
  const width = msb - lsb + 1;
  const visible = typeof state.visible === 'string' ? option(state.visible) === 'y' : state.visible === true;
  return {
    lsb,
    width,
    mask: ((1n << BigInt(width)) - 1n) << BigInt(lsb),
    signed: state.sign === 'signed',
    safe: state.safe,
    safeValue: BigInt(state.safeValue ?? 0),
    visible,
    strict: state.strict !== false,
  };
}

/** A tracked register from its fields. */
function trackedRegister(name: TrackedRegister['name'], fields: readonly TrackedField[]): TrackedRegister {
  const masks = (pick: (field: TrackedField) => boolean): bigint => fields.filter(pick).reduce((mask, field) => mask | field.mask, 0n);
  return {
    name,
    fields,
    covered: masks(() => true),
    strictMask: 0xffff_ffff_ffff_ffffn & ~masks(({ strict }) => !strict),
    userMask: masks(({ visible }) => visible),
    userValue: fields
      .filter(({ visible }) => !visible)
      .reduce((value, { safeValue, lsb, mask }) => value | ((safeValue << BigInt(lsb)) & mask), 0n),
  };
}

function registersAt(release: Release, option: Options): readonly TrackedRegister[] {
  const registers: TrackedRegister[] = [];
  for (const row of SANITISED_ROWS) {
    if (!stateAt(row, release)) continue;
    const fields: TrackedField[] = [];
    for (const field of row.fields) {
      const state = stateAt<SanitisedFieldState>(field, release);
      if (state) fields.push(trackedField(field.bits, state, option));
    }
    registers.push(trackedRegister(row.name as TrackedRegister['name'], fields));
  }
  return registers;
}

/** A hwcap's constant. The words of the native vector share one numbering, those of AArch32 are named apart. */
function constantOf({ name, constant = name.toUpperCase(), vector }: HwcapRow, prefix: string): string {
  return `${prefix}${prefix === 'COMPAT_HWCAP' && vector === 'AT_HWCAP2' ? '2' : ''}_${constant}`;
}

function hwcapsAt(rows: readonly HwcapRow[], prefix: string, release: Release, option: Options): readonly HwcapRule[] {
  const rules: (HwcapRule & { readonly tableOrder: number })[] = [];
  for (const row of rows) {
    const state = stateAt<HwcapState>(row, release);
    if (!state || !gateHolds(state.config, option)) continue;
    rules.push({
      name: row.name,
      vector: row.vector,
      bit: row.bit,
      constant: constantOf(row, prefix),
      when: state.when,
      tableOrder: row.tableOrder,
    });
  }
  return rules.sort((a, b) => a.tableOrder - b.tableOrder);
}

/** The number of hwcap words: what the rows of the release fill, gates or not. */
function hwcapWordsAt(release: Release): number {
  const words = HWCAP_ROWS.filter((row) => stateAt(row, release)).map(({ vector }) =>
    vector === 'AT_HWCAP' ? 1 : vector === 'AT_HWCAP2' ? 2 : 3,
  );
  return Math.max(1, ...words);
}

function compatNamesAt(release: Release): KernelModel['compatNames'] {
  const names: { word: number; bit: number; name: string }[] = [];
  for (const row of COMPAT_BIT_NAME_ROWS) {
    const name = stateAt<{ readonly name?: string; readonly hole?: true }>(row, release)?.name;
    if (name !== undefined) names.push({ word: row.vector === 'AT_HWCAP' ? 0 : 1, bit: row.bit, name });
  }
  return names.sort((a, b) => a.word - b.word || a.bit - b.bit);
}

function byName(capabilities: readonly Capability[]): ReadonlyMap<string, readonly Capability[]> {
  const named = new Map<string, Capability[]>();
  for (const capability of capabilities) {
    const others = named.get(capability.name);
    if (others) others.push(capability);
    else named.set(capability.name, [capability]);
  }
  return named;
}

const models = new Map<string, KernelModel>();

/** How many kernels are kept ready; a stream rarely mixes more. */
const MODELS_KEPT = 192;

/**
 * The tables and rules of a kernel: its release and options applied once, so that nothing else looks at either.
 *
 * @throws {ArmlensError} `bad-release` if the text is no release, `unknown-release` if it lies outside what was read,
 * `bad-config` if the configuration is not known.
 */
export function kernelAt(kernel: Kernel): KernelModel {
  return keptModel(`${kernel.release}\n${configKey(kernel)}`, () => modelOf(resolveRelease(kernel.release), kernel));
}

function keptModel(key: string, make: () => KernelModel): KernelModel {
  let model = models.get(key);
  if (model === undefined) {
    model = make();
    if (models.size >= MODELS_KEPT) models.delete(models.keys().next().value!);
    models.set(key, model);
  }
  return model;
}

/**
 * The kernels that one may be: rows in doubt stand as they are taken for in {@link kernelAt}, or the other way. Not every combination
 * is there, but every one of any two rows, which is what an answer can hang on.
 *
 * @param printed - Hwcaps that the kernel was seen to print, so that it has their rows.
 */
export function kernelVariants(kernel: Kernel, printed: readonly string[] = []): readonly KernelModel[] {
  const model = kernelAt(kernel);
  const key = printed.join();
  const known = variants.get(model);
  const kept = known?.get(key);
  if (kept) return kept;
  const found = variantsOf(kernel, printed);
  variants.set(model, (known ?? new Map()).set(key, found));
  return found;
}

const variants = new WeakMap<KernelModel, Map<string, readonly KernelModel[]>>();

function variantsOf(kernel: Kernel, printed: readonly string[]): readonly KernelModel[] {
  const base = resolveRelease(kernel.release);
  const rows = rowsInDoubt(base);
  if (rows.length === 0) return [kernelAt(kernel)];
  const certain = new Set(rows.filter(({ name }) => isPrinted(name, printed)));
  const others = rows.filter((row) => !certain.has(row));
  const choices: ((index: number) => boolean)[] = [() => false, () => true];
  for (let bit = 1; bit < others.length; bit *= 2)
    choices.push(
      (i) => (i & bit) !== 0,
      (i) => (i & bit) === 0,
    );
  return choices.map((choice, number) => {
    const key = `${kernel.release}\n${configKey(kernel)}\n${number} ${[...certain].map(({ name }) => name).join()}`;
    return keptModel(key, () => {
      const flipped = new Set<object>([...certain, ...others.filter((_, i) => choice(i))].map(({ row }) => row));
      return modelOf({ ...base, flipped }, kernel);
    });
  });
}

/** Whether a row in doubt is one that a printed hwcap rests on: its own, or that of a field that it compares. */
function isPrinted(name: string, printed: readonly string[]): boolean {
  const fields = HWCAP_ROWS.filter((row) => printed.includes(row.name)).flatMap((row) => (row.when ? leavesOf(row.when) : []));
  return (
    printed.some((hwcap) => name === `hwcap ${hwcap}`) ||
    fields.some(({ leaf, wanted }) => wanted && 'field' in leaf && name === `field ${leaf.field}`)
  );
}

function modelOf(release: Release, kernel: Kernel): KernelModel {
  const option = optionsOf(kernel.config, release);
  const doubts = doubtsOfRelease(release);
  const compatDefault = stateAt<{ readonly value: number }>(COMPAT_DEFAULT_ROWS[0]!, release);
  if (!compatDefault) throw new ArmlensError('unknown-release', `no tables are known for ${release.text}`);
  const hwcapWords = hwcapWordsAt(release);
  const capabilities = capabilitiesAt(release, option);
  const capabilitiesNamed = byName(capabilities);
  return {
    release,
    option,
    behaviour: behaviourAt(BEHAVIOUR_ROWS, release),
    registers: registersAt(release, option),
    hwcaps: hwcapsAt(HWCAP_ROWS, hwcapWords > 1 ? 'KERNEL_HWCAP' : 'HWCAP', release, option),
    compatHwcaps: hwcapsAt(COMPAT_HWCAP_ROWS, 'COMPAT_HWCAP', release, option),
    hwcapWords,
    compatDefault: BigInt(compatDefault.value),
    compatNames: compatNamesAt(release),
    capabilities,
    capabilitiesNamed,
    capabilityNames: [...capabilitiesNamed.keys()],
    hiding: capabilities.filter(({ hides }) => hides !== undefined),
    clearing: capabilities.filter(({ clearsCompat }) => clearsCompat !== undefined),
    coreLists: coreListsAt(release, option),
    overrides: overrideTableAt(release),
    fidelity: nearestTree(release).certain && doubts.length === 0 ? 'exact' : 'bounded',
    doubts,
  };
}
