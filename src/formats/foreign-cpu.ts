import { evidenceOf } from '../answers/guest/listings.ts';
import type { ReadCapture } from './reader.ts';

/** Names of flags that kernels print for x86 alone. */
const X86: ReadonlySet<string> = new Set(
  (
    'vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm constant_tsc rep_good ' +
    'nopl pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 x2apic movbe popcnt avx f16c rdrand hypervisor lahf_lm avx2 bmi1 bmi2 avx512f'
  ).split(' '),
);

/** The fewest of them that show whose flags they are. */
const FEW = 3;

/** Whether names are the flags of an x86 processor. */
export function areX86Flags(names: readonly string[]): boolean {
  return names.filter((name) => X86.has(name)).length >= FEW;
}

/** Rows of /proc/cpuinfo by which kernels of other architectures show themselves, and what they are called. */
const ROWS: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*vendor_id\s*:\s*(?:GenuineIntel|AuthenticAMD|HygonGenuine|CentaurHauls|Zhaoxin|Shanghai)/im, 'x86'],
  [/^[ \t]*isa\s*:\s*rv(?:32|64)/im, 'RISC-V'],
  [/^[ \t]*cpu\s*:\s*(?:POWER\d|PPC)/im, 'Power'],
  [/^[ \t]*(?:vendor_id\s*:\s*IBM\/S390|features\s*:\s*esan3)/im, 's390'],
  [/^[ \t]*(?:CPU Family|Model Name)\s*:\s*Loongson|^[ \t]*Features\s*:\s*cpucfg\b/im, 'LoongArch'],
  [/^[ \t]*cpu model\s*:\s*\S.*MIPS|^[ \t]*isa\s*:\s*mips/im, 'MIPS'],
];

/** What a /proc/cpuinfo is of, if it is not Arm's. */
export function foreignCpuinfo(text: string): string | undefined {
  const head = text.slice(0, 20_000);
  if (/^[ \t]*CPU (?:implementer|part)\s*:/im.test(head)) return undefined;
  const flags = /^[ \t]*flags\s*:\s*(.{1,4000})$/im.exec(head)?.[1];
  if (flags !== undefined && areX86Flags(flags.split(/\s+/))) return 'x86';
  return ROWS.find(([pattern]) => pattern.test(head))?.[1];
}

/** What rows tell of machines that are no Arm: the architecture that a tool names, their CPUs, QEMU's and VMware's PC, an x86 kernel's log. */
const FOREIGN_ROW =
  /^[ \t]*"?Architecture"? ?: "?(?!a(?:arch|rm))([^\s",]{3,20})"?,?[ \t]*$|(?:\bOS: |\bKernel: \d|\bLinux )\S.{0,300} (x86_64|i[3-6]86|riscv64|loongarch64|mips\w{0,4})(?: bits: .*|(?: [GL]\S*x| Android)?[ \t]*)$|^[ \t]*(?:product|Version|CPU): (?:Intel\(R\)|AMD )|\bStandard PC \(|\b(?:440[BF]X|82G33)\b|\bBIOS-e820: |\(x86_64-linux-gnu-gcc|\bx86\/fpu/m;

/** What a listing is of, if a row of it tells that it is not Arm's. */
export function foreignSystem(text: string): string | undefined {
  const found = FOREIGN_ROW.exec(text);
  return found === null ? undefined : (found[1] ?? found[2] ?? 'x86');
}

/** What is read of a text of a machine that is no Arm: what it is, and nothing of its CPUs. */
export function readNotArm(what: string, where: string): ReadCapture {
  return {
    value: { foreign: { text: what, at: evidenceOf('', 1, what) } },
    diagnostics: [{ code: 'not-arm', severity: 'error', where, message: `the machine is ${what}, not Arm` }],
  };
}
