import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boot } from '../../src/linux/boot.ts';
import type { LogEvent, LogPhase } from '../../src/linux/log/log-event.ts';
import type { System } from '../../src/linux/system.ts';
import type { Cpu, Machine } from '../../src/silicon/machine.ts';
import { kernel, machine, registerFile } from '../support/arbitraries.ts';

const PHASES: readonly LogPhase[] = ['boot-cpu', 'secondary', 'system', 'after', 'late'];
const runs = { numRuns: 150 };

/** Machines of which CPUs are often refused, and now and then stop the system. */
function difficult(): fc.Arbitrary<Machine> {
  const narrow = fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0);
  return fc.tuple(machine({ late: true, refusable: true }), narrow).map(([{ cpus }, narrowAsids]) => {
    if (!narrowAsids || cpus.length === 1) return { cpus };
    const last = cpus.at(-1)!;
    return { cpus: [...cpus.slice(0, -1), { ...last, registers: { ...last.registers, ID_AA64MMFR0_EL1: 0n } }] };
  });
}

/** The lines about one CPU. */
function linesOf({ log }: System, cpu: number): readonly LogEvent[] {
  return log.filter((event) => event.cpu === cpu);
}

/** A CPU of the same registers that runs AArch32 programs, or does not. */
function withEl0({ registers, ...rest }: Cpu, el0: bigint): Cpu {
  return { ...rest, registers: { ...registers, ID_AA64PFR0_EL1: ((registers.ID_AA64PFR0_EL1 ?? 0n) & ~0xfn) | el0 } };
}

const runs32 = ({ cpucaps }: System): boolean => cpucaps.some((name) => name.startsWith('HAS_32BIT_EL0'));

