import type { ArchFeatureName } from '../../arch/arch-feature-rule.ts';
import type { ArchLevelName } from '../../arch/level.ts';
import { findField } from '../../arch/register.ts';
import { readField } from '../../bits/field.ts';
import { ArmlensError } from '../../errors.ts';
import { given } from '../../given.ts';
import { findHwcap } from '../../linux/release/hwcap-catalogue.ts';
import { isRelease, NEWEST_RELEASE } from '../../linux/release/known-trees.ts';
import { coreTitle, isHiddenMidr, makerTitle } from '../../silicon/core-row.ts';
import { KNOWN_MACHINES, type KnownMachine, loadMachine } from '../../silicon/known-machine.ts';
import { composeMidr, coreKey, formatRevision, parseMidr } from '../../silicon/midr.ts';
import type { Capture, CapturedArchFeatures } from '../capture.ts';
import { type CapturedLine, capturedLine, capturedMidrs } from '../check-capture.ts';
import { fieldConditionsOf } from '../field-conditions.ts';
import { HIDDEN_ROWS } from '../generated/guest.ts';
import { hasCoreOf, machinesOfCores } from '../infer/machines-of-cores.ts';
import { type Inference, inferFeatures, type LevelBounds } from '../infer.ts';
import { kvmFits } from '../kvm-fits.ts';
import { type KvmBelow, kvmBelow } from '../kvm-hwcaps.ts';
import { findMessage } from './finding.ts';
import type { Evidence } from './listings.ts';
import type { HiddenRow } from './tables.ts';

/** A core that MIDR_EL1 names. */
export interface GuestCore {
  readonly midr: bigint;
  /** Whether variant or revision is not told, so that they are zero in {@link midr}; absent: both are. */
  readonly isPart?: true;
  /** Such as `ARM Cortex-A76 r4p1`. */
  readonly name: string;
  /** Whether which core it is is not told: the part number is 0, or the implementer is, which is software's. */
  readonly masked: boolean;
  /** How many CPUs of it are listed; absent if it was read from the log. */
  readonly count?: number;
  readonly evidence: readonly Evidence[];
}

/** What a capture tells of the CPUs. */
export interface GuestCpu {
  readonly cpuCount?: number;
  readonly cores: readonly GuestCore[];
  /** Who made the cores, as MIDR_EL1 codes it, where no core is told; absent: not told. */
  readonly maker?: number;
  /** What a text says of architecture features by their own names; absent: nothing. */
  readonly archFeatures?: CapturedArchFeatures;
  /** As `uname` or the log gives it. */
  readonly release?: string;
  readonly hwcaps: readonly string[];
  /** What the hwcaps, and ID registers that were read inside, tell of KVM if it is below; absent if there are none. */
  readonly kvm?: KvmBelow;
  /** What the Features line tells; absent if there is none. */
  readonly inference?: Inference;
  /** The levels that the hwcaps allow if the kernel is built as usual. */
  readonly lowestLevel?: ArchLevelName;
  readonly highestLevel?: ArchLevelName;
  /** What the level after the highest asks for and the hwcaps rule out. */
  readonly missingForNext: readonly ArchFeatureName[];
  /** The highest level if the kernel is new, so that a missing name means a missing feature; only if the release is not known. */
  readonly highestIfNew?: ArchLevelName;
  /** What hypervisors often hide and this guest does not show, unless known machines of the core lack it too. */
  readonly notShown: readonly HiddenRow[];
  /** Known machines that have one of the cores. */
  readonly sameCore: readonly KnownMachine[];
  /** Known machines on which just this line was printed. */
  readonly sameLine: readonly KnownMachine[];
  readonly evidence: readonly Evidence[];
}

/** The implementer that is no maker of CPUs. */
export const SOFTWARE_IMPLEMENTER = 0;

/** Whether software below tells no core: part 0, of guests of Apple's chips and of what an early Parallels made of them under Arm's name; implementer 0. */
function isMasked(midr: bigint): boolean {
  return isHiddenMidr(parseMidr(midr));
}

function titleOf(midr: bigint): string {
  const parts = parseMidr(midr);
  // Software's own cores have no revision.
  if (parts.implementer === SOFTWARE_IMPLEMENTER) return coreTitle(parts);
  if (isMasked(midr)) return `${makerTitle(parts.implementer)}, part number hidden`;
  return `${coreTitle(parts)} ${formatRevision(parts)}`;
}

