import fc from 'fast-check';
import { ALL_BITS } from '../../src/bits/field.ts';
import type { PartialWord } from '../../src/bits/partial-word.ts';
import { SANITISED_ROWS } from '../../src/linux/release/sanitised-rows.ts';
import type { Cpu, Machine, SystemRegisterName } from '../../src/silicon/machine.ts';

/** What is left of the knowledge of a register. */
type Left = 'all' | 'none' | bigint;

/** How knowledge is taken away: by the number of the CPU and the register. */
type Hiding = (cpu: number, name: string) => Left;

function hidden(cpu: Cpu, index: number, hiding: Hiding): Cpu {
  const registers: Partial<Record<SystemRegisterName, bigint>> = {};
  const partly: Partial<Record<SystemRegisterName, PartialWord>> = {};
  for (const [key, value] of Object.entries(cpu.registers)) {
    const name = key as SystemRegisterName;
    const left = hiding(index, name);
    if (left === 'all') registers[name] = value;
    else if (left !== 'none') partly[name] = { value: value & ~left, open: left };
  }
  return { ...cpu, registers, ...(Object.keys(partly).length === 0 ? {} : { partly }) };
}

/** A machine of which somebody knows less. Registers that it does not list are zero. */
export function knownInPart({ cpus }: Machine, hiding: Hiding): Machine {
  return { cpus: cpus.map((cpu, i) => hidden(filled(cpu), i, hiding)), unlisted: 'unknown' };
}

/** Every register that some release tracks or asks for; a machine that leaves one out has zero there. */
const ASKED = ['REVIDR_EL1', 'MPIDR_EL1', 'CLIDR_EL1', 'ICH_VTR_EL2', 'MPAMIDR_EL1', 'GMID_EL1'] as const;

function filled({ registers, partly: _, ...cpu }: Cpu): Cpu {
  const zeros = Object.fromEntries([...TRACKED, ...ASKED].map((name) => [name, 0n]));
  return { ...cpu, sveVl: cpu.sveVl ?? [], smeVl: cpu.smeVl ?? [], registers: { ...zeros, ...registers } };
}

const TRACKED = SANITISED_ROWS.map(({ name }) => name).filter((name) => !/^(ZCR|SMCR|CNTFRQ)/.test(name));

/** The same machine, with all that was left out in {@link knownInPart} as it is. */
export function knownWhole({ cpus }: Machine): Machine {
  return { cpus: cpus.map(filled) };
}

/** Hides registers here and there: whole ones, and bits of others; on every CPU alike, or not. MIDR_EL1 is left more often than not. */
export function hiding(): fc.Arbitrary<Hiding> {
  const kind = fc.constantFrom<'few' | 'many' | 'secondaries'>('few', 'many', 'secondaries');
  return fc.record({ kind, alike: fc.boolean(), seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }) }).map(({ kind: how, alike, seed }) => {
    const share = how === 'few' ? 0.1 : 0.5;
    return (cpu, name) => {
      if (how === 'secondaries') return cpu === 0 || name === 'MIDR_EL1' ? 'all' : 'none';
      const dice = diceOf(`${alike ? '' : cpu}${name}`, seed);
      if (dice() >= (name === 'MIDR_EL1' ? share / 4 : share)) return 'all';
      if (dice() < 0.5) return 'none';
      return bits(dice) & bits(dice) & ALL_BITS;
    };
  });
}

/** Of two ways of hiding, what both hide. */
export function lessHidden(a: Hiding, b: Hiding): Hiding {
  const open = (left: Left): bigint => (left === 'all' ? 0n : left === 'none' ? ALL_BITS : left);
  return (cpu, name) => {
    const both = open(a(cpu, name)) & open(b(cpu, name));
    return both === 0n ? 'all' : both === ALL_BITS ? 'none' : both;
  };
}

function diceOf(text: string, seed: number): () => number {
  let state = seed;
  for (const char of text) state = (Math.imul(state, 31) + char.charCodeAt(0)) | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function bits(dice: () => number): bigint {
  return (BigInt(Math.floor(dice() * 2 ** 32)) << 32n) | BigInt(Math.floor(dice() * 2 ** 32));
}
