import type { Cause, CoreFit, FieldBounds, Inference, LevelBounds, ReleaseRange } from '../answers/infer.ts';
import { findCoreRow, isMaskedMidr } from '../silicon/core-row.ts';
import { parseMidr } from '../silicon/midr.ts';

/** Joins words as a sentence does: `a, b and c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function coreNames(midrs: readonly bigint[]): string {
  return list([...new Set(midrs.map((midr) => findCoreRow(parseMidr(midr))?.name ?? `MIDR 0x${midr.toString(16)}`))]);
}

/** Whether releases are of a distribution's own series. */
function isVendor({ from }: ReleaseRange): boolean {
  return !/^\d/.test(from);
}

/**
 * Releases in words: `5.4 to 5.15.158 (not 5.15.167)`.
 *
 * @example
 * ```js
 * formatRange({ from: '4.4', to: '4.10' }) // → '4.4 to 4.10'
 * ```
 */
export function formatRange({ from, to, before, after }: ReleaseRange): string {
  const span = from === to ? from : `${from} to ${to}`;
  const bounds = [...(after === undefined ? [] : [`not ${after}`]), ...(before === undefined ? [] : [`not ${before}`])];
  return bounds.length === 0 ? span : `${span} (${list(bounds)})`;
}

/** Why a subject that the CPUs have may be missing, the likeliest first. */
const HIDDEN: Readonly<Record<Extract<Cause, { readonly kind: 'hidden' }>['subject'], string>> = {
  crypto: 'the cryptographic instructions are an option of the core, and this chip was built without these; or a hypervisor hides them',
  sve: 'SVE is fused off or switched off by firmware on this chip, or a hypervisor hides it, or arm64.nosve is on the command line',
  sme: 'SME is switched off by firmware on this chip, or a hypervisor hides it, or arm64.nosme is on the command line',
  pauth: 'firmware does not switch pointer authentication on, or a hypervisor hides it, or arm64.nopauth is on the command line',
  mte: 'MTE needs tag memory, which this machine has not or firmware or a hypervisor does not give; or arm64.nomte is on the command line',
  bti: 'a hypervisor hides it, or arm64.nobti is on the command line',
  other:
    'an option of the core that this chip lacks, another revision of it (of an emulator, another version), or a hypervisor that hides it',
};

const VENDOR: Readonly<Record<Extract<Cause, { readonly kind: 'vendor-kernel' }>['evidence'], string>> = {
  backport: 'has taken them from newer kernels',
  lacks: 'does not print them, although every mainline kernel does',
  repeated: 'prints them twice, which no mainline kernel does',
  'both-vocabularies': 'prints the names for 64-bit and 32-bit programs together, as some did before 3.19',
  'unequal-cores': 'prints them since some of its cores have them; others have not, and there they end in SIGILL',
  'old-spelling': 'spells them as the first arm64 kernels did for 32-bit programs',
};

const UNEXPLAINED: Readonly<Record<Extract<Cause, { readonly kind: 'unexplained' }>['because'], string>> = {
  'unknown-name': 'no kernel up to the newest known has such a name, nor one close to it',
  'contradicts-line': 'the rest of the line contradicts it, whatever the registers are',
  'beyond-level': 'the core is not known to have it, and its architecture level does not allow it: an emulator may show such a MIDR_EL1',
  'lines-differ': 'arm64 kernels print one line for all CPUs, and here the CPUs have different ones',
  'never-missing': 'the rest of the line asks for it',
};

function formatVendor({ evidence, names, base, vendor }: Extract<Cause, { readonly kind: 'vendor-kernel' }>): string {
  const who = vendor === undefined ? "a vendor's or distribution's kernel" : `a kernel of ${vendor}`;
  const near = base === undefined ? '' : ` (closest to ${base})`;
  return `${names.length === 0 ? '' : `${names.join(' ')}: `}${who}${near} ${VENDOR[evidence]}`;
}

/**
 * A cause in words.
 *
 * @example
 * ```js
 * typeof formatCause(inferFeatures(['fp', 'asimd', 'nosuchname']).causes[0]) // → 'string'
 * ```
 */
