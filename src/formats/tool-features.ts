import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';
import { toldByTools } from './hwcap-list.ts';

/** What a line of a tool says of architecture features, each by a name of the tool's own. */
export interface ToolFeatures {
  readonly present: readonly ArchFeatureName[];
  /** Those that the tool looks for, and leaves out. */
  readonly absent: readonly ArchFeatureName[];
}

/** What cpufetch looks for. */
const CPUFETCH = ['NEON', 'SHA1', 'SHA2', 'AES', 'CRC32'];

/** OpenSSL's OPENSSL_armcap, bit by bit. The bits that are left out say how it runs, or what 32-bit CPUs have. */
const ARMCAP: ReadonlyMap<number, ArchFeatureName> = new Map([
  [2, 'FEAT_AES'],
  [3, 'FEAT_SHA1'],
  [4, 'FEAT_SHA256'],
  [5, 'FEAT_PMULL'],
  [6, 'FEAT_SHA512'],
  [8, 'FEAT_RNG'],
  [9, 'FEAT_SM3'],
  [10, 'FEAT_SM4'],
  [11, 'FEAT_SHA3'],
  [13, 'FEAT_SVE'],
  [14, 'FEAT_SVE2'],
]);
/** The bits that all versions set. */
const ARMCAP_OLD: readonly number[] = [2, 3, 4, 5];
const ARMCAP_NEON = 1;