describe('the log', () => {
  it('has its phases in order, and in each the CPUs in bring-up order', () => {
    fc.assert(
      fc.property(difficult(), kernel(), (cpus, release) => {
        const { log } = boot(cpus, release, { timerHz: 24_000_000 });
        const places = log.map(({ phase }) => PHASES.indexOf(phase));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        for (const phase of ['boot-cpu', 'secondary', 'late'] as const) {
          const order = log.flatMap((event) => (event.phase === phase && event.cpu !== undefined ? [event.cpu] : []));
          expect(order).toEqual([...order].sort((a, b) => a - b));
          expect(order.every((cpu) => (cpu === 0) === (phase === 'boot-cpu'))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('tells the instruction cache of each CPU that is online once, and of no other', () => {
    fc.assert(
      fc.property(difficult(), kernel(), (cpus, release) => {
        const { log, online } = boot(cpus, release);
        const told = log.flatMap(({ code, cpu }) => (code === 'icache-policy' ? [cpu!] : []));
        expect(told.sort((a, b) => a - b)).toEqual([...online].sort((a, b) => a - b));
      }),
      runs,
    );
  });

  it('says of each refused CPU, as the last word on it, that it will not boot', () => {
    let refused = 0;
    fc.assert(
      fc.property(difficult(), kernel(), (cpus, release) => {
        const system = boot(cpus, release);
        for (const { index, refused: reason } of system.cpus) {
          const said = linesOf(system, index).filter(({ code }) => code === 'will-not-boot');
          if (reason === undefined || system.panic?.cpu === index) expect(said).toEqual([]);
          else {
            refused++;
            expect(said).toHaveLength(1);
            expect(linesOf(system, index).at(-1)).toBe(said[0]);
          }
        }
      }),
      runs,
    );
    expect(refused).toBeGreaterThan(10);
  });

  it('is, but for the lines about it, the same without a refused CPU', () => {
    let compared = 0;
    fc.assert(
      fc.property(machine({ late: true, refusable: true }), kernel(), ({ cpus }, release) => {
        const system = boot({ cpus }, release);
        const last = cpus.length - 1;
        if (system.panic !== null || system.cpus[last]!.refused === undefined) return;
        compared++;
        const { log } = boot({ cpus: cpus.slice(0, -1) }, release);
        expect(system.log.filter(({ cpu }) => cpu !== last)).toEqual(log);
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(5);
  });
});

it('a system that panics names the CPU and the reason, and says nothing after that CPU’s lines', () => {
  let panics = 0;
  fc.assert(
    fc.property(difficult(), kernel(), (cpus, release) => {
      const { panic, log, online, cpus: booted } = boot(cpus, release);
      if (panic === null) return;
      panics++;
      expect(panic.reason).not.toBe('');
      expect(booted[panic.cpu]).toMatchObject({ online: false, refused: panic.reason });
      expect(online).not.toContain(panic.cpu);
      expect(log.at(-1)?.cpu).toBe(panic.cpu);
    }),
    { numRuns: 400 },
  );
  expect(panics).toBeGreaterThan(5);
});

it('the kernel is tainted exactly if a SANITY CHECK line was printed, and says so once', () => {
  let tainted = 0;
  fc.assert(
    fc.property(difficult(), kernel(), (cpus, release) => {
      const system = boot(cpus, release);
      const checks = system.log.filter(({ code }) => code === 'sanity-check');
      const variations = system.log.filter(({ code }) => code === 'unsupported-variation');
      expect(system.tainted).toBe(checks.length > 0);
      expect(variations).toHaveLength(checks.length > 0 ? 1 : 0);
      for (const check of checks) if (check.code === 'sanity-check') expect(check.own).not.toBe(check.boot);
      if (checks.length > 0) tainted++;
    }),
    runs,
  );
  expect(tainted).toBeGreaterThan(10);
});

it('a CPU with the boot CPU’s vector lengths is never refused, and one that lacks a common length is, if it comes late', () => {
  const lengths = fc.subarray([32, 48, 64, 128, 256]).map((more) => [16, ...more]);
  fc.assert(
    fc.property(
      registerFile(),
      lengths,
      lengths,
      fc.constantFrom('4.19.304', '5.10.223', '6.1.192', '6.12.117', '7.2.13'),
      (file, own, other, release) => {
        const registers = { ...file, ID_AA64PFR0_EL1: (file.ID_AA64PFR0_EL1! & ~(0xfn << 32n)) | (1n << 32n) };
        const same = boot(
          {
            cpus: [
              { registers, sveVl: own },
              { registers, sveVl: own, late: true },
            ],
          },
          { release },
        );
        expect(same.online).toEqual([0, 1]);
        const different = boot(
          {
            cpus: [
              { registers, sveVl: own },
              { registers, sveVl: other, late: true },
            ],
          },
          { release },
        );
        expect(different.online.includes(1)).toBe(own.every((length) => other.includes(length)));
      },
    ),
    runs,
  );
});

describe('allow_mismatched_32bit_el0', () => {
  const releases = ['5.14', '5.15.167', '6.1.192', '6.12.117', '7.2.13'] as const;
  const cmdline = 'allow_mismatched_32bit_el0';
  const abilities = fc.array(fc.record({ el0: fc.constantFrom(1n, 2n), late: fc.boolean() }), { minLength: 1, maxLength: 3 });

  it('refuses no CPU for lacking AArch32 alone, early or late, and always keeps the capability', () => {
    fc.assert(
      fc.property(registerFile(), abilities, fc.constantFrom(...releases), (registers, others, release) => {
        const cpus = [{ registers }, ...others.map(({ el0, late }) => ({ ...withEl0({ registers }, el0), late }))];
        const system = boot({ cpus }, { release, cmdline });
        expect(system.panic).toBeNull();
        expect(system.online).toHaveLength(cpus.length);
        expect(runs32(system)).toBe(true);
      }),
      runs,
    );
  });

  it('is told of by one line exactly if the CPUs that boot differ in it', () => {
    fc.assert(
      fc.property(registerFile(), abilities, fc.constantFrom(...releases), (registers, others, release) => {
        const cpus = [{ registers }, ...others.map(({ el0 }) => withEl0({ registers }, el0))];
        const { log } = boot({ cpus }, { release, cmdline }, { timerHz: 1 });
        const differ = new Set(cpus.map((cpu) => cpu.registers.ID_AA64PFR0_EL1! & 0xfn)).size > 1;
        expect(log.filter(({ code }) => code === 'asymmetric-32bit-el0')).toHaveLength(differ ? 1 : 0);
      }),
      runs,
    );
  });

  it('is needed: without it AArch32 programs run only if they do on each early CPU, and a late one without it is refused', () => {
    fc.assert(
      fc.property(registerFile(), abilities, fc.constantFrom(...releases), (registers, others, release) => {
        const early = [{ registers }, ...others.map(({ el0 }) => withEl0({ registers }, el0))];
        const all = early.every((cpu) => (cpu.registers.ID_AA64PFR0_EL1! & 0xfn) === 2n);
        const system = boot({ cpus: [...early, { ...withEl0({ registers }, 1n), late: true }] }, { release });
        expect(runs32(system)).toBe(all);
        expect(system.online.includes(early.length)).toBe(!all);
      }),
      runs,
    );
  });
});
