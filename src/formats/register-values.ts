import type { Diagnostic } from '../diagnostic.ts';
import { given } from '../given.ts';
import type { Cpu, Machine, RegisterFile, SystemRegisterName } from '../silicon/machine.ts';
import { type JsonObject, type JsonReader, joinPath, showJson } from './json-reader.ts';
import { resolveRegisterName } from './register-name.ts';

/** The most CPUs that a machine may have, as in the kernel's largest configurations. */
export const MAX_CPUS = 4096;

/** The longest SVE vector, in bytes. */
const MAX_VL = 256;

/** A finding about a register that cannot be kept. */
export function foreignRegister(where: string, name: string, nearest: string | undefined): Diagnostic {
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return {
    code: 'unknown-register',
    // A name close to a known one may be misspelt.
    severity: nearest === undefined ? 'note' : 'warning',
    where,
    message: `${name} is no ID register that a kernel derives from; left out${hint}`,
  };
}

/** A finding about a key that nothing reads. */
export function unknownKeys(path: string, value: JsonObject, known: readonly string[]): Diagnostic[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .slice(0, 8)
    .map((key) => ({
      code: 'unknown-key',
      severity: 'warning',
      where: joinPath(path, key),
      message: `${showJson(key)} is not read here; known are ${known.join(', ')}`,
    }));
}

function readRegisters(reader: JsonReader, path: string, value: unknown, found: Diagnostic[]): RegisterFile {
  const registers: { -readonly [name in SystemRegisterName]?: bigint } = {};
  for (const [key, text] of Object.entries(reader.object(path, value) ?? {})) {
    const where = joinPath(path, key);
    const resolved = resolveRegisterName(key);
    if (resolved.kind === 'malformed') {
      const hint = resolved.nearest === undefined ? '' : ` (did you mean ${resolved.nearest}?)`;
      reader.fail(where, `a register name such as ID_AA64PFR0_EL1 or S3_0_C0_C4_0${hint}`, key);
      continue;
    }
    const word = reader.word(where, text);
    if (word === undefined) continue;
    if (resolved.kind === 'foreign') found.push(foreignRegister(where, key, resolved.nearest));
    else if (registers[resolved.name] !== undefined && registers[resolved.name] !== word) {
      reader.fail(where, `the value that ${resolved.name} already has`, text);
    } else registers[resolved.name] = word;
  }
  return registers;
}

function readVectorLengths(reader: JsonReader, path: string, value: unknown): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return reader.fail(path, 'an array of vector lengths in bytes', value);
  for (const [i, length] of value.entries()) {
    if (!Number.isInteger(length) || length < 16 || length > MAX_VL || length % 16 !== 0) {
      return reader.fail(joinPath(path, i), `a vector length in bytes, a multiple of 16 up to ${MAX_VL}`, length);
    }
  }
  return value as number[];
}

function readCpu(reader: JsonReader, path: string, value: unknown, found: Diagnostic[]): Cpu {
  const cpu = reader.object(path, value);
  if (cpu === undefined) return { registers: {} };
  const sveVl = readVectorLengths(reader, `${path}.sveVl`, cpu.sveVl);
  const smeVl = readVectorLengths(reader, `${path}.smeVl`, cpu.smeVl);
  const late = reader.flag(`${path}.late`, cpu.late);
  return {
    registers: readRegisters(reader, `${path}.registers`, cpu.registers, found),
    ...given({ sveVl, smeVl, late }),
  };
}

/** Reads the CPUs of a machine from JSON. A CPU may stand for a run of equal ones with `count`. */
export function readCpus(reader: JsonReader, value: unknown, found: Diagnostic[]): Machine {
  if (!Array.isArray(value) || value.length === 0) {
    reader.fail('cpus', 'an array of at least one CPU', value);
    return { cpus: [] };
  }
  const cpus: Cpu[] = [];
  for (const [i, entry] of value.entries()) {
    const path = joinPath('cpus', i);
    const count = reader.integer(`${path}.count`, (entry as { count?: unknown } | null)?.count, 1, MAX_CPUS) ?? 1;
    if (cpus.length + count > MAX_CPUS) {
      reader.fail('cpus', `at most ${MAX_CPUS} CPUs`, cpus.length + count);
      break;
    }
    const cpu = readCpu(reader, path, entry, found);
    for (let n = 0; n < count; n++) cpus.push(cpu);
    if (reader.problems.length > 100) break;
  }
  return { cpus };
}
