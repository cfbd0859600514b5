import type { PostedLine } from './posted/posted-line.ts';

/** A full release with what a distribution or a builder puts behind it: `6.8.0-31-generic`, `6.1.0-rpi7-rpi-v8`. */
const RELEASE = /(?<![\w./:~-])v?(\d{1,2}\.\d{1,3}\.\d{1,3}[+-](?=[\w.+~-]{0,60}[a-z]{2})[\w.+~-]{1,60}\w)(?![\w/])/gi;
/** What such a release has at its end, where the word kernel does not stand beside it. */
const FLAVOUR = /-(?:generic|lowlatency|aws|azure|gcp|oracle|raspi|v8|tegra|arm64|asahi)$|[.-](?:aarch64|amzn\d{1,4})\b/i;
const KERNEL = /\b(?:kernel|linux|uname)\b/i;
/** What stands before the kernel of the machine that is meant: the beginning of a line, a word for running it, or a bracket. */
const RUNS =
  /(?:(?:^[\s>*•-]{0,8}|[,;(] ?|\bwith )(?:(?:linux )?kernel(?: version)?(?: ist)?:?|`?uname -r`? is)|\b(?:running|run|runs|using|booted|on|under)(?: (?:on|the|a|with|linux|kernel|version|ubuntu|debian|armbian)){0,4}) `?v?$|\(`?$/i;
/** What makes it another one: of before, after, elsewhere, or a package. */
const ELSEWHERE =
  /\b(?:work(?:s|ed|ing)?|fine|ok|but|not|no|fix(?:ed|es)?|since|until|before|after|up(?:grad|dat)\w*|downgrad\w*|old(?:er)?|new(?:er)?|previous\w*|instead|than|another|other|both|vs|either|if|would|should|could|host|guest|vm|pc|laptop|x86\S*|amd64|intel|amd|build|built|compil\w*|cross\S*|headers|package|image|patch\w*|tested|test|introduc\w*|regress\w*|start\w*|began|support\w*|requir\w*|needs?|first|available|ship\w*|com(?:es|ing))\b|\?/i;

/** A heading that asks for it, as forms of bug reports have, and what stands below. */
const HEADING = /^\s*(?:#{1,6} |\*\*).{0,30}\bkernel(?: version| release)?\W{0,4}$/i;
const ALONE = /^\s*(?:Linux )?(\d{1,2}\.\d{1,3}[\w.+~-]{0,80})\s*$/;

/** The kernel that a person names in a sentence, where it is the one full release that a text names and is said to run. */
export function kernelInWords(lines: readonly PostedLine[]): { readonly release: string; readonly line: number } | undefined {
  let found: { readonly release: string; readonly line: number } | undefined;
  const named = new Set<string>();
  let before = '';
  for (const { number, text } of lines) {
    const below = text.length < 200 && HEADING.test(before) ? ALONE.exec(text)?.[1] : undefined;
    if (text.trim() !== '') before = text.slice(0, 100);
    if (below !== undefined) {
      named.add(below);
      found ??= { release: below, line: number };
      continue;
    }
    if (text.length > 400 || !/\d[+-]/.test(text)) continue;
    for (const match of text.matchAll(RELEASE)) {
      const release = match[1]!;
      if (!KERNEL.test(text) && !FLAVOUR.test(release)) continue;
      named.add(release);
      if (RUNS.test(text.slice(0, match.index)) && !ELSEWHERE.test(text.replace(release, ''))) found ??= { release, line: number };
    }
  }
  return named.size === 1 ? found : undefined;
}