const quoted = (list: string): readonly string[] => list.split(/[\s,'"]+/).filter(Boolean);
const blanks = (list: string): readonly string[] => list.trim().split(/\s+/);

function armcap(digits: string): ToolFeatures {
  const value = Number.parseInt(digits, 16);
  const has = (bit: number): boolean => Math.floor(value / 2 ** bit) % 2 === 1;
  // Without NEON somebody told OpenSSL what to take.
  if (value % 2 !== ARMCAP_NEON) return { present: [], absent: [] };
  return {
    present: [...ARMCAP].flatMap(([bit, name]) => (has(bit) ? [name] : [])),
    absent: ARMCAP_OLD.filter((bit) => !has(bit)).map((bit) => ARMCAP.get(bit)!),
  };
}

/** illumos names features as the architecture does, in small letters. */
function ofIllumos([, list]: readonly string[]): ToolFeatures {
  return { present: blanks(list!).flatMap((word) => findArchFeatureRule(`FEAT_${word}`)?.name ?? []), absent: [] };
}

/** A row such as `HWCAP_SVE: no`, `crc32 = 1`, `AES  Supported`. */
function verdictOn(name: string): RegExp {
  const noun = 'supported|available|present|detected|set';
  return new RegExp(
    `^\\s*(?:# )?(${name})(?:\\s*(?:[:=]|->|\\.{2,})\\s*|\\s+)(?:(yes|1|true|${noun})|no|0|false|absent|not (?:${noun}))\\s*$`,
    'i',
  );
}

function ofVerdict([, name, yes]: readonly (string | undefined)[]): ToolFeatures | undefined {
  const told = toldByTools([name!]);
  if (told.length === 0) return undefined;
  return yes === undefined ? { present: [], absent: told } : { present: told, absent: [] };
}

interface ToolLine {
  readonly pattern: RegExp;
  /** `undefined` if the line is of something else after all. */
  read(found: RegExpExecArray): ToolFeatures | undefined;
  /** Whether it takes what stands around the line to tell it from any other. */
  readonly isVague?: true;
}

const LINES: readonly ToolLine[] = [
  { pattern: verdictOn('HWCAP[23]?_\\w{2,16}|FEAT_\\w{2,16}|asimd\\w{0,5}|sve2?|lse|neon|dot-?prod|i8mm'), read: ofVerdict },
  { pattern: verdictOn('[a-z][\\w/]{1,16}'), read: ofVerdict, isVague: true },
  {
    // Windows, which says no of what it is too old to know, too
    pattern: /\bPF_ARM_(?:V8\d?_)?(\w{2,20}?)(?:_INSTRUCTIONS)?_AVAILABLE\b(?: ?\(\d+\))?\W{1,20}(?:1|true|yes|supported)\W*$/i,
    read: ([, name]) => ({ present: toldByTools([name!]), absent: [] }),
  },
  {
    pattern: /\bNEON = 1\b.{0,200}\bARM_FMA = [01]\b.{0,300}/,
    read: ([text]) => ({
      present: toldByTools([...text.matchAll(/\b([A-Z0-9_]{3,12}) = 1\b/g)].map(([, name]) => name!)),
      absent: [],
    }),
  },
  {
    // On 32-bit Arm ARMv6 comes first.
    pattern: /\busing cpu capabilities: (?:ARMv8 )?(NEON(?: [A-Za-z0-9_]{2,16}){0,12})\s*$/,
    read: ([, list]) => ({ present: toldByTools(blanks(list!)), absent: [] }),
  },
  {
    // BenchmarkDotNet
    pattern: /\bHardwareIntrinsics=(?:ArmBase\+)?(AdvSimd(?:,[A-Z][A-Za-z0-9]{1,8}){0,20})/i,
    read: ([, list]) => ({ present: toldByTools(list!.split(',')), absent: [] }),
  },
  {
    // XMRig
    pattern: /^\s*(?:\* )?CPU {2,}(?:ARM )?(?:Cortex|Neoverse|Apple)\b.{1,40} 64-bit (-?)AES\b/,
    read: ([, no]) => (no === '' ? { present: ['FEAT_AES'], absent: [] } : { present: [], absent: ['FEAT_AES'] }),
  },
  // Go's struct of what Linux says; what it has no means to ask for is false, too.
  {
    pattern: /^(?=.*\b(?:ARM64\.Has[A-Z]|HasATOMICS\b)).*/,
    read: ([text]) => ({
      present: toldByTools([...text.matchAll(/\bHas([A-Z0-9]{2,12})\W{1,3}true\b/g)].map(([, name]) => name!)),
      absent: [],
    }),
  },
  // A program's own list of hwcaps in capitals
  {
    pattern: /(?:^|[:=]\s*)((?:HWCAP_)?FP[ ,|]{1,4}(?:HWCAP_)?ASIMD(?:[ ,|]{1,4}[A-Z][A-Z0-9_]{1,15}){2,80})\s*$/,
    read: ([, list]) => ({ present: toldByTools(list!.split(/[ ,|]+/)), absent: [] }),
  },
  // The dynamic linker's folders, before glibc 2.37
  { pattern: /^\s*atomics \(AT_HWCAP; supported\b/, read: () => ({ present: ['FEAT_LSE'], absent: [] }) },
  // oneDNN's log
  { pattern: /\bcpu,isa:AArch64 SVE\b/, read: () => ({ present: ['FEAT_SVE'], absent: [] }) },
  {
    // isa-info of PyTorch's cpuinfo, which says no of what it does not look for, too
    pattern: /^\s*ARM (?:v8\.\d )?([A-Za-z][\w ]{2,40}): yes\s*$/,
    read: ([, name]) => ({ present: toldByTools([name!]), absent: [] }),
  },
  {
    // A tombstone of Android's tells the keys that prctl gave, which a kernel has where all CPUs authenticate addresses.
    pattern: /\bpac_enabled_keys: [0-9a-f]{16}\b/,
    read: () => ({ present: ['FEAT_PAuth'], absent: [] }),
  },
  {
    // cpuid of Go names hwcaps in capitals. Its GPA is wrong where it reads registers.
    pattern: /^\s*Features: ((?=.{0,200}\bASIMD)[A-Z][A-Z0-9_]{1,15}(?:,[A-Z][A-Z0-9_]{1,15}){1,80})\s*$/,
    read: ([, list]) => ({ present: toldByTools(list!.split(',')), absent: [] }),
  },
  {
    pattern: /^\s*Instruction Sets\s{2,}(\S.*)$/,
    read: ([, list]) => ({ present: toldByTools(blanks(list!)), absent: [] }),
    isVague: true,
  },
  {
    pattern: /(?:^|\s\s)Features:\s{2,}(NEON(?:,(?:SHA1|SHA2|AES|CRC32)){0,4})\s*$/,
    read: ([, list]) => {
      const names = list!.split(',');
      return { present: toldByTools(names), absent: toldByTools(CPUFETCH.filter((name) => !names.includes(name))) };
    },
  },
  {
    pattern: /\bDynarec for ARM64, with extensions?: ([A-Z0-9_ ]{2,200}?)(?: PageSize\b.*|\s*)$/,
    read: ([, list]) => ({ present: toldByTools(blanks(list!)), absent: [] }),
  },
  {
    // Behind it may stand what the environment has: then that is what was taken.
    pattern: /^\s*CPUINFO: OPENSSL_armcap=0x([0-9a-f]{1,8})\s*$/i,
    read: ([, digits]) => armcap(digits!),
  },
  { pattern: /^\s*OPENSSL_armcap=0x([0-9a-f]{1,8})\s*$/i, read: ([, digits]) => armcap(digits!), isVague: true },
  {
    pattern:
      /^\s*(?:[[{'"]{1,20}simd_extensions'?"?: ?[{]?\s*)?["']?(baseline|found|not[ _]found)["']? ?[:=] ?\[?["']?(?=(?:NEON|ASIMD|SVE))([A-Z0-9_]{3,12}(?:["', ]{1,5}[A-Z0-9_]{3,12}){0,12})["']?[\]}, ]{0,6}$/,
    read: ([, outcome, list]) => {
      const told = toldByTools(quoted(list!));
      return outcome!.startsWith('not') ? { present: [], absent: told } : { present: told, absent: [] };
    },
  },
  {
    pattern: /^\s*CPU_FLAGS_ARM\s?[:=]\s?"?([a-z][a-z0-9 -]{3,300}?)"?\s*$/,
    read: ([, list]) => ({ present: toldByTools(blanks(list!)), absent: [] }),
  },
  {
    // NumPy names hwcaps in capitals. Of what it was built with, a star marks what was found, and a question mark what was not.
    pattern: /^\s*NumPy CPU features:\s+(NEON\b.*)$/,
    read: ([, list]) => {
      const words = blanks(list!);
      const absent = words.flatMap((word) => (word.endsWith('?') ? [word.slice(0, -1)] : []));
      return { present: toldByTools(words.map((word) => word.replace(/\*$/, ''))), absent: toldByTools(absent) };
    },
  },
  // isainfo of illumos: with -v on the line behind its head
  { pattern: /^\s{2,}((?:[a-z0-9_]{1,16}\s){1,80}fp)\s*$/, read: ofIllumos, isVague: true },
  { pattern: /^\s*aarch64:\s+([a-z0-9_]{1,16}(?:\s+[a-z0-9_]{1,16}){1,80})\s*$/, read: ofIllumos },
];

/** What a line of a tool says of architecture features; `undefined` if it is none. */
export function toolFeatures(text: string): ToolFeatures | undefined {
  for (const { pattern, read } of LINES) {
    const found = pattern.exec(text);
    const told = found === null ? undefined : read(found);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** Whether a line is one of a tool's lists of features by itself. */
export function isToolFeatures(text: string): boolean {
  return LINES.some(({ pattern, isVague }) => !isVague && pattern.test(text));
}
