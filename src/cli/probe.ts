import type { Command } from './command.ts';
import { CommandError, EXIT, type ExitCode, type Io } from './io.ts';
import { JSON_OPTION } from './options.ts';
import { printable } from './printable.ts';
import { wrap } from './style.ts';

/** What the file is called if nobody says. */
const FILE = 'armlens-probe';
const INITRAMFS = 'armlens-probe.cpio';

function nextSteps(path: string, isInitramfs: boolean, io: Io): string {
  const name = printable(path);
  if (isInitramfs) {
    return wrap(`Boot an arm64 kernel with it (-initrd ${name}), and give armlens audit what the console shows.`, io.columns, '');
  }
  const run = path.startsWith('/') ? name : `./${name}`;
  return wrap(
    `Copy it to an arm64 Linux or to what claims to be one, run it there (${run} > seen.txt), then: armlens audit seen.txt`,
    io.columns,
    '',
  );
}

async function runProbe(path: string, isInitramfs: boolean, json: boolean, io: Io): Promise<ExitCode> {
  const { probeInitramfs, probeProgram } = await import('../recorder/programs.ts');
  const bytes = isInitramfs ? probeInitramfs() : probeProgram();
  if (path === '-') {
    await io.write(bytes);
    return EXIT.ok;
  }
  await io.writeFile(path, bytes, isInitramfs ? undefined : { executable: true });
  if (!json) await io.write(`${printable(path)}: ${bytes.length} bytes\n${nextSteps(path, isInitramfs, io)}\n`);
  else {
    const [{ formatAnswer }, { createHash }] = await Promise.all([import('../formats/json.ts'), import('node:crypto')]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await io.write(formatAnswer('probe', { subject: { name: path } }, { bytes: bytes.length, sha256 }));
  }
  return EXIT.ok;
}

/** `armlens probe`: writes the program that records what a system shows. */
export const probe: Command = {
  name: 'probe',
  summary: 'a program of a few KB for any arm64 system without Node: records what programs see there',
  args: [{ name: '[file]', help: `where to write it, - for standard output (default ${FILE})`, completion: 'file' }],
  options: [{ flags: '--initramfs', help: `a first file system with it as the first process (default ${INITRAMFS})` }, JSON_OPTION],
  examples: ['armlens probe', 'armlens probe - | ssh board "cat >p; chmod +x p; ./p" | armlens audit', 'armlens probe --initramfs'],
  guide: 'prove-it',
  async run({ positionals, values, io }) {
    const isInitramfs = values.initramfs === true;
    const path = positionals[0] ?? (isInitramfs ? INITRAMFS : FILE);
    if (path === '-' && values.json === true) throw new CommandError(EXIT.usage, 'probe: --json needs a file to write to');
    return runProbe(path, isInitramfs, values.json === true, io);
  },
};
