import { type ArchFeatureName, evaluateIdentification, findArchFeature, type ReadRegister } from '../../arch/arch-feature.ts';
import { type FieldPath, findField, type RegisterName } from '../../arch/register.ts';
import { readField } from '../../bits/field.ts';
import { fieldPlace } from '../../linux/bring-up/evaluate.ts';
import type { System } from '../../linux/system.ts';
import type { SystemRegisterName } from '../../silicon/machine.ts';
import type { WhySubject } from './why-subject.ts';

/** What EL0 reads of a register: the visible bits of the sanitised value. */
function el0Value({ registers, mrsEmulatedFrom, unknown }: System, name: RegisterName): bigint | undefined {
  if (unknown?.registers?.get(name)?.user) return undefined;
  const tracked = registers.get(name);
  return tracked === undefined || mrsEmulatedFrom === undefined ? undefined : tracked.userValue | (tracked.value & tracked.userMask);
}

function identified(name: string, read: ReadRegister): boolean | undefined {
  const identification = findArchFeature(name)?.identification;
  return identification === undefined ? undefined : evaluateIdentification(identification, read);
}

/** Whether the registers of all CPUs that run show an architecture feature; `undefined`: those that are known do not tell. */
export function isImplemented(name: string, { cpus, online, archFeatures }: System): boolean | undefined {
  const files = new Set(online.map((index) => cpus[index]!.registers));
  const outcomes = [...files].map((registers) => identified(name, (register) => registers[register]));
  if (outcomes.includes(false)) return false;
  return outcomes.includes(undefined) || outcomes.length === 0 ? archFeatures?.get(name as ArchFeatureName) : true;
}

/** Whether a program that reads ID registers finds an architecture feature; `undefined`: what it may read does not tell. */
export function isSeenAtEl0(name: string, system: System): boolean | undefined {
  return identified(name, (register) => el0Value(system, register));
}

/** The system-wide value of a field, with its own sign: zero if the kernel does not keep it. */
export function systemField(path: string, system: System): number {
  const found = findField(path as FieldPath);
  const value = found === undefined ? undefined : system.registers.get(found.register.name)?.value;
  return found === undefined || value === undefined ? 0 : Number(readField(value, found.field, found.field.sign));
}

/** Whether it is not known if what was asked about is there: the machine, or the kernel's history, is known in part. */
export function isOpen(subject: WhySubject, system: System): boolean {
  const { unknown } = system;
  if (system.panic !== null) return false;
  switch (subject.kind) {
    case 'hwcap':
      return unknown?.hwcaps?.includes(subject.name) === true;
    case 'cpucap':
      return unknown?.cpucaps?.includes(subject.name) === true;
    case 'arch-feature':
      return isImplemented(subject.name, system) === undefined;
    case 'field': {
      const { register, shift, mask } = fieldPlace(subject.name);
      const open = unknown?.registers?.get(register as SystemRegisterName)?.value ?? 0n;
      // What is not known reads as zero, so that a field that is enough as it stands may still be more.
      return ((open >> shift) & mask) !== 0n && systemField(subject.name, system) < subject.atLeast;
    }
  }
}

/** Whether what was asked about is there. On a system that stops during boot nothing is. */
export function isPresent(subject: WhySubject, system: System): boolean {
  if (system.panic !== null) return false;
  switch (subject.kind) {
    case 'hwcap':
      return system.hwcaps.names.includes(subject.name);
    case 'cpucap':
      return system.cpucaps.includes(subject.name);
    case 'arch-feature':
      return isImplemented(subject.name, system) === true;
    case 'field':
      return systemField(subject.name, system) >= subject.atLeast;
  }
}
