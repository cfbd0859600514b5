import { describe, expect, it } from 'vitest';
import { run } from '../support/fake-io.ts';
import { COMPLETERS, hasShell } from '../support/shells.ts';

const scripts = new Map<string, string>();
for (const shell of Object.keys(COMPLETERS)) scripts.set(shell, (await run(['completion', shell])).out);

/** A line whose last word is being typed, and all that it may become. */
const CASES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['armlens de', ['decode', 'derive', 'detect']],
  ['armlens help dec', ['decode']],
  ['armlens list hw', ['hwcap', 'hwcaps']],
  ['armlens list hwcap ilr', ['ilrcpc']],
  ['armlens list machine kun', ['kunpeng-920']],
  ['armlens list --json machines kun', ['kunpeng-920']],
  ['armlens list registers ID_AA64ISAR1', ['ID_AA64ISAR1_EL1']],
  ['armlens list feature ilr', []],
  ['armlens derive --mach', ['--machine']],
  ['armlens derive --machine paral', ['parallels-m1']],
  ['armlens derive --kernel 6.12.10', ['6.12.107']],
  ['armlens derive rk3588 -c debian-c', ['debian-cloud']],
  ['armlens derive --from cpui', ['cpuinfo']],
  ['armlens derive --engine wa', ['wasm']],
  ['armlens derive --fields hw', ['hwcaps']],
  ['armlens level --at-least v8.4', ['v8.4']],
  ['armlens decode --as k', ['kernel']],
  ['armlens why FEAT_LRCP', ['FEAT_LRCPC', 'FEAT_LRCPC2', 'FEAT_LRCPC3']],
  ['armlens mrs ID_AA64ISAR1', ['ID_AA64ISAR1_EL1']],
  ['armlens mrs MIDR_EL1 kunp', ['kunpeng-920']],
  ['armlens diff -k 6.1 parallels-m1 kunp', ['kunpeng-920']],
  ['armlens baseline kunpeng-920 rk3588 paral', ['parallels-m1']],
  ['armlens guest para', ['parallels-m1']],
  ['armlens completion f', ['fish']],
];

for (const [shell, complete] of Object.entries(COMPLETERS)) {
  const script = scripts.get(shell)!;
  const isThere = hasShell(shell);
  if (!isThere) process.stderr.write(`skipped: completions in ${shell}, which is not installed\n`);
  describe.runIf(isThere)(shell, () => {
    it.each(CASES)('completes %s', (line, offered) => {
      expect(complete(script, line)).toEqual(offered);
    });

    it('offers files and machines where either may stand', () => {
      const offered = complete(script, 'armlens derive ').map((word) => word.replaceAll('\\', ''));
      expect(offered).toEqual(expect.arrayContaining(['a file.txt', 'kunpeng-920']));
      expect(complete(script, 'armlens derive --mask a').map((word) => word.replaceAll('\\', ''))).toEqual(['a file.txt']);
    });
  });
}

it.runIf(hasShell('bash'))('bash completes what follows an equals sign, and the last of a list', () => {
  const script = scripts.get('bash')!;
  expect(COMPLETERS.bash!(script, 'armlens derive --kernel=6.12.10')).toEqual(['6.12.107']);
  expect(COMPLETERS.bash!(script, 'armlens derive --fields hwcaps,us')).toEqual(['hwcaps,user']);
});

it.runIf(hasShell('fish'))('fish completes what follows an equals sign, and the last of a list', () => {
  const script = scripts.get('fish')!;
  expect(COMPLETERS.fish!(script, 'armlens derive --kernel=6.12.10')).toEqual(['--kernel=6.12.107']);
  expect(COMPLETERS.fish!(script, 'armlens derive --fields hwcaps,us')).toEqual(['hwcaps,user']);
});

it.each(Object.keys(COMPLETERS))('the script for %s knows every command and every kind of name', (shell) => {
  const words = ['derive', 'decode', 'mrs', 'diff', 'list', 'seed', 'ndjson', 'ilrcpc', 'parallels-m1', 'ID_AA64PFR0_EL1', '6.12.107'];
  for (const word of [...words, 'debian-cloud', 'kernel-log', 'FEAT_LSE', 'HAS_PAN']) expect(scripts.get(shell)).toContain(word);
});

it('knows no other shell', async () => {
  expect(await run(['completion', 'bahs'])).toMatchObject({
    code: 2,
    err: 'armlens: completion: no script for bahs; did you mean bash?\n',
  });
  expect((await run(['completion', 'powershell'])).code).toBe(2);
});
