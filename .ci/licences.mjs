// The notices of packages that are bundled: their licences ask that these go where the code goes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the packages that modules lie in. */
function packagesOf(paths) {
  const folders = paths.flatMap((path) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${name} is bundled, but has no licence to go with it`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

/** What stands in a file of notices for bundled modules; empty if they are all our own. */
export function noticesFor(paths) {
  return packagesOf(paths)
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** Puts the notices of what the explorer bundles beside it. */
export function licenceNotices() {
  return {
    name: 'armlens-licences',
    generateBundle(_, bundle) {
      const paths = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: noticesFor(paths) });
    },
  };
}
