import type { CapabilityType, Gate } from '../../../src/linux/release/rows.ts';
import { allOf } from '../c/gates.ts';
import { type Macros, preprocess } from '../c/preprocess.ts';
import type { Terms } from '../condition-text.ts';
import type { FlatRow } from '../flat.ts';
import { capabilityLine, type FlatCapability } from '../lines.ts';
import { type Asked, ConditionReader } from './conditions.ts';
import { type Members, member, membersOf, string, type Tree, word } from './tree.ts';

const TYPES: Readonly<Record<string, CapabilityType>> = {
  ARM64_CPUCAP_SYSTEM_FEATURE: 'system-feature',
  ARM64_CPUCAP_LOCAL_CPU_ERRATUM: 'local-cpu-erratum',
  ARM64_CPUCAP_WEAK_LOCAL_CPU_FEATURE: 'weak-local-cpu-feature',
  ARM64_CPUCAP_BOOT_RESTRICTED_CPU_LOCAL_FEATURE: 'boot-restricted-cpu-local-feature',
  ARM64_CPUCAP_BOOT_CPU_FEATURE: 'boot-cpu-feature',
  ARM64_CPUCAP_STRICT_BOOT_CPU_FEATURE: 'strict-boot-cpu-feature',
  ARM64_CPUCAP_EARLY_LOCAL_CPU_FEATURE: 'early-local-cpu-feature',
  SCOPE_SYSTEM: 'scope-system',
  SCOPE_LOCAL_CPU: 'scope-local-cpu',
};

/** Where each table stands. */
export const CAPABILITY_TABLES = {
  cpucaps: { path: 'arch/arm64/kernel/cpufeature.c', table: 'arm64_features' },
  errata: { path: 'arch/arm64/kernel/cpu_errata.c', table: 'arm64_errata' },
} as const;

/** Capabilities that ask for a number of the build rather than a name. */
export function capabilityName(symbol: string): string {
  return symbol.replace(/^ARM64_/, '');
}

function typeOf(members: Members): CapabilityType | undefined {
  const symbol = word(members, 'type') ?? word(members, 'def_scope');
  return symbol === undefined ? 'unscoped' : TYPES[symbol];
}

/** A state from what an entry asks; CPUs under a function of their own stay beside it. */
function stateOf(
  { when, cpus }: Asked,
  more: { description: string | undefined; type: CapabilityType; perCpu: boolean; config: Gate | undefined },
): FlatCapability {
  const fixed = cpus?.fixed ?? [];
  return {
    ...(more.description === undefined ? {} : { description: more.description }),
    type: more.type,
    ...(more.config ? { config: more.config } : {}),
    ...(when ? { when } : {}),
    ...(fixed.length > 0 ? { fixed } : {}),
    ...(more.perCpu ? { perCpu: true } : {}),
    ...(cpus && cpus.cpus.length > 0 ? { affected: cpus.cpus } : {}),
  };
}

/** The kernel's cpucaps, or its errata. */
export function readCapabilities(tree: Tree, label: 'cpucaps' | 'errata', terms: Terms, panics: boolean): readonly FlatRow[] {
  const { path, table } = CAPABILITY_TABLES[label];
  const file = tree.file(path);
  const declared = file?.declared.get(table);
  if (!file || !declared) {
    tree.miss(label, path, `no table ${table}`);
    return [];
  }
  const reader = new ConditionReader(tree, file, label);
  return declared.entries.flatMap((entry): FlatRow[] => {
    const members = membersOf(entry);
    const symbol = word(members, 'capability');
    const where = `${path}:${entry.line}`;
    if (symbol === undefined) {
      if (members.of.size > 0) tree.miss(label, where, 'an entry without a capability');
      return [];
    }
    const name = capabilityName(symbol);
    const type = typeOf(members);
    if (type === undefined) {
      tree.miss(label, where, `its type ${word(members, 'type')}`, name);
      return [];
    }
    if ((members.of.get('type')?.length ?? 0) > 1 && members.of.get('type')!.some(({ gates }) => gates.length > 0)) {
      const options = members.of.get('type')!.flatMap(({ gates }) => JSON.stringify(gates).match(/CONFIG_\w+/g) ?? []);
      tree.miss(label, where, `its type hangs on ${[...new Set(options)].join(', ')}; taken as with them off`, name);
    }
    const state = stateOf(reader.asked(members, name), {
      description: string(members, 'desc'),
      type,
      perCpu: member(members, 'cpus') !== undefined,
      config: allOf(entry.gates),
    });
    return [{ key: name, line: capabilityLine(name, state, terms, panics), state, where }];
  });
}

/** The capabilities by number. */
export function readOrder(tree: Tree): readonly FlatRow[] {
  const list = tree.text('arch/arm64/tools/cpucaps');
  if (list !== undefined) {
    return list.split('\n').flatMap((line, index) => {
      const name = line.replace(/#.*/, '').trim();
      return name === '' ? [] : [{ key: name, line: name, where: `arch/arm64/tools/cpucaps:${index + 1}` }];
    });
  }
  for (const path of ['arch/arm64/include/asm/cpucaps.h', 'arch/arm64/include/asm/cpufeature.h']) {
    const macros: Macros = new Map();
    preprocess(tree.text(path) ?? '', macros);
    const numbered = [...macros].flatMap(([name, { body, parameters }]) => {
      const isNumber =
        name.startsWith('ARM64_') && name !== 'ARM64_NCAPS' && !parameters && body.length === 1 && body[0]!.kind === 'number';
      return isNumber ? [{ name: capabilityName(name), number: Number(body[0]!.text) }] : [];
    });
    if (numbered.length > 3)
      return numbered.sort((a, b) => a.number - b.number).map(({ name }) => ({ key: name, line: name, where: path }));
  }
  tree.miss('capability-order', 'arch/arm64/tools/cpucaps', 'no list of capabilities');
  return [];
}
