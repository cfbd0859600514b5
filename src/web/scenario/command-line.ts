import type { ScenarioQuery } from './scenario-query.ts';

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [`--${name}`, quoted(value)];
}

/**
 * The command that shows the same, such as `armlens why ilrcpc --machine kunpeng-920 --kernel 5.10`; `undefined` if there is none: a
 * pasted text lies in no file, and the command takes no mask, no single option and no CPU away as an address does.
 */
export function commandLine(query: ScenarioQuery, why: string | undefined): string | undefined {
  const { machine, edits, without, settings, options, mask, template, release, config, cmdline, environment } = query;
  const isWhole = edits.every(({ cpus, target }) => cpus === undefined && target.includes('.'));
  if (machine.kind !== 'known' || !isWhole || without.length + options.length > 0 || mask !== undefined || template !== undefined)
    return undefined;
  return [
    'armlens',
    ...(why === undefined ? ['boot'] : ['why', quoted(why)]),
    ...option('machine', machine.name),
    ...option('kernel', release),
    ...option('config', config),
    ...option('cmdline', cmdline),
    ...edits.flatMap(({ target, value }) => option('set', `${target}=${value}`)),
    ...settings.flatMap((setting) => option('set', setting)),
    ...(Object.keys(environment).length === 0 ? [] : option('env', JSON.stringify(environment))),
  ].join(' ');
}
