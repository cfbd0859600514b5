import { formatHex, parseWord } from '../bits/hex.ts';
import { given } from '../given.ts';
import { registerOfGeneric } from '../silicon/register-at.ts';
import type { BootRecording, HexWords } from './recording.ts';

/** What the image of registers.c prints: the registers of the boot CPU as a kernel reads them, and what else it meets there. */
export interface MetHardware {
  readonly bootEl: 1 | 2;
  /** Those that are not zero, by name. */
  readonly registers: HexWords;
  readonly sveVl?: readonly number[];
  readonly smeVl?: readonly number[];
  readonly smccc?: NonNullable<BootRecording['environment']['smccc']>;
}

/** What a program sees of another cache each time, and which CPU it is: no kernel derives anything from these. */
const LEFT_OUT: ReadonlySet<string> = new Set(['MPIDR_EL1', 'CCSIDR_EL1', 'CCSIDR2_EL1']);

function nameAt(generic: string): string | undefined {
  const name = registerOfGeneric(generic);
  return name === undefined || LEFT_OUT.has(name) ? undefined : name;
}

function lengthsOf(value: string | undefined): readonly number[] | undefined {
  const lengths = (value ?? '').trim().split(' ').filter(Boolean).map(Number);
  return lengths.length === 0 ? undefined : lengths;
}

function smcccOf(lines: ReadonlyMap<string, string>): MetHardware['smccc'] {
  const version = lines.get('smccc-version');
  if (version === undefined) return undefined;
  // A call that is not supported gives -1, in 32 or 64 bits.
  const answer = (n: number): HexWords => {
    const value = parseWord(lines.get(`smccc-workaround-${n}`) ?? '');
    const isThere = value !== undefined && ((value >> 31n) & 1n) === 0n;
    return isThere ? { [`workaround${n}`]: formatHex(value) } : {};
  };
  return { version, ...answer(1), ...answer(2), ...answer(3) };
}

/** Reads what the image printed; registers that trapped are not there. */
export function parseRegistersText(text: string): MetHardware {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf(' ');
    if (at > 0) lines.set(line.slice(0, at), line.slice(at + 1).trim());
  }
  const registers: Record<string, string> = {};
  for (const [generic, value] of lines) {
    const name = nameAt(generic);
    const word = parseWord(value);
    if (name !== undefined && word !== undefined && word !== 0n) registers[name] = formatHex(word);
  }
  const [sveVl, smeVl, smccc] = [lengthsOf(lines.get('sve')), lengthsOf(lines.get('sme')), smcccOf(lines)];
  return {
    bootEl: parseWord(lines.get('el') ?? '') === 2n ? 2 : 1,
    registers,
    ...given({ sveVl, smeVl, smccc }),
  };
}
