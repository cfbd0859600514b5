import type { ArchFeatureName } from '../arch/arch-feature.ts';
import { given } from '../given.ts';
import { midrByName } from './core-midr.ts';
import { LineAccount, placeOf, textLines } from './line-account.ts';
import type { Reader } from './reader.ts';
import { RegisterCollector } from './register-collector.ts';
import { MAX_CPUS } from './register-values.ts';

/** `cpu0 at cpus0: Cortex-A53 r0p4 (Cortex V8-A core)`; newer ones name the maker and the level: `Arm Cortex-A53 r0p4 (v8-A)`. */
const CPU =
  /^cpu(\d{1,4}) at (?:cpus|acpi|mainbus)\d{1,3}(?: \w{1,20} \S{1,20})?: (?:(\S{1,40}) )?(\S{1,40}(?: [A-Z]\d)?) (r\d{1,2}p\d{1,2})\b/;
/** A line of a CPU that tells of fields; the first group is the CPU, the second what is told. */
const TOLD = /^cpu(\d{1,4}): (?:auxID=0x([0-9a-f]{1,16})|revID=0x[0-9a-f]{1,16})((?:, [\w+ /.-]{2,30}){0,30})$/;

/** NetBSD's time stamps. */
const STAMP = /^\[ *\d{1,8}\.\d{1,9}\] ?/;

/**
 * What NetBSD prints for fields that are no part of the value beside them.
 *
 * @see NetBSD `sys/arch/aarch64/aarch64/cpu.c`, `cpu_identify2()`.
 */
const FEATURES: Readonly<Record<string, readonly ArchFeatureName[]>> = {
  FP: ['FEAT_FP'],
  NEON: ['FEAT_AdvSIMD'],
  DIT: ['FEAT_DIT'],
  CSV2: ['FEAT_CSV2'],
  CSV3: ['FEAT_CSV3'],
  PMCv3: ['FEAT_PMUv3'],
};

/** What NetBSD prints as it boots: the core, ID_AA64ISAR0_EL1 under the name auxID, and words for fields of other registers. */
export const netbsdBootReader: Reader = {
  name: 'netbsd-boot',
  title: "NetBSD's boot messages",
  recognise(head) {
    let told = false;
    for (const { text } of textLines(head, 400)) told ||= TOLD.test(text.replace(STAMP, '').trim());
    const isNamed = /^(?:\[[ \d.]+\] )?NetBSD \d/m.test(head);
    return told ? 0.97 : isNamed && /^(?:\[[ \d.]+\] )?cpu\d+ at (?:cpus|acpi)\d/m.test(head) ? 0.96 : 0;
  },
  read(text) {
    const account = new LineAccount();
    const collector = new RegisterCollector((finding) => account.add(finding));
    const present = new Set<ArchFeatureName>();
    let title: string | undefined;
    for (const line of textLines(text)) {
      const plain = line.text.slice(0, 2_000).replace(STAMP, '').trim();
      if (plain === '') continue;
      const cpu = CPU.exec(plain);
      const told = TOLD.exec(plain);
      const system = /^(NetBSD \d\S{0,30})/.exec(plain)?.[1];
      const index = Number(cpu?.[1] ?? told?.[1] ?? Number.NaN);
      const place = placeOf(line.number, 0);
      const midr = cpu === null ? undefined : midrByName(cpu[2] ?? 'ARM', cpu[3]!, cpu[4]);
      if (midr !== undefined && index < MAX_CPUS) collector.add(index, 'MIDR_EL1', midr, place);
      if (told?.[2] !== undefined && index < MAX_CPUS) collector.add(index, 'ID_AA64ISAR0_EL1', BigInt(`0x${told[2]}`), place);
      for (const word of told?.[3]?.split(', ') ?? []) for (const name of FEATURES[word] ?? []) present.add(name);
      title ??= system;
      if (cpu !== null || told !== null || system !== undefined) account.read();
      else account.passed();
    }
    const archFeatures = present.size === 0 ? undefined : { present: [...present], absent: [] };
    const value = given({ title, archFeatures, machine: collector.machine() });
    return { value, diagnostics: account.diagnostics, lines: account.lines };
  },
};
