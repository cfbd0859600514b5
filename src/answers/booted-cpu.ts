/** A CPU that a line of a kernel's log names by its core. */
export interface CpuInLine {
  /** The kernel's number; the boot CPU, of which the line has none, is 0. */
  readonly cpu: number;
  /** MIDR_EL1, its lower half. */
  readonly midr: bigint;
}

/** Lines that name a CPU's MIDR_EL1; the first group is the CPU, empty for the boot CPU, the second the value. */
const LINES: readonly RegExp[] = [
  /^Booting Linux on physical CPU ()0x[0-9a-f]{1,16} \[0x([0-9a-f]{8})\]$/,
  /^CPU(\d{1,5}): Booted secondary processor (?:0x[0-9a-f]{1,16} )?\[(?:0x)?([0-9a-f]{8})\]$/,
  // Kernels before 4.11, and those of 32 bits, tell of the boot CPU in a line of its own.
  /^(?:Boot CPU|CPU)(): (?:AArch64|ARMv7) Processor \[([0-9a-f]{8})\]/,
];

/** The CPU that a message of a kernel names, with its core; `undefined` if it is about something else. */
export function bootedCpu(text: string): CpuInLine | undefined {
  const found = LINES.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  return found === undefined ? undefined : { cpu: Number(found[1] ?? 0), midr: BigInt(`0x${found[2]}`) };
}