export function formatCause(cause: Cause): string {
  switch (cause.kind) {
    case 'older-kernel':
      return `${cause.names.join(' ')}: the CPUs would show more; a kernel as old as ${cause.release} does not know these names${cause.isOpen ? '; if it is newer, this machine lacks them, or firmware or a hypervisor hides them' : ''}`;
    case 'piece':
      return `this is a piece of a line${cause.name === undefined ? '' : `, and ${cause.name} at its end is the beginning of a name`}: a name that is missing says nothing`;
    case 'streaming':
      return `${cause.names.join(' ')}: without sve these are there for the streaming mode of SME only, and newer kernels do not print them; outside of that mode the instructions end in SIGILL`;
    case 'aarch32-program':
      return 'a 32-bit program read this line, so that it has the AArch32 names';
    case 'arm32-kernel':
      return 'a 32-bit Arm kernel printed this line; no arm64 kernel sets all of these names';
    case 'erratum':
      return `${cause.names.join(' ')}: hidden by a workaround (${cause.description ?? cause.erratum}) for ${coreNames(cause.midrs)}`;
    case 'option-off': {
      const more = cause.option.includes('ERRATUM')
        ? ''
        : cause.byDefault
          ? ', as defconfig of these releases is'
          : ', or firmware or a hypervisor hides the field';
      return `${cause.names.join(' ')}: the kernel is built without ${cause.option}${more}`;
    }
    case 'hidden':
      return `${cause.names.join(' ')}: known machines with this core have this, and the kernel does not see it: ${HIDDEN[cause.subject]}`;
    case 'other-configuration':
      return `${cause.names.join(' ')}: the known registers of the core lack this; ${cause.level === undefined ? 'another revision or configuration of it' : `${cause.level} allows it, so another revision or configuration of it`} has it`;
    case 'vendor-kernel':
      return formatVendor(cause);
    case 'edited':
      return cause.oddity.alphabetical
        ? 'a tool has sorted the names; a kernel prints them in the order of its bits'
        : `${cause.oddity.names.join(' ')}: not in the kernel's order; the names were put together by something else`;
    case 'borrowed-midr':
      return `${cause.names.join(' ')}: the level of ${coreNames([cause.midr])} does not allow this; QEMU's CPU max prints exactly this line, and shows the MIDR_EL1 that it is told`;
    case 'misspelt':
      return `${cause.name}: no kernel prints this; ${cause.nearest} is meant`;
    case 'unexplained':
      return `${cause.names.length === 0 ? '' : `${cause.names.join(' ')}: `}not explained; ${UNEXPLAINED[cause.because]}`;
  }
}

/**
 * The answer in one or two sentences.
 *
 * @example
 * ```js
 * formatInferenceVerdict(inferFeatures(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'])).startsWith('Printed by Linux 4.11') // → true
 * ```
 */
export function formatInferenceVerdict({ verdict, ranges, line }: Inference): string {
  const [mainline, vendor] = [ranges.filter((range) => !isVendor(range)), ranges.filter(isVendor)];
  const where = list([
    ...mainline.map((range, index) => `${index === 0 ? 'Linux ' : ''}${formatRange(range)}`),
    ...vendor.map(formatRange),
  ]);
  if (line.vocabulary === 'arm32') return 'Not of an arm64 kernel: a 32-bit Arm kernel prints this line.';
  if (verdict === 'printed') return `Printed by ${where}.`;
  if (verdict === 'explained')
    return `Explained${where === '' ? ', though no known kernel prints exactly this' : `; on fitting registers ${where} can print it`}.`;
  return 'Not explained: no known kernel prints this, and not everything in it has a cause.';
}

/** How many names are told one by one. */
const TOLD_NAMES = 3;

function someNames(names: readonly string[]): string {
  const more = names.length - TOLD_NAMES;
  return more <= 0 ? names.join(', ') : `${names.slice(0, TOLD_NAMES).join(', ')} and ${more} more`;
}

/**
 * Levels in words: `Armv8.2-A to Armv8.4-A`.
 *
 * @example
 * ```js
 * formatLevelBounds({ possible: ['Armv8.0-A'], lowest: 'Armv8.0-A', highest: 'Armv8.0-A', missingForNext: [] }) // → 'Armv8.0-A'
 * ```
 */
export function formatLevelBounds({ lowest, highest, nearest }: LevelBounds): string {
  if (lowest === undefined || highest === undefined) {
    if (nearest === undefined) return 'none: no level allows all that is certain';
    return `none: what is certain needs ${nearest.level}, which asks for ${someNames(nearest.missing)}, too`;
  }
  return lowest === highest ? lowest : `${lowest} to ${highest}`;
}

/**
 * A core and how it stands to the line: `ARM Cortex-A76 (Armv8.2-A)`.
 *
 * @example
 * ```js
 * const [core] = inferFeatures(['fp', 'asimd', 'evtstrm', 'crc32', 'cpuid'], { midrs: [0x410fd083n] }).cores;
 * formatCoreFit(core).includes('Cortex-A72') // → true
 * ```
 */
export function formatCoreFit({ implementer, name, midr, level, fits, machine }: CoreFit): string {
  const part = isMaskedMidr(parseMidr(midr)) ? 'core behind a hypervisor' : `part 0x${parseMidr(midr).part.toString(16)}`;
  const core = `${implementer ?? ''} ${name ?? part}`.trim();
  const about = level === undefined ? core : `${core} (${level})`;
  if (fits === undefined) return `${about}: no registers known`;
  return fits ? about : `${about}: with the differences above, by ${machine ?? 'its registers'}`;
}

/**
 * The cores of a line, each once.
 *
 * @example
 * ```js
 * formatCoreFits([]) // → ''
 * ```
 */
export function formatCoreFits(cores: readonly CoreFit[]): string {
  return [...new Set(cores.map(formatCoreFit))].join('; ');
}

/** The greatest value of an open bound: fields are 4 bits wide, and where they compare as signed, 7 is the end. */
const OPEN = 15;

/**
 * The values that a field can have: `2 or more`.
 *
 * @example
 * ```js
 * formatBounds({ min: 2, max: 3 }) // → '2 to 3'
 * ```
 */
export function formatBounds({ min, max }: Pick<FieldBounds, 'min' | 'max'>): string {
  if (min === max) return String(min);
  if (max < OPEN) return min === 0 ? `at most ${max}` : `${min} to ${max}`;
  return min <= 0 ? 'anything' : `${min} or more`;
}
