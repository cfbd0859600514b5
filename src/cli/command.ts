import type { ExitCode, Io } from './io.ts';

/** What a word on the command line may be completed to. */
export type Completion =
  | 'file'
  | 'machine'
  | 'input'
  | 'kernel'
  | 'config'
  | 'register'
  | 'hwcap'
  | 'catalogue'
  | 'capture'
  | 'shell'
  | 'none';

/** One option of a command. */
export interface OptionSpec {
  /** As in the help: `--kernel <release>`; without `<…>` it is a switch. */
  readonly flags: string;
  readonly help: string;
  /** Whether it may be given several times. */
  readonly many?: true;
  readonly completion?: Completion;
}

/** One word after the command. */
export interface ArgumentSpec {
  /** As in the help: `[input]`, `<name>` or `[words...]`. */
  readonly name: string;
  readonly help: string;
  readonly completion?: Completion;
}

/** The values of the options by name in camel case. */
export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One call of a command. */
export interface Call {
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly io: Io;
}

/** A command: what the help says of it, and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Lines that work as they stand. */
  readonly examples: readonly string[];
  run(call: Call): Promise<ExitCode>;
}

/** The text value of an option, if it was given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times. */
export function textsOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

const MACHINE: OptionSpec = { flags: '--machine <name>', help: 'a known machine instead of a file', completion: 'machine' };
/** `--from`, which names the form of the input. */
export const FROM_OPTION: OptionSpec = {
  flags: '--from <format>',
  help: 'the form of the input, where it is not recognised',
  completion: 'none',
};

const KERNEL: OptionSpec = { flags: '-k, --kernel <release>', help: 'the kernel, such as 6.12.107', completion: 'kernel' };
const CONFIG: OptionSpec = { flags: '-c, --config <name>', help: 'its configuration: a name, or a JSON object', completion: 'config' };
const CMDLINE: OptionSpec = { flags: '--cmdline <text>', help: 'its command line', completion: 'none' };
const ENV: OptionSpec = { flags: '--env <json>', help: 'the environment, such as {"bootEl":2}', completion: 'none' };

/** `--json`, which every command has. */
export const JSON_OPTION: OptionSpec = { flags: '--json', help: 'print JSON' };

/** The options that choose what to boot. */
export const BOOT_OPTIONS: readonly OptionSpec[] = [MACHINE, FROM_OPTION, KERNEL, CONFIG, CMDLINE, ENV];

/** The options that say what a hypervisor does to the machine. */
export const GUEST_OPTIONS: readonly OptionSpec[] = [
  { flags: '--mask <file>', help: "a hypervisor's mask: lines REGISTER[msb:lsb] = value", many: true, completion: 'file' },
  { flags: '--template <file>', help: 'a CPU template of Firecracker', many: true, completion: 'file' },
  { flags: '--set <field=value>', help: 'one field as a guest sees it, such as ID_AA64PFR0_EL1.SVE=0', many: true, completion: 'none' },
];

/** The options that choose kernels when there may be several. */
export const KERNELS_OPTIONS: readonly OptionSpec[] = [FROM_OPTION, { ...KERNEL, many: true }, CONFIG, CMDLINE, ENV];
