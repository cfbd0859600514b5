import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { listedMachine, type RegisterFile } from '../silicon/machine.ts';
import { implementerCode } from './core-midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** A row: a name, tabs or many blanks, and a value. */
const ROW = /^\s*([A-Za-z][\w .~()-]{1,40}?)(?:\t+|\s{2,}|\s*[:=]\s*)(\S.{0,300})$/;

/** What CPU-Z calls instruction sets. It lists those that it looks for: what is not there says nothing. */
const SETS: Readonly<Record<string, ArchFeatureName>> = {
  neon: 'FEAT_AdvSIMD',
  asimd: 'FEAT_AdvSIMD',
  aes: 'FEAT_AES',
  sha: 'FEAT_SHA256',
  sha1: 'FEAT_SHA1',
  sha2: 'FEAT_SHA256',
  sha256: 'FEAT_SHA256',
  sha3: 'FEAT_SHA3',
  sha512: 'FEAT_SHA512',
  crc32: 'FEAT_CRC32',
  atomics: 'FEAT_LSE',
  atomic: 'FEAT_LSE',
  lse: 'FEAT_LSE',
  dotprod: 'FEAT_DotProd',
  dp: 'FEAT_DotProd',
  i8mm: 'FEAT_I8MM',
  bf16: 'FEAT_BF16',
  sve: 'FEAT_SVE',
  sve2: 'FEAT_SVE2',
  sme: 'FEAT_SME',
  sme2: 'FEAT_SME2',
};

/** The report that CPU-Z writes on Windows. */
export const cpuZReader: Reader = {
  name: 'cpu-z',
  title: "CPU-Z's report",
  recognise: (head) => (/^[ \t]*CPU-Z (?:TXT Report|version)/m.test(head) ? 0.9 : 0),
  read(text) {
    const account = new LineAccount();
    const rows = new Map<string, string>();
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const [, name = '', value = ''] = ROW.exec(line.text) ?? [];
      const key = name.trim().toLowerCase();
      if (NEEDED.has(key) && !rows.has(key)) {
        rows.set(key, value.trim());
        account.read();
      } else account.passed();
    }
    const midr = /^(?:0x)?([0-9a-f]{8})h?$/i.exec(rows.get('midr') ?? '')?.[1];
    const registers: RegisterFile = midr === undefined ? {} : { MIDR_EL1: BigInt(`0x${midr}`) };
    const names = (rows.get('instructions sets') ?? rows.get('instruction sets') ?? '').toLowerCase().split(/[\s,]+/);
    const present = [...new Set(names.flatMap((name) => SETS[name.replaceAll('-', '')] ?? []))];
    const cpuCount = Number(/^\d{1,4}/.exec(rows.get('number of threads') ?? '')?.[0] ?? 0);
    return {
      value: {
        ...given({ title: rows.get('specification') ?? rows.get('name') }),
        ...(midr === undefined
          ? given({ implementer: implementerCode(rows.get('manufacturer') ?? '') })
          : { machine: listedMachine([{ registers }]) }),
        ...(present.length === 0 ? {} : { archFeatures: { present, absent: [] } }),
        ...(cpuCount === 0 ? {} : { cpuCount }),
      },
      diagnostics: account.diagnostics,
      lines: account.lines,
    };
  },
};

const NEEDED: ReadonlySet<string> = new Set([
  'specification',
  'name',
  'manufacturer',
  'midr',
  'number of threads',
  'instructions sets',
  'instruction sets',
]);
