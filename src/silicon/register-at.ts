import { formatEncoding, parseEncoding, registerAt, type SystemRegisterEncoding } from '../arch/encoding.ts';
import { EXTRA_NAMES, type SystemRegisterName } from './machine.ts';

/** The register at an encoding, if a register file has room for it. */
export function registerOfEncoding(encoding: SystemRegisterEncoding): SystemRegisterName | undefined {
  return registerAt(encoding) ?? EXTRA_NAMES.get(formatEncoding(encoding));
}

/** Arm's name of a register by its generic one, such as `S3_0_C0_C4_0`; `undefined` if a register file has no room for it. */
export function registerOfGeneric(generic: string): SystemRegisterName | undefined {
  const encoding = parseEncoding(generic);
  return encoding && registerOfEncoding(encoding);
}
