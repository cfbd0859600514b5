// Compiles the two programs and writes their bytes to src/recorder/generated/programs.ts: node src/recorder/native/embed.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NATIVE = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'armlens-native-'));
try {
  execFileSync(join(NATIVE, 'build.sh'), [folder], { stdio: 'inherit' });
  const compiler = execFileSync('aarch64-linux-gnu-gcc', ['-dumpfullversion'], { encoding: 'utf8' }).trim();
  const base64 = (name) => readFileSync(join(folder, name)).toString('base64');
  writeFileSync(
    join(NATIVE, '..', 'generated', 'programs.ts'),
    `// Generated from src/recorder/native/ by embed.mjs there. Do not edit.

/** The version of aarch64-linux-gnu-gcc that made the bytes. */
export const COMPILER = '${compiler}';

/** probe.c: a static arm64 program for Linux, base64. */
export const PROBE =
  '${base64('probe')}';

/** registers.c: an arm64 image that QEMU's machine virt boots, base64. */
export const REGISTERS =
  '${base64('registers.bin')}';
`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
