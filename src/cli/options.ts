/**
 * The options that several commands take. Each means the same everywhere, so each is described once.
 *
 * @module
 */
import type { ArgumentSpec, OptionSpec } from './command.ts';

/** What `--unlisted` takes: `unknown` is what a text that says nothing of it means. */
export const UNLISTED_WORDS: readonly string[] = ['unknown', 'zero', 'usual'];

/** `--json`, which every command has. */
export const JSON_OPTION: OptionSpec = { flags: '--json', help: 'print JSON' };

/** `--from`, which names the form of the input. */
export const FROM_OPTION: OptionSpec = {
  flags: '--from <format>',
  help: 'the form of the input, where it is not recognised',
  group: 'Machine',
  completion: 'format',
};

/** `--cpu`, which chooses one CPU of the machine. */
export const CPU_OPTION: OptionSpec = { flags: '--cpu <index>', help: 'which CPU of the machine (default 0)', completion: 'none' };

const MACHINE: OptionSpec = {
  flags: '--machine <name>',
  help: 'a known machine, as the word itself also names one',
  group: 'Machine',
  completion: 'machine',
};

/** `--vcpu`. */
export const VCPU_OPTION: OptionSpec = {
  flags: '--vcpu <list>',
  help: 'what the vCPU is made with: sve, pauth, pmu, mte, el2, e2h0, aarch32, protected, impid, gicv2, nogic; or as qemu, firecracker, libkrun make it',
  group: 'Machine',
  completion: 'none',
};

/** The options that say what a hypervisor does to the machine, in the order in which it is done. */
const HYPERVISOR: readonly OptionSpec[] = [
  {
    flags: '--kvm <kernel>',
    help: 'KVM of a host with this kernel: RELEASE[,config=NAME][,cmdline=WORDS]; what follows is done to its guest',
    group: 'Machine',
    completion: 'kernel',
  },
  VCPU_OPTION,
  {
    flags: '--mask <file>',
    help: 'what a hypervisor hides: lines REGISTER[msb:lsb] = value; may be repeated, as the next two',
    group: 'Machine',
    many: true,
    completion: 'file',
  },
  { flags: '--template <file>', help: 'what a CPU template of Firecracker changes', group: 'Machine', many: true, completion: 'file' },
  {
    flags: '--set <field=value>',
    help: 'one field as a guest sees it, such as ID_AA64PFR0_EL1.SVE=0',
    group: 'Machine',
    many: true,
    completion: 'none',
  },
];

/** `--kernel`. */
export const KERNEL_OPTION: OptionSpec = {
  flags: '-k, --kernel <release>',
  help: 'the release, such as 6.12.107; by default that of the recording, else the newest known',
  group: 'Kernel',
  completion: 'kernel',
};

/** `--config`. */
export const CONFIG_OPTION: OptionSpec = {
  flags: '-c, --config <name>',
  help: 'its configuration: a name (armlens list configs), or a JSON object',
  group: 'Kernel',
  completion: 'config',
};

const CMDLINE: OptionSpec = { flags: '--cmdline <text>', help: 'its command line', group: 'Kernel', completion: 'none' };
const ENV: OptionSpec = {
  flags: '--env <json>',
  help: 'what no ID register tells, such as {"bootEl":2}',
  group: 'Kernel',
  completion: 'none',
};

const UNLISTED: OptionSpec = {
  flags: '--unlisted <word>',
  help: `what registers are that the input does not list: ${UNLISTED_WORDS.join(', ')} (as all known machines with the core have them)`,
  group: 'Machine',
  completion: { choices: UNLISTED_WORDS },
};

/** The options that choose the machine. */
export const MACHINE_OPTIONS: readonly OptionSpec[] = [MACHINE, FROM_OPTION, UNLISTED, ...HYPERVISOR];

/** The options that choose the kernel that boots on it. */
export const KERNEL_OPTIONS: readonly OptionSpec[] = [KERNEL_OPTION, CONFIG_OPTION, CMDLINE, ENV];

/** What every command takes that boots a kernel on a machine. */
export const SYSTEM_OPTIONS: readonly OptionSpec[] = [...MACHINE_OPTIONS, ...KERNEL_OPTIONS];

/** Options of which those with certain names may be given several times. */
export function repeatable(options: readonly OptionSpec[], names: readonly string[], why: string): readonly OptionSpec[] {
  return options.map((option) =>
    names.some((name) => option.flags.includes(`--${name} `)) ? { ...option, many: true, help: `${option.help}; ${why}` } : option,
  );
}

/** The word that names the machine. */
export const MACHINE_ARGUMENT: ArgumentSpec = {
  name: '[input...]',
  help: 'a known machine, or texts of one: files or folders in any form that is read; - or nothing is standard input',
  completion: 'input',
};
