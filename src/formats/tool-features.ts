import { archFeaturesToldBy } from '../answers/arch-feature-hwcaps.ts';
import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';

/** What a line of a tool says of architecture features, each by a name of the tool's own. */
export interface ToolFeatures {
  readonly present: readonly ArchFeatureName[];
  /** Those that the tool looks for, and leaves out. */
  readonly absent: readonly ArchFeatureName[];
}

type Names = Readonly<Record<string, ArchFeatureName>>;

/** AIDA64 for Android: `AES  Supported`. */
const AIDA: Names = {
  AES: 'FEAT_AES',
  'ASIMD/NEON': 'FEAT_AdvSIMD',
  CRC32: 'FEAT_CRC32',
  PMULL: 'FEAT_PMULL',
  SHA1: 'FEAT_SHA1',
  SHA2: 'FEAT_SHA256',
};

/** llama.cpp: `NEON = 1 | ARM_FMA = 1 | DOTPROD = 1`; it runs what it was built for, and what is 0 was not built in. */
const GGML: Names = {
  NEON: 'FEAT_AdvSIMD',
  FP16_VA: 'FEAT_FP16',
  DOTPROD: 'FEAT_DotProd',
  MATMUL_INT8: 'FEAT_I8MM',
  SVE: 'FEAT_SVE',
  SME: 'FEAT_SME',
};

/** x264 and x265, which name what they found when they run. */
const X264: Names = {
  NEON: 'FEAT_AdvSIMD',
  DotProd: 'FEAT_DotProd',
  Neon_DotProd: 'FEAT_DotProd',
  I8MM: 'FEAT_I8MM',
  Neon_I8MM: 'FEAT_I8MM',
  SVE: 'FEAT_SVE',
  SVE2: 'FEAT_SVE2',
  SVE2_BitPerm: 'FEAT_SVE_BitPerm',
};

/** Geekbench: `Instruction Sets  neon aes sha1 sha2`. */
const GEEKBENCH: Names = {
  neon: 'FEAT_AdvSIMD',
  aes: 'FEAT_AES',
  sha1: 'FEAT_SHA1',
  sha2: 'FEAT_SHA256',
  'neon-fp16': 'FEAT_FP16',
  'neon-dotprod': 'FEAT_DotProd',
  i8mm: 'FEAT_I8MM',
  sve: 'FEAT_SVE',
  sve2: 'FEAT_SVE2',
  'sme-i8i32': 'FEAT_SME',
  'sme-f32f32': 'FEAT_SME',
};

/** cpufetch: `Features:  NEON,SHA1,SHA2,AES,CRC32`. It looks for these. */
const CPUFETCH: Names = { NEON: 'FEAT_AdvSIMD', SHA1: 'FEAT_SHA1', SHA2: 'FEAT_SHA256', AES: 'FEAT_AES', CRC32: 'FEAT_CRC32' };

/** PyTorch's cpuinfo: `ARM v8.1 atomics: yes`. */
const ISA_INFO: Names = {
  ...AIDA,
  'ARM v8.1 atomics': 'FEAT_LSE',
  'ARM v8.1 SQRDMLxH': 'FEAT_RDM',
  'ARM v8.2 FP16 arithmetics': 'FEAT_FP16',
  'ARM v8.2 FHM': 'FEAT_FHM',
  'ARM v8.2 BF16': 'FEAT_BF16',
  'ARM v8.2 Int8 dot product': 'FEAT_DotProd',
  'ARM v8.2 Int8 matrix multiplication': 'FEAT_I8MM',
  'ARM v8.3 JS conversion': 'FEAT_JSCVT',
  'ARM v8.3 complex': 'FEAT_FCMA',
  'ARM SVE': 'FEAT_SVE',
  'ARM SVE 2': 'FEAT_SVE2',
  'ARM SME': 'FEAT_SME',
  'ARM SME 2': 'FEAT_SME2',
};

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

const named = (words: readonly string[], names: Names): readonly ArchFeatureName[] => words.flatMap((word) => names[word] ?? []);
/** Names of hwcaps, in letters of any size, as features; other words are none. */
const ofHwcaps = (words: readonly string[]): readonly ArchFeatureName[] => words.flatMap((word) => archFeaturesToldBy(word.toLowerCase()));
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

interface ToolLine {
  readonly pattern: RegExp;
  read(found: RegExpExecArray): ToolFeatures;
  /** Whether the line is told from any other without what stands around it. */
  readonly isClear?: true;
}

