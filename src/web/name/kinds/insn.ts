import { allInstructions, findInstruction, hwcapsOfInstruction } from '../../../arch/mnemonic.ts';
import type { NameKind } from '../name-kind.ts';

function instructionSentence(name: string): string {
  const own = findInstruction(name);
  if (own === undefined) return '';
  const features = own.archFeatures.map((one) => one.name).join(' or ');
  const hwcaps = hwcapsOfInstruction(own);
  const test = hwcaps.length === 0 ? 'Linux has no hwcap for it.' : `A program tests the hwcap ${hwcaps.join(' or ')} before it uses it.`;
  return `${own.name} is ${own.isRegister ? 'a register' : 'an instruction'} of ${features}. ${test}`;
}

/** Instructions. */
export const INSN_KIND: NameKind = {
  word: 'instruction',
  plural: 'Instructions',
  about: 'Which architecture feature brings an instruction, and so which hwcap a program tests before it uses it.',
  all: () => allInstructions().map(({ name }) => name),
  find: (text) => findInstruction(text)?.name,
  sentence: instructionSentence,
};
