import { formatKvmKernel } from '../../formats/kvm-kernel.ts';
import { given } from '../../given.ts';
import type { ScenarioQuery } from './scenario-query.ts';

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`--${name}`, quoted(value)];
}

/** A file that a shell makes of a text. */
function heldFile(name: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`--${name}`, `<(printf %s ${quoted(text)})`];
}

/** The configuration as the command takes it: a name, or with single options an object. */
function configText({ config, options }: ScenarioQuery, recorded: string | undefined): string | undefined {
  if (options.length === 0) return config;
  const base = config ?? recorded;
  return JSON.stringify({ ...given({ base }), ...Object.fromEntries(options) });
}

/** What a pasted text is called in a command; it lies in no file yet. */
export const PASTED_FILE = 'machine.txt';

/**
 * The command that shows the same, such as `armlens why ilrcpc --machine kunpeng-920 --kernel 5.10`, for a shell that knows `<( )`. A
 * pasted text is called {@link PASTED_FILE}. `undefined` if there is none: the command changes no single CPU, takes none away, and changes
 * no host below KVM.
 *
 * @param recorded - The named configuration of the machine's own kernel, if it is known by one.
 */
export function commandLine(query: ScenarioQuery, why: string | undefined, recorded?: string): string | undefined {
  const { machine, edits, without, settings, kvm, mask, template, release, cmdline, environment } = query;
  if (without.length > 0 || edits.some(({ cpus }) => cpus !== undefined || kvm !== undefined)) return undefined;
  return [
    'armlens',
    ...(why === undefined ? ['boot'] : ['why', quoted(why)]),
    ...(machine.kind === 'known' ? option('machine', machine.name) : [PASTED_FILE]),
    ...option('kernel', release),
    ...option('config', configText(query, kvm === undefined ? recorded : undefined)),
    ...option('cmdline', cmdline),
    ...option('kvm', kvm && formatKvmKernel(kvm.kernel)),
    ...option('vcpu', kvm?.vcpu.join()),
    ...heldFile('mask', mask),
    ...heldFile('template', template),
    ...edits.flatMap(({ target, value }) => option('set', `${target}=${target.includes('.') ? value : `0x${value.toString(16)}`}`)),
    ...settings.flatMap((setting) => option('set', setting)),
    ...(Object.keys(environment).length === 0 ? [] : option('env', JSON.stringify(environment))),
  ].join(' ');
}