function coresInCpuinfo({ cpuinfo, cpuinfo32, cores = [], uncounted, sources }: Capture): readonly GuestCore[] {
  const counts = new Map<bigint, number>();
  const inPart = new Set<bigint>();
  const own = [cpuinfo, cpuinfo32].find((listed) => listed?.some(({ part }) => part !== undefined));
  for (const { implementer, variant, part, revision } of own ?? cores) {
    if (implementer === undefined || part === undefined) continue;
    const midr = composeMidr({ implementer, variant: variant ?? 0, part, revision: revision ?? 0 });
    if (variant === undefined || revision === undefined) inPart.add(midr);
    counts.set(midr, (counts.get(midr) ?? 0) + 1);
  }
  const file = sources?.[own === undefined ? 'cores' : own === cpuinfo ? 'cpuinfo' : 'cpuinfo32'] ?? '';
  return [...counts].map(([midr, count]) => {
    const { implementer, part } = parseMidr(midr);
    const text = `CPU implementer 0x${implementer.toString(16)}, CPU part 0x${part.toString(16).padStart(3, '0')}`;
    const name = inPart.has(midr) && !isMasked(midr) ? coreTitle(parseMidr(midr)) : titleOf(midr);
    return {
      midr,
      name,
      masked: isMasked(midr),
      ...given({ count: uncounted ? undefined : own && count }),
      ...(inPart.has(midr) ? { isPart: true as const } : {}),
      evidence: [{ file, text }],
    };
  });
}

function coresInLog({ messages: log }: Capture): readonly GuestCore[] {
  const found = new Map<bigint, Evidence>();
  for (const { text, at } of log?.rows ?? []) {
    const hex = /^(?:Booting Linux on physical CPU|CPU\d+: Booted secondary processor) 0x[0-9a-f]+ \[(0x[0-9a-f]{8})\]/.exec(text)?.[1];
    if (hex !== undefined && !found.has(BigInt(hex))) found.set(BigInt(hex), at);
  }
  return [...found].map(([midr, at]) => ({ midr, name: titleOf(midr), masked: isMasked(midr), evidence: [at] }));
}

/** The cores of a guest: from /proc/cpuinfo, else from the log. */
export function guestCores(capture: Capture): readonly GuestCore[] {
  const listed = coresInCpuinfo(capture);
  if (listed.length > 0) return listed;
  const logged = coresInLog(capture);
  return logged.length > 0 ? logged : coresByName(capture);
}

/** Cores that lscpu and others name, or that registers have. */
function coresByName(capture: Capture): readonly GuestCore[] {
  const { cpuCount, midrs = [], sources } = capture;
  const file = sources?.midrs ?? sources?.machine ?? '';
  return capturedMidrs(capture).map((midr) => ({
    midr,
    name: titleOf(midr),
    masked: isMasked(midr),
    ...(midrs.length === 1 ? given({ count: cpuCount }) : {}),
    evidence: [{ file, text: titleOf(midr) }],
  }));
}

/** The release of the kernel: Debian's own number of it where the version names one, since its `uname -r` stands still within a series. */
export function kernelRelease(capture: Capture): string | undefined {
  const said = findMessage(capture, /^Linux version (\S+) (.*)/);
  const [, uname = '', rest = ''] = /^Linux \S+ (\d\S*) (.*)/.exec(capture.uname?.text ?? '') ?? [];
  const name = said?.groups[0] ?? (uname === '' ? undefined : uname);
  // Behind the `#` stand the kernel's own version and date; before it the compiler's.
  const version = said?.groups[1] ?? rest;
  const debian = /\bDebian (\d+\.\d+\.\d+)-/.exec(version.slice(Math.max(0, version.indexOf('#'))))?.[1];
  return debian ?? name ?? capture.kernel?.release;
}

/** Who made the cores, where that is all that is told of them. */
function makerOf({ implementer }: Capture, cores: readonly GuestCore[]): number | undefined {
  const makers = new Set(cores.map(({ midr }) => parseMidr(midr).implementer).filter((maker) => maker !== SOFTWARE_IMPLEMENTER));
  return makers.size === 1 ? [...makers][0] : implementer;
}

function hasCore(machine: KnownMachine, cores: readonly GuestCore[]): boolean {
  const wanted = cores.filter(({ masked }) => !masked).map(({ midr }) => coreKey(midr));
  return machine.machine.cpus.some(({ registers }) => registers.MIDR_EL1 !== undefined && wanted.includes(coreKey(registers.MIDR_EL1)));
}

/** Whether the registers of a machine meet what a hwcap asks for; `undefined` if none of them is known. */
function mayPrint(name: string, { machine }: KnownMachine): boolean | undefined {
  const when = findHwcap(name)?.when;
  const registers = machine.cpus[0]?.registers ?? {};
  const known = (when === undefined ? [] : fieldConditionsOf(when)).flatMap(({ field, atLeast }) => {
    const found = findField(field);
    const value = found === undefined ? undefined : registers[found.register.name];
    return found === undefined || value === undefined ? [] : [readField(value, found.field, found.field.sign) >= BigInt(atLeast)];
  });
  return known.length === 0 ? undefined : known.includes(true);
}

/** The rows of what hypervisors hide that may apply: not shown, and not known to be missing in the chip. */
function notShown(hwcaps: readonly string[], similar: readonly KnownMachine[]): readonly HiddenRow[] {
  const shown = new Set(hwcaps);
  return HIDDEN_ROWS.filter((row) => {
    if (hwcaps.length === 0 || row.hwcaps.some((name) => shown.has(name))) return false;
    // The first name of a row is what the others build on.
    const verdicts = similar.filter(({ kind }) => kind !== 'reconstructed').map((machine) => mayPrint(row.hwcaps[0]!, machine));
    const known = verdicts.filter((may) => may !== undefined);
    return known.length === 0 || known.includes(true);
  });
}

