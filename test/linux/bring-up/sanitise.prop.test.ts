import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../../src/linux/boot.ts';
import { kernelAt, type TrackedField } from '../../../src/linux/release/kernel-at.ts';
import type { System } from '../../../src/linux/system.ts';
import { el0View } from '../../../src/process/mrs.ts';
import type { Cpu, Machine, RegisterFile, SystemRegisterName } from '../../../src/silicon/machine.ts';
import { idWord, kernel, machine, RELEASES, registerFile } from '../../support/arbitraries.ts';

/** Registers that are merged only under conditions of their own. */
const CONDITIONAL: readonly string[] = ['ZCR_EL1', 'SMCR_EL1', 'GMID_EL1', 'MPAMIDR_EL1'];

/** A CLIDR_EL1 by which caches must be cleaned, so that it does not change how CTR_EL0 counts. */
const NEEDS_CLEANING = 0x0a20_0023n;

/** The registers that only CPUs with AArch32 at EL0 are asked for. */
function isAArch32(name: string): boolean {
  return /^(ID_(?!AA64)|MVFR)/.test(name);
}

function values(system: System, keep: (name: string) => boolean): Readonly<Record<string, bigint>> {
  return Object.fromEntries([...system.registers].filter(([name]) => keep(name)).map(([name, { value }]) => [name, value]));
}

function read(value: bigint, { lsb, width, signed }: TrackedField): bigint {
  const field = value >> BigInt(lsb);
  return signed ? BigInt.asIntN(width, field) : BigInt.asUintN(width, field);
}

function allOnline({ online, panic, cpus }: System): boolean {
  return panic === null && online.length === cpus.length;
}

describe.each(RELEASES)('Linux %s', (release) => {
  const { registers } = kernelAt({ release });

  it('sanitises to what it sanitises to again: the safe values, booted as a machine, stay as they are', () => {
    fc.assert(
      fc.property(machine(), (cpus) => {
        const before = boot(cpus, { release });
        const safe = values(before, (name) => !isAArch32(name) && !CONDITIONAL.includes(name));
        const registers: RegisterFile = { MIDR_EL1: 0x611f_0221n, CLIDR_EL1: NEEDS_CLEANING, ...safe };
        const after = boot({ cpus: [{ registers }] }, { release });
        expect(values(after, (name) => name in safe)).toEqual(safe);
      }),
      { numRuns: 30 },
    );
  });

  it('sanitises a CPU that comes twice as if it came once', () => {
    fc.assert(
      fc.property(machine({ maxCpus: 3 }), ({ cpus }) => {
        const once = boot({ cpus }, { release });
        const twice = boot({ cpus: [...cpus, cpus.at(-1)!] }, { release });
        expect(values(twice, () => true)).toEqual(values(once, () => true));
        expect(twice.tainted).toBe(once.tainted);
      }),
      { numRuns: 30 },
    );
  });

  it('never promises more than any CPU has, where the lowest value is safe', () => {
    const lowest = registers
      .filter(({ name }) => !isAArch32(name) && !CONDITIONAL.includes(name) && !['CTR_EL0', 'ID_AA64MMFR4_EL1'].includes(name))
      .flatMap(({ name, fields }) =>
        fields.filter(({ safe }) => safe === 'lower').map((field) => ({ name: name as SystemRegisterName, field })),
      );
    expect(lowest.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(machine(), (cpus) => {
        const system = boot(cpus, { release });
        for (const index of system.online) {
          for (const { name, field } of lowest) {
            const own = read(cpus.cpus[index]!.registers[name] ?? 0n, field);
            const promised = read(system.registers.get(name)!.value, field);
            if (promised > own) expect({ name, lsb: field.lsb, promised }).toEqual({ name, lsb: field.lsb, promised: own });
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not mind in which order secondaries come, if none is refused and all run the same programs', () => {
    let compared = 0;
    const el0Of = ({ registers: { ID_AA64PFR0_EL1: value = 0n } }: Cpu): bigint => value & 0xfn;
    const reordered = machine().chain(({ cpus: [first, ...others] }) =>
      fc.shuffledSubarray(others, { minLength: others.length }).map(
        (shuffled) =>
          [
            [first!, ...others],
            [first!, ...shuffled],
          ] as const,
      ),
    );
    fc.assert(
      fc.property(reordered, ([given, shuffled]) => {
        const [one, other] = [boot({ cpus: given }, { release }), boot({ cpus: shuffled }, { release })];
        if (!allOnline(one) || !allOnline(other) || given.some((cpu) => el0Of(cpu) !== el0Of(given[0]!))) return;
        compared++;
        expect(values(other, (name) => !CONDITIONAL.includes(name))).toEqual(values(one, (name) => !CONDITIONAL.includes(name)));
        expect(other.hwcaps).toEqual(one.hwcaps);
        expect(other.compat).toEqual(one.compat);
        expect(other.tainted).toBe(one.tainted);
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  it('shows EL0 the same of two CPUs that differ only in bits it may not see', () => {
    const hidden = registers
      .filter(({ name }) => /^ID_AA64(?!PFR0)/.test(name))
      .map(({ name, userMask }) => ({ name: name as SystemRegisterName, userMask }));
    fc.assert(
      fc.property(registerFile(), fc.constantFrom(...hidden), idWord(), (file, { name, userMask }, noise) => {
        const changed: RegisterFile = { ...file, [name]: ((file[name] ?? 0n) & userMask) | (noise & ~userMask) };
        const view = (own: RegisterFile): Machine => ({ cpus: [{ registers: own }] });
        expect(el0View(boot(view(changed), { release }))).toEqual(el0View(boot(view(file), { release })));
      }),
      { numRuns: 30 },
    );
  });
});

it('taints only where CPUs differ', () => {
  fc.assert(
    fc.property(registerFile(), kernel(), fc.integer({ min: 1, max: 4 }), (registers, release, count) => {
      const system = boot({ cpus: Array.from({ length: count }, () => ({ registers })) }, release);
      expect(system.tainted).toBe(false);
    }),
    { numRuns: 50 },
  );
});
