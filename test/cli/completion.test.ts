import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';

const script = async (shell: string) => (await run(['completion', shell])).out;
const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers for a line whose last word is being typed. */
async function complete(...words: string[]): Promise<readonly string[]> {
  const line = words.map((word) => `'${word}'`).join(' ');
  const call = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _armlens; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${await script('bash')}\n${call}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

it.runIf(has('bash')).each([
  [
    ['armlens', 'de'],
    ['derive', 'decode', 'detect'],
  ],
  [
    ['armlens', 'list', 'hw'],
    ['hwcaps', 'hwcap'],
  ],
  [['armlens', 'list', 'hwcap', 'ilr'], ['ilrcpc']],
  [['armlens', 'derive', '--mach'], ['--machine']],
  [['armlens', 'derive', '--machine', 'rasp'], ['raspberry-pi-4']],
  [['armlens', 'derive', '--kernel', '6.12.10'], ['6.12.107']],
  [['armlens', 'derive', '--machine', 'rk3588', '-c', 'debian-c'], ['debian-cloud']],
  [['armlens', 'mrs', 'ID_AA64ISAR1'], ['ID_AA64ISAR1_EL1']],
  [['armlens', 'mrs', 'MIDR_EL1', 'kunp'], ['kunpeng-920']],
  [['armlens', 'diff', '-k', '6.1', 'parallels-m1', 'kunp'], ['kunpeng-920']],
  [['armlens', 'completion', 'f'], ['fish']],
])('bash completes %j', async (words, expected) => {
  expect(await complete(...words)).toEqual(expected);
});

/** How a shell checks a script without running it. */
const CHECKS = [
  ['zsh', '-n'],
  ['fish', '--no-execute'],
] as const;

for (const [shell, option] of CHECKS) {
  it.runIf(has(shell))(`${shell} accepts its script`, async () => {
    expect(spawnSync(shell, [option], { input: await script(shell), encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
}

it.each(['bash', 'zsh', 'fish'])('the script for %s knows every command and every kind of name', async (shell) => {
  const text = await script(shell);
  for (const word of [
    'derive',
    'decode',
    'mrs',
    'diff',
    'list',
    'seed',
    'ndjson',
    'ilrcpc',
    'parallels-m1',
    'ID_AA64PFR0_EL1',
    '6.12.107',
    'debian-cloud',
  ])
    expect(text).toContain(word);
});

it('knows no other shell', async () => {
  expect(await run(['completion', 'bahs'])).toMatchObject({
    code: 2,
    err: 'armlens: completion: no script for bahs; did you mean bash?\n',
  });
  expect(await run(['completion', 'powershell'])).toMatchObject({
    code: 2,
    err: 'armlens: completion: no script for powershell; there are bash, zsh, fish\n',
  });
});
