import type { ExplainedInstruction } from '../answers/explain-instruction.ts';

/** Writes an instruction as one line: the word, and how a disassembler writes it. */
export function formatInstruction({ word, mnemonic, operands, register }: ExplainedInstruction): string {
  const code = word === undefined ? '' : `0x${word.toString(16).padStart(8, '0')}`;
  const isDecoded = register !== undefined && word !== undefined;
  const text = isDecoded ? `MRS X${word & 31}, ${register}` : [mnemonic, operands].filter(Boolean).join(' ');
  return [code, text].filter((part) => part !== '').join('  ');
}

/** Writes what an instruction needs. */
export function formatNeeds({ name, archFeature, hwcaps, shown, register }: ExplainedInstruction): string {
  if (archFeature === undefined && register === undefined)
    return name === undefined ? 'not one that is known to need more than Armv8.0-A' : `${name}: no CPU has it; the program went astray`;
  const told = hwcaps.length === 0 ? 'no hwcap tells of it' : `hwcap ${hwcaps.join(' or ')} tells of it`;
  const here = shown === undefined ? '' : shown ? ', and the Features line here has it' : ', and the Features line here lacks it';
  if (register === undefined) return `${name}: needs ${archFeature}; ${told}${here}`;
  const whether =
    hwcaps.length === 0 ? '' : `: kernels before 4.11 let no program read ID registers, and later ones emulate some; ${told}${here}`;
  return `it reads a system register${whether} (armlens mrs ${register})`;
}
