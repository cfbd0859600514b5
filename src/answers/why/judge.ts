import { fieldBits } from '../../arch/field-bits.ts';
import type { FieldPath } from '../../arch/register.ts';
import { knownWord } from '../../bits/partial-word.ts';
import type { System } from '../../linux/system.ts';
import type { Truth } from '../../logic/truth.ts';
import { runsAArch32Programs } from '../../process/aarch32-programs.ts';
import { compareWord, keptWord } from '../machine-word.ts';
import type { Asked } from './asked.ts';
import type { WhySubject } from './why-subject.ts';

/** Whether the system-wide value of a field is high enough; a register that the kernel does not keep counts as zero. */
function isEnough({ name, atLeast }: { readonly name: string; readonly atLeast: number }, system: System): Truth {
  const field = name as FieldPath;
  return compareWord({ field, atLeast }, keptWord(system, fieldBits(field).register) ?? knownWord(0n));
}

/** Whether it is not known if what was asked about is there: the machine, or the kernel's history, is known in part. */
export function isOpen(subject: WhySubject, system: System, asked: Asked | undefined): boolean {
  const { unknown } = system;
  if (system.panic !== null) return false;
  switch (subject.kind) {
    case 'hwcap':
      return unknown?.hwcaps?.includes(subject.name) === true;
    case 'compat':
      return unknown?.compat?.includes(subject.name) === true || runsAArch32Programs(system) === undefined;
    case 'cpucap':
      return unknown?.cpucaps?.includes(subject.name) === true;
    case 'arch-feature':
      return asked?.isImplemented(system) === undefined;
    case 'field':
      return isEnough(subject, system) === undefined;
  }
}

/** Whether what was asked about is there. On a system that stops during boot nothing is. */
export function isPresent(subject: WhySubject, system: System, asked: Asked | undefined): boolean {
  if (system.panic !== null) return false;
  switch (subject.kind) {
    case 'hwcap':
      return system.hwcaps.names.includes(subject.name);
    case 'compat':
      return system.compat.names.includes(subject.name) && runsAArch32Programs(system) === true;
    case 'cpucap':
      return system.cpucaps.includes(subject.name);
    case 'arch-feature':
      return asked?.isImplemented(system) === true;
    case 'field':
      return isEnough(subject, system) === true;
  }
}
