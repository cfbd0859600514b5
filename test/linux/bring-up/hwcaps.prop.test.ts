import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import type { Facts } from '../../../src/linux/bring-up/evaluate.ts';
import { explainHwcap, hwcapOutcomes } from '../../../src/linux/bring-up/hwcaps.ts';
import { kernelAt } from '../../../src/linux/release/kernel-at.ts';
import type { System } from '../../../src/linux/system.ts';
import type { RegisterFile, SystemRegisterName } from '../../../src/silicon/machine.ts';
import { kernel, machine, RELEASES, registerFile } from '../../support/arbitraries.ts';

const WORD = { AT_HWCAP: 0, AT_HWCAP2: 1, AT_HWCAP3: 2 } as const;

/** The bits of AT_HWCAP and AT_HWCAP2 that a kernel for arm64 gives AArch32 programs, as in Linux arch/arm/include/uapi/asm/hwcap.h. */
const AARCH32_BITS: readonly Readonly<Record<string, number>>[] = [
  {
    half: 1,
    thumb: 2,
    fastmult: 4,
    vfp: 6,
    edsp: 7,
    neon: 12,
    vfpv3: 13,
    tls: 15,
    vfpv4: 16,
    idiva: 17,
    idivt: 18,
    lpae: 20,
    evtstrm: 21,
    fphp: 22,
    asimdhp: 23,
    asimddp: 24,
    asimdfhm: 25,
    asimdbf16: 26,
    i8mm: 27,
  },
  { aes: 0, pmull: 1, sha1: 2, sha2: 3, crc32: 4, sb: 5, ssbs: 6 },
];

function isSet(words: readonly bigint[], word: number, bit: number): boolean {
  return (((words[word] ?? 0n) >> BigInt(bit)) & 1n) === 1n;
}

/** What the kernel's conditions see, put together from the outside. */
function factsOf(system: System, release: string): Facts {
  const { behaviour, option } = kernelAt({ release });
  const register = (name: string): (typeof system.registers extends ReadonlyMap<string, infer V> ? V : never) | undefined =>
    system.registers.get(name as SystemRegisterName);
  return {
    register: (name) => register(name)?.value ?? 0n,
    ...(behaviour['hwcap-needs-visible-field'] ? { userMask: (name: string) => register(name)?.userMask ?? 0n } : {}),
    signedComparison: behaviour['signed-comparison'],
    option,
    cpucap: (name) => system.cpucaps.includes(name),
    rule: () => false,
  };
}

it('explains a hwcap as held exactly when the kernel advertises it', () => {
  fc.assert(
    fc.property(machine(), kernel(), (cpus, { release }) => {
      const system = boot(cpus, { release });
      if (system.panic !== null) return;
      const facts = factsOf(system, release);
      for (const rule of kernelAt({ release }).hwcaps) {
        const { name, holds, outcome } = explainHwcap(rule.name, kernelAt({ release }).hwcaps, facts);
        expect([name, holds]).toEqual([name, system.hwcaps.names.includes(name)]);
        expect(outcome.held).toBe(holds);
      }
    }),
    { numRuns: 60 },
  );
});

it('judges one hwcap as it judges all of them', () => {
  fc.assert(
    fc.property(machine({ maxCpus: 2 }), kernel(), (cpus, { release }) => {
      const facts = factsOf(boot(cpus, { release }), release);
      const { hwcaps } = kernelAt({ release });
      for (const outcome of hwcapOutcomes(hwcaps, facts)) expect(explainHwcap(outcome.name, hwcaps, facts)).toEqual(outcome);
    }),
    { numRuns: 20 },
  );
});

it('says the same in words and in names, the names in ascending order of their bits', () => {
  fc.assert(
    fc.property(machine(), kernel(), (cpus, { release }) => {
      const { hwcaps, panic } = boot(cpus, { release });
      if (panic !== null) return;
      const { hwcaps: rules, behaviour } = kernelAt({ release });
      const bits = new Map(rules.map(({ name, vector, bit }) => [name, WORD[vector] * 64 + bit]));
      bits.set('evtstrm', 2);
      if (behaviour['cpuid-hwcap']) bits.set('cpuid', 11);
      const named = hwcaps.names.map((name) => bits.get(name)!);
      expect(named).toEqual([...named].sort((a, b) => a - b));
      for (const [name, bit] of bits) expect([name, isSet(hwcaps.words, bit >> 6, bit & 63)]).toEqual([name, hwcaps.names.includes(name)]);
      const counted = hwcaps.words.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0);
      expect(counted).toBe(hwcaps.names.length);
    }),
    { numRuns: 80 },
  );
});

it('says the same in words and in names for AArch32', () => {
  fc.assert(
    fc.property(machine(), kernel(), (cpus, { release }) => {
      const { compat, panic } = boot(cpus, { release });
      if (panic !== null) return;
      const set = AARCH32_BITS.flatMap((names, word) => Object.entries(names).filter(([, bit]) => isSet(compat.words, word, bit)));
      expect(compat.names).toEqual(set.map(([name]) => name));
    }),
    { numRuns: 60 },
  );
});

it('never uses bits 62 and 63 of AT_HWCAP, which the C library keeps for itself', () => {
  fc.assert(
    fc.property(registerFile(), kernel(), (registers, release) => {
      expect(boot({ cpus: [{ registers }] }, release).hwcaps.words[0]! >> 62n).toBe(0n);
    }),
    { numRuns: 40 },
  );
});

// Up to 7 only: 4.4 and 4.5 compare every field as signed, as do later kernels for DIT, so that 8 counts as less than 7.
describe.each(RELEASES)('Linux %s, a homogeneous machine', (release) => {
  // The pseudo registers of vector lengths are no registers of a CPU.
  const real = kernelAt({ release }).registers.filter(({ name }) => !['ZCR_EL1', 'SMCR_EL1'].includes(name));
  const raisable = real.flatMap(({ name, fields }) =>
    fields.filter(({ safe, width }) => safe === 'lower' && width === 4).map((field) => ({ name: name as SystemRegisterName, ...field })),
  );

  it('never loses a hwcap when a field whose lowest value is safe is raised', () => {
    let gained = 0;
    const raise = fc.record({ field: fc.constantFrom(...raisable), to: fc.integer({ min: 0, max: 7 }) });
    fc.assert(
      fc.property(registerFile(), fc.array(raise, { minLength: 1, maxLength: 12 }), (file, raises) => {
        const raised: Partial<Record<SystemRegisterName, bigint>> = { ...file };
        for (const { field, to } of raises) {
          const before = raised[field.name] ?? 0n;
          const found = BigInt.asIntN(4, before >> BigInt(field.lsb));
          const from = found < 0n && !field.signed ? found + 16n : found;
          if (from < BigInt(to)) raised[field.name] = (before & ~field.mask) | (BigInt(to) << BigInt(field.lsb));
        }
        const names = (registers: RegisterFile): readonly string[] =>
          boot({ cpus: [{ registers }, { registers }] }, { release }).hwcaps.names;
        const [before, after] = [names(file), names(raised)];
        expect(before.filter((name) => !after.includes(name))).toEqual([]);
        if (after.length > before.length) gained++;
      }),
      { numRuns: 40 },
    );
    expect(gained).toBeGreaterThan(0);
  });
});
