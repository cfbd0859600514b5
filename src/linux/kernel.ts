/** Options of a kernel: `CONFIG_…` to `y`, `m`, `n` or a number as text. An option that is left out takes the value of `base`. */
export interface KernelConfig {
  /** The named configuration behind the options given: `defconfig` (the default), `debian`, … */
  readonly base?: string;
  readonly [option: `CONFIG_${string}`]: string;
}

/** A kernel to boot: its release, its options and its command line. */
export interface Kernel {
  /** As `uname -r` prints it, such as `6.12.107`; a bare `7.2` is the mainline release. */
  readonly release: string;
  /** A named configuration or options. Default `defconfig`. */
  readonly config?: string | KernelConfig;
  /** What the boot loader passes; a kernel whose CONFIG_CMDLINE is forced ignores it. Default empty. */
  readonly cmdline?: string;
}

/** A kernel whose release is told; `undefined` if it is not. */
export function namedKernel(kernel: Partial<Kernel> | undefined): Kernel | undefined {
  return kernel?.release === undefined ? undefined : { ...kernel, release: kernel.release };
}
