import { type DmiField, evidenceOf, MAKER_AND_PRODUCT } from '../answers/guest/listings.ts';
import { type ArchFeatureName, findArchFeatureRule } from '../arch/arch-feature-rule.ts';
import { given } from '../given.ts';
import { midrByName } from './core-midr.ts';
import { LineAccount, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';

/** `cpu0 at mainbus0 mpidr 0: ARM Cortex-A72 r0p3` of OpenBSD, `cpu0 at cpus0: Arm Cortex-A53 r0p4 (v8-A)` of NetBSD. */
const CPU = /^cpu(\d{1,4}) at \w{1,20}\d{1,3}(?: mpidr [0-9a-f]{1,16})?: (\S{1,40}) (.{1,60}?) (r\d{1,2}p\d{1,2})\b/;
/** Who made the machine and its firmware: `smbios0: vendor EDK II version "1.0" date …`, `smbios0: QEMU QEMU SBSA-REF Machine`, `efi0: EDK II rev 0x10000`. */
const FIRMWARE = /^(?:smbios\d{1,2}: vendor (.{1,100}?) version "|efi\d{1,2}: (?!UEFI )(.{1,100}) rev 0x[\da-f]{1,8}$)/;
const MADE = /^smbios\d{1,2}: (?!vendor |SMBIOS )(\S.{1,120})$/;
const TEXTS = /^cpu\d{1,4}: ((?:[A-Z][\w.+/-]{0,30})(?:,[A-Z][\w.+/-]{0,30}){1,60})$/;

/**
 * What OpenBSD calls architecture features otherwise than the architecture does; behind a plus stands what a higher value of the field adds.
 *
 * @see OpenBSD `sys/arch/arm64/arm64/cpu.c`, `cpu_identify()`.
 */
const RESPELT: Readonly<Record<string, string>> = {
  SHA2: 'SHA256',
  Atomic: 'LSE',
  DP: 'DotProd',
  TS: 'FlagM',
  AXFLAG: 'FlagM2',
  RNDR: 'RNG',
  LDAPUR: 'LRCPC2',
  IRANGE: 'TLBIRANGE',
  DCCVADP: 'DPB2',
  APA: 'PAuth PACQARMA5',
  API: 'PAuth PACIMP',
  ATS1E1: 'PAN2',
  LO: 'LOR',
  VH: 'VHE',
  SCXT: 'CSV2_2',
  HCXT: 'CSV2_3',
  BT: 'BTI',
  AMU: 'AMUv1',
  AMUv1p1: 'AMUv1 AMUv1p1',
  RASv1p1: 'RAS RASv1p1',
  HP: 'FP16',
  MSR: 'SSBS2',
  // As older ones spell it.
  SBSS: 'SSBS',
};

function featuresIn(text: string): readonly ArchFeatureName[] {
  return text
    .split(/[+,]/)
    .flatMap((one) => (RESPELT[one] ?? one).split(' ').flatMap((name) => findArchFeatureRule(`FEAT_${name}`)?.name ?? []));
}

/** What OpenBSD or NetBSD print as they boot. */
export const openbsdBootReader: Reader = {
  name: 'openbsd-boot',
  title: "OpenBSD's or NetBSD's boot messages",
  recognise(head) {
    const hasCpu = head.split('\n', 2_000).some((line) => CPU.test(line.slice(0, 400).replace(STAMP, '')));
    return hasCpu ? (/^(?:\[[ \d.]+\] )?(?:OpenBSD|NetBSD) \d/m.test(head) ? 0.96 : 0.7) : 0;
  },
  read(text) {
    const account = new LineAccount();
    const midrs: bigint[] = [];
    const present = new Set<string>();
    const dmi: DmiField[] = [];
    let title: string | undefined;
    let cpuCount = 0;
    for (const line of textLines(text)) {
      const plain = line.text.slice(0, 2_000).replace(STAMP, '').trim();
      if (plain === '') continue;
      const cpu = CPU.exec(plain);
      const known = featuresIn(TEXTS.exec(plain)?.[1] ?? '');
      const system = /^((?:OpenBSD|NetBSD) \d\S{0,30}) \(/.exec(plain)?.[1];
      if (cpu !== null) {
        const midr = midrByName(cpu[2]!, cpu[3]!, cpu[4]);
        cpuCount = Math.max(cpuCount, Number(cpu[1]) + 1);
        if (midr !== undefined && !midrs.includes(midr)) midrs.push(midr);
      }
      for (const name of known) present.add(name);
      const at = evidenceOf('', line.number, plain);
      const [, vendor, maker = vendor] = FIRMWARE.exec(plain) ?? [];
      const made = MADE.exec(plain)?.[1];
      if (maker !== undefined) dmi.push({ structure: 'BIOS Information', name: 'Vendor', value: maker, at });
      if (made !== undefined) dmi.push({ structure: 'System Information', name: MAKER_AND_PRODUCT, value: made, at });
      title ??= system;
      if (cpu !== null || known.length > 0 || system !== undefined || maker !== undefined || made !== undefined) account.read();
      else account.passed();
    }
    const archFeatures = present.size === 0 ? undefined : { present: [...present], absent: [] };
    const firmware = dmi.length === 0 ? undefined : { file: '', rows: dmi };
    const value = {
      ...given({ title, archFeatures, dmi: firmware }),
      ...(midrs.length === 0 ? {} : { midrs }),
      ...(cpuCount === 0 ? {} : { cpuCount }),
    };
    return { value, diagnostics: account.diagnostics, lines: account.lines };
  },
};

/** NetBSD's time stamps. */
const STAMP = /^\[ *\d{1,8}\.\d{1,9}\] /;
