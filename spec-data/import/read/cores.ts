import type { Tree } from './tree.ts';

/** Implementer and part of every core that arch/arm64/include/asm/cputype.h names, by the kernel's name without `MIDR_`. */
export function readCores(tree: Tree): Readonly<Record<string, string>> {
  const cores: Record<string, string> = {};
  for (const name of tree.macroNames()) {
    if (!/^MIDR_[A-Z0-9_a-z]+$/.test(name) || /_(MASK|SHIFT)$/.test(name)) continue;
    const body = tree.macro(name)!;
    if (!body.some(({ text }) => text === 'MIDR_CPU_MODEL' || text === 'MIDR_CPU_PART')) continue;
    const value = tree.valueOf(name);
    if (value === undefined) continue;
    const hex = (number: bigint, digits: number): string => `0x${number.toString(16).padStart(digits, '0')}`;
    cores[name.slice('MIDR_'.length)] = `${hex((value >> 24n) & 0xffn, 2)}/${hex((value >> 4n) & 0xfffn, 3)}`;
  }
  return cores;
}
