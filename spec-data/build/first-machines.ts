import { hwcapsTelling } from '../../src/answers/arch-feature-hwcaps.ts';
import { knownMachine } from '../../src/answers/known-machine.ts';
import { readArchFeatures } from '../../src/answers/level-reading.ts';
import { likelyBootEl } from '../../src/answers/likely-boot-el.ts';
import { ALL_ARCH_FEATURE_RULES } from '../../src/arch/arch-feature-rule.ts';
import { given } from '../../src/given.ts';
import { boot } from '../../src/linux/boot.ts';
import { LOADED } from '../../src/linux/environment.ts';
import type { KernelConfig } from '../../src/linux/kernel.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import type { System } from '../../src/linux/system.ts';
import { KNOWN_MACHINES, MACHINE_KINDS } from '../../src/silicon/known-machine.ts';
import { type GeneratedFile, header } from './spec-file.ts';

/**
 * Machines on which the way of a bit is shown, those that people have before cores and emulators, and those first that bring no other
 * machine with them for what nobody read of them. The first is the one of every page.
 */
const MACHINES = [
  ...['parallels-m1', 'apple-m2-max', 'apple-m4-p-core', 'graviton3', 'nvidia-grace', 'dgx-spark'],
  ...['trm-c1-ultra', 'trm-neoverse-v3', 'trm-cortex-a320', 'virt-max', 'qemu-max'],
];

/** All others, for what none of those has: chips that were read before what is only described. */
const OTHERS = MACHINE_KINDS.flatMap((kind) => KNOWN_MACHINES.filter((row) => row.kind === kind && !MACHINES.includes(row.name))).map(
  ({ name }) => name,
);

/** A machine under its own kernel, else under the newest. */
async function booted(name: string): Promise<System> {
  const known = await knownMachine(name);
  const { release = NEWEST_RELEASE, config, cmdline } = known.recorded ?? {};
  const kernel = { release, ...given({ config: config as string | KernelConfig | undefined, cmdline }) };
  return boot(known.machine, kernel, { ...LOADED, ...given({ bootEl: likelyBootEl(known) }) });
}

/** The architecture features that a machine surely has and no hwcap tells of. */
function silentOn(system: System): readonly string[] {
  const has = readArchFeatures([system], 'registers');
  return ALL_ARCH_FEATURE_RULES.flatMap(({ name }) => (hwcapsTelling(name).length === 0 && has(name) === true ? [name] : []));
}

/** Names that the first machine has not, by the first one that has, a line each. */
function rowsOf(systems: ReadonlyMap<string, System>, namesOn: (system: System) => readonly string[]): string {
  const seen = new Set<string>();
  const rows: string[] = [];
  for (const [machine, system] of systems) {
    const more = namesOn(system).filter((name) => !seen.has(name));
    if (machine !== MACHINES[0] && more.length > 0) rows.push(`  '${machine}': '${more.join(' ')}',\n`);
    for (const name of more) seen.add(name);
  }
  return rows.join('');
}

/** On which machine a page shows the way of a bit that the machine of every page has not. */
export async function generateFirstMachines(): Promise<readonly GeneratedFile[]> {
  const systems = new Map<string, System>();
  for (const name of [...MACHINES, ...OTHERS]) systems.set(name, await booted(name));
  const file = (subject: string, what: string, name: string, namesOn: (system: System) => readonly string[]): GeneratedFile => ({
    path: `src/answers/generated/${subject}-machines.ts`,
    text: `${header('spec-data/machines/')}
/** ${what} that the first machine of the explorer has not, by one that has: where their way is shown. */
export const ${name}_MACHINES: Readonly<Record<string, string>> = {
${rowsOf(systems, namesOn)}};
`,
  });
  return [
    file('hwcap', 'Hwcaps', 'HWCAP', ({ hwcaps }) => hwcaps.names),
    file('arch-feature', 'Architecture features without a hwcap', 'ARCH_FEATURE', silentOn),
    file('cpucap', 'Cpucaps', 'CPUCAP', ({ cpucaps }) => cpucaps),
  ];
}
