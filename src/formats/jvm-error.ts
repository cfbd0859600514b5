import type { ArchFeatureName } from '../arch/arch-feature.ts';
import { composeMidr } from '../silicon/midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `CPU: total 4 (initial active 4) 0x41:0x0:0xd08:3, fp, simd, crc, …`: implementer, variant, part, revision, and what the JVM found. */
const LINE =
  /^\s*CPU: ?total (\d{1,5}) \(initial active \d{1,5}\) (?:.{0,80}?)0x([0-9a-f]{1,2}):0x([0-9a-f]):0x([0-9a-f]{1,3}):(\d{1,2})(?:\(0x[0-9a-f]{1,3}\))?((?:, ?[a-z0-9_]{1,20})*)/i;

/** What the JVM's names stand for. It lists what it looks for, not all that the kernel shows: what is not there says nothing. */
const FEATURES: Readonly<Record<string, ArchFeatureName>> = {
  fp: 'FEAT_FP',
  simd: 'FEAT_AdvSIMD',
  asimd: 'FEAT_AdvSIMD',
  aes: 'FEAT_AES',
  pmull: 'FEAT_PMULL',
  sha1: 'FEAT_SHA1',
  sha256: 'FEAT_SHA256',
  sha2: 'FEAT_SHA256',
  crc: 'FEAT_CRC32',
  crc32: 'FEAT_CRC32',
  lse: 'FEAT_LSE',
  dcpop: 'FEAT_DPB',
  sha3: 'FEAT_SHA3',
  sha512: 'FEAT_SHA512',
  sve: 'FEAT_SVE',
  sve2: 'FEAT_SVE2',
  paca: 'FEAT_PAuth',
  fphp: 'FEAT_FP16',
  asimdhp: 'FEAT_FP16',
};

/** The report that a JVM leaves behind when it crashes (`hs_err_pid….log`): its line about the CPU. */
export const jvmErrorReader: Reader = {
  name: 'jvm-error',
  title: "a JVM's crash report",
  recognise: (head) => (/^# A fatal error has been detected by the Java Runtime/m.test(head) ? 0.92 : LINE.test(head) ? 0.6 : 0),
  read(text) {
    const account = new LineAccount();
    let found: RegExpExecArray | null = null;
    for (const line of textLines(text)) {
      if (line.text.trim() === '') continue;
      const match: RegExpExecArray | null = found === null ? LINE.exec(line.text) : null;
      if (match === null) account.passed();
      else account.read();
      found ??= match;
    }
    if (found === null) return { value: {}, diagnostics: account.diagnostics, lines: account.lines };
    const [, count, implementer, variant, part, revision, list = ''] = found;
    const midr = composeMidr({
      implementer: Number.parseInt(implementer!, 16),
      variant: Number.parseInt(variant!, 16),
      part: Number.parseInt(part!, 16),
      revision: Number(revision) & 0xf,
    });
    const present = list.split(/[, ]+/).flatMap((word) => FEATURES[word.toLowerCase()] ?? []);
    const archFeatures = present.length === 0 ? {} : { archFeatures: { present: [...new Set(present)], absent: [] } };
    return { value: { cpuCount: Number(count), midrs: [midr], ...archFeatures }, diagnostics: account.diagnostics, lines: account.lines };
  },
};
