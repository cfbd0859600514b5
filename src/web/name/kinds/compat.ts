import { allCompatHwcaps, type CompatHwcap } from '../../../answers/compat-hwcap.ts';
import type { NameKind } from '../name-kind.ts';

function named(name: string): CompatHwcap | undefined {
  return allCompatHwcaps().find((one) => one.name === name);
}

/** Hwcaps of 32-bit programs. */
export const COMPAT_KIND: NameKind = {
  word: 'hwcap of AArch32',
  plural: 'Hwcaps of 32-bit programs',
  about: 'What a 32-bit program finds in its AT_HWCAP words under a 64-bit kernel.',
  all: () => allCompatHwcaps().map(({ name }) => name),
  find: (text) => named(text.replace(/^(?:compat_)?hwcap2?_/i, '').toLowerCase())?.name,
  sentence: (name) => {
    const own = named(name);
    return own === undefined
      ? ''
      : `${name} is a hwcap of 32-bit programs: bit ${own.bit} of ${own.vector}, set by ${own.setBy}${own.since === undefined ? '' : ` since Linux ${own.since}`}.`;
  },
};
