import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { coreAlone } from './core-alone.ts';
import { toldByTools } from './hwcap-list.ts';
import { LineAccount, lineShare, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';
import { toldRow } from './report-rows.ts';

/** A name, `*` or `-`, and what it says. */
const ROW = /^\s*([A-Z][A-Z0-9_]{1,40})\s{1,40}([*-])(?:\s{1,40}Supports? .{1,100})?$/;

/** What Windows says of together (IsProcessorFeaturePresent). */
const CRYPTO: readonly ArchFeatureName[] = ['FEAT_AES', 'FEAT_SHA1', 'FEAT_SHA256'];

/** What Sysinternals' Coreinfo prints on Windows on Arm. */
export const coreinfoReader: Reader = {
  name: 'coreinfo',
  title: "Coreinfo's output",
  recognise(head) {
    if (!/^ARM(?:64|v8)? .{0,40}Family \d/im.test(head) && !/^Coreinfo v\d/im.test(head)) return 0;
    return lineShare(head, (line) => (ROW.test(line) ? 'row' : 'other'))('row') > 0 ? 0.93 : 0.3;
  },
  read(text) {
    const account = new LineAccount();
    const said = new Map<ArchFeatureName, boolean>();
    let title: string | undefined;
    for (const line of textLines(text)) {
      const plain = line.text.trim().slice(0, 300);
      if (plain === '') continue;
      const [, name = '', mark] = ROW.exec(plain) ?? [];
      const isTitle = title === undefined && /^ARM(?:64|v8)? .{0,40}Family \d/i.test(plain);
      if (isTitle) title = plain;
      // On x86 it has rows of the same names.
      const names = title === undefined ? [] : name === 'CRYPTO' ? CRYPTO : toldByTools([name]);
      for (const one of names) said.set(one, mark === '*');
      if (names.length > 0 || isTitle) account.read();
      else account.passed();
    }
    const { core } = toldRow(title ?? '') ?? {};
    const of = (wanted: boolean): readonly ArchFeatureName[] => [...said].filter(([, held]) => held === wanted).map(([name]) => name);
    return {
      value: {
        ...given({ title }),
        ...(core && coreAlone(core)),
        ...(said.size === 0 ? {} : { archFeatures: { present: of(true), absent: of(false) } }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};
