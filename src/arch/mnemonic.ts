import type { ArchFeatureLead } from './arch-feature-descriptor.ts';
import { MNEMONIC_ROWS } from './generated/mnemonics.ts';
import type { ArchFeatureName } from './generated/names.ts';
import { findProgramArchFeature } from './program-arch-feature.ts';

/** An instruction, or a register that programs reach by MRS, and the architecture features that bring it: one of them is enough. */
export interface Instruction {
  /** As assemblers take it: `LDAPUR`; a system instruction with its operand: `DC CVAP`. */
  readonly name: string;
  readonly isRegister: boolean;
  readonly archFeatures: readonly ArchFeatureLead[];
}

let all: readonly Instruction[] | undefined;

/**
 * Every instruction that an architecture feature beyond the first Armv8.0-A brings, as far as they are listed, in the order of the
 * alphabet; of large sets such as SVE those that nothing else has.
 *
 * @example
 * ```js
 * allInstructions().find(({ name }) => name === 'LDAPUR').archFeatures[0].name // → 'FEAT_LRCPC2'
 * ```
 */
export function allInstructions(): readonly Instruction[] {
  if (all !== undefined) return all;
  const found = new Map<string, { readonly isRegister: boolean; readonly archFeatures: ArchFeatureLead[] }>();
  for (const { archFeature, mnemonics = [], registers = [] } of MNEMONIC_ROWS) {
    for (const name of [...mnemonics, ...registers]) {
      const own = found.get(name) ?? { isRegister: !mnemonics.includes(name), archFeatures: [] };
      found.set(name, own);
      own.archFeatures.push(findProgramArchFeature(archFeature)!);
    }
  }
  all = [...found].map(([name, own]) => ({ name, ...own })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return all;
}

/** The instructions that an architecture feature brings; empty if none is listed. */
export function instructionsOf(name: ArchFeatureName): readonly string[] {
  return MNEMONIC_ROWS.find(({ archFeature }) => archFeature === name)?.mnemonics ?? [];
}

/** The instructions that one of several architecture features brings, each once. */
export function instructionsOfAny(archFeatures: readonly { readonly name: ArchFeatureName }[]): readonly string[] {
  return [...new Set(archFeatures.flatMap(({ name }) => instructionsOf(name)))];
}

/** The hwcaps that tell of an instruction, each once. */
export function hwcapsOfInstruction({ archFeatures }: Instruction): readonly string[] {
  return [...new Set(archFeatures.flatMap(({ linuxHwcaps = [] }) => linuxHwcaps))];
}

let byPlainName: ReadonlyMap<string, Instruction> | undefined;

/** A name as it is compared: `dc cvap` and `DC_CVAP` are the same. */
function plain(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/[\s_]+/g, ' ');
}

/**
 * The instruction of a name, in any case; `undefined` if it is not listed.
 *
 * @example
 * ```js
 * findInstruction('frint32z').archFeatures[0].linuxHwcaps // → ['frint']
 * ```
 */
export function findInstruction(text: string): Instruction | undefined {
  byPlainName ??= new Map(allInstructions().map((own) => [plain(own.name), own]));
  return byPlainName.get(plain(text));
}
