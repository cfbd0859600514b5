// Boots a kernel of Debian under QEMU by `armlens record`, in the folder that is named: what it shows must be what is derived. Where
// QEMU, apt or the network is missing it says so and passes. A kernel that is younger than the data may print other lines: that is told.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? '.');
const MAIN = new URL('../dist/cli/main.js', import.meta.url).pathname;
const SUITE = 'bookworm';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Runs a program to its end; `undefined` if it is not there, fails, or takes too long. */
function output(program, args, options = {}) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000, ...options });
  return status === 0 ? stdout : undefined;
}

function skip(why) {
  console.log(`skipped: no real boot: ${why}`);
  process.exit(0);
}

/** apt with lists and a configuration of its own, for arm64: what is installed here does not matter, and is left alone. */
function ownApt() {
  const at = (name) => join(folder, 'apt', name);
  for (const name of ['lists/partial', 'cache/archives/partial', 'etc/sources.list.d', 'etc/preferences.d', 'etc/apt.conf.d']) {
    mkdirSync(at(name), { recursive: true });
  }
  writeFileSync(at('status'), '');
  const signed = existsSync(KEYS) ? `signed-by=${KEYS}` : 'trusted=yes';
  writeFileSync(at('etc/sources.list'), `deb [${signed}] http://deb.debian.org/debian ${SUITE} main\n`);
  const settings = {
    'Dir::State': at(''),
    'Dir::State::lists': at('lists'),
    'Dir::State::status': at('status'),
    'Dir::Cache': at('cache'),
    'Dir::Etc': at('etc'),
  };
  const fixed = [
    'APT::Architecture=arm64',
    'APT::Architectures=arm64',
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
    'Acquire::Retries=2',
  ];
  return [...Object.entries(settings).map(([name, value]) => `${name}=${value}`), ...fixed].flatMap((setting) => ['-o', setting]);
}

function fetchKernel() {
  const apt = ownApt();
  if (output('apt-get', [...apt, 'update', '-qq']) === undefined) skip('Debian cannot be reached');
  const depends = output('apt-cache', [...apt, 'depends', 'linux-image-arm64']) ?? '';
  const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1];
  if (name === undefined) skip('Debian has no arm64 kernel by that name');
  if (output('apt-get', [...apt, 'download', '-qq', name], { cwd: folder }) === undefined) skip(`${name} cannot be fetched`);
  return join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.deb')),
  );
}

if (output('qemu-system-aarch64', ['--version']) === undefined) skip('there is no qemu-system-aarch64');
if (output('dpkg-deb', ['--version']) === undefined) skip('there is no dpkg-deb');
const kernel = fetchKernel();
writeFileSync(
  join(folder, 'matrix.json'),
  JSON.stringify([{ cpu: 'cortex-a76' }, { cpu: 'max', machine: 'virt,gic-version=3,virtualization=on' }]),
);
const args = ['record', '--image', kernel, '--matrix', join(folder, 'matrix.json'), '--out', folder, '--timeout', '240', '--json'];
const { stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', timeout: 600_000 });
process.stderr.write(stderr);
const { records = [], error } = JSON.parse(stdout || '{}');
for (const { cpu, release, parts, differences, error: why } of records) {
  console.log(why ?? `${release} on ${cpu}: ${parts.length - differences.length} of ${parts.length} parts as derived`);
  for (const one of differences ?? [])
    console.log(
      `  ${one.part}\n${[...one.recorded.map((line) => `    recorded ${line}`), ...one.derived.map((line) => `    derived ${line}`)].join('\n')}`,
    );
}
const isFine = ({ differences }) => differences?.every(({ part }) => part === 'log');
process.exitCode = error === undefined && records.length > 0 && records.every(isFine) ? 0 : 1;