/** The cores that are told. */
function toldMidrs(cores: readonly GuestCore[]): readonly bigint[] {
  return cores.filter(({ masked }) => !masked).map(({ midr }) => midr);
}

function infer(
  { names: hwcaps, isPart }: CapturedLine,
  cores: readonly GuestCore[],
  release: string | undefined,
  similar: readonly KnownMachine[],
): Inference {
  const midrs = toldMidrs(cores);
  const known = { ...given({ isPart }), ...(midrs.length === 0 ? {} : { midrs }) };
  if (!isRelease(release)) return inferFeatures(hwcaps, known, similar);
  try {
    return inferFeatures(hwcaps, { ...known, release }, similar);
  } catch (error) {
    if (!(error instanceof ArmlensError)) throw error;
    return inferFeatures(hwcaps, known, similar);
  }
}

/** The levels if the newest kernel printed the line. */
function inferIfNew(line: CapturedLine, cores: readonly GuestCore[], similar: readonly KnownMachine[]): LevelBounds {
  return infer(line, cores, NEWEST_RELEASE, similar).usualLevels;
}

/** Which hosts under KVM fit: by the hwcaps, and by ID registers that the guest's kernel read. */
function kvmOf({ machine, registersAs }: Capture, hwcaps: readonly string[]): KvmBelow | undefined {
  const file = registersAs === 'el0' ? undefined : machine?.cpus[0]?.registers;
  const fits =
    file?.ID_AA64PFR0_EL1 === undefined
      ? undefined
      : kvmFits(file).filter(({ misfits, vcpu }) => misfits.length + (vcpu.length === 0 ? 1 : 0) === 0);
  if (hwcaps.length === 0 && fits === undefined) return undefined;
  const below = kvmBelow(hwcaps);
  if (fits === undefined) return below;
  const releases = new Set(fits.map(({ release }) => release));
  const vcpu = fits.at(-1)?.vcpu[0] ?? [];
  return { ...below, releases: below.releases.filter((release) => releases.has(release)), vcpu: [...new Set([...below.vcpu, ...vcpu])] };
}

/** What the CPUs of a guest are, as far as it sees them. */
export async function guestCpu(capture: Capture): Promise<GuestCpu> {
  const cores = guestCores(capture);
  const listed = capture.cpuinfo ?? [];
  const captured = capturedLine(capture) ?? { names: [] };
  const hwcaps = captured.names;
  const { cpuinfo, hwcaps: named } = capture.sources ?? {};
  const release = kernelRelease(capture);
  const machines = await Promise.all(KNOWN_MACHINES.map(({ name }) => loadMachine(name)));
  const sameCore = machines.filter((machine) => hasCore(machine, cores));
  const line = captured.isPart ? '' : hwcaps.join(' ');
  const { implementer: maker } = capture;
  const sameLine = machines.filter(
    (machine) => line !== '' && machine.recorded?.features?.join(' ') === line && (maker === undefined || hasCoreOf(maker, machine)),
  );
  const similar = [...new Set([...sameCore, ...sameLine])];
  const midrs = toldMidrs(cores);
  // Which cores print the line is asked of all that may, as `infer` asks; an emulator's may show any core's MIDR_EL1.
  const asking = { midrs, ...given({ implementer: makerOf(capture, cores) }) };
  const others = captured.isPart && midrs.length === 0 ? similar : await machinesOfCores(asking);
  const asked = midrs.length > 0 ? [...new Set([...similar, ...others])] : others;
  const inference = hwcaps.length === 0 ? undefined : infer(captured, cores, release, asked);
  const levels = inference?.usualLevels;
  const ifNew = inference === undefined || isRelease(release) ? undefined : inferIfNew(captured, cores, similar);
  return {
    ...(!capture.uncounted && listed.some(({ implementer, bogoMips }) => implementer !== undefined || bogoMips !== undefined)
      ? { cpuCount: Math.max(listed.length, capture.cpuCount ?? 0) }
      : given({ cpuCount: capture.cpuCount })),
    cores,
    ...given({ release, maker: cores.length === 0 ? maker : undefined, archFeatures: capture.archFeatures }),
    hwcaps,
    ...given({ kvm: kvmOf(capture, hwcaps) }),
    ...given({ inference, lowestLevel: levels?.lowest, highestLevel: levels?.highest, highestIfNew: ifNew?.highest }),
    missingForNext: (ifNew ?? levels)?.missingForNext ?? [],
    notShown: captured.isPart ? [] : notShown(hwcaps, similar),
    sameCore,
    sameLine,
    evidence:
      hwcaps.length === 0
        ? []
        : [{ file: cpuinfo ?? named ?? '', text: `Features: ${hwcaps.slice(0, 6).join(' ')}${hwcaps.length > 6 ? ' …' : ''}` }],
  };
}
