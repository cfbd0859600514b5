import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ArmlensError } from '../../src/errors.ts';
import { readAny } from '../../src/formats/read-any.ts';
import { decodeText, FORMAT_NAMES, READERS, recogniseFormat } from '../../src/formats/readers.ts';

const FOLDER = new URL('samples/', import.meta.url);

/** Every sample and its form; by the beginning of the file's name where that is no form's name. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'kernel.config': 'kernel-config',
  'lldb.txt': 'gdb',
  'system-description.txt': 'uname',
  'registers-by-cpu.json': 'register-json',
  'registers-rows.json': 'register-json',
  'registers-long.csv': 'csv',
  'registers-wide.csv': 'csv',
  'windows-export.reg': 'windows-registry',
  'windows-powershell.txt': 'windows-registry',
  'windows-reg-query.txt': 'windows-registry',
};

function formatOf(file: string): string {
  return OTHERWISE[file] ?? [...FORMAT_NAMES].sort((a, b) => b.length - a.length).find((name) => file.startsWith(name)) ?? file;
}

const SAMPLES = readdirSync(FOLDER).map((file) => [file, formatOf(file), readFileSync(new URL(file, FOLDER))] as const);

describe('recognition', () => {
  it('has a sample of every form', () => {
    // Lists of names are recognised by the name of the file, or by the prompt.
    const told = FORMAT_NAMES.filter((name) => name !== 'ls' && name !== 'dmi-id');
    expect(new Set(SAMPLES.map(([, format]) => format))).toEqual(new Set(told));
  });

  it.each(SAMPLES)('takes %s for %s', async (_, format, bytes) => {
    const found = await recogniseFormat(bytes);
    expect(found?.reader.name).toBe(format);
    expect(found?.confidence).toBeGreaterThanOrEqual(0.6);
    expect(found?.runnerUp?.confidence ?? 0).toBeLessThan(found?.confidence ?? 0);
  });

  it.each(SAMPLES)('no other reader is as sure of %s', async (_, format, bytes) => {
    const readers = await Promise.all(READERS.map(({ load }) => load()));
    const sure = (name: string): number => {
      const reader = readers.find((one) => one.name === name);
      return Math.max(reader?.recognise(decodeText(bytes)) ?? 0, reader?.bytes?.recognise(bytes) ?? 0);
    };
    for (const name of FORMAT_NAMES) if (name !== format) expect([name, sure(name) < sure(format)]).toEqual([name, true]);
  });

  it.each([
    '',
    '   \n',
    'hello\n',
    'The quick brown fox jumps over the lazy dog.\n',
    '{}',
    '[]',
    '<html></html>',
    'PATH=/bin:/usr/bin\nHOME=/root\n',
  ])('takes %j for nothing', async (text) => {
    expect(await recogniseFormat(text)).toBeUndefined();
    expect((await readAny(text)).diagnostics).toMatchObject([{ code: 'unknown-format', severity: 'error' }]);
  });

  it('reads UTF-16 with and without a mark, and UTF-8 with one', async () => {
    const text = 'ID_AA64PFR0_EL1: 0x11\n';
    const utf16 = Buffer.from(text, 'utf16le');
    for (const bytes of [utf16, Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), Buffer.from(`\ufeff${text}`)]) {
      expect((await readAny(new Uint8Array(bytes))).value).toMatchObject({
        machine: { cpus: [{ registers: { ID_AA64PFR0_EL1: 0x11n } }] },
      });
    }
  });
});

describe('--from', () => {
  it('reads a text as what it is said to be', async () => {
    const result = await readAny('AT_HWCAP: 3\n', { from: 'auxv' });
    expect(result.value).toEqual({ hwcaps: { words: [3n], isLone: true } });
  });

  it('names the nearest form', async () => {
    await expect(readAny('', { from: 'cpu-info' })).rejects.toThrowError(ArmlensError);
    await expect(readAny('', { from: 'cpu-info' })).rejects.toThrowError(/did you mean cpuinfo/);
  });
});

describe('unread lines', () => {
  it.each(SAMPLES.filter(([file]) => !/\.(?:bin|json|reg|csv)$|^qmp|^windows/.test(file)))(
    '%s: every line is accounted for',
    async (_, format, bytes) => {
      const text = decodeText(bytes);
      const { lines, diagnostics } = await readAny(text, { from: format });
      const full = text.split(/\r?\n/).filter((line) => line.trim() !== '').length;
      expect((lines?.read ?? 0) + (lines?.passed ?? 0) + (lines?.unread ?? 0)).toBe(full);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );
});
