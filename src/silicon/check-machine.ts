import { ENCODINGS } from '../arch/generated/fields.ts';
import { ArmlensError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { EXTRA_REGISTERS, type Machine, type RegisterFile } from './machine.ts';

const NAMES: ReadonlySet<string> = new Set([...Object.keys(ENCODINGS), ...EXTRA_REGISTERS]);
const MAX_WORD = (1n << 64n) - 1n;

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value).slice(0, 40);
}

function checkRegisters(registers: RegisterFile, where: string): void {
  if (typeof registers !== 'object' || registers === null)
    throw new ArmlensError('bad-machine', `${where}: an object of register values by name is expected, not ${shown(registers)}`);
  for (const name of Object.keys(registers)) {
    const value: unknown = registers[name as keyof RegisterFile];
    if (!NAMES.has(name)) throw new ArmlensError('unknown-register', `${where}: no register ${shown(name)}${didYouMean(name, [...NAMES])}`);
    if (value === undefined) continue;
    if (typeof value !== 'bigint')
      throw new ArmlensError(
        'bad-machine',
        `${where}.${name}: a bigint such as 0x410fd0c0n is expected, not the ${typeof value} ${shown(value)}`,
      );
    if (value < 0n || value > MAX_WORD)
      throw new ArmlensError('bad-machine', `${where}.${name}: 0 to 2^64 - 1 is expected, not ${shown(value)}`);
  }
}

/**
 * Makes sure that a machine is one: what the types say, for callers in JavaScript.
 *
 * @throws {ArmlensError} `bad-machine` if there is no CPU, or a value is not a bigint of 64 bits; `unknown-register` if a register file
 * has a name that no register has.
 */
export function checkMachine(machine: Machine): void {
  const cpus: unknown = machine?.cpus;
  if (!Array.isArray(cpus) || cpus.length === 0) throw new ArmlensError('bad-machine', 'a machine needs at least one CPU');
  // CPUs of a run share their file.
  let last: unknown;
  for (const [i, cpu] of cpus.entries()) {
    const registers = (cpu as Machine['cpus'][number] | null)?.registers;
    if (registers !== undefined && registers === last) continue;
    checkRegisters(registers as RegisterFile, `cpus[${i}].registers`);
    last = registers;
  }
}
