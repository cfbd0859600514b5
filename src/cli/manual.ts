/**
 * What holds for every command, in words: the help and the manual page say it alike.
 *
 * @module
 */

import { KNOWN_RANGE } from '../linux/release/known-range.ts';

/** What the command is, in a sentence. */
export const INTRO: string = `Shows what software sees of an Arm CPU, and why: from ID registers to Linux hwcaps, /proc/cpuinfo and the EL0 view, for kernels from ${KNOWN_RANGE.oldest} to ${KNOWN_RANGE.newest}.`;

/** What exit codes mean, by code. */
export const EXIT_MEANINGS: Readonly<Record<number, string>> = {
  0: 'fine',
  1: 'the answer is "no" or "they differ"',
  2: 'usage',
  3: 'bad input',
  4: 'the work itself failed: a full disk, a closed pipe, an input/output error, a fault of ours',
};

/** Where results and findings go. */
export const STREAMS = 'Results go to standard output, findings to standard error.';

/** What names a machine, on any command line. */
export const MACHINE_WORDS =
  'A machine is a known one (armlens list machines), a file or folder in any form that people have, or - for standard input.';

/** What of the environment is looked at. */
export const VARIABLES: Readonly<Record<string, string>> = {
  COLUMNS: 'the width to fill; by default that of the terminal, at most 100, and 80 where there is none',
  NO_COLOR: 'if it is not empty, nothing is coloured',
  FORCE_COLOR: 'colours also where there is no terminal, unless it is 0',
};

/** Where the guide lies. */
export const GUIDE_ADDRESS = 'https://github.com/armlens/armlens/tree/main/src/guide';

/** The headings that commands stand under in the help; one that is in none stands under the last. */
const COMMAND_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'What software sees of a machine': ['derive', 'boot', 'mrs', 'decode', 'why', 'level', 'runtime', 'runs'],
  'Several machines or kernels': ['diff', 'baseline', 'audit'],
  'From what was seen': ['infer', 'log', 'detect'],
  'Prove it on your own machine': ['probe', 'record'],
  'Virtual machines': ['kvm', 'migrate', 'guest'],
  'Look up and look at': ['list', 'serve', 'seed'],
  Further: [],
};

/** The heading of a command. */
export function commandGroup(name: string): string {
  const headings = Object.keys(COMMAND_GROUPS);
  return headings.find((heading) => COMMAND_GROUPS[heading]!.includes(name)) ?? headings.at(-1)!;
}

/** A way in, for who has never seen it. */
export const FIRST_STEPS: readonly (readonly [line: string, does: string])[] = [
  ['armlens derive raspberry-pi-4', 'what programs see there'],
  ['armlens why ssbs ampere-altra -k 6.12.107', 'why they do not see ssbs'],
  ['armlens infer /proc/cpuinfo', 'what a Features line tells'],
  ['armlens serve --open', 'all of it in a browser'],
];
