import { registerOf } from './registers.ts';
import { member, membersOf, string, type Tree } from './tree.ts';

const SYS_REGS = 'arch/arm64/kvm/sys_regs.c';

/** What user space may write of a register. */
export interface WritableMask {
  readonly mask: bigint;
  readonly where: string;
}

/** The masks of KVM's table of registers; `undefined` before it had masks. What is no constant is noted and left out. */
export function readKvmWritable(tree: Tree): ReadonlyMap<string, WritableMask> | undefined {
  tree.include('arch/arm64/kvm/sys_regs.h');
  const file = tree.file(SYS_REGS);
  const table = file?.declared.get('sys_reg_descs');
  if (!file || !table || !file.tokens.some(({ text }) => text === 'set_id_reg')) return undefined;
  const masks = new Map<string, WritableMask>();
  for (const entry of table.entries) {
    const members = membersOf(entry);
    const name = string(members, 'name');
    const value = member(members, 'val');
    if (name === undefined || !/^SYS_(ID_|MVFR|CTR_|CLIDR_|MIDR_|REVIDR_|AIDR_)/.test(name)) continue;
    const where = `${SYS_REGS}:${entry.line}`;
    const mask = value === undefined ? 0n : tree.constantOrNot(value.value.tokens);
    if (mask === undefined) tree.miss('KVM', where, 'its mask of what may be written', registerOf(name));
    else masks.set(registerOf(name), { mask: BigInt.asUintN(64, mask), where });
  }
  return masks.size > 0 ? masks : undefined;
}
