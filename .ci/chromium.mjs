// The Chromium that comes as a package: the tests in a browser run in it, and the site's pictures are drawn with it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8'));
const UNPACKED = join(tmpdir(), `armlens-chromium-${VERSION}-${userInfo().uid}`);

/** Makes the package unpack itself, with the libraries and fonts that a bare system lacks. */
const UNPACK = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";

/** Unpacks Chromium once a machine. Whoever comes at the same time does the same work, and the first one's result stays. */
export function unpackedBrowser() {
  if (existsSync(UNPACKED)) return UNPACKED;
  const staging = mkdtempSync(join(tmpdir(), 'armlens-unpack-'));
  const env = { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', UNPACK], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  try {
    renameSync(staging, UNPACKED);
  } catch (error) {
    if (!existsSync(UNPACKED)) throw error;
    rmSync(staging, { recursive: true, force: true });
  }
  return UNPACKED;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
];

/** Makes Chromium share memory by files on the disk, as most do who start it. */
const SHARES_ON_DISK = '--disable-dev-shm-usage';

/** How much memory has to be there for sharing, so that Chromium does not run out of it: a container has 64 MB as a rule. */
const ENOUGH = 1 << 30;

/** Whether there is memory to be shared that is no file on a disk. */
function hasSharedMemory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

/** A configuration that names the font of the package and nothing of the system; without any font Chromium crashes. */
function fontsFile(folder) {
  const file = join(folder, 'own-fonts.conf');
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
  if (existsSync(file)) return file;
  const staging = `${file}-${process.pid}`;
  writeFileSync(staging, text);
  renameSync(staging, file);
  return file;
}

/** Whether it runs here. */
export const RUNS_CHROMIUM = process.platform === 'linux' && process.arch === 'x64';

/** Starts it; it ends with the process that started it. */
export function launchChromium() {
  const folder = unpackedBrowser();
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: fontsFile(folder) };
  const ignoreDefaultArgs = hasSharedMemory() ? [SHARES_ON_DISK] : [];
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: FLAGS,
    ignoreDefaultArgs,
    headless: true,
    env,
    timeout: 180_000,
  });
}
