import { encodingOf } from '../../src/arch/encoding.ts';
import { ALL_REGISTERS } from '../../src/arch/register.ts';
import type { Release } from '../../src/linux/release/release.ts';
import type { Timed } from '../../src/linux/release/rows.ts';
import { stateAt } from '../../src/linux/release/timeline.ts';
import { RULES } from '../../src/linux/rules/judge-rule.ts';
import type { SpecReader } from '../build/linux.ts';
import type { FlatRow } from './flat.ts';
import { readKvmWritable } from './read/kvm.ts';
import { encodingNumber } from './read/sysregs.ts';
import type { Tree } from './read/tree.ts';

/** Something of the tree that stands in no table of one release: spec-data has it for all releases together, or code has it. */
export interface Aside {
  readonly about: 'rules' | 'registers' | 'KVM';
  readonly key: string;
  readonly what: string;
  readonly where: string;
}

/** Functions that match capabilities and that src/linux/rules/ does not have. */
function* rules(rows: readonly FlatRow[]): Iterable<Aside> {
  for (const { key, state, where = '' } of rows) {
    for (const [, name] of JSON.stringify(state ?? {}).matchAll(/"rule":"(\w+)"/g)) {
      if (RULES[name!] === undefined && RULES[`${name}_of_lines`] === undefined) {
        yield { about: 'rules', key, what: `its function ${name} is not known: read it, and write the rule in src/linux/rules/`, where };
      }
    }
  }
}

/** Registers whose encoding differs, and fields that spec-data/arch/registers/ does not have. */
function* registers(tree: Tree): Iterable<Aside> {
  const where = 'arch/arm64/tools/sysreg';
  for (const { name, fields } of ALL_REGISTERS) {
    const inTree = tree.sysregs.get(`SYS_${name}`);
    if (inTree === undefined) continue;
    const { op0, op1, crn, crm, op2 } = encodingOf(name);
    if (inTree !== encodingNumber([op0, op1, crn, crm, op2])) yield { about: 'registers', key: name, what: 'its encoding differs', where };
    for (const [constant, shift] of tree.sysregs) {
      const field =
        constant.startsWith(`${name}_`) && constant.endsWith('_SHIFT') ? constant.slice(name.length + 1, -'_SHIFT'.length) : undefined;
      const width = field === undefined ? undefined : tree.sysregs.get(`${name}_${field}_WIDTH`);
      if (width === undefined || field === 'Ttypen') continue;
      const [msb, lsb] = [Number(shift + width) - 1, Number(shift)];
      if (!fields.some((own) => own.lsb <= lsb && own.msb >= msb)) {
        yield {
          about: 'registers',
          key: `${name}.${field}`,
          what: `bits ${msb}:${lsb} are no field in spec-data/arch/registers/${name}.json`,
          where,
        };
      }
    }
  }
}

type Writable = Timed<{ readonly mask: string }> & { readonly register: string };

/** What user space may write of a guest's ID registers, as far as KVM's table says it by a mask; with what to write down. */
function* kvm(tree: Tree, docs: SpecReader, release: Release): Iterable<Aside> {
  const inTree = readKvmWritable(tree);
  if (inTree === undefined) return;
  const file = 'linux/kvm/writable.json';
  const { rows } = docs.read(file) as { readonly rows: readonly Writable[] };
  for (const [register, read] of inTree) {
    const row = rows.find((each) => each.register === register);
    const mask = row && stateAt<{ readonly mask: string }>(row, release)?.mask;
    const ours = mask === undefined ? 0n : BigInt(mask);
    if (read.mask === ours) continue;
    const now = { since: release.series, mask: `0x${read.mask.toString(16)}` };
    const edit = row === undefined ? `rows + ${JSON.stringify({ register, ...now })}` : `changes + ${JSON.stringify(now)}`;
    yield {
      about: 'KVM',
      key: register,
      what: `writable are ${now.mask}, spec-data/${file} has 0x${ours.toString(16)}: ${edit}`,
      where: read.where,
    };
  }
}

/** Everything of a tree that no table of one release has. */
export function asides(tree: Tree, docs: SpecReader, release: Release, capabilities: readonly FlatRow[]): readonly Aside[] {
  return [...rules(capabilities), ...registers(tree), ...kvm(tree, docs, release)];
}
