import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { WANTED } from '../../../spec-data/import/read/index.ts';
import { RULE_FILES } from '../../../spec-data/import/read/rules.ts';
import { openTree, releaseOf, treeName } from '../../../spec-data/import/source.ts';
import { madeUpTree } from './made-up-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'armlens-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATHS = [
  'Makefile',
  'arch/arm64/Kconfig',
  'arch/arm64/kernel/cpufeature.c',
  'arch/arm64/kernel/pi/idreg-override.c',
  'arch/arm64/tools/sysreg',
];
const tree = join(folder, 'linux-source-8.1');
for (const path of PATHS) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), madeUpTree().read(path)!);
}
writeFileSync(join(tree, 'arch/arm64/unwanted.txt'), 'not read');

const hasTar = spawnSync('tar', ['--version']).stdout?.toString().includes('GNU tar');

describe('a kernel tree', () => {
  it('is a folder', async () => {
    const opened = await openTree(tree, () => {});
    expect(releaseOf(opened, tree).text).toBe('8.1.2');
    expect(opened.read('arch/arm64/nothing.c')).toBeUndefined();
  });

  it.skipIf(!hasTar)('is a tarball, of which only what matters is kept while it is read', async () => {
    const tarball = join(folder, 'linux-source-8.1.tar.gz');
    execFileSync('tar', ['-czf', tarball, '-C', folder, 'linux-source-8.1']);
    const seen: number[] = [];
    const opened = await openTree(tarball, (done, total) => seen.push(done / total));
    expect(PATHS.map((path) => opened.read(path))).toEqual(PATHS.map((path) => madeUpTree().read(path)));
    expect(opened.read('arch/arm64/unwanted.txt')).toBeUndefined();
    expect(seen.at(-1)).toBe(1);
    opened.close();
  });

  it.each([
    ['nowhere', /nowhere: no such folder or file/],
    ['linux-source-8.1/arch', /no arch\/arm64\/kernel\/cpufeature\.c in it/],
    ['linux-source-8.1/Makefile', /expected a kernel's source folder, or a tarball/],
  ])('is not %s', async (path, message) => {
    await expect(openTree(join(folder, path), () => {})).rejects.toThrow(message);
  });

  it.skipIf(!hasTar)('is no broken tarball', async () => {
    const broken = join(folder, 'broken.tar.xz');
    writeFileSync(broken, 'this is no archive');
    await expect(openTree(broken, () => {})).rejects.toThrow(/broken\.tar\.xz cannot be unpacked/);
  });

  it('has a name without its endings', () => {
    expect([treeName('a/linux-source-6.12.tar.xz'), treeName('linux-6.12'), treeName('x.tgz')]).toEqual([
      'linux-source-6.12',
      'linux-6.12',
      'x',
    ]);
  });
});

it('wants the files that hold tables and rules, and no others', () => {
  expect(WANTED.filter((path) => !path.startsWith('arch/arm64/'))).toEqual(['Makefile', ...RULE_FILES]);
});

const main = fileURLToPath(new URL('../../../spec-data/import/main.ts', import.meta.url));
const tsx = fileURLToPath(new URL('../../../node_modules/.bin/tsx', import.meta.url));

it('the command tells a mistake in one line and by its exit code', () => {
  const { status, stderr, stdout } = spawnSync(tsx, [main, join(folder, 'nowhere')], { encoding: 'utf8' });
  expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({ status: 3, stdout: '', lines: 1 });
});
