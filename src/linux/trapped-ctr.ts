import { maskWord, type PartialWord } from '../bits/partial-word.ts';
import type { BootState } from './bring-up/boot-state.ts';
import type { CpuRegisters } from './bring-up/cpu-registers.ts';
import { mayDifferStrictly, openUserBits, userView } from './bring-up/sanitise.ts';

const LOW_WORD = 0xffff_ffffn;
const CTR_IDC = 28;
const CTR_DIC = 1n << 29n;
const CTR_IMINLINE = 0xfn;

/** Whether an erratum makes every read of CTR_EL0 at EL0 trap. */
function alwaysTraps({ model, capabilities }: BootState): boolean {
  return model.capabilities.some(({ name, trapsCtr: always }) => always === true && capabilities.has(name));
}

/** Whether reads of CTR_EL0 at EL0 trap on a CPU: it differs from the system, or the system promises what the CPU does not show. */
export function trapsCtr(state: BootState, cpu: CpuRegisters): boolean {
  const { model, capabilities } = state;
  if (!model.behaviour['ctr-trapped']) return false;
  if (alwaysTraps(state)) return true;
  if (capabilities.has('HAS_CACHE_IDC') && cpu.field('CTR_EL0', CTR_IDC, 1) === 0) return true;
  const mismatched = capabilities.has('MISMATCHED_CACHE_TYPE') || capabilities.has('MISMATCHED_CACHE_LINE_SIZE');
  if (model.behaviour['ctr-trapped-everywhere'] || !mismatched) return mismatched;
  const system = state.registers.get('CTR_EL0')!;
  const [own, settled] = [cpu.word('CTR_EL0'), system].map((word) => maskWord(word, LOW_WORD)) as [PartialWord, PartialWord];
  return state.reader.decide(mayDifferStrictly(system, settled, own));
}

/** What a trapped read of CTR_EL0 gives, as far as it is known. */
export function trappedCtr(state: BootState): PartialWord {
  const { registers, model } = state;
  const register = registers.get('CTR_EL0')!;
  // Before 4.11 no field is hidden: a trapped read gives all of the sanitised value.
  const isWhole = model.behaviour['mrs-emulation-from-crm'] === undefined;
  const value = isWhole ? register.value : userView(register);
  const open = isWhole ? register.open : openUserBits(register);
  const always = state.ask(() => alwaysTraps(state));
  if (always === false) return { value, open };
  const touched = CTR_DIC | CTR_IMINLINE;
  if (always === undefined) return { value: value & ~touched, open: open | touched };
  const pageShift = model.option('CONFIG_ARM64_64K_PAGES') === 'y' ? 16n : model.option('CONFIG_ARM64_16K_PAGES') === 'y' ? 14n : 12n;
  return { value: (value & ~touched) | ((pageShift - 2n) & CTR_IMINLINE), open: open & ~touched };
}