const LINES: readonly ToolLine[] = [
  {
    pattern: /^\s*(AES|ASIMD\/NEON|CRC32|PMULL|SHA1|SHA2)\s*[: \t]\s*(Supported|Not Supported)\s*$/,
    read: ([, name, outcome]) => {
      const told = [AIDA[name!]!];
      return outcome === 'Supported' ? { present: told, absent: [] } : { present: [], absent: told };
    },
  },
  {
    pattern: /\bNEON = 1\b.{0,200}\bARM_FMA = [01]\b.{0,300}/,
    read: ([text]) => ({
      present: named(
        [...text.matchAll(/\b([A-Z0-9_]{3,12}) = 1\b/g)].map(([, name]) => name!),
        GGML,
      ),
      absent: [],
    }),
    isClear: true,
  },
  {
    // On 32-bit Arm ARMv6 comes first.
    pattern: /\busing cpu capabilities: (?:ARMv8 )?(NEON(?: [A-Za-z0-9_]{2,16}){0,12})\s*$/,
    read: ([, list]) => ({ present: named(blanks(list!), X264), absent: [] }),
    isClear: true,
  },
  // oneDNN's log
  { pattern: /\bcpu,isa:AArch64 SVE\b/, read: () => ({ present: ['FEAT_SVE'], absent: [] }), isClear: true },
  {
    // isa-info of PyTorch's cpuinfo, which says no of what it does not look for, too
    pattern: /^\s*(ARM (?:v8\.\d|S[VM]E) ?[\w ]{0,40}|AES|SHA[12]|PMULL|CRC32): yes\s*$/,
    read: ([, name]) => ({ present: ISA_INFO[name!] === undefined ? [] : [ISA_INFO[name!]!], absent: [] }),
    isClear: true,
  },
  {
    // A tombstone of Android's tells the keys that prctl gave, which a kernel has where all CPUs authenticate addresses.
    pattern: /\bpac_enabled_keys: [0-9a-f]{16}\b/,
    read: () => ({ present: ['FEAT_PAuth'], absent: [] }),
    isClear: true,
  },
  {
    // cpuid of Go names hwcaps in capitals. Its GPA is wrong where it reads registers.
    pattern: /^\s*Features: ((?=.{0,200}\bASIMD)[A-Z][A-Z0-9_]{1,15}(?:,[A-Z][A-Z0-9_]{1,15}){1,80})\s*$/,
    read: ([, list]) => ({
      present: list!.split(',').flatMap((word) => archFeaturesToldBy(KLAUSPOST[word] ?? word.toLowerCase())),
      absent: [],
    }),
    isClear: true,
  },
  {
    pattern: /^\s*Instruction Sets\s{2,}(\S.*)$/,
    read: ([, list]) => ({ present: named(blanks(list!), GEEKBENCH), absent: [] }),
  },
  {
    pattern: /(?:^|\s{2,})Features:\s{2,}(NEON(?:,(?:SHA1|SHA2|AES|CRC32)){0,4})\s*$/,
    read: ([, list]) => {
      const present = named(list!.split(','), CPUFETCH);
      return { present, absent: Object.values(CPUFETCH).filter((name) => !present.includes(name)) };
    },
    isClear: true,
  },
  {
    pattern: /\bDynarec for ARM64, with extensions?: ([A-Z0-9 ]{2,200}?)(?: PageSize\b.*)?\s*$/,
    read: ([, list]) => ({ present: blanks(list!).flatMap((word) => archFeaturesToldBy(BOX64[word] ?? word.toLowerCase())), absent: [] }),
    isClear: true,
  },
  {
    // Behind it may stand what the environment has: then that is what was taken.
    pattern: /^\s*CPUINFO: OPENSSL_armcap=0x([0-9a-f]{1,8})\s*$/i,
    read: ([, digits]) => armcap(digits!),
    isClear: true,
  },
  { pattern: /^\s*OPENSSL_armcap=0x([0-9a-f]{1,8})\s*$/i, read: ([, digits]) => armcap(digits!) },
  {
    pattern:
      /^\s*(?:[[{'"]{1,20}simd_extensions'?"?: ?[{]?)?\s*["']?(baseline|found|not[ _]found)["']? ?[:=] ?\[?["']?(?=(?:NEON|ASIMD|SVE))([A-Z0-9_]{3,12}(?:["', ]{1,5}[A-Z0-9_]{3,12}){0,12})["']?[\]}, ]{0,6}$/,
    read: ([, outcome, list]) => {
      const told = ofHwcaps(quoted(list!));
      return outcome!.startsWith('not') ? { present: [], absent: told } : { present: told, absent: [] };
    },
    isClear: true,
  },
  {
    pattern: /^\s*CPU_FLAGS_ARM\s?[:=]\s?"?([a-z][a-z0-9 -]{3,300}?)"?\s*$/,
    read: ([, list]) => ({ present: ofHwcaps(blanks(list!).map((word) => (word === 'neon' ? 'asimd' : word))), absent: [] }),
    isClear: true,
  },
  {
    // NumPy names hwcaps in capitals. Of what it was built with, a star marks what was found, and a question mark what was not.
    pattern: /^\s*NumPy CPU features:\s+(NEON\b.*)$/,
    read: ([, list]) => {
      const words = blanks(list!);
      const absent = words.flatMap((word) => (word.endsWith('?') ? [word.slice(0, -1)] : []));
      return { present: ofHwcaps(words.map((word) => word.replace(/\*$/, ''))), absent: ofHwcaps(absent) };
    },
    isClear: true,
  },
  // isainfo of illumos: with -v on the line behind its head
  { pattern: /^\s{2,}((?:[a-z0-9_]{1,16}\s){1,80}fp)\s*$/, read: ofIllumos },
  { pattern: /^\s*aarch64:\s+([a-z0-9_]{1,16}(?:\s+[a-z0-9_]{1,16}){1,80})\s*$/, read: ofIllumos, isClear: true },
];

/** What the cpuid of Go calls otherwise than the kernel. */
const KLAUSPOST: Readonly<Record<string, string>> = {
  AESARM: 'aes',
  ARMCPUID: 'cpuid',
  RNDR: 'rng',
  TS: 'flagm',
  FHM: 'asimdfhm',
  TLB: '',
};

/** What Box64 calls otherwise than the kernel. */
const BOX64: Readonly<Record<string, string>> = { RNDR: 'rng' };

/** What a line of a tool says of architecture features; `undefined` if it is none. */
export function toolFeatures(text: string): ToolFeatures | undefined {
  for (const { pattern, read } of LINES) {
    const found = pattern.exec(text);
    if (found !== null) return read(found);
  }
  return undefined;
}

/** Whether a line is one of a tool's lists of features by itself. */
export function isToolFeatures(text: string): boolean {
  return LINES.some(({ pattern, isClear }) => isClear && pattern.test(text));
}
