import { spawnSync } from 'node:child_process';

/** Writes what is generated and not in the repository, if it is missing or out of date. */
export function setup(): void {
  const { status } = spawnSync(process.execPath, ['.ci/setup.mjs'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the set-up failed');
}
