import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { coreAlone } from './core-alone.ts';
import { coreOfPart } from './core-midr.ts';
import { LineAccount, lineShare, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** A name, `*` or `-`, and what it says. */
const ROW = /^\s*([A-Z][A-Z0-9_]{1,40})\s{1,40}([*-])(?:\s{1,40}Supports? .{1,100})?$/;

/** What Coreinfo calls what Windows says to be there (IsProcessorFeaturePresent). */
const NAMES: Readonly<Record<string, readonly ArchFeatureName[]>> = {
  FP: ['FEAT_FP'],
  NEON: ['FEAT_AdvSIMD'],
  CRYPTO: ['FEAT_AES', 'FEAT_SHA1', 'FEAT_SHA256'],
  CRC32: ['FEAT_CRC32'],
  ATOMIC: ['FEAT_LSE'],
  ATOMICS: ['FEAT_LSE'],
  DP: ['FEAT_DotProd'],
  DOTPROD: ['FEAT_DotProd'],
  JSCVT: ['FEAT_JSCVT'],
  LRCPC: ['FEAT_LRCPC'],
  SVE: ['FEAT_SVE'],
  SVE2: ['FEAT_SVE2'],
  'SVE2.1': ['FEAT_SVE2p1'],
  I8MM: ['FEAT_I8MM'],
  BF16: ['FEAT_BF16'],
  SME: ['FEAT_SME'],
};

/** Part and revision, as Windows calls them. */
const MODEL = /\bFamily \d{1,2} Model ([0-9A-F]{1,3}) Revision +(\d{1,2})\b(?:, (.{1,60}))?/i;

/** What Sysinternals' Coreinfo prints on Windows on Arm. */
export const coreinfoReader: Reader = {
  name: 'coreinfo',
  title: "Coreinfo's output",
  recognise(head) {
    if (!/^ARM(?:64|v8)? .{0,40}Family \d/im.test(head) && !/^Coreinfo v\d/im.test(head)) return 0;
    return lineShare(head, (line) => (ROW.test(line) ? 'row' : 'other'))('row') > 0 ? 0.9 : 0.3;
  },
  read(text) {
    const account = new LineAccount();
    const said = new Map<ArchFeatureName, boolean>();
    let title: string | undefined;
    for (const line of textLines(text)) {
      const plain = line.text.trim().slice(0, 300);
      if (plain === '') continue;
      const [, name = '', mark] = ROW.exec(plain) ?? [];
      const names = NAMES[name] ?? [];
      const isTitle = title === undefined && /^ARM(?:64|v8)? .{0,40}Family \d/i.test(plain);
      if (isTitle) title = plain;
      for (const one of names) said.set(one, mark === '*');
      if (names.length > 0 || isTitle) account.read();
      else account.passed();
    }
    const [, part, revision, vendor] = MODEL.exec(title ?? '') ?? [];
    // Whoever sells the chip stands there, who need not have made the core.
    const core = part === undefined ? undefined : coreOfPart(Number.parseInt(part, 16), vendor);
    const told = core === undefined ? {} : coreAlone({ implementer: core.implementer, part: core.part, revision: Number(revision) });
    const of = (wanted: boolean): readonly ArchFeatureName[] => [...said].filter(([, held]) => held === wanted).map(([name]) => name);
    return {
      value: {
        ...given({ title }),
        ...told,
        ...(said.size === 0 ? {} : { archFeatures: { present: of(true), absent: of(false) } }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
