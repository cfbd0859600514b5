import { type GeneratedFile, header, readSpec } from './spec-file.ts';

interface FreebsdFile {
  readonly registers: readonly {
    readonly label: string;
    readonly register: string;
    readonly fields: readonly { readonly name: string; readonly values: Readonly<Record<string, string>> }[];
  }[];
  readonly oldTexts: Readonly<Record<string, string>>;
}

/** How other systems word what they print, as the readers take it. */
export function generateFormats(): readonly GeneratedFile[] {
  const path = 'formats/freebsd-registers.json';
  const { registers, oldTexts } = readSpec<FreebsdFile>(path);
  const rows = registers.map((row) => `  ${JSON.stringify(row)},\n`).join('');
  const text = `${header(`spec-data/${path}`)}
import type { FreebsdRegister } from '../freebsd-register.ts';

/** The registers that FreeBSD prints, in its order. */
export const FREEBSD_REGISTERS: readonly FreebsdRegister[] = [
${rows}];

/** What old releases printed → what those of today print. */
export const FREEBSD_OLD_TEXTS: Readonly<Record<string, string>> = ${JSON.stringify(oldTexts)};
`;
  return [{ path: 'src/formats/generated/freebsd.ts', text }];
}
