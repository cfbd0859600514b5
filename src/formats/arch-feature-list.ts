import type { CapturedArchFeatures } from '../answers/capture.ts';
import { ALL_ARCH_FEATURE_RULES } from '../arch/arch-feature-rule.ts';
import { nearestName } from '../nearest.ts';
import { LineAccount, lineShare, placeOf, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `FEAT_AES ..... yes`, `FEAT_AES: 1`, `FEAT_AES = true`. */
const LINE = /^\s*(FEAT_\w{1,30})\s{0,20}(?:\.{1,40}|[:=|])?\s{0,20}(yes|no|true|false|0|1|implemented|not implemented)\s*$/i;

/** Writes architecture features as arm-cpusysregs lists them. */
export function formatArchFeatureList({ present, absent }: CapturedArchFeatures): string {
  const names = [...present, ...absent].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const width = Math.max(0, ...names.map((name) => name.length)) + 2;
  const has = new Set(present);
  return names.map((name) => `${`${name} `.padEnd(width, '.')} ${has.has(name) ? 'yes' : 'no'}\n`).join('');
}

/** The most features that are kept; Arm has some 400. */
const MAX_FEATURES = 2000;

/** A list of architecture features by name with yes or no, as arm-cpusysregs prints what EL0 sees. */
export const archFeatureListReader: Reader = {
  name: 'arch-features',
  title: 'a list of architecture features',
  recognise(head) {
    const share = lineShare(head, (line) => (LINE.test(line) ? 'feature' : 'other'))('feature');
    return share === 0 ? 0 : 0.3 + 0.69 * share;
  },
  read(text) {
    const account = new LineAccount();
    const known = new Set<string>(ALL_ARCH_FEATURE_RULES.map(({ name }) => name));
    const said = new Map<string, boolean>();
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const match = LINE.exec(line.text.slice(0, 400));
      if (match === null || said.size >= MAX_FEATURES) {
        account.unread(line, 'a line such as "FEAT_AES ... yes"');
        continue;
      }
      const name = match[1]!;
      said.set(name, /^(?:yes|true|1|implemented)$/i.test(match[2]!));
      account.read();
      if (!known.has(name)) {
        const nearest = nearestName(name, known);
        const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
        account.add({
          code: 'unknown-arch-feature',
          severity: 'note',
          where: placeOf(line.number, 0),
          message: `${name} is not known here${hint}`,
        });
      }
    }
    const named = (held: boolean): readonly string[] => [...said].filter(([, value]) => value === held).map(([name]) => name);
    return {
      value: said.size === 0 ? {} : { archFeatures: { present: named(true), absent: named(false) } },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
