import { ARCHSPEC_TARGETS } from './generated/archspec.ts';

/** What archspec's name of a target tells of a machine. The core need not be the one of that name. */
export interface ArchspecTarget {
  /** Who made the core, as MIDR_EL1 codes it. */
  readonly implementer: number;
  /** The hwcaps that the machine has. */
  readonly hwcaps: readonly string[];
}

/** `spack arch`: the platform, the system and the target: `linux-rocky9-neoverse_v1`. */
const TRIPLE = /^\s*(?:linux|darwin|cray)-[a-z]{2,24}[\d.]{0,8}-([a-z][a-z0-9_]{1,20})\s*$/;
/** A virtual package of conda. */
const CONDA = /\b__archspec=1=([a-z][a-z0-9_]{1,20})\s*$/;
/** `archspec cpu`: the target alone. */
const ALONE = /^\s*([a-z][a-z0-9_]{1,20})\s*$/;

/** The target that a line names; `undefined` if it names none. */
export function archspecTarget(text: string): ArchspecTarget | undefined {
  const name = (TRIPLE.exec(text) ?? CONDA.exec(text) ?? ALONE.exec(text))?.[1];
  return name === undefined ? undefined : ARCHSPEC_TARGETS.get(name);
}

/** Whether a line names a target by itself: one word that may be anything else does not. */
export function isArchspecTarget(text: string): boolean {
  return archspecTarget(text) !== undefined && /_|-/.test(text);
}
