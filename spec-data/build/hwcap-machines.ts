import { knownMachine } from '../../src/answers/known-machine.ts';
import { likelyBootEl } from '../../src/answers/likely-boot-el.ts';
import { given } from '../../src/given.ts';
import { boot } from '../../src/linux/boot.ts';
import type { KernelConfig } from '../../src/linux/kernel.ts';
import { NEWEST_RELEASE } from '../../src/linux/release/known-trees.ts';
import { type GeneratedFile, header } from './spec-file.ts';

/** Machines on which the way of a hwcap is shown, those that people have before cores and emulators; the first is the one of every page. */
const MACHINES = [
  ...['parallels-m1', 'graviton3', 'apple-m2-max', 'apple-m4-p-core', 'nvidia-grace', 'dgx-spark'],
  ...['trm-c1-ultra', 'trm-neoverse-v3', 'trm-cortex-a320', 'virt-max', 'qemu-max'],
] as const;

/** The hwcaps that a machine surely shows under its own kernel, else under the newest. */
async function hwcapsOn(name: string): Promise<readonly string[]> {
  const known = await knownMachine(name);
  const { release = NEWEST_RELEASE, config, cmdline } = known.recorded ?? {};
  const kernel = { release, ...given({ config: config as string | KernelConfig | undefined, cmdline }) };
  return boot(known.machine, kernel, given({ bootEl: likelyBootEl(known) })).hwcaps.names;
}

/** On which machine a page shows the way of a hwcap that the machine of every page has not. */
export async function generateHwcapMachines(): Promise<readonly GeneratedFile[]> {
  const seen = new Set<string>();
  const rows: string[] = [];
  for (const machine of MACHINES) {
    const more = (await hwcapsOn(machine)).filter((name) => !seen.has(name));
    if (seen.size > 0 && more.length > 0) rows.push(`  '${machine}': '${more.join(' ')}',\n`);
    for (const name of more) seen.add(name);
  }
  const text = `${header('spec-data/machines/')}
/** Hwcaps that the first machine of the explorer has not, by one that has: where their way is shown. */
export const HWCAP_MACHINES: Readonly<Record<string, string>> = {
${rows.join('')}};
`;
  return [{ path: 'src/answers/generated/hwcap-machines.ts', text }];
}
