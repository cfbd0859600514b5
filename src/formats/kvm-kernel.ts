import { given } from '../given.ts';
import type { Kernel } from '../linux/kernel.ts';

/** The kernel of a host, as a line can name it: its configuration by name. */
export type NamedKernel = Pick<Kernel, 'release' | 'cmdline'> & { readonly config?: string };

/** Reads `RELEASE[,config=NAME][,cmdline=WORDS]`; the command line takes the rest, commas and all. `undefined` if no release is named. */
export function parseKvmKernel(text: string): NamedKernel | undefined {
  const [, release = '', config, cmdline] = /^([^,]*)(?:,config=([^,]*))?(?:,cmdline=(.*))?$/s.exec(text) ?? [];
  return release === '' ? undefined : { release, ...given({ config, cmdline }) };
}

/** Writes it as {@link parseKvmKernel} reads it. */
export function formatKvmKernel({ release, config, cmdline }: NamedKernel): string {
  return `${release}${config === undefined ? '' : `,config=${config}`}${cmdline === undefined ? '' : `,cmdline=${cmdline}`}`;
}
