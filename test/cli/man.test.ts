import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { loadAllCommands } from '../../src/cli/commands.ts';
import { run } from '../support/fake-io.ts';

const hasGroff = spawnSync('groff', ['--version']).status === 0;

/** The page as a terminal shows it, in one line. */
function shown(page: string): string {
  const { stdout } = spawnSync('groff', ['-man', '-Tutf8', '-P-c', '-P-b', '-P-u', '-rLL=200n'], { input: page, encoding: 'utf8' });
  return stdout.replaceAll('‐', '-').replace(/\s+/g, ' ');
}

describe('the manual page', () => {
  it('has every command with its summary and every option', async () => {
    const { code, out } = await run(['man']);
    expect(code).toBe(0);
    const plain = out
      .replace(/\\f[BIR]/g, '')
      .replaceAll('\\-', '-')
      .replaceAll('\\e', '\\');
    for (const { name, options } of await loadAllCommands()) {
      expect(plain).toContain(`.SS "armlens ${name}"`);
      for (const { flags } of options) expect(plain).toContain(flags.replace(/[<>]/g, ''));
    }
  });

  it.runIf(hasGroff)('is troff without a warning, and shows what the help shows', async () => {
    const { out } = await run(['man']);
    const { status, stderr } = spawnSync('groff', ['-man', '-ww', '-z', '-Tutf8'], { input: out, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = shown(out);
    for (const { summary, examples } of await loadAllCommands()) {
      expect(text).toContain(summary);
      for (const example of examples) expect(text).toContain(example);
    }
  });
});
