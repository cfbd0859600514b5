import { type DmiField, evidenceOf, MAKER_AND_PRODUCT } from '../answers/guest/listings.ts';
import type { ArchFeatureName } from '../arch/arch-feature-rule.ts';
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
 * What OpenBSD prints for fields of ID registers, as architecture features.
 *
 * @see OpenBSD `sys/arch/arm64/arm64/cpu.c`, `cpu_identify()`.
 */
const FEATURES: Readonly<Record<string, readonly ArchFeatureName[]>> = {
  AES: ['FEAT_AES'],
  'AES+PMULL': ['FEAT_AES', 'FEAT_PMULL'],
  SHA1: ['FEAT_SHA1'],
  SHA2: ['FEAT_SHA256'],
  'SHA2+SHA512': ['FEAT_SHA256', 'FEAT_SHA512'],
  SHA3: ['FEAT_SHA3'],
  SM3: ['FEAT_SM3'],
  SM4: ['FEAT_SM4'],
  CRC32: ['FEAT_CRC32'],
  Atomic: ['FEAT_LSE'],
  RDM: ['FEAT_RDM'],
  DP: ['FEAT_DotProd'],
  FHM: ['FEAT_FHM'],
  TS: ['FEAT_FlagM'],
  'TS+AXFLAG': ['FEAT_FlagM', 'FEAT_FlagM2'],
  RNDR: ['FEAT_RNG'],
  DPB: ['FEAT_DPB'],
  JSCVT: ['FEAT_JSCVT'],
  FCMA: ['FEAT_FCMA'],
  LRCPC: ['FEAT_LRCPC'],
  'LRCPC+LDAPUR': ['FEAT_LRCPC', 'FEAT_LRCPC2'],
  FRINTTS: ['FEAT_FRINTTS'],
  SB: ['FEAT_SB'],
  I8MM: ['FEAT_I8MM'],
  BF16: ['FEAT_BF16'],
  PAN: ['FEAT_PAN'],
  DIT: ['FEAT_DIT'],
  SVE: ['FEAT_SVE'],
  TLBIOS: ['FEAT_TLBIOS'],
  'TLBIOS+IRANGE': ['FEAT_TLBIOS', 'FEAT_TLBIRANGE'],
  'DPB+DCCVADP': ['FEAT_DPB', 'FEAT_DPB2'],
  SPECRES: ['FEAT_SPECRES'],
  DGH: ['FEAT_DGH'],
  APA: ['FEAT_PAuth', 'FEAT_PACQARMA5'],
  API: ['FEAT_PAuth', 'FEAT_PACIMP'],
  'APA+PAC': ['FEAT_PAuth', 'FEAT_PACQARMA5'],
  'PAN+ATS1E1': ['FEAT_PAN', 'FEAT_PAN2'],
  LO: ['FEAT_LOR'],
  HPDS: ['FEAT_HPDS'],
  VH: ['FEAT_VHE'],
  HAFDBS: ['FEAT_HAFDBS'],
  CSV2: ['FEAT_CSV2'],
  'CSV2+SCXT': ['FEAT_CSV2', 'FEAT_CSV2_2'],
  CSV3: ['FEAT_CSV3'],
  RAS: ['FEAT_RAS'],
  BT: ['FEAT_BTI'],
  'CSV2+SCXT+HCXT': ['FEAT_CSV2', 'FEAT_CSV2_2', 'FEAT_CSV2_3'],
  AMU: ['FEAT_AMUv1'],
  AMUv1p1: ['FEAT_AMUv1', 'FEAT_AMUv1p1'],
  RASv1p1: ['FEAT_RAS', 'FEAT_RASv1p1'],
  'AdvSIMD+HP': ['FEAT_AdvSIMD', 'FEAT_FP16'],
  'FP+HP': ['FEAT_FP', 'FEAT_FP16'],
  SSBS: ['FEAT_SSBS'],
  'SSBS+MSR': ['FEAT_SSBS', 'FEAT_SSBS2'],
  // As older ones spell it.
  SBSS: ['FEAT_SSBS'],
  'SBSS+MSR': ['FEAT_SSBS', 'FEAT_SSBS2'],
  MTE: ['FEAT_MTE'],
  'MTE+MTE2': ['FEAT_MTE', 'FEAT_MTE2'],
};

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
      const texts = TEXTS.exec(plain)?.[1]?.split(',');
      const known = texts?.flatMap((one) => FEATURES[one] ?? []) ?? [];
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
