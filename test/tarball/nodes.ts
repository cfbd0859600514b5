import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the releases of Node lie that were fetched; it goes with the dependencies. */
const STORE = join(ROOT, 'node_modules', '.cache', 'armlens-nodes');

/** The oldest Node that the package promises to run on, a later patch of it, and the lines after it. */
export const VERSIONS = ['20.19.0', '20.19.5', '22.21.1', '24.11.1', '26.10.0'] as const;

/** Where Debian puts the libraries of arm64 for an emulator. */
const ARM64_LIBRARIES = '/usr/aarch64-linux-gnu';

/** How a release of Node is started: the program and what stands before Node's own arguments. */
export interface NodeRelease {
  readonly title: string;
  readonly command: readonly string[];
}

/** A release, or why it is not here. */
export type Fetched = NodeRelease | { readonly title: string; readonly missing: string };

function npm(args: readonly string[], cwd: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync('npm', [...args, '--loglevel=error', '--no-update-notifier', '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}

/** Fetches a release from the npm registry, once; npm's packages of Node hold nothing but the program. */
function programOf(platform: string, arch: string, version: string): string | undefined {
  const folder = join(STORE, `${platform}-${arch}-${version}`);
  const program = join(folder, 'package', 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  mkdirSync(STORE, { recursive: true });
  const staging = mkdtempSync(join(STORE, 'fetching-'));
  try {
    if (npm(['pack', `node-${platform}-${arch}@${version}`], staging).status !== 0) return undefined;
    const [archive = ''] = readdirSync(staging);
    if (spawnSync('tar', ['-xzf', archive, 'package/bin'], { cwd: staging }).status !== 0) return undefined;
    rmSync(join(staging, archive));
    if (!existsSync(folder)) renameSync(staging, folder);
    return program;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function ownPlatform(): string {
  return process.platform === 'win32' ? 'win' : process.platform;
}

/** One of {@link VERSIONS} for this machine. */
export function nodeRelease(version: string): Fetched {
  const title = `Node ${version}`;
  const program = programOf(ownPlatform(), process.arch, version);
  return program === undefined ? { title, missing: 'it could not be fetched from the npm registry' } : { title, command: [program] };
}

/** The oldest Node as a process of arm64 under an emulator. */
export function emulatedRelease(): Fetched {
  const title = `Node ${VERSIONS[0]} on arm64, emulated`;
  const missing = (what: string): Fetched => ({ title, missing: what });
  if (process.platform !== 'linux' || process.arch === 'arm64') return missing('it is for Linux on another architecture');
  const emulator = ['qemu-aarch64', 'qemu-aarch64-static'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (emulator === undefined) return missing('qemu-aarch64 is not installed (Debian: qemu-user)');
  if (!existsSync(join(ARM64_LIBRARIES, 'lib', 'libstdc++.so.6')))
    return missing('the libraries of arm64 are not installed (Debian: libstdc++6-arm64-cross)');
  const program = programOf('linux', 'arm64', VERSIONS[0]);
  if (program === undefined) return missing('it could not be fetched from the npm registry');
  return { title, command: [emulator, '-L', ARM64_LIBRARIES, program] };
}

/** Packs the package as it would be published; the path of the archive. */
export function pack(into: string): string {
  const { status, stdout, stderr } = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', into], ROOT);
  if (status !== 0) throw new Error(stderr);
  const packed = JSON.parse(stdout) as Readonly<Record<string, { readonly filename: string }>>;
  return join(into, Object.values(packed)[0]!.filename);
}

/** Installs the archive into an empty folder; npm takes what it has in its cache. Says why if it cannot. */
export function install(archive: string, folder: string): string | undefined {
  const { status, stderr } = npm(['install', '--prefer-offline', '--ignore-scripts', archive], folder);
  return status === 0 ? undefined : stderr;
}
