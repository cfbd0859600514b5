import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFolder } from '../../src/cli/read-folder.ts';
import { run, widest } from '../support/fake-io.ts';

describe('armlens guest', () => {
  it.each(['parallels-m1', 'qemu-cortex-a76'])('answers for the known capture %s within 80 columns', async (name) => {
    const { code, out } = await run(['guest', name]);
    expect(code).toBe(0);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });

  it('says first what the machine is', async () => {
    const { out, err } = await run(['guest', 'parallels-m1']);
    expect(out.split('\n')[0]).toBe('A Parallels Desktop guest on Apple silicon (almost certain)');
    expect(err).toMatch(/^note: this capture is reconstructed\./);
  });

  it('lists which files it read as what, and what is missing with the command that gives it', async () => {
    const { code, out } = await run(['guest', 'cap'], {
      'cap/a.txt': 'ID 203a:fffb Parallels Virtual Keyboard\n',
      'cap/b.txt': 'Dear diary\n',
      'cap/lspci.txt': '',
    });
    expect(code).toBe(0);
    expect(out).toContain('a.txt      read as lsusb\n');
    expect(out).toContain('b.txt      not read: it is none of the listings that are known\n');
    expect(out).toContain('lspci.txt  read as lspci: it lists nothing\n');
    expect(out).toContain('sudo dmesg > dmesg.txt');
    expect(out).not.toContain('lspci -nnk');
  });

  it('takes a single file, and standard input', async () => {
    const text = '[    0.1] kvm [1]: HYP mode not available\n';
    for (const path of ['dmesg.txt', '-']) {
      const { code, out } = await run(['guest', path, '--json'], { [path]: text });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ verdict: { kind: 'unknown' }, files: [{ kind: 'kernel-log', count: 1 }] });
    }
  });

  /** What `guest` says of one CPU by its /proc/cpuinfo, in one line. */
  async function ofCpuinfo(features: string, midr: string, before = ''): Promise<string> {
    const text = `${before}processor\t: 0\nBogoMIPS\t: 38.40\nFeatures\t: ${features}\n${midr}`;
    const { out } = await run(['guest', 'post.txt'], { 'post.txt': text });
    return out.replace(/\s+/g, ' ');
  }

  const midr = (part: string, variant = 0, revision = 0): string =>
    `CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x${variant}\nCPU part\t: ${part}\nCPU revision\t: ${revision}\n`;

  it('does not say that a hypervisor hides what the builder of a chip leaves out', async () => {
    const out = await ofCpuinfo('fp asimd evtstrm crc32', midr('0xd03'));
    expect(out).toContain('aes pmull sha1 sha2: known machines with this core have this');
    expect(out).toContain('this chip was built without these; or a hypervisor hides them');
    expect(out).not.toContain('the chip has it');
  });

  it('does not say of one feature both that it is not known and that the chip has it', async () => {
    const out = await ofCpuinfo(
      'fp asimd evtstrm cpuid',
      'CPU implementer\t: 0x50\nCPU variant\t: 0x0\nCPU part\t: 0x000\nCPU revision\t: 0\n',
    );
    expect(out).toContain('whether the chip has it is not known');
    expect(out).not.toMatch(/(?<!whether )the chip has it/);
  });

  const A76 = 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp';

  it('speaks of the core, and of no machine that nobody named', async () => {
    const out = await ofCpuinfo(`${A76} ssbs`, midr('0xd0c', 3, 1));
    expect(out).toContain('just what known machines with this core show (ampere-altra)');
    expect(out).not.toMatch(/the chip itself|the hypervisor hides/);
  });

  it('without a core names the cores that infer names', async () => {
    const text = `Architecture: aarch64\nCPU(s): 8\nVendor ID: ARM\nFlags: ${A76}\n`;
    const flat = async (command: string): Promise<string> =>
      (await run([command, 'post.txt'], { 'post.txt': text })).out.replace(/\s+/g, ' ');
    const [, cores = ''] = /Known cores that print this line: (.*?)\. - /.exec(await flat('guest')) ?? [];
    expect(cores).toContain('ARM Cortex-A78 (Armv8.2-A)');
    expect(await flat('infer')).toContain(`cores ${cores} guest`);
    expect(await flat('guest')).not.toContain('the hypervisor hides');
  });

  const A78C = 'fp asimd aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ilrcpc flagm';

  it('says that a newer kernel prints more only as one of two, unless the kernel is named', async () => {
    const release = 'Linux host 4.20.0 #1 SMP aarch64 GNU/Linux\n';
    const open = 'if it is newer, this machine lacks them, or firmware or a hypervisor hides them';
    expect(await ofCpuinfo(A78C, midr('0xd4b'))).toContain(
      `paca pacg: the CPUs would show more; a kernel as old as 4.20.0 does not know these names; ${open}`,
    );
    const named = await ofCpuinfo(A78C, midr('0xd4b'), release);
    expect(named).toContain('paca pacg: the CPUs would show more; a kernel as old as 4.20.0 does not know these names.');
    expect(named).not.toContain(open);
  });

  it('as JSON says of a core that only the log names where, and not how many', async () => {
    const log = '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x414fd0b1]\n';
    const { out } = await run(['guest', 'dmesg.txt', '--json'], { 'dmesg.txt': log });
    expect(JSON.parse(out).cpu.cores).toMatchObject([{ midr: '0x00000000414fd0b1', evidence: [{ file: 'dmesg.txt', line: 1 }] }]);
  });

  it('prints JSON with evidence', async () => {
    const { out } = await run(['guest', 'qemu-cortex-a76', '--json']);
    const report = JSON.parse(out);
    expect(report.cpu).toMatchObject({ cores: [{ midr: '0x00000000414fd0b1' }], verdict: 'printed' });
    expect(report.findings[0]).toMatchObject({ id: 'uefi', value: true, evidence: [{ file: 'dmesg.txt', line: 3 }, {}, {}] });
  });

  it('ends with 3 if nothing could be read, and if there is nothing', async () => {
    expect(await run(['guest', 'cap'], { 'cap/b.txt': 'Dear diary\n' })).toMatchObject({
      code: 3,
      err: expect.stringContaining('nothing could be read'),
    });
    expect(await run(['guest', './nowhere'])).toMatchObject({
      code: 3,
      out: '',
      err: 'armlens: ./nowhere: there is no such file or folder\n',
    });
  });

  it('suggests the nearest capture', async () => {
    expect(await run(['guest', 'paralels-m1'])).toMatchObject({ code: 2, err: expect.stringContaining('did you mean parallels-m1?') });
  });

  it('prints no control characters of a capture', async () => {
    const { out, err } = await run(['guest', 'cap'], {
      'cap/lsusb.txt': 'ID 203a:fffb \u001b[2J\u009b31m\u202ekeyboard\u0007\n',
      'cap/\u001b[31m.txt': 'x',
      'cap/dmesg.txt': '[    0.1] efi: EFI v2.7 by \u001b]0;title\u0007\n',
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('reading a folder', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'armlens-'));
    mkdirSync(join(root, 'cap/id'), { recursive: true });
    writeFileSync(join(root, 'secret.txt'), 'ID 203a:fffb secret\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('reads files in it and below it, in the order of their names', async () => {
    writeFileSync(join(root, 'cap/z.txt'), 'z');
    writeFileSync(join(root, 'cap/id/sys_vendor'), 'v');
    const files = [
      { path: 'id/sys_vendor', text: 'v' },
      { path: 'z.txt', text: 'z' },
    ];
    expect(await readFolder(join(root, 'cap'))).toEqual({ files, skipped: [] });
  });

  it('does not enter a hidden folder', async () => {
    mkdirSync(join(root, 'cap/.git'));
    writeFileSync(join(root, 'cap/.git/HEAD'), 'x');
    expect(await readFolder(join(root, 'cap'))).toEqual({ files: [], skipped: [{ path: '.git', reason: 'a hidden folder' }] });
  });

  it('follows no link, whether to a file, to a folder or in a circle', async () => {
    symlinkSync('../secret.txt', join(root, 'cap/lsusb.txt'));
    symlinkSync(root, join(root, 'cap/up'));
    symlinkSync('.', join(root, 'cap/id/self'));
    const { files, skipped } = (await readFolder(join(root, 'cap')))!;
    expect(files).toEqual([]);
    expect(skipped).toEqual(['id/self', 'lsusb.txt', 'up'].map((path) => ({ path, reason: 'a link, which is not followed' })));
  });

  it('waits for no pipe', async () => {
    execFileSync('mkfifo', [join(root, 'cap/dmesg.txt')]);
    expect(await readFolder(join(root, 'cap'))).toEqual({ files: [], skipped: [{ path: 'dmesg.txt', reason: 'no plain file' }] });
  });

  it('reads only the beginning of a large file', async () => {
    writeFileSync(join(root, 'cap/dmesg.txt'), 'x');
    truncateSync(join(root, 'cap/dmesg.txt'), 2 ** 33);
    const { files, skipped } = (await readFolder(join(root, 'cap')))!;
    expect(files[0]?.text.length).toBe(4 * 1024 * 1024);
    expect(skipped).toEqual([{ path: 'dmesg.txt', reason: 'only its first 4194304 bytes are read' }]);
  });

  it('reads only so many files, and only so deep', async () => {
    for (let i = 0; i < 520; i++) writeFileSync(join(root, `cap/${String(i).padStart(3, '0')}`), '');
    const many = (await readFolder(join(root, 'cap')))!;
    expect(many.files.length).toBe(500);
    expect(many.skipped).toMatchObject([{ reason: 'it and what follows: the capture is too large' }]);
    mkdirSync(join(root, 'deep/1/2/3/4/5'), { recursive: true });
    writeFileSync(join(root, 'deep/1/2/3/4/5/x'), 'x');
    expect(await readFolder(join(root, 'deep'))).toEqual({ files: [], skipped: [{ path: '1/2/3/4', reason: 'it lies too deep' }] });
  });

  it('is no folder: undefined', async () => {
    expect(await readFolder(join(root, 'secret.txt'))).toBeUndefined();
    expect(await readFolder(join(root, 'nothing'))).toBeUndefined();
  });
});
